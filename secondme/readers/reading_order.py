"""The order in which a person reads the pieces of a page: columns one after the other.

Most programs write a page's text in reading order, and then that order is kept. Some write line by line over all
columns, so that sentences of both mix. They are told apart by boxes: a gutter that hardly any piece crosses, pieces on
both sides in turn, and on both sides prose (a table's cells are short and do not go on in the next row).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LEAST = 3
"""Pieces that a column has at least."""
CROSSING = 0.25
"""Share of pieces (headings, footers) that may lie across a gutter."""
CONTINUED = 0.4
"""Share of a column's lines that begin with a small letter, as lines that go on do."""
WORDS = 2.5
"""Words in a line of a column, on average."""
PIECES = 4_000
"""Pages of more pieces are drawings; they are left as they are."""


@dataclass(frozen=True)
class Box:
    """A piece of a line in points, the origin below on the left. `index` counts in the order of the file."""

    left: float
    bottom: float
    right: float
    top: float
    index: int


def column_lines(boxes: Sequence[Box], text_of: Callable[[Box], str]) -> list[str] | None:
    """The page's lines, column by column; None when its own order is fine. `text_of` is asked only where needed."""
    if not 2 * LEAST <= len(boxes) <= PIECES:
        return None
    gutter = _gutter(boxes)
    if gutter is None:
        return None
    left, right, across = _sides(boxes, gutter)
    if not _in_turn(left, right):
        return None
    sides = [_lines(side, text_of) for side in (left, right)]
    if not all(_is_prose(side) for side in sides):
        return None
    # What lies across ends the columns above it.
    ordered: list[str] = []
    top = float("inf")
    for limit in [*sorted((box.bottom for box in across), reverse=True), float("-inf")]:
        for side in (left, right):
            band = [box for box in side if limit <= box.bottom < top]
            ordered += column_lines(band, text_of) or _lines(band, text_of)
        ordered += _lines([box for box in across if box.bottom == limit], text_of)
        top = limit
    return ordered


def _gutter(boxes: Sequence[Box]) -> float | None:
    """Where the second column begins: of the places at which many pieces begin the one that fewest cross."""
    edge = min(box.left for box in boxes)
    best: tuple[int, float] | None = None
    for start, count in Counter(round(box.left / 2) * 2 for box in boxes).items():
        if count < LEAST or start <= edge + 40:
            continue
        place = start - 2.0
        left, right, across = _sides(boxes, place)
        if min(len(left), len(right)) >= LEAST and len(across) <= CROSSING * len(boxes):
            best = min(filter(None, (best, (len(across), place))))
    return best[1] if best else None


def _sides(boxes: Sequence[Box], place: float) -> tuple[list[Box], list[Box], list[Box]]:
    """(left of a place, right of it, across it)."""
    left = [box for box in boxes if box.right <= place]
    right = [box for box in boxes if box.left >= place]
    return left, right, [box for box in boxes if box.left < place < box.right]


def _in_turn(left: Sequence[Box], right: Sequence[Box]) -> bool:
    """Whether the file goes to and fro between the sides."""
    order = [side for _, side in sorted([*((box.index, 0) for box in left), *((box.index, 1) for box in right)])]
    changes = sum(order[i] != order[i - 1] for i in range(1, len(order)))
    return changes >= max(LEAST, min(len(left), len(right)))


def _lines(boxes: Sequence[Box], text_of: Callable[[Box], str]) -> list[str]:
    """Lines from above to below, the pieces of each from left to right."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: -(box.bottom + box.top)):
        middle = (box.bottom + box.top) / 2
        if rows and rows[-1][0].bottom <= middle <= rows[-1][0].top:
            rows[-1].append(box)
        else:
            rows.append([box])
    lines = (" ".join(text_of(box).strip() for box in sorted(row, key=lambda box: box.left)) for row in rows)
    return [line for line in lines if line]


def _is_prose(lines: Sequence[str]) -> bool:
    words = sum(len(line.split()) for line in lines)
    small = sum(line[0].islower() for line in lines)
    return words >= WORDS * len(lines) and small >= CONTINUED * (len(lines) - 1)
