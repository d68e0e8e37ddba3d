"""The grounding gate: a sentence that a model wrote is kept only if its sources hold every name, number, date and
negation of it, and if it is told of the right speaker. No model takes part.

What it cannot see: a wrong verb between right names. It asks that most of a sentence's words stand in its sources,
which bounds that, and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal, TypeAlias

from secondme.text.sentences import sentences, support
from secondme.text.terms import STOP_WORDS, stem
from secondme.text.timex.expressions import expressions

Reason: TypeAlias = Literal["name", "number", "date", "negation", "speaker", "unsupported"]

SUPPORTED = 0.45
"""Least weighted share of a sentence's words that its sources hold. A summary says some things in words of its own."""
SCOPE = 4
"""Content words after a negation that it negates, as far as the clause goes."""
COPY = 0.7
"""Share of equal words from which a sentence is a copy of its source's."""
NEAR = 4
"""Words between a number and what it counts."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLAUSE = re.compile(r"[.!?;:,\n]|\b(?:but|although|though|while|because|so)\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"(?i)\b(?:not|never|no|none|nothing|nobody|nowhere|neither|nor|without|cannot|hardly|barely|refus\w+|unable"
    r"|\w+n['’]t|stopped|quit)\b"
)
_NO_NEGATION = re.compile(
    r"(?i)\bcan['’]?t wait\b|\bcannot wait\b|\bno (?:problem|worries|wonder|doubt|matter)\b|\bnot only\b|\bwhy (?:not|don['’]t)\b"
    r"|\bcan['’]?t believe\b|\bcould(?:n['’]t| not) (?:be|agree) (?:more|happier)\b|\bno (?:one|longer) but\b|\bnever been (?:happier|better)\b"
    r"|\bis(?:n['’]t| not) it\b|\bdo(?:n['’]t| not) (?:you|we)\b|\bnot to mention\b|\bdon['’]t worry\b|\bright\?|\bno way\b"
)
_FIRST = re.compile(r"(?i)\b(?:i|i['’]\w+|my|me|mine|myself|we|we['’]\w+|our|ours|us)\b")
_SECOND = re.compile(r"(?i)\b(?:you|you['’]\w+|your|yours|yourself)\b")
_VOCATIVE = re.compile(
    r"(?i)^(?:\W*(?:hey|hi|hello|thanks|thank you|wow|oh|yeah|yes|sure|ok|okay|bye|congrats|congratulations|so|no|aww?|well"
    r"|good to see you|nice|great|cool|sorry|true|absolutely|definitely|of course)\b[\s,!.]*)*"
)
_NUMBERS = {
    name: str(value)
    for value, names in enumerate(
        (
            "zero", "one once", "two twice couple pair", "three thrice", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve dozen", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
            "twenty",
        )
    )
    for name in names.split()
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
     "hundred": "100", "thousand": "1000", "million": "1000000", "half": "0.5",
     "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
     "eighth": "8th", "ninth": "9th", "tenth": "10th"}  # fmt: skip
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?")
_LOOSE_ONE = re.compile(
    r"(?i)\b(?:(?:the|no|this|that|every|any|each|which|another|some|good|great|new|next|last) one|one (?:of|another|day|thing|who|that|to|with|step)"
    r"|(?:a|the|at|for the|every|split) second|first of all|at first|half (?:of|the)|(?:a|the) (?:couple|pair)(?! of)|at once|once (?:i|we|you|she|he|they|in|upon)|first and foremost|second chance)\b"
)
_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH_FORMS = {name[:3]: name for name in _MONTHS} | {name: name for name in _MONTHS} | {"sept": "september"}
_DAY_FORMS = (
    {name[:3]: name for name in _DAYS} | {name: name for name in _DAYS} | {"tues": "tuesday", "thurs": "thursday"}
)
_RELATIVE = re.compile(
    r"(?i)\b(?:yesterday|today|tonight|tomorrow|(?:last|next|this|past|previous|coming|following) "
    r"(?:night|week|weekend|month|year|summer|winter|spring|fall|autumn|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?:summer|winter|spring|autumn|morning|afternoon|evening|weekend|midnight|noon)|(?:years?|months?|weeks?|days?) ago)\b"
)
_NAMES_ANYWAY = frozenset({"i", "i'm", "i've", "i'll", "i'd", "ok", "tv", "im"})


@dataclass(frozen=True)
class Evidence:
    """What a sentence is said to rest on: a span's text, who says it (may be empty), where it stands, and when it was said."""

    text: str
    speaker: str = ""
    heading: str = ""
    happened_at: str | None = None

    @cached_property
    def words(self) -> list[str]:
        """Its words in lower case, in order."""
        return [word.lower().replace("’", "'") for word in _WORD.findall(f"{self.text} {self.heading} {self.speaker}")]

    @cached_property
    def moments(self) -> list[tuple[datetime, datetime]]:
        """When it was said, and the times that it tells of."""
        if not self.happened_at:
            return []
        said = datetime.fromisoformat(self.happened_at)
        told = expressions(self.text, said)
        return [(said, said), *((one.begins, one.ends - timedelta(seconds=1)) for one in told)]


def refusal(sentence: str, sources: Sequence[Evidence]) -> Reason | None:
    """Why a sentence may not be kept, or None when it may."""
    if not sources:
        return "unsupported"
    held = {form for one in sources for word in one.words for form in _forms(word)}
    checks: tuple[tuple[Reason, Callable[[], bool]], ...] = (
        ("date", lambda: _wrong_date(sentence, sources)),
        ("number", lambda: _wrong_number(sentence, sources, held)),
        ("name", lambda: _wrong_name(sentence, held)),
        ("speaker", lambda: _wrong_speaker(sentence, sources)),
        ("negation", lambda: _wrong_negation(sentence, sources)),
        ("unsupported", lambda: _support(sentence, sources) < SUPPORTED),
    )
    return next((reason for reason, wrong in checks if wrong()), None)


def _support(sentence: str, sources: Sequence[Evidence]) -> float:
    """Share of the words that stand in the sources; numbers and dates have their own checks, which know other forms."""
    whole = " ".join(f"{one.text} {one.heading} {one.speaker}" for one in sources)
    plain = " ".join(
        word
        for word in sentence.split()
        if not any(c.isdigit() for c in word)
        and word.lower().strip(".,!?'\"") not in {*_MONTH_FORMS, *_DAY_FORMS, *_NUMBERS}
    )
    return support(plain, whole) if _WORD.search(plain) else 1.0


# --- names ----------------------------------------------------------------------------------------------


def _wrong_name(sentence: str, held: set[str]) -> bool:
    """A capitalised word, or a first word that means something, that no source holds in any form."""
    first = True
    for match in _WORD.finditer(sentence):
        word = match.group().replace("’", "'")
        plain = word.removesuffix("'s").lower()
        starts = first or bool(re.search(r"[.!?:\n]\s*[\"“(]*$", sentence[: match.start()]))
        first = False
        if not word[0].isupper() or plain in _NAMES_ANYWAY or plain in _MONTH_FORMS or plain in _DAY_FORMS:
            continue
        if plain in STOP_WORDS or plain in _NUMBERS or plain in ("the", "user"):
            continue
        if starts and plain in _COMMON_FIRST:
            continue
        if not (_forms(plain) & held):
            return True
    return False


_COMMON_FIRST = frozenset(
    "also both despite during however including initially instead later meanwhile moreover overall recently since "
    "sometimes still then therefore though today together yes yet someone something everyone they their there "
    "according afterwards although finally lately nowadays previously".split()
)


def _forms(word: str) -> set[str]:
    """Forms by which a word is known again: itself, without 's, and its stem."""
    plain = word.removesuffix("'s").removesuffix("'")
    return {plain, stem(plain)}


# --- numbers --------------------------------------------------------------------------------------------


def _numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """(value, start, end) of every number, words and digits alike; "one of them" is none."""
    loose = [match.span() for match in _LOOSE_ONE.finditer(text)]
    for match in re.finditer(rf"{_DIGITS.pattern}|[^\W\d_]+", text):
        word = match.group().lower()
        if any(begin <= match.start() < end for begin, end in loose):
            continue
        if word[0].isdigit():
            yield word.rstrip(".,:").replace(",", ""), match.start(), match.end()
        elif word in _NUMBERS:
            yield _NUMBERS[word], match.start(), match.end()


def _counted(text: str, end: int) -> set[str]:
    """Stems of the content words just after a number: what it counts."""
    clause = _CLAUSE.split(text[end:], maxsplit=1)[0]
    words = [word.lower() for word in _WORD.findall(clause)][:NEAR]
    return {stem(word) for word in words if word not in STOP_WORDS and word not in _NUMBERS and not word.isdigit()}


def _wrong_number(sentence: str, sources: Sequence[Evidence], held: set[str]) -> bool:
    """A number that no source has, or that counts there something else."""
    known: dict[str, list[set[str]]] = {}
    for one in sources:
        for text in (one.text, one.heading):
            for value, _, end in _numbers(text):
                known.setdefault(value, []).append(_counted(text, end))
    days = _days(sources)
    for value, begin, end in _numbers(sentence):
        written = sentence[begin:end].lower()
        if value not in known:
            dated = written[0].isdigit() and _of_a_date(sentence, begin, end) and value.rstrip("stndrh") in days
            if not dated and not (written.isdigit() and written in held):
                return True
            continue
        counted = _counted(sentence, end)
        here = any(counted & near for near in known[value])
        elsewhere = any(counted & near for other, all_near in known.items() if other != value for near in all_near)
        if counted and not here and elsewhere:
            return True
    return False


def _of_a_date(sentence: str, start: int, end: int) -> bool:
    """Whether a number stands beside a month, or is written as a year or an ISO date."""
    around = [word.lower() for word in _WORD.findall(sentence[max(0, start - 14) : end + 14])]
    year = re.fullmatch(r"(?:19|20)\d\d", sentence[start:end])
    return bool(year) or any(word in _MONTH_FORMS for word in around)


def _moments(sources: Sequence[Evidence]) -> Iterator[tuple[datetime, datetime]]:
    """When the sources were said, and the times that they tell of."""
    for one in sources:
        yield from one.moments


def _days(sources: Sequence[Evidence]) -> set[str]:
    """Numbers of days and years that the sources' times stand for."""
    return {
        number
        for begins, ends in _moments(sources)
        for moment in (begins, ends)
        for number in (str(moment.year), str(moment.day), f"{moment.day:02}", f"{moment.month:02}", str(moment.month))
    }


# --- dates ----------------------------------------------------------------------------------------------


def _wrong_date(sentence: str, sources: Sequence[Evidence]) -> bool:
    """A month, weekday, season or "last week" that no source has, in words or in the time it tells of."""
    words = [word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(sentence)]
    capital = {word.lower() for word in _WORD.findall(sentence) if word[0].isupper()}
    months = {form for one in sources for word in one.words if (form := _MONTH_FORMS.get(word))}
    days = {form for one in sources for word in one.words if (form := _DAY_FORMS.get(word))}
    moments = list(_moments(sources))
    told_of = [one for one in moments if one[0] != one[1]]
    told: set[str] = set()
    for begins, ends in moments:
        # The day on which something was said is not the day of what it tells, where that has a time of its own.
        if begins == ends and told_of and not re.search(rf"\b0?{begins.day}(?:st|nd|rd|th)?\b", sentence):
            continue
        told |= {_MONTHS[begins.month - 1], _MONTHS[ends.month - 1]}
        if ends - begins < timedelta(days=2):
            told.add(_DAYS[begins.weekday()])
    for word in words:
        if (
            word in ("may", "march", "mar", "sun", "sat", "wed", "mon", "fri", "dec", "jan", "sep", "second")
            and word not in capital
        ):
            continue
        month, day = _MONTH_FORMS.get(word), _DAY_FORMS.get(word)
        if month and month not in months | told:
            return True
        if day and day not in days | told:
            return True
    lower = " ".join(f" {' '.join(one.words)} " for one in sources)
    return any(
        " ".join(match.group().lower().split()) not in lower and not _same_time(match.group(), sources)
        for match in _RELATIVE.finditer(sentence)
    )


def _same_time(said: str, sources: Sequence[Evidence]) -> bool:
    """A season may be said of a time that a source tells of in other words."""
    moments = [begins for begins, ends in _moments(sources) if ends - begins <= timedelta(days=100)]
    seasons = {"winter": (12, 1, 2), "spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11)}
    of_year = seasons.get(said.lower())
    return of_year is not None and any(moment.month in of_year for moment in moments)


# --- negations ------------------------------------------------------------------------------------------


def _polarity(text: str) -> tuple[set[str], set[str]]:
    """(stems that are negated, stems that are not) of a text."""
    plain = _NO_NEGATION.sub(" ", text)
    negated: set[str] = set()
    stated: set[str] = set()
    for clause in _CLAUSE.split(plain):
        left = 0
        for word in _WORD.findall(clause):
            lower = word.lower()
            if _NEGATION.fullmatch(lower):
                left = SCOPE
            elif lower not in STOP_WORDS:
                (negated if left else stated).add(stem(lower))
                left = max(left - 1, 0)
    return negated, stated


def _wrong_negation(sentence: str, sources: Sequence[Evidence]) -> bool:
    """Something is denied that the sources state, or stated that they deny."""
    said_no: set[str] = set()
    said: set[str] = set()
    count = 0
    for one in _clauses_for(sentence, sources):
        no, yes = _polarity(one)
        said_no |= no
        said |= yes
        count += _negations(one)
    denials = _negations(sentence)
    if denials > count and denials > sum(_negations(one.text) for one in sources):
        return True
    nearest = _nearest_clause(sentence, sources)
    if nearest is not None and denials != _negations(nearest):
        return True
    plain = _NO_NEGATION.sub(" ", sentence)
    for match in _NEGATION.finditer(plain):
        scope = _CLAUSE.split(plain[match.end() :], maxsplit=1)[0]
        words = [stem(word.lower()) for word in _WORD.findall(scope) if word.lower() not in STOP_WORDS][:SCOPE]
        shared = set(words) & (said | said_no)
        if shared and not shared & said_no:
            return True
    _, stated = _polarity(sentence)
    denied = (stated & said_no) - said
    return denials < count and len(denied) * 2 >= max(len(stated & (said | said_no)), 1)


def _negations(text: str) -> int:
    return len(_NEGATION.findall(_NO_NEGATION.sub(" ", text)))


def _nearest_clause(sentence: str, sources: Sequence[Evidence]) -> str | None:
    """The source's sentence of which this one is nearly a copy, if there is one: then every "not" counts."""
    mine = [word.lower() for word in _WORD.findall(sentence)]
    best: tuple[float, str] = (0.0, "")
    for one in sources:
        for found in sentences(one.text):
            theirs = {word.lower() for word in _WORD.findall(found.text)}
            share = sum(word in theirs for word in mine) / max(len(mine), len(theirs), 1)
            best = max(best, (share, found.text))
    return best[1] if best[0] >= COPY else None


def _clauses_for(sentence: str, sources: Sequence[Evidence]) -> list[str]:
    """The sentences of the sources that this one may rest on: those that share most of its words, and ties."""
    wanted = {stem(word.lower()) for word in _WORD.findall(sentence) if word.lower() not in STOP_WORDS}
    scored = []
    for one in sources:
        for found in sentences(one.text):
            mine = {stem(word.lower()) for word in _WORD.findall(found.text)}
            scored.append((len(wanted & mine), found.text))
    best = max((score for score, _ in scored), default=0)
    return [text for score, text in scored if score and score >= 0.6 * best]


# --- speakers -------------------------------------------------------------------------------------------


def _wrong_speaker(sentence: str, sources: Sequence[Evidence]) -> bool:
    """Someone is told to do or say what another speaker said of himself."""
    turns = [one for one in sources if one.speaker]
    if not turns or len(turns) < len(sources):
        return False
    subject = _subject(sentence)
    if not subject or any(sentence.strip() in one.text for one in turns):
        return False
    best: tuple[float, Evidence, str] | None = None
    for one in turns:
        for found in sentences(one.text):
            score = support(found.text, sentence) * 0.2 + _overlap(sentence, found.text)
            if best is None or score > best[0]:
                best = (score, one, found.text)
    assert best is not None or not turns
    if best is None:
        return False
    _, source, said = best
    mine = _same_person(subject, source.speaker)
    plain = _without_vocatives(said)
    first, second = _FIRST.search(plain), _SECOND.search(plain)
    named = subject in {word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(plain)}
    if mine:
        # Said to another ("your painting is lovely"), it tells nothing of the speaker but that it was said.
        return second is not None and first is None and not named and not _SAYING.search(sentence)
    if first and (not second or first.start() < second.start()):
        return not (named and _names(sentence, source.speaker))
    return not (named or second is not None)


_SAYING = re.compile(
    r"(?i)\b(?:said|says|told|tells|asked|asks|thinks?|thought|mentioned|mentions|praise[sd]?|likes?|liked|loved?|loves|admire[sd]?"
    r"|encourage[sd]?|congratulate[sd]?|thank(?:s|ed)?|suggest(?:s|ed)?|believe[sd]?|hope[sd]?|wish(?:es|ed)?|agree[sd]?|support(?:s|ed)?)\b"
)


def _subject(sentence: str) -> str:
    """The name that a sentence begins with, in lower case; empty when it begins otherwise."""
    match = re.match(r"\W*(?:(?:On|In|At|During|Since|After|Before|By)\b[^,]{0,40},\s*)?([^\W\d_][\w'’-]*)", sentence)
    if not match or not match.group(1)[0].isupper():
        return ""
    word = match.group(1).replace("’", "'").removesuffix("'s").lower()
    return "" if word in STOP_WORDS or word in _COMMON_FIRST or word in _NUMBERS else word


def _names(sentence: str, speaker: str) -> bool:
    parts = {part.lower() for part in _WORD.findall(speaker)}
    return any(word.lower().replace("’", "'").removesuffix("'s") in parts for word in _WORD.findall(sentence))


def _same_person(subject: str, speaker: str) -> bool:
    parts = [part.lower() for part in _WORD.findall(speaker)]
    return any(part == subject or (len(subject) >= 3 and part.startswith(subject)) for part in parts)


def _overlap(sentence: str, text: str) -> float:
    wanted = {stem(word.lower()) for word in _WORD.findall(sentence) if word.lower() not in STOP_WORDS}
    held = {stem(word.lower()) for word in _WORD.findall(text)}
    return len(wanted & held) / max(len(wanted), 1)


def _without_vocatives(text: str) -> str:
    """A sentence without the names that it only calls: "Thanks, Mel!", "How are you, Mel?"."""
    rest = text[_VOCATIVE.match(text).end() :] if _VOCATIVE.match(text) else text  # type: ignore[union-attr]
    if rest != text:
        rest = re.sub(r"^[A-Z][\w'’]*\s*[,!.?]+\s*", "", rest)
    rest = re.sub(r",\s*[A-Z][\w'’]*\s*(?=[.!?,]|$)", "", rest)
    return re.sub(r"^[A-Z][\w'’]*,\s+", "", rest)
