"""Talks over a small memory, with a model that says what a test has it say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

from models.protocol import ChatTurn, Finished, GenerateRequest, LanguageModel, Piece, SentenceScorer
from secondme.api import Answer, Done
from secondme.chat.answering import Answerer, every_answerer
from secondme.chat.conversation import Conversation
from secondme.chat.prompt_cache import PromptCache
from secondme.chat.tools import Tools
from secondme.chat.whole_memory import WholeMemory
from storage.store import Store
from tests.worlds.night_world import World

KEY = "The spare key hangs behind the barn door."
ASK_KEY = "Where does the spare key hang?"
ASK_NORA = "What does Nora hang behind the barn door?"
"""What comes nearest was said by someone else: that is refused."""


class Scripted:
    """A model that says what a test has it say, and reads a token for every four characters."""

    name = "scripted"

    def __init__(self, says: str = "It hangs behind the barn door.", *, context: int = 4096) -> None:
        self.says = says
        self.context_tokens = context
        self.requests: list[GenerateRequest] = []
        self.keeps = True
        self.cancelled: list[threading.Event] = []
        self._read = ""

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """A quarter of the characters."""
        return sum(len(turn.content) for turn in turns) // 4

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Its text in a single piece."""
        self.requests.append(request)
        text = "\0".join(turn.content for turn in request.turns)
        shared = next((i for i, (a, b) in enumerate(zip(text, self._read, strict=False)) if a != b), len(self._read))
        if self.cancelled:
            self.cancelled.pop().set()
        if cancel.is_set():
            yield Finished("cancelled", 0, 0, 0.0, 0.0)
            return
        self._read = text
        yield Piece(self.says)
        tokens = self.count_tokens(request.turns)
        cached = shared // 4 if self.keeps else 0
        yield Finished("stop", tokens, 9, (tokens - cached) / 100, 0.1, cached)

    def close(self) -> None:
        """Nothing to free."""

    @property
    def system(self) -> list[str]:
        """Lines of the system message that it read last."""
        return self.requests[-1].turns[0].content.split("\n")

    @property
    def prompt(self) -> str:
        """All that it read last."""
        return "\n".join(turn.content for turn in self.requests[-1].turns)


def everything(store: Store, model: LanguageModel) -> WholeMemory:
    """All that is known, for a model with room for it."""
    return WholeMemory(
        store,
        PromptCache(),
        names=lambda: ["Me"],
        model=lambda: model,
        allowed=lambda: True,
        small=lambda: False,
        most_tokens=lambda: model.context_tokens,
        max_tokens=lambda: 64,
    )


def talk(
    world: World,
    model: LanguageModel | None = None,
    *,
    small: bool = False,
    middling: bool = False,
    whole: WholeMemory | None = None,
    answerers: Callable[[Tools], Sequence[Answerer]] = every_answerer,
    scorer: SentenceScorer | None = None,
) -> Conversation:
    """A conversation over the world's memory."""
    return Conversation(
        world.store,
        world.clock,
        world.recall,
        lambda: model,
        me=lambda: "Me",
        read_seconds=lambda: 2.0,
        max_tokens=lambda: 64,
        on_written=lambda: None,
        small=lambda: small,
        middling=lambda: middling,
        whole=whole,
        answerers=answerers,
        scorer=lambda: scorer,
    )


def ask(conversation: Conversation, question: str, chat: str | None = None, *, remember: bool = True) -> Answer:
    """The answer to a question."""
    end = list(conversation.ask(question, chat_id=chat, remember=remember))[-1]
    assert isinstance(end, Done), end
    return end.answer
