"""A well-known place is the same under its name in another language."""

from __future__ import annotations

from secondme.text.exonyms import other_names


def test_a_place_has_its_names_in_other_languages() -> None:
    assert "lissabon" in other_names("Lisbon") and "lisbon" in other_names("Lissabon")
    assert "wien" in other_names("Vienna")


def test_what_is_no_well_known_place_has_no_other_name() -> None:
    assert not other_names("Quillfeather")
