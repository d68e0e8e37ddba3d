"""The form of a text, read from its words."""

from __future__ import annotations

from secondme.text.forms import Form, analyse, word_number


def test_forms_of_a_text() -> None:
    found = analyse('Did you read "Emma" yesterday?\n[photo: two cats]')
    assert found.form == Form.QUESTION | Form.SECOND_PERSON | Form.TITLE | Form.TIME | Form.PHOTO | Form.NUMBER
    assert word_number("read") in found.words.tolist()
