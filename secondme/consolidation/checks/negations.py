"""Something denied that the sources state, or stated that they deny."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.consolidation.evidence import CLAUSE, WORD, Evidence
from secondme.text.sentences import sentences
from secondme.text.terms import STOP_WORDS, stem

SCOPE = 4
"""Content words after a negation that it negates, as far as the clause goes."""
COPY = 0.7
"""Share of equal words from which a sentence is a copy of one of its source's."""
RESTS_ON = 0.6
"""A sentence of a source may be what a sentence rests on if it shares this part of the most words that any shares."""

_NEGATION = re.compile(
    r"(?i)\b(?:not|never|no|none|nothing|nobody|nowhere|neither|nor|without|cannot|hardly|barely|refus\w+|unable"
    r"|\w+n['’]t|stopped|quit)\b"
)
_NO_NEGATION = re.compile(
    r"(?i)\bcan['’]?t wait\b|\bcannot wait\b|\bno (?:problem|worries|wonder|doubt|matter)\b|\bnot only\b"
    r"|\bwhy (?:not|don['’]t)\b"
    r"|\bcan['’]?t believe\b|\bcould(?:n['’]t| not) (?:be|agree) (?:more|happier)\b|\bno (?:one|longer) but\b"
    r"|\bnever been (?:happier|better)\b"
    r"|\bis(?:n['’]t| not) it\b|\bdo(?:n['’]t| not) (?:you|we)\b|\bnot to mention\b|\bdon['’]t worry\b|\bright\?"
    r"|\bno way\b"
)


def has_wrong_negation(sentence: str, sources: Sequence[Evidence]) -> bool:
    """Whether something is denied that the sources state, or stated that they deny."""
    denied: set[str] = set()
    stated: set[str] = set()
    count = 0
    for text in _basis(sentence, sources):
        negative, positive = _polarity(text)
        denied |= negative
        stated |= positive
        count += _negations(text)
    negations = _negations(sentence)
    if negations > count and negations > sum(_negations(source.text) for source in sources):
        return True
    original = _original(sentence, sources)
    if original is not None and negations != _negations(original):
        return True
    plain = _NO_NEGATION.sub(" ", sentence)
    for match in _NEGATION.finditer(plain):
        scope = CLAUSE.split(plain[match.end() :], maxsplit=1)[0]
        words = [stem(word.lower()) for word in WORD.findall(scope) if word.lower() not in STOP_WORDS][:SCOPE]
        shared = set(words) & (stated | denied)
        if shared and not shared & denied:
            return True
    _, claimed = _polarity(sentence)
    only_denied = (claimed & denied) - stated
    return negations < count and len(only_denied) * 2 >= max(len(claimed & (stated | denied)), 1)


def _polarity(text: str) -> tuple[set[str], set[str]]:
    """(stems that are negated, stems that are not) of a text."""
    plain = _NO_NEGATION.sub(" ", text)
    negative: set[str] = set()
    positive: set[str] = set()
    for clause in CLAUSE.split(plain):
        left = 0
        for word in WORD.findall(clause):
            lower = word.lower()
            if _NEGATION.fullmatch(lower):
                left = SCOPE
            elif lower not in STOP_WORDS:
                (negative if left else positive).add(stem(lower))
                left = max(left - 1, 0)
    return negative, positive


def _negations(text: str) -> int:
    """How many negations a text has."""
    return len(_NEGATION.findall(_NO_NEGATION.sub(" ", text)))


def _original(sentence: str, sources: Sequence[Evidence]) -> str | None:
    """The sentence of a source of which this is nearly a copy, or None. In a copy every "not" counts."""
    words = [word.lower() for word in WORD.findall(sentence)]
    best: tuple[float, str] = (0.0, "")
    for source in sources:
        for found in sentences(source.text):
            others = {word.lower() for word in WORD.findall(found.text)}
            share = sum(word in others for word in words) / max(len(words), len(others), 1)
            best = max(best, (share, found.text))
    return best[1] if best[0] >= COPY else None


def _basis(sentence: str, sources: Sequence[Evidence]) -> list[str]:
    """The sentences of the sources that this may rest on: those that share most of its words."""
    words = {stem(word.lower()) for word in WORD.findall(sentence) if word.lower() not in STOP_WORDS}
    shared = []
    for source in sources:
        for found in sentences(source.text):
            others = {stem(word.lower()) for word in WORD.findall(found.text)}
            shared.append((len(words & others), found.text))
    most = max((count for count, _ in shared), default=0)
    return [text for count, text in shared if count and count >= RESTS_ON * most]
