"""Canvas files (JSON Canvas, as Obsidian writes them): the words on the cards, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from secondme.readers.documents import ParsedDocument, ReadItem
from secondme.readers.json_file import parse_json
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.chunking import paragraphs
from secondme.text.clean import unified_line_ends


class CanvasReader:
    """Reads cards, the names of files, links and groups, and what is written on arrows."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document; its places are cards."""
        text = source.text()
        if not text.strip():
            raise Unreadable("it is empty")
        canvas: Any = parse_json(text)
        nodes = sorted(_objects(canvas, "nodes"), key=lambda node: (_number(node, "y"), _number(node, "x")))
        prose = Prose()
        for number, node in enumerate(nodes, start=1):
            written = unified_line_ends(_words(node))
            prose.new_section()
            for start, end in paragraphs(written, 0, len(written)):
                prose.paragraph(written[start:end], f"card {number}")
        names = {str(node.get("id")): _words(node).split("\n")[0][:80] for node in nodes}
        for edge in _objects(canvas, "edges"):
            if edge.get("label"):
                ends = [names.get(str(edge.get(end)), "") for end in ("fromNode", "toNode")]
                prose.paragraph(f"{ends[0]} → {ends[1]}: {edge['label']}", "arrow")
        if not prose.blocks:
            raise Unreadable("it holds no text")
        yield ParsedDocument("application/json", source.path.stem or source.name, prose.text(), tuple(prose.blocks))


def _objects(canvas: Any, key: str) -> list[Mapping[str, Any]]:
    found = canvas.get(key) if isinstance(canvas, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _words(node: Mapping[str, Any]) -> str:
    return next((str(node[key]) for key in ("text", "file", "url", "label") if node.get(key)), "")


def _number(node: Mapping[str, Any], key: str) -> float:
    value = node.get(key)
    return float(value) if isinstance(value, int | float) else 0.0
