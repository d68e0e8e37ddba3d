"""What is forgotten is told no more, and of what is purged no byte is left, whatever a model repeated of it."""

from __future__ import annotations

import random
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.protocol import ChatTurn, Finished, GenerateRequest, Piece
from secondme.api import Delta, Done, Started
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.errors import UsageError
from secondme.places import Places
from storage.store import Store
from tests.worlds.night_world import WordEmbedder

SECRET = "The spare key is under the flowerpot at Quillfeather Lane."
ASK = "Where is the spare key?"


class Parrot:
    """A model that repeats all that it read, the chat before it too."""

    name = "parrot"
    context_tokens = 8192

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """A quarter of the characters."""
        return sum(len(turn.content) for turn in turns) // 4

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Each message that it was given, in a piece of its own."""
        for turn in request.turns:
            yield Piece(f"{turn.content}\n")
        yield Finished("stop", 10, 10, 0.1, 0.1)

    def close(self) -> None:
        """Nothing to free."""


@contextmanager
def opened() -> Iterator[tuple[Engine, Path]]:
    """An engine that answers with a parrot, and its data folder."""
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        root = Path(name)
        where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
        where.make()
        engine = Engine(where, SystemClock(), embedder=WordEmbedder(), model=Parrot())
        engine.start()
        try:
            yield engine, where.data
        finally:
            engine.close()


def say(engine: Engine, text: str, chat: str | None = None) -> tuple[str, str, str]:
    """(chat, message, text of the answer)."""
    for event in engine.ask(text, chat_id=chat, secrets="keep"):
        if isinstance(event, Done):
            return event.answer.chat_id, event.answer.message_id, event.answer.text
    raise AssertionError("no answer")


def told_anywhere(engine: Engine, word: str) -> list[str]:
    """Where a word is shown: in hits, chats or sources."""
    hits = [f"hit {hit.id}" for hit in engine.recall(word, k=50, faded=True) if word in hit.text]
    shown = [
        f"chat {chat.id}" for chat in engine.chats() for line in engine.chat(chat.id).messages if word in line.text
    ]
    return [*hits, *shown, *(source.id for source in engine.sources() if word in source.title)]


def bytes_with(folder: Path, word: str) -> list[Path]:
    """Files that hold a word."""
    return [path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_answers_that_repeat_a_forgotten_chat_are_hidden_with_it_and_come_back() -> None:
    with opened() as (engine, _):
        first, _, _ = say(engine, SECRET)
        other, _, _ = say(engine, ASK)
        _, _, again = say(engine, ASK, other)
        assert "Quillfeather" in again
        assert engine.forget(first).answers == 2
        assert told_anywhere(engine, "Quillfeather") == []
        assert "Quillfeather" not in say(engine, ASK, other)[2]
        engine.restore(first)
        assert told_anywhere(engine, "Quillfeather")
        assert [line.role for line in engine.chat(other).messages[:4]] == ["user", "assistant"] * 2


def test_forget_counts_what_it_hides_and_nothing_that_was_hidden_before() -> None:
    with opened() as (engine, _):
        first, _, _ = say(engine, SECRET)
        other, _, _ = say(engine, ASK)
        planned = engine.forget(first, dry_run=True)
        done = engine.forget(first)
        assert (planned.sources, planned.spans, planned.messages, planned.answers) == (1, 2, 2, 1)
        assert (done.sources, done.spans, done.messages, done.answers) == (1, 2, 2, 1)
        again = engine.forget(first)
        assert (again.sources, again.spans, again.messages, again.answers) == (0, 0, 0, 0)
        rest = engine.forget(other)
        assert (rest.sources, rest.messages, rest.answers) == (1, 1, 0), "its answer was hidden with the first"
        assert engine.purge(first, dry_run=True).answers == 1, "erasing reaches what is hidden"


def test_an_answer_made_from_two_forgotten_chats_comes_back_with_the_last() -> None:
    with opened() as (engine, _):
        first, _, _ = say(engine, SECRET)
        second, _, _ = say(engine, "The spare bike stands at Marrowbone Yard.")
        other, _, answer = say(engine, "Where are the spare key and the spare bike?")
        assert "Quillfeather" in answer and "Marrowbone" in answer
        engine.forget(first)
        engine.forget(second)
        engine.restore(first)
        assert not any("Quillfeather" in line.text for line in engine.chat(other).messages)
        engine.restore(second)
        assert any("Quillfeather" in line.text for line in engine.chat(other).messages)


def test_a_purge_erases_what_was_repeated_from_the_history_alone() -> None:
    with opened() as (engine, data):
        first, _, _ = say(engine, SECRET)
        other, _, _ = say(engine, ASK)
        engine.forget(first)
        engine.restore(first)
        for _ in range(3):
            say(engine, ASK, other)
        engine.purge(first)
        assert told_anywhere(engine, "Quillfeather") == []
        assert bytes_with(data, "Quillfeather") == []


def test_an_answer_that_broke_off_is_erased_with_what_it_was_made_from() -> None:
    with opened() as (engine, data):
        first, _, _ = say(engine, SECRET)
        events = engine.ask(ASK, secrets="keep")
        assert isinstance(next(events), Started)
        text = ""
        for event in events:
            text += event.text if isinstance(event, Delta) else ""
            if "Quillfeather" in text:
                break
        events.close()  # type: ignore[attr-defined]  # the reader goes away
        assert "Quillfeather" in text
        engine.purge(first)
        assert bytes_with(data, "Quillfeather") == []


def test_nothing_is_acknowledged_into_a_forgotten_chat() -> None:
    with opened() as (engine, _):
        chat, _, _ = say(engine, SECRET)
        engine.forget(chat)
        with pytest.raises(UsageError, match="This chat was forgotten"):
            say(engine, "I live in Seville.", chat)
        engine.restore(chat)
        assert say(engine, "I live in Seville.", chat)[0] == chat


@pytest.mark.parametrize("seed", range(8))
def test_random_walks_of_chats_questions_forgetting_and_purging_leak_nothing(seed: int) -> None:
    walk(seed)


def walk(seed: int, steps: int = 14) -> None:
    """Tell secrets, ask for them in new and old chats, forget and purge them; nothing of them is shown or left."""
    dice = random.Random(seed)
    alive: dict[str, str] = {}
    hidden: dict[str, str] = {}
    asking: list[str] = []
    with opened() as (engine, data):
        for number in range(steps):
            do = dice.choice(["tell", "tell", "ask", "ask", "ask again", "forget", "restore", "purge"])
            if do == "tell":
                word = f"quill{seed}x{number}feather"
                alive[word] = say(engine, f"The spare key number {number} is under the pot {word}.")[0]
            elif do == "ask":
                asking.append(say(engine, ASK)[0])
            elif do == "ask again" and asking:
                say(engine, ASK, dice.choice(asking))
            elif do == "forget" and alive:
                word = dice.choice(sorted(alive))
                engine.forget(alive[word])
                hidden[word] = alive.pop(word)
            elif do == "restore" and hidden:
                word = dice.choice(sorted(hidden))
                engine.restore(hidden[word])
                alive[word] = hidden.pop(word)
            elif do == "purge" and (alive or hidden):
                word = dice.choice(sorted({*alive, *hidden}))
                engine.purge(alive.pop(word, "") or hidden.pop(word, ""))
                assert bytes_with(data, word) == [], (seed, number, word)
            for word in hidden:
                assert told_anywhere(engine, word) == [], (seed, number, word)


def test_answers_that_an_older_release_left_visible_are_hidden_at_the_next_start() -> None:
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        root = Path(name)
        where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
        where.make()
        engine = Engine(where, SystemClock(), embedder=WordEmbedder(), model=Parrot())
        engine.start()
        first, _, _ = say(engine, SECRET)
        other, _, answer = say(engine, ASK)
        assert "Quillfeather" in answer
        engine.close()
        store = Store(where.data, model_id=WordEmbedder.model_id, dimension=WordEmbedder.dimension)
        with store.database.transaction() as tx:  # as a release did that hid the chat alone
            tx.execute("UPDATE sources SET hidden_at = 'then' WHERE id = ?", (first,))
            tx.execute(
                """UPDATE spans SET hidden_at = 'then' WHERE document_id IN
                   (SELECT id FROM documents WHERE source_id = ?)""",
                (first,),
            )
            tx.execute("DELETE FROM facts_of_store WHERE key = 'answers hidden'")
        store.close()
        later = Engine(where, SystemClock(), embedder=WordEmbedder(), model=Parrot())
        later.start()
        assert [line.role for line in later.chat(other).messages] == ["user"]
        assert told_anywhere(later, "Quillfeather") == []
        later.close()
