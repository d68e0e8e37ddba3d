"""The page of programs: who may read, paused with one key; proposals accepted or erased."""

from __future__ import annotations

from dataclasses import replace

from secondme.api import Grant, Program, ProgramCall, Proposal
from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.stage import Stage, staged
from tests.tui.test_hostile import ALL, harmless
from tui.screens.programs import ProgramsScreen
from tui.widgets.status_bar import EngineState, status_pieces

AT = "2026-01-02T11:57:00Z"


def door() -> ScriptedDoor:
    """Three programs, calls of one of them, and two proposals."""
    door = ScriptedDoor()
    notes = Grant(("read", "facts", "ask", "propose"), ("/home/mira/notes",), ("/home/mira/notes/diary",), ("Ana",))
    door.program_rows = [
        Program("claude-desktop", "active", notes, AT, AT, 12, 40, 2),
        Program("cursor", "paused", Grant(("read",), ("all",)), AT, "2025-12-30T09:00:00Z"),
        Program("old-editor", "expired", Grant(("read",), expires="2025-12-31"), AT),
    ]
    door.program_call_rows = [
        ProgramCall(AT, "claude-desktop", "recall", ("span-1", "span-2"), 812),
        ProgramCall(AT, "claude-desktop", "read", (), 0, "not found"),
    ]
    door.proposals = [
        Proposal("p1", "claude-desktop", "Mira wants the tent by Friday.", "she said so", AT),
        Proposal("p2", "claude-desktop", "The stove was lent to Ben.", "", AT),
    ]
    return door


async def opened(stage: Stage) -> None:
    await stage.press("alt+p")
    await stage.until(lambda: isinstance(stage.app.screen, ProgramsScreen))
    await stage.until(lambda: "claude-desktop" in stage.shown())


async def test_it_says_who_reads_what_it_may_and_what_it_did_last() -> None:
    async with staged(door()) as stage:
        await opened(stage)
        shown = stage.shown()
        for part in ("read, facts, ask, propose", "12 calls today", "/home/mira/notes", "but not", "Ana", "2 passages"):
            assert part in shown
        assert "refused: not found" in shown
        assert "paused" in shown


async def test_one_key_pauses_and_the_same_lets_go_on() -> None:
    here = door()
    async with staged(here) as stage:
        await opened(stage)
        await stage.press("p")
        await stage.until(lambda: ("program_pause", "claude-desktop", True) in here.calls)
        await stage.until(lambda: "○ claude-desktop" in stage.shown())
        await stage.press("p")
        await stage.until(lambda: ("program_pause", "claude-desktop", False) in here.calls)


async def test_proposals_are_accepted_and_erased_and_keys_of_the_other_kind_do_nothing() -> None:
    here = door()
    async with staged(here) as stage:
        await opened(stage)
        await stage.press("a", "x", "down", "down", "down")
        await stage.until(lambda: "she said so" in stage.shown())
        await stage.press("p", "X", "a")
        await stage.until(lambda: ("inbox_accept", "p1") in here.calls)
        await stage.until(lambda: "tent" not in stage.shown())
        await stage.press("x")
        await stage.until(lambda: ("inbox_reject", "p2") in here.calls)
        assert not here.called("program_pause")
        assert not here.called("program_remove")


async def test_a_program_is_removed_only_after_a_question() -> None:
    here = door()
    async with staged(here) as stage:
        await opened(stage)
        await stage.press("X", "enter")
        assert not here.called("program_remove")
        await stage.press("X", "tab", "enter")
        await stage.until(lambda: here.called("program_remove") == [("claude-desktop",)])
        await stage.until(lambda: "claude-desktop" not in "".join(row.name for row in here.program_rows))


async def test_without_programs_it_says_how_one_is_let_in() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("alt+p")
        await stage.until(lambda: "secondme programs add" in stage.shown())


async def test_hostile_names_and_proposals_steer_nothing() -> None:
    here = ScriptedDoor()
    here.program_rows = [Program(ALL, "active", Grant(("read",), (ALL,), without_people=(ALL,)), AT, AT)]
    here.program_call_rows = [ProgramCall(AT, ALL, ALL, (), 0, ALL, ALL)]
    here.proposals = [Proposal("p", ALL, ALL, ALL, AT)]
    async with staged(here) as stage:
        await stage.press("alt+p")
        await stage.until(lambda: "Inbox" in stage.shown())
        harmless(stage)
        await stage.press("down")
        await stage.until(lambda: "sees" not in stage.shown())
        harmless(stage)


def test_the_status_line_says_who_reads() -> None:
    def said(*names: str, waiting: int = 0) -> str:
        status = replace(READY, reading=names, waiting=waiting)
        return " ".join(piece.plain for _, piece in status_pieces(EngineState(status, "")))

    assert "editor reads" in said("editor")
    assert "editor and 2 more read" in said("editor", "a", "b")
    assert "reads" not in said()
    assert "1 proposal" in said(waiting=1)
