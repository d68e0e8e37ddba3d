"""The page of adapters: figures side by side, trained with one key, used, switched off, removed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from models.protocol.training import TrainingOptions
from secondme.api import Adapter, AdapterFigure, AdapterKind, Hit, Progress, Status
from secondme.errors import SecondMeError, UsageError
from tests.tui.samples import hit, passage_view
from tests.tui.screens.test_snapshots_page import engine_in
from tests.tui.scripted_door import READY, Channel, ScriptedDoor
from tests.tui.stage import Stage, staged
from tests.tui.test_hostile import ALL, harmless
from tui.screens.adapters import AdaptersScreen
from tui.screens.passage import PassageScreen

FIGURES = (
    AdapterFigure("facts, shown after memory confirmed them", "0 of 80", "64 of 80"),
    AdapterFigure("general questions", "13 of 16", "12 of 16"),
    AdapterFigure("perplexity of plain text", "16.8", "17.5"),
)
ADAPTERS = [
    Adapter(3, "refused", "SmolLM2-135M", "2026-01-02T03:10:00Z", 41, 40, 2, "it answers 9 general questions", FIGURES),
    Adapter(
        2, "used", "SmolLM2-135M", "2026-01-01T03:10:00Z", 38, 37, 1, "", FIGURES, "9f2c" * 16, "rank 16, epochs 3"
    ),
    Adapter(1, "off", "SmolLM2-135M", "2025-12-20T03:10:00Z", 12, 12, 0, "1 of the facts it learnt no longer hold"),
]


class AdapterDoor(ScriptedDoor):
    """Three adapters, one of which is used, and a training that the test writes."""

    def __init__(self, status: Status = READY) -> None:
        super().__init__(status)
        self.adapter_rows = list(ADAPTERS)
        self.training: Channel[Progress] = Channel()

    def adapter_passages(self, number: int) -> list[Hit]:
        self.calls.append(("adapter_passages", number))
        return [hit(1), hit(2, "My sister Edel lives in Galway.")]

    def adapter_train(self, kind: AdapterKind = "facts") -> Iterator[Progress]:
        self.calls.append(("adapter_train", kind))
        return self.training.read()

    def adapter_use(self, number: int) -> Adapter:
        self.calls.append(("adapter_use", number))
        if number != 2:
            raise UsageError(
                f"Adapter {number} can't be used: it answers worse.", "`secondme self train` makes another."
            )
        return self.adapter_rows[1]

    def adapter_off(self, number: int = 0) -> None:
        self.calls.append(("adapter_off",))
        self.adapter_rows = [replace(row, state="ready") if row.state == "used" else row for row in self.adapter_rows]

    def adapter_remove(self, number: int) -> None:
        self.calls.append(("adapter_remove", number))
        self.adapter_rows = [row for row in self.adapter_rows if row.number != number]


async def opened(stage: Stage) -> None:
    """Go to the page of three adapters."""
    await stage.press("alt+a")
    await stage.until(lambda: isinstance(stage.app.screen, AdaptersScreen) and "41 passages" in stage.shown())


async def test_it_shows_each_with_its_figures_side_by_side_and_why_it_is_not_used() -> None:
    async with staged(AdapterDoor()) as stage:
        await opened(stage)
        assert "3 here, in use: 2" in stage.shown()
        for part in ("it answers 9 general questions", "13 of 16", "12 of 16", "It replaced adapter 2.", "alone"):
            assert part in stage.shown()
        await stage.press("down")
        await stage.until(lambda: "Made from 38 passages on 2026-01-01." in stage.shown())
        assert "rank 16, epochs 3; for the file 9f2c9f2c9f2c" in stage.shown()
        assert "not used" not in stage.shown()
        await stage.press("down")
        await stage.until(lambda: "1 of the facts it learnt no longer hold" in stage.shown())
        assert "alone" not in stage.shown()


async def test_a_training_shows_rate_and_end_and_the_list_has_its_adapter() -> None:
    door = AdapterDoor()
    async with staged(door) as stage:
        await opened(stage)
        await stage.press("t")
        door.training.send(Progress("training", 12, 60, "steps", 180.0, 200.0, "loss 1.20"))
        await stage.until(lambda: "Training: 12 of 60 steps, 180 tokens/s, loss 1.20, 3 min left" in stage.shown())
        await stage.press("t")
        assert len(door.called("adapter_train")) == 1
        door.adapter_rows.insert(0, replace(ADAPTERS[1], number=4, parent=2))
        door.training.end()
        await stage.until(lambda: "4 here" in stage.shown())
        assert "steps" not in stage.shown()


async def test_a_voice_is_trained_with_a_key_of_its_own_and_listed_with_its_messages() -> None:
    door = AdapterDoor()
    async with staged(door) as stage:
        await opened(stage)
        await stage.press("v")
        await stage.until(lambda: door.called("adapter_train") == [("voice",)])
        figure = AdapterFigure("perplexity of messages of yours", "41.9", "4.8")
        door.adapter_rows.insert(0, replace(ADAPTERS[1], number=4, spans=1200, kind="voice", figures=(figure,)))
        door.training.end()
        await stage.until(lambda: "in use: 4, 2" in stage.shown())
        assert "1,200 messages" in stage.shown()
        await stage.press("up")
        await stage.until(lambda: "perplexity of messages of yours" in stage.shown())


async def test_esc_stops_a_training_and_the_next_esc_leaves() -> None:
    door = AdapterDoor()
    async with staged(door) as stage:
        await opened(stage)
        await stage.press("t")
        door.training.send(Progress("training", 1, 60, "steps"))
        await stage.until(lambda: "1 of 60 steps" in stage.shown())
        await stage.press("escape")
        assert "Stopped. The same key goes on from there." in stage.shown()
        door.training.send(Progress("training", 2, 60, "steps"))
        await stage.until(lambda: door.training.closed_early)
        assert "2 of 60 steps" not in stage.shown()
        await stage.press("escape")
        assert stage.at_home


async def test_going_to_another_page_stops_a_training() -> None:
    door = AdapterDoor()
    async with staged(door) as stage:
        await opened(stage)
        await stage.press("t")
        door.training.send(Progress("training", 1, 60, "steps"))
        await stage.until(lambda: "1 of 60 steps" in stage.shown())
        await stage.press("f4")
        door.training.send(Progress("training", 2, 60, "steps"))
        await stage.until(lambda: door.training.closed_early)


async def test_a_training_that_fails_says_why_below_the_list() -> None:
    door = AdapterDoor()
    async with staged(door) as stage:
        await opened(stage)
        await stage.press("t")
        door.training.fail(SecondMeError("There is too little to learn.", "`secondme self train` needs five facts."))
        await stage.until(lambda: "⚠ There is too little to learn. Adapters (alt+a) needs five facts." in stage.shown())
        await stage.press("t")
        assert len(door.called("adapter_train")) == 2


async def test_one_is_used_and_none_is_and_what_cannot_be_used_says_so() -> None:
    door = AdapterDoor()
    async with staged(door) as stage:
        await opened(stage)
        await stage.press("c")
        await stage.until(lambda: door.called("adapter_use") == [(3,)])
        await stage.until(lambda: any("it answers worse" in note.message for note in stage.app._notifications))
        assert "3 here" in stage.shown()
        await stage.press("o")
        await stage.until(lambda: "none is used" in stage.shown())
        await stage.press("down", "c")
        await stage.until(lambda: door.called("adapter_use") == [(3,), (2,)])


async def test_enter_lists_what_it_was_made_from_and_opens_a_passage() -> None:
    door = AdapterDoor()
    door.views = {"span-2": passage_view(2)}
    async with staged(door) as stage:
        await opened(stage)
        await stage.press("down", "enter")
        await stage.until(lambda: "What adapter 2 was made from" in stage.shown())
        assert door.called("adapter_passages") == [(2,)]
        assert "My sister Edel lives in Galway." in stage.shown()
        await stage.press("down", "enter")
        await stage.until(lambda: door.called("passage") == [("span-2",)])
        await stage.until(lambda: isinstance(stage.app.screen, PassageScreen))
        await stage.press("escape", "escape")
        assert isinstance(stage.app.screen, AdaptersScreen)


async def test_an_adapter_is_removed_only_after_a_question() -> None:
    door = AdapterDoor()
    async with staged(door) as stage:
        await opened(stage)
        await stage.press("r", "enter")
        assert not door.called("adapter_remove")
        await stage.press("r", "tab", "enter")
        await stage.until(lambda: door.called("adapter_remove") == [(3,)])
        await stage.until(lambda: "2 here" in stage.shown())


async def test_without_adapters_it_says_which_key_makes_one() -> None:
    async with staged(ScriptedDoor()) as stage:
        await stage.press("alt+a")
        await stage.until(lambda: "There is none yet. t makes one" in stage.shown())
        await stage.press("c", "r")
        assert isinstance(stage.app.screen, AdaptersScreen)


async def test_hostile_names_and_figures_steer_nothing() -> None:
    door = ScriptedDoor()
    door.adapter_rows = [
        Adapter(1, "refused", ALL, "2026-01-02T03:10:00Z", 1, 1, 0, ALL, (AdapterFigure(ALL, ALL, ALL),))
    ]
    async with staged(door) as stage:
        await stage.press("alt+a")
        await stage.until(lambda: "1 here" in stage.shown())
        harmless(stage)


async def test_over_a_real_memory_it_shows_how_one_was_trained_and_from_which_words() -> None:
    with tempfile.TemporaryDirectory(prefix="sm-") as home:
        engine = engine_in(Path(home))
        try:
            note = engine.remember("The spare key hangs behind the kitchen door.")
            (span, _), *_ = engine._store.spans.of_source(note)
            engine._store.adapters.add(
                "a1", base="SmolLM2-135M", base_digest="9f2c" * 16, parent="", made_at="2026-01-01T03:10:00Z",
                recipe=asdict(TrainingOptions(first_layer=14, epochs=3)), span_ids=[span.id], fact_ids=[],
            )  # fmt: skip
            async with staged(lambda: engine) as stage:
                await stage.press("alt+a")
                await stage.until(lambda: "layers from 14, rank 16, epochs 3; for the file 9f2c" in stage.shown())
                assert "its training has not ended" in stage.shown()
                await stage.press("enter")
                await stage.until(lambda: "The spare key hangs behind the kitchen door." in stage.shown())
        finally:
            engine.close()
