"""What teaches how somebody writes: the owner's messages in chats, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.voice.lessons import VoiceLessons, recipients, voice_lessons
from tests.secondme.voice.joren import ME, chats, write
from tests.worlds.night_world import World, world


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    """Joren's memory."""
    with world(tmp_path) as found:
        chats(found)
        yield found


def lessons(here: World, *untrue: str) -> VoiceLessons:
    """What his memory teaches."""
    return voice_lessons(here.store.spans.evidence(), set(untrue), ME)


def learnt(found: VoiceLessons) -> set[str]:
    """The messages that are learnt."""
    return {lesson.message for group in found.learnt for lesson in group}


def test_only_own_messages_are_learnt_and_those_kept_aside_are_in_no_lesson(here: World) -> None:
    found = lessons(here)
    assert len(found.learnt) == 34
    assert len(found.own) == 6
    assert len(found.others) == 12
    assert all(text.startswith("heya") for text in learnt(found))
    aside = {span_id for lesson in found.own for span_id in lesson.span_ids}
    assert not aside & set(found.span_ids)
    assert not any("Certainly" in note for group in found.learnt for lesson in group for note in lesson.notes)


def test_a_lesson_names_to_whom_the_message_is_and_the_spans_that_it_was_made_from(here: World) -> None:
    lesson = next(lesson for group in lessons(here).learnt for lesson in group if lesson.notes)
    to = "Lena" if lesson.span_ids[0].startswith("Lena") else "Tom"
    assert f" to {to} " in lesson.order
    assert len(lesson.span_ids) == 1 + len(lesson.notes)
    for span_id, note in zip(lesson.span_ids[1:], lesson.notes, strict=True):
        assert here.store.spans.by_id([span_id])[span_id].span.text in note


def test_what_is_forgotten_masked_in_pieces_passed_on_or_in_files_teaches_nothing(here: World) -> None:
    write(here, "Ada", [("me", "heya, the key is •••••••• for the gate"), ("question", "heya, when do we leave then?")])
    write(here, "notes", [("me", "heya, this is a note and no message")], kind="note")
    here.store.removal.hide(here.store.removal.find("s-Tom")[0], "2026-02-01T00:00:00.000Z")
    found = lessons(here)
    assert {span_id.partition("-")[0] for span_id in found.span_ids} == {"Lena"}
    assert all(lesson.span_ids[0].startswith("Lena") for lesson in (*found.own, *found.others))


def test_a_message_that_says_what_was_corrected_since_is_left_out(here: World) -> None:
    gone = lessons(here).span_ids[0]
    assert gone not in lessons(here, gone).span_ids


def test_nobody_is_named_where_several_others_speak(here: World) -> None:
    assert recipients(here.store.spans.evidence()) == {"d-Lena": "Lena", "d-Tom": "Tom"}
    write(here, "group", [("me", "heya all, who has the boat now?")])
    assert "d-group" not in recipients(here.store.spans.evidence())
