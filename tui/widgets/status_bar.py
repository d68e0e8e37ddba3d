"""The line at the bottom: model, context, index, folders, activity."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from secondme.api import Passages, Status
from secondme.text.clean import clean


@dataclass(frozen=True)
class EngineState:
    """What the bar shows: the engine's status, or in `missing` the reason why there is none."""

    status: Status | None = None
    missing: str = "starting…"
    passages: Passages | None = None
    off_record: bool = False
    """Whether nothing of what is said now is kept."""


class StatusBar(Widget):
    """A line; what does not fit is left out, the least important first."""

    DEFAULT_CSS = """
    StatusBar { height: 1; width: 100%; background: $panel; color: $text-muted; padding: 0 1; }
    """

    state: reactive[EngineState] = reactive(EngineState)

    def render(self) -> Content:
        """As many pieces as there is room for, in their order."""
        room = self.content_size.width
        pieces = status_pieces(self.state)
        kept: list[tuple[int, Content]] = []
        for rank, piece in sorted(pieces, key=lambda item: item[0]):
            needed = sum(other.cell_length + 3 for _, other in kept) + piece.cell_length
            if needed <= room or rank < 0:
                kept.append((rank, piece))
        ranks = {rank for rank, _ in kept}
        return Content(" · ").join([piece for rank, piece in pieces if rank in ranks])


def status_pieces(state: EngineState) -> list[tuple[int, Content]]:
    """The pieces in the order in which they stand, each with its rank.

    Pieces of a low rank are left out last; a piece of rank -1 is always shown.
    """
    status, passages = state.status, state.passages
    pieces = [(0, Content.styled("● off the record", "bold $text-error"))] if state.off_record else []
    for sentence in status.leaving if status is not None else ():
        pieces.append((-1, Content.styled(f"⇡ {clean(sentence, keep_newlines=False)}", "bold $text-warning")))
    if status is None or state.missing:
        return [*pieces, (0, Content.styled(clean(state.missing, keep_newlines=False), "$text-warning"))]
    pieces.append((1, _model(status)))
    if passages is not None and passages.context_tokens:
        used = round(100 * passages.prompt_tokens / passages.context_tokens)
        count = passages.whole or len(passages.citations)
        memories = f"{count:,} memor{'y' if count == 1 else 'ies'}"
        if passages.whole:
            memories = f"all {count:,} passages read" if count > 1 else "the one passage read"
        pieces.append((3, Content(f"context {used}% ({memories})")))
        filling = ", ".join(f"{name} {tokens:,}" for name, tokens in passages.filling)
        if filling:
            pieces.append((6, Content(filling)))
    pieces.append((2, _index(status)))
    if status.folders:
        pieces.append((5, _folders(status)))
    if status.activity or status.job:
        pieces.append((4, Content(clean(status.activity or f"job: {status.job}", keep_newlines=False))))
    if status.problems:
        first = clean(status.problems[0].what, keep_newlines=False)
        more = f" (+{len(status.problems) - 1})" if len(status.problems) > 1 else ""
        pieces.insert(0, (0, Content.styled(f"⚠ {first}{more}", "$text-error")))
    return pieces


def _model(status: Status) -> Content:
    if status.rung == "full":
        return Content.styled(clean(status.model, keep_newlines=False), "$foreground")
    if status.rung == "no-model":
        return Content.styled("no language model: answers are quotes", "$text-warning")
    return Content.styled("words only: no language model, no embedder", "$text-warning")


def _index(status: Status) -> Content:
    spans = f"{status.spans:,} passage{'s' if status.spans != 1 else ''}"
    if status.pending:
        return Content.assemble(spans, ", ", (f"{status.pending:,} pending", "$text-accent"))
    rebuilding = " (index rebuilding)" if status.index == "rebuilding" else ""
    return Content(spans + rebuilding)


def _folders(status: Status) -> Content:
    away = sum(folder.state == "away" for folder in status.folders)
    paused = sum(folder.state == "paused" for folder in status.folders)
    count = f"{len(status.folders)} folder{'s' if len(status.folders) != 1 else ''}"
    if not away and not paused:
        return Content(f"{count} ✓")
    states = ", ".join(f"{number} {word}" for number, word in ((away, "away"), (paused, "paused")) if number)
    return Content.assemble(f"{count} ", (f"({states})", "$text-warning"))
