"""Nothing is left out in silence: whatever a file has words in is in its text, or a note says what was left out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.secondme.readers import markers, text_markers
from tests.secondme.readers.markers import Marks
from tests.secondme.readers.reading import read

Maker = Callable[[Marks], bytes]
MAKERS: dict[str, Maker] = {
    "a.docx": markers.docx,
    "a.pptx": markers.pptx,
    "a.xlsx": markers.xlsx,
    "a.odt": markers.odt,
    "a.odp": markers.odp,
    "a.ods": markers.ods,
    "a.pdf": markers.pdf,
    "a.epub": markers.epub,
    "a.rtf": markers.rtf,
    "a.html": text_markers.html,
    "a.enex": text_markers.evernote,
    "a.md": text_markers.markdown,
    "a.txt": text_markers.plain,
    "a.eml": text_markers.eml,
    "page.eml": text_markers.html_mail,
    "attached.eml": text_markers.attached,
    "a.mbox": text_markers.mbox,
    "a.ics": text_markers.ics,
    "a.vcf": text_markers.vcf,
    "a.csv": text_markers.table,
    "a.json": text_markers.json_file,
    "a.jsonl": text_markers.json_lines,
    "a.ipynb": text_markers.notebook,
}


@pytest.mark.parametrize("name", MAKERS)
def test_every_marker_is_read_or_a_note_says_what_was_left_out(name: str) -> None:
    marks = Marks()
    documents, notes = read(name, MAKERS[name](marks))
    said: list[str] = []
    for document in documents:
        said += [document.title, document.author, document.text]
        said += [f"{block.heading} {block.speaker} {block.place}" for block in document.blocks]
        said += [f"{turn.speaker} {turn.text}" for turn in document.turns]
    words = set(re.findall(r"\w+", " ".join(said)))
    missing = {
        place: marker
        for marker, place in marks.places.items()
        if marker not in words and not any(marks.noted.get(marker, "\0") in note for note in notes)
    }
    assert not missing, notes
