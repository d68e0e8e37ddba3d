"""What answerers work with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from secondme.chat.messages import Messages
from secondme.chat.prompt_cache import PromptCache
from secondme.chat.replies import Replies
from secondme.chat.whole_memory import WholeMemory
from secondme.clock import Clock
from secondme.recall.search import Recall
from storage.store import Store


class HeldFact(Protocol):
    """A fact that memory holds, as a sentence, with the passages that say it."""

    @property
    def sentence(self) -> str: ...

    @property
    def span_ids(self) -> tuple[str, ...]: ...


ByHeart: TypeAlias = Callable[[str], HeldFact | None]
"""From a question: the fact that an adapter named and memory confirmed."""


@dataclass(frozen=True)
class Tools:
    """Handed to each answerer when a conversation makes its list of them. Settings are asked at each turn."""

    store: Store
    clock: Clock
    recall: Recall
    messages: Messages
    replies: Replies
    me: Callable[[], str]
    """The name of the person."""
    names: Callable[[], Sequence[str]]
    """All names of the person."""
    read_seconds: Callable[[], float]
    """How long a model may read before it answers."""
    max_tokens: Callable[[], int]
    """How long its answer may be."""
    cache: PromptCache
    whole: WholeMemory | None
    """Lays out all that is known, where a model may read it."""
    thinking_tokens: Callable[[], int] = lambda: 0
    """How much a reasoning model may think before it answers."""
    by_heart: ByHeart = lambda question: None
    """Asks the adapter in use."""
