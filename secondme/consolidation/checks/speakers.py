"""Something said of a person that another speaker said of themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.consolidation.checks.words import COMMON_FIRST, NUMBERS
from secondme.consolidation.evidence import WORD, Evidence
from secondme.text.sentences import sentences, support
from secondme.text.terms import STOP_WORDS, stem

_FIRST = re.compile(r"(?i)\b(?:i|i['’]\w+|my|me|mine|myself|we|we['’]\w+|our|ours|us)\b")
_SECOND = re.compile(r"(?i)\b(?:you|you['’]\w+|your|yours|yourself)\b")
_VOCATIVE = re.compile(
    r"(?i)^(?:\W*(?:hey|hi|hello|thanks|thank you|wow|oh|yeah|yes|sure|ok|okay|bye|congrats|congratulations|so|no"
    r"|aww?|well"
    r"|good to see you|nice|great|cool|sorry|true|absolutely|definitely|of course)\b[\s,!.]*)*"
)
_SAYING = re.compile(
    r"(?i)\b(?:said|says|told|tells|asked|asks|thinks?|thought|mentioned|mentions|praise[sd]?|likes?|liked|loved?"
    r"|loves|admire[sd]?"
    r"|encourage[sd]?|congratulate[sd]?|thank(?:s|ed)?|suggest(?:s|ed)?|believe[sd]?|hope[sd]?|wish(?:es|ed)?"
    r"|agree[sd]?|support(?:s|ed)?)\b"
)
_SUBJECT = re.compile(r"\W*(?:(?:On|In|At|During|Since|After|Before|By)\b[^,]{0,40},\s*)?([^\W\d_][\w'’-]*)")


def has_wrong_speaker(sentence: str, sources: Sequence[Evidence]) -> bool:
    """Whether the subject is said to do or say what another speaker said of themselves. Asked only where all sources
    are turns of a chat."""
    turns = [source for source in sources if source.speaker]
    if not turns or len(turns) < len(sources):
        return False
    subject = _subject(sentence)
    if not subject or any(sentence.strip() in turn.text for turn in turns):
        return False
    best: tuple[float, Evidence, str] | None = None
    for turn in turns:
        for found in sentences(turn.text):
            score = support(found.text, sentence) * 0.2 + _overlap(sentence, found.text)
            if best is None or score > best[0]:
                best = (score, turn, found.text)
    if best is None:
        return False
    _, source, said = best
    plain = _without_vocatives(said)
    first, second = _FIRST.search(plain), _SECOND.search(plain)
    named = subject in {_name(word) for word in WORD.findall(plain)}
    if _is_speaker(subject, source.speaker):
        # What is said to another ("your painting is lovely") says nothing of the speaker, but that they said it.
        return second is not None and first is None and not named and not _SAYING.search(sentence)
    if first and (not second or first.start() < second.start()):
        return not (named and _names_speaker(sentence, source.speaker))
    return not (named or second is not None)


def _name(word: str) -> str:
    """A word in lower case, without 's."""
    return word.lower().replace("’", "'").removesuffix("'s")


def _subject(sentence: str) -> str:
    """The name that a sentence begins with, in lower case; empty when it begins otherwise."""
    match = _SUBJECT.match(sentence)
    if not match or not match.group(1)[0].isupper():
        return ""
    word = match.group(1).replace("’", "'").removesuffix("'s").lower()
    return "" if word in STOP_WORDS or word in COMMON_FIRST or word in NUMBERS else word


def _names_speaker(sentence: str, speaker: str) -> bool:
    parts = {part.lower() for part in WORD.findall(speaker)}
    return any(_name(word) in parts for word in WORD.findall(sentence))


def _is_speaker(subject: str, speaker: str) -> bool:
    """Whether a name, or the beginning of one, is the speaker's."""
    parts = [part.lower() for part in WORD.findall(speaker)]
    return any(part == subject or (len(subject) >= 3 and part.startswith(subject)) for part in parts)


def _overlap(sentence: str, text: str) -> float:
    """Share of a sentence's content words that are in a text."""
    words = {stem(word.lower()) for word in WORD.findall(sentence) if word.lower() not in STOP_WORDS}
    others = {stem(word.lower()) for word in WORD.findall(text)}
    return len(words & others) / max(len(words), 1)


def _without_vocatives(text: str) -> str:
    """A sentence without the names that it only calls: "Thanks, Mel!", "How are you, Mel?"."""
    called = _VOCATIVE.match(text)
    rest = text[called.end() :] if called else text
    if rest != text:
        rest = re.sub(r"^[A-Z][\w'’]*\s*[,!.?]+\s*", "", rest)
    rest = re.sub(r",\s*[A-Z][\w'’]*\s*(?=[.!?,]|$)", "", rest)
    return re.sub(r"^[A-Z][\w'’]*,\s+", "", rest)
