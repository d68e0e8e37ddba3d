"""Every format gives the same sentences at the right place, with what the file says about itself."""

from __future__ import annotations

import json

import pytest

from secondme.readers.columns import typed_sheet
from secondme.readers.reader import Unreadable
from secondme.text.chunking import passages
from tests.secondme.readers.reading import made, read, where

PLANTED = {
    "The brass lamp of Skarvik was lit for the first time on the ninth of June 1871.": "The keeper",
    "Its keeper, Henrik Vold, wrote that the fog bell weighed more than two oxen and that nobody could sleep on the "
    "island while it rang through the night.": "The keeper",
    "On the third night the storm broke every window of the east gallery.": "The storm",
    "The last entry of the logbook says only that the cormorants have come back.": "The end",
}
KINDS = ("docx", "odt", "html", "epub", "pptx", "pdf")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sentence", PLANTED)
def test_a_planted_sentence_is_found_at_its_place(kind: str, sentence: str) -> None:
    document = made(f"lighthouse.{kind}")
    place, heading = where(document, sentence)
    assert document.title == "The lighthouse papers"
    if kind == "pdf":
        assert place == "page 1"
    else:
        assert heading.startswith(PLANTED[sentence])
    number = list(dict.fromkeys(PLANTED.values())).index(PLANTED[sentence]) + 2
    assert place == {"epub": f"chapter {number}", "pptx": f"slide {number}", "pdf": "page 1"}.get(
        kind, PLANTED[sentence]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_knows_its_author(kind: str) -> None:
    assert made(f"lighthouse.{kind}").author == "Ines Okafor"


@pytest.mark.parametrize("kind", ["docx", "odt", "html", "epub", "pptx"])
def test_rows_of_a_table_stay_together(kind: str) -> None:
    where(made(f"lighthouse.{kind}"), "March | 21 | granite")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_spreadsheet_gives_cells_and_a_typed_table(kind: str) -> None:
    document = made(f"expenses.{kind}")
    assert where(document, "Harbour Books | 24.9")[0] == "expenses!A5:E5"
    (sheet,) = document.sheets
    assert [column.kind for column in sheet.columns] == ["date", "text", "text", "number", "bool"]
    assert sheet.rows[0] == ("2024-01-03", "Groceries", "Corner Market", 42.5, True)
    assert document.text[sheet.starts[3] :].startswith("2024-02-20 | Books")
    (whole,) = [one for one in passages(document.text, document.blocks, None) if "Harbour" in one.text]
    assert whole.place == "expenses!A1:E8"


def test_rows_of_a_csv_keep_their_offsets_with_quoted_line_ends() -> None:
    text = 'name;note;price\nA;"two\nlines; and a semicolon";1,50\nB;x;2,75\n'
    (document,), _ = read("a.csv", text.encode())
    (sheet,) = document.sheets
    assert sheet.rows == (("A", "two\nlines; and a semicolon", 1.5), ("B", "x", 2.75))
    assert document.text[sheet.starts[1] :].startswith("B;x")


@pytest.mark.parametrize(
    ("cells", "kind", "values"),
    [
        (["1,200.50", "$3", "(7)"], "number", [1200.5, 3, -7]),
        (["1.200,50", "3,25", "7,00"], "number", [1200.5, 3.25, 7.0]),
        (["03/04/2024", "25/04/2024", "01/05/2024"], "date", ["2024-04-03", "2024-04-25", "2024-05-01"]),
        (["03/04/2024", "04/25/2024", "05/01/2024"], "date", ["2024-03-04", "2024-04-25", "2024-05-01"]),
        (["03/04/2024", "03/04/2024", "03/04/2024"], "text", ["03/04/2024"] * 3),
        (["3.4.24", "4.4.24", "5.4.24"], "date", ["2024-04-03", "2024-04-04", "2024-04-05"]),
        (["007", "012", "100"], "text", ["007", "012", "100"]),
        (["yes", "no", ""], "bool", [True, False, None]),
    ],
)
def test_columns_get_their_types_from_all_of_their_cells(cells: list[str], kind: str, values: list[object]) -> None:
    sheet = typed_sheet("t", [["key", "value"], *[[f"k{i}", cell] for i, cell in enumerate(cells)]], range(4))
    assert sheet is not None
    assert sheet.columns[1].kind == kind
    assert [row[1] for row in sheet.rows] == values


def test_a_message_knows_who_wrote_when_and_what_is_attached() -> None:
    data = (
        b"From: =?utf-8?q?Zo=C3=AB_Brandt?= <zoe@example.org>\r\nTo: me@example.org\r\nSubject: The boat\r\n"
        b"Date: Fri, 3 May 2024 10:15:00 +0200\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
        b"<p>The engine is <b>repaired</b>.</p>\r\n--b\r\nContent-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="bill.pdf"\r\n\r\nx\r\n--b--\r\n'
    )
    (document,), _ = read("a.eml", data, frozenset({"zoë brandt"}))
    block = document.blocks[-1]
    assert document.text[block.start : block.end] == "The engine is repaired."
    assert (block.speaker, block.role, block.happened_at) == ("Zoë Brandt", "me", "2024-05-03T08:15:00.000Z")
    assert "bill.pdf" in document.text


def test_a_mailbox_gives_each_message_a_place() -> None:
    one = b"From a@b Mon Jan  1 00:00:00 2024\nFrom: A <a@b>\nSubject: First\n\nHello\n>From here on\n\n"
    two = b"From c@d Mon Jan  1 00:00:00 2024\nFrom: C <c@d>\nSubject: Second\n\nFrom me too\n"
    (document,), _ = read("x.mbox", one + two)
    assert where(document, "From here on")[0] == "message 1"
    assert where(document, "From me too") == ("message 2", "Second")


def test_an_event_has_its_time_and_people() -> None:
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Dentist\r\n"
        "DTSTART:20240503T081500Z\r\nDTEND:20240503T090000Z\r\nLOCATION:Mill Lane 4\r\nRRULE:FREQ=YEARLY\r\n"
        "ATTENDEE;CN=Ana:mailto:ana@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (document,), _ = read("a.ics", text.encode())
    (block,) = document.blocks
    assert block.happened_at == "2024-05-03T08:15:00.000Z"
    for words in ("Dentist", "Mill Lane 4", "Ana", "FREQ=YEARLY"):
        assert words in document.text


def test_a_notebook_gives_cells_without_outputs() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Tides\n", "The moon pulls."]},
        {"cell_type": "code", "source": "print(1)", "outputs": [{"text": "a secret output"}]},
    ]
    (document,), _ = read("a.ipynb", json.dumps({"cells": cells}).encode())
    assert where(document, "The moon pulls.") == ("cell 1", "Tides")
    assert where(document, "print(1)") == ("cell 2", "Tides")
    assert "secret output" not in document.text


def test_json_says_where_each_value_stands() -> None:
    (document,), _ = read("a.json", json.dumps([{"name": "Ana", "tags": ["x", "y"]}, {"name": "Tom"}]).encode())
    assert where(document, "name: Tom")[0] == "[1]"
    (document,), bad = read("a.jsonl", b'{"a": 1}\nnope\n{"b": {"c": 2}}\n')
    assert where(document, "b.c: 2")[0] == "line 3"
    assert bad == ["1 lines are not JSON, the first is line 2"]


@pytest.mark.parametrize(
    "name", ["a.pdf", "a.docx", "a.xlsx", "a.epub", "a.pptx", "a.odt", "a.json", "a.ipynb", "a.mbox"]
)
def test_damage_is_one_sentence(name: str) -> None:
    with pytest.raises(Unreadable, match=r"^it"):
        read(name, b"PK\x03\x04 nonsense")


def test_a_page_says_its_encoding() -> None:
    page = (
        '<html><head><meta charset="iso-8859-1"><title>Öl</title></head><body><p>Käse</p><nav>menu</nav></body></html>'
    )
    (document,), _ = read("a.html", page.encode("iso-8859-1"))
    assert (document.title, document.text.strip()) == ("Öl", "Käse")
