"""The page that says why."""

from __future__ import annotations

from secondme.api import Change, Detail, ScorePart, Scoring, SignalValue, Why
from tests.tui.samples import passage_view
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import Stage, staged
from tests.tui.test_hostile import ALL, harmless
from tui.messages import WhyRequested
from tui.screens.passage import PassageScreen
from tui.screens.why import WhyScreen, bar

REASONS = Why(
    kind="answer",
    id="message-1",
    text="You meet Ana on Sunday at the north shore.",
    stored=(
        Detail("Asked", "When do we meet Ana?"),
        Detail("By", "SmolLM2-135M-Instruct"),
        Detail("Support", "1 of 2 sentences rest on a passage, the weakest by 0.71"),
        Detail("[1]", "notes/plan-1.md:13: Sunday at ten, north shore.", "span-1"),
    ),
    question="When do we meet Ana?",
    scorings=(
        Scoring(
            "span-1",
            "notes/plan-1.md:13",
            1,
            812,
            25.4,
            (ScorePart("words", 12.5), ScorePart("meaning", 14.1), ScorePart("speaker", -1.2)),
            (
                SignalValue("words", "words", 5.0, 2.5, 12.5),
                SignalValue("meaning", "meaning", 6.2, 1.6, 9.92),
                SignalValue("tokens", "meaning", 3.48, 1.2, 4.18),
                SignalValue("stranger", "speaker", 1.2, -1.0, -1.2),
            ),
            ("words: meet, ana",),
        ),
    ),
    changes=(
        Change("2026-01-02T11:58:00Z", "written", "SmolLM2-135M-Instruct"),
        Change("2026-01-02T11:59:00Z", "merged", "the run merge/1", "into span-9", undone=True),
    ),
)


def reasoned() -> ScriptedDoor:
    door = ScriptedDoor()
    door.reasons["message-1"] = REASONS
    door.views["span-1"] = passage_view(1)
    return door


async def opened(stage: Stage, target: str = "message-1", question: str = "") -> None:
    stage.app.home.post_message(WhyRequested(target, question))
    await stage.until(lambda: isinstance(stage.app.screen, WhyScreen) and "Looking it up" not in stage.shown())


async def test_why_shows_where_it_came_from_how_it_scores_and_what_changed_it() -> None:
    door = reasoned()
    async with staged(door) as stage:
        await opened(stage)
        shown = stage.shown()
        assert "You meet Ana on Sunday" in shown
        assert "+14.10" in shown
        assert "-1.20" in shown
        assert "place 1 of 812" in shown
        assert "computed anew" in shown
        assert "undone since" in shown
        assert shown.index("meaning") < shown.index("words ")  # the largest part first
        assert "6.20 × 1.60" not in shown
        await stage.press("s")
        assert "6.20 × 1.60" in stage.shown()
        await stage.press("s")
        assert "6.20 × 1.60" not in stage.shown()


async def test_a_digit_opens_the_passage_that_shows_it() -> None:
    async with staged(reasoned()) as stage:
        await opened(stage)
        await stage.press("2")
        assert isinstance(stage.app.screen, WhyScreen)
        await stage.press("1")
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))


async def test_w_on_a_passage_asks_why() -> None:
    door = reasoned()
    door.reasons["span-1"] = Why("passage", "span-1", "Tea.", (Detail("Source", "note"),), "", (), ())
    async with staged(door) as stage:
        stage.app.push_screen(PassageScreen(stage.app.context, "span-1"))
        await stage.until(lambda: "plan-1" in stage.shown())
        await stage.press("w")
        await stage.until(lambda: "No answer used it yet" in stage.shown())
        assert "Nothing has changed it." in stage.shown()
        assert door.called("why") == [("span-1", "")]


async def test_what_is_gone_is_said_on_the_page() -> None:
    async with staged(ScriptedDoor()) as stage:
        await opened(stage, "no-such")
        assert "Nothing is known of this." in stage.shown()


async def test_hostile_words_are_shown_as_text() -> None:
    door = ScriptedDoor()
    part, signal = ScorePart(ALL, 1.0), SignalValue(ALL, ALL, 1.0, 1.0, 1.0)
    scoring = Scoring(ALL, ALL, 0, 3, 1.0, (part,), (signal,), (ALL,))
    door.reasons["x"] = Why(ALL, ALL, ALL, (Detail(ALL, ALL, ALL),), ALL, (scoring,), (Change(ALL, ALL, ALL, ALL),))
    async with staged(door) as stage:
        await opened(stage, "x")
        await stage.press("s")
        assert "[/]" in harmless(stage)


def test_a_bar_is_as_long_as_its_value_and_the_least_still_shows() -> None:
    assert bar(2.0, 4.0, 10) == "━━━━━"
    assert bar(0.001, 4.0, 10) == "╸"
    assert bar(0.0, 4.0, 10) == bar(0.0, 0.0, 10) == ""
