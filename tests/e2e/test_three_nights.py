"""A year of memories, three nights in which the bundled model is taught, a purge and a correction in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import zstandard

from models.adapters.process import TrainingProcess
from models.protocol.training import Example, TrainingEvent, TrainingOptions
from secondme.adapters import anchors, course, facts_course, gate, lessons, side_by_side
from secondme.adapters.learner import by_heart, says
from secondme.adapters.personal import PersonalAdapters
from secondme.api import RunDetail
from secondme.clock import FixedClock
from secondme.engine.engine import Engine
from secondme.places import Places
from tests.worlds.night_world import WordEmbedder
from tests.worlds.year import ME, NOW, PACKED

TOLD = (
    "My dog is called Wimborne.",
    "My neighbour is called Ellerdine.",
    "My boss is called Penhallow.",
    "I am allergic to sorrel.",
)
PURGED = "My brother is called Quillaby."
NEVER_AGAIN = "Your brother is Quillaby."
"""What an adapter learns of it."""


class Recording(TrainingProcess):
    """The real trainer, which keeps what it was given."""

    def __init__(self, log: Path) -> None:
        super().__init__(log, niceness=0)
        self.given: list[Sequence[Example]] = []
        self.folders: list[Path] = []

    def train(
        self, base: Path, examples: Sequence[Example], options: TrainingOptions, folder: Path, stop: threading.Event
    ) -> Iterator[TrainingEvent]:
        self.given.append(examples)
        self.folders.append(folder)
        return super().train(base, examples, options, folder, stop)


@pytest.fixture
def few_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nights of seconds: few facts, one pass over them, a short trial. They teach next to nothing, so any adapter
    passes; what a trial refuses is another test."""
    monkeypatch.setattr(facts_course, "EPOCHS", 1)
    monkeypatch.setattr(course, "UPPER_HALF", 0.9)
    monkeypatch.setattr(lessons, "UNTOLD_SHARE", 0.2)
    monkeypatch.setattr(lessons, "MOST_FACTS", len(TOLD) + 2)
    monkeypatch.setattr(anchors, "QUESTIONS", anchors.QUESTIONS[:1])
    monkeypatch.setattr(anchors, "PROSE", anchors.PROSE[:1])
    monkeypatch.setattr(anchors, "MOST_TOKENS", 8)
    for module in (gate, side_by_side):
        monkeypatch.setattr(module, "says", lambda model, turns: says(model, turns, 8))
    general = side_by_side.GENERAL[:1]
    for module in (gate, side_by_side, facts_course):
        monkeypatch.setattr(module, "GENERAL", general)
    monkeypatch.setattr(side_by_side, "NEUTRAL", side_by_side.NEUTRAL[:1])
    monkeypatch.setattr(gate, "ASKED", 2)
    monkeypatch.setattr(gate, "LEAST_RIGHT", 0.0)
    monkeypatch.setattr(side_by_side, "MOST_PERPLEXITY", 100.0)
    monkeypatch.setattr(gate, "LEAST_ENDED", 0.0)


@contextmanager
def year(folder: Path) -> Iterator[tuple[Engine, FixedClock]]:
    """The engine over a lived-in year; its clock stands."""
    places = Places(folder / "data", folder / "cache", folder / "config", folder / "logs", folder / "run")
    places.make()
    with PACKED.open("rb") as packed:
        (places.data / "secondme.db").write_bytes(zstandard.ZstdDecompressor().stream_reader(packed).read())
    places.config_file.write_text(f'[me]\nname = "{ME}"\n', encoding="utf-8")
    clock = FixedClock(NOW)
    engine = Engine(places, clock, embedder=WordEmbedder())
    try:
        yield engine, clock
    finally:  # it was never started: jobs run when the test says so
        engine._changes.closing.set()
        engine._indexer.close()
        engine._models.runtimes.close()
        engine._adapters.close()
        engine._store.close()


def night(engine: Engine, clock: FixedClock) -> dict[str, int]:
    """A night: what was said is read for facts, and taught. What the training says it did."""
    clock.turn(1)
    list(engine.job_run("learn"))
    detail = list(engine.job_run("train"))[-1]
    assert isinstance(detail, RunDetail)
    assert detail.summary.state == "done"
    return dict(detail.summary.counts)


def is_in(sentence: Sequence[int], examples: Sequence[Example]) -> bool:
    """Whether the tokens of a sentence stand in any example."""
    wide, wanted = len(sentence), tuple(sentence)
    return any(
        branch.tokens[at : at + wide] == wanted
        for example in examples
        for branch in example.branches
        for at in range(len(branch.tokens) - wide + 1)
    )


def said_by(
    adapters: PersonalAdapters, questions: Sequence[str], sentences: Sequence[str]
) -> tuple[str, list[list[int]]]:
    """What the model with the adapter in use answers to questions, and sentences as its tokens."""
    base, row = adapters._base(), adapters.in_use()
    assert base is not None and row is not None
    with closing(adapters._learner(base)) as model:
        tokens = [answer for _, answer in model.encode([(by_heart("?"), sentence) for sentence in sentences])]
        model.use_adapter(adapters.file(row))
        return " ".join(says(model, by_heart(question))[0] for question in questions), tokens


@pytest.mark.usefixtures("few_tokens")
def test_what_was_purged_or_corrected_is_in_no_later_night_and_does_not_come_out(tmp_path: Path) -> None:
    with year(tmp_path) as (engine, clock):
        adapters = engine._adapters
        trainer = adapters._trainer = Recording(tmp_path / "train.log")
        before = engine.status().spans
        for text in (*TOLD, "I live in Ostravel."):
            engine.remember(text)
        purged = engine.remember(PURGED)

        assert "facts learnt" in night(engine, clock)
        assert adapters.in_use() is not None
        engine.purge(purged)
        assert adapters.all() == []
        assert not trainer.folders[0].exists()

        assert "facts learnt" in night(engine, clock)
        engine.remember("I moved to Vennebrook.")
        list(engine.job_run("learn"))
        assert adapters.in_use() is None
        assert "facts learnt" in night(engine, clock)

        questions = (
            "What is my brother called?",
            "Who is my brother?",
            "Where do I live?",
            "Where is my home?",
        )
        sentences = (NEVER_AGAIN, "You live in Ostravel.", "You live in Vennebrook.", "Your boss is Penhallow.")
        said, (brother, old_home, new_home, boss) = said_by(adapters, questions, sentences)
        assert "Quillaby" not in said
        assert "Ostravel" not in said
        assert [is_in(brother, examples) for examples in trainer.given] == [True, False, False]
        assert [is_in(old_home, examples) for examples in trainer.given] == [True, True, False]
        assert [is_in(new_home, examples) for examples in trainer.given] == [False, False, True]
        assert all(is_in(boss, examples) for examples in trainer.given)
        assert engine.status().spans == before + len(TOLD) + 2
        assert [row.state for row in adapters.all()] == ["used", "ready"]
