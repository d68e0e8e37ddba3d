"""The page of logs: the last lines of both files, by level, and copied with a true word about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.places import places
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.log_lines import TAIL_BYTES, read_logs
from tui.screens.logs import LogsScreen

ENGINE = """\
2026-01-02 10:00:00,120 INFO secondme.index.indexer the index is built anew
2026-01-02 10:00:05,001 ERROR secondme.jobs.scheduler merge failed: OSError
a line of a trace [bold]as it is[/bold]
"""
APP = "2026-01-02 10:00:03,500 WARNING secondme.app ask failed: EngineUnavailable\n"


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of logs with a few lines."""
    monkeypatch.setenv("SECONDME_HOME", str(tmp_path))
    folder = places().logs
    folder.mkdir(parents=True)
    (folder / "engine.log").write_text(ENGINE)
    (folder / "app.log").write_text(APP)
    return folder


def test_lines_of_both_logs_are_told_in_the_order_of_time(logs: Path) -> None:
    found = read_logs([logs / "engine.log", logs / "app.log"])
    assert [(line.log, line.level) for line in found] == [
        ("engine", "INFO"), ("app", "WARNING"), ("engine", "ERROR"), ("engine", "ERROR"),
    ]  # fmt: skip
    assert [line.level for line in read_logs([logs / "engine.log"], "WARNING")] == ["ERROR", "ERROR"]


def test_of_a_long_log_only_whole_lines_of_its_end_are_read(tmp_path: Path) -> None:
    log = tmp_path / "engine.log"
    log.write_text("".join(f"2026-01-02 10:00:00,000 INFO secondme line {n:06d}\n" for n in range(12_000)))
    found = read_logs([log])
    assert found[-1].text == "line 011999"
    assert len(found) < TAIL_BYTES / 40
    assert all(line.text.startswith("line ") for line in found)
    assert read_logs([tmp_path / "none.log"]) == []


async def test_the_page_shows_what_fits_the_level_and_follows_the_file(logs: Path) -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("f12")
        screen = stage.app.screen
        assert isinstance(screen, LogsScreen)
        await stage.until(lambda: len(screen.rows) == 4)
        assert "[bold]as it is[/bold]" in stage.shown()
        await stage.press("l", "l")
        await stage.until(lambda: {line.level for line in screen.rows} == {"ERROR"})
        with (logs / "engine.log").open("a") as log:
            log.write("2026-01-02 10:01:00,000 ERROR secondme.server stopped\n")
        screen.load()
        await stage.until(lambda: screen.chosen is not None and screen.chosen.text == "stopped")
        await stage.press("l", "w", "w")
        await stage.until(lambda: [line.log for line in screen.rows] == ["app"])


async def test_a_line_is_handed_to_the_terminal_which_is_not_called_copied(logs: Path) -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("f12")
        screen = stage.app.screen
        assert isinstance(screen, LogsScreen)
        await stage.until(lambda: len(screen.rows) == 4)
        await stage.press("y")
        assert "a line of a trace" in stage.app.clipboard
        assert any("may or may not" in notice.message for notice in stage.app._notifications)
        await stage.press("Y")
        assert len(stage.app.clipboard.splitlines()) == 4


async def test_logs_that_cannot_be_read_say_so_with_a_remedy(logs: Path) -> None:
    (logs / "engine.log").unlink()
    (logs / "engine.log").mkdir()
    async with staged(ScriptedDoor()) as stage:
        await stage.press("f12")
        await stage.until(lambda: "The logs cannot be read" in stage.shown())
