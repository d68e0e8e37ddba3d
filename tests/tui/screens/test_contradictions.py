"""The page of contradictions: a person says which of two facts holds."""

from __future__ import annotations

from dataclasses import replace

from secondme.api import (
    FactView,
)
from tests.tui.samples import passage_view
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.screens.passage import PassageScreen


async def test_a_contradiction_is_settled_where_it_is_shown() -> None:
    door = ScriptedDoor()
    leeds = FactView(
        "fact-1", "Tess lives in Leeds", "me", "lives_in", "Leeds", "2025-10-17", "2026-02-04", "said", 0.9, 1,
        "span-1", "I live in Leeds", "chat", "We live in Bristol",
    )  # fmt: skip
    door.known_facts = [leeds, replace(leeds, id="fact-2", sentence="Tess has the boss Rowena")]
    door.views["span-1"] = passage_view(1)
    async with staged(door) as stage:
        await stage.press("f6")
        await stage.press("c")
        await stage.until(lambda: "ended by: We live in Bristol" in stage.shown())
        await stage.press("k")
        await stage.until(lambda: ("judge_fact", "fact-1", "kept") in door.calls)
        await stage.until(lambda: "Leeds" not in stage.shown())
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))
        await stage.press("escape", "x")
        await stage.until(lambda: ("judge_fact", "fact-2", "rejected") in door.calls)
        await stage.until(lambda: "Nothing that was said contradicts" in stage.shown())
