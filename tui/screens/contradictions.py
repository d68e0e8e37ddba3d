"""Facts that a later word ended: the later one holds, unless a person says that both do, or that one is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from secondme.api import FactView
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.calls import Calls
from tui.messages import CallFailed, ContradictionsLoaded
from tui.screens.dialog import hints
from tui.screens.list_page import ListPage
from tui.widgets.citations import PassageWanted


class ContradictionsScreen(ListPage):
    """What was ended by what."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("contradictions")

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls
        self._facts: list[FactView] = []

    def compose(self) -> ComposeResult:
        """A heading, the facts, the keys."""
        yield Static("Comparing what was said…", id="head", markup=False)
        yield OptionList(id="rows")
        yield Static(
            hints(("enter", "passage"), ("k", "both hold"), ("x", "the first is wrong"), ("esc", "back")),
            classes="keys",
        )

    def on_mount(self) -> None:
        """Ask for them."""
        self.query_one("#rows").focus()
        self._load(lambda door: None)

    def _load(self, change: Callable[[Door], object]) -> None:
        """Settle something, then read them anew."""

        def load(door: Door) -> Iterator[Message]:
            change(door)
            yield ContradictionsLoaded(door.facts(everything=True, contradicted=True))

        self._calls.run(self, load, "contradictions", exclusive=True)

    @on(ContradictionsLoaded)
    def _loaded(self, event: ContradictionsLoaded) -> None:
        self._facts = event.facts
        said = "The later one holds." if event.facts else "Nothing that was said contradicts anything else."
        head = Content.assemble(("Contradictions", "bold"), "\n", (said, "$foreground-muted"))
        self.query_one("#head", Static).update(head)
        options = self.query_one("#rows", OptionList)
        at = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(fact_lines(one)) for one in event.facts])
        options.highlighted = min(at, len(event.facts) - 1) if event.facts else None

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.post_message(PassageWanted(self._facts[event.option_index].span_id))

    def action_keep_both(self) -> None:
        """Both hold."""
        self._judge("kept", "Both hold now.")

    def action_reject(self) -> None:
        """The first one was wrong."""
        self._judge("rejected", "It counts no more.")

    def _judge(self, verdict: str, said: str) -> None:
        fact = self.chosen(self._facts)
        if fact is not None:
            self._load(lambda door: door.judge_fact(fact.id, verdict))
            self.app.notify(f"{said} `secondme facts accept {fact.id[:8]}` takes this back.", markup=False)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.query_one("#head", Static).update(clean(event.error.sentence(), keep_newlines=False))


def fact_lines(fact: FactView) -> Content:
    """A fact with its days, and the words that ended it."""
    days = f"  {fact.valid_from} to {fact.valid_to}"
    return Content.assemble(
        "  ",
        clean(fact.sentence, keep_newlines=False),
        (days, "$foreground-muted"),
        ("\n    ended by: ", "$foreground-muted"),
        clean(fact.closed_by, keep_newlines=False),
    )
