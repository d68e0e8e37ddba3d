"""Small talk, orders and what is told get the same reply with every model, and nothing is claimed that was not done."""

from __future__ import annotations

import re

import pytest

from secondme.chat.conversation import Conversation
from secondme.facts.extraction import learn_job
from tests.secondme.chat.talk import Scripted, ask, talk
from tests.worlds.night_world import World


def told(conversation: Conversation, *messages: str) -> str:
    """Say these things in one chat; returns the last reply."""
    chat, text = None, ""
    for message in messages:
        answer = ask(conversation, message, chat)
        chat, text = answer.chat_id, answer.text
    return text


@pytest.mark.parametrize("models", [None, "small", "large"])
def test_small_talk_and_questions_about_the_assistant_get_the_same_reply_with_every_model(
    world: World, models: str | None
) -> None:
    conversation = talk(world, Scripted() if models else None, small=models == "small")
    assert told(conversation, "thanks, you're a star") == "You’re welcome."
    assert told(conversation, "Schönen Dank!") == "Gern geschehen."
    assert told(conversation, "谢谢你") == "不客气。"
    assert "stays on this computer" in told(conversation, "are you sending this to anyone?")
    assert "Second Me" in told(conversation, "who are you")


def test_an_order_to_forget_shows_what_it_means_and_the_command_and_forgets_nothing(world: World) -> None:
    conversation = talk(world)
    ask(conversation, "The code of my safe is 48213 and nobody may know it.")
    world.index()
    text = told(conversation, "forget the code of my safe, please")
    assert text.startswith("Nothing is forgotten yet: this means “The code of …”.")
    assert "48213" not in text
    command = re.search(r"`secondme forget (\S+)`", text)
    assert command and world.store.removal.find(command[1])
    assert "48213" in told(conversation, "what is the code of my safe?")


def test_what_was_said_last_can_be_meant(world: World) -> None:
    conversation = talk(world)
    text = told(conversation, "Ravi owes me 300 euros.", "thanks", "forget what I just said")
    assert "“Ravi owes me …”" in text


def test_an_order_that_means_nothing_says_so(world: World) -> None:
    assert told(talk(world), "forget the zeppelin").startswith("Nothing is forgotten: I find nothing")


def test_what_should_not_be_kept_is_no_memory_and_can_be_hidden(world: World) -> None:
    conversation = talk(world)
    text = told(conversation, "don't remember this: the gate code is 7712")
    assert "`secondme forget " in text and "--off-record" in text and "7712" not in text
    world.index()
    assert "7712" not in told(conversation, "what is the gate code?")


def test_a_promise_is_noted_and_no_alarm_is_claimed(world: World) -> None:
    text = told(talk(world), "Remind me to water my ferns on Friday, would you?")
    assert text.startswith("Noted as a promise: to water your ferns on Friday. I have no alarm")


def test_what_is_to_be_remembered_is_said_again_to_the_person(world: World) -> None:
    assert told(talk(world), "remember that my locker number is 88").startswith("Noted: your locker number is 88.")


def test_a_correction_says_what_stands_instead_of_what(world: World) -> None:
    conversation = talk(world)
    text = told(conversation, "the rent of the garage is 52 a month", "sorry, 57")
    assert text.startswith("Noted: 57 instead of 52.")
    assert told(conversation, "周五晚上聚餐", "说错了，是周六").startswith("记下了：不是周五，改为周六。")


def test_an_acknowledgement_says_what_held_before(world: World) -> None:
    text = told(talk(world), "I live in Porto now.")
    assert text.startswith("Noted: you live in Porto (before: Lisbon).")


def test_an_acknowledgement_has_at_most_two_sentences_and_its_language(world: World) -> None:
    conversation = talk(world)
    assert told(conversation, "Ich habe gestern den Zaun gestrichen.").startswith("Notiert.")
    assert told(conversation, "我昨天修好了自行车").startswith("记下了。")
    assert told(conversation, "had the chimney swept").startswith("Noted.")


def test_an_answer_has_the_corrected_value_and_goes_with_the_correction(world: World) -> None:
    conversation = talk(world)
    told(conversation, "the piano tuner comes on monday at 4", "no wait, tuesday")
    world.index()
    answer = ask(conversation, "On which weekday does the piano tuner come?")
    assert "tuesday" in answer.text and "monday" not in answer.text
    made = world.store.database.read("SELECT span_id FROM provenance WHERE owner_id = ?", (answer.message_id,))
    texts = {found.span.text for found in world.store.spans.by_id([row[0] for row in made]).values()}
    assert "no wait, tuesday" in texts


def test_no_fact_is_learnt_from_an_order_to_forget_it(world: World) -> None:
    conversation = talk(world)
    told(conversation, "forget that I live in Tromsø")
    told(conversation, "don't remember this: I live in Ghent.")
    world.index()
    world.run(learn_job())
    assert "Lisbon" in told(conversation, "Where do I live?")
