"""What a note says about itself above its text: a block of `key: value` between two lines `---` (YAML) or `+++` (TOML).

Only the simple forms that programs for notes write are read: values, quoted ones, lists. The block is read as text too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateutil import parser as dates

from secondme.readers.dates import instant_of, loose_instant
from secondme.text.clean import clean

LONGEST = 400
"""Lines of the longest block; what is longer is a text between two rules."""
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_KEY = re.compile(r"""["']?([\w][\w .\-/]*?)["']?[ \t]*[:=](?:[ \t]+|$)(.*)""")
_ENTRY = re.compile(r"[ \t]*-[ \t]+(.*)")
_TITLE = ("title", "titel", "titre", "titolo", "título", "name")
_AUTHOR = ("author", "authors", "autor", "auteur", "by", "creator")
_DATE = tuple("date|datum|created|date created|created_at|creation date|published|publish_date|pubdate".split("|"))
_LANGUAGE = ("lang", "language", "sprache")


@dataclass(frozen=True)
class FrontMatter:
    """The values by their keys (lower case), and where the block is in the text: its lines, and where it ends."""

    values: Mapping[str, tuple[str, ...]]
    start: int
    stop: int
    """Behind the last line between the fences."""
    end: int
    """Behind the closing fence."""

    def first(self, keys: Iterable[str]) -> str:
        """All values of the first key that has any, joined."""
        return next((", ".join(self.values[key])[:200] for key in keys if self.values.get(key)), "")

    @property
    def title(self) -> str:
        """The title, or the first alias."""
        return self.first(_TITLE) or next(iter(self.values.get("aliases", ())), "")[:200]

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self.first(_AUTHOR)

    @property
    def language(self) -> str:
        """ISO 639-1, or empty."""
        return self.first(_LANGUAGE)[:2].lower()

    @property
    def date(self) -> tuple[str, str]:
        """(instant, precision) of the first key that gives a date, or ("", "")."""
        given = (_instant(value) for key in _DATE for value in self.values.get(key, ())[:1])
        return next((at for at in given if at[0]), ("", ""))


def front_matter(text: str) -> FrontMatter | None:
    """The block at the beginning of a text, or None where the text begins otherwise."""
    lines = text[: LONGEST * 200].splitlines(keepends=True)[:LONGEST]
    closing = _FENCES.get(lines[0].rstrip()) if lines else None
    if closing is None:
        return None
    last = next((i for i, line in enumerate(lines) if i and line.rstrip() in closing), None)
    between = [line for line in lines[1:last] if line.strip() and not line.lstrip().startswith("#")]
    if last is None or (between and not _KEY.match(between[0])):
        return None
    start = len(lines[0])
    stop = start + sum(map(len, lines[1:last]))
    return FrontMatter(_values(between), start, stop, stop + len(lines[last]))


def _values(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in lines:
        entry, named = _ENTRY.match(line.rstrip()), _KEY.match(line.rstrip())
        if entry and key:
            values[key] += (_plain(entry.group(1)),)
        elif named:
            key = named.group(1).strip().casefold()
            values[key] = tuple(filter(None, _listed(named.group(2))))
        elif key and line[:1] in " \t":
            values[key] = (" ".join([*values[key], line.strip()]),)
    return values


def _listed(value: str) -> list[str]:
    value = value.strip()
    if value in (">", "|", ">-", "|-"):
        return []
    if value.startswith("[") and not value.startswith("[[") and value.endswith("]"):
        return [_plain(one) for one in value[1:-1].split(",")]
    return [_plain(value)]


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return clean(value, keep_newlines=False).replace("[[", "").replace("]]", "").strip()


def _instant(value: str) -> tuple[str, str]:
    iso = loose_instant(value.replace("/", "-"))
    if iso[0] or not re.search(r"[^\W\d_]{3}", value):
        return iso
    try:
        moment = dates.parse(value)
    except (ValueError, OverflowError):
        return "", ""
    at, _, precision = instant_of(moment if ":" in value else moment.date())
    return at, precision
