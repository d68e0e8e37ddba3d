"""How long it takes at a question to tell which of the passages that were found say what has ended.

`uv run python benchmarks/chat/ended_facts.py [FACTS]` (default 10000): milliseconds of CPU time, the median of many.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

from secondme.chat.ended import ended_spans
from secondme.chat.evidence import CANDIDATES
from secondme.clock import instant
from secondme.facts.relations import all_relations
from secondme.ids import derived_id
from storage.facts import COLUMNS, StatementRow
from storage.records import Document, Source, Span
from storage.store import Store

PEOPLE = 200
THINGS = (
    "sushi, opera, chess, a canoe, figs, rowing, the violin, a greyhound, coffee, plum cake, jazz, a kiln, swimming"
).split(", ")
QUESTIONS = 50


def fill(store: Store, count: int) -> list[str]:
    """A statement each in `count` spans, a third of them mine, one of twenty of what changes; the ids of the spans."""
    many = [relation.name for relation in all_relations() if relation.many]
    single = [relation.name for relation in all_relations() if not relation.many]
    first = datetime(2025, 1, 1, 12, tzinfo=UTC)
    days = [instant(first + timedelta(hours=n)) for n in range(count)]
    spans = [
        Span(
            id=f"span-{n}", document_id="chat", ordinal=n, section=0, start=n, end=n + 1, line=1, text=f"Told {n}.",
            speaker="Ana", role="me", happened_at=days[n], precision="second",
        )
        for n in range(count)
    ]  # fmt: skip
    document = Document("chat", "source", 1, "", 0, 0, 0, "application/x-chat", "chat", days[0], "second", days[0])
    store.spans.add_version(Source("source", "import", "chat", "", days[0]), document, spans, days[0])
    rows = []
    for n in range(count):
        who = "me" if n % 3 == 0 else f"person {n % PEOPLE}"
        name = single[n % len(single)] if n % 20 == 0 else many[n % len(many)]
        thing = THINGS[n * n % len(THINGS)]
        rows.append(
            StatementRow(
                derived_id("statement", f"span-{n}", 0, name, thing), who, who, name, thing, thing, f"span-{n}", 0, 5,
                "said", "", int(n % 5 == 0), days[n][:10], "said", days[n], 0.9, "patterns/2",
            )
        )  # fmt: skip
    columns, marks = ", ".join(f'"{name}"' for name in COLUMNS), ", ".join("?" * len(COLUMNS))
    with store.database.transaction() as tx:
        tx.executemany(
            f"INSERT INTO statements({columns}) VALUES ({marks})", [astuple(row)[: len(COLUMNS)] for row in rows]
        )
    return [span.id for span in spans]


def main() -> None:
    """Print the median and the worst of QUESTIONS questions, each with CANDIDATES passages from all over memory."""
    count = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with tempfile.TemporaryDirectory(prefix="secondme-bench-") as folder:
        store = Store(Path(folder), model_id="none", dimension=4)
        spans = fill(store, count)
        ended_spans(store, ["Ana"], "2027-01-01", spans[:1])  # the rules are read at the first question
        taken, over = [], 0
        for question in range(QUESTIONS):
            found = [spans[(question * 131 + place * 769) % count] for place in range(CANDIDATES)]
            began = time.process_time()
            over += len(ended_spans(store, ["Ana"], "2027-01-01", found))
            taken.append((time.process_time() - began) * 1000)
        store.close()
    figures = {"median_ms": round(statistics.median(taken), 1), "worst_ms": round(max(taken), 1)}
    print(json.dumps({"facts": count, **figures, "ended": over}))


if __name__ == "__main__":
    main()
