"""What a screen gets from the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tui.calls import Calls


@dataclass(frozen=True)
class Context:
    """The engine, and the clock."""

    calls: Calls
    now: Callable[[], datetime]
