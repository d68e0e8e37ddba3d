from __future__ import annotations

import contextlib
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.bundled import BundledLanguageModel
from models.gguf.header import read_header
from models.protocol import ModelError


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def string_pair(key: str, value: str) -> bytes:
    return text(key) + struct.pack("<I", 8) + text(value)


def number_pair(key: str, value: int) -> bytes:
    return text(key) + struct.pack("<II", 4, value)


def header(*pairs: bytes, version: int = 3, count: int | None = None) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, 0, len(pairs) if count is None else count) + b"".join(pairs)


WORDS = text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 2) + text("a") + text("b")
SCORES = text("tokenizer.ggml.scores") + struct.pack("<IIQ2f", 9, 6, 2, 0.5, 1.5)
SOUND = header(
    WORDS,
    SCORES,
    string_pair("general.architecture", "llama"),
    string_pair("general.name", "Small \x1b[31mModel\n"),
    number_pair("general.file_type", 15),
    number_pair("llama.context_length", 2048),
)


def test_the_bundled_model_says_what_it_is(language_model: BundledLanguageModel) -> None:
    found = read_header(language_model.path)
    assert (found.quantization, found.context_tokens) == ("Q4_1", 8192)
    assert found.title().endswith("Q4_1")


def test_arrays_are_passed_over_and_names_lose_their_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(SOUND)
    found = read_header(path)
    assert (found.name, found.quantization, found.context_tokens) == ("Small [31mModel", "Q4_K_M", 2048)


def test_a_header_that_says_nothing_gives_an_empty_title(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(header())
    assert read_header(path).title() == ""


def test_a_header_cut_anywhere_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    for size in range(len(SOUND)):
        path.write_bytes(SOUND[:size])
        with pytest.raises(ModelError) as caught:
            read_header(path)
        assert str(path) in caught.value.what and "config set model.path" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not a GGUF"),
        (b"PK\x03\x04 something else", "not a GGUF"),
        (header(version=99), "version 99"),
        (header(count=1 << 60), "damaged"),
        (header(struct.pack("<Q", 1 << 62)), "damaged"),
        (header(text("a") + struct.pack("<IIQ", 9, 8, 1 << 62)), "damaged"),
        (header(text("a") + struct.pack("<IIQ", 9, 4, 1 << 62)), "cut short"),
        (header(text("a") + struct.pack("<IIQ", 9, 9, 1)), "damaged"),
        (header(text("a") + struct.pack("<I", 77)), "damaged"),
    ],
)
def test_a_hostile_header_is_refused_at_once(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=why):
        read_header(path)


def test_a_missing_file_or_a_folder_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.gguf"):
        with pytest.raises(ModelError, match="cannot be read"):
            read_header(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(at=st.integers(4, len(SOUND) - 1), data=st.binary(min_size=1, max_size=24))
def test_overwritten_bytes_give_a_header_or_a_model_error(tmp_path: Path, at: int, data: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(SOUND[:at] + data + SOUND[at + len(data) :])
    with contextlib.suppress(ModelError):
        assert read_header(path).title().isprintable()
