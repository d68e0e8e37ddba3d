"""The question of the first run is made from what was taken in, and the memory finds something for it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from secondme.chat.first_question import first_question
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.places import Places


def test_a_question_comes_from_the_first_note_and_none_from_an_empty_memory() -> None:
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        root = Path(name)
        where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
        where.make()
        engine = Engine(where, SystemClock())
        engine.start()
        try:
            assert first_question(engine) == ""
            engine.remember("The spare key for the boathouse hangs behind the kitchen door in Porto.")
            question = first_question(engine)
            assert question.startswith("What do I have about ")
            assert engine.recall(question, k=1, include_assistant=False)
        finally:
            engine.close()
