"""The conversation line by line, against a scripted engine."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from secondme.cli.commands import chat as command
from secondme.cli.root import cli, load_commands
from tests.tui.samples import answer, whole_answer
from tests.tui.scripted_door import READY, ScriptedDoor


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> ScriptedDoor:
    door = ScriptedDoor(READY)
    door.answers.send(*whole_answer())
    monkeypatch.setattr(command, "open_engine", lambda: door)
    load_commands()
    return door


def talk(*lines: str) -> tuple[str, str]:
    done = CliRunner().invoke(cli, ["chat", *lines[:-1]], input=lines[-1])
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def test_an_answer_is_plain_lines_with_its_sources_spelled_out(door: ScriptedDoor) -> None:
    stdout, stderr = talk("When do we meet Ana?\n")
    assert stdout.startswith("Second Me: ") and "[1]" not in stdout and "\x1b" not in stdout
    assert "Source 1: " in stdout
    assert "/source 1 reads a source out" in stderr and "goes on with this chat" in stderr


def test_a_source_is_read_out_and_one_that_is_not_there_is_said(door: ScriptedDoor) -> None:
    stdout, stderr = talk("When do we meet Ana?\n/source 1\n/source 7\n/source\n/quit\nnever asked\n")
    assert answer().citations[0].hit.text in stdout.splitlines()[-1]
    assert "no source 7" in stderr and "Say which" in stderr


def test_off_the_record_nothing_is_kept_and_a_new_chat_begins(door: ScriptedDoor) -> None:
    _, stderr = talk("--off-record", "When do we meet Ana?\n/new\n")
    assert "A new chat." in stderr and "goes on with this chat" not in stderr
