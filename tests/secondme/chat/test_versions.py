"""Answers that are given again, and questions that are asked otherwise, stay beside those before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from secondme.api import AskEvent, Done, Started
from secondme.chat.conversation import Conversation
from secondme.chat.messages import Messages
from secondme.errors import NothingFound, UsageError
from tests.secondme.chat.talk import ASK_KEY, Scripted, talk
from tests.worlds.night_world import World


def started(events: Iterator[AskEvent]) -> Started:
    """The beginning of an answer that is read to its end."""
    read = list(events)
    assert isinstance(read[0], Started) and isinstance(read[-1], Done)
    return read[0]


def asked(conversation: Conversation, question: str, chat: str | None = None, instead_of: str = "") -> Started:
    return started(conversation.ask(question, chat_id=chat, remember=True, instead_of=instead_of))


def texts(conversation: Conversation, chat: str) -> list[str]:
    """What is shown of a chat: what the person wrote, and the model's answers by their place among the versions."""
    return [
        message.text
        if message.role == "user"
        else f"answer {message.versions.index(message.id) + 1}/{len(message.versions)}"
        if message.versions
        else "answer"
        for message in conversation.open(chat).messages
    ]


def test_an_answer_given_again_stays_beside_the_first_and_either_can_be_shown(world: World) -> None:
    conversation = talk(world, Scripted())
    first = asked(conversation, ASK_KEY)
    second = started(conversation.answer_again(first.message_id))
    third = started(conversation.answer_again(second.message_id))
    assert texts(conversation, first.chat_id) == [ASK_KEY, "answer 3/3"]
    shown = conversation.open(first.chat_id).messages
    assert shown[1].versions == (first.message_id, second.message_id, third.message_id)
    assert conversation.messages.choose(second.message_id).messages[1].id == second.message_id
    assert texts(conversation, first.chat_id) == [ASK_KEY, "answer 2/3"]
    assert not shown[0].versions


def test_the_question_is_saved_once_and_the_model_words_another_answer_differently(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model)
    first = asked(conversation, ASK_KEY)
    started(conversation.answer_again(first.message_id))
    assert len(world.store.chats.messages(first.chat_id)) == 2
    assert [request.temperature > 0 for request in model.requests] == [False, True]
    assert len({request.seed for request in model.requests}) == 2


def test_a_question_asked_otherwise_begins_a_branch_that_knows_nothing_of_the_other(world: World) -> None:
    conversation = talk(world, Scripted())
    chat = asked(conversation, ASK_KEY).chat_id
    asked(conversation, "When was the harbour frozen?", chat)
    question = conversation.open(chat).messages[2]
    asked(conversation, "How many ships came in January?", chat, instead_of=question.id)
    assert texts(conversation, chat) == [ASK_KEY, "answer", "How many ships came in January?", "answer"]
    edited = conversation.open(chat).messages[2]
    assert edited.versions == (question.id, edited.id)
    history = conversation._history(chat, True)
    assert all("harbour" not in message.text for message in history.messages if message.role == "user")
    conversation.messages.choose(question.id)
    assert texts(conversation, chat)[2] == "When was the harbour frozen?"


def test_what_is_asked_next_follows_the_version_that_is_shown(world: World) -> None:
    conversation = talk(world, Scripted())
    first = asked(conversation, ASK_KEY)
    chat = first.chat_id
    started(conversation.answer_again(first.message_id))
    conversation.messages.choose(first.message_id)
    asked(conversation, "Where do I live?", chat)
    assert texts(conversation, chat) == [ASK_KEY, "answer 1/2", "Where do I live?", "answer"]
    second = conversation.open(chat).messages[1].versions[1]
    conversation.messages.choose(second)
    assert texts(conversation, chat) == [ASK_KEY, "answer 2/2"]
    conversation.messages.choose(first.message_id)
    assert texts(conversation, chat) == [ASK_KEY, "answer 1/2", "Where do I live?", "answer"]


def test_the_first_question_can_be_asked_otherwise_too(world: World) -> None:
    conversation = talk(world, Scripted())
    chat = asked(conversation, ASK_KEY).chat_id
    first = conversation.open(chat).messages[0]
    asked(conversation, "Where do I live?", chat, instead_of=first.id)
    assert texts(conversation, chat) == ["Where do I live?", "answer"]
    assert conversation.open(chat).messages[0].versions[0] == first.id


def test_what_is_no_answer_cannot_be_given_again(world: World) -> None:
    conversation = talk(world, Scripted())
    chat = asked(conversation, ASK_KEY).chat_id
    with pytest.raises(UsageError):
        list(conversation.answer_again(conversation.open(chat).messages[0].id))
    with pytest.raises(NothingFound):
        list(conversation.answer_again("no-such-message"))
    with pytest.raises(NothingFound):
        list(conversation.ask("Or?", chat_id=chat, remember=True, instead_of="no-such-message"))
    assert texts(conversation, chat) == [ASK_KEY, "answer"]


def test_erasing_a_question_leaves_the_branches_before_and_after_it_whole(world: World) -> None:
    conversation = talk(world, Scripted())
    chat = asked(conversation, "Where do I live?").chat_id
    second = asked(conversation, ASK_KEY, chat)
    started(conversation.answer_again(second.message_id))
    question = conversation.open(chat).messages[2]
    (target,) = world.store.removal.find(question.id)
    world.store.removal.erase([target], "2026-01-02T00:00:00Z")
    assert texts(conversation, chat) == ["Where do I live?", "answer", "answer 2/2"]
    assert conversation.open(chat).messages[2].state == "removed"


def test_a_chat_is_renamed_and_put_away_and_is_remembered_all_the_same(world: World) -> None:
    conversation = talk(world, Scripted())
    chat = asked(conversation, ASK_KEY).chat_id
    messages: Messages = conversation.messages
    messages.rename(chat, "  The\nkey ")
    messages.archive(chat, archived=True)
    (summary,) = messages.chats()
    assert (summary.title, summary.archived) == ("The key", True)
    assert conversation.open(chat).title == summary.title
    messages.archive(chat, archived=False)
    assert not messages.chats()[0].archived
    with pytest.raises(UsageError):
        messages.rename(chat, " \n")
    with pytest.raises(NothingFound):
        messages.archive("no-such-chat", archived=True)
