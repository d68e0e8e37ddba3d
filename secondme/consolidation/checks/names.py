"""A name that no source has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.consolidation.checks.words import COMMON_FIRST, DAY_FORMS, MONTH_FORMS, NUMBERS
from secondme.consolidation.evidence import WORD, Evidence, word_forms
from secondme.text.terms import STOP_WORDS

_NO_NAMES = frozenset({"i", "i'm", "i've", "i'll", "i'd", "ok", "tv", "im", "the", "user"})
_SENTENCE_START = re.compile(r"[.!?:\n]\s*[\"“(]*$")


def has_unknown_name(sentence: str, sources: Sequence[Evidence]) -> bool:
    """Whether a word with a capital, or a first word that means something, is in no source in any form."""
    known = {form for source in sources for form in source.forms}
    for position, match in enumerate(WORD.finditer(sentence)):
        word = match.group().replace("’", "'")
        plain = word.removesuffix("'s").lower()
        if not word[0].isupper() or plain in _NO_NAMES or plain in MONTH_FORMS or plain in DAY_FORMS:
            continue
        if plain in STOP_WORDS or plain in NUMBERS:
            continue
        starts = position == 0 or bool(_SENTENCE_START.search(sentence[: match.start()]))
        if starts and plain in COMMON_FIRST:
            continue
        if not (word_forms(plain) & known):
            return True
    return False
