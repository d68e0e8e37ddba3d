"""Having: who was offered a van, wished for one or turned it down has none by that."""

from __future__ import annotations

import re

from secondme.facts.phrases import any_of

_ASKS = re.compile(
    r"(?i)^\W*(?:(?:so|and|but|ok)\W+)*(?:do|does|did|have|has)(?:n['’]?t)? .*\b(?:have|has|own|got|keep)\b"
)
_CLAIMS = re.compile(r"(?i)^\W*yes\b|\b(?:has|have|had|got|owns?|owned|keeps?)\b")
_DENIES = re.compile(r"(?i)\b(?:no|not|never|none|neither)\b|n['’]t\b")
_OFFERS = any_of("""
    offer(s|ed|ing)?, quoted?, wish, want(s|ed)?, would like, would love, i'd, i’d, dream(s|t|ed)?, thinking of,
    think(ing)? about, consider(s|ed|ing)?, might, may get, could get, looking at, looking for, looked at,
    turn(ed|s)? (it |them |that |him |her )?down, declin(e|ed|es), refus(e|ed|es), said no, no thanks, if i ever,
    if i had, almost bought, nearly bought, can['’]?t afford, borrow(ed|s)?, lent, lends?, rent(ed|s)?
""")
_ONLY_OFFERED = re.compile(rf"(?i)\b{_OFFERS}\b")
_HAS = re.compile(
    r"(?i)\b(?:i|we|he|she|they)(?:['’]ve)? (?:now |already |still |also |finally )*"
    r"(?:have|has|owns?|got|bought|adopted|inherited|keeps?)\b|\b(?:took|accepted|said yes)\b"
)


def asks_having(question: str) -> bool:
    """Whether a question asks if somebody has something."""
    return bool(_ASKS.search(question))


def claims_having(sentence: str) -> bool:
    """Whether a sentence says that somebody has something."""
    return bool(_CLAIMS.search(sentence)) and not _DENIES.search(sentence)


def only_offered(text: str) -> bool:
    """Whether a text tells of an offer, a wish or a refusal, and of nothing that is had."""
    return bool(_ONLY_OFFERED.search(text)) and not _HAS.search(text)
