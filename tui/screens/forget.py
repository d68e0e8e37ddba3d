"""The page that shows what hangs on something before it is forgotten, hides or erases it, and takes hiding back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from secondme.api import Dependent, DependentGroup, Dependents, Removal
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.keymap import with_keys
from tui.messages import PassageRequested, WhyRequested
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.list_page import Line, ListPage

_TITLES = {
    "passage": ("passage", "passages", "left out of every search and answer"),
    "answer": ("answer", "answers", "made from it, hidden and erased with it"),
    "fact": ("fact", "facts", "said in it, counted no more"),
    "summary": ("summary", "summaries", "with sentences that rest on it, which go"),
    "vector": ("vector", "vectors", "taken out of the index"),
    "name": ("name", "names", "that nothing else mentions"),
}
"""By kind: one, several, what becomes of them."""


@dataclass
class DependentsLoaded(Message):
    """What hangs on it."""

    found: Dependents
    snapshots: Sequence[str]
    """Names of snapshots in the usual folder; any of them may hold it."""


@dataclass
class Erased(Message):
    """It is gone."""

    removal: Removal


class ForgetScreen(ListPage[Dependent]):
    """h hides, X erases after a question, u takes hiding back; enter opens a passage of the list."""

    PLACE = "forget"
    KEYS: ClassVar = (("enter", "open"),)
    BINDINGS: ClassVar[list[BindingType]] = bindings("forget")
    CSS_PATH = Path(__file__).with_name("forget.tcss")
    WAITING = "Looking for what hangs on it…"

    def __init__(self, context: Context, target: str, on_change: Callable[[], None] | None = None) -> None:
        """`on_change` is called after anything was hidden, erased or brought back."""
        super().__init__(context)
        self._target = target
        self._on_change = on_change or (lambda: None)
        self._found: Dependents | None = None
        self._changing = False

    def compose_below(self) -> Iterable[Widget]:
        """What no erasing reaches."""
        yield Static("", id="notes", markup=False)

    def read(self, door: Door) -> Message:
        """What hangs on it."""
        from tui.screens.snapshots import FOLDER, snapshots_in

        return DependentsLoaded(
            door.dependents(self._target), [file.path.name for file in snapshots_in(Path.home() / FOLDER)]
        )

    @on(DependentsLoaded)
    def _loaded(self, event: DependentsLoaded) -> None:
        self._found = event.found
        lines: list[Line[Dependent] | str] = []
        for group in event.found.groups:
            lines.append(group_title(group))
            lines += [
                Line(Content("  " + _line(entry.text)), entry, f"{group.kind} {place}")
                for place, entry in enumerate(group.first)
            ]
            if group.count > len(group.first) and group.kind != "vector":
                more = Content.styled(f"  … {group.count - len(group.first):,} more", "$text-muted")
                lines.append(Line(more, Dependent(""), f"{group.kind} more"))
        self.show(head_text(event.found), lines)
        self.query_one("#notes", Static).update(
            notes_text(event.found, event.snapshots, with_keys(self.app, "@snapshots"))
        )
        if self._changing:
            self._changing = False
            self._on_change()

    def action_hide(self) -> None:
        """Hide it, with what was made from it."""
        if self._found is None or self._found.hidden_at:
            return
        target = self._found.id
        self._change(lambda door: door.forget(target))

    def action_unhide(self) -> None:
        """Bring it back as it was."""
        if self._found is None or not self._found.hidden_at:
            return
        target = self._found.id
        self._change(lambda door: door.restore(target))

    def _change(self, change: Callable[[Door], object]) -> None:
        self._changing = True
        self.load(change)

    def action_erase(self) -> None:
        """Ask once more, then erase it from every store."""
        found = self._found
        if found is None:
            return

        def answered(choice: str | None) -> None:
            if choice != "erase":
                return

            def erase(door: Door) -> Iterator[Message]:
                yield Erased(door.purge(found.id))

            self.calls.run(self, erase, "erase")

        lines = ["It is erased from every store, with all that this page lists. This cannot be undone."]
        choices = [Choice("no", "Cancel"), Choice("erase", "Erase for good", danger=True)]
        self.app.push_screen(ConfirmScreen(f"Erase {found.label}?", lines, choices), answered)

    @on(Erased)
    def _erased(self, event: Erased) -> None:
        self._found = None
        self._on_change()
        self.show(receipt_text(event.removal), [])
        self.query_one("#notes", Static).update(
            Content.styled(" ".join(map(_line, event.removal.notes)), "$text-muted")
        )

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        if self.chosen is None or not self.chosen.target:
            return
        group = next((group for group in self._groups if self.chosen in group.first), None)
        if group is not None and group.kind == "answer":
            self.post_message(WhyRequested(self.chosen.target))
        else:
            self.post_message(PassageRequested(self.chosen.target))

    @property
    def _groups(self) -> Sequence[DependentGroup]:
        return self._found.groups if self._found is not None else ()


def head_text(found: Dependents) -> Content:
    """What is forgotten, and how it stands."""
    what = Content.assemble(
        ("Forget ", "bold $title"), (f"the {_line(found.kind)} ", "$text-muted"), (f"“{_line(found.label)}”", "bold")
    )
    if found.hidden_at:
        state = Content.assemble(("✓ hidden", "$text-success"), " with all of this; ", ("u", "bold"), " brings it back")
    else:
        counts = [f"{group.count:,} {_titles(group)[group.count != 1]}" for group in found.groups]
        state = Content.styled(f"On it hang {_joined(counts)}." if counts else "Nothing hangs on it.", "$text-muted")
    return Content("\n").join([what, state])


def group_title(group: DependentGroup) -> str:
    """How many of a kind, and what becomes of them."""
    one, several, becomes = _titles(group)
    return f"{group.count:,} {one if group.count == 1 else several} {becomes}".rstrip()


def notes_text(found: Dependents, snapshots: Sequence[str] = (), key: str = "F9") -> Content:
    """What no erasing reaches, and what it takes besides."""
    notes = list(found.notes)
    if snapshots:
        more = f" and {len(snapshots) - 3:,} more" if len(snapshots) > 3 else ""
        notes.append(f"Snapshots in the folder of snapshots ({key}): {', '.join(snapshots[:3])}{more}.")
    if found.backups:
        one = found.backups == 1
        copies = f"{found.backups:,} {'copy' if one else 'copies'} from before an update"
        notes.append(f"{copies} may hold it; erasing it deletes {'that' if one else 'these'} too.")
    return Content("\n").join([Content.assemble(("⚠ ", "$text-warning"), _line(note)) for note in notes])


def receipt_text(removal: Removal) -> Content:
    """What an erasure took."""
    counts = (
        (removal.sources, "source"), (removal.spans, "passage"), (removal.messages, "message"),
        (removal.answers, "answer"),
    )  # fmt: skip
    taken = [f"{number:,} {word}{'s' if number != 1 else ''}" for number, word in counts if number]
    return Content.assemble(
        ("✓ Erased ", "bold $text-success"), f"{_joined(taken) or 'nothing'}. Nothing of it is left in this memory."
    )


def _titles(group: DependentGroup) -> tuple[str, str, str]:
    return _TITLES.get(group.kind, (_line(group.kind), _line(group.kind), ""))


def _joined(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _line(text: str) -> str:
    return clean(text, keep_newlines=False).replace("\n", " ")
