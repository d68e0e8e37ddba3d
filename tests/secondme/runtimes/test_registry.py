"""A runtime is added in a single place: the list of runtimes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from models.protocol import (
    ChatTurn,
    Embedder,
    Finished,
    GenerateRequest,
    LanguageModel,
    ModelError,
    Piece,
    TextRole,
    TokenVectors,
    Vectors,
)
from models.protocol.place import place_of
from models.protocol.runtime import ModelOptions, Runtime, Server, Source
from secondme.api import Delta
from secondme.cli.change_setting import change_setting
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.errors import SecondMeError, UsageError
from secondme.places import Places
from secondme.runtimes import registry
from secondme.runtimes.planner import Planner
from secondme.runtimes.shelf import ModelShelf

FACT = "The spare key hangs behind the barn door."


class ToyModel:
    """Answers every question with the contents of its file."""

    def __init__(self, path: Path, context_tokens: int) -> None:
        self.name = path.stem
        self.context_tokens = context_tokens
        self._answer = path.read_text()

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """A token for each word."""
        return sum(len(turn.content.split()) for turn in turns)

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """The whole answer at once."""
        yield Piece(self._answer)
        yield Finished("stop", 1, 1, 0.0, 0.0)

    def close(self) -> None:
        """There is nothing to stop."""


class ToyEmbedder:
    """A text's vector says whether the text has a question mark."""

    name = model_id = "toy-embedder"
    dimension = 2
    max_tokens = 100

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """A token for each word."""
        return [len(text.split()) for text in texts]

    def embed(self, texts: Sequence[str], role: TextRole = "passage") -> Vectors:
        """Unit vectors, shape (len(texts), 2)."""
        return np.array([[0.0, 1.0] if "?" in text else [1.0, 0.0] for text in texts], np.float32)

    def embed_tokens(self, texts: Sequence[str], role: TextRole = "passage") -> tuple[Vectors, list[TokenVectors]]:
        """As `embed`; tokens get no vectors."""
        return self.embed(texts), [np.empty((0, 0), np.int8) for _ in texts]

    def close(self) -> None:
        """There is nothing to stop."""


class ToyRuntime(Runtime):
    """Recognises files that end in `.toy`."""

    title = "the toy runtime"
    format = "toy"
    takes = "a toy file"

    def recognises(self, source: Source) -> bool:
        """By its ending."""
        return isinstance(source, Path) and source.suffix == ".toy"

    def language_model(self, source: Source, options: ModelOptions) -> LanguageModel:
        """The toy model of the file."""
        assert isinstance(source, Path)
        return ToyModel(source, options.context_tokens)

    def embedder(self, source: Source, options: ModelOptions) -> Embedder:
        """The toy embedder, whatever is in the file."""
        return ToyEmbedder()

    def check(self, path: Path) -> None:
        """Raise ModelError for an empty file."""
        if not path.stat().st_size:
            raise ModelError(f"The toy {path.name} is empty.", "Write an answer into it.")


@pytest.fixture
def here(tmp_path: Path) -> Places:
    root = tmp_path / "home"
    where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
    where.make()
    return where


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A toy model, and its runtime in the list."""
    monkeypatch.setattr(registry, "RUNTIMES", (ToyRuntime(), *registry.RUNTIMES))
    file = tmp_path / "parrot.toy"
    file.write_text("It hangs behind the barn door [1].")
    return file


def test_every_source_has_its_runtime(tmp_path: Path) -> None:
    server = Server(place_of("http://localhost:11434/v1"))
    sources: list[Source] = [server, tmp_path, tmp_path / "model.gguf", tmp_path / "missing"]
    assert [registry.runtime_of(source).format for source in sources] == ["", "mlx", "gguf", "gguf"]


def test_a_runtime_in_the_list_answers_and_embeds_for_the_settings(here: Places, toy: Path) -> None:
    change_setting(here, "model.path", str(toy))
    change_setting(here, "embedder.path", str(toy))
    engine = Engine(here, SystemClock())
    engine.start()
    try:
        engine.remember(FACT)
        list(engine.wait_indexed())
        events = list(engine.ask("Tell me where the spare key hangs.", remember=False))
        status = engine.status()
    finally:
        engine.close()
    assert (status.model, status.embedder) == ("parrot", "toy-embedder")
    assert status.rung == "full" and not status.problems
    assert "".join(event.text for event in events if isinstance(event, Delta)).startswith("It hangs behind the barn")


def test_the_commands_know_a_runtime_of_the_list(here: Places, toy: Path) -> None:
    change_setting(here, "model.path", str(toy))
    facts = ModelShelf(here).file_facts(toy)
    assert (facts.format, facts.size, facts.in_use) == ("toy", toy.stat().st_size, True)
    assert not ModelShelf(here).embeds(toy)
    with pytest.raises(UsageError, match=r"parrot\.toy is a toy file, for the toy runtime\."):
        Planner(here).of_model(str(toy))


def test_a_model_that_its_runtime_refuses_is_not_chosen(here: Places, toy: Path) -> None:
    toy.write_text("")
    with pytest.raises(SecondMeError, match="is empty"):
        change_setting(here, "model.path", str(toy))
    assert not here.config_file.exists()


def test_without_its_runtime_the_file_is_refused_by_llama_cpp(here: Places, tmp_path: Path) -> None:
    file = tmp_path / "parrot.toy"
    file.write_text("It hangs behind the barn door.")
    with pytest.raises(SecondMeError, match="not a GGUF file"):
        change_setting(here, "model.path", str(file))
