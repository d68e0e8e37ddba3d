"""The part of the Door that trains, shows, uses and removes personal adapters, and writes with one."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from secondme.adapters.personal import PersonalAdapters
from secondme.api import Hit, Progress
from secondme.api.adapters import Adapter, AdapterFigure, AdapterKind
from secondme.api.drafts import DraftEvent
from secondme.recall.hits import plain_hit
from secondme.voice.drafts import Drafts
from storage.adapters import AdapterRow

_COUNTED = (
    ("facts in other words, said right", "facts_right", "facts"),
    ("facts, shown after memory confirmed them", "shown_right", "facts"),
    ("facts, shown and wrong", "shown_wrong", "facts"),
    ("never told: says so", "untold_refused", "untold"),
    ("never told: shown all the same", "untold_shown", "untold"),
    ("general questions", "general_right", "general"),
)
"""What a figure is called, its name in the record, and that of the whole of which it is a part."""
_MEASURED = (
    ("perplexity of messages of yours", "own", "{:.1f}"),
    ("perplexity of other people's messages", "others", "{:.1f}"),
    ("perplexity of plain text", "perplexity", "{:.1f}"),
    ("answers that end by themselves", "ended", "{:.0%}"),
)
"""What a figure is called, its name in the record, and how it is written."""


class AdapterDoor:
    """Operations of `secondme.api.door.Door` on personal adapters; `Engine` is one."""

    _adapters: PersonalAdapters
    _drafts: Drafts

    def adapters(self) -> list[Adapter]:
        found = self._adapters.with_reasons()
        numbers = {row.id: row.number for row, _ in found}
        return [_view(row, numbers.get(row.parent, 0), why) for row, why in found]

    def adapter(self, number: int) -> Adapter:
        self._adapters.numbered(number)
        return next(found for found in self.adapters() if found.number == number)

    def adapter_passages(self, number: int) -> list[Hit]:
        return [plain_hit(span) for span in self._adapters.passages(number)]

    def adapter_train(self, kind: AdapterKind = "facts") -> Iterator[Progress]:
        stop = threading.Event()
        try:
            yield from self._adapters.train(stop, kind)
        finally:
            stop.set()

    def adapter_use(self, number: int) -> Adapter:
        self._adapters.use(number)
        return self.adapter(number)

    def adapter_off(self, number: int = 0) -> None:
        self._adapters.off(number)

    def adapter_remove(self, number: int) -> None:
        self._adapters.remove(number)

    def draft(self, order: str) -> Iterator[DraftEvent]:
        return self._drafts.write(order)


def _view(row: AdapterRow, parent: int, why: str) -> Adapter:
    state = row.state if row.state in ("training", "refused") or not why else "off"
    return Adapter(
        row.number, state, row.base, row.made_at, row.spans, len(row.facts), parent,
        "" if row.state == "training" else why, tuple(_figures(row)),
        row.base_digest, _recipe(row), row.kind,
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
    for what, part, whole in _COUNTED:
        if part in alone:
            yield AdapterFigure(what, f"{alone[part]} of {alone[whole]}", f"{adapted[part]} of {adapted[whole]}")
    for what, part, form in _MEASURED:
        if part in alone:
            yield AdapterFigure(what, form.format(alone[part]), form.format(adapted[part]))
