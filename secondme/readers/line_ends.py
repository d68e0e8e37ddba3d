"""Lines that were broken for print: which belong together, and what a hyphen at a line's end meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

MARK = "\u00ad"
"""A hyphen that broke a word, in the text that is being joined."""
_MARKS = re.compile("[\x02\ufffe\u00ad](?:\r\n|\r|\n)?")
"""PDFium's marks of a hyphen at a line's end (which of the two depends on the call), and the soft hyphen."""
_SOFT = re.compile("[\u00ad](?=\\w)")
_BULLET = re.compile(r"\s*(?:[•◦▪‣*·–-]|\(?\d{1,3}[.)]|[a-z][.)])\s")
_WORD = re.compile(r"\w+(?:[-\u2010\u2011]\w+)*")
_LAST = re.compile(r"[\w'’]+(?:[-\u2010\u2011][\w'’]+)*\Z")
_FIRST = re.compile(r"[\w'’]+(?:[-\u2010\u2011][\w'’]+)*")
_FULL = 0.72
"""A line shorter than this share of the page's longest ends its paragraph."""
_HEADS = frozenset(
    """
    well self non ex half all cross high low long short old new full part hard soft best ever first second third
    two three four five six seven eight nine ten twenty thirty forty fifty one single double multi co anti pro post
    pre mid open close fast slow so
    """.split()
)
"""First parts that English joins to a second one by a hyphen that is always written."""
_TAILS = frozenset(
    """
    based known free like term time old class scale level made born hand sized size related wide long owned friendly
    year years day days week month hour minute foot mile looking going built called minded proof aware led style type
    law laws chief president general of the in to and up down out off by on
    """.split()
)
"""Second parts that English joins by a hyphen that is always written."""
_SUSPENDED = frozenset("und oder bzw sowie and or to bis et ou y o e en of och eller og i lub a nebo tai".split())
"""Words after which the second half of a word follows: "Vor- und Nachteile"."""
_TAIL_LETTERS = 3


class Words:
    """The words of a document with how often each occurs unbroken: what tells a broken word from a compound."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._seen = Counter(word.casefold() for text in texts for word in _WORD.findall(_MARKS.sub(" \n ", text)))

    def joined(self, left: str, right: str) -> str:
        """`left` and `right` of a word that a hyphen at a line's end divides, with the hyphen or without."""
        last, first = _LAST.search(left), _FIRST.match(right)
        head = last.group() if last else ""
        tail = first.group() if first else ""
        if not head or not tail:
            return f"{left}-{right}"
        whole, divided = (self._seen[f"{head}{sign}{tail}".casefold()] for sign in ("", "-"))
        if whole != divided:
            return f"{left}{right}" if whole > divided else f"{left}-{right}"
        return f"{left}-{right}" if _is_compound(head, tail) else f"{left}{right}"


def _is_compound(head: str, tail: str) -> bool:
    """Whether the hyphen between the halves of a word is part of how it is written."""
    if tail[0].isdigit() or head[-1].isdigit():
        return True
    if tail[0].isupper() and not head.isupper():  # Baden-Württemberg
        return True
    if len(head) == 1 or "-" in head or "-" in tail:  # e-mail, mother-in-law
        return True
    return (head.casefold() in _HEADS and len(tail) > _TAIL_LETTERS) or (
        tail.casefold() in _TAILS and len(head) > _TAIL_LETTERS and tail.casefold() not in ("to", "in", "on", "by")
    )


def unwrap_lines(text: str, words: Words | None = None) -> list[str]:
    """Paragraphs of a page whose lines were broken for print: full lines are joined with the next one.

    `words`: those of the whole document; without them only the page tells how its words are written.
    """
    words = words or Words([text])
    lines = [line.rstrip() for line in re.split("\r\n|\r|\n", _line_breaks(text))]
    longest = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    joined = False
    for line in lines:
        if not line.strip():
            joined = False
            continue
        if joined and (paragraphs[-1].endswith(MARK) or not _BULLET.match(line)):
            paragraphs[-1] = _joined_lines(paragraphs[-1], line.lstrip(), words)
        else:
            paragraphs.append(line.strip())
        joined = len(line) >= _FULL * longest or line.endswith((MARK, ",")) or _ends_in_hyphen(line)
    return [paragraph.replace(MARK, "-") for paragraph in paragraphs]


def _line_breaks(text: str) -> str:
    """The text with a mark and a line's end for each hyphen that broke a word, without soft hyphens that did not."""
    text = _SOFT.sub("", text)
    return _MARKS.sub(f"{MARK}\n", text)


def _ends_in_hyphen(line: str) -> bool:
    return len(line) > 2 and line[-1] in "-\u2010" and line[-2].isalpha()


def _joined_lines(last: str, line: str, words: Words) -> str:
    if last.endswith(MARK):
        return words.joined(last[:-1], line)
    if _ends_in_hyphen(last):
        first = _FIRST.match(line)
        if first and first.group().casefold() not in _SUSPENDED:
            return words.joined(last[:-1], line)
    return f"{last} {line}"
