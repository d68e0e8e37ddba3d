"""Lines of a text as sentences see them: lists and headings stand for themselves, wrapped lines belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WRAPPED = 50
"""Fewest characters of a line that was wrapped because it was full; a shorter one ends where its author ended it."""
WRAPPED_IN_CHAT = 64
"""The same for text that begins with a small letter, as chats do without wrapping their lines."""
RAGGED = 0.34
"""A block whose share of full lines is not higher was not wrapped."""
HEADING_WORDS = 9
HEADING_CHARACTERS = 80
UNDER_HEADING = 40
"""Fewest characters of the paragraph below a heading that is written without a mark."""

MARK = re.compile(
    r"[ \t]*(?:>[ \t]?)*(?:(?:[-*+•◦▪‣·–—]|\(?(?:\d{1,3}|[A-Za-z])[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|#{1,6}[ \t]+)?"
)
"""What stands before the words of a line: quote marks, a bullet or number, hashes."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_OWN = re.compile(r"\s*(?:[|>#•◦▪‣·]|[-*+–—][ \t]|\(?(?:\d{1,3}|[A-Za-z])[.)][ \t]|```|~~~|\*\*[^*]+\*\*:?\s*$)")
"""A line that begins like this begins a sentence."""
_LISTED = re.compile(r"\s*(?:[-*+•◦▪‣·–—]|\(?(?:\d{1,3}|[A-Za-z])[.)])[ \t]")
_HASHES = re.compile(r"\s*#{1,6}[ \t]+\S")
_BOLD = re.compile(r"\s*(?:\*\*|__)[^*_.!?]+(?:\*\*|__)\s*")
_RULE = re.compile(r"\s*(?:=+|-{2,}|~{3,}|\*{3,}|_{3,})\s*")
_ENDS = re.compile(r"[.!?…。！？؟।॥۔:;][\"'”’»)\]*_」』]*\s*$")
_GOES_ON = re.compile(
    r"(?i)(?:[,(–—-]|\b(?:a|an|the|and|or|but|of|in|on|at|to|for|with|by|from|as|that|which|who|is|are|was|were|my|our"
    r"|his|her|their|its|this|und|oder|der|die|das|den|dem|ein|eine|mit|von|zu|im|am|et|ou|le|la|les|de|des|du|un|une"
    r"|avec|y|o|el|los|las|en|con|del|por))$"
)
"""A line that ends like this is not yet a sentence."""
_SPOKEN = re.compile(
    r"(?i)\b(?:i|i['’]\w+|you|we|he|she|it|they|me|us|my|your|our|is|are|was|were|am|has|had|have|will|would|can|could"
    r"|did|does|do|got|went|said|let['’]s|\w+n['’]t|thanks|hi|hello|dear|ich|wir|sie|er|es|ist|war|hat|je|nous|il|elle"
    r"|est|soy|es|está|tengo)\b"
)
"""Words of sentences, which headings hardly ever hold."""


_PARTS_OF_ROW = (" | ", ";", "\t", ",")
"""What stands between the cells of a row."""
MOST_IN_HEADER_CELL = 40


def is_header_line(line: str, below: str) -> bool:
    """Whether a line names the columns of the row below it: three cells or more without a digit, over as many with."""
    mark = next((mark for mark in _PARTS_OF_ROW if line.count(mark) >= 2), "")
    if not mark or below.count(mark) < line.count(mark) or any(character.isdigit() for character in line):
        return False
    cells = [cell.strip() for cell in line.split(mark)]
    goes_on = mark == "," and any(cell.endswith((".", "!", "?")) or ", " in line for cell in cells)
    short = all(0 < len(cell) <= MOST_IN_HEADER_CELL for cell in cells)
    return short and not goes_on and any(character.isdigit() for character in below)


@dataclass(frozen=True)
class Stretch:
    """Lines that belong together, as a character range; sentences never cross its ends."""

    start: int
    end: int
    heading: bool = False


def stretches(text: str) -> Iterator[Stretch]:
    """The stretches of a text, in order, without blank lines and rules."""
    if "\n" not in text:
        if text.strip():
            yield Stretch(0, len(text), bool(_HASHES.match(text)) or bool(_BOLD.fullmatch(text)))
        return
    for block in _blocks(text):
        yield from _block_stretches(text, *block)


def _blocks(text: str) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """Runs of lines without a blank one between them; whether a paragraph follows each below a blank line."""
    blocks: list[list[tuple[int, int]]] = []
    end = -2
    for match in _LINE.finditer(text):
        line = (match.start(), match.end())
        if line[0] != end + 1 or not blocks:
            blocks.append([])
        blocks[-1].append(line)
        end = line[1]
    for place, block in enumerate(blocks):
        below = blocks[place + 1] if len(block) == 1 and place + 1 < len(blocks) else None
        yield block, below is not None and is_paragraph(text, below[0][0], below[-1][1])


def is_paragraph(text: str, start: int, end: int) -> bool:
    """Whether lines read as a paragraph below a heading."""
    return end - start >= UNDER_HEADING and not _OWN.match(text, start) and bool(_ENDS.search(text[end - 9 : end]))


def _block_stretches(text: str, lines: Sequence[tuple[int, int]], paragraph_below: bool) -> Iterator[Stretch]:
    written = [text[start:end] for start, end in lines]
    width = max(len(line.rstrip()) for line in written)
    full = [is_full(line, after, width) for line, after in pairwise(written)]
    filled = len(lines) > 2 and all(full)
    ragged = is_ragged(full)
    begin = lines[0][0]
    for place, (start, end) in enumerate(lines):
        line = written[place]
        after = written[place + 1] if place + 1 < len(lines) else None
        if after is not None and not _RULE.fullmatch(line) and _is_wrapped(line, after, width, filled, ragged):
            continue
        if not _RULE.fullmatch(line):
            underlined = after is not None and begin == start and _RULE.fullmatch(after) and not _ENDS.search(line)
            alone = len(lines) == 1 and paragraph_below and is_like_a_heading(line)
            marked = begin == start and (_HASHES.match(line) or _BOLD.fullmatch(line))
            yield Stretch(begin, end, bool(underlined or alone or marked))
        if after is not None:
            begin = lines[place + 1][0]


def is_full(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word had no room on a line of so many characters."""
    return len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width


def is_ragged(full: Sequence[bool]) -> bool:
    """Whether lines end where their author ended them, because too few are full: the longest always is."""
    return len(full) > 1 and sum(full) <= len(full) * RAGGED


def _is_wrapped(line: str, after: str, width: int, filled: bool, ragged: bool) -> bool:
    """Whether the sentence of a line may go on in the next line.

    `width`: characters of the longest line of the block. `filled`: all of its lines are full; `ragged`: few are.
    """
    if _OWN.match(after) or _RULE.fullmatch(after) or _HASHES.match(line) or line.lstrip()[:1] == "|":
        return False
    if _LISTED.match(line) and after[:1] in " \t":
        return True
    stripped = line.rstrip()
    if _BOLD.fullmatch(line):
        return False
    chat = line.lstrip()[:1].islower() and not is_full(line, after, width)
    if width < (WRAPPED_IN_CHAT if chat else WRAPPED) or len(stripped) < width / 2:
        return False
    if _ENDS.search(stripped):
        return stripped[-1] not in ":;" and is_full(line, after, width)
    if _GOES_ON.search(stripped):
        return True
    return is_full(line, after, width) and (filled or not (ragged or after.lstrip()[:1].isupper()))


def is_like_a_heading(line: str) -> bool:
    """Whether a line that stands alone above a paragraph reads as its heading."""
    words = line.split()
    if len(words) > HEADING_WORDS or len(line) > HEADING_CHARACTERS or _ENDS.search(line) or line.rstrip()[-1] == ",":
        return False
    first = words[0] if not words[0][0].isdigit() else words[min(1, len(words) - 1)]
    return first[0].isupper() and not _SPOKEN.search(line) and not _OWN.match(line[len(line) - len(line.lstrip()) :])
