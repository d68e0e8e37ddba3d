"""A message goes down the list of answerers: each answers what it should and passes everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from models.protocol import PassageSentence, SentenceReading
from secondme.api import AskEvent, Delta, Done, Passages, Started
from secondme.chat.answering import Answerer, every_answerer
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from tests.secondme.chat.talk import ASK_KEY, ASK_NORA, KEY, Scripted, ask, everything, talk
from tests.worlds.night_world import World


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
    assert ask(conversation, ASK_KEY).text.startswith(f"You said: {KEY} [1]"), "the others answer what it passes"


# --- the list ---------------------------------------------------------------------------------------

ORDER = [
    "SmallTalk",
    "AboutAssistant",
    "Orders",
    "Acknowledgement",
    "TableAnswerer",
    "ListAnswer",
    "FactAnswerer",
    "FactByHeart",
    "DebtAnswer",
    "NextTime",
    "PlaceInList",
    "LateAcknowledgement",
    "WhoIs",
    "Refusal",
    "ChangedValue",
    "DatedAnswer",
    "EverythingThatFits",
    "SureWords",
    "Quotes",
    "ModelAnswer",
]
NONE, SMALL, LARGE, ALL = "no model", "a small model", "a large model", "a large model that may read everything"


@pytest.mark.parametrize(
    ("models", "message", "answerer"),
    [
        ((NONE, SMALL, LARGE, ALL), "How many ships came in February?", "TableAnswerer"),
        ((NONE, SMALL, LARGE, ALL), "What do you know about me?", "ListAnswer"),
        ((NONE, SMALL, LARGE, ALL), "Hello there!", "SmallTalk"),
        ((NONE, SMALL, LARGE, ALL), "What can you do?", "AboutAssistant"),
        ((NONE, SMALL, LARGE, ALL), "Where do I live?", "FactAnswerer"),
        ((NONE, SMALL, LARGE, ALL), "Forget where I live.", "Orders"),
        ((NONE, SMALL, LARGE, ALL), "My dog is called Rex.", "Acknowledgement"),
        ((NONE, SMALL, LARGE, ALL), ASK_NORA, "Refusal"),
        ((NONE, SMALL, LARGE, ALL), "When was the harbour frozen?", "DatedAnswer"),
        ((NONE,), ASK_KEY, "Quotes"),
        ((ALL,), ASK_KEY, "EverythingThatFits"),
        ((SMALL, LARGE), ASK_KEY, "ModelAnswer"),
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
    assert "off the record" in ask(conversation, "My dog is called Rex.", remember=False).text


def test_when_not_everything_fits_the_model_reads_the_best_passages(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model, whole=everything(world.store, model))
    ask(conversation, ASK_KEY)
    assert KEY in model.requests[-1].turns[0].content
    for number in range(400):
        world.keep(f"Box {number} in the attic holds old maps of the harbour.", kind="note")
    world.index()
    ask(conversation, ASK_KEY)
    assert KEY not in model.requests[-1].turns[0].content and KEY in model.requests[-1].turns[-1].content


def test_a_small_model_is_shown_only_where_the_nearest_sentence_holds_its_words(world: World) -> None:
    invented = ask(talk(world, Scripted("It hangs in the cellar of the mill."), small=True), ASK_KEY)
    assert invented.text.startswith(f"You said: {KEY} [1]") and "mill" not in invented.text
    assert invented.text.count(KEY) == 1, "what leads is not quoted again"
    held = ask(talk(world, Scripted("The spare key hangs behind the barn door."), small=True), ASK_KEY)
    assert held.text.startswith("The spare key hangs behind the barn door. [1]")


def test_a_middling_model_is_held_to_the_nearest_sentence_where_that_may_answer_and_else_writes(world: World) -> None:
    plain = ask(talk(world, Scripted("It hangs in the cellar of the mill."), middling=True), ASK_KEY)
    assert plain.text.startswith("You said: The spare key") or plain.text.startswith("The spare key")
    written = Scripted("The spare key hangs behind the barn door.")
    explained = ask(talk(world, written, middling=True), "Why does the spare key hang behind the barn door?")
    assert explained.text.startswith("The spare key hangs behind the barn door.")
    assert written.requests[-1].max_tokens == 64 and not written.requests[-1].stop


def test_a_small_model_is_asked_to_read_files_and_a_large_one_never(world: World) -> None:
    small, large = Scripted(), Scripted()
    world.keep("The lantern of the boathouse is filled with rapeseed oil.", speaker="")
    world.index()
    asked = "What is the lantern of the boathouse filled with?"
    ask(talk(world, small, small=True), asked)
    ask(talk(world, large), asked)
    assert small.requests[-1].reads and small.requests[-1].repeat_penalty == 1.0
    assert not large.requests[-1].reads and large.requests[-1].repeat_penalty > 1.0


def test_a_small_model_is_not_asked_in_that_way_for_what_somebody_said(world: World) -> None:
    model = Scripted()
    ask(talk(world, model, small=True), ASK_KEY)
    assert KEY in model.prompt and not model.requests[-1].reads


def test_a_small_model_is_not_asked_to_read_another_language_than_its_adapter_knows(world: World) -> None:
    model = Scripted()
    world.keep("Der Ersatzschlüssel liegt unter dem Blumentopf am Gartentor.", kind="note")
    world.index()
    ask(talk(world, model, small=True), "Wo liegt der Ersatzschlüssel?")
    assert "Blumentopf" in model.prompt and not model.requests[-1].reads


def test_below_the_words_of_a_small_model_stands_the_sentence_that_holds_them(world: World) -> None:
    answer = ask(talk(world, Scripted("behind the barn door"), small=True), ASK_KEY)
    assert answer.text.startswith("behind the barn door [1]\n\n") and f"> Me: {KEY} [1]" in answer.text


def test_a_small_model_that_reads_everything_is_not_asked_in_the_way_that_its_adapter_knows(world: World) -> None:
    model = Scripted()
    ask(talk(world, model, small=True, whole=everything(world.store, model)), ASK_KEY)
    assert KEY in model.requests[-1].turns[0].content and not model.requests[-1].reads


def test_what_was_said_a_moment_ago_is_cited(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "The ladder leans on the old chapel.").chat_id
    for event in conversation.ask("Where does the ladder lean?", chat_id=chat, remember=True):
        if isinstance(event, Done):
            assert event.answer.text.startswith("You said: The ladder leans on the old chapel. [1]")


def test_a_question_that_asks_for_no_date_gets_none(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "When was the harbour frozen?").chat_id
    for event in conversation.ask("And where does the key hang?", chat_id=chat, remember=True):
        if isinstance(event, Done):
            assert not event.answer.text.startswith("3 January")


def test_a_refusal_claims_nothing_that_would_have_to_be_supported(world: World) -> None:
    refused = ask(talk(world), "Where does Wolfhart live?")
    assert refused.refused
    assert all(sentence.citations for sentence in refused.sentences)


def test_the_sources_of_a_refusal_are_what_it_quotes(world: World) -> None:
    refused = ask(talk(world), "Where does Wolfhart keep the spare key of the barn?")
    quoted = [number for sentence in refused.sentences for number in sentence.citations]
    assert refused.refused
    assert [citation.number for citation in refused.citations] == quoted == list(range(1, len(quoted) + 1))


def test_a_date_carries_the_number_of_the_sentence_that_it_was_read_off(world: World) -> None:
    conversation = talk(world)
    told = ask(conversation, "The piano tuner came on Monday.")
    dated = ask(conversation, "When did the piano tuner come?", told.chat_id)
    first = dated.text.partition("\n")[0]
    number = dated.sentences[0].citations[0]
    assert first.endswith(f"[{number}]")
    assert next(c for c in dated.citations if c.number == number).hit.text == "The piano tuner came on Monday."


class Likes:
    """Is sure that `answer` answers, wherever it stands, as a `SentenceScorer`."""

    def __init__(self, answer: str) -> None:
        self._answer = answer

    def read(self, question: str, sentences: Sequence[PassageSentence]) -> list[SentenceReading]:
        found = [sentence.text.find(self._answer) for sentence in sentences]
        return [SentenceReading(9.0 if at >= 0 else -3.0, (at, at + len(self._answer)), 1.0) for at in found]

    def embed_tokens(self, texts: Sequence[str]) -> None:
        return None


@dataclass
class Probe:
    """Keeps the turn, and answers nothing."""

    tools: Tools
    turns: list[Turn]

    def answer(self, turn: Turn) -> Iterator[AskEvent]:
        """A refusal."""
        self.turns.append(turn)
        return self.tools.replies.refuse(turn, "No.")


@pytest.mark.parametrize("small", [True, False])
def test_what_leads_can_be_cited_however_low_recall_ranks_its_passage(world: World, *, small: bool) -> None:
    for place in ("house", "barn", "shed", "stable"):
        ask(talk(world), f"The gutter of the {place} is new, the gutter of the {place} was made last week.")
    turns: list[Turn] = []
    probing = talk(
        world, Scripted(), small=small, scorer=Likes("barn door"), answerers=lambda tools: [Probe(tools, turns)]
    )
    ask(probing, "Of what is the new gutter made?")
    lead = turns[0].reading.leading[0].hit.id
    assert turns[0].reading.leading[0].text == KEY
    assert lead not in [candidate.hit.id for candidate in turns[0].evidence.candidates[:3]]
    assert turns[0].citations[0].hit.id == lead
