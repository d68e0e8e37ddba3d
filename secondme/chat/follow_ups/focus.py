"""What the pronouns of a question stand for: whom and what the running chat spoke of last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from secondme.chat.question_parts import parts
from secondme.chat.question_words import NAMED_NOUNS, NO_REFERENCE, PHRASES, TIME_ALONE, TIME_NOUNS, pattern
from secondme.text.noun_phrases import PARENTS, Gender, Phrase, gender_told, head_gender, phrases
from secondme.text.terms import STOP_WORDS

_PRONOUN = pattern(
    r"\b(?P<word>he|him|his|himself|she|her|hers|it|its|they|them|their|theirs|there|(that|this|the same) one)\b"
    r"(?P<short>'(s|re|ll|d|ve))?"
)
_ASKS_WHO = pattern(r"\W*((so|and|but|ok)\W+)*(who|whose|which of)\b")
_BEHIND_PREPOSITION = pattern(r"\b<PREP> $")
_WHO_IS_IT = pattern(r"\bwho( is|'s| was) it\b(?! <PREP>\b)")
_HAS = pattern(
    r"^(do|does|did|has|have) (?P<who>[^,]+?) (have|got|own|keep) (any |an? )?"
    r"(?P<what>[\w-]+( (?!<PREP>\b)[\w-]+)?)$"
)
"""Asks whether somebody has something, without an article that shows a phrase: "does Ada have kids"."""
_GENDERS: Mapping[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers"), "she"),
}
_MAKES_A_WORK = pattern(
    r"\b(wrote|written|write|read|reading|directed|published|composed|painted|designed|finished|watched|translated) $"
)
_WHICH_IS_IT = pattern(
    r"\W*((<LEAD>)\b\W*)*(what|which) (?P<noun>[\w'’-]+)( (is|was|were|would)|'s) (it|that)"
    r"( again| exactly| then| now)*\W*$"
)
_ATTRIBUTES = frozenset(
    """
    kind type sort make model brand breed shape style material length width depth distance temperature amount sum total
    part side end floor
    """.split()
)
"""Nouns of which one asks what those of a thing are; NAMED_NOUNS and TIME_NOUNS are others."""
_SUBJECT_OF_ITS = pattern(
    r"(?-i:\b(does|do|did|can|could|will|would|must|should|may) <BARE> [a-z]\w*\b[^,;:.?!]*|\b<BARE> and )$",
    {
        "BARE": r"(?!(<SOMEBODY>|<DETERMINED>|<CALLED_SO>)\b)[a-z][\w'’-]*",
        "SOMEBODY": PHRASES["SOMEBODY"],
        "DETERMINED": "(my|our|your|his|her|its|their|the|an?|this|that|these|those|one|some|any)",
        "CALLED_SO": f"({PARENTS}|(some|any|every|no)(one|body))",
    },
)
"""A thing without an article that does something, or is joined, before what is its own: "where does man look for"."""
_MANY = ("they", "them", "their", "theirs")
_OWNS = ("his", "hers", "its", "their", "theirs")
_OWNED_BY_PRONOUN = ("his ", "her ", "their ", "its ")
_WRITTEN_OUT = {"'s": " is", "'re": " are", "'ll": " will"}


@dataclass(frozen=True)
class Said:
    """A turn of the chat before: what the person wrote, as a full question where it asks, and what was answered."""

    text: str
    asked: bool
    answer: str = ""
    latest_first: bool = False
    """Whether what it speaks of last is what comes next: it is the beginning of the message itself."""

    @property
    def asks_who(self) -> bool:
        """Whether its answer is a person."""
        return self.asked and bool(_ASKS_WHO.match(self.text))


def resolved(message: str, said: Sequence[Said], names: Sequence[str], *, another: bool = False) -> str:
    """`message` with whom and what its pronouns stand for, as far as the chat before shows that.

    `another`: somebody else than the question before was about is meant ("And his?").
    """
    pieces: list[str] = []
    end = 0
    for match in _PRONOUN.finditer(message):
        word = match["word"].casefold()
        if _stands_for_nothing(message, match, said) or is_named_before(message[: match.start()], word, names):
            continue
        phrase = _antecedent(word, message, said, names, another=another)
        # "when are they doing the oven": whoever does it, not the firm that was spoken of last.
        anybody = word in _MANY and phrase is not None and not phrase.plural and phrases(message[match.end() :], names)
        if phrase is not None and not anybody:
            pieces += [message[end : match.start()], _standing_for(word, phrase, message, match)]
            end = match.end()
    return "".join([*pieces, message[end:]])


def _stands_for_nothing(message: str, match: re.Match[str], said: Sequence[Said]) -> bool:
    """Whether a pronoun is only said: "is it raining", or "which locker is it" behind a story without a locker."""
    if said and said[-1].latest_first:
        which = _WHICH_IS_IT.match(message)
        if which and which["noun"].casefold() not in NAMED_NOUNS | TIME_NOUNS | _ATTRIBUTES:
            return True
    return any(
        found.start() <= match.start() < found.end() for rule in NO_REFERENCE for found in rule.finditer(message)
    )


def is_named_before(before: str, word: str, names: Sequence[str]) -> bool:
    """Whether a message itself names whom or what a pronoun stands for, in what stands before it."""
    if word == "its" and _SUBJECT_OF_ITS.search(before):
        return True
    return any(
        _fits(word, phrase, "")
        for phrase in phrases(before, names)
        if not phrase.text.casefold().startswith(_OWNED_BY_PRONOUN)
    )


def _antecedent(word: str, message: str, said: Sequence[Said], names: Sequence[str], *, another: bool) -> Phrase | None:
    """The phrase that a pronoun may stand for: the latest of a gender that was told, else the latest of all."""
    if word == "it" and _WHO_IS_IT.search(message):
        word = "who is it"
    before = {phrase.text for phrase in _subjects(said[-1].text, names)} if another and said else set()
    texts = [message, *(text for turn in reversed(said) for text in (turn.text, turn.answer) if text)]
    unsure: Phrase | None = None
    for phrase in _in_focus(said, names):
        if phrase.text in before:
            continue
        gender = phrase.gender or (gender_told(phrase.text, texts) if phrase.kind == "person" else "")
        if _fits(word, phrase, gender):
            if gender or (phrase.plural if word in _MANY else word not in _GENDERS):
                return phrase
            unsure = unsure or phrase
    return unsure


def _in_focus(said: Sequence[Said], names: Sequence[str]) -> Iterator[Phrase]:
    """Whom and what the chat speaks of, of the last turn first."""
    for turn in reversed(said):
        asked, answered = _subjects(turn.text, names), phrases(turn.answer, names)
        asked = _nearest_first(turn.text, asked) if turn.latest_first else asked
        if turn.asks_who:
            told = {phrase.text for phrase in asked}
            answered = sorted(answered, key=lambda phrase: (phrase.text in told, not _says_a_name(phrase)))
        yield from [*answered, *asked] if turn.asks_who else [*asked, *answered]


def _says_a_name(phrase: Phrase) -> bool:
    """Whether a phrase is a name, or ends with one: "the Hallorans"."""
    return phrase.named or phrase.text.split()[-1][0].isupper()


def _nearest_first(text: str, found: Sequence[Phrase]) -> Sequence[Phrase]:
    """The phrases of what comes before a question, the nearest first; in its last clause "for the form" comes last."""
    clause = max(text.rfind(mark) for mark in ",;.!?")
    nearest = found[::-1]
    last = [phrase for phrase in nearest if phrase.start > clause]
    leading = [phrase for phrase in last if not _BEHIND_PREPOSITION.search(text[: phrase.start])]
    return [*leading, *(phrase for phrase in nearest if phrase not in leading)]


def _subjects(text: str, names: Sequence[str]) -> Sequence[Phrase]:
    """The phrases of a text; of a question with none, what stands behind its verb ("is chapter three due")."""
    found = [_as_a_work(phrase, text) for phrase in phrases(text, names)]
    taken = parts(text)
    if taken is None or not taken.auxiliary:
        return found
    has = _HAS.match(f"{taken.auxiliary} {taken.rest}")
    if has and all(phrase.start < has.start("what") for phrase in found):
        who = "my" if has["who"].casefold() in ("i", "we") else f"{has['who']}’s"
        return [*found, Phrase(0, 0, f"{who} {has['what']}", *head_gender(has["what"].split()[-1]))]
    if any(not phrase.owner for phrase in found):
        return found
    subject = re.match(r"(?i)(?!(?:i|you|we|he|she|it|they|there)\b)[\w-]+(?: [\w-]+(?= \w))?", taken.rest)
    if subject and subject.group().casefold() not in STOP_WORDS:
        return [*found, Phrase(0, 0, subject.group(), "thing")]
    return found


def _as_a_work(phrase: Phrase, text: str) -> Phrase:
    """A name behind "who wrote" is that of a work, not of a person."""
    work = phrase.named and phrase.kind == "person" and _MAKES_A_WORK.search(text[: phrase.start])
    return replace(phrase, kind="thing", gender="") if work else phrase


def _fits(word: str, phrase: Phrase, gender: Gender) -> bool:
    """Whether a pronoun may stand for a phrase."""
    if word in _GENDERS:
        return phrase.kind == "person" and not phrase.plural and (gender or phrase.gender) in ("", _GENDERS[word])
    if word in _MANY:  # also a firm, or somebody of whom one does not say "he" or "she"
        return phrase.plural or (phrase.kind == "person" and not gender)
    if word == "there":
        return phrase.kind == "place"
    if word == "who is it":
        return phrase.kind == "person" and not phrase.named and not phrase.owner
    return phrase.kind == "thing" and not phrase.owner and not phrase.plural


def _standing_for(word: str, phrase: Phrase, message: str, match: re.Match[str]) -> str:
    """What is written for a pronoun."""
    if word == "there":
        return f"in {phrase.text}"
    if word in _OWNS:
        return phrase.possessive
    if word == "her":
        behind = re.match(r"\s+([\w'’-]+)", message[match.end() :])
        owns = behind is not None and behind[1].casefold() not in STOP_WORDS and not TIME_ALONE.match(behind[1])
        return phrase.possessive if owns else phrase.definite
    short = (match["short"] or "").replace("’", "'")
    return phrase.definite + _WRITTEN_OUT.get(short, short)
