"""Where several names answer, all of them do."""

from __future__ import annotations

import pytest

from secondme.chat.reader.coordination import whole_coordination


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("by Ines Lund, Omar Haddad and Eve Berg (2021)", "Ines Lund", "Ines Lund, Omar Haddad and Eve Berg"),
        ("by Ines Lund, Omar Haddad and Eve Berg (2021)", "Eve Berg", "Ines Lund, Omar Haddad and Eve Berg"),
        ("Present: Oda, Ravi, Pelle", "Ravi", "Oda, Ravi, Pelle"),
        ("Anna van der Berg und Jo kommen.", "Jo", "Anna van der Berg und Jo"),
        ("買うもの：筆、糸、茶", "筆", "筆、糸、茶"),
        ("I met Tom in Rome.", "Tom", "Tom"),
        ("It was painted by Omar, a friend.", "Omar", "Omar"),
        ("She has 3 cats and 2 dogs", "3 cats", "3 cats"),
    ],
)
def test_names_that_are_joined_belong_together(text: str, name: str, whole: str) -> None:
    start = text.index(name)
    begin, end = whole_coordination(text, start, start + len(name))
    assert text[begin:end] == whole
