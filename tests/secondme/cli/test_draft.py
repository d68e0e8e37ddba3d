"""`draft`: what a person types, and what is on stdout, also where it was stopped or failed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module

import pytest
from click.testing import CliRunner, Result

from secondme.api import Citation, Delta, Draft, Drafted, DraftEvent, Failed, Progress
from secondme.cli.root import cli
from tests.tui.samples import hit

DRAFT = Draft("heya, boat is at 7 [?] x", (Citation(1, hit(1)),), ("7",), "Qwen2.5 0.5B", 2, "", "stop")


class Door:
    """An engine that drafts what the test says; None in `events` is ctrl+c."""

    def __init__(self, *events: DraftEvent | None) -> None:
        self.events = events
        self.orders: list[str] = []

    def draft(self, order: str) -> Iterator[DraftEvent]:
        """The events."""
        self.orders.append(order)
        for event in self.events:
            if event is None:
                raise KeyboardInterrupt
            yield event


def run(monkeypatch: pytest.MonkeyPatch, door: Door, *words: str, typed: str = "") -> Result:
    """Run the command over that engine."""
    monkeypatch.setattr(import_module("secondme.cli.commands.draft"), "open_engine", lambda: door)
    return CliRunner().invoke(cli, ["draft", *words], input=typed)


def test_the_draft_is_on_stdout_and_its_sources_and_marks_are_told_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(Progress("writing", 0, 1, "tokens"), Delta("heya, boat is "), Delta("at 7 [?] x"), Drafted(DRAFT))
    result = run(monkeypatch, door, "a note about the boat")
    assert door.orders == ["a note about the boat"]
    assert result.stdout == "heya, boat is at 7 [?] x\n"
    assert "in your voice (adapter 2)" in result.stderr
    assert "[1] " in result.stderr
    assert "neither the order nor your memory holds 7." in result.stderr


def test_without_a_voice_it_says_why_and_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Draft("The boat.", (), (), "SmolLM2", 0, "no adapter has learnt how you write", "stop")
    result = run(monkeypatch, Door(Drafted(plain)), typed="a note\n")
    assert "without your voice: no adapter has learnt how you write (`secondme self train voice`)" in result.stderr
    assert "from the order alone" in result.stderr


def test_ctrl_c_leaves_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, Door(Delta("heya, boat "), None), "a note")
    assert result.stdout == "heya, boat \n"
    assert result.exit_code != 0


def test_a_failure_leaves_it_too_and_says_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, Door(Delta("heya"), Failed("The model died.", "Ask again.")), "a note")
    assert result.stdout == "heya\n"
    assert "The model died. Ask again." in result.stderr
    assert result.exit_code == 1


def test_as_json_it_is_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, Door(Delta("heya"), Drafted(DRAFT)), "a note", "--json")
    found = json.loads(result.stdout)
    assert found["unknown"] == ["7"]
    assert found["citations"][0]["number"] == 1
