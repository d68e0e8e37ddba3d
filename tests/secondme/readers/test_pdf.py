"""PDF files as programs print them: broken words, columns, forms, scanned pages."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from secondme.readers.line_ends import Words, unwrap_lines
from secondme.readers.reader import Unreadable
from tests.secondme.readers.reading import read

GREY = b"\x80" * 300


def page(*lines: str) -> bytes:
    """A PDF file of one page."""
    out = io.BytesIO()
    canvas = Canvas(out, A4)
    for number, line in enumerate(lines):
        canvas.drawString(72, 770 - 14 * number, line)
    canvas.save()
    return out.getvalue()


def test_a_word_broken_at_a_line_end_is_one_word_and_a_compound_keeps_its_hyphen() -> None:
    data = page(
        "Every spring the keeper of the lock orders an examina-",
        "tion of all gates, and for every long-",
        "standing leak a carpenter from the neighbour-",
        "hood is called, who then stays for the week.",
    )
    (document,), notes = read("a.pdf", data)
    text = " ".join(document.text.split())
    assert "an examination of all gates, and for every long-standing leak" in text
    assert "the neighbourhood is called" in text
    assert notes == []


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("Über", "schwemmung", "Überschwemmung"),
        ("Nordrhein", "Westfalen", "Nordrhein-Westfalen"),
        ("e", "mail", "e-mail"),
        ("mother-in", "law", "mother-in-law"),
        ("COVID", "19", "COVID-19"),
        ("inter", "esting", "interesting"),
        ("self", "ish", "selfish"),
        ("solar", "powered", "solar-powered"),
    ],
)
def test_what_a_hyphen_at_a_line_end_meant(left: str, right: str, whole: str) -> None:
    words = Words(["Their solar-powered pump is new."])
    assert words.joined(left, right) == whole


@pytest.mark.parametrize("mark", ["\x02", "\ufffe", "\u00ad", "\x02\r\n", "\u00ad\n"])
def test_every_mark_of_a_broken_word_is_known(mark: str) -> None:
    assert unwrap_lines(f"The weather sta{mark}tion reports\r\nrain.")[0].startswith("The weather station reports")


def test_a_soft_hyphen_inside_a_line_is_no_letter() -> None:
    assert unwrap_lines("Der Lei\u00adter kommt.") == ["Der Leiter kommt."]


def test_a_suspended_hyphen_stays_apart() -> None:
    assert unwrap_lines("Wir bieten allen Gästen Vor-\nund Nachmittagskurse an.") == [
        "Wir bieten allen Gästen Vor- und Nachmittagskurse an."
    ]


def rows(columns: Sequence[Sequence[str]], places: Sequence[int], heading: str = "") -> bytes:
    """A page that is drawn line by line over all columns."""
    out = io.BytesIO()
    canvas = Canvas(out, A4)
    if heading:
        canvas.drawString(60, 790, heading)
    for number, line in enumerate(zip(*columns, strict=True)):
        for place, text in zip(places, line, strict=True):
            canvas.drawString(place, 760 - 14 * number, text)
    canvas.save()
    return out.getvalue()


def test_columns_drawn_line_by_line_are_read_one_after_the_other() -> None:
    data = rows(
        (
            (
                "The orchard was planted by",
                "the nuns of the abbey, who",
                "brought the trees over the",
                "pass on mules.",
            ),
            (
                "Wine is pressed in autumn",
                "and kept in the old cellar",
                "under the refectory until",
                "the feast of the saint.",
            ),
            ("Bees are kept beyond the", "stream, where nobody has", "to walk past them on the", "way to the fields."),
        ),
        (40, 220, 400),
        "A long heading that reaches over all the columns of the page, from one side to the other",
    )
    (document,), _ = read("a.pdf", data)
    text = " ".join(document.text.split())
    assert text.startswith("A long heading")
    assert "who brought the trees over the pass on mules. Wine is pressed in autumn and kept" in text
    assert "nobody has to walk past them on the way to the fields." in text


def test_a_table_is_read_row_by_row() -> None:
    data = rows((("Tool", "Hammer", "Spade", "Saw"), ("Price in crowns", "12 new", "30 used", "9 new")), (60, 300))
    (document,), _ = read("a.pdf", data)
    assert "Spade 30 used" in " ".join(document.text.split())


def test_what_was_filled_into_a_form_and_noted_on_a_page_is_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, A4)
    canvas.drawString(72, 770, "Registration")
    canvas.acroForm.textfield(name="guest", value="Maren Oskarsdottir", x=72, y=700, width=200)
    canvas.acroForm.checkbox(name="breakfast", checked=True, x=72, y=660)
    canvas.acroForm.checkbox(name="parking", checked=False, x=72, y=640)
    canvas.acroForm.choice(name="room", value="Attic", options=["Attic", "Garden"], x=72, y=600, width=100)
    canvas.textAnnotation("Ask for a second key", Rect=[72, 500, 90, 520])
    canvas.save()
    (document,), _ = read("a.pdf", out.getvalue())
    places = {document.text[block.start : block.end]: block.place for block in document.blocks}
    assert places["guest: Maren Oskarsdottir"] == "page 1, form"
    assert places["breakfast: yes"] == "page 1, form"
    assert places["room: Attic"] == "page 1, form"
    assert "parking" not in document.text
    assert places["Note: Ask for a second key"] == "page 1, note"


def scanned(texts: Sequence[str]) -> bytes:
    """Pages with these texts; an empty one is a picture that covers the page."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    out = io.BytesIO()
    canvas = Canvas(out, A4)
    picture = ImageReader(Image.frombytes("L", (20, 15), GREY))
    for text in texts:
        if text.startswith("scan"):
            canvas.drawImage(picture, 0, 0, *A4)
        canvas.drawString(72, 770, text.removeprefix("scan"))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_scanned_pages_among_others_are_listed_with_their_numbers() -> None:
    cover = "The cover sheet of the deed says who signed and when, and where the seal was set."
    data = scanned([cover, "scan", "scanPage 3 of 6", cover, "", "scan"])
    (_,), notes = read("deed.pdf", data)
    assert notes == ["pages 2, 3 and 6 hold pictures without text (scanned?), which were not read"]


def test_a_file_of_scans_only_is_refused_with_the_reason() -> None:
    with pytest.raises(Unreadable, match="hold no text"):
        read("deed.pdf", scanned(["scan", "scan"]))


def test_bookmarks_that_no_page_says_are_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, A4)
    canvas.drawString(72, 770, "Some text on the page")
    canvas.bookmarkPage("a")
    canvas.addOutlineEntry("Survey of the northern meadow", "a")
    canvas.save()
    (document,), _ = read("a.pdf", out.getvalue())
    assert "Survey of the northern meadow" in document.text
