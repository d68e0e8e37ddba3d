"""What a person does with models, for a screen: see what is here and what could be, get, choose and remove one."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from models.hub.client import Hub
from models.hub.record import PulledModel
from models.hub.reference import read_reference
from models.hub.store import PullPlan, PullProgress
from secondme.api.door import Door
from secondme.errors import NothingFound
from secondme.places import Places
from secondme.runtimes.acceptance import accept_model
from secondme.runtimes.model_errors import model_errors
from secondme.runtimes.planner import ModelPlan, Offer, Planner
from secondme.runtimes.shelf import BUNDLED, NO_MODEL, ModelShelf, ShelfModel
from secondme.runtimes.speeds import Measured, MeasuredSpeeds
from secondme.settings import bytes_of, load


@dataclass(frozen=True)
class Standing:
    """A model of the shelf with the speed at which it answered here."""

    model: ShelfModel
    measured: Measured


@dataclass(frozen=True)
class Desk:
    """All models, what is in use, and what interrupted pulls left behind (repository, bytes)."""

    models: tuple[Standing, ...]
    in_use: str
    """The name of the model that answers; `bundled` and `none` are words of their own."""
    bundled_speed: Measured
    server: str
    unfinished: tuple[tuple[str, int], ...]


class ModelDesk:
    """Works on the models of this computer. Only `plan` and `pull` contact the hub."""

    def __init__(self, where: Places, hub: Hub | None = None) -> None:
        self.where = where
        self.hub = hub or Hub()

    def look(self) -> Desk:
        """Everything but predictions, at once. Raises SecondMeError."""
        with model_errors(""):
            shelf = ModelShelf(self.where)
            memory = bytes_of(load(self.where.config_file)[0].model_memory)
            speeds = MeasuredSpeeds(self.where.model_speeds)
            models = tuple(
                Standing(model, speeds.of(model.path, memory) if model.path else Measured()) for model in shelf.models()
            )
            named = {standing.model.path: standing.model.name for standing in models if standing.model.path}
            return Desk(
                models,
                named.get(shelf.in_use, shelf.in_use),
                speeds.of(str(self._bundled(shelf) or ""), memory),
                shelf.server,
                tuple(shelf.store.unfinished_pulls()),
            )

    def offer(self) -> Offer:
        """What fits this machine and how fast it would be; measures for some seconds. Raises SecondMeError."""
        with model_errors(""):
            return Planner(self.where).offer()

    def plan_here(self, name: str) -> ModelPlan:
        """How a model would run here. Raises SecondMeError."""
        with model_errors(name):
            return Planner(self.where).of_model(name)

    def plan_pull(self, name: str) -> PullPlan:
        """Ask the hub what a pull would bring. Raises SecondMeError."""
        with model_errors(name):
            shelf = ModelShelf(self.where)
            return shelf.store.plan(read_reference(name, shelf.catalogue, ""), self.hub)

    def pull(self, plan: PullPlan) -> Generator[PullProgress, None, str]:
        """Get what was planned; returns the model's name. Closed early, it keeps what has arrived."""
        with model_errors(plan.reference.repository):
            for step in ModelShelf(self.where).store.pull(plan, self.hub):
                if isinstance(step, PulledModel):
                    return step.label
                yield step
        raise AssertionError("a pull ends with its model, or raises")

    def choose(self, name: str, door: Door) -> str:
        """Let a model answer, or embed; `bundled` and `none` too. Returns what it does now. Raises SecondMeError."""
        if name in (BUNDLED, NO_MODEL):
            door.set_setting("model.path", "" if name == BUNDLED else NO_MODEL)
            return "The bundled model answers now." if name == BUNDLED else "Answers are quotes now."
        shelf = ModelShelf(self.where)
        with model_errors(name):
            found = self._found(shelf, name)
            if found.format == "safetensors":
                # The embedder that `setup` fetched stands in for the bundled one, and no path names it.
                door.set_setting("embedder.path", "")
                door.set_setting("embedder.bundled", "english")
                return f"{name} embeds now."
            path = shelf.store.path(found)
            embeds = found.kind == "embedder" or shelf.embeds(path)
            accept_model(self.where, path)
        door.set_setting("embedder.path" if embeds else "model.path", str(path))
        return f"{name} {'embeds' if embeds else 'answers'} now."

    def remove(self, name: str, door: Door) -> int:
        """Delete a pulled model, or what an interrupted pull left; returns the bytes freed. The bundled model takes the
        place of one in use. Raises SecondMeError."""
        shelf = ModelShelf(self.where)
        with model_errors(name):
            if name in dict(shelf.store.unfinished_pulls()) and not shelf.store.find(name):
                return shelf.store.remove_unfinished_pull(name)
            found = self._found(shelf, name)
            if setting := shelf.uses(shelf.store.path(found)):
                door.set_setting(setting, "")
            return shelf.store.remove(found)

    @staticmethod
    def _found(shelf: ModelShelf, name: str) -> PulledModel:
        found = shelf.store.find(name)
        if not found:
            raise NothingFound(f"{name} is not on this computer.", "Get it first.")
        return found[0]  # the newest, where several revisions are there

    def _bundled(self, shelf: ModelShelf) -> Path | None:
        from models.hub.first_models import find_first_language_model

        found = find_first_language_model(shelf.store, self.where.cache)
        return found.path if found else None
