"""Which texts name a person, and which sources a rule names."""

from __future__ import annotations

import pytest

from storage.visible.sight import Sight


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anna", "anna called."),
        ("Anna", "I was at Annas party"),
        ("Anna", "Anna's coat"),
        ("Anna", "from_anna@example.com"),
        ("Anna Kovács", "anna  kovacs wrote"),
        ("Anna Kovacs", "Dear Anna Kovács,"),
        ("Ольга", "Ольгу видели"),
        ("Αντώνης", "ΑΝΤΩΝΗΣ ήταν εδώ"),
        ("王芳", "昨天王芳来了"),
        ("김민지", "김민지가 왔다"),
        ("محمد", "ومحمد معه"),
        ("Bo", "Bo was here"),
        ("C3PO", "c3po said"),
    ],
)
def test_a_text_with_a_name_names_someone(name: str, text: str) -> None:
    assert Sight(names=(name,)).names_someone("", None, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [("Anna", "Johanna called"), ("Anna", "bananna"), ("Bo", "the boat"), ("Al", "the Alps"), ("Anna Kovacs", "Anna")],
)
def test_a_longer_word_is_no_name(name: str, text: str) -> None:
    assert not Sight(names=(name,)).names_someone(text)


def test_without_names_nobody_is_named() -> None:
    assert not Sight(names=("", " ")).names_someone("anything")


def test_a_rule_names_a_source_by_id_path_or_folder() -> None:
    sight = Sight(("/a/b/", "id-1"), ("/a/b/private",))
    assert sight.allows_source("x", "/a/b/c.md", "c")
    assert sight.allows_source("id-1", "", "a note")
    assert not sight.allows_source("x", "/a/bc.md", "c")
    assert not sight.allows_source("x", "/a/b/private/c.md", "c")
    assert not sight.allows_source("x", "", "a note")


def test_a_title_with_an_excluded_name_hides_its_source() -> None:
    assert not Sight(("all",), names=("Anna",)).allows_source("x", "/a", "Letters to Anna")
