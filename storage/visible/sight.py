"""What may be seen of memory, as a rule for sources and one for passages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

EVERYTHING = "all"
_ENDINGS = frozenset("аеиоуыэюяйьαεηιουως")
"""Last letters of names in Cyrillic and Greek that another case replaces: "Ольга", "Ольгу"."""
INFLECTED = 2
"""Letters that may follow a name: "Annas", "Annával" are about Anna too."""
LEAST_INFLECTED = 4
"""Shorter names stand alone: "Al" is in no "Alps"."""


@dataclass(frozen=True)
class Sight:
    """Rules of what may be seen. Where they doubt, they leave out.

    `sources`, `without_sources`: ids of sources, paths of files or of folders; `sources` may hold "all". `names`:
    names of people of whom nothing may be seen, `keys`: their keys in statements. `speakers`: whose words may not be
    seen. `since`: an instant before which nothing may have happened, or empty.
    """

    sources: tuple[str, ...] = ()
    without_sources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    since: str = ""

    def allows_source(self, source_id: str, uri: str, title: str) -> bool:
        """Whether anything of a source may be seen."""
        if not (EVERYTHING in self.sources or _named(source_id, uri, self.sources)):
            return False
        return not _named(source_id, uri, self.without_sources) and not self.names_someone(title)

    def is_silenced(self, speaker: str) -> bool:
        """Whether these words are of a speaker who may not be seen."""
        return speaker.strip().casefold() in self._silent

    def names_someone(self, *texts: str | None) -> bool:
        """Whether a text holds the name of a person who may not be seen."""
        pattern = self._pattern
        if pattern is None:
            return False
        for text in texts:
            folded = _fold(text) if text else ""
            # Most texts hold no name at all, which is found out much faster without a pattern.
            if any(word in folded for word in self._words) and pattern.search(folded):
                return True
        return False

    @cached_property
    def _silent(self) -> frozenset[str]:
        return frozenset(name.strip().casefold() for name in self.speakers)

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """Of each name what stands in every text that holds it."""
        names = (_fold(name).split() for name in self.names)
        return tuple(dict.fromkeys(name[0][:-1] or name[0] for name in names if name))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        forms = [_form(name) for name in dict.fromkeys(_fold(name).strip() for name in self.names) if name]
        return re.compile("|".join(forms)) if forms else None


def _fold(text: str) -> str:
    """A text without case and diacritics."""
    if text.isascii():
        return text.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _form(name: str) -> str:
    """A pattern for a folded name in a folded text: in Latin, Greek and Cyrillic letters it begins a word."""
    words = r"[\s_-]+".join(re.escape(word) for word in name.split())
    if not any("0" <= letter <= "ӿ" for letter in name):
        return words  # other scripts write words without spaces, or join small words to them
    if not name.isascii() and len(name) >= LEAST_INFLECTED and name[-1] in _ENDINGS:
        words = words[:-1]
    more = rf"\w{{0,{INFLECTED}}}" if len(name) >= LEAST_INFLECTED else ""
    return rf"(?<![^\W_]){words}{more}(?![^\W_])"


def _named(source_id: str, uri: str, rules: Sequence[str]) -> bool:
    """Whether one of the rules names a source, its file, or a folder above it."""
    return any(
        rule == source_id or (uri != "" and (uri == rule or uri.startswith(rule.rstrip("/") + "/"))) for rule in rules
    )
