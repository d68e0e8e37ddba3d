"""The language of a text (ISO 639-1)."""

from __future__ import annotations

import re

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_SAMPLE = 600
_SHORTEST = 8
"""Words; fewer do not show a language."""


def mostly_latin(text: str) -> bool:
    """Whether at least half of a text's letters are Latin; so is a text without letters."""
    return text.isascii() or 2 * len(_LATIN.findall(text)) >= len(_LETTER.findall(text))


def language_of(text: str) -> str:
    """The likely language of a text's beginning (py3langid), or "" for a text of a few words."""
    sample = text[:_SAMPLE]
    if len(sample.split()) < _SHORTEST and sample.isascii():
        return ""
    import py3langid

    language, _ = py3langid.classify(sample)
    return str(language)
