"""Memory as one program sees it: a store of what its grant lets see, with its own recall and conversation."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from models.protocol import ChatTurn, Finished, GenerateRequest, LanguageModel, Piece
from secondme.api import Grant
from secondme.chat.conversation import Conversation
from secondme.chat.prompt_cache import PromptCache
from secondme.chat.whole_memory import WholeMemory
from secondme.clock import Clock, instant
from secondme.engine.live_settings import LiveSettings
from secondme.engine.models_in_use import ModelsInUse
from secondme.facts.identity import ME, Identities
from secondme.recall.search import Recall
from storage.store import Store
from storage.visible.sight import Sight
from storage.visible.store import VisibleStore

NO_INDEX = 2**62
"""The index of vectors holds all of memory; what is visible is always compared exactly."""


class ProgramMemory:
    """What one program may see, and what answers it from that alone. Nothing in here can write."""

    def __init__(
        self,
        name: str,
        grant: Grant,
        store: Store,
        clock: Clock,
        settings: LiveSettings,
        models: ModelsInUse,
        give_way: Callable[[], None],
    ) -> None:
        """`give_way` returns when no person waits for a search; it is called before each query."""
        self.grant = grant
        self.embedder_id = models.embedder_id
        self.store = VisibleStore(store, lambda: sight_of(grant, store, settings.me_names()), give_way)
        self.recall = Recall(
            self.store,
            models.embedder,
            exact_below=NO_INDEX,
            me=settings.me_names,
            promote=settings.promotes_facts,
        )
        self.asking = threading.Lock()
        """Held by the one question that may be asked at a time."""
        self.interrupted = False
        """Whether a person asked while the program waited for its answer."""

        def model() -> LanguageModel | None:
            found = models.model()
            return ApartModel(found, name) if found else None

        self.conversation = Conversation(
            self.store,
            clock,
            self.recall,
            model,
            me=settings.me,
            read_seconds=settings.read_seconds,
            max_tokens=settings.max_tokens,
            thinking_tokens=settings.thinking_tokens,
            on_written=lambda: None,
            small=models.is_small,
            middling=models.is_middling,
            names=settings.me_names,
            whole=WholeMemory(
                self.store,
                PromptCache(),
                names=settings.me_names,
                model=model,
                allowed=models.may_read_everything,
                small=models.is_small,
                most_tokens=settings.context_tokens,
                max_tokens=settings.max_tokens,
            ),
            scorer=models.sentence_scorer,
        )

    def give_way(self) -> None:
        """End the answer that is on its way, because a person asks."""
        self.interrupted = True
        self.conversation.stop_all()

    def close(self) -> None:
        """Stop what is answered, and forget what was visible."""
        self.conversation.stop_all()
        self.store.close()


class ApartModel:
    """A language model that reads for one program: what it reads is not kept, and serves nobody else."""

    def __init__(self, model: LanguageModel, reader: str) -> None:
        self._model = model
        self._reader = reader
        self.name = model.name

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens."""
        return self._model.context_tokens

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """Tokens of a prompt. Raises ModelError."""
        return self._model.count_tokens(turns)

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Pieces of the answer, then how it ended. Raises ModelError."""
        return self._model.generate(replace(request, keep=False, reader=self._reader), cancel)

    def close(self) -> None:
        """Nothing: the model is the person's."""


def sight_of(grant: Grant, store: Store, me: Sequence[str]) -> Sight:
    """The rules of what a grant lets see. Names of a person are all that memory knows to mean the same one."""
    names: list[str] = list(grant.without_people)
    keys: list[str] = []
    if names:
        identities = Identities(store.facts.aliases(), me)
        for name in grant.without_people:
            keys += identities.keys(identities.meant_by(name))
        names += [key for key in keys if key != ME and "/" not in key]
    return Sight(
        sources=grant.sources,
        without_sources=grant.without_sources,
        names=tuple(dict.fromkeys(names)),
        keys=tuple(dict.fromkeys(keys)),
        speakers=grant.without_speakers,
        since=instant(datetime.fromisoformat(grant.since).astimezone()) if grant.since else "",
    )
