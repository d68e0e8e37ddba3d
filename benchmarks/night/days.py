"""Four hundred simulated days of forgetting: how many memories of each kind are hot, day by day, and the plot of it.

usage: days.py [PLOT.svg]       the clock is an argument; nothing is embedded, so that a day takes milliseconds
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from secondme.clock import FixedClock
from secondme.forgetting.fade_job import Forgetting
from secondme.forgetting.reinforcement import pin, reinforce
from secondme.index.indexer import Indexer
from secondme.ingest.notes import note
from secondme.jobs.job import Run
from secondme.text.terms import index_terms
from storage.store import Store

START = datetime(2026, 1, 1, 3, tzinfo=UTC)
DAYS = 400
GROUPS = {
    "small talk": ("chat", 6, "ok, talk to you later then"),
    "said in chats": (
        "chat",
        6,
        "the printer on the second floor was moved next to the large window by Ana and two others",
    ),
    "passages of files": (
        "file",
        4,
        "The heating of the flat is read in November by a man from the company who rings twice.",
    ),
    "recalled each week": ("chat", 0.2, "the code of the bicycle shed is written on the back of the old map"),
    "pinned": ("chat", 0.1, "the doctor can be called until noon"),
    "promised": ("chat", 0.1, "I will bring back the ladder on 5 May 2031"),
}
COLOURS = ("#9aa0a6", "#1a73e8", "#188038", "#e8710a", "#9334e6", "#d93025")


def simulate(policy: str) -> dict[str, list[float]]:
    """By group, the share of its memories that is hot on each day."""
    clock, dice = FixedClock(START), random.Random(1)
    shares: dict[str, list[float]] = {name: [] for name in GROUPS}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), model_id="none", dimension=1, analyse=index_terms)
        indexer = Indexer(store, None)
        spans: dict[str, list[str]] = {name: [] for name in GROUPS}
        number = 0
        for day in range(DAYS):
            for name, (kind, each, text) in GROUPS.items():
                for _ in range(int(each) + (dice.random() < each % 1)):
                    number += 1
                    source, document, found = note(f"{text} {number}", "Me", clock, f"n{number}")
                    store.spans.add_version(replace(source, kind=kind), document, found, source.added_at)
                    spans[name].append(found[0].id)
                    if name == "pinned":
                        pin(store, [found[0].id], clock.now(), pinned=True)
            indexer.drain()
            if day % 7 == 0:
                reinforce(store, spans["recalled each week"], clock.now())
            clock.turn(1)
            for _ in Run(store, clock, "forget").perform(Forgetting(lambda: policy), "schedule"):
                pass
            faded = {row[0] for row in store.database.read("SELECT id FROM spans WHERE faded_at IS NOT NULL")}
            for name, ids in spans.items():
                shares[name].append(sum(span_id not in faded for span_id in ids) / len(ids) if ids else 1.0)
        store.close()
    return shares


def plot(panels: Sequence[tuple[str, dict[str, list[float]]]]) -> str:
    """Shares over days as SVG, one panel a policy."""
    width, height, left, top = 420, 240, 46, 34
    parts = []
    for i, (title, shares) in enumerate(panels):
        x0 = left + i * (width + 60)
        parts.append(f'<text x="{x0}" y="{top - 14}" font-weight="bold">{title}</text>')
        for share in (0, 0.25, 0.5, 0.75, 1):
            y = top + height * (1 - share)
            parts.append(f'<line x1="{x0}" x2="{x0 + width}" y1="{y}" y2="{y}" stroke="#8884"/>')
            parts.append(f'<text x="{x0 - 8}" y="{y + 4}" text-anchor="end">{share:.0%}</text>')
        for day in range(0, DAYS + 1, 100):
            x = x0 + width * day / DAYS
            parts.append(f'<text x="{x}" y="{top + height + 18}" text-anchor="middle">{day}</text>')
        for colour, values in zip(COLOURS, shares.values(), strict=True):
            points = " ".join(
                f"{x0 + width * day / DAYS:.1f},{top + height * (1 - value):.1f}" for day, value in enumerate(values)
            )
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
    for i, (colour, name) in enumerate(zip(COLOURS, GROUPS, strict=True)):
        x, y = left + (i % 3) * 300, top + height + 46 + (i // 3) * 20
        parts.append(f'<rect x="{x}" y="{y - 9}" width="18" height="4" fill="{colour}"/>')
        parts.append(f'<text x="{x + 26}" y="{y - 3}">{name}</text>')
    total = left + len(panels) * (width + 60)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} {top + height + 80}" '
        f'font-family="sans-serif" font-size="12" fill="#777">' + "".join(parts) + "</svg>\n"
    )


def main() -> None:
    begun = time.perf_counter()
    panels = [(f"{policy}: hot memories, by day", simulate(policy)) for policy in ("gentle", "strong")]
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(plot(panels), encoding="utf-8")
    last = {title: {name: round(values[-1], 3) for name, values in shares.items()} for title, shares in panels}
    print(
        json.dumps({"days": DAYS, "seconds": round(time.perf_counter() - begun, 1), "hot_at_the_end": last}, indent=1)
    )


if __name__ == "__main__":
    main()
