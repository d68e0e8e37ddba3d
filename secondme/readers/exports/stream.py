"""JSON of any size, one element at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson

from secondme.readers.reader import Unreadable


def items(file: BinaryIO, prefix: str) -> Iterator[Any]:
    """Values at a place of a JSON file (`item`: of the outermost list; `""`: the whole).

    Raises Unreadable at the first damage; what came before it is read.
    """
    try:
        yield from ijson.items(file, prefix, use_float=True)
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(f"its JSON is damaged or cut short ({type(error).__name__})") from error
