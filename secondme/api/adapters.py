"""Personal adapters, as doors show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

AdapterKind: TypeAlias = Literal["facts", "voice"]
"""What an adapter learnt: facts, or how its owner writes."""
AdapterState: TypeAlias = Literal["training", "ready", "used", "refused", "off"]
"""training: stopped before its end; off: it can't be used now, `why` says why."""


@dataclass(frozen=True)
class AdapterFigure:
    """A figure of the model alone and with the adapter, as text: "3 of 40"."""

    what: str
    alone: str
    adapted: str


@dataclass(frozen=True)
class Adapter:
    """An adapter: what it belongs to, what it was made from, what was measured. `made_at` is an instant; `parent` the
    number of the adapter that it replaced, 0 for none; `facts`: how many it learnt, of a voice those that its messages
    tell; `digest` the sha256 (hex) of its base's file; `recipe` how it
    was trained, in words."""

    number: int
    state: AdapterState
    base: str
    made_at: str
    spans: int
    facts: int
    parent: int
    why: str
    figures: tuple[AdapterFigure, ...] = ()
    digest: str = ""
    recipe: str = ""
    kind: AdapterKind = "facts"

    @property
    def learnt(self) -> str:
        """How much it learnt, in words."""
        return f"{self.spans:,} messages" if self.kind == "voice" else f"{self.facts:,} facts"
