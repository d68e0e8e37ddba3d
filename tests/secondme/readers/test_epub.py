"""Books: every chapter is read, however its head is written, and what is not is said."""

from __future__ import annotations

import pytest

from secondme.readers.reader import Unreadable
from secondme.readers.xhtml import html_of_xhtml
from tests.faults.hostile_files import zipped
from tests.secondme.readers.reading import read, where

CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
PAGE = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">%s<body>%s</body></html>'


def book(pages: dict[str, str], spine: str, extra: dict[str, bytes] | None = None, manifest: str = "") -> bytes:
    """An EPUB file of these pages (name -> text), the names in `spine` in order."""
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    order = "".join(f'<itemref idref="{name}"/>' for name in spine.split())
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>Tides</dc:title></metadata><manifest>{items}{manifest}</manifest><spine>{order}</spine></package>"
    )
    files = {f"OPS/{name}": text.encode() for name, text in pages.items()}
    return zipped({"META-INF/container.xml": CONTAINER, "OPS/book.opf": opf.encode(), **files, **(extra or {})})


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<head/>",
        "<head><title/></head>",
        '<head><title>x</title><script src="a.js"/></head>',
        '<head><title lang="en"/><style type="text/css"/><link rel="x" href="y"/></head>',
        "<head><title>a &nbsp; b</title></head>",
        "<head><title>a & b</title><script/></head>",
        "<head><style><![CDATA[ p > a { color: red } ]]></style></head>",
    ],
)
def test_a_chapter_is_read_whatever_its_head_holds(head: str) -> None:
    data = book(
        {"one.xhtml": PAGE % (head, '<h1 id="x">Ebb</h1><a id="p1"/><p>The sea&nbsp;goes out.</p>')}, "one.xhtml"
    )
    (document,), notes = read("a.epub", data)
    assert where(document, "The sea goes out.") == ("chapter 1", "Ebb")
    assert notes == []


def test_a_page_of_damaged_xml_is_still_read() -> None:
    text = html_of_xhtml("<html><head><title/></head><body><p>Salt &amp; <b>sand</p><br/><i/><p>Wind</p></body></html>")
    assert "<title></title>" in text
    assert "<br/>" in text


def test_pages_that_only_links_lead_to_and_notes_that_are_hidden_are_read() -> None:
    note = '<aside xmlns:epub="http://www.idpf.org/2007/ops" epub:type="footnote" hidden="hidden">Said by Oluf.</aside>'
    pages = {"one.xhtml": PAGE % ("", f"<p>Flood.</p>{note}"), "notes.xhtml": PAGE % ("", "<p>Measured twice.</p>")}
    (document,), notes = read("a.epub", book(pages, "one.xhtml"))
    assert "Said by Oluf." in document.text
    assert "Measured twice." in document.text
    assert notes == []


def test_a_chapter_that_only_the_contents_name_has_that_heading() -> None:
    contents = (
        b'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>The spring tide</text>'
        b'</navLabel><content src="one.xhtml#top"/></navPoint></navMap></ncx>'
    )
    manifest = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    data = book(
        {"one.xhtml": PAGE % ("", "<p>It came at night.</p>")}, "one.xhtml", {"OPS/toc.ncx": contents}, manifest
    )
    (document,), _ = read("a.epub", data)
    assert where(document, "It came at night.") == ("chapter 1", "The spring tide")


def test_chapters_without_text_and_missing_ones_are_listed() -> None:
    pages = dict.fromkeys(("a", "b", "d"), PAGE % ("", '<img src="a.jpg"/>')) | {"c": PAGE % ("", "<p>Words</p>")}
    data = book(pages, "a b c d", None, '<item id="e" href="gone.xhtml" media-type="application/xhtml+xml"/>')
    _, notes = read("a.epub", data)
    assert notes == [
        "its chapter OPS/gone.xhtml is missing",
        "chapters 1, 2 and 4 hold no text (pictures?), which were not read",
    ]


@pytest.mark.parametrize(
    ("algorithm", "target", "readable"),
    [
        ("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "OPS/one.xhtml", False),
        ("http://www.idpf.org/2008/embedding", "OPS/fonts/a.otf", True),
        ("http://ns.adobe.com/pdf/enc#RC", "OPS/fonts/a.ttf", True),
    ],
)
def test_a_book_protected_against_copying_is_refused_and_hidden_fonts_are_no_protection(
    algorithm: str, target: str, readable: bool
) -> None:
    encryption = (
        f'<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
        f'<e:EncryptedData><e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData>'
        f'<e:CipherReference URI="{target}"/></e:CipherData></e:EncryptedData></encryption>'
    )
    data = book(
        {"one.xhtml": PAGE % ("", "<p>Words</p>")}, "one.xhtml", {"META-INF/encryption.xml": encryption.encode()}
    )
    if readable:
        assert "Words" in read("a.epub", data)[0][0].text
    else:
        with pytest.raises(Unreadable, match="protected against copying"):
            read("a.epub", data)
