"""Questions that offer a choice: "tea or coffee?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.chat.reader.candidates import CandidateSentence
from secondme.text.terms import STOP_WORDS, content_stems, stems, words_of

_OR = re.compile(
    r"(?i)\b(?:or|oder|ou) "
    r"(?!(?:not|no|nah|naw|nope|so|what|something|anything|more|less|a no|nicht|nein|pas|non)\b)(?=\w)"
)
_OFFERS_NONE = re.compile(r"(?i)\b(?:what|who|whom|whose|when|where|why|how|any\w*|ever|some\w*)\b")
"""What asks for something else, or whether there is any."""
_NONE = re.compile(r"(?i)\b(?:neither|both|none|nothing|beide\w*|weder|aucun\w*|tous les deux)\b")
BEHIND = 2
"""Words behind "or" that may tell the second thing."""


def choice(text: str) -> frozenset[str]:
    """Stems of what a question offers to choose from; none where it offers nothing."""
    match = _OR.search(text)
    if match is None or _OFFERS_NONE.search(text):
        return frozenset()
    before, behind = _content(text[: match.start()]), _content(text[match.end() :])
    return frozenset(content_stems(" ".join([*before[-1:], *behind[:BEHIND]])))


def chooses_neither(question: str, leading: Sequence[CandidateSentence]) -> bool:
    """Whether a question offers a choice and no sentence names one of the two."""
    offered = choice(question)
    if not offered or any(_NONE.search(found.text) for found in leading):
        return False
    return not any(offered & set(stems(found.whole)) for found in leading)


def _content(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in STOP_WORDS]
