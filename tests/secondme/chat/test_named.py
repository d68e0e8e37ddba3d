"""What the person names with `@` is read for the question before all else."""

from __future__ import annotations

import pytest

from secondme.errors import NothingFound
from tests.secondme.chat.talk import ASK_KEY, Scripted, talk
from tests.worlds.night_world import World


def test_what_is_named_is_read_first_although_something_else_fits_better(world: World) -> None:
    model = Scripted()
    conversation = talk(world, model)
    harbour = next(span for span in world.store.spans.by_id(_all_spans(world)).values() if "harbour" in span.span.text)
    list(conversation.ask(ASK_KEY, chat_id=None, remember=True, named=[harbour.span.id]))
    first = next(line for line in model.prompt.splitlines() if "harbour was frozen" in line or "barn door." in line)
    assert "harbour" in first
    list(conversation.ask(ASK_KEY, chat_id=None, remember=True, named=[harbour.source_id]))
    assert "harbour was frozen" in model.prompt


def test_what_is_named_and_gone_is_told_before_anything_is_kept(world: World) -> None:
    conversation = talk(world, Scripted())
    with pytest.raises(NothingFound):
        list(conversation.ask(ASK_KEY, chat_id=None, remember=True, named=["no-such-source"]))
    assert not conversation.messages.chats()


def _all_spans(world: World) -> list[str]:
    return [str(row["id"]) for row in world.store.database.read("SELECT id FROM spans")]
