"""Asks the questions of random tables and compares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from secondme.chat.tables.answers import TableQuestions
from secondme.clock import SystemClock
from secondme.ingest.ingestion import Ingestion
from storage.removal import Target
from storage.store import Store
from tests.worlds.random_tables import world

NOW = datetime(2026, 5, 10, tzinfo=UTC)


def score(folder: Path, seeds: Iterable[int]) -> dict[str, Any]:
    """How many questions got the right number, a wrong one, or none though there is one; the wrong ones in words."""
    (folder / "data").mkdir()
    store = Store(folder / "data", model_id="none", dimension=1)
    ingestion = Ingestion(store, SystemClock(), count_tokens=None, max_bytes=10**6)
    asked = right = declined = 0
    wrong: list[str] = []
    missed: list[str] = []
    for seed in seeds:
        made = world(seed)
        place = folder / str(seed)
        place.mkdir()
        for name, text in made.files.items():
            (place / name).write_text(text)
            ingestion.take_file(place / name)
        for question in made.asked:
            asked += 1
            answer = TableQuestions(store).answer(question.text, NOW)
            if answer is None or not answer.sql:
                declined += question.cents is not None
                if question.cents is not None and len(missed) < 20:
                    missed.append(f"{seed}: {question.text} -> {answer.text if answer else None}")
                right += question.cents is None
                continue
            found = re.match(r"-?[\d,]+\.\d\d", answer.text)
            said = round(float(found[0].replace(",", "")) * 100) if found else None
            if said == question.cents:
                right += 1
            else:
                wrong.append(f"{seed}: {question.text} -> {answer.text} (not {question.cents})")
        for name in made.files:
            known = store.spans.file(str(place / name))
            assert known is not None
            store.removal.erase([Target("source", known.source_id, "")], "2026-01-01")
    store.close()
    return {"asked": asked, "right": right, "declined": declined, "wrong": wrong, "missed": missed}
