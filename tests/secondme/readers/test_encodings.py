"""Bytes become text or a report: files in 31 languages and their old encodings, and damaged ones; none is garbage."""

from __future__ import annotations

import codecs
import math
from array import array
from collections.abc import Iterator

import pytest

from secondme.readers.reader import Unreadable, decode
from secondme.text.clean import clean, composed
from tests.secondme.readers.reading import read
from tests.worlds.sentences import Sentences, sentences

ALL = sentences()


def written(text: str, encoding: str) -> bytes:
    """The bytes, with the letters that Romanians wrote before the encoding had theirs."""
    return text.translate(str.maketrans("șțȘȚ", "şţŞŢ") if encoding == "cp1250" else {}).encode(encoding)


def files(one: Sentences) -> Iterator[tuple[str, bytes, str]]:
    """(encoding, bytes, text) of files in each encoding of a language: short, long, both, and a table."""
    for encoding in one.encodings:
        for text in (one.short, one.long, f"{one.long}\n{one.short}", f"1;2;{one.short}\r\n3,50;"):
            data = written(text, encoding)
            yield encoding, data, data.decode(encoding)


@pytest.mark.parametrize("one", ALL, ids=[one.language for one in ALL])
def test_text_in_an_old_encoding_is_right_or_listed(one: Sentences) -> None:
    right = listed = 0
    for encoding, data, text in files(one):
        try:
            found = decode(data)
        except Unreadable:
            listed += 1
            continue
        assert found == clean(composed(text)), encoding
        right += 1
    assert right >= 2 * listed


@pytest.mark.parametrize("one", ALL, ids=[one.language for one in ALL])
def test_a_damaged_byte_costs_one_character_and_is_noted(one: Sentences) -> None:
    data = one.long.encode()
    middle = next(i for i in range(len(data) // 2, 0, -1) if data[i] >= 0xC2)
    for broken in (data[:middle] + b"\xff" + data[middle + 1 :], data[:-1] + data[middle : middle + 1]):
        notes: list[str] = []
        found = decode(broken, "", notes)
        assert len(notes) == 1 and "could not be read" in notes[0]
        kept = sum(map(found.count, set(found) - {"�"}))
        assert kept >= len(composed(one.long)) - 4


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "zh-Hant", "ko"])
def test_a_cut_character_of_several_bytes_is_noted(language: str) -> None:
    one = next(one for one in ALL if one.language == language)
    for encoding in one.encodings:
        if encoding.startswith(("utf", "iso2022")):
            continue
        notes: list[str] = []
        text = one.long[:-1]
        assert decode(text.encode(encoding)[:-1], "", notes).rstrip("�") == text[:-1]
        assert notes


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wide_encodings_are_told_with_and_without_a_mark(encoding: str, mark: str) -> None:
    text = "Im Keller hängt der Schlüssel.\nZweite Zeile"
    assert decode((mark + text).encode(encoding)) == text


def test_a_declared_encoding_counts_where_it_fits() -> None:
    assert decode("Łódź".encode("cp1250"), "windows-1250") == "Łódź"
    assert decode("陈喆的号码".encode("gb18030"), "gb2312") == "陈喆的号码"
    assert decode("Grüße aus Österreich".encode("cp1252"), "unknown-8bit") == "Grüße aus Österreich"
    assert decode("Grüße".encode(), "iso-8859-1") == "Grüße"
    assert decode("Grüße aus Österreich".encode("cp1252"), "utf-8") == "Grüße aus Österreich"
    assert decode("“Grüße”".encode("cp1252"), "iso-8859-1") == "“Grüße”"


def test_lines_of_another_encoding_that_were_appended_are_read_as_such() -> None:
    data = "erste Zeile: Öl und Käse\n".encode() + "zweite Zeile: Äpfel und Möhren\n".encode("cp1252")
    assert decode(data) == "erste Zeile: Öl und Käse\nzweite Zeile: Äpfel und Möhren\n"


def test_a_table_in_an_old_encoding_is_decoded_like_any_text() -> None:
    (document,), _ = read(
        "kasse.csv", "日付,店,金額\r\n2024-01-03,本屋,1200\r\n2024-01-04,花屋,300\r\n".encode("cp932")
    )
    assert "花屋" in document.text
    assert [column.name for column in document.sheets[0].columns] == ["日付", "店", "金額"]


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF16_LE + b"\0",
        bytes(range(128, 256)) * 4,
        bytes((37 * i * i + 11 * i) % 128 + 128 for i in range(300)),
        "Im Keller hängt der Schlüssel".encode("cp500"),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    ],
)
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(data)


@pytest.mark.parametrize(
    "text", ["Größe", "Müller;Köln\n", "20 °C", "It costs £12.", "He said “no”", "§ 5", "Don’t", "Zoë"]
)
def test_a_few_signs_among_plain_letters_are_western(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\0\1\2" * 100,
        array("h", [round(300 * math.sin(i / 9)) for i in range(4000)]).tobytes(),
        array("I", [60 + i * i % 61 for i in range(400)]).tobytes(),
    ],
    ids=["counted bytes", "sound", "small numbers"],
)
def test_numbers_of_two_or_four_bytes_are_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(data)


@pytest.mark.parametrize("words", ["Lunch with René", "a note for Zoë", "dinner at the Café"])
def test_a_letter_at_the_very_end_is_no_half_of_an_east_asian_one(words: str) -> None:
    assert decode(words.encode("cp1252")) == words
