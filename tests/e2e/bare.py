"""What a program has that an MCP host starts: next to nothing of the environment."""

from __future__ import annotations

import os
from pathlib import Path

PASSED_ON = ("HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER")
"""All that a host of MCP servers passes on to them."""


def bare_environment(root: Path) -> dict[str, str]:
    """That environment, and the home of a memory as the host's configuration names it."""
    return {**{name: os.environ[name] for name in PASSED_ON if name in os.environ}, "SECONDME_HOME": str(root)}
