"""Terminals that change their size while text streams, and those that are asked for no colour."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.geometry import Region

from secondme.api import Delta, Done, Passages, Started
from tests.tui.samples import answer, citations
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged

SIZES = [(80, 24), (40, 12), (120, 35), (44, 14), (100, 30)]


async def test_a_terminal_may_change_its_size_while_an_answer_streams() -> None:
    door = ScriptedDoor()
    async with staged(door, size=(120, 40)) as stage:
        await stage.ask("When do we meet Ana?")
        door.answers.send(Started("chat-1", "message-1"), Passages(citations(), 640, 2048))
        text = ""
        for number, (width, height) in enumerate(SIZES, start=1):
            piece = f"Part {number} of a long answer about the lake and the boats. "
            text += piece
            await stage.pilot.resize_terminal(width, height)
            door.answers.send(Delta(piece))
            await stage.until(lambda number=number: f"Part {number}" in flat(stage))  # type: ignore[misc]
            assert stage.app.size == (width, height)
            assert Region(0, 0, width, height).contains_region(stage.prompt.region), "the box is on the screen"
        door.answers.send(Done(answer(text.strip(), supported=[text.strip()])))
        await stage.until(lambda: stage.idle)
        assert "Part 5 of a long answer" in flat(stage)


def flat(stage: Stage) -> str:
    """What is shown, lines joined."""
    return " ".join(stage.shown().split())


async def test_without_colours_all_that_is_drawn_is_grey(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask_and_answer(door)
        assert stage.app.no_color
        styles = [style for style in drawn(stage) if style is not None]
        colours = [colour for style in styles for colour in (style.color, style.bgcolor) if colour is not None]
        triplets = [colour.get_truecolor() for colour in colours if not colour.is_default]
        assert triplets and all(max(triplet) - min(triplet) <= 1 for triplet in triplets)
        assert "When?" in flat(stage)


def drawn(stage: Stage) -> list[Style | None]:
    """The styles of all that is on the screen, after the filters of the app."""
    strips = stage.app.screen._compositor.render_strips()
    filters = stage.app._filters
    found: list[Style | None] = []
    for strip in strips:
        for line_filter in filters:
            strip = strip.apply_filter(line_filter, stage.app.styles.background)
        found += [segment.style for segment in strip]
    return found
