from __future__ import annotations

import os
import subprocess
import sys

import pytest

from models.child.wire import LOWEST, AnswerText, Cancellation


def pieces(text: AnswerText, tokens: list[bytes]) -> list[str]:
    return [text.add(token) for token in tokens] + [text.rest()]


def test_a_character_split_over_tokens_comes_whole() -> None:
    tokens = [bytes([byte]) for byte in "a🐈é".encode()]
    assert pieces(AnswerText(), tokens) == ["a", "", "", "", "🐈", "", "é", ""]


def test_bytes_that_are_no_utf8_become_replacement_characters_and_half_a_character_is_dropped() -> None:
    assert "".join(pieces(AnswerText(), [b"a\xff", b"b", "🐈".encode()[:2]])) == "a\ufffdb"


def test_the_text_ends_before_a_stop_sequence_even_when_it_is_split() -> None:
    text = AnswerText(["\nUser:"])
    assert "".join(pieces(text, [b"yes\n", b"Us", b"er", b": no"])) == "yes"
    assert text.stopped


def test_text_that_may_begin_a_stop_sequence_is_held_back_until_it_does_not() -> None:
    text = AnswerText(["END", "aEb"])
    assert pieces(text, [b"xE", b"N", b"O", b"aE"]) == ["x", "", "ENO", "", "aE"]
    assert not text.stopped


def test_the_earliest_of_several_stop_sequences_counts() -> None:
    assert "".join(pieces(AnswerText(["later", "now"]), [b"a now b later"])) == "a "


def test_an_empty_stop_sequence_stops_nothing() -> None:
    assert "".join(pieces(AnswerText([""]), [b"abc"])) == "abc"


@pytest.mark.parametrize("cancelled_first", [True, False])
def test_cancelling_concerns_its_own_request_only(cancelled_first: bool) -> None:
    cancellation = Cancellation()
    steps = [cancellation.cancel, cancellation.start]
    for step in steps if cancelled_first else reversed(steps):
        assert not cancellation.is_raised()
        step(2)
    assert cancellation.is_raised()
    cancellation.start(3)
    assert not cancellation.is_raised()
    cancellation.cancel(2)
    assert not cancellation.is_raised()
    cancellation.end()
    cancellation.cancel(3)
    assert not cancellation.is_raised()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has that class of scheduling")
@pytest.mark.parametrize(("niceness", "policy"), [(0, "SCHED_OTHER"), (5, "SCHED_OTHER"), (LOWEST, "SCHED_IDLE")])
def test_what_has_the_lowest_priority_runs_only_where_nobody_else_wants_to(niceness: int, policy: str) -> None:
    code = f"import os; from models.child.wire import give_way; give_way({niceness}); print(os.sched_getscheduler(0))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(said.stdout) == getattr(os, policy)
