"""What of a chat a prompt holds, and that it begins like the prompt before."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondme.api import Message
from secondme.chat.prompt import CHARACTERS_PER_TOKEN, HISTORY_CHARACTERS, HISTORY_STEP, turns_of, window

PLENTY = 100_000


def chat(*texts: str) -> list[Message]:
    """Questions and answers in turn."""
    roles = ("user", "assistant")
    return [Message(str(i), roles[i % 2], text, "", "complete") for i, text in enumerate(texts)]  # type: ignore[arg-type]


def test_the_window_moves_in_steps_and_always_holds_the_last_messages() -> None:
    begins = []
    for length in range(0, 41, 2):
        messages = chat(*["word"] * length)
        found = list(window(messages, PLENTY))
        assert found == messages[len(messages) - len(found) :]
        assert min(length, 6) <= len(found) <= 8
        begins.append(length - len(found))
    assert all(begin % HISTORY_STEP == 0 for begin in begins)
    assert sum(begin == following for begin, following in pairwise(begins)) >= len(begins) // 2


def test_with_little_room_it_begins_later_and_still_at_a_step() -> None:
    messages = chat(*["x" * 100] * 8)
    assert len(window(messages, PLENTY)) == 8
    assert len(window(messages, round(500 / CHARACTERS_PER_TOKEN))) == 4
    assert len(window(messages, round(310 / CHARACTERS_PER_TOKEN))) == 3, "not even the last step has room"
    assert len(window(messages, 0)) == 0


def test_nothing_before_a_message_that_was_removed_is_read() -> None:
    messages = chat("one", "two", "", "four", "five", "six")
    assert [message.text for message in window(messages, PLENTY)] == ["four", "five", "six"]
    assert [turn.content for turn in turns_of(window(messages, PLENTY))] == ["five", "six"], "a question comes first"


@given(st.lists(st.integers(0, 700), max_size=30), st.integers(0, 600))
def test_it_is_the_end_of_the_chat_within_its_room(lengths: list[int], budget: int) -> None:
    messages = chat(*("x" * length for length in lengths))
    found = list(window(messages, budget))
    assert found == messages[len(messages) - len(found) :]
    assert all(message.text for message in found)
    assert sum(min(len(message.text), HISTORY_CHARACTERS) for message in found) <= budget * CHARACTERS_PER_TOKEN


@pytest.mark.parametrize("length", range(1, 12))
def test_turns_begin_with_a_question(length: int) -> None:
    messages = chat(*["word"] * length)[length // 2 :]
    assert [turn.role for turn in turns_of(messages)][:1] in (["user"], [])
