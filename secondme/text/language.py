"""The language of a text (ISO 639-1)."""

from __future__ import annotations

_SAMPLE = 600
_SHORTEST = 8
"""Words; fewer do not show a language."""


def language_of(text: str) -> str:
    """The likely language of a text's beginning (py3langid), or "" for a text of a few words."""
    sample = text[:_SAMPLE]
    if len(sample.split()) < _SHORTEST and sample.isascii():
        return ""
    import py3langid

    language, _ = py3langid.classify(sample)
    return str(language)
