"""A question that points back at what the chat spoke of is read in what the last answer came from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from models.protocol import PassageSentence, SentenceReading
from secondme.chat.evidence import EvidenceSearch
from secondme.chat.follow_ups.rewriting import asks_of_another, points_back
from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World
from tests.worlds.night_world import world as empty_world


@pytest.mark.parametrize(
    "message",
    [
        "does this contract end?",
        "with whom?",
        "and since when",
        "how much do we pay them",
        "whose is it",
        "and the white one?",
        "Wann endet dieser Vertrag?",
        "这个多少钱？",
    ],
)
def test_what_points_back(message: str) -> None:
    assert points_back(message)


@pytest.mark.parametrize(
    "message",
    [
        "Where does the spare key hang?",
        "那么我住哪儿？",
        "Wo wohnt Ottilie?",
        "Where does cron look for its table?",
        "Does the boiler keep its pressure?",
    ],
)
def test_what_names_what_it_asks_of_points_nowhere(message: str) -> None:
    assert not points_back(message)


@pytest.mark.parametrize(
    ("message", "other"),
    [
        ("and the salt?", True),
        ("what about Ottilie", True),
        ("n tamsin?", True),
        ("and the other one?", True),
        ("and when does it open?", False),
        ("how much is it?", False),
        ("the ferry leaves at six", False),
    ],
)
def test_what_asks_of_another(message: str, other: bool) -> None:
    assert asks_of_another(message) is other


class _Pleased:
    """Likes one sentence best, and dislikes those that tell nothing of what a question asks."""

    def read(self, question: str, sentences: Sequence[PassageSentence]) -> list[SentenceReading]:
        liked = {"sugar": 4.0, "butter": 2.5}
        return [
            SentenceReading(max((n for word, n in liked.items() if word in s.text), default=-3.0), (0, 1), 0.0)
            for s in sentences
        ]

    def embed_tokens(self, texts: Sequence[str]) -> None:
        return None


def test_another_is_looked_for_besides_what_the_last_answer_came_from(world: World) -> None:
    conversation = talk(world, scorer=_Pleased())
    ask(conversation, "No butter this month, I lost a bet with Omar.")
    ask(conversation, "I did stop sugar because it did tire me.")
    chat = ask(conversation, "why did i stop sugar?").chat_id
    assert "Omar" in ask(conversation, "and butter?", chat).text.partition("\n")[0]


def test_this_is_what_the_last_answer_came_from(world: World) -> None:
    conversation = talk(world)
    ask(conversation, "The ferry costs 40 a month. The pass ends at the lighthouse.")
    ask(conversation, "The pool is warm. The pass ends at the gate.")
    chat = ask(conversation, "What does the ferry cost a month?").chat_id
    assert "lighthouse" in ask(conversation, "where does this pass end?", chat).text.partition("\n")[0]
    assert "gate" in ask(conversation, "where does this pass end?").text.partition("\n")[0]


def test_an_answer_came_from_all_of_its_message_and_of_its_file(world: World) -> None:
    conversation = talk(world)
    told = ask(conversation, "The kiln is fired on Mondays. It belongs to the potters.")
    answer = ask(conversation, "When is the kiln fired?")
    last = conversation.open(answer.chat_id).messages[-1]
    spans = EvidenceSearch(world.store, world.recall).source_of(last)
    texts = " ".join(world.store.spans.by_id(spans)[span].span.text for span in spans)
    assert "Mondays" in texts and "potters" in texts
    assert told.chat_id != answer.chat_id


def test_what_shares_no_word_with_the_line_that_was_shown_is_not_refused_for_that(tmp_path: Path) -> None:
    with empty_world(tmp_path / "store") as world:
        world.keep("The quilt batting from the mill is wool, queen size.", speaker="")
        world.index()
        conversation = talk(world)
        assert ask(conversation, "Cotton or linen?").refused
        chat = ask(conversation, "Where is the quilt batting from?").chat_id
        assert "wool" in ask(conversation, "Cotton or linen?", chat).text.partition("\n")[0]


def test_names_that_memory_knows_are_known_in_small_letters_too(world: World) -> None:
    conversation = talk(world)
    ask(conversation, "I keep bees with Aunt Odile and Tamsin. Dinner was late.")
    world.index()
    search = EvidenceSearch(world.store, world.recall)
    before = [("does aunt odile keep hens?", "")]
    assert sorted(search.names_in_chat("and tamsin, is she at dinner?", before)) == ["Aunt Odile", "Tamsin"]
