"""Where a model server is."""

from __future__ import annotations

import socket

import pytest

from models.protocol import ModelError
from models.protocol.place import permitted_place, place_of


@pytest.mark.parametrize(
    "url",
    ["http://localhost:1/v1", "http://LOCALHOST.:1", "http://127.0.0.1", "https://127.8.9.1:2/v1/", "http://[::1]:3",
     "http://[::ffff:127.0.0.1]:3"],
)  # fmt: skip
def test_loopback_is_this_machine(url: str) -> None:
    assert place_of(url).loopback and place_of(url).path == "/v1"
    assert permitted_place(url, "", "your questions").loopback


@pytest.mark.parametrize(
    "url",
    ["http://example.com/v1", "https://localhost.example.com", "http://127.0.0.1.example.com", "http://0.0.0.0:1",
     "http://128.0.0.1", "http://[fe80::1]", "http://192.168.1.4:11434", "http://2130706433/", "http://127.1"],
)  # fmt: skip
def test_everything_else_is_elsewhere_and_is_not_even_looked_up(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", None)
    assert not place_of(url).loopback
    with pytest.raises(ModelError, match="your questions would be sent there") as caught:
        permitted_place(url, "other.example", "your questions")
    assert f"secondme config set server.elsewhere {place_of(url).host}" in caught.value.remedy
    assert permitted_place(url, place_of(url).host.upper(), "your questions").host == place_of(url).host


@pytest.mark.parametrize(
    "url",
    ["", "localhost:11434", "ftp://localhost", "http://", "http://localhost:x", "http://localhost:99999",
     "http://key@localhost", "http://localhost@example.com", "http://localhost/v1?key=1", "http://local host/",
     "http://[::1"],
)  # fmt: skip
def test_text_that_is_no_address_is_an_error_of_a_sentence(url: str) -> None:
    with pytest.raises(ModelError) as caught:
        place_of(url)
    assert "http://localhost:11434/v1" in caught.value.remedy


def test_a_place_says_whether_what_goes_there_is_encrypted() -> None:
    assert place_of("http://example.com:8080/v1").text == "example.com, unencrypted"
    assert place_of("https://example.com/v1").text == "example.com"
