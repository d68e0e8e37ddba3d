"""What is read is cut without loss, with exact places, and harmless on a terminal."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondme.ingest.turns import turn_passages
from secondme.readers.chatlog import read_chat_log
from secondme.readers.code import CodeReader
from secondme.readers.documents import ParsedDocument, Unread
from secondme.readers.markdown import MarkdownReader
from secondme.readers.plain import PlainReader
from secondme.readers.reader import Reader, SourceFile, Unreadable, decode
from secondme.readers.registry import Unsupported, format_of
from secondme.readers.sandbox import FileReader
from secondme.text.chunking import LIMIT_TOKENS, Passage, estimate_tokens, passages
from secondme.text.clean import clean, composed

ME = frozenset({"ana"})


def cut(reader: Reader, text: str, name: str = "x") -> list[Passage]:
    """Passages of a text that one reader reads."""
    (document,) = reader.read(SourceFile(Path(name), io.BytesIO(text.encode())))
    assert isinstance(document, ParsedDocument)
    return passages(document.text, document.blocks, None)


_FENCES = re.compile(r"\s*(?:(?:---|\+\+\+|\.\.\.)\s*){0,2}")
"""What stands between passages: white space, and the lines around front matter."""
ANY_TEXT = st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("\n\n\n #`-=ab."), max_size=1500)


@given(ANY_TEXT, st.sampled_from([PlainReader(), MarkdownReader(), CodeReader()]))
def test_every_character_is_in_exactly_one_passage(text: str, reader: Reader) -> None:
    text = clean(composed(text))
    position = 0
    for passage in cut(reader, text):
        assert text[passage.start : passage.end] == passage.text
        assert _FENCES.fullmatch(text[position : passage.start])
        assert passage.line == text.count("\n", 0, passage.start) + 1
        assert estimate_tokens(passage.text) <= LIMIT_TOKENS or len(passage.text) < 2
        position = passage.end
    assert _FENCES.fullmatch(text[position:])


def test_a_line_of_ten_megabytes_is_cut_too() -> None:
    text = "word " * 2_000_000
    assert sum(len(passage.text.split()) for passage in cut(PlainReader(), text)) == 2_000_000


def test_a_passage_of_markdown_knows_its_headings() -> None:
    text = "# A\n\nfirst\n\n## B\n\nsecond\n\n```\n# no heading\n```\n\nC\n===\n\nthird\n"
    by_text = {
        word: p.heading
        for p in cut(MarkdownReader(), text)
        for word in ("first", "second", "third", "no heading")
        if word in p.text
    }
    assert by_text == {"first": "A", "second": "A > B", "no heading": "A > B", "third": "C"}


@given(st.text(alphabet=st.characters()))
def test_clean_text_cannot_steer_a_terminal_and_keeps_its_length(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    for character in cleaned:
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
    assert "\n" not in clean(text, keep_newlines=False)


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfe\x00", bytes(range(128, 256)) * 4])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(data)


def test_byte_order_marks_and_utf_16_are_read() -> None:
    assert decode("\ufeffhello".encode()) == "hello"
    assert decode("hello".encode("utf-16")) == "hello"


def test_kinds_that_nobody_reads_yet_are_named() -> None:
    with pytest.raises(Unsupported, match="zip"):
        format_of(Path("a.ZIP"), b"")


def line(**fields: object) -> str:
    return json.dumps({"chat_id": "c", "message_id": "1", "speaker": "Ana", "text": "hi", **fields}) + "\n"


def test_a_chat_is_read_with_roles_sessions_and_what_was_wrong() -> None:
    text = (
        line(message_id="1", at="2024-05-03T10:00:00+02:00", speaker="Ana")
        + line(message_id="2", at="2024-05-03T10:01:00+02:00", speaker="Tom", caption="a red boat")
        + "nonsense\n"
        + line(message_id="3", at="2024-05-03T20:00:00+02:00", role="assistant")
        + line(message_id="4", at="yesterday")
    )
    items = list(read_chat_log(text, ME))
    (document,) = [item for item in items if isinstance(item, ParsedDocument)]
    turns = turn_passages(document.turns, None)
    assert [(turn.role, turn.section) for turn in turns] == [("me", 0), ("other", 0), ("assistant", 1)]
    assert "red boat" in turns[1].text
    assert turns[0].happened_at == "2024-05-03T08:00:00.000Z"
    assert turns[0].happened_offset == 120
    assert [item.reason.split(":")[0] for item in items if isinstance(item, Unread)] == ["line 3", "line 5"]


def test_a_long_turn_is_kept_in_pieces() -> None:
    long = " ".join(f"Sentence number {i} is here." for i in range(200))
    (document,) = read_chat_log(line(text=long), ME)
    assert isinstance(document, ParsedDocument)
    turns = turn_passages(document.turns, None)
    assert len(turns) > 3
    assert " ".join(turn.text for turn in turns) == long
    assert len({(turn.key, turn.piece) for turn in turns}) == len(turns)


def test_the_limited_process_tells_old_encodings_too(tmp_path: Path) -> None:
    page = tmp_path / "brief.html"
    page.write_bytes("<p>Die Schwester von Jürgen wohnt über der Bäckerei in Lübeck.</p>".encode("cp1252"))
    reading = FileReader()
    try:
        with page.open("rb") as file:
            (document,) = reading.read(page, file, page.stat().st_size, 10**6, frozenset())
    finally:
        reading.close()
    assert isinstance(document, ParsedDocument)
    assert "Die Schwester von Jürgen wohnt über der Bäckerei in Lübeck." in document.text
