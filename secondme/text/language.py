"""The language of a text, as ISO 639-1, where it can be told."""

from __future__ import annotations

_SAMPLE = 600
_SHORTEST = 8
"""Words; of fewer a language cannot be told."""


def language_of(text: str) -> str:
    """The likely language of a text's beginning, or "" for one of a few words (py3langid)."""
    sample = text[:_SAMPLE]
    if len(sample.split()) < _SHORTEST and sample.isascii():
        return ""
    import py3langid

    language, _ = py3langid.classify(sample)
    return str(language)
