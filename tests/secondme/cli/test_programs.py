"""`programs` and `inbox`: what a person types, and what they read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from secondme.api import Caller
from secondme.api.door import Door
from secondme.cli.commands import programs
from secondme.cli.root import cli
from secondme.engine.engine import Engine
from tests.secondme.chat.test_forgotten_words import opened


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine with a note on boats, which the commands open."""
    (tmp_path / "boat.md").write_text("# Boat\n\nThe ferry ships in May.\n")
    with opened() as (engine, _):
        list(engine.ingest([tmp_path / "boat.md"]))
        monkeypatch.setattr(programs, "open_engine", lambda: cast(Door, engine))
        yield engine


def run(*words: str) -> Result:
    """A command line that succeeds."""
    result = CliRunner().invoke(cli, list(words))
    assert result.exit_code == 0, result.output
    return result


def test_a_program_is_let_in_shown_paused_and_removed(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No program was let in" in CliRunner().invoke(cli, ["programs", "list"]).stderr
    monkeypatch.chdir(tmp_path)
    added = run("programs", "add", "editor", "--see", "boat.md", "--since", "2001-01-01").stdout
    assert "read, facts, ask, propose" in added
    assert f"{tmp_path / 'boat.md'} (1 passages)" in added
    token = added.split("token")[1].strip()
    engine.program_recall(Caller(token=token), "ferry")
    shown = run("programs", "show", "editor").stdout
    assert "recall    1 passages" in shown
    assert token not in shown
    assert "paused" in run("programs", "pause", "editor").stdout
    assert "active" in run("programs", "resume", "editor").stdout
    run("programs", "remove", "editor")
    assert engine.program_list() == []


def test_a_change_replaces_only_what_is_given(engine: Engine) -> None:
    run("programs", "add", "editor", "--see", "all", "--allow", "read", "--without-person", "Ana")
    run("programs", "change", "editor", "--allow", "read,ask", "--passages-per-day", "9")
    grant = engine.program_show("editor").grant
    assert (grant.scopes, grant.sources, grant.without_people) == (("read", "ask"), ("all",), ("Ana",))
    assert grant.passages_per_day == 9
    run("programs", "change", "editor", "--see", "")
    assert engine.program_show("editor").visible == 0


def test_what_a_program_proposes_waits_and_is_accepted_as_its_note(engine: Engine) -> None:
    run("programs", "add", "editor")
    engine.program_remember(Caller("editor"), "The cook starts on Monday.", why="said in a meeting")
    (waiting,) = json.loads(run("inbox", "list", "--json").stdout)
    assert not any("cook" in hit.text for hit in engine.recall("cook Monday"))
    run("inbox", "accept", waiting["id"])
    note = next(hit for hit in engine.recall("cook Monday") if "cook" in hit.text)
    assert (note.kind, note.role, note.speaker) == ("note", "author", "")
    assert note.title.startswith("editor: ")
    again = CliRunner().invoke(cli, ["inbox", "reject", waiting["id"]])
    assert again.exit_code == 2
    assert "accepted before" in again.output
    assert "Nothing waits" in CliRunner().invoke(cli, ["inbox", "list"]).stderr
