"""The models a person can choose from: those of the catalogue, those that were pulled, and what each needs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from secondme.places import Places
from secondme.settings import load

if TYPE_CHECKING:
    from models.hub.catalogue import CatalogueModel
    from models.hub.record import PulledModel
    from models.hub.store import ModelStore

BUNDLED = "bundled"
NO_MODEL = "none"


@dataclass(frozen=True)
class ShelfModel:
    """A model that is on this computer, or that could be pulled."""

    name: str
    """What the commands take."""
    title: str
    kind: str
    format: str
    repository: str
    parameters: int
    """0: not known."""
    active: int
    licence: str
    context: int
    """Tokens; 0: not known."""
    quantization: str
    size: int
    """Bytes of its files; an estimate if it was not pulled, 0 where there is none."""
    estimated: bool
    pulled: bool
    in_use: bool
    revision: str
    path: str
    """Its file or folder; empty if it was not pulled."""


@dataclass(frozen=True)
class ModelFacts:
    """Everything known of one model. Empty or 0: not known."""

    name: str
    title: str = ""
    kind: str = ""
    format: str = ""
    path: str = ""
    in_use: bool = False
    repository: str = ""
    endpoint: str = ""
    revision: str = ""
    pulled_at: str = ""
    files: tuple[tuple[str, int, str], ...] = ()
    """Name, bytes and sha256 of each."""
    size: int = 0
    estimated: bool = False
    """Whether size and memory are estimates from parameters and bits."""
    licence: str = ""
    parameters: int = 0
    active: int = 0
    architecture: str = ""
    quantization: str = ""
    quantizations: tuple[str, ...] = ()
    context: int = 0
    template: str = ""
    dimension: int = 0
    weights: int = 0
    """Bytes of weights."""
    cache: int = 0
    """Bytes of the attention cache at `cache_tokens`, at most: layers that keep none are counted too."""
    cache_tokens: int = 0


class ModelShelf:
    """Reads catalogue, store and settings. Contacts nothing."""

    def __init__(self, where: Places) -> None:
        from models.hub.catalogue import load_catalogue
        from models.hub.store import ModelStore

        self._settings, _ = load(where.config_file)
        self.catalogue: Sequence[CatalogueModel] = load_catalogue()
        self.store: ModelStore = ModelStore(where.models)

    @property
    def in_use(self) -> str:
        """`bundled`, `none`, or the path of the model that answers now, unless a server does."""
        return self._settings.model_path or BUNDLED

    @property
    def server(self) -> str:
        """Address of the server that answers instead of a model here; empty if none does."""
        return self._settings.server_url

    def uses(self, path: Path) -> str:
        """The setting that names this file or folder, empty if none does."""
        named = {"model.path": self._settings.model_path, "embedder.path": self._settings.embedder_path}
        return next((key for key, value in named.items() if value and Path(value).expanduser() == path), "")

    @staticmethod
    def embeds(path: Path) -> bool:
        """Whether the model at a path embeds instead of answering. Raises ModelError."""
        from secondme.runtimes.registry import runtime_of

        return runtime_of(path).embeds(path)

    @staticmethod
    def only_completes(path: Path) -> bool:
        """Whether the model at a path was never taught to chat. Raises ModelError."""
        from secondme.runtimes.registry import runtime_of

        return runtime_of(path).only_completes(path)

    def models(self) -> Iterator[ShelfModel]:
        """The catalogue in its order, each with what was pulled of it, then what was pulled besides."""
        pulled = self.store.models()
        for known in self.catalogue:
            named = [model for model in pulled if model.name == known.name]
            for model in named:
                yield self._shelf_model(model, known)
            if not named:
                about = known.about_bytes()
                yield ShelfModel(
                    known.name, known.title, known.kind, known.format, known.repository, known.parameters,
                    known.active, known.licence, known.context, known.default_quantization, about or 0, True, False,
                    False, known.revision, "",
                )  # fmt: skip
        names = {known.name for known in self.catalogue}
        for model in pulled:
            if model.name not in names:
                yield self._shelf_model(model, None)

    def _shelf_model(self, model: PulledModel, known: CatalogueModel | None) -> ShelfModel:
        return ShelfModel(
            model.label, known.title if known else model.repository, model.kind, model.format, model.repository,
            known.parameters if known else 0, known.active if known else 0, model.licence,
            known.context if known else 0, model.quantization, model.size, False, True,
            bool(self.uses(self.store.path(model))), model.revision, str(self.store.path(model)),
        )  # fmt: skip

    def pulled_facts(self, model: PulledModel) -> ModelFacts:
        """Everything known of a pulled model. Raises ModelError when its file cannot be read."""
        path = self.store.path(model)
        known = next((entry for entry in self.catalogue if entry.name == model.name), None)
        return self._with_description(
            path,
            ModelFacts(
                model.label,
                title=known.title if known else "",
                kind=model.kind,
                format=model.format,
                path=str(path),
                in_use=bool(self.uses(path)),
                repository=model.repository,
                endpoint=model.endpoint,
                revision=model.revision,
                pulled_at=model.pulled_at,
                files=tuple((file.path, file.size, file.sha256) for file in model.files),
                size=model.size,
                licence=model.licence,
                parameters=known.parameters if known else 0,
                active=known.active if known else 0,
                quantization=model.quantization,
                quantizations=known.quantizations if known else (),
                context=known.context if known else 0,
                template=known.template if known else "",
                dimension=known.dimension if known else 0,
            ),
        )

    def known_facts(self, known: CatalogueModel, quantization: str = "") -> ModelFacts:
        """What the catalogue says of a model that was not pulled; sizes are estimates."""
        chosen = quantization.upper() or known.default_quantization
        about = known.about_bytes(chosen) or 0
        return ModelFacts(
            known.name,
            title=known.title,
            kind=known.kind,
            format=known.format,
            repository=known.repository,
            revision=known.revision,
            size=about,
            estimated=True,
            licence=known.licence,
            parameters=known.parameters,
            active=known.active,
            quantization=chosen,
            quantizations=known.quantizations,
            context=known.context,
            template=known.template,
            dimension=known.dimension,
            weights=about,
        )

    def file_facts(self, path: Path) -> ModelFacts:
        """What a local file or folder says of itself. Raises ModelError when it is no model."""
        from secondme.runtimes.registry import runtime_of

        path = path.expanduser().absolute()
        facts = ModelFacts(path.name, format=runtime_of(path).format, path=str(path), in_use=bool(self.uses(path)))
        return self._with_description(path, facts)

    def _with_description(self, path: Path, facts: ModelFacts) -> ModelFacts:
        """The facts, completed by what the model's files say. Raises ModelError."""
        from models.protocol.printable import printable
        from secondme.runtimes.registry import runtime_of

        found = runtime_of(path).describe(path, self._settings.model_context)
        return dataclasses.replace(
            facts,
            title=facts.title or found.title,
            architecture=printable(found.architecture, 60),
            quantization=facts.quantization or found.quantization,
            context=found.context_tokens or facts.context,
            licence=facts.licence or printable(found.licence, 60),
            size=facts.size or found.size,
            weights=found.weights,
            cache=found.cache,
            cache_tokens=found.cache_tokens,
        )
