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
from secondme.errors import SecondMeError


class ProgramDoor:
    """Operations of `secondme.api.door.Door` for programs and the inbox; `Engine` is one."""

    def program_add(self, name: str, grant: Grant) -> NewProgram:
        raise _not_ready()

    def program_change(self, name: str, grant: Grant) -> Program:
        raise _not_ready()

    def program_token(self, name: str) -> NewProgram:
        raise _not_ready()

    def program_list(self) -> list[Program]:
        return []

    def program_show(self, name: str) -> Program:
        raise _not_ready()

    def program_pause(self, name: str, *, paused: bool = True) -> Program:
        raise _not_ready()

    def program_remove(self, name: str) -> None:
        raise _not_ready()

    def program_calls(self, name: str = "", *, limit: int = 50) -> list[ProgramCall]:
        return []

    def program_check(self, caller: Caller) -> Program:
        raise _not_ready()

    def program_recall(
        self, caller: Caller, query: str, *, limit: int = 6, since: str = "", until: str = ""
    ) -> FoundPassages:
        raise _not_ready()

    def program_read(self, caller: Caller, span_id: str, *, around: int = 0) -> PassageView:
        raise _not_ready()

    def program_facts(self, caller: Caller, *, about: str = "", as_of: str = "") -> FoundFacts:
        raise _not_ready()

    def program_ask(self, caller: Caller, question: str, *, earlier: Sequence[Turn] = ()) -> Iterator[AskEvent]:
        raise _not_ready()

    def program_remember(self, caller: Caller, text: str, *, why: str = "") -> Remembered:
        raise _not_ready()

    def program_embed(self, caller: Caller, texts: Sequence[str]) -> list[list[float]]:
        raise _not_ready()

    def inbox_list(self) -> list[Proposal]:
        return []

    def inbox_accept(self, proposal_id: str) -> Proposal:
        raise _not_ready()

    def inbox_reject(self, proposal_id: str) -> Proposal:
        raise _not_ready()


def _not_ready() -> SecondMeError:
    return SecondMeError("Programs cannot be let in yet.", "This comes with the next version.")
