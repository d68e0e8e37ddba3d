"""Messages are stored as far as they came, and a refusal is stored as one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest

from models.protocol import Finished, GenerateRequest, ModelError, Piece
from secondme.api import Failed, Started
from secondme.chat.conversation import Conversation
from secondme.chat.messages import OLDER_REFUSAL
from tests.secondme.chat.talk import ASK_KEY, ASK_NORA, Scripted, ask, talk
from tests.worlds.night_world import World


class Broken(Scripted):
    """A model that fails in the middle of its answer."""

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Half a sentence."""
        yield Piece("It hangs")
        raise ModelError("The model died.", "Start it again.")


def test_an_answer_of_a_model_that_fails_is_kept_as_far_as_it_came(world: World) -> None:
    conversation = talk(world, Broken())
    events = list(conversation.ask(ASK_KEY, chat_id=None, remember=True))
    assert isinstance(events[0], Started) and isinstance(events[-1], Failed)
    assert (events[-1].what, events[-1].safe) == ("The model died.", "What came of the answer is kept.")
    stored = conversation.open(events[0].chat_id).messages[1]
    assert (stored.text, stored.state, stored.model) == ("It hangs", "failed", "scripted")


def test_an_answer_that_was_coming_when_the_engine_died_is_kept_as_stopped(world: World) -> None:
    events = talk(world, Scripted()).ask(ASK_KEY, chat_id=None, remember=True)
    started = next(events)
    assert isinstance(started, Started)
    after = talk(world)  # a new engine over the same memory
    assert after.recover() == 1
    assert [message.state for message in after.open(started.chat_id).messages] == ["complete", "stopped"]


def test_a_reader_who_goes_away_leaves_what_came(world: World) -> None:
    conversation = talk(world, Scripted("Behind the barn door."))
    events = conversation.ask(ASK_KEY, chat_id=None, remember=True)
    started, _, _ = next(events), next(events), next(events)
    events.close()
    assert isinstance(started, Started)
    stored = conversation.open(started.chat_id).messages[1]
    assert (stored.text, stored.state) == ("Behind the barn door.", "stopped")
    assert not conversation.answering()


# --- refusals ---------------------------------------------------------------------------------------


def long_chat(conversation: Conversation, refused: str) -> str:
    """A chat with a refused question and two stretches; returns its id."""
    chat = ask(conversation, refused).chat_id
    for number in range(14):
        about = "the barn needs paint on its door" if number < 7 else "seven herrings swim to Norway"
        ask(conversation, f"In week {number} {about}.", chat)
    return chat


def test_a_refusal_is_stored_and_stays_open_for_the_model(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model)
    chat = long_chat(conversation, ASK_NORA)
    world.index()
    refusal = world.store.chats.messages(chat)[1]
    assert refusal.text.startswith(OLDER_REFUSAL) and json.loads(refusal.details)["refused"] is True
    ask(conversation, ASK_KEY, chat)
    assert f"Still open: {ASK_NORA}" in model.prompt


def test_an_older_message_is_a_refusal_by_its_first_words(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model)
    chat = long_chat(conversation, ASK_NORA)
    world.index()
    with world.store.database.transaction() as tx:
        tx.execute("UPDATE messages SET details = json_remove(details, '$.refused') WHERE details != ''")
    ask(conversation, ASK_KEY, chat)
    assert f"Still open: {ASK_NORA}" in model.prompt


UNKNOWN = ("The context does not say.", "There is no information about that.", "I'm not sure.")


@pytest.mark.parametrize("says", UNKNOWN)
def test_a_model_that_says_that_memory_does_not_hold_it_refuses(world: World, says: str) -> None:
    answer = ask(talk(world, Scripted(says)), "How much does the spare key weigh behind the barn door?")
    assert answer.refused and answer.text.startswith("Your memory does not say") and says not in answer.text


@pytest.mark.parametrize("says", UNKNOWN)
def test_a_model_that_overlooks_what_memory_says_is_overruled(world: World, says: str) -> None:
    answer = ask(talk(world, Scripted(says)), ASK_KEY)
    assert not answer.refused and answer.text.startswith("You said: The spare key hangs behind the barn door. [1]")
