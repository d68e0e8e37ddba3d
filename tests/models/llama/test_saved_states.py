"""What a model has read is not read again, after a restart either, unless nobody allowed that to be kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.bundled import BundledLanguageModel
from models.llama.language_model import LlamaLanguageModel
from models.llama.saved_states import LEAST_TOKENS, SavedStates, shared_length
from models.protocol import ChatTurn, Finished, GenerateRequest, Piece

BOOK = "The harbour master counted the boats and wrote their number into the blue book. " * 30


def chat(*asked: str) -> list[ChatTurn]:
    """A chat about the book in which so many questions were answered."""
    turns = [ChatTurn("system", BOOK)]
    for number, question in enumerate(asked):
        turns.append(ChatTurn("user", question))
        if number < len(asked) - 1:
            turns.append(ChatTurn("assistant", "Twelve."))
    return turns


@pytest.fixture
def start(language_model: BundledLanguageModel, tmp_path: Path) -> Iterator[Start]:
    made = Start(language_model.path, tmp_path)
    yield made
    for process in made.open:
        process.close()


class Start:
    """Starts a model's process anew, with the states of the ones before."""

    def __init__(self, model: Path, folder: Path) -> None:
        self._model = model
        self._folder = folder
        self.states = folder / "states"
        self.open: list[LlamaLanguageModel] = []

    def __call__(self, **options: object) -> LlamaLanguageModel:
        process = LlamaLanguageModel(
            self._model,
            self._folder / "log",
            context_tokens=1024,
            states=self.states,
            **options,  # type: ignore[arg-type]
        )
        self.open.append(process)
        return process


def ask(
    model: LlamaLanguageModel, turns: list[ChatTurn], *, keep: bool = True, reader: str = ""
) -> tuple[str, Finished]:
    *pieces, end = model.generate(GenerateRequest(turns, 8, keep=keep, reader=reader), threading.Event())
    assert isinstance(end, Finished)
    return "".join(piece.text for piece in pieces if isinstance(piece, Piece)), end


def test_the_second_question_after_a_restart_reads_only_what_is_new(start: Start) -> None:
    first = start()
    _, cold = ask(first, chat("How many boats?"))
    first.rest()
    first.close()
    turns = chat("How many boats?", "In which book?")
    text, warm = ask(start(), turns)
    assert cold.cached_tokens == 0 and warm.cached_tokens > 0.9 * cold.prompt_tokens
    start.states.rename(start.states.with_name("away"))
    assert ask(start(), turns)[0] == text, "and answers the same as when it reads everything"


def test_without_leave_nothing_is_written(start: Start) -> None:
    model = start()
    ask(model, chat("How many boats?"), keep=False)
    model.rest()
    ask(model, [ChatTurn("user", "Something else altogether?")], keep=False)
    assert not list(start.states.rglob("*"))


def test_what_was_read_for_one_serves_no_other_and_the_persons_own_comes_back(start: Start) -> None:
    model = start()
    turns = chat("How many boats?")
    text, own = ask(model, turns)
    for reader, cached in (("editor", False), ("editor", True), ("other", False)):
        said, end = ask(model, turns, keep=False, reader=reader)
        assert said == text
        assert (end.cached_tokens > 0.9 * own.prompt_tokens) is cached, reader
        assert cached or end.cached_tokens == 0
    assert ask(model, turns)[1].cached_tokens > 0.9 * own.prompt_tokens, "from what was saved"
    assert len(list(start.states.rglob("*.state"))) == 1, "nothing is kept of what was read for others"


def test_a_chat_that_background_work_displaces_is_put_aside_first(start: Start) -> None:
    model = start()
    ask(model, chat("How many boats?"))
    ask(model, [ChatTurn("user", "A job that has nothing to do with it.")], keep=False)
    _, end = ask(model, chat("How many boats?", "In which book?"))
    assert end.cached_tokens > 400
    assert len(list(start.states.rglob("*.state"))) == 1


def test_a_state_belongs_to_a_model_and_a_cache_type(start: Start) -> None:
    model = start()
    ask(model, chat("How many boats?"))
    model.rest()
    model.close()
    assert ask(start(cache_kind="q8_0"), chat("How many boats?"))[1].cached_tokens == 0


def test_states_are_private_and_a_damaged_state_is_replaced(start: Start) -> None:
    model = start()
    before, _ = ask(model, chat("How many boats?"))
    model.rest()
    model.close()
    for path in start.states.rglob("*.*"):
        assert path.stat().st_mode & 0o777 == 0o600
        if path.suffix == ".state":
            path.write_bytes(path.read_bytes()[:-50_000])
    again, end = ask(start(), chat("How many boats?"))
    assert again == before and end.cached_tokens == 0
    assert not list(start.states.rglob("*.state"))


def write(path: Path) -> None:
    path.write_bytes(b"x" * 1000)


def test_longer_chats_supersede_and_the_oldest_go_beyond_the_limit(tmp_path: Path) -> None:
    states = SavedStates(tmp_path, ["model"], 2500)
    tokens = list(range(LEAST_TOKENS))
    assert not states.save(tokens[:-1], write), "too short"
    assert states.save(tokens, write)
    assert not states.save([*tokens, 1], write), "there already"
    assert states.save([*tokens, *tokens], write)
    assert len(list(tmp_path.rglob("*.state"))) == 1
    for number in range(1, 4):
        assert states.save([number * 1000 + token for token in tokens], write)
    assert len(list(tmp_path.rglob("*.state"))) == 2
    path, count = SavedStates(tmp_path, ["model"], 2500).best([3000, 3001, 7])
    assert path is not None and count == 2
    assert SavedStates(tmp_path, ["another"], 2500).best([3000, 3001]) == (None, 0)


def test_a_state_that_cannot_be_written_is_no_state(tmp_path: Path) -> None:
    def full(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    states = SavedStates(tmp_path, ["model"], 2500)
    assert not states.save(list(range(LEAST_TOKENS)), full)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_two_texts_share_is_their_beginning() -> None:
    assert (
        shared_length([1, 2, 3], [1, 2, 4]) == 2
        and shared_length([1, 2], [1, 2, 3]) == 2
        and shared_length([], [1]) == 0
    )
