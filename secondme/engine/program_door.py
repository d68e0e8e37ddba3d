"""The part of the Door that other programs use, and with which a person says what they may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secondme.api import (
    AskEvent,
    Caller,
    FoundFacts,
    FoundPassages,
    Grant,
    NewProgram,
    PassageView,
    Program,
    ProgramCall,
    Proposal,
    Remembered,
    Turn,
)
from secondme.engine.changes import Changes
from secondme.engine.inbox import Inbox
from secondme.engine.program_calls import ProgramCalls
from secondme.engine.programs import Programs
from storage.store import Store


class ProgramDoor:
    """Operations of `secondme.api.door.Door` for programs and the inbox; `Engine` is one."""

    _store: Store
    _changes: Changes
    _programs: Programs
    _program_calls: ProgramCalls
    _inbox: Inbox

    def program_add(self, name: str, grant: Grant) -> NewProgram:
        return self._programs.add(name, grant)

    def program_change(self, name: str, grant: Grant) -> Program:
        return self._programs.change(name, grant)

    def program_token(self, name: str) -> NewProgram:
        return self._programs.new_token(name)

    def program_list(self) -> list[Program]:
        return self._programs.all()

    def program_show(self, name: str) -> Program:
        return self._programs.show(name)

    def program_pause(self, name: str, *, paused: bool = True) -> Program:
        program = self._programs.pause(name, paused=paused)
        self._changes.notify()
        return program

    def program_remove(self, name: str) -> None:
        self._programs.remove(name)
        self._changes.notify()

    def program_calls(self, name: str = "", *, limit: int = 50) -> list[ProgramCall]:
        return [
            ProgramCall(row.at, row.program, row.tool, row.span_ids, row.bytes, row.refusal, row.query)
            for row in self._store.programs.calls(name, limit=limit)
        ]

    def program_check(self, caller: Caller) -> Program:
        return self._programs.view(self._programs.of(caller))

    def program_recall(
        self, caller: Caller, query: str, *, limit: int = 6, since: str = "", until: str = ""
    ) -> FoundPassages:
        return self._program_calls.recall(caller, query, limit, since, until)

    def program_read(self, caller: Caller, span_id: str, *, around: int = 0) -> PassageView:
        return self._program_calls.read(caller, span_id, around)

    def program_facts(self, caller: Caller, *, about: str = "", as_of: str = "") -> FoundFacts:
        return self._program_calls.facts(caller, about, as_of)

    def program_ask(self, caller: Caller, question: str, *, earlier: Sequence[Turn] = ()) -> Iterator[AskEvent]:
        return self._program_calls.ask(caller, question, earlier)

    def program_remember(self, caller: Caller, text: str, *, why: str = "") -> Remembered:
        return self._program_calls.remember(caller, text, why)

    def program_embed(self, caller: Caller, texts: Sequence[str]) -> list[list[float]]:
        return self._program_calls.embed(caller, texts)

    def inbox_list(self) -> list[Proposal]:
        return self._inbox.waiting()

    def inbox_accept(self, proposal_id: str) -> Proposal:
        found = self._inbox.accept(proposal_id)
        self._changes.notify()
        return found

    def inbox_reject(self, proposal_id: str) -> Proposal:
        found = self._inbox.reject(proposal_id)
        self._changes.notify()
        return found
