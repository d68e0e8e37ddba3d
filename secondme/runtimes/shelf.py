"""The models a person can choose from: what the catalogue names, what was pulled, what is in use, what each needs."""

from __future__ import annotations

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
    """A model that is there, or that could be pulled."""

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
    """Bytes of its files; of one that was not pulled an estimate, 0 where there is none."""
    estimated: bool
    pulled: bool
    in_use: bool
    revision: str
    path: str
    """Where it lies; empty if it was not pulled."""


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
    """Bytes of the attention cache at `cache_tokens`, at most: layers without one are counted too."""
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
        """`bundled`, `none`, or the path that answers now, unless a server does."""
        return self._settings.model_path or BUNDLED

    @property
    def server(self) -> str:
        """Address of the server that answers instead of any model here; empty if none does."""
        return self._settings.server_url

    def uses(self, path: Path) -> str:
        """The setting that names this file or folder, empty if none does."""
        named = {"model.path": self._settings.model_path, "embedder.path": self._settings.embedder_path}
        return next((key for key, value in named.items() if value and Path(value).expanduser() == path), "")

    @staticmethod
    def embeds(path: Path) -> bool:
        """Whether a model's file is one of an embedder: it says how it makes one vector of many. Raises ModelError."""
        from models.gguf.header import read_layout

        return not path.is_dir() and read_layout(path).number("pooling_type") > 0

    def models(self) -> Iterator[ShelfModel]:
        """The catalogue in its order, each with what was pulled of it, then what was pulled besides."""
        pulled = self.store.models()
        for known in self.catalogue:
            mine = [model for model in pulled if model.name == known.name]
            for model in mine:
                yield self._shelved(model, known)
            if not mine:
                about = known.about_bytes()
                yield ShelfModel(
                    known.name, known.title, known.kind, known.format, known.repository, known.parameters,
                    known.active, known.licence, known.context, known.default_quantization, about or 0, True, False,
                    False, known.revision, "",
                )  # fmt: skip
        names = {known.name for known in self.catalogue}
        for model in pulled:
            if model.name not in names:
                yield self._shelved(model, None)

    def _shelved(self, model: PulledModel, known: CatalogueModel | None) -> ShelfModel:
        return ShelfModel(
            model.label, known.title if known else model.repository, model.kind, model.format, model.repository,
            known.parameters if known else 0, known.active if known else 0, model.licence,
            known.context if known else 0, model.quantization, model.size, False, True, bool(self.uses(self.store.path(model))),
            model.revision, str(self.store.path(model)),
        )  # fmt: skip

    def pulled_facts(self, model: PulledModel) -> ModelFacts:
        """Everything known of a pulled model. Raises ModelError when its file cannot be read."""
        path = self.store.path(model)
        known = next((one for one in self.catalogue if one.name == model.name), None)
        return self._with_header(
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
        path = path.expanduser().absolute()
        folder = path.is_dir()
        size = sum(file.stat().st_size for file in path.iterdir() if file.is_file()) if folder else 0
        facts = ModelFacts(
            path.name, format="mlx" if folder else "gguf", path=str(path), in_use=bool(self.uses(path)), size=size
        )
        return self._with_header(path, facts)

    def _with_header(self, path: Path, facts: ModelFacts) -> ModelFacts:
        import dataclasses

        if path.is_dir():
            from models.mlx.process import read_config

            config = read_config(path)
            weights = sum(file.stat().st_size for file in path.glob("*.safetensors"))
            return dataclasses.replace(facts, architecture=_shown(config.get("model_type")), weights=weights)
        from models.gguf.footprint import cache_bytes
        from models.gguf.header import read_header, read_layout

        header, layout = read_header(path), read_layout(path)
        tokens = min(self._settings.model_context, header.context_tokens or self._settings.model_context)
        return dataclasses.replace(
            facts,
            title=facts.title or header.name,
            architecture=_shown(layout.architecture),
            quantization=facts.quantization or header.quantization,
            context=header.context_tokens or facts.context,
            licence=facts.licence or _shown(layout.fields.get("general.license")),
            size=facts.size or sum(file.stat().st_size for file in layout.files),
            weights=layout.weight_bytes,
            cache=cache_bytes(layout, tokens, "f16"),
            cache_tokens=tokens,
        )


def _shown(value: object) -> str:
    """Text out of a file, fit for the screen."""
    return "".join(ch for ch in value if ch.isprintable())[:60] if isinstance(value, str) else ""
