"""Where the app cannot draw it says so in a sentence; what the system refuses is a sentence, too."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from secondme.cli.root import cli


def test_a_terminal_that_cannot_place_text_gets_one_sentence_and_an_exit_code(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "SECONDME_HOME": str(tmp_path)}
    try:
        app = subprocess.run(
            [sys.executable, "-m", "secondme"],
            stdin=follower,
            stdout=follower,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
            check=False,
            timeout=60,
        )
    finally:
        os.close(leader)
        os.close(follower)
    assert app.returncode == 2
    assert app.stderr == "The app cannot draw in this terminal (TERM=dumb). `secondme ask` answers here, too.\n"


def test_what_the_system_refuses_is_a_sentence_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def refused() -> None:
        """A toy that meets a file which it may not write."""
        raise PermissionError(13, "Permission denied", "/somewhere/config.toml")

    cli.list_commands(click.Context(cli))
    monkeypatch.setitem(cli.commands, "refused", refused)
    done = CliRunner().invoke(cli, ["refused"])
    assert done.exit_code == 1
    assert done.stderr.startswith("/somewhere/config.toml cannot be used (Permission denied). ")
