"""The line at the bottom: model, context, index, folders, activity, and whether what is said is kept.

It says what is: a folder is `✓` only when it is looked after and all of it could be read, a rate is measured, and
while there is no engine nothing of its last state is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from time import monotonic

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from secondme.api import Passages, Status
from secondme.text.clean import clean
from tui.pace import Backlog, Pace

NARROW = 100
"""Below that many cells the name of the model is shortened."""
TROUBLE = 1
"""The rank of what is wrong: it is shortened where others are left out."""
_COUNTED = re.compile(r"(?P<name>.*?) (?P<done>[\d,]+) of (?P<total>[\d,]+)")
"""What the engine says of a job: its name, and how far it is."""


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

    def __init__(self) -> None:
        super().__init__()
        self._pace, self._backlog = Pace(), Backlog()
        self._work = ""

    def watch_state(self, state: EngineState) -> None:
        """Measure what runs, once for each status."""
        status = state.status
        self._work = "" if status is None else self._measure(status)

    def _measure(self, status: Status) -> str:
        """What runs now with its percent and rate: `embedding 62%, 54/s, 20 s left`."""
        said = clean(status.activity or status.job, keep_newlines=False)
        done, total = self._backlog.take(status.pending)
        name = said
        if counted := _COUNTED.fullmatch(said):
            name = counted["name"]
            done, total = (int(counted[which].replace(",", "")) for which in ("done", "total"))
        elif said != "embedding":
            return said
        return " ".join(filter(None, (name, self._pace.take(name, done, total, monotonic()))))

    def render(self) -> Content:
        """As many pieces as there is room for, in their order."""
        room = self.content_size.width
        pieces = status_pieces(self.state, self._work, narrow=room < NARROW - 2)
        kept: dict[int, Content] = {}
        for place, (rank, piece) in sorted(enumerate(pieces), key=lambda item: item[1][0]):
            left = room - sum(other.cell_length + 3 for other in kept.values())
            if piece.cell_length <= left or rank < 0:
                kept[place] = piece
            elif rank == TROUBLE and left >= 12:
                kept[place] = piece.truncate(left, ellipsis=True)
        return Content(" · ").join([kept[place] for place in sorted(kept)])


def status_pieces(state: EngineState, work: str = "", *, narrow: bool = False) -> list[tuple[int, Content]]:
    """The pieces in the order in which they stand, each with its rank. `work`: what runs, with its rate.

    Pieces of a low rank are left out last; a piece of rank -1 is always shown.
    """
    status = state.status
    pieces: list[tuple[int, Content]] = []
    for sentence in status.leaving if status is not None else ():
        pieces.append((-1, Content.styled(f"⇡ {clean(sentence, keep_newlines=False)}", "bold $text-warning")))
    off = (0, Content.styled("○ off the record", "bold $text-error"))
    if status is None or state.missing:
        missing = (0, Content.styled(clean(state.missing, keep_newlines=False), "$text-warning"))
        return [*pieces, missing, *([off] if state.off_record else [])]
    if status.problems:
        first = clean(status.problems[0].what, keep_newlines=False)
        more = f" (+{len(status.problems) - 1})" if len(status.problems) > 1 else ""
        pieces.append((TROUBLE, Content.styled(f"⚠ {first}{more}", "$text-error")))
    if status.reading:
        pieces.append((1, _reading(status.reading)))
    pieces.append((2, _model(status, narrow=narrow)))
    in_context = _context(state.passages) if state.passages is not None and state.passages.context_tokens else []
    pieces += in_context
    # Beside what fills the context, the size of the memory is among the first to go.
    pieces.append((7 if in_context and not status.pending else 4, _index(status)))
    if status.folders:
        pieces.append((6, _folders(status)))
    if status.waiting:
        proposals = f"{status.waiting:,} proposal{'s' if status.waiting != 1 else ''}"
        pieces.append((6, Content.styled(proposals, "$text-accent")))
    if work:
        pieces.append((3, Content.styled(work, "$text-accent")))
    pieces.append(off if state.off_record else (2, Content.assemble(("● ", "$text-success"), "remembering")))
    return pieces


def _context(passages: Passages) -> list[tuple[int, Content]]:
    """How full the model's context is, and with what."""
    used = round(100 * passages.prompt_tokens / passages.context_tokens)
    count = passages.whole or len(passages.citations)
    memories = f"{count:,} memor{'y' if count == 1 else 'ies'}"
    if passages.whole:
        memories = f"all {count:,} passages read" if count > 1 else "the one passage read"
    filling = ", ".join(f"{clean(name, keep_newlines=False)} {tokens:,}" for name, tokens in passages.filling)
    pieces = [(5, Content(f"context {used}% ({memories})"))]
    return [*pieces, (8, Content(filling))] if filling else pieces


def _model(status: Status, *, narrow: bool) -> Content:
    if status.rung == "full":
        name = Content.styled(clean(status.model, keep_newlines=False), "$foreground")
        return name.truncate(20, ellipsis=True) if narrow else name
    if status.rung == "no-model":
        return Content.styled("no language model: answers are quotes", "$text-warning")
    return Content.styled("words only: no language model, no embedder", "$text-warning")


def _reading(names: tuple[str, ...]) -> Content:
    """Who reads now: `editor reads`, `editor and 2 more read`."""
    first, more = clean(names[0], keep_newlines=False), len(names) - 1
    return Content.styled(f"◉ {first} and {more} more read" if more else f"◉ {first} reads", "bold $text-warning")


def _index(status: Status) -> Content:
    spans = f"{status.spans:,} passage{'s' if status.spans != 1 else ''}"
    if status.pending:
        return Content.assemble(spans, ", ", (f"{status.pending:,} pending", "$text-accent"))
    rebuilding = " (index rebuilding)" if status.index == "rebuilding" else ""
    return Content(spans + rebuilding)


def _folders(status: Status) -> Content:
    """`3 folders ✓`, or what is not well with them."""
    states = [folder.state for folder in status.folders]
    failed = sum(folder.failed for folder in status.folders)
    words = (("away", "away"), ("paused", "paused"), ("asking", "asks"))
    counts = [*((states.count(state), word) for state, word in words), (failed, "unreadable")]
    count = f"{len(states)} folder{'s' if len(states) != 1 else ''}"
    if not any(number for number, _ in counts):
        return Content(f"{count} ✓")
    said = ", ".join(f"{number:,} {word}" for number, word in counts if number)
    return Content.assemble(f"{count} ", (f"({said})", "$text-warning"))
