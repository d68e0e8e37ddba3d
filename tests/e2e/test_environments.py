"""One engine for one memory, from whatever environment its doors are opened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.bare import bare_environment
from tests.e2e.home import Home


def bare(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command in the environment that an MCP host gives to its servers, and SECONDME_HOME."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "secondme", *arguments],
        env=bare_environment(home.root),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_an_engine_started_in_the_session_is_found_from_a_bare_environment(home: Home, notes: Path) -> None:
    home.ok("ingest", notes)
    (pid,) = home.engines()
    found = bare(home, "recall", "spare key")
    assert (found.returncode, found.stderr) == (0, "")
    assert "kitchen door" in found.stdout
    assert home.engines() == [pid] == [home.engine_pid()]


def test_an_engine_started_in_a_bare_environment_is_found_from_the_session(home: Home) -> None:
    assert bare(home, "remember", "The ladder stands in the shed.").returncode == 0
    (pid,) = home.engines()
    assert not home.places.socket.exists()
    assert "shed" in home.ok("recall", "ladder")
    assert home.engines() == [pid]


def test_the_record_of_an_engine_that_was_killed_hinders_nobody(home: Home) -> None:
    home.ok("remember", "The ladder stands in the shed.")
    os.kill(home.engine_pid(), 9)
    assert home.places.socket_record.exists()
    assert "shed" in bare(home, "recall", "ladder").stdout
    assert len(home.engines()) == 1
