"""The tour: six steps through the app, each in some words over its page. Esc leaves it at any step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.widgets.key_line import KeyHints


@dataclass(frozen=True)
class Step:
    """A step: the action that opens its page (empty: the chat), what to know of it, its most useful keys."""

    title: str
    words: str
    keys: tuple[tuple[str, str], ...]
    opens: str = ""


STEPS = (
    Step(
        "Ask",
        "Ask in plain words, as you would ask a friend. The answer comes first, then the passages that it rests on; "
        "a passage opens beside the answer. What your memory does not hold, it says it does not know.",
        (("@prompt.send", "ask"), ("@chat.open_citation", "open a passage"), ("@off_record", "off the record")),
    ),
    Step(
        "What is taken in",
        "Files, mail, chat exports and notes. A watched folder keeps itself up to date. What could not be read is "
        "listed with the reason.",
        (("@add", "add files"), ("@sources.watch", "watch a folder"), ("@remember", "keep a thought")),
        "sources",
    ),
    Step(
        "Find",
        "Finds by words and by meaning while you type, and says why each passage was found.",
        (("@find", "find"), ("enter", "open it in its source")),
        "find",
    ),
    Step(
        "Memory",
        "All of it as a tree by topic, time or source. Beside it stands how strongly a memory is held and when it "
        "fades; a pinned one never does. Forgetting shows first what hangs on it.",
        (("@memory.pin", "pin"), ("@memory.why", "why"), ("@memory.forget", "forget"), ("@memory.facts", "facts")),
        "memory",
    ),
    Step(
        "Timeline",
        "Years at a glance: the stronger the mark of a day, the more it holds. Go to any date, and see what held then.",
        (("@timeline.jump", "go to a date"), ("@timeline.known", "what held then")),
        "timeline",
    ),
    Step(
        "While you are away",
        "At quiet times the memory tidies itself: it merges, sums up, learns facts, lets the unused fade. Each run is "
        "listed here and can be undone. Nothing leaves this machine.",
        (("@activity.undo_run", "undo a run"), ("@help", "the keys of any page"), ("@command_palette", "all commands")),
        "activity",
    ),
)


class TourScreen(ModalScreen[int]):
    """A step over its page. Dismissed with the number of the step to go to, or -1 to leave."""

    CSS_PATH = Path(__file__).with_name("tour.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,space", "go(1)", "Next", show=False),
        Binding("left,backspace", "go(-1)", "Back", show=False),
        Binding("escape", "leave", "Leave", show=False),
    ]

    def __init__(self, step: int) -> None:
        super().__init__()
        self._step = step

    def compose(self) -> ComposeResult:
        """Title, words, the keys of the page, the keys of the tour."""
        step = STEPS[self._step]
        title = Content.assemble(
            (f"{step.title}", "bold $title"), (f"   step {self._step + 1} of {len(STEPS)}", "$text-muted")
        )
        last = self._step == len(STEPS) - 1
        with Vertical(id="card"):
            yield Static(title, markup=False)
            yield Static(step.words, id="words", markup=False)
            yield KeyHints(*step.keys, id="keys")
            yield KeyHints(("enter", "finish" if last else "next"), ("left", "back"), ("esc", "leave the tour"))

    def action_go(self, by: int) -> None:
        """To the next step or the one before; after the last one the tour is over."""
        step = max(self._step + by, 0)
        if step != self._step:
            self.dismiss(step if step < len(STEPS) else -1)

    def action_leave(self) -> None:
        """Leave the tour."""
        self.dismiss(-1)

    def on_click(self) -> None:
        """A click goes on."""
        self.action_go(1)
