"""Change a setting from the command line: check it, write it, and have a running engine read it again."""

from __future__ import annotations

from pathlib import Path

from secondme.places import Places
from secondme.runtimes.acceptance import accept_model
from secondme.settings import save

NO_FILE = {"model.path": ("", "none"), "embedder.path": ("",)}
"""The settings that name the file of a model, and the values that name none."""


def change_setting(where: Places, key: str, value: str) -> None:
    """Change a setting; it is in force at once. Before a model is chosen, its header is read and its digest noted.

    Raises SecondMeError; then the setting stays as it was.
    """
    if key in NO_FILE and value not in NO_FILE[key]:
        value = str(Path(value).expanduser().absolute())
        accept_model(where, Path(value))
    save(where.config_file, key, value)
    reload_engine(where)


def reload_engine(where: Places) -> None:
    """Have a running engine read the settings again, and look again for models that it lacks."""
    if where.running_socket().exists():
        from secondme.server.client import client

        engine = client(where)
        if engine.hello() is not None:
            engine.reload()
