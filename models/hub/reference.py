"""What a person means by the name of a model: a model of the catalogue, or a repository or file of the hub."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.hub.catalogue import CatalogueModel, find_model, near_names
from models.hub.client import NotOnHub

_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/", re.IGNORECASE)


@dataclass(frozen=True)
class ModelReference:
    """What a name refers to: a repository, perhaps with a quantization or a file, perhaps known from the catalogue."""

    repository: str
    quantization: str = ""
    path: str = ""
    revision: str = ""
    known: CatalogueModel | None = None


def read_reference(text: str, catalogue: Sequence[CatalogueModel], revision: str = "") -> ModelReference:
    """Read `NAME[:QUANTIZATION]`, `owner/name[:QUANTIZATION]`, `owner/name/FILE.gguf`, or an address of the hub's site.

    Raises NotOnHub for a name that the catalogue does not have, with the names near it.
    """
    if "/" not in text:
        name, _, quantization = text.partition(":")
        known = find_model(catalogue, name)
        if known is None:
            near = near_names(catalogue, name)
            raise NotOnHub(
                f"There is no model {name!r} in the catalogue.",
                (f"Near it: {', '.join(near)}. " if near else "")
                + "`secondme models list` shows all; others are named owner/name as on the hub.",
            )
        return ModelReference(known.repository, quantization, revision=revision, known=known)
    owner, _, rest = _ADDRESS.sub("", text).partition("/")
    name, _, path = rest.partition("/")
    if path and (page := re.match(r"(?:blob|resolve|tree)/([^/]+)/?", path)):
        path, revision = path[page.end() :].partition("?")[0], revision or page[1]
    name, _, quantization = name.partition(":")
    found = ModelReference(f"{owner}/{name}", quantization, path, revision)
    known = next((model for model in catalogue if model.repository.casefold() == found.repository.casefold()), None)
    # Named in full, a repository is not held to the commit and the digests that the catalogue pins.
    return dataclasses.replace(
        found, known=dataclasses.replace(known, revision="", digests={}) if known is not None else None
    )
