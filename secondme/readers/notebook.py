"""Jupyter notebooks: what was written, not what was printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.json_file import parse_json
from secondme.readers.markdown import markdown_blocks
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable


class NotebookReader:
    """Reads the cells of a notebook; outputs are left out, which a note says."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, its places are cells."""
        data: Any = parse_json(source.text())
        cells = data.get("cells") if isinstance(data, dict) else None
        if cells is None and isinstance(data, dict) and isinstance(data.get("worksheets"), list):
            cells = [cell for sheet in data["worksheets"] if isinstance(sheet, dict) for cell in sheet.get("cells", [])]
        if not isinstance(cells, list):
            raise Unreadable("it has no cells")
        prose = Prose()
        heading = ""
        shown = sum(1 for cell in cells if isinstance(cell, dict) and cell.get("outputs"))
        if shown:
            yield Unread(f"the outputs of {shown} of its cells were not read")
        for number, cell in enumerate(cells, start=1):
            if not isinstance(cell, dict):
                continue
            written = cell.get("source", cell.get("input", ""))
            text = "".join(map(str, written)) if isinstance(written, list) else str(written)
            prose.new_section()
            if cell.get("cell_type") == "markdown":
                for block in markdown_blocks(text):
                    heading = block.heading or heading
                    prose.paragraph(text[block.start : block.end], f"cell {number}", heading=heading)
            else:
                prose.paragraph(text, f"cell {number}", heading=heading)
        if not prose.blocks:
            raise Unreadable("its cells are empty")
        yield ParsedDocument("application/x-ipynb+json", source.name, prose.text(), tuple(prose.blocks))
