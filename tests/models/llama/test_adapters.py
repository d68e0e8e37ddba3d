"""An adapter on a model: what was read with it is used with nothing else, and no model takes another's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from models.bundled import BundledLanguageModel
from models.llama.adapters import NoSuchAdapter
from models.llama.language_model import LlamaLanguageModel
from models.llama.model import LlamaModel
from models.protocol import ChatTurn, Finished, GenerateRequest, ModelError, Piece, TakesAdapters
from tests.models.adapters.random_adapter import write_random_adapter
from tests.models.adapters.tiny_model import write_tiny_model
from tests.models.loading import Loaded

TOKENS = [5, 30, 7, 90, 41, 6, 25, 17, 8, 94, 12, 40]
BOOK = "The harbour master counted the boats and wrote their number into the blue book. " * 10


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("tiny") / "tiny.gguf", "llama", width=64, heads=2, kv_heads=1)


@pytest.fixture(scope="module")
def adapter(tiny: Path) -> Path:
    return write_random_adapter(tiny.with_name("adapter.gguf"), tiny)


def logits(runtime: LlamaModel) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    runtime.read(TOKENS)
    return runtime.logits()


def test_switching_empties_the_context_and_taking_off_gives_the_base_back(
    tiny: Path, adapter: Path, load: Loaded
) -> None:
    other = write_random_adapter(adapter.with_name("other.gguf"), tiny, seed=2)
    runtime = load(tiny)
    base = logits(runtime)
    found = {}
    for name, path, scale in (("one", adapter, 1.0), ("half", adapter, 0.5), ("other", other, 1.0)):
        runtime.use_adapter(path, scale)
        assert runtime.tokens == []
        found[name] = logits(runtime)
        assert not np.allclose(found[name], base)
    assert not np.allclose(found["one"], found["half"]) and not np.allclose(found["one"], found["other"])
    runtime.use_adapter(None)
    assert (logits(runtime) == base).all()
    runtime.use_adapter(adapter)
    assert (logits(runtime) == found["one"]).all()
    assert (logits(load(tiny, adapter=adapter, adapter_scale=0.5)) == found["half"]).all()


def test_an_adapter_that_llama_cpp_refuses_changes_nothing(tiny: Path, adapter: Path, load: Loaded) -> None:
    runtime = load(tiny)
    runtime.use_adapter(adapter)
    before = logits(runtime)
    broken = adapter.with_name("broken.gguf")
    broken.write_bytes(adapter.read_bytes()[:300])
    for path in (broken, adapter.with_name("missing.gguf"), tiny):
        with pytest.raises(NoSuchAdapter):
            runtime.use_adapter(path)
    assert runtime.tokens == TOKENS
    runtime.forget()
    assert (logits(runtime) == before).all()


@pytest.fixture
def start(language_model: BundledLanguageModel, tmp_path: Path) -> Iterator[Start]:
    made = Start(language_model, tmp_path)
    yield made
    for process in made.open:
        process.close()


class Start:
    """Starts processes of the bundled model that share their saved states."""

    def __init__(self, model: BundledLanguageModel, folder: Path) -> None:
        self.model = model
        self.folder = folder
        self.open: list[LlamaLanguageModel] = []

    def __call__(self, **options: object) -> LlamaLanguageModel:
        process = LlamaLanguageModel(
            self.model.path,
            self.folder / "log",
            context_tokens=1024,
            states=self.folder / "states",
            **options,  # type: ignore[arg-type]
        )
        self.open.append(process)
        return process

    def adapter(self, name: str = "adapter", base_digest: str | None = None, **options: object) -> Path:
        digest = self.model.digest if base_digest is None else base_digest
        how = {"base_digest": digest, "first_layer": 10, "spread": 0.3} | options
        return write_random_adapter(self.folder / f"{name}.gguf", self.model.path, **how)  # type: ignore[arg-type]


def ask(model: LlamaLanguageModel, question: str = "How many boats?", *, reads: bool = False) -> tuple[str, Finished]:
    turns = [ChatTurn("system", BOOK), ChatTurn("user", question)]
    *pieces, end = model.generate(GenerateRequest(turns, 12, keep=True, reads=reads), threading.Event())
    assert isinstance(end, Finished)
    return "".join(piece.text for piece in pieces if isinstance(piece, Piece)), end


def test_states_that_were_kept_belong_to_the_adapter_and_its_scale(start: Start) -> None:
    model, adapter = start(), start.adapter()
    assert isinstance(model, TakesAdapters)
    plain, _ = ask(model)
    model.use_adapter(adapter)
    adapted, first = ask(model)
    assert adapted != plain and first.cached_tokens == 0
    model.use_adapter(adapter, 0.5)
    assert ask(model)[1].cached_tokens == 0
    model.use_adapter(None)
    again, taken_up = ask(model)
    assert again == plain and taken_up.cached_tokens > 0.9 * taken_up.prompt_tokens
    model.use_adapter(adapter)
    again, taken_up = ask(model)
    assert again != plain and taken_up.cached_tokens > 0.9 * taken_up.prompt_tokens
    model.rest()
    model.close()
    restarted = start()
    restarted.use_adapter(adapter)
    again, taken_up = ask(restarted)
    assert again != plain and taken_up.cached_tokens > 0.9 * taken_up.prompt_tokens
    # Another file in its place is another adapter.
    start.adapter(seed=9)
    restarted.close()
    assert ask(restarted)[1].cached_tokens == 0


def test_a_model_under_a_memory_limit_answers_with_the_adapter_too(start: Start) -> None:
    limited = start(memory=600_000_000)
    plain, _ = ask(limited)
    limited.use_adapter(start.adapter())
    assert ask(limited)[0] != plain


def test_an_adapter_of_another_model_is_refused_with_a_sentence(start: Start) -> None:
    model = start()
    before, _ = ask(model)
    for adapter, says in (
        (start.adapter(base_digest="0" * 64), "made for another model's file"),
        (write_random_adapter(start.folder / "qwen.gguf", _tiny(start, "qwen2")), "kind qwen2"),
        (write_random_adapter(start.folder / "small.gguf", _tiny(start, "llama")), "no place for"),
        (start.model.path, "no adapter of a language model"),
        (start.folder / "nothing.gguf", "cannot be read"),
    ):
        with pytest.raises(ModelError, match=says):
            model.use_adapter(adapter)
    assert ask(model)[0] == before


def _tiny(start: Start, architecture: str) -> Path:
    return write_tiny_model(start.folder / f"{architecture}.gguf", architecture)


def test_perplexity_is_that_of_each_token_after_those_before_it(tiny: Path, load: Loaded) -> None:
    runtime = load(tiny)
    tokens = [*TOKENS, *reversed(TOKENS), *TOKENS]  # more than one pass gives logits for
    doubts = []
    for at in range(1, len(tokens)):
        runtime.forget()
        runtime.read(tokens[:at])
        found = runtime.logits().astype(np.float64)
        doubts.append(np.log(np.exp(found - found.max()).sum()) + found.max() - found[tokens[at]])
    assert runtime.perplexity(tokens) == pytest.approx(np.exp(np.mean(doubts)), rel=1e-3)
    assert runtime.tokens == []


def test_plain_text_surprises_the_bundled_model_little(llama: LlamaLanguageModel) -> None:
    assert 1 < llama.perplexity("The sun rises in the east and sets in the west.") < 100
    assert llama.perplexity("Sun the east west in sets and rises the in.") > 100


def test_the_perplexity_of_an_answer_is_that_of_its_tokens_after_the_turns_before_it(
    tiny: Path, load: Loaded, llama: LlamaLanguageModel
) -> None:
    runtime = load(tiny)
    tokens = [*TOKENS, *reversed(TOKENS)]
    doubts = []
    for at in range(len(TOKENS), len(tokens)):
        runtime.forget()
        runtime.read(tokens[:at])
        found = runtime.logits().astype(np.float64)
        doubts.append(np.log(np.exp(found - found.max()).sum()) + found.max() - found[tokens[at]])
    assert runtime.perplexity(tokens, len(TOKENS)) == pytest.approx(np.exp(np.mean(doubts)), rel=1e-3)
    asked = [ChatTurn("user", "What is the capital of France?")]
    assert llama.perplexity("The capital of France is Paris.", asked) < llama.perplexity("My aunt is a bus.", asked) / 4


def test_only_what_asks_to_read_is_answered_with_the_adapter_for_reading(start: Start) -> None:
    adapter = start.adapter()
    plain, _ = ask(start())
    reading = start(reading=adapter)
    adapted = start()
    adapted.use_adapter(adapter)
    read, _ = ask(reading, reads=True)
    assert read == ask(adapted)[0] != plain
    assert ask(reading)[0] == plain
    assert ask(reading, reads=True)[0] == read
    reading.use_adapter(start.adapter("other", seed=3))
    assert ask(reading)[0] not in (plain, read) and ask(reading, reads=True)[0] == read


def test_perplexity_is_that_without_the_adapter_for_reading(start: Start) -> None:
    reading = start(reading=start.adapter())
    ask(reading, reads=True)
    assert reading.perplexity(BOOK) == start().perplexity(BOOK)


def test_an_adapter_for_reading_of_another_model_is_refused_before_the_model_starts(start: Start) -> None:
    with pytest.raises(ModelError, match="made for another model's file"):
        ask(start(reading=start.adapter(base_digest="0" * 64)))
