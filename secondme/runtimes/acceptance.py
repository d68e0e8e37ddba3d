"""Whether a file or folder may become the model in use: its header is read, its digest noted or compared."""

from __future__ import annotations

from pathlib import Path

from secondme.errors import SecondMeError
from secondme.places import Places


def accept_model(where: Places, path: Path) -> None:
    """Check a model before it is chosen. Raises SecondMeError; then the setting should stay as it was."""
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
