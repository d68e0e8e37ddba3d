"""What is said off the record is held for a while and never written."""

from __future__ import annotations

from tests.secondme.chat.talk import ASK_KEY, Scripted, ask, talk
from tests.worlds.night_world import World


def test_a_turn_off_the_record_is_remembered_for_the_next_and_never_written(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model)
    chat = ask(conversation, "The barn code is 4711. What is the barn code?", remember=False).chat_id
    ask(conversation, ASK_KEY, chat, remember=False)
    assert "4711" in model.prompt
    assert not world.store.chats.exists(chat) and world.store.chats.all() == []
    for _ in range(8):
        ask(conversation, ASK_KEY, remember=False)
    assert chat not in conversation._off_record, "only the latest chats are held"
