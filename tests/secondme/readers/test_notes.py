"""Notes and saved things around them: Markdown with front matter, canvases, subtitles, pages in one file."""

from __future__ import annotations

import base64
import json

import pytest

from secondme.readers.documents import ParsedDocument
from tests.secondme.readers.reading import read


def document_of(name: str, text: str) -> ParsedDocument:
    (document,), _ = read(name, text.encode())
    return document


def blocks_of(document: ParsedDocument) -> list[tuple[str, str, str]]:
    """(text, heading, place) of each block."""
    return [(document.text[block.start : block.end], block.heading, block.place) for block in document.blocks]


@pytest.mark.parametrize(
    ("front", "title", "author", "at"),
    [
        ("title: Sourdough log\ndate: 2020-02-03\nauthor: Ida Holm", "Sourdough log", "Ida Holm", "2020-02-03"),
        (
            'Title: "Bees: a year"\ncreated: 2021-05-06 07:08\nauthors:\n  - Bo\n  - Ida',
            "Bees: a year",
            "Bo, Ida",
            "2021-05-06",
        ),
        ("tags: [a, b]\naliases: [Roof plan, Attic]\ndate: May 3, 2019", "Roof plan", "", "2019-05-03"),
        (
            "# a comment\ntitel: 'Boden'\nautor: [[Ida Holm]]\ndatum: 2018/01/02",
            "Boden",
            "Ida Holm",
            "2018-01-02",
        ),
        ("summary: >\n  two lines\n  of text\nstatus: done", "x.md", "", ""),
    ],
)
def test_front_matter_is_metadata_and_no_heading(front: str, title: str, author: str, at: str) -> None:
    document = document_of("x.md", f"---\n{front}\n---\nThe oven is warm.\n")
    assert (document.title, document.author, document.happened_at[:10]) == (title, author, at)
    first, second = blocks_of(document)
    assert first[0] == front
    assert second[:2] == ("The oven is warm.", "")


def test_toml_front_matter_is_read_too() -> None:
    document = document_of("x.md", '+++\ntitle = "Harbour"\ndate = 2017-08-09T10:00:00Z\n+++\n\n# Quay\n\nWet.\n')
    assert (document.title, document.happened_at[:10]) == ("Harbour", "2017-08-09")
    assert blocks_of(document)[-1][:2] == ("Wet.", "Quay")


def test_a_rule_at_the_beginning_is_no_front_matter() -> None:
    document = document_of("x.md", "---\nWe met at nine.\n\nThen we left\n---\nHome.\n")
    assert document.text[document.blocks[0].start :].startswith("---\nWe met")
    assert document.title != "We met at nine."


def test_a_rule_below_a_list_a_table_or_a_quote_makes_no_heading() -> None:
    document = document_of("x.md", "- eggs\n---\n| a | b |\n---\n> said\n---\n\nTitle\n---\n\nbelow\n")
    assert {heading for _, heading, _ in blocks_of(document)} == {"", "Title"}


def test_a_note_named_after_a_day_is_of_that_day() -> None:
    assert document_of("2021-07-14.md", "- call the plumber").happened_at[:10] == "2021-07-14"


def test_a_linked_heading_is_shown_by_its_words() -> None:
    assert document_of("x.md", "# [[people/Ida Holm|Ida]] and [[Bo]]\n\ntext").title == "Ida and Bo"


def test_a_canvas_is_read_as_the_words_of_its_cards() -> None:
    canvas = {
        "nodes": [
            {"id": "b", "type": "text", "text": "Second\ncard", "x": 0, "y": 90},
            {"id": "a", "type": "text", "text": "First card", "x": 0, "y": 0},
            {"id": "c", "type": "link", "url": "https://example.org/x", "x": 0, "y": 99},
            {"id": "g", "type": "group", "label": "Roof", "x": 0, "y": -9},
        ],
        "edges": [{"id": "e", "fromNode": "a", "toNode": "b", "label": "before"}],
    }
    texts = [text for text, _, _ in blocks_of(document_of("plan.canvas", json.dumps(canvas)))]
    assert texts == ["Roof", "First card", "Second\ncard", "https://example.org/x", "First card → Second: before"]


def test_an_empty_canvas_is_listed() -> None:
    with pytest.raises(Exception, match="holds no text"):
        document_of("x.canvas", "{}")


@pytest.mark.parametrize(
    ("name", "text", "blocks"),
    [
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n<i>Where is</i>\n\n2\n00:00:02,100 --> 00:00:04,000\nthe boat?\n\n"
            "3\n01:02:09,000 --> 01:02:11,000\n{\\an8}Gone in 1999.\n1999\n",
            [("Where is the boat?", "0:00:01"), ("Gone in 1999. 1999", "1:02:09")],
        ),
        (
            "b.vtt",
            "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE by Bo\n\n"
            "intro\n00:01.000 --> 00:02.000 line:0\n<v Ida>Good &amp; well\n\n"
            "00:02.000 --> 00:03.000\n<v Bo>Yes <00:02.500><c>indeed</c>\n",
            [("by Bo", "note"), ("Ida: Good & well", "0:00:01"), ("Bo: Yes indeed", "0:00:02")],
        ),
        (
            "rolling.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nthe kiln\n\n00:02.000 --> 00:03.000\nthe kiln\nis hot\n\n"
            "00:03.000 --> 00:04.000\nis hot\nnow\n",
            [("the kiln is hot now", "0:00:01")],
        ),
        ("c.sbv", "0:00:01.000,0:00:02.000\nwest\nwind\n", [("west wind", "0:00:01")]),
    ],
)
def test_subtitles_are_running_text_and_their_times_places(name: str, text: str, blocks: list[tuple[str, str]]) -> None:
    document = document_of(name, text.replace("\n", "\r\n") if name == "a.srt" else text)
    assert [(words, place) for words, _, place in blocks_of(document)] == blocks


def test_a_page_saved_in_one_file_is_read_part_by_part() -> None:
    page = "<html><head><title>Soup</title></head><body><h1>Soup</h1><p>Fünf Möhren.</p></body></html>"
    frame = base64.b64encode("<p>Кислые щи</p>".encode("windows-1251")).decode()
    data = (
        "From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n"
        f"--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n"
        f"--B\r\nContent-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: base64\r\n\r\n{frame}\r\n"
        "--B\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n"
        "--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAwQFBgcICQoL\r\n--B--\r\n"
    )
    document = document_of("soup.mhtml", data)
    assert document.title == "Soup"
    assert blocks_of(document) == [
        ("Soup", "Soup", "Soup"),
        ("Fünf Möhren.", "Soup", "Soup"),
        ("Кислые щи", "Soup", "frame 1"),
    ]
