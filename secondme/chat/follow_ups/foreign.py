"""Follow-ups in other languages than English: Chinese ones, and those of `foreign_words`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.chat.follow_ups.focus import Said
from secondme.chat.follow_ups.foreign_words import WORDS, FollowUpWords
from secondme.text.timex.expressions import named_times
from secondme.text.tongues import asks_in_its_tongue, question_words, tongue

_PRONOUN = re.compile(r"(?<![其吉])[他她它](?!们)|这个|那个(?=[是在有多])")
_TIME = (
    r"(?:之前|以前|原来|那时候?|后来|之后|以后|现在|今天|昨天|明天|前天|后天|今年|去年|明年|上周|下周|这周|上个月|下个月|这个月|当时"
    r"|(?:周|星期|礼拜)[一二三四五六日天]|\d+月|[一二三四五六七八九十]+月)"
)
_BY_THEN = "(?:之前|以前|为止)"
_WHAT_OF_TIME = re.compile(rf"^(?:那么?|然后)?(?:到)?(?P<x>{_TIME}{_BY_THEN}?)(?:呢|的呢)[？?]?$")
_WHAT_OF = re.compile(r"^(?:那么?|还有)?(?P<x>[^，。？?呢吗]{1,10})呢[？?]?$")
_TIME_IN = re.compile(_TIME)
_SUBJECT = re.compile(
    r"^(?:那|还有|请问|话说)?(?P<s>[^，。？?！!他她它]{1,10}?)(?=现在|以前|之前|是|在|住|叫|有|没|喜欢|爱|讨厌|做|想|会|要|去|来|多|几|什么时候|哪|的|周|星期|昨天|今天|明天)"
)
LONGEST_NAMED = 3
"""Words behind the first that a follow-up with a question mark may name."""
_AROUND = " \t?!.,¿¡–—-"
_NAME = r"[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*)*"
_ME = re.compile(r"^(?:我们?|你们?|您)$")


def goes_on_in(said: Sequence[Said], message: str) -> str:
    """The language of the question before, where a message only goes on with it: too short to show its own."""
    last = next((turn for turn in reversed(said) if turn.asked), None)
    language = tongue(last.text) if last else ""
    words = WORDS.get(language)
    begins = f"{words.joins}|{words.same}|{words.before}" if words else "(?!)"
    return language if re.match(rf"(?i)(?:{begins})\b", message.strip(_AROUND)) else ""


def foreign_follow_up(message: str, said: Sequence[Said]) -> str:
    """The full question that a follow-up in another language stands for; the message itself where it is none."""
    language = goes_on_in(said, message) or tongue(message)
    if language == "zh":
        return _chinese(message, said)
    if language in WORDS:
        message = _with_whom(message, said, WORDS[language])
    last = next((turn for turn in reversed(said) if turn.asked), None)
    if last is None or tongue(last.text) != language:
        return message
    anew = _asked_anew(message, last.text, WORDS[language]) if language in WORDS else ""
    if anew:
        return anew
    words = question_words(message)
    if not words:
        return message
    before = question_words(last.text)
    rest = last.text[len(before) :] if before else ""
    alone = message.rstrip(" ?!.").casefold().endswith(words.strip().casefold())
    return f"{words.strip()}{rest}" if alone and rest.strip(" ?") else message


def _with_whom(message: str, said: Sequence[Said], words: FollowUpWords) -> str:
    """A question with whom the chat spoke of last in the place of "he" or "she", where it names nobody itself."""
    asks = message.rstrip().endswith("?") or asks_in_its_tongue(message)
    who = next((found.group() for turn in reversed(said) if (found := _whom(turn.text, words))), "")
    # Where every noun is written large, only "my aunt" shows that somebody else is named.
    named = _mine(message, words) if words.no_name else _whom(message, words)
    if not asks or not who or named:
        return message
    owned = re.search(rf"(?i)(?<!\w)(?:{words.theirs})\s+(?P<x>[\w'’-]+)", message)
    if owned:
        return f"{message[: owned.start()]}{owned['x']} {words.of} {who}{message[owned.end() :]}"
    return re.sub(rf"(?<!\w)(?:{words.they})(?!\w)", who, message, count=1)


def _asked_anew(message: str, question: str, words: FollowUpWords) -> str:
    """The question before asked of another time, or of whom or what a follow-up names; empty where it does neither."""
    text = message.strip(_AROUND)
    joined = re.match(rf"(?i)(?:(?:{words.joins})\b[\s,]*)?(?:(?:{words.same})\b\s*)?", text)
    x = text[joined.end() :] if joined else text
    time = time_in(x, words)
    empty = rf"(?i)(?<!\w)(?:{words.empty})(?!\w)"
    if time and not re.sub(empty, "", x[: time[0]] + x[time[1] :]).strip(_AROUND):
        old = time_in(question, words)
        rest = f"{question[: old[0]]}{question[old[1] :]}" if old else question
        return f"{' '.join(rest.split()).rstrip(_AROUND)} {x[slice(*time)]}?"
    more = rf"(?:\s\S+){{0,{LONGEST_NAMED}}}" if message.rstrip().endswith("?") else ""  # "Und Tim kommt mit." tells
    if x == text or not re.fullmatch(rf"(?:(?i:{words.mine})\s+[\w'’-]+|{_NAME}){more}", x):
        return ""
    slot = _whom(question, words)
    return f"{question[: slot.start()]}{x}{question[slot.end() :]}" if slot else ""


def time_in(text: str, words: FollowUpWords) -> tuple[int, int] | None:
    """Where a text names a time, with what stands before it ("bis Freitag"); None where it names none."""
    word = re.search(rf"(?i)(?<!\w)(?:{words.before}|{words.now})(?!\w)", text)
    if word:
        return word.span()
    named = next((time for time in named_times(text) if time.kind != "vague"), None)
    if named is None:
        return None
    lead = re.search(rf"(?i)(?<!\w)(?:{words.until}|{words.at})\s+$", text[: named.start])
    return (lead.start() if lead else named.start), named.end


def _mine(text: str, words: FollowUpWords) -> re.Match[str] | None:
    return re.search(rf"(?i)(?<!\w)(?:{words.mine})\s+[\w'’-]+", text)


def _whom(question: str, words: FollowUpWords) -> re.Match[str] | None:
    """Whom or what of mine a question names, else the last name in it."""
    mine = _mine(question, words)
    if mine:
        return mine
    first = re.search(r"\w+", question)
    no_name = re.compile(rf"(?i)(?<!\w)(?:{words.no_name or '(?!)'})\s+$")
    names = re.compile(_NAME).finditer(question, first.end() if first else 0)
    return next((name for name in reversed(list(names)) if not no_name.search(question[: name.start()])), None)


def _chinese(message: str, said: Sequence[Said]) -> str:
    text = message.strip()
    last = next((turn for turn in reversed(said) if turn.asked), None)
    of_time = _WHAT_OF_TIME.match(text)
    if last and of_time:
        when = of_time["x"]
        if _TIME_IN.search(last.text):
            return _TIME_IN.sub(when, last.text, count=1)
        subject = _SUBJECT.match(last.text)
        end = subject.end() if subject else 0
        return f"{last.text[:end]}{when}{last.text[end:]}"
    other = _WHAT_OF.match(text)
    if last and other:
        subject = _SUBJECT.match(last.text)
        return f"{other['x']}{last.text[subject.end() :]}" if subject else message
    if _PRONOUN.search(text) and (asks_in_its_tongue(text) or text.endswith(("?", "？"))):
        named = next((name for turn in reversed(said) for name in _subjects(turn)), "")
        return _PRONOUN.sub(named, text) if named else message
    return message


def _subjects(turn: Said) -> list[str]:
    """Whom a turn is about, as far as its beginning says that."""
    subject = _SUBJECT.match(turn.text)
    return [subject["s"]] if subject and not _ME.match(subject["s"]) else []
