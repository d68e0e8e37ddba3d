"""The activity page: what the memory did by itself, and the way back; and pins on a passage."""

from __future__ import annotations

from dataclasses import replace

from secondme.api import (
    Chat,
    ChatStretch,
    ChatSummary,
    FactView,
    JobStatus,
    Profile,
    ProfileLine,
    ProfileSection,
    Related,
    RunChange,
    RunDetail,
    RunSummary,
    Standing,
    Undone,
)
from tests.tui.scripted_door import READY, ScriptedDoor, hit, message, passage_view
from tests.tui.stage import staged
from tui.screens.activity import ActivityScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.passage import PassageScreen
from tui.screens.rewrite import RewriteScreen
from tui.widgets.conversation import Conversation, Fold, QuestionView
from tui.widgets.status_bar import StatusBar


def night() -> ScriptedDoor:
    """A door after a night in which memories faded."""
    door = ScriptedDoor(replace(READY, faded=37))
    door.job_list = [
        JobStatus(
            "merge", "Merge passages that say the same", "on", "2026-01-02T03:00:00Z", "2026-01-02T23:00:00Z", False
        ),
        JobStatus("forget", "Let memories fade", "paused", "", "", False),
    ]
    run = RunSummary(
        "forget/1a2b3c4d", "forget", "schedule", "done", "2026-01-02T03:00:10Z", "2026-01-02T03:00:12Z",
        (("faded", 37), ("kept", 2)), 37,
    )  # fmt: skip
    door.run_list = [run, replace(run, id="merge/9f8e7d6c", job="merge", counts=(("merged", 2),), changes=2)]
    changes = (RunChange("faded", "We had soup [again]", "span-9", ""), RunChange("faded", "It rained", "span-8", ""))
    door.run_details = {
        run.id: RunDetail(run, changes, (("number", "Ana has nine dogs."),)),
        "merge": RunDetail(replace(run, id="merge/x", state="preview", counts=(), changes=0), (), ()),
    }
    return door


async def test_a_run_shows_what_it_changed_and_refused() -> None:
    async with staged(night()) as stage:
        await stage.press("f5")
        await stage.until(lambda: "37 faded, 2 kept" in stage.shown())
        assert "37 faded" in stage.shown()
        await stage.press("down", "down", "enter")
        await stage.until(lambda: "We had soup [again]" in stage.shown())
        assert "refused: number" in stage.shown()
        assert "Ana has nine dogs." in stage.shown()
        await stage.press("escape")
        assert isinstance(stage.app.screen, ActivityScreen)
        await stage.press("escape")
        assert stage.at_home


async def test_undo_asks_first_and_says_what_it_gave_back() -> None:
    door = night()
    async with staged(door) as stage:
        await stage.press("f5")
        await stage.until(lambda: "37 faded, 2 kept" in stage.shown())
        await stage.press("down", "down", "u")
        assert isinstance(stage.app.screen, ConfirmScreen)
        assert door.called("undo") == []
        await stage.press("tab", "enter")
        await stage.until(lambda: door.called("undo") == [("forget/1a2b3c4d",)])
        await stage.until(lambda: "(undone)" in stage.shown())


async def test_an_undo_that_is_refused_lists_what_was_changed_since() -> None:
    door = night()
    door.undone = Undone("forget/1a2b3c4d", 0, ("We had soup: changed by the run merge/9f8e7d6c",))
    async with staged(door) as stage:
        await stage.press("f5")
        await stage.until(lambda: "37 faded, 2 kept" in stage.shown())
        await stage.press("down", "down", "u", "tab", "enter")
        await stage.until(lambda: "changed by the run merge/9f8e7d6c" in stage.shown())


async def test_jobs_are_previewed_and_paused_from_the_list() -> None:
    door = night()
    async with staged(door) as stage:
        await stage.press("f5")
        await stage.until(lambda: "Merge passages" in stage.shown())
        await stage.press("d")
        await stage.until(lambda: "It changed nothing." in stage.shown())
        assert door.called("job_run") == [("merge", True)]
        await stage.press("space")
        await stage.until(lambda: door.job_list[0].state == "paused")
        assert door.called("job_pause") == [("merge", True)]


async def test_a_passage_tells_when_it_fades_and_can_be_pinned() -> None:
    door = ScriptedDoor()
    held = Standing(1.6, 0.83, "months", 0.7, 2, pinned=False, faded=False, fades_at="2026-09-03")
    view = passage_view(1)
    door.views["span-1"] = replace(view, hit=replace(hit(1), standing=held, also=("copy.md",)))
    async with staged(door) as stage:
        await stage.app.push_screen(PassageScreen(stage.app.context, "span-1"))
        await stage.until(lambda: "fades on 2026-09-03" in stage.shown())
        assert "also in copy.md" in stage.shown()
        door.views["span-1"] = replace(view, hit=replace(hit(1), standing=replace(held, pinned=True)))
        await stage.press("p")
        await stage.until(lambda: "pinned: never fades" in stage.shown())
        assert door.called("pin") == [("span-1", True)]


async def test_a_long_chat_shows_finished_stretches_folded_and_unfolds_them() -> None:
    door = ScriptedDoor()
    messages = tuple(message(n, "user" if n % 2 else "assistant", f"Message number {n}.") for n in range(1, 101))
    stretches = (
        ChatStretch(0, 9, "The [garden] was dug over.", ("s1",)),
        ChatStretch(10, 29, "The boat was painted.", ("s2",)),
    )
    door.saved["chat-1"] = Chat("chat-1", "Long", messages, stretches)
    door.summaries = [ChatSummary("chat-1", "Long", 100, "2026-01-02T09:00:00Z", "2026-01-02T09:00:00Z")]
    async with staged(door, size=(120, 50)) as stage:
        await stage.press("ctrl+t", "down", "enter")
        conversation = stage.app.home.query_one(Conversation)
        await stage.until(lambda: len(conversation.query(Fold)) == 2)
        first = conversation.query(Fold).first()
        assert "10 messages: The [garden] was dug over." in str(first.label)
        assert not [view for view in conversation.query(QuestionView) if "number 1." in str(view.render())]
        first.press()
        await stage.until(lambda: len(conversation.query(Fold)) == 1)
        assert [view for view in conversation.query(QuestionView) if "number 1." in str(view.render())]


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


async def test_off_the_record_is_shown_all_the_time_and_nothing_is_kept() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ready()
        await stage.press("alt+o")
        assert "● off the record" in str(stage.app.home.query_one(StatusBar).render())
        assert "nothing of this is kept" in str(stage.prompt.border_title)
        await stage.ask("A secret?")
        await stage.until(lambda: any(call[0] == "ask off the record" for call in door.calls))
        assert stage.app.home.query_one(QuestionView).has_class("-off-record")
        await stage.press("alt+o")
        assert "off the record" not in str(stage.app.home.query_one(StatusBar).render())
        assert not stage.prompt.border_title


async def test_a_passage_shows_what_is_linked_and_why_and_goes_there() -> None:
    door = ScriptedDoor()
    other = Related(hit(2), ("both name Clara", "alike (0.71)"))
    door.views["span-1"] = replace(passage_view(1), keywords=("Clara",), tags=("Mira: sibling",), related=(other,))
    door.views[other.hit.id] = passage_view(2)
    line = ProfileLine("has the brother or sister Clara", "", ("span-1",), "My sister Clara")
    door.known = Profile("2026-01-02", (ProfileSection("People", (line,)),))
    async with staged(door) as stage:
        await stage.press("f6")
        await stage.until(lambda: "Clara" in stage.shown())
        await stage.press("enter")
        await stage.until(lambda: "both name Clara; alike (0.71)" in stage.shown())
        assert "Clara · Mira: sibling" in stage.shown()
        await stage.press("1")
        await stage.until(lambda: ("passage", other.hit.id) in door.calls)


async def test_a_contradiction_is_settled_where_it_is_shown() -> None:
    door = ScriptedDoor()
    leeds = FactView(
        "fact-1", "Tess lives in Leeds", "me", "lives_in", "Leeds", "2025-10-17", "2026-02-04", "said", 0.9, 1, "span-1",
        "I live in Leeds", "chat", "We live in Bristol",
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
