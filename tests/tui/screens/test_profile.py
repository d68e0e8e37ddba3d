"""The page of the profile: lines lead to their passages, and can be edited."""

from __future__ import annotations

from secondme.api import (
    Profile,
    ProfileLine,
    ProfileSection,
)
from tests.tui.samples import passage_view
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.screens.passage import PassageScreen
from tui.screens.rewrite import RewriteScreen


async def test_the_profile_shows_its_lines_and_opens_the_words_that_say_so() -> None:
    door = ScriptedDoor()
    line = ProfileLine("lives in [Lisbon]", "2024-05-03", ("span-1",), "I live in Lisbon")
    door.known = Profile("2026-01-02", (ProfileSection("About you", (line,)),))
    door.views["span-1"] = passage_view(1)
    async with staged(door) as stage:
        await stage.press("f6")
        await stage.until(lambda: "lives in [Lisbon]  since 2024-05-03" in stage.shown())
        await stage.press("enter")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))
        await stage.press("escape", "escape")
        assert stage.at_home
        door.known = Profile("2026-01-02", ())
        await stage.press("f6")
        await stage.until(lambda: "Nothing is known about you yet" in stage.shown())


async def test_lines_of_the_profile_are_pinned_rewritten_hidden_and_rejected() -> None:
    door = ScriptedDoor()
    line = ProfileLine("lives in Lisbon", "2024-05-03", ("span-1",), "I live in Lisbon", "line-1", "", "fact-1")
    mixed = ProfileLine("You live in Lisbon and work at Novabase.", "", ("span-1",), "", "line-2")
    door.known = Profile("2026-01-02", (ProfileSection("About you", (line, mixed)),))
    async with staged(door) as stage:
        await stage.press("f6")
        await stage.until(lambda: "lives in Lisbon" in stage.shown())
        await stage.press("p")
        await stage.until(lambda: ("edit_profile", "line-1", "pinned", "") in door.calls)
        await stage.press("h")
        await stage.until(lambda: ("edit_profile", "line-1", "hidden", "") in door.calls)
        await stage.press("x")
        await stage.until(lambda: ("judge_fact", "fact-1", "rejected") in door.calls)
        await stage.press("e")
        await stage.until(lambda: isinstance(stage.app.screen, RewriteScreen))
        await stage.press("end", "!", "enter")
        await stage.until(lambda: ("edit_profile", "line-1", "edited", "lives in Lisbon!") in door.calls)
        await stage.press("a")
        await stage.until(lambda: ("profile", True) in door.calls)
        await stage.press("down", "x")
        assert ("judge_fact", "", "rejected") not in door.calls
