"""What the commands that pull models share: errors with a remedy, progress, and ctrl+c that keeps what has arrived."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import click

from secondme.cli.model_lines import bytes_text
from secondme.cli.terminal import INTERRUPTED, end_line, say, show_progress

if TYPE_CHECKING:
    from models.hub.catalogue import CatalogueModel
    from models.hub.client import Hub
    from models.hub.record import PulledModel
    from models.hub.store import ModelStore, PullPlan, PullProgress

SHOWN_EACH_SECONDS = 0.1
"""How often the progress of a pull is drawn."""


@contextmanager
def model_errors(catalogue: Sequence[CatalogueModel], name: str) -> Iterator[None]:
    """As `secondme.runtimes.model_errors`, and ends the line of the progress."""
    from secondme.runtimes.model_errors import model_errors as with_remedies

    try:
        with with_remedies(name, lambda: catalogue):
            yield
    finally:
        end_line()


def pull(store: ModelStore, plan: PullPlan, hub: Hub) -> PulledModel | None:
    """Pull with progress. Ctrl+c keeps what has arrived, says so, and ends with 130."""
    from models.hub.record import PulledModel

    done = plan.selection.size - plan.left
    try:
        with closing(store.pull(plan, hub)) as steps:
            for step in show_pull_progress(steps):
                if isinstance(step, PulledModel):
                    return step
                done = step.done
    except KeyboardInterrupt:
        end_line()
        kept = f"{bytes_text(done)} of {bytes_text(plan.selection.size)} are kept"
        say(f"Stopped; {kept}: the same command goes on from there.")
        click.get_current_context().exit(INTERRUPTED)
    return None


def show_pull_progress(steps: Iterator[Any]) -> Iterator[Any]:
    """Pass steps on, and show those that are progress, at most ten times a second."""
    from models.hub.store import PullProgress

    last = 0.0
    for step in steps:
        if isinstance(step, PullProgress) and time.monotonic() - last > SHOWN_EACH_SECONDS:
            last = time.monotonic()
            show_progress(_progress(step))
        yield step
    end_line()


def _progress(step: PullProgress) -> Any:
    from secondme.api import Progress

    million = 1_000_000
    return Progress(
        step.stage, step.done // million, step.total // million, "MB", step.per_second / million, step.seconds_left
    )
