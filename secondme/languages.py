"""The language of a text, as ISO 639-1, where it can be told."""

from __future__ import annotations

_SAMPLE = 2000
_SHORTEST = 40


def language_of(text: str) -> str:
    """The likely language of a text's beginning, or "" for a text of less than a few words (py3langid)."""
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < _SHORTEST:
        return ""
    import py3langid

    language, _ = py3langid.classify(sample)
    return str(language)
