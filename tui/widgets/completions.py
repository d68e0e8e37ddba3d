"""What may be meant by what is being typed: a list above the box, while the cursor stays in the box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from secondme.text.clean import clean
from tui.widgets.key_line import KEY_STYLE


@dataclass(frozen=True)
class Completion:
    """One thing that may be meant: `insert` goes into the box; `detail` says more; `complete`: nothing follows it.

    `named`: the id of the source or passage that `insert` names, or empty. `line`: how it looks, where it is not
    a name with a key and a detail.
    """

    insert: str
    detail: str = ""
    key: str = ""
    complete: bool = True
    named: str = ""
    line: Content | None = None


class Completions(OptionList, can_focus=False):
    """Up and down choose, Tab or a click takes, Esc closes. The box hands the keys on."""

    DEFAULT_CSS = """
    Completions {
        height: auto; max-height: 9; margin: 0 1; padding: 0; display: none; background: $surface;
        text-wrap: nowrap; text-overflow: ellipsis;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-highlighted {
            background: $block-cursor-background; color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """

    @dataclass
    class Taken(Message):
        """The person clicked on one."""

        completion: Completion

    def __init__(self) -> None:
        super().__init__(id="completions")
        self._found: Sequence[Completion] = ()

    def show(self, found: Sequence[Completion]) -> None:
        """Show these; none closes the list."""
        if found == self._found:
            return
        self._found = found
        self.clear_options()
        width = max((len(completion.insert) for completion in found), default=0) + 2
        self.add_options([Option(completion.line or completion_line(completion, width)) for completion in found])
        self.highlighted = 0 if found else None
        self.display = bool(found)

    @property
    def chosen(self) -> Completion | None:
        """The one that is chosen, while the list is open."""
        place = self.highlighted
        return self._found[place] if self.display and place is not None and place < len(self._found) else None

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Taken(self._found[event.option_index]))


def completion_line(completion: Completion, width: int) -> Content:
    """What it is in a column of `width` cells, its key, and what it does."""
    name = clean(completion.insert, keep_newlines=False)
    return Content.assemble(
        (f"{name:<{width}}", "bold $text-accent"),
        (f"{completion.key:<8}", KEY_STYLE),
        (clean(completion.detail, keep_newlines=False), "$text-muted"),
    )
