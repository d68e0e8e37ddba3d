"""JSON: chat exports that are recognised, anything else as paths and values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from secondme.readers.chat_signs import looks_like_chat_json, without_speakers
from secondme.readers.documents import ParsedDocument, ReadItem
from secondme.readers.exports.registry import reader_of_file
from secondme.readers.exports.tree import ExportTree
from secondme.readers.prose import Prose
from secondme.readers.reader import SNIFFED, SourceFile, Unreadable

DEPTH = 60


class JsonReader:
    """Reads JSON files."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """The chats of an export, or one document; its places are the keys or numbers of the outermost level."""
        source.file.seek(0)
        export = reader_of_file(source.file.read(SNIFFED), source.path.name)
        if export is not None:
            yield from export.read(ExportTree.of_file(source), source.me)
            return
        prose = Prose()
        value = parse_json(source.text())
        add_json(prose, value, "")
        if not prose.blocks:
            raise Unreadable("it holds no values")
        document = ParsedDocument("application/json", source.name, prose.text(), tuple(prose.blocks))
        yield from without_speakers(document, chat=looks_like_chat_json(value))


def parse_json(text: str) -> Any:
    """A parsed JSON text. Raises Unreadable."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise Unreadable(f"it is damaged JSON ({getattr(error, 'msg', 'too deep')})") from error


def add_json(prose: Prose, value: Any, place: str) -> None:
    """Add a value: one block for each entry of the outermost level."""
    if isinstance(value, dict) and not place:
        for key, inner in value.items():
            if isinstance(inner, list) and any(isinstance(entry, dict) for entry in inner):
                for i, entry in enumerate(inner):
                    prose.new_section()
                    prose.paragraph("\n".join(flatten(entry, "", 0)), f"{key}[{i}]", heading=str(key))
            else:
                prose.paragraph("\n".join(flatten(inner, str(key), 0)), str(key), gap="\n")
    elif isinstance(value, list) and not place:
        for i, entry in enumerate(value):
            prose.new_section()
            prose.paragraph("\n".join(flatten(entry, "", 0)), f"[{i}]")
    else:
        prose.paragraph("\n".join(flatten(value, "", 0)), place)


def flatten(value: Any, path: str, depth: int) -> Iterator[str]:
    """Lines `path: value` of everything in a value; nothing for null and empty."""
    if depth > DEPTH or value is None or value == "":
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list):
        if all(isinstance(entry, str | int | float | bool) for entry in value):
            yield f"{path}: {', '.join(str(one) for one in value)}" if path else ", ".join(map(str, value))
            return
        for i, inner in enumerate(value):
            yield from flatten(inner, f"{path}[{i}]", depth + 1)
    else:
        yield f"{path}: {value}" if path else str(value)
