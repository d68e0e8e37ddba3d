"""Libraries that would show stack traces."""

from __future__ import annotations

import logging


def keep_traces_to_itself(library: str) -> None:
    """Let a library log nothing: without a handler its errors would go to stderr with their stack traces."""
    logger = logging.getLogger(library)
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
