"""Texts that the model writes as the owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.api.answers import Delta, Failed
from secondme.api.hits import Citation
from secondme.api.jobs import Progress


@dataclass(frozen=True)
class Draft:
    """A draft. `text` has [?] behind each name, number and day that neither the order nor a passage holds; `unknown`
    are these words. `citations`: the passages that the model read, none where memory has nothing for it.

    `voice`: the number of the adapter that wrote it, 0 for none; then `why` says why not.
    """

    text: str
    citations: tuple[Citation, ...]
    unknown: tuple[str, ...]
    model: str
    voice: int
    why: str
    finish: Literal["stop", "length", "cancelled"]


@dataclass(frozen=True)
class Drafted:
    """The end of a draft; `draft.text` is what all deltas together showed."""

    draft: Draft
    type: Literal["drafted"] = "drafted"


DraftEvent: TypeAlias = Progress | Delta | Drafted | Failed
