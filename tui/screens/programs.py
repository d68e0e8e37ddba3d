"""The page of other programs: who may read memory, what each may, what it did last, and what they want remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from secondme.api import Program, ProgramCall, Proposal
from secondme.api.door import Door
from secondme.text.clean import clean, clean_line
from tui.actions import bindings
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.list_page import Line, ListPage, heading
from tui.times import when

CALLS = 200
"""Latest calls that are read, of all programs."""
SHOWN_CALLS = 5
REFRESH = 5.0
NAME = 18
SCOPES = 26
"""Cells of a program's name, and of what it may do."""
EMPTY = "No other program may read your memory. `secondme programs add NAME --see FOLDER` lets one in."
Row = Line[Program | Proposal]
_SIGNS = {"active": ("●", "$text-success"), "paused": ("○", "$text-warning"), "expired": ("✗", "$text-error")}


@dataclass
class ProgramsLoaded(Message):
    """The programs, their latest calls and the inbox were read."""

    programs: list[Program]
    calls: list[ProgramCall]
    proposals: list[Proposal]


class Detail(Static):
    """More of the chosen line."""

    DEFAULT_CSS = """
    Detail {
        height: auto; max-height: 12; margin: 0 1 1 1; padding: 0 1; background: $surface; overflow-y: auto;
    }
    """


class ProgramsScreen(ListPage[Program | Proposal]):
    """Each program, then the inbox; below, more of the one that is chosen."""

    PLACE = "programs"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)
    WAITING = "Reading who may read…"

    _calls_made: Sequence[ProgramCall] = ()

    def compose_below(self) -> Iterable[Widget]:
        """More of the chosen line."""
        yield Detail("", markup=False)

    def on_mount(self) -> None:
        """Read the list, and again every few seconds: programs call while it is looked at."""
        super().on_mount()
        self.set_interval(REFRESH, self.load)

    def read(self, door: Door) -> ProgramsLoaded:
        """Read the programs, their calls and the inbox."""
        return ProgramsLoaded(door.program_list(), door.program_calls(limit=CALLS), door.inbox_list())

    @on(ProgramsLoaded)
    def _loaded(self, event: ProgramsLoaded) -> None:
        self._calls_made = event.calls
        lines: list[Row | str] = []
        if event.programs:
            lines += ["Let in", *(Row(program_line(p, self.now()), p, p.name) for p in event.programs)]
        if event.proposals:
            lines += ["Inbox", *(Row(proposal_line(p, self.now()), p, p.id) for p in event.proposals)]
        note = f"{len(event.programs):,} let in" if event.programs else EMPTY
        waiting = f" · {len(event.proposals):,} in the inbox" if event.proposals else ""
        self.show(heading("Programs", note + waiting), lines)
        self._show_detail()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show_detail()

    def _show_detail(self) -> None:
        chosen = self.chosen
        detail = self.query_one(Detail)
        detail.display = chosen is not None
        if isinstance(chosen, Program):
            calls = [call for call in self._calls_made if call.program == chosen.name]
            detail.update(program_detail(chosen, calls[:SHOWN_CALLS], self.now()))
        elif chosen is not None:
            detail.update(proposal_detail(chosen))

    def action_pause(self) -> None:
        """Refuse all calls of the chosen program, or let it go on."""
        chosen = self.chosen
        if isinstance(chosen, Program):
            pause = chosen.state != "paused"
            note = f"{chosen.name} reads nothing until you let it go on." if pause else f"{chosen.name} may go on."
            self.load(lambda door: door.program_pause(chosen.name, paused=pause), note)

    def action_accept(self) -> None:
        """Make the chosen proposal a note."""
        chosen = self.chosen
        if isinstance(chosen, Proposal):
            self.load(lambda door: door.inbox_accept(chosen.id), "It is a note now, of the program that proposed it.")

    def action_reject(self) -> None:
        """Erase the chosen proposal."""
        chosen = self.chosen
        if isinstance(chosen, Proposal):
            self.load(lambda door: door.inbox_reject(chosen.id), "The proposal was erased.")

    def action_remove(self) -> None:
        """Take leave back from the chosen program, after a question."""
        chosen = self.chosen
        if not isinstance(chosen, Program):
            return

        def answered(choice: str | None) -> None:
            if choice == "remove":
                self.load(lambda door: door.program_remove(chosen.name), f"{chosen.name} was removed.")

        lines = (
            "Its calls are refused from now on, and the list of them is erased,",
            "as are its proposals that wait. Notes that you accepted stay.",
        )
        choices = (Choice("keep", "Keep it"), Choice("remove", "Remove", danger=True))
        self.app.push_screen(ConfirmScreen(f"Remove {chosen.name}?", lines, choices), answered)


def program_line(program: Program, now: datetime) -> Content:
    """A program: whether it may read, its name, what it may, and how much it did."""
    sign, colour = _SIGNS[program.state]
    state = "" if program.state == "active" else f"{program.state}, "
    last = when(program.last_call_at, now) if program.last_call_at else "never called"
    return Content.assemble(
        (f"{sign} ", colour),
        f"{clean_line(program.name, NAME):{NAME}} ",
        (
            clean_line(f"{state}{', '.join(program.grant.scopes)}", SCOPES).ljust(SCOPES),
            "" if program.state == "active" else colour,
        ),
        (f"  {program.calls_today:,} calls today, {last}", "$text-muted"),
    )


def proposal_line(proposal: Proposal, now: datetime) -> Content:
    """A proposal: of whom, when, and how it begins."""
    return Content.assemble(
        f"  {clean_line(proposal.program, NAME):{NAME}} ",
        (f"{when(proposal.at, now):>10}  ", "$text-muted"),
        clean_line(proposal.text, 200),
    )


def program_detail(program: Program, calls: Sequence[ProgramCall], now: datetime) -> Content:
    """What a program may see, its limits, and its last calls."""
    grant = program.grant
    sees = ", ".join(grant.sources) or "nothing: no source was chosen for it"
    left_out = [*grant.without_sources, *grant.without_people, *(f"what {who} says" for who in grant.without_speakers)]
    rows = [("sees", "everything" if sees == "all" else sees)]
    rows += [("but not", ", ".join(left_out))] if left_out else []
    rows += [("since", grant.since)] if grant.since else []
    rows += [("until", grant.expires)] if grant.expires else []
    rows.append(
        (
            "today",
            f"{program.calls_today:,} calls; {program.passages_today:,} of {grant.passages_per_day:,} passages; "
            f"at most {grant.calls_per_minute:,} calls a minute",
        )
    )
    for number, call in enumerate(calls):
        got = f"refused: {call.refusal}" if call.refusal else f"{len(call.span_ids):,} passages"
        query = f"  {call.query}" if call.query else ""
        rows.append(("last" if not number else "", f"{when(call.at, now)}  {call.tool}  {got}{query}"))
    return Content("\n").join(
        [Content.assemble((f"{label:8} ", "$text-muted"), clean(text, keep_newlines=False)) for label, text in rows]
    )


def proposal_detail(proposal: Proposal) -> Content:
    """All of a proposal."""
    why = f"\n\n{clean(proposal.why, keep_newlines=False)}" if proposal.why else ""
    return Content.assemble(clean(proposal.text), (why, "$text-muted"))
