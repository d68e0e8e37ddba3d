"""Facts in other languages than English: for each language one file of data, which one reader reads.

To add a language: write a `Tongue` in a file of this folder, and name it in `TONGUES`. To add a way to say something,
add a `Saying` to the language's tuple; `tests/secondme/facts/tongues` holds a table of sentences for each language.
"""

from __future__ import annotations

from secondme.facts.tongues.chinese import CHINESE
from secondme.facts.tongues.french import FRENCH
from secondme.facts.tongues.german import GERMAN
from secondme.facts.tongues.spanish import SPANISH
from secondme.facts.tongues.tongue import Tongue

TONGUES: tuple[Tongue, ...] = (GERMAN, SPANISH, FRENCH, CHINESE)


def tongue_of(code: str) -> Tongue | None:
    """The rules of a language (ISO 639-1); None where there are none."""
    return next((known for known in TONGUES if known.code == code), None)


__all__ = ["TONGUES", "Tongue", "tongue_of"]
