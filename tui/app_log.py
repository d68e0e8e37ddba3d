"""The app's own log: when it began and ended, and calls to the engine that failed. It holds no memory's text."""

from __future__ import annotations

import logging
from pathlib import Path

LOG = logging.getLogger("secondme.app")
LOG.addHandler(logging.NullHandler())  # else Python writes to the terminal what no file takes


def log_to(file: Path) -> None:
    """Write what the app logs to `file`, at most half a megabyte and one older file. A folder that cannot be written
    is no reason not to start: then nothing is logged."""
    import logging.handlers

    handler: logging.Handler
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(file, maxBytes=500_000, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    LOG.handlers[:] = [handler]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
