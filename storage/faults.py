"""Named points at which tests may kill the process, to prove that nothing acknowledged is lost.

`SECONDME_CRASH_AT=NAME:N` ends the process at the N-th pass of the point NAME, as `kill -9` would.
`SECONDME_CRASH_LOG=FILE` appends each name passed, so that a point that is never reached can be found.
"""

from __future__ import annotations

import os
from collections import Counter

POINTS = (
    "migration.before_backup",
    "migration.after_backup",
    "migration.before_commit",
    "migration.after_commit",
    "ingest.before_commit",
    "ingest.after_commit",
    "message.before_commit",
    "message.after_commit",
    "vectors.before_commit",
    "vectors.after_commit",
    "annotate.before_commit",
    "annotate.after_commit",
    "tree.before_commit",
    "tree.after_commit",
    "rebalance.before_create",
    "rebalance.after_create",
    "rebalance.before_switch",
    "rebalance.after_switch",
    "run.before_commit",
    "run.after_commit",
    "step.before_commit",
    "step.after_commit",
    "finish.before_commit",
    "finish.after_commit",
    "undo.before_commit",
    "undo.after_commit",
    "night.before_commit",
    "night.after_commit",
    "recalled.before_commit",
    "recalled.after_commit",
    "outbox.before_commit",
    "outbox.after_commit",
    "hide.before_commit",
    "hide.after_commit",
    "erase.before_commit",
    "erase.after_commit",
    "erase.before_checkpoint",
    "erase.after_checkpoint",
    "index.before_dirty",
    "index.after_dirty",
    "index.before_upsert",
    "index.after_upsert",
    "index.before_delete",
    "index.after_delete",
    "index.before_close",
    "index.after_close",
    "index.before_clean",
    "index.after_clean",
    "rebuild.before_create",
    "rebuild.after_create",
    "rebuild.before_switch",
    "rebuild.after_switch",
    "rebuild.before_remove",
    "rebuild.after_remove",
    "words.before_create",
    "words.after_create",
    "words.before_commit",
    "words.after_commit",
    "words.before_switch",
    "words.after_switch",
    "words.after_extend",
    "words.before_remove",
    "words.after_remove",
    "snapshot.before_fsync",
    "snapshot.before_rename",
    "snapshot.after_rename",
    "import.before_commit",
    "import.after_commit",
)
"""Every point there is. A test passes through all of them."""

CRASH_EXIT_CODE = 86


_passed: Counter[str] = Counter()  # counts passes; only ever touched under test


def crash_point(name: str) -> None:
    """End the process here if the environment asks for it; otherwise cost one dictionary look-up."""
    wanted = os.environ.get("SECONDME_CRASH_AT")
    log = os.environ.get("SECONDME_CRASH_LOG")
    if wanted is None and log is None:
        return
    if name not in POINTS:
        raise ValueError(f"{name} is not listed in POINTS")
    _passed[name] += 1
    if log is not None:
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descriptor, f"{name}\n".encode())
        os.close(descriptor)
    if wanted == f"{name}:{_passed[name]}":
        os._exit(CRASH_EXIT_CODE)
