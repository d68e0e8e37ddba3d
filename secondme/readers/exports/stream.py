"""JSON of any size, one element at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import ijson

from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.reader import Unreadable


def items(file: BinaryIO, prefix: str) -> Iterator[Any]:
    """Values at a place of a JSON file (`item`: of the outermost list; `""`: the whole).

    Raises Unreadable at the first damage; what came before it is read.
    """
    try:
        yield from ijson.items(file, prefix, use_float=True)
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(f"its JSON is damaged or cut short ({type(error).__name__})") from error


def conversations(found: Iterable[Any], parse: Callable[[Any], ParsedDocument | None], name: str) -> Iterator[ReadItem]:
    """A document for each conversation of a file that has messages; a damaged one is named and costs only itself."""
    for number, conversation in enumerate(found, start=1):
        try:
            document = parse(conversation)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield Unread(f"conversation {number} of {name} is damaged ({type(error).__name__})")
            continue
        if document is not None:
            yield document
