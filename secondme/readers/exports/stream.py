"""JSON of any size, one element at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import ijson

from secondme.readers.documents import ReadItem, Unread
from secondme.readers.exports.tree import ExportTree
from secondme.readers.reader import SNIFFED, Unreadable

_HELD = re.compile(rb'\{\s*"conversations"\s*:\s*\[')


def items(file: BinaryIO, prefix: str) -> Iterator[Any]:
    """Values at a place of a JSON file (`item`: of the outermost list; `""`: the whole).

    Raises Unreadable at the first damage; what came before it is read.
    """
    try:
        yield from ijson.items(file, prefix, use_float=True)
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(f"its JSON is damaged or cut short ({type(error).__name__})") from error


def pairs(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    """(key, value) of the outermost object of a JSON file, except `chats`, which may be larger than memory.

    Raises Unreadable at the first damage.
    """
    try:
        keys = [value for prefix, event, value in ijson.parse(file) if prefix == "" and event == "map_key"]
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(f"its JSON is damaged or cut short ({type(error).__name__})") from error
    for key in keys:
        if "chats" not in key:
            file.seek(0)
            yield from ((key, value) for value in items(file, key))


def listed(tree: ExportTree, name: str) -> Iterator[Any]:
    """The conversations of a JSON file: those of a list, those under `conversations`, or the only one.

    Raises Unreadable at the first damage.
    """
    with tree.open(name) as file:
        head = file.read(SNIFFED).lstrip(b"\xef\xbb\xbf \t\r\n")
    prefix = "item" if head.startswith(b"[") else "conversations.item" if _HELD.match(head) else ""
    with tree.open(name) as file:
        yield from items(file, prefix)


def conversations(found: Iterable[Any], parse: Callable[[Any], Iterable[ReadItem]], name: str) -> Iterator[ReadItem]:
    """A document for each conversation of a file that has messages; a damaged one is named and costs only itself."""
    for number, conversation in enumerate(found, start=1):
        try:
            document = list(parse(conversation))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            yield Unread(f"conversation {number} of {name} is damaged ({type(error).__name__})")
            continue
        yield from document
