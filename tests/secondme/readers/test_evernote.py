"""Notes that Evernote exported: each with its day, without tags of HTML, and with a note on what was left out."""

from __future__ import annotations

import pytest

from secondme.readers.reader import Unreadable
from tests.secondme.readers.reading import read

HEAD = '<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export3.dtd"><en-export>'
SHED = (
    "<note><title>Boat shed</title><created>20230411T070000Z</created><content><![CDATA[<en-note><div>The winch takes "
    "oil&nbsp;15W.</div><en-crypt>c2VjcmV0</en-crypt></en-note>]]></content><resource><data>AAAA</data>"
    "<mime>image/png</mime></resource></note>"
)
BAD_DAY = "<note><title>Sails</title><created>20231399T070000Z</created><content>The jib is torn.</content></note>"


def test_a_note_is_of_the_day_on_which_it_was_made_and_says_what_is_missing() -> None:
    (document,), notes = read("notes.enex", f"{HEAD}{SHED}{BAD_DAY}</en-export>".encode())
    assert document.text.split("\n\n")[:2] == ["Boat shed", "The winch takes oil 15W."]
    assert "The jib is torn." in document.text
    days = {block.place: block.happened_at[:10] for block in document.blocks}
    assert days == {"note 1": "2023-04-11", "note 2": ""}
    assert notes == ["of its notes these parts were not read: encrypted text, image/png"]


def test_what_comes_before_the_damage_is_kept_and_the_damage_listed() -> None:
    (document,), notes = read("notes.enex", f"{HEAD}{SHED}<note><title>Cut of".encode())
    assert "winch" in document.text
    assert "it is damaged after note 1" in notes


@pytest.mark.parametrize("data", [b"no XML", HEAD.encode(), f"{HEAD}</en-export>".encode()])
def test_a_file_without_notes_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read("notes.enex", data)
