"""The page that says why: where a memory came from, why it was recalled, what changed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Static

from secondme.api import Change, Scoring, Why
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.messages import CallFailed, ForgetRequested, PassageRequested
from tui.screens.page import Page
from tui.widgets.badge import badge
from tui.widgets.key_line import KeyLine

LABEL = 14
"""Cells of a label."""
VALUE = 7
WIDEST_BAR = 40
EXCERPT = 300
Piece = Content | str | tuple[str, str]


@dataclass
class WhyLoaded(Message):
    """What is known."""

    why: Why


class WhyScreen(Page):
    """Where it came from, why it was recalled, what changed it. The digits open the passages that show it."""

    CSS_PATH = Path(__file__).with_name("why.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings("why")

    def __init__(self, context: Context, target: str, question: str = "") -> None:
        super().__init__(context)
        self._target = target
        self._question = question
        self._why: Why | None = None
        self._all_signals = False
        self._targets: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """What it is, three sections, the keys."""
        with VerticalScroll(id="page"):
            yield Static("Looking it up…", id="what", markup=False)
            yield Static(id="stored", markup=False)
            yield Static(id="recalled", markup=False)
            yield Static(id="changed", markup=False)
        yield KeyLine("why", ("↑ ↓", "scroll"))

    def on_mount(self) -> None:
        """Ask for it."""
        self.query_one("#page").focus()
        self.calls.run(self, lambda door: iter([WhyLoaded(door.why(self._target, self._question))]), "why")

    @on(WhyLoaded)
    def _loaded(self, event: WhyLoaded) -> None:
        self._why = event.why
        shown = [detail.target for detail in event.why.stored if detail.target]
        self._targets = list(dict.fromkeys(target for target in shown if target != event.why.id))[:9]
        if event.why.kind == "passage":
            self._targets = [event.why.id, *self._targets][:9]
        self._show()

    def on_resize(self, event: Resize) -> None:
        """Fit the bars."""
        self._show()

    def _show(self) -> None:
        why = self._why
        if why is None:
            return
        width = max(self.query_one("#page").size.width - 6, 40)
        self.query_one("#what", Static).update(head_text(why))
        self.query_one("#stored", Static).update(stored_text(why, self._targets, width))
        self.query_one("#recalled", Static).update(recalled_text(why, width, all_signals=self._all_signals))
        self.query_one("#changed", Static).update(changed_text(why.changes))

    def action_forget(self) -> None:
        """Show what hangs on it; there it is hidden or erased."""
        if self._why is not None and self._why.kind != "fact":
            self.post_message(ForgetRequested(self._why.id))

    def action_signals(self) -> None:
        """Show each signal of recall, or only the parts of the score that they make."""
        self._all_signals = not self._all_signals
        self._show()

    def action_open_shown(self, number: int) -> None:
        """Open a passage that a line names."""
        if number <= len(self._targets):
            self.post_message(PassageRequested(self._targets[number - 1]))

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.query_one("#what", Static).update(clean(event.error.sentence(), keep_newlines=False))


def head_text(why: Why) -> Content:
    """What it is: its kind and its words."""
    words = "\n".join(line for line in why.text.splitlines() if not line.startswith(">"))  # its quotes are below
    return Content.assemble(
        badge(why.kind, word=False),
        (f" {_line(why.kind)}  ", "$text-muted"),
        (_excerpt(words), "bold"),
    )


def stored_text(why: Why, targets: Sequence[str], width: int) -> Content:
    """Where it came from, a row each, set beside its label; passages that can be opened have their digit."""
    rows: list[Content] = []
    for detail in why.stored:
        shown = why.id if why.kind == "passage" and detail.label == "Place" else detail.target
        number = f" [{targets.index(shown) + 1}]" if shown in targets else ""
        number = "" if number.strip() == detail.label else number
        rows.append(
            Content.assemble(
                (f"{_line(detail.label):<{LABEL}}", "$text-muted"),
                f"\n{'':{LABEL}}".join(wrap(_excerpt(detail.text), max(width - LABEL, 20))),
                (number, "bold $text-accent"),
            )
        )
    return _section("Stored", rows, "Nothing is recorded about it.")


def recalled_text(why: Why, width: int, *, all_signals: bool) -> Content:
    """How it scores for the question, the parts as bars."""
    if why.kind == "fact":
        nothing = "A fact is not recalled by itself: the passages that say it are. Open one and press w."
    elif not why.question:
        nothing = "No answer used it yet, so there is no question to score it for."
    else:
        nothing = "It is no longer in recall, so it scores for nothing."
    rows: list[Content] = []
    if why.scorings:
        rows.append(Content.assemble(("for ", "$text-muted"), f"“{_line(why.question)[:EXCERPT]}”"))
        rows.append(Content.styled("computed anew over the memory as it is now", "$text-muted"))
    for scoring in why.scorings:
        rows += [Content(""), *scoring_rows(scoring, width, all_signals=all_signals)]
    return _section("Recalled", rows, nothing)


def scoring_rows(scoring: Scoring, width: int, *, all_signals: bool) -> Iterable[Content]:
    """A passage's score: its place, then a bar for each part, and under it, if they are shown, its signals."""
    place = f"place {scoring.rank:,} of {scoring.candidates:,}" if scoring.rank else "not among the candidates"
    yield Content.assemble(
        (f"{scoring.score:.2f}", "bold $text-accent"), f"  {place}  ", (_line(scoring.title), "$text-muted")
    )
    parts = sorted(scoring.parts, key=lambda part: -abs(part.value))
    most = max((abs(part.value) for part in parts), default=0.0)
    most = max([most, *(abs(signal.share) for signal in scoring.signals if all_signals)])
    room = min(WIDEST_BAR, max(width - LABEL - VALUE - 4, 8))
    for part in parts:
        yield bar_row(part.name, part.value, most, room)
        for signal in scoring.signals if all_signals else ():
            if signal.part == part.name:
                note = f"  {signal.value:.2f} × {signal.weight:.2f}"
                yield bar_row(f"  {signal.name}", signal.share, most, room, note)
    for reason in scoring.because:
        yield Content.styled(f"{'':<{LABEL}}{_line(reason)}", "$text-muted")


def bar_row(name: str, value: float, most: float, room: int, note: str = "") -> Content:
    """A name, its value with its sign, a bar as long as the value is of the largest."""
    style = "$text-success" if value >= 0 else "$text-error"
    label = Content(_line(name)).truncate(LABEL - 1, ellipsis=True)
    return Content.assemble(
        label, " " * (LABEL - label.cell_length), (f"{value:+{VALUE}.2f}  ", "$foreground"),
        (bar(abs(value), most, room), style), (note, "$text-muted"),
    )  # fmt: skip


def bar(value: float, most: float, room: int) -> str:
    """A bar of at most `room` cells, to half a cell; the least value still shows."""
    halves = max(1, round(value / most * room * 2)) if most and value else 0
    return "━" * (halves // 2) + "╸" * (halves % 2)


def changed_text(changes: Sequence[Change]) -> Content:
    """What happened to it, oldest first."""
    rows = []
    for change in changes:
        note = f": {_line(change.note)}" if change.note else ""
        style = "$text-muted strike" if change.undone else "$foreground"
        rows.append(
            Content.assemble(
                (f"{_line(change.at)[:16].replace('T', ' '):<18}", "$text-muted"),
                (_line(change.what), style),
                (f" by {_line(change.by)}{note}", "$text-muted"),
                ("  undone since" if change.undone else "", "$text-warning"),
            )
        )
    return _section("Changed", rows, "Nothing has changed it.")


def _section(title: str, rows: Sequence[Content], nothing: str) -> Content:
    body = rows or [Content.styled(nothing, "$text-muted")]
    return Content("\n").join([Content.styled(title, "bold $title"), *body])


def _line(text: str) -> str:
    return clean(text, keep_newlines=False).replace("\n", " ")


def _excerpt(text: str) -> str:
    words = _line(text)
    return f"{words[:EXCERPT]}…" if len(words) > EXCERPT else words
