"""The part of the Door that trains, shows, uses and removes personal adapters."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from secondme.adapters.personal import PersonalAdapters
from secondme.api import Hit, Progress
from secondme.api.adapters import Adapter, AdapterFigure
from secondme.recall.hits import plain_hit
from storage.adapters import AdapterRow


class AdapterDoor:
    """Operations of `secondme.api.door.Door` on personal adapters; `Engine` is one."""

    _adapters: PersonalAdapters

    def adapters(self) -> list[Adapter]:
        found = self._adapters.with_reasons()
        numbers = {row.id: row.number for row, _ in found}
        return [_view(row, numbers.get(row.parent, 0), why) for row, why in found]

    def adapter(self, number: int) -> Adapter:
        self._adapters.numbered(number)
        return next(found for found in self.adapters() if found.number == number)

    def adapter_passages(self, number: int) -> list[Hit]:
        return [plain_hit(span) for span in self._adapters.passages(number)]

    def adapter_train(self) -> Iterator[Progress]:
        stop = threading.Event()
        try:
            yield from self._adapters.train(stop)
        finally:
            stop.set()

    def adapter_use(self, number: int) -> Adapter:
        self._adapters.use(number)
        return self.adapter(number)

    def adapter_off(self) -> None:
        self._adapters.off()

    def adapter_remove(self, number: int) -> None:
        self._adapters.remove(number)


def _view(row: AdapterRow, parent: int, why: str) -> Adapter:
    state = row.state if row.state in ("training", "refused") or not why else "off"
    return Adapter(
        row.number, state, row.base, row.made_at, row.spans, len(row.facts), parent,
        "" if row.state == "training" else why, tuple(_figures(row)),
        row.base_digest, _recipe(row),
    )  # fmt: skip


def _recipe(row: AdapterRow) -> str:
    """How it was trained; what a snapshot brought may say less."""
    told = (("layers from", "first_layer"), ("rank", "rank"), ("epochs", "epochs"))
    return ", ".join(f"{what} {row.recipe[key]}" for what, key in told if key in row.recipe)


def _figures(row: AdapterRow) -> Iterator[AdapterFigure]:
    """What was measured, side by side."""
    if not row.figures:
        return
    alone, adapted = row.figures["alone"], row.figures["adapted"]
    for what, part, whole in (
        ("facts in other words, said right", "facts_right", "facts"),
        ("facts, shown after memory confirmed them", "shown_right", "facts"),
        ("facts, shown and wrong", "shown_wrong", "facts"),
        ("never told: says so", "untold_refused", "untold"),
        ("never told: shown all the same", "untold_shown", "untold"),
        ("general questions", "general_right", "general"),
    ):
        yield AdapterFigure(what, f"{alone[part]} of {alone[whole]}", f"{adapted[part]} of {adapted[whole]}")
    yield AdapterFigure("perplexity of plain text", f"{alone['perplexity']:.1f}", f"{adapted['perplexity']:.1f}")
    yield AdapterFigure("answers that end by themselves", f"{alone['ended']:.0%}", f"{adapted['ended']:.0%}")
