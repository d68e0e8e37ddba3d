"""What a new memory still lacks of the two models that come with a checkout, and getting it from the hub."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

from models.bundled import find_multilingual
from models.hub.client import Hub
from models.hub.first_models import (
    EMBEDDER,
    LANGUAGE_MODEL,
    FirstModel,
    find_first_embedder,
    find_first_language_model,
    plan_first,
)
from models.hub.record import PulledModel
from models.hub.store import ModelStore, PullProgress
from models.protocol import ModelError
from secondme.places import Places
from secondme.settings import Settings

PURPOSES = {"embeds": "finds by meaning, in English", "answers": "answers, in English"}


def missing_models(where: Places, settings: Settings) -> list[FirstModel]:
    """The models that have to be fetched, as nothing else was chosen in their place. Contacts nothing."""
    missing = []
    chosen = settings.embedder_path or settings.embedder_server_url or settings.embedder_bundled == "multilingual"
    if not chosen and not _has_embedder(where, settings.embedder_bundled):
        missing.append(EMBEDDER)
    if not (settings.model_path or settings.server_url) and not _has_language_model(where):
        missing.append(LANGUAGE_MODEL)
    return missing


def offer(missing: list[FirstModel], endpoint: str, folder: Path) -> Iterator[str]:
    """What would be fetched, from where, and how large it is: a line for each model, and one for all."""
    for model in missing:
        yield (
            f"{model.title}, which {PURPOSES[model.purpose]}: {model.size / 1e6:.1f} MB, {model.repository}, "
            f"licence {model.licence}"
        )
    whole = f"{sum(model.size for model in missing) / 1e6:.1f} MB"
    yield f"{whole} from {endpoint} and where it redirects to, into {folder}. Of your memory nothing is sent."


def fetch(model: FirstModel, where: Places, hub: Hub) -> Generator[PullProgress, None, Path]:
    """Get a model, or the rest of it: progress; returns the path of its weights. What came is kept when it is stopped.

    Raises ModelError.
    """
    store = ModelStore(where.models)
    for step in store.pull(plan_first(model, store, hub), hub):
        if isinstance(step, PulledModel):
            return store.path(step)
        yield step
    raise AssertionError("a pull ends with its model, or raises")


def _has_embedder(where: Places, which: str) -> bool:
    # Damaged ones have to be fetched again.
    with suppress(ModelError):
        if find_first_embedder(ModelStore(where.models), where.cache) is not None:
            return True
    with suppress(ModelError):
        return which == "auto" and find_multilingual(where.cache) is not None
    return False


def _has_language_model(where: Places) -> bool:
    with suppress(ModelError):
        return find_first_language_model(ModelStore(where.models), where.cache) is not None
    return False
