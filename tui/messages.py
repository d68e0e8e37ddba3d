"""Messages that more than one screen or widget knows; the others stand in the file of the screen that handles them.

A thread posts messages and touches no widget; only the handlers of messages do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from secondme.api import FolderStatus, Status
from secondme.errors import SecondMeError


@dataclass
class CallFailed(Message):
    """A call to the engine ended with an error; `group` is the one that the call was started with."""

    group: str
    error: SecondMeError


@dataclass
class EngineOpened(Message):
    """The connection to the engine was opened, at first or again."""


@dataclass
class StatusChanged(Message):
    """The engine's status, at the start and at each change."""

    status: Status


@dataclass
class SettingSaved(Message):
    """The engine has taken the value of a setting; empty: its default."""

    key: str
    value: str


@dataclass
class FolderWatched(Message):
    """A folder is being watched now."""

    folder: FolderStatus


@dataclass
class PassageRequested(Message):
    """The person wants to see a passage in its source."""

    span_id: str


@dataclass
class WhyRequested(Message):
    """The person asks why: of a passage, fact or answer, and for a question, or "" for the last that used it."""

    target: str
    question: str = ""


@dataclass
class FindRequested(Message):
    """The person wants to see what a search for some words finds."""

    query: str


@dataclass
class ForgetRequested(Message):
    """The person may want to forget something: by its id, or that of one of its passages. `on_change` is called after
    anything was hidden, erased or brought back."""

    target: str
    on_change: Callable[[], None] | None = None
