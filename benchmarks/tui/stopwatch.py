"""How long the app takes from a key, or another act, until what it leads to is painted."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.app import App
from textual.events import Key

POLL_SECONDS = 0.001
LIMIT_SECONDS = 60.0


@dataclass(frozen=True)
class Taken:
    """Milliseconds that passed, and those of this process's CPU time, which other work hardly changes."""

    wall: float
    cpu: float


async def painted(app: App[None], act: Callable[[], object], holds: Callable[[], object]) -> Taken:
    """The time from `act` until `holds` and the screen was drawn after that. Raises TimeoutError."""
    begun, begun_cpu = time.perf_counter(), time.process_time()
    act()
    while not holds():
        if time.perf_counter() - begun > LIMIT_SECONDS:
            raise TimeoutError("it never came to that")
        await asyncio.sleep(POLL_SECONDS)
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()
    return Taken(1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - begun_cpu))


def press(app: App[None], key: str) -> None:
    """Send a key as the terminal's driver does: Pilot itself would wait 20 ms twice."""
    driver = app._driver
    assert driver is not None
    driver.send_message(Key(key, " " if key == "space" else key if len(key) == 1 else None))


def summary(times: Sequence[Taken]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds, of the clock and of CPU time."""
    walls, cpus = sorted(taken.wall for taken in times), sorted(taken.cpu for taken in times)
    last = round(0.95 * (len(walls) - 1))
    return {
        "p50_ms": round(statistics.median(walls), 1),
        "p95_ms": round(walls[last], 1),
        "cpu_p50_ms": round(statistics.median(cpus), 1),
        "cpu_p95_ms": round(cpus[last], 1),
    }
