"""A message goes down the list of answerers: each answers what it should and passes everything else."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.protocol import ChatTurn, Finished, GenerateRequest, LanguageModel, ModelError, Piece
from secondme.api import Answer, AskEvent, Delta, Done, Failed, Passages, Started
from secondme.chat.answering import Answerer, every_answerer
from secondme.chat.conversation import Conversation
from secondme.chat.messages import OLDER_REFUSAL
from secondme.chat.prompt_cache import PromptCache
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.chat.whole_memory import WholeMemory
from secondme.facts.extraction import learn_job
from secondme.ingest.ingestion import Ingestion
from secondme.ingest.notes import note
from storage.store import Store
from tests.worlds.night_world import World

KEY = "The spare key hangs behind the barn door."
ASK_KEY = "Where does the spare key hang?"
ASK_NORA = "What does Nora hang behind the barn door?"
"""What comes nearest was said by someone else: that is refused."""


class Scripted:
    """A model that says the same whatever it reads."""

    name = "scripted"
    context_tokens = 4096

    def __init__(self, says: str = "Behind the barn door.") -> None:
        self.says = says
        self.prompts: list[Sequence[ChatTurn]] = []

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """A quarter of the characters."""
        return sum(len(turn.content) for turn in turns) // 4

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Its text in a single piece."""
        self.prompts.append(request.turns)
        yield Piece(self.says)
        yield Finished("stop", 9, 9, 0.1, 0.1)

    def close(self) -> None:
        """Nothing to free."""


class Broken(Scripted):
    """A model that fails in the middle of its answer."""

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Half a sentence."""
        yield Piece("It hangs")
        raise ModelError("The model died.", "Start it again.")


@dataclass
class Watched:
    """An answerer that notes whether it answered."""

    inner: Answerer
    log: list[str]

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """What the inner answerer does."""
        events = self.inner.answer(turn)
        self.log.append(f"{type(self.inner).__name__} {'passes' if events is None else 'answers'}")
        return events


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A memory of a few notes and a table."""
    (tmp_path / "data").mkdir()
    made = World(tmp_path / "data")
    made.keep(KEY, kind="note")
    made.keep("I live in Lisbon.", kind="note")
    made.keep("The harbour was frozen on 3 January 2024.", kind="note")
    source, document, spans = note("Hello Me, are you well?", "Nora", made.clock, "nora")
    made.store.spans.add_version(source, document, spans, source.added_at)
    sheet = tmp_path / "ships.csv"
    sheet.write_text("Month,Ships,Cargo\nJanuary,14,timber\nFebruary,9,herring\n")
    Ingestion(made.store, made.clock, count_tokens=None, max_bytes=10**6).take_file(sheet)
    made.index()
    made.run(learn_job())
    yield made
    made.store.close()


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
    whole: WholeMemory | None = None,
    answerers: Callable[[Tools], Sequence[Answerer]] = every_answerer,
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
        whole=whole,
        answerers=answerers,
    )


def ask(conversation: Conversation, question: str, chat: str | None = None, *, remember: bool = True) -> Answer:
    """The answer to a question."""
    end = list(conversation.ask(question, chat_id=chat, remember=remember))[-1]
    assert isinstance(end, Done), end
    return end.answer


# --- a new answerer ---------------------------------------------------------------------------------


class Toy:
    """Answers what is asked about the weather, from the first passage that memory finds for it."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes everything else."""
        if "weather" not in turn.question:
            return None
        found = [hit.span.span.id for hit in turn.evidence.found.hits[:1]]
        return self._replies.state(turn, "It is cold.", found)


def test_an_answerer_that_is_added_to_the_list_answers_from_end_to_end(world: World) -> None:
    conversation = talk(world, answerers=lambda tools: (Toy(tools), *every_answerer(tools)))
    events = list(conversation.ask("How was the weather in the frozen harbour?", chat_id=None, remember=True))
    assert [type(event) for event in events] == [Started, Passages, Delta, Done]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert (answer.text, answer.said) == ("It is cold. [1]", "It is cold.")
    assert [citation.hit.text for citation in answer.citations] == ["The harbour was frozen on 3 January 2024."]
    stored = conversation.open(answer.chat_id).messages[1]
    assert (stored.text, stored.state) == (answer.text, "complete")
    assert [citation.hit.id for citation in stored.citations] == [answer.citations[0].hit.id]
    assert stored.sentences == answer.sentences
    used = world.store.database.read("SELECT span_id FROM provenance WHERE owner_id = ?", (answer.message_id,))
    assert answer.citations[0].hit.id in {row[0] for row in used}, "it is erased with what it cites"
    assert ask(conversation, ASK_KEY).text.startswith(f"> Me: {KEY} [1]"), "the others answer what it passes"


# --- the list ---------------------------------------------------------------------------------------

ORDER = [
    "TableAnswerer",
    "FactAnswerer",
    "Acknowledgement",
    "Refusal",
    "DatedAnswer",
    "Greeting",
    "Quotes",
    "EverythingThatFits",
    "ModelAnswer",
]
NONE, SMALL, LARGE, ALL = "no model", "a small model", "a large model", "a large model that may read everything"


@pytest.mark.parametrize(
    ("models", "message", "answerer"),
    [
        ((NONE, SMALL, LARGE, ALL), "How many ships came in February?", "TableAnswerer"),
        ((NONE, SMALL, LARGE, ALL), "Where do I live?", "FactAnswerer"),
        ((NONE, SMALL), "My dog is called Rex.", "Acknowledgement"),
        ((NONE, SMALL, LARGE, ALL), ASK_NORA, "Refusal"),
        ((NONE, SMALL), "When was the harbour frozen?", "DatedAnswer"),
        ((NONE, SMALL), "Hello there!", "Greeting"),
        ((NONE,), ASK_KEY, "Quotes"),
        ((ALL,), ASK_KEY, "EverythingThatFits"),
        ((ALL,), "When was the harbour frozen?", "EverythingThatFits"),
        ((SMALL, LARGE), ASK_KEY, "ModelAnswer"),
        ((LARGE,), "When was the harbour frozen?", "ModelAnswer"),
        ((LARGE, ALL), "Hello there!", "ModelAnswer"),
    ],
)
def test_each_message_is_passed_down_to_the_answerer_it_is_for(
    world: World, models: Sequence[str], message: str, answerer: str
) -> None:
    for model in models:
        log: list[str] = []
        scripted = None if model == NONE else Scripted()
        conversation = talk(
            world,
            scripted,
            small=model == SMALL,
            whole=everything(world.store, scripted) if scripted and model == ALL else None,
            answerers=lambda tools, log=log: [Watched(inner, log) for inner in every_answerer(tools)],  # type: ignore[misc]
        )
        ask(conversation, message)
        place = ORDER.index(answerer)
        assert log == [*(f"{name} passes" for name in ORDER[:place]), f"{answerer} answers"], model


def test_nothing_is_acknowledged_off_the_record(world: World) -> None:
    conversation = talk(world)
    assert ask(conversation, "My dog is called Rex.").text.startswith("Noted: ")
    assert not ask(conversation, "My dog is called Rex.", remember=False).text.startswith("Noted: ")


def test_when_not_everything_fits_the_model_reads_the_best_passages(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model, whole=everything(world.store, model))
    ask(conversation, ASK_KEY)
    assert KEY in model.prompts[-1][0].content
    for number in range(400):
        world.keep(f"Box {number} in the attic holds old maps of the harbour.", kind="note")
    world.index()
    ask(conversation, ASK_KEY)
    assert KEY not in model.prompts[-1][0].content and KEY in model.prompts[-1][-1].content


def test_an_answer_of_a_model_that_fails_is_kept_as_far_as_it_came(world: World) -> None:
    conversation = talk(world, Broken())
    events = list(conversation.ask(ASK_KEY, chat_id=None, remember=True))
    assert isinstance(events[0], Started) and isinstance(events[-1], Failed)
    assert (events[-1].what, events[-1].safe) == ("The model died.", "What came of the answer is kept.")
    stored = conversation.open(events[0].chat_id).messages[1]
    assert (stored.text, stored.state, stored.model) == ("It hangs", "failed", "scripted")


# --- refusals ---------------------------------------------------------------------------------------


def long_chat(conversation: Conversation, refused: str) -> str:
    """A chat with a refused question and two stretches; returns its id."""
    chat = ask(conversation, refused).chat_id
    for number in range(14):
        about = "the barn needs paint on its door" if number < 7 else "seven herrings swim to Norway"
        ask(conversation, f"In week {number} {about}.", chat)
    return chat


def prompt_of(model: Scripted) -> str:
    """What the model read last."""
    return "\n".join(turn.content for turn in model.prompts[-1])


def test_a_refusal_is_stored_and_stays_open_for_the_model(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model)
    chat = long_chat(conversation, ASK_NORA)
    world.index()
    refusal = world.store.chats.messages(chat)[1]
    assert refusal.text.startswith(OLDER_REFUSAL) and json.loads(refusal.details)["refused"] is True
    ask(conversation, ASK_KEY, chat)
    assert f"Still open: {ASK_NORA}" in prompt_of(model)


def test_an_older_message_is_a_refusal_by_its_first_words(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model)
    chat = long_chat(conversation, ASK_NORA)
    world.index()
    with world.store.database.transaction() as tx:
        tx.execute("UPDATE messages SET details = json_remove(details, '$.refused') WHERE details != ''")
    ask(conversation, ASK_KEY, chat)
    assert f"Still open: {ASK_NORA}" in prompt_of(model)


def test_an_answer_is_no_refusal_because_it_begins_like_one(world: World) -> None:
    model = Scripted(f"{OLDER_REFUSAL}, but the barn door does.")
    conversation = talk(world, model)
    chat = long_chat(conversation, ASK_KEY)
    world.index()
    ask(conversation, ASK_KEY, chat)
    assert "Earlier: " in prompt_of(model) and "Still open" not in prompt_of(model)


# --- off the record ---------------------------------------------------------------------------------


def test_a_turn_off_the_record_is_remembered_for_the_next_and_never_written(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model)
    chat = ask(conversation, "The barn code is 4711. What is the barn code?", remember=False).chat_id
    ask(conversation, ASK_KEY, chat, remember=False)
    assert "4711" in prompt_of(model)
    assert not world.store.chats.exists(chat) and world.store.chats.all() == []
    for _ in range(8):
        ask(conversation, ASK_KEY, remember=False)
    assert chat not in conversation._off_record, "only the latest chats are held"
