from __future__ import annotations

import importlib.util
import json
import math
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.mlx.language_model import MlxLanguageModel, read_config
from models.protocol import ChatTurn, ContextOverflow, Finished, GenerateRequest, LanguageModel, ModelError, Piece
from tests.models.answers import SetAfter, collect
from tests.models.mlx.tiny_mlx import CONTEXT, TURN, make_mlx_model

SEA = [ChatTurn("user", "Write about the sea.")]
LONG = [ChatTurn("user", "the sea counted the boats " * 60)]
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 12}, "kind": {"enum": ["cat", "dog"]}},
    "required": ["name", "kind"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("mlx_lm") is None or importlib.util.find_spec("mlx") is None:
        pytest.skip("MLX is not installed")
    return make_mlx_model(tmp_path_factory.mktemp("mlx") / "Tiny-Sea")


@pytest.fixture(scope="module")
def model(folder: Path, cache: Path) -> Iterator[MlxLanguageModel]:
    process = MlxLanguageModel(folder, cache / "mlx.log")
    yield process
    process.close()


def ask(turns: list[ChatTurn] = SEA, max_tokens: int = 24, **settings: Any) -> GenerateRequest:
    return GenerateRequest(turns, max_tokens, **settings)


def answer(model: MlxLanguageModel, request: GenerateRequest) -> tuple[str, Finished]:
    return collect(model.generate(request, threading.Event()))


def test_it_is_a_language_model_that_starts_at_the_first_call(folder: Path, tmp_path: Path) -> None:
    model: LanguageModel = MlxLanguageModel(folder, tmp_path / "log")
    assert model.name == "Tiny-Sea"
    assert not (tmp_path / "log").exists(), "no process has been started"


def test_an_answer_comes_in_pieces_and_says_what_it_cost(model: MlxLanguageModel) -> None:
    *pieces, end = model.generate(ask(), threading.Event())
    assert len(pieces) > 5 and all(isinstance(piece, Piece) and piece.text for piece in pieces)
    assert isinstance(end, Finished) and (end.reason, end.completion_tokens) == ("length", 24)
    assert end.prompt_tokens == model.count_tokens(SEA)
    assert end.prompt_seconds > 0 and end.completion_seconds > 0


def test_the_context_is_what_the_model_was_trained_for_at_most(model: MlxLanguageModel) -> None:
    assert model.context_tokens == CONTEXT


def test_a_stop_sequence_ends_the_answer_and_is_not_part_of_it(model: MlxLanguageModel) -> None:
    whole, _ = answer(model, ask())
    stop = whole[6:10]
    text, end = answer(model, ask(stop=[stop]))
    assert (text, end.reason) == (whole[: whole.index(stop)], "stop")


def test_a_seed_makes_sampling_repeatable(model: MlxLanguageModel) -> None:
    texts = [answer(model, ask(temperature=1.0, seed=seed))[0] for seed in (1, 2, 1)]
    assert texts[0] == texts[2] != texts[1]


@pytest.mark.parametrize("seed", range(3))
def test_an_answer_under_a_schema_parses(model: MlxLanguageModel, seed: int) -> None:
    text, end = answer(model, ask(max_tokens=120, schema=SCHEMA, temperature=1.0, seed=seed))
    found = json.loads(text)
    assert end.reason == "stop" and found["kind"] in ("cat", "dog") and len(found["name"]) <= 12


def test_a_schema_that_is_no_grammar_is_refused_and_the_model_lives(model: MlxLanguageModel) -> None:
    model.warm()
    before = model._child
    with pytest.raises(ModelError, match="schema"):
        answer(model, ask(schema={"$ref": "#/nowhere"}))
    assert answer(model, ask())[1].reason == "length" and model._child is before


def test_log_probabilities_are_the_models_own_and_cover_the_answer(model: MlxLanguageModel) -> None:
    stream = list(model.generate(ask(logprobs=400, repeat_penalty=1.0), threading.Event()))
    tokens = [token for piece in stream if isinstance(piece, Piece) for token in piece.logprobs]
    end = stream[-1]
    assert isinstance(end, Finished) and end.completion_tokens - 1 <= len(tokens) <= end.completion_tokens
    for token in tokens:
        assert sum(math.exp(score) for _, score in token.likeliest) == pytest.approx(1, abs=1e-4)
        assert token.logprob == token.likeliest[0][1], "greedy decoding takes the likeliest"


def test_the_penalty_on_repetitions_does_not_show_in_log_probabilities(model: MlxLanguageModel) -> None:
    plain, penalized = (
        next(model.generate(ask(logprobs=3, repeat_penalty=penalty), threading.Event())) for penalty in (1.0, 1.5)
    )
    assert isinstance(plain, Piece) and isinstance(penalized, Piece)
    for (_, score), (_, other) in zip(plain.logprobs[0].likeliest, penalized.logprobs[0].likeliest, strict=True):
        assert score == pytest.approx(other, abs=1e-4)


@pytest.mark.parametrize("marker", ["<|im_end|>", TURN])
def test_a_control_token_spelled_out_in_a_text_is_only_text(model: MlxLanguageModel, marker: str) -> None:
    plain = model.count_tokens([ChatTurn("user", "")])
    assert model.count_tokens([ChatTurn("user", marker)]) >= plain + 4


def test_text_of_any_script_and_half_characters_are_taken(model: MlxLanguageModel) -> None:
    text, _ = answer(model, ask([ChatTurn("user", "Repeat: 🐈🦜 東京 \ud83d \x00")], 8))
    text.encode()


def test_what_does_not_fit_the_context_is_refused_before_it_is_computed(model: MlxLanguageModel) -> None:
    asked = model.count_tokens(LONG)
    with pytest.raises(ContextOverflow, match=str(asked)):
        answer(model, ask(LONG, CONTEXT - asked + 1))
    assert answer(model, ask(LONG, CONTEXT - asked))[1].reason in ("length", "stop")


def test_a_prompt_that_begins_like_the_last_is_answered_as_by_a_fresh_model(
    model: MlxLanguageModel,
) -> None:
    more = [ChatTurn("user", LONG[0].content + "How many?")]
    answer(model, ask(LONG))
    after_it, reused = answer(model, ask(more))
    model.close()
    fresh, whole = answer(model, ask(more))
    assert after_it == fresh
    assert reused.cached_tokens > reused.prompt_tokens - 30 and whole.cached_tokens == 0


def test_cancelling_ends_the_evaluation_of_a_long_prompt_and_leaves_a_sound_state(model: MlxLanguageModel) -> None:
    answer(model, ask())
    _, cancelled = collect(model.generate(ask(LONG), SetAfter(0)))
    assert cancelled.reason == "cancelled" and cancelled.completion_tokens == 0
    after_it, reused = answer(model, ask(LONG))
    assert 0 < reused.cached_tokens < reused.prompt_tokens, "what was evaluated is not lost"
    model.close()
    assert after_it == answer(model, ask(LONG))[0]


def test_cancelling_ends_an_answer_within_a_token_or_two(model: MlxLanguageModel) -> None:
    cancel = threading.Event()
    stream = model.generate(ask(max_tokens=900), cancel)
    next(stream)
    cancel.set()
    text, end = collect(stream)
    assert (text, end.reason) == ("", "cancelled") and end.completion_tokens < 900
    assert answer(model, ask())[1].reason == "length"


def test_a_killed_child_costs_one_answer_and_the_pieces_stay(model: MlxLanguageModel) -> None:
    expected, _ = answer(model, ask())
    stream = model.generate(ask(max_tokens=900), threading.Event())
    first = next(stream)
    assert model._child is not None
    os.kill(model._child.pid, signal.SIGKILL)
    with pytest.raises(ModelError, match="signal 9"):
        collect(stream)
    assert isinstance(first, Piece) and expected.startswith(first.text)
    assert answer(model, ask())[0] == expected


@pytest.mark.parametrize(
    "kind",
    ["no folder", "no config", "no json", "unknown kind", "no weights", "cut weights", "no tokenizer", "own code"],
)
def test_a_broken_model_folder_is_an_error_of_a_sentence(folder: Path, tmp_path: Path, kind: str) -> None:
    broken = tmp_path / "broken"
    if kind != "no folder":
        make_mlx_model(broken)
    config = broken / "config.json"
    if kind == "no config":
        config.unlink()
    elif kind == "no json":
        config.write_text("{")
    elif kind in ("unknown kind", "own code"):
        change = {"model_type": "abacus"} if kind == "unknown kind" else {"model_file": "evil.py"}
        config.write_text(json.dumps({**json.loads(config.read_text()), **change}))
        (broken / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    elif kind == "no weights":
        (broken / "model.safetensors").unlink()
    elif kind == "cut weights":
        weights = broken / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:5000])
    elif kind == "no tokenizer":
        (broken / "tokenizer.json").unlink()
        (broken / "tokenizer_config.json").unlink()
    model = MlxLanguageModel(broken, tmp_path / "log")
    with pytest.raises(ModelError) as caught:
        answer(model, ask())
    assert str(broken) in caught.value.what and caught.value.what.count(". ") == 0
    assert "secondme config set model.path" in caught.value.remedy
    assert not (tmp_path / "ran").exists()


def test_a_machine_without_mlx_says_what_to_do(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.mlx.language_model.find_spec", lambda name: None)
    with pytest.raises(ModelError, match="not installed here") as caught:
        MlxLanguageModel(folder, tmp_path / "log").warm()
    assert "GGUF" in caught.value.remedy


def test_a_config_is_not_trusted(tmp_path: Path) -> None:
    for text in ("[]", '{"quantization": 4}', "\xff" * 10, " " * (2 << 20)):
        (tmp_path / "config.json").write_text(text, encoding="latin-1")
        with pytest.raises(ModelError, match="damaged"):
            read_config(tmp_path)


def test_the_log_holds_nothing_of_the_conversation(model: MlxLanguageModel, cache: Path) -> None:
    answer(model, ask([ChatTurn("user", "My canary is called zebrafinch.")]))
    assert b"zebrafinch" not in (cache / "mlx.log").read_bytes()
