"""Where the words of an answer end: of "Ines Lund and Eve" both are named, of "(call 555 01)" no bracket."""

from __future__ import annotations

import re
from collections.abc import Collection

from secondme.facts.sums import AMOUNT
from secondme.text.terms import content_stems

_PARTICLE = r"(?:van|von|de|der|den|da|di|del|la|le|al|el|bin|ten|zu)"
_LARGE = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я]"
_NAME = rf"(?!I(?:['’]\w+)?(?![\w.'’-])){_LARGE}[\w.'’-]*(?: (?:{_PARTICLE} )*{_LARGE}[\w.'’-]*){{0,3}}"
_AND = r"(?:,? (?:and|und|et|y|e|en|og|och|ja|i) |,? & )"
_BEHIND = re.compile(rf"(?:, {_NAME})*{_AND}{_NAME}")
_BEFORE = re.compile(rf"(?<![\w.'’-])(?:{_NAME}, )*{_NAME}(?:{_AND}|, )$")
_LISTED = re.compile(rf"(?P<label>[\w ]{{3,20}}: ){_NAME}(?:, {_NAME})+\W*$")
_ENUMERATED = re.compile(r"[^\s、，,。：:！？]+(?:、[^\s、，,。：:！？]+)+")
"""Things in a list as China and Japan write it."""
_BRACKETS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ("{", "}"), ("（", "）"), ("「", "」"))
_JOINS_SUMS = re.compile(r"(?i)(?: [^\W\d][\w'’-]*){0,5}?(?:,? (?:and|plus) |, | \+ )(?:then |another )?")
"""Between two sums of one clause: "84 euros at Billa and 32 at the market"."""
_BEHIND_SUM = re.compile(r"(?i)(?: [^\W\d][\w'’-]*){0,4}")
_DAYS = frozenset(content_stems("today yesterday tonight week weekend month morning evening total altogether"))
_LABEL = re.compile(r"[^:,]{2,30}:\s+")
_COMMA = re.compile(r"[,;]\s+(?:and\s+)?")
SHORT_PART = 6
"""Words of a part of a list that can be the whole answer."""
_ONE = re.compile(rf"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?{_NAME}")


def whole_coordination(text: str, begin: int, end: int) -> tuple[int, int]:
    """The range of all names that are joined to the name at `begin` to `end` of a text, and of all things that "、"
    joins; the same range where it is no name, or stands alone."""
    for enumerated in _ENUMERATED.finditer(text):
        if enumerated.start() <= begin and end <= enumerated.end():
            return enumerated.span()
    if not _ONE.fullmatch(text[begin:end]):
        return begin, end
    listed = _LISTED.search(text)
    if listed and listed.end("label") <= begin:
        return listed.end("label"), len(text.rstrip(" .;"))
    behind = _BEHIND.match(text, end)
    stop = behind.end() if behind else end
    before = _BEFORE.search(text[:begin])
    if before and (behind or not before.group().endswith(", ")):
        begin = before.start()
    return begin, len(text[:stop].rstrip(".,;"))


def whole_sums(stems: Collection[str], text: str, begin: int, end: int) -> tuple[int, int]:
    """The range of all sums that are joined to the sum at `begin` to `end` of a text, with what each was for; the same
    range where a question with these stems asks for one of them, or there is but one."""
    sums = list(AMOUNT.finditer(text))
    held = [place for place, match in enumerate(sums) if begin <= match.start() and match.end() <= end]
    if len(held) != 1 or not any(match["before"] or match["after"] for match in sums):
        return begin, end
    first = last = held[0]
    while last + 1 < len(sums) and _JOINS_SUMS.fullmatch(text, sums[last].end(), sums[last + 1].start()):
        last += 1
    while first and _JOINS_SUMS.fullmatch(text, sums[first - 1].end(), sums[first].start()):
        first -= 1
    behind = _BEHIND_SUM.match(text, sums[last].end())
    stop = behind.end() if behind else sums[last].end()
    whats = set(content_stems(text[sums[first].start() : stop])) - _DAYS
    return (begin, end) if first == last or whats & set(stems) else (sums[first].start(), stop)


def part_asked_for(stems: Collection[str], text: str, begin: int, end: int) -> tuple[int, int]:
    """The range of the part of a text, between commas, that names what a question with these stems names, where the
    part around `begin` to `end` names none of it and both hold figures: of "Excess: 250 buildings, 100 contents" the
    second is asked for by "excess on contents". Else the same range."""
    label = _LABEL.match(text)
    start = label.end() if label else 0
    marks = [start, *(mark for found in _COMMA.finditer(text, start) for mark in found.span()), len(text)]
    parts = list(zip(marks[::2], marks[1::2], strict=True))
    held = next((part for part in parts if part[0] <= begin and end <= part[1]), None)
    if held is None or not _figure(text, held) or set(stems) & set(content_stems(text[slice(*held)])):
        return begin, end
    named = [part for part in parts if part != held and set(stems) & set(content_stems(text[slice(*part)]))]
    fits = [part for part in named if _figure(text, part) and len(text[slice(*part)].split()) <= SHORT_PART]
    return fits[0] if len(named) == len(fits) == 1 else (begin, end)


def _figure(text: str, part: tuple[int, int]) -> bool:
    return any(char.isdigit() for char in text[slice(*part)])


def whole_list(stems: Collection[str], text: str, begin: int, end: int) -> tuple[int, int]:
    """The range of all that stands behind the label of a line that lists, where the label is what a question with these
    stems names: "Wishlist: Orbital, The Bee Sting"; else the same range."""
    label = _LABEL.match(text)
    if label is None or begin < label.end() or not _COMMA.search(text, label.end()):
        return begin, end
    named = set(content_stems(label.group()))
    return (label.end(), len(text.rstrip(" .;"))) if named and named <= set(stems) else (begin, end)


def without_loose_brackets(words: str) -> str:
    """Words of a sentence without a bracket or quote at either end whose other half stands outside of them."""
    for opened, closed in _BRACKETS:
        if words.endswith(closed) and opened not in words:
            words = words[:-1].rstrip()
        if words.startswith(opened) and closed not in words:
            words = words[1:].lstrip()
    if words.count('"') == 1:  # opens and closes alike
        words = words.strip('" ')
    return words
