"""What a screen gets from the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tui.calls import Calls
from tui.draft import DraftFile


@dataclass(frozen=True)
class Context:
    """The engine, the clock, and where unsent text is kept."""

    calls: Calls
    now: Callable[[], datetime]
    draft: DraftFile = field(default_factory=lambda: DraftFile(None))
