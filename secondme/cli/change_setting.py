"""Change a setting from the command line: check it, write it, and have a running engine read it again."""

from __future__ import annotations

from pathlib import Path

from secondme.errors import SecondMeError
from secondme.places import Places
from secondme.settings import save

NO_FILE = {"model.path": ("", "none"), "embedder.path": ("",)}
"""The settings that name the file of a model, and the values that name none."""


def change_setting(where: Places, key: str, value: str) -> None:
    """Change a setting; it is in force at once. Before a model is chosen, its header is read and its digest noted.

    Raises SecondMeError; then the setting stays as it was.
    """
    if key in NO_FILE and value not in NO_FILE[key]:
        value = str(Path(value).expanduser().absolute())
        _accept_model(where, Path(value))
    save(where.config_file, key, value)
    reload_engine(where)


def reload_engine(where: Places) -> None:
    """Have a running engine read the settings again, and look again for models that it lacks."""
    if where.socket.exists():
        from secondme.server.client import client

        engine = client(where)
        if engine.hello() is not None:
            engine.reload()


def _accept_model(where: Places, path: Path) -> None:
    from models.hub.store import ModelStore
    from models.protocol import ModelError
    from secondme.runtimes.registry import runtime_of

    store = ModelStore(where.models)
    try:
        runtime_of(path).check(path)
        if any(path == store.path(model) for model in store.models()):
            store.check(path)
        else:
            store.adopt(path)
    except ModelError as error:
        raise SecondMeError(error.what, error.remedy, "The setting was not changed.") from error
    except OSError as error:
        raise SecondMeError(
            f"The digest of {path} cannot be noted below {where.models} ({error.strerror}).",
            "Make that folder writable.",
            "The setting was not changed.",
        ) from error
