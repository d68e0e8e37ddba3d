"""A scripted door with something of everything in it, whose operations can be made to fail from one moment on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from secondme.api import (
    Chat,
    ChatSummary,
    FileTrouble,
    FolderStatus,
    Profile,
    ProfileLine,
    ProfileSection,
    SourceSummary,
    TreeNode,
)
from secondme.api.operations import operation
from secondme.errors import SecondMeError
from tests.tui.samples import hit, memory_life, message, passage_view
from tests.tui.screens.test_activity import night
from tests.tui.screens.test_adapters import AdapterDoor
from tests.tui.screens.test_facts import known
from tests.tui.screens.test_forget import HANGING
from tests.tui.screens.test_memory import lake
from tests.tui.screens.test_programs import door as programs
from tests.tui.screens.test_why import REASONS
from tests.tui.scripted_door import READY, ScriptedDoor
from tests.tui.test_time_snapshots import lived_in


class BreakingDoor(AdapterDoor):
    """While `error` is set, each operation raises it; `raised` says which did."""

    def __init__(self) -> None:
        super().__init__(replace(READY, folders=(FolderStatus("f1", "/home/mira/notes", "watching", 31, None),)))
        self.error: SecondMeError | None = None
        self.raised: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        entry = operation(name)
        if entry is None or name == "watch_status":
            return value

        def call(*args: Any, **kwargs: Any) -> Any:
            if self.error is None:
                return value(*args, **kwargs)
            self.raised.append(name)
            if entry.streams:
                return _broken(self.error)
            raise self.error

        return call


def _broken(error: SecondMeError) -> Iterator[Any]:
    raise error
    yield


def full_door() -> BreakingDoor:
    """Each page has lines, and each line can be opened."""
    door = BreakingDoor()
    days, facts, jobs, trees = ScriptedDoor(), known(), night(), lake()
    lived_in(days)
    door.calendar = days.calendar
    door.known_facts = [replace(fact, closed_by="We live in Bristol") for fact in facts.known_facts]
    door.known_people = facts.known_people
    door.job_list, door.run_list, door.run_details = jobs.job_list, jobs.run_list, jobs.run_details
    door.trees, door.lives = trees.trees, {"span-1": memory_life(1)}
    door.trees[("topic", "")] = (TreeNode("span-1", "We meet Ana.", 1, span_id="span-1"), *door.trees[("topic", "")])
    door.views = {"span-1": passage_view(1)}
    door.reasons = {"message-1": REASONS, "span-1": replace(REASONS, kind="passage", id="span-1")}
    door.hanging = HANGING
    door.hits = [hit(number) for number in range(1, 5)]
    door.folders = list(door.status_now.folders)
    door.troubles = [FileTrouble("/home/mira/notes/scan.pdf", "failed", "its 12 pages hold no text")]
    others = programs()
    door.program_rows, door.program_call_rows = others.program_rows, others.program_call_rows
    door.proposals = others.proposals
    door.source_list = [
        SourceSummary("source-1", "file", "weekend.md", "weekend.md", "hidden", 12, 0, "2026-01-01T00:00:00Z", 1)
    ]
    line = ProfileLine("lives in Lisbon", "2024-05-03", ("span-1",), "I live in Lisbon", "line-1", "", "fact-1")
    door.known = Profile("2026-01-02", (ProfileSection("About you", (line,)),))
    door.summaries = [ChatSummary("chat-1", "Ana", 2, "2026-01-02T10:00:00Z", "2026-01-02T10:00:00Z")]
    door.saved["chat-1"] = Chat("chat-1", "Ana", (message(1, "user", "When?"), message(2, "assistant", "On Sunday.")))
    return door
