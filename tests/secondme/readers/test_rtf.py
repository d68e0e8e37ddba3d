"""Rich text: letters of every code page, tables, and what stands apart from the text."""

from __future__ import annotations

import pytest

from secondme.readers.reader import Unreadable
from tests.secondme.readers.reading import read, where

FONTS = (
    rb"{\fonttbl{\f0\fnil\fcharset0 Calibri;}{\f1\fnil\fcharset204 Arial CYR;}{\f2\fnil\fcharset128 MS Mincho;}"
    rb"{\f3\fnil\fcharset2 Symbol;}{\f4\fnil\fcharset238{\*\falt x}Arial CE;}}"
)


def rich(body: bytes, head: bytes = rb"\ansi\ansicpg1252\deff0") -> bytes:
    """A file of rich text with this body."""
    return rb"{\rtf1" + head + FONTS + rb"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}" + body + b"}"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"Gr\'fc\'dfe aus K\'f6ln\par", "Grüße aus Köln"),
        (rb"Gr\u252\'fc\u223\'dfe\par", "Grüße"),
        (rb"\uc0 caf\u233 \uc1 , na\u239 ?ve\par", "café, naïve"),
        (rb"\f1 \'cf\'f0\'e8\'e2\'e5\'f2\f0 !\par", "Привет!"),
        (rb"\f2 \'93\'fa\'96\{\f0\par", "日本"),
        (rb"{\f4 \'f8e\'9aeto} ok\par", "řešeto ok"),
        (rb"smile \u-10179?\u-8704? end\par", "smile 😀 end"),
        (rb"a\emdash b\~c\_d e\-f\par", "a—b\u00a0c-d ef"),
        (rb"one\line two\par", "one\ntwo"),
        (rb"{\f3\'b7\tab}point\par", "•\tpoint"),
        (rb"brace \{x\} back\\slash\par", "brace {x} back\\slash"),
        (rb"before {\field{\*\fldinst{HYPERLINK x}}{\fldrslt the link}} after\par", "before the link after"),
        (rb"kept {\deleted gone }{\revised new}\par", "kept new"),
        (rb"x{\*\unknownword secret}{\*\generator Riched20}y\par", "xy"),
        (rb"p{\pict\pngblip 89504e470d0a}q\par", "pq"),
        (rb"p{\pict\wmetafile8\bin7 }}{{\\} }q\par", "pq"),
        (b"line\nbreaks in\r\n the file\\par", "linebreaks in the file"),
    ],
)
def test_letters_and_signs(body: bytes, text: str) -> None:
    (document,), _ = read("a.rtf", rich(body))
    assert document.text.strip() == text


def test_rows_headings_and_the_title_are_known() -> None:
    body = (
        rb"{\info{\title The b\'f6athouse}{\author Ines}{\*\company X}}\pard\outlinelevel0 Planks\par"
        rb"\trowd\cellx1\cellx2\pard\intbl Oak\par wide\cell 12\cell\row\intbl Ash\cell\cell\row\pard Done.\par"
    )
    (document,), notes = read("a.rtf", rich(body))
    assert (document.title, document.author) == ("The böathouse", "Ines")
    assert where(document, "Oak wide | 12") == ("Planks", "Planks")
    assert where(document, "Done.") == ("Planks", "Planks")
    assert notes == []


def test_what_stands_apart_is_read_after_its_paragraph_and_margins_at_the_end() -> None:
    body = (
        rb"{\header\pard Letter of the guild\par}{\footerf Page \chpgn  of the fair copy}"
        rb"The mill{\super\chftn}{\footnote\pard {\super\chftn} Built twice.} stands"
        rb"{\*\atnid OH}{\*\atnauthor Olga}{\*\annotation Which mill?} still."
        rb"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard Boxed words\par}}}\par Next.\par"
    )
    (document,), _ = read("a.rtf", rich(body))
    blocks = [(block.place, document.text[block.start : block.end]) for block in document.blocks]
    assert [text for _, text in blocks] == [
        "The mill * stands still.",
        "* Built twice.",
        "Comment by Olga: Which mill?",
        "Boxed words",
        "Next.",
        "Letter of the guild",
        "Page  of the fair copy",
    ]
    assert [place for place, _ in blocks[-2:]] == ["header", "footer"]


def test_hidden_text_and_embedded_objects_are_left_out_and_said() -> None:
    body = rb"Seen {\v unseen}here.{\object\objemb{\*\objclass Excel}{\*\objdata 0105}{\result shown}}\par"
    (document,), notes = read("a.rtf", rich(body))
    assert document.text.strip() == "Seen here.shown"
    assert notes == ["text in it that is formatted as hidden was left out", "1 embedded objects in it were not read"]


def test_a_file_that_is_cut_short_gives_what_it_has() -> None:
    (document,), notes = read("a.rtf", rich(rb"First.\par {\b Sec")[:-1])
    assert document.text.split() == ["First.", "Sec"]
    assert notes == ["it is cut short: its last group is not closed"]


def test_rich_text_under_the_ending_of_word_is_read_and_other_bytes_are_refused() -> None:
    (document,), _ = read("letter.doc", rich(rb"Dear all\par"))
    assert "Dear all" in document.text
    with pytest.raises(Unreadable, match="no RTF file"):
        read("a.rtf", b"plain words")
