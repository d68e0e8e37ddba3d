"""A whole engine over an empty store in a folder of its own, for evaluations that go through the ordinary doors."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secondme.clock import Clock
from secondme.engine.engine import Engine
from secondme.places import Places
from secondme.settings import save


@contextmanager
def temporary_engine(
    root: Path, config_file: Path, clock: Clock, *, cache: Path, me: str = "", model: str | None = None
) -> Iterator[Engine]:
    """An engine over an empty store in `root`, with the settings of `config_file`.

    `me` and `model` stand in for their settings; what models build in `cache` is kept for the next engine.
    Raises StoreError, ModelError or SecondMeError with a remedy.
    """
    where = Places(root / "data", cache, root / "config", root / "logs", root / "run")
    where.make()
    if config_file.exists():
        shutil.copy(config_file, where.config_file)
    if me:
        save(where.config_file, "me.name", me)
    if model is not None:
        save(where.config_file, "model.path", model)
    engine = Engine(where, clock)
    engine.start()
    try:
        yield engine
    finally:
        engine.close()
