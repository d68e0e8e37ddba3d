"""What programs want remembered: it waits until a person makes it a note, or erases it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from secondme.api import Grant, Proposal, Remembered
from secondme.clock import Clock, instant
from secondme.engine.programs import DAY
from secondme.errors import LimitReached, NotGranted, NothingFound, UsageError
from secondme.ids import new_id
from secondme.ingest.secrets import settle
from secondme.text.clean import clean
from secondme.text.terms import content_stems
from storage.programs import ProposalRow
from storage.store import Store

LONGEST_TEXT = 2000
LONGEST_REASON = 300
GIVEN_CALLS = 200
"""Latest calls of the last day whose passages a proposal must not repeat."""
RUN = 3
"""Words of a run that is looked for."""
REPEATED_WORDS = 0.8
"""A proposal with this share of its words in one passage that was given repeats it, in whatever order."""
REPEATED_RUNS = 0.5
"""A proposal with this share of its runs of words in the passages that were given repeats them."""
FEWEST_WORDS = 4
"""Fewer words are found in many passages by chance; then only their run counts."""


class Inbox:
    """Takes proposals, and does with them what a person says."""

    def __init__(self, store: Store, clock: Clock, keep: Callable[[str, str], str]) -> None:
        """`keep` makes a note of a text, as a program's, and returns its source id."""
        self._store = store
        self._clock = clock
        self._keep = keep

    def propose(self, program: str, grant: Grant, text: str, why: str) -> Remembered:
        """Take a text of a program. Raises UsageError, LimitReached, NotGranted."""
        text = settle(clean(text).strip(), "mask")
        why = clean(why, keep_newlines=False).strip()[:LONGEST_REASON]
        if not text:
            raise UsageError("There is no text to remember.", "Say what to remember.")
        if len(text) > LONGEST_TEXT:
            raise UsageError(f"A note has at most {LONGEST_TEXT:,} characters.", "Say it in fewer words.")
        now = self._clock.now()
        lately = self._store.programs.proposals(state="", name=program, since=instant(now - DAY))
        for row in lately:
            if row.state == "waiting" and row.text == text:
                return Remembered("waiting", row.id)
        if len(lately) >= grant.proposals_per_day:
            raise LimitReached("This program proposed as much as it may in a day.", "Try again tomorrow.")
        if repeats(text, self._given(program, instant(now - DAY))):
            raise NotGranted(
                "This repeats what was read from this memory, which holds it already.", "Propose only what is new."
            )
        row = ProposalRow(new_id(), program, text, why, instant(now), "waiting", "")
        if "write" in grant.scopes:
            return Remembered("kept", self._accept(row).source_id)
        self._store.programs.put_proposal(row)
        return Remembered("waiting", row.id)

    def waiting(self) -> list[Proposal]:
        """Proposals that wait, oldest first."""
        return [_view(row) for row in self._store.programs.proposals()]

    def accept(self, proposal_id: str) -> Proposal:
        """Make a proposal a note. Raises NothingFound, UsageError."""
        return _view(self._accept(self._one(proposal_id)))

    def reject(self, proposal_id: str) -> Proposal:
        """Erase what a proposal says. Raises NothingFound, UsageError."""
        row = replace(self._one(proposal_id), text="", why="", state="rejected")
        self._store.programs.put_proposal(row)
        return _view(row)

    def _accept(self, row: ProposalRow) -> ProposalRow:
        # The text is in the note alone, so that a purge of the note leaves none of it.
        accepted = replace(row, text="", why="", state="accepted", source_id=self._keep(row.text, row.program))
        self._store.programs.put_proposal(accepted)
        return accepted

    def _one(self, proposal_id: str) -> ProposalRow:
        row = self._store.programs.proposal(proposal_id)
        if row is None:
            raise NothingFound("There is no such proposal.", "`secondme inbox list` lists those that wait.")
        if row.state != "waiting":
            raise UsageError(f"This proposal was {row.state} before.", "`secondme inbox list` lists those that wait.")
        return row

    def _given(self, program: str, since: str) -> list[str]:
        """Texts of the passages that a program was given lately."""
        calls = self._store.programs.calls(program, limit=GIVEN_CALLS, since=since)
        ids = dict.fromkeys(span_id for call in calls for span_id in call.span_ids)
        return [found.span.text for found in self._store.spans.by_id(list(ids)).values()]


def repeats(text: str, given: Sequence[str]) -> bool:
    """Whether a text says again what stands in passages that were given: in their words, or in long pieces of them."""
    words, runs = _read(text)
    known_runs: set[tuple[str, ...]] = set()
    for passage in given:
        of_passage, runs_of_passage = _read(passage)
        known_runs |= runs_of_passage
        if len(words) >= FEWEST_WORDS and len(words & of_passage) >= REPEATED_WORDS * len(words):
            return True
    if not runs:
        return bool(words) and any(text.strip().casefold() in passage.casefold() for passage in given)
    return len(runs & known_runs) >= REPEATED_RUNS * len(runs)


def _read(text: str) -> tuple[set[str], set[tuple[str, ...]]]:
    """The words of a text that say something, and their runs."""
    words = content_stems(text)
    return set(words), {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _view(row: ProposalRow) -> Proposal:
    return Proposal(row.id, row.program, row.text, row.why, row.at, row.state, row.source_id)  # type: ignore[arg-type]
