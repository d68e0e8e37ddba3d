"""What fits this machine now: plans for the model in use, for a named model, or for the whole catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from secondme.errors import NothingFound, UsageError
from secondme.places import Places
from secondme.runtimes.shelf import BUNDLED, NO_MODEL, ModelShelf
from secondme.runtimes.speeds import Measured, MeasuredSpeeds
from secondme.settings import Settings, bytes_of, load

if TYPE_CHECKING:
    from models.hub.catalogue import CatalogueModel
    from models.planning.plan import Plan
    from models.planning.speed import Machine

PLANNED_FORMAT = "gguf"
"""The only form of models whose plans can be made."""
ESTIMATED_KINDS = {"Q4_0": 2, "Q4_K_M": 12, "Q5_K_M": 13, "Q6_K": 14, "Q8_0": 8, "F16": 1}
_FAST_ENOUGH = 3.0
"""Tokens a second; few people wait for a slower answer."""


@dataclass(frozen=True)
class ModelPlan:
    """A plan of a model. `estimated`: it was made from parameters and bits, because the file is not here."""

    name: str
    path: str
    quantization: str
    plan: Plan
    estimated: bool
    measured: Measured = field(default_factory=Measured)


@dataclass(frozen=True)
class Offer:
    """All models that could run, and the memory and the disk (bytes a second) of their plans."""

    memory: int
    available: int
    disk: float
    plans: Sequence[ModelPlan]


class Planner:
    """Plans for models, with the speed of this machine."""

    def __init__(self, where: Places, memory: str = "") -> None:
        """`memory`: such as 6GB; by default what `model.memory` says, or four fifths of what is free.

        Raises UsageError.
        """
        from models.machine.memory_use import available_bytes

        self._where = where
        self._settings: Settings = load(where.config_file)[0]
        self._shelf = ModelShelf(where)
        self.available = available_bytes()
        self.promised = bytes_of(memory) or bytes_of(self._settings.model_memory)
        self.memory = self.promised or self.available * 4 // 5
        self._speeds = MeasuredSpeeds(where.model_speeds)

    def of_model(self, name: str) -> ModelPlan:
        """The plan of a model by its name or file; empty: the model in use.

        Raises NothingFound, UsageError, ModelError.
        """
        title, path = self._find(name or self._shelf.in_use)
        if path is None:
            known = next((model for model in self._shelf.catalogue if model.name == title.partition(":")[0]), None)
            if known is None or known.kind != "chat" or known.format != PLANNED_FORMAT:
                raise NothingFound(f"There is no plan for {name}.", "`secondme models list` shows the models.")
            machine = self._machine(ESTIMATED_KINDS.values())
            quantization = title.partition(":")[2] or known.default_quantization
            plan = self._estimate(known, quantization, machine)
            if plan is None:
                raise NothingFound(f"Nothing is known of {quantization} for {known.name}.", "Pull it to plan with it.")
            return plan
        return self._of_file(title, path)

    def offer(self) -> Offer:
        """The models of the catalogue that fit, each in its largest quantization that answers at a usable speed."""
        machine = self._machine(ESTIMATED_KINDS.values())
        plans = []
        for known in self._shelf.catalogue:
            if known.kind != "chat" or known.format != PLANNED_FORMAT:
                continue
            tried = [self._estimate(known, kind, machine) for kind in ("Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M")]
            usable = [
                made
                for made in tried
                if made is not None and made.plan.mode != "too large" and made.plan.tokens_per_second >= _FAST_ENOUGH
            ]
            resident = [made for made in usable if made.plan.mode == "resident"]
            found = (resident or usable[-1:])[:1]
            plans += found or [made for made in tried[-1:] if made is not None]
        return Offer(self.memory, self.available, machine.disk, plans)

    def _find(self, name: str) -> tuple[str, Path | None]:
        """What a model is called, and its file if it is here."""
        from models.bundled import LANGUAGE_MODEL_NAME
        from models.hub.first_models import find_first_language_model

        if name == NO_MODEL:
            raise UsageError("No model is in use.", "Name one: `secondme models list` shows them.")
        if name == BUNDLED:
            found = find_first_language_model(self._shelf.store, self._where.cache)
            if found is None:
                raise NothingFound(
                    "The bundled model is not here.",
                    "`secondme setup` gets it; `secondme models list` shows the others.",
                )
            return LANGUAGE_MODEL_NAME, found.path
        pulled = self._shelf.store.find(name)
        if pulled:
            return pulled[0].label, self._shelf.store.path(pulled[0])
        path = Path(name).expanduser().absolute()
        return (path.name, path) if path.exists() else (name, None)

    def _of_file(self, title: str, path: Path) -> ModelPlan:
        from models.gguf.header import read_layout
        from models.planning.plan import plan
        from secondme.runtimes.registry import runtime_of

        runtime = runtime_of(path)
        if runtime.format != PLANNED_FORMAT:
            raise UsageError(f"{title} is {runtime.takes}, for {runtime.title}.", "Plans are made for GGUF files.")
        layout = read_layout(path)
        machine = self._machine([tensor.kind for tensor in layout.tensors], path)
        settings = self._settings
        kind = "" if settings.model_cache == "auto" else settings.model_cache
        layers = -1 if settings.model_gpu_layers == "auto" else int(settings.model_gpu_layers)
        made = plan(layout, machine, self.memory, context=settings.model_context, cache_kind=kind, gpu_layers=layers)
        return ModelPlan(title, str(path), "", made, False, self._speeds.of(str(path), self.promised))

    def _estimate(self, known: CatalogueModel, quantization: str, machine: Machine) -> ModelPlan | None:
        from models.planning.plan import estimate

        size = known.about_bytes(quantization)
        if not size:
            return None
        share = (known.active or known.parameters) / max(1, known.parameters)
        kind = ESTIMATED_KINDS.get(quantization, 12)
        made = estimate(size, share, kind, machine, self.memory, self._settings.model_context)
        return ModelPlan(known.name, "", quantization, made, True)

    def _machine(self, kinds: Iterable[int], path: Path | None = None) -> Machine:
        from models.hub.first_models import find_first_language_model
        from models.llama.library import choose_library
        from models.machine.processors import physical_cores
        from models.planning.speed import measure

        choose_library(self._settings.model_library)
        bundled = None if path else find_first_language_model(self._shelf.store, self._where.cache)
        threads = self._settings.model_threads or physical_cores()
        return measure([*kinds, 1], threads, path or (bundled.path if bundled else None))


def sentences(planned: ModelPlan) -> Iterator[str]:
    """The lines of a plan for the screen."""
    plan = planned.plan
    about = "about " if planned.estimated else ""
    name = f"{planned.name} {planned.quantization}" if planned.quantization else planned.name
    yield f"{name}: {about}{_gb(plan.weights)} of weights"
    if plan.mode == "too large":
        yield f"does not run in {_gb(plan.memory)}: it needs at least {_gb(plan.needs)}"
        return
    cache = f"{_gb(plan.cache)} of {plan.cache_kind} cache for {plan.context:,} tokens" if plan.cache else "its cache"
    if plan.mode == "resident":
        yield f"all of it stays in memory: {about}{_gb(plan.needs)} of {_gb(plan.memory)}, with {cache}"
    else:
        yield f"larger than the {_gb(plan.memory)} it may use, so it is read from disk as it answers"
        yield f"{_gb(plan.hot + plan.experts)} stay, {_gb(plan.read_each)} are read for each token, with {cache}"
        yield f"no more than {_gb(plan.needs)} are ever held"
    if plan.gpu_layers:
        yield f"{plan.gpu_layers} layers on the GPU"
    yield (
        f"predicted: {plan.tokens_per_second:.1f} tokens/s, {plan.first_token:.1f} s to the first token of an answer "
        "to 500 new tokens"
    )
    measured = planned.measured
    if measured.answers:
        read = f", read {measured.read_per_second:.0f} tokens/s" if measured.read_per_second else ""
        yield f"measured: {measured.tokens_per_second:.1f} tokens/s{read} in {measured.answers} answers"


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1_000_000_000 else f"{size / 1e6:.0f} MB"
