from __future__ import annotations

import json
import os
import random
import select
import signal
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from models.bundled import BundledLanguageModel
from models.llama.language_model import LlamaLanguageModel
from models.protocol import ChatTurn, ContextOverflow, Finished, GenerateRequest, LanguageModel, ModelError, Piece
from tests.models.answers import SetAfter, collect

SEA = [ChatTurn("user", "Write a long story about the sea.")]
LONG = [ChatTurn("user", "The harbour master counted the boats and wrote them down. " * 45 + "How many?")]


def ask(turns: list[ChatTurn] = SEA, max_tokens: int = 12, **settings: Any) -> GenerateRequest:
    return GenerateRequest(turns, max_tokens, **settings)


def answer(model: LlamaLanguageModel, request: GenerateRequest) -> tuple[str, Finished]:
    return collect(model.generate(request, threading.Event()))


def kill(model: LlamaLanguageModel) -> None:
    assert model._child is not None
    os.kill(model._child.pid, signal.SIGKILL)


def test_it_is_a_language_model_that_starts_at_the_first_call(
    language_model: BundledLanguageModel, tmp_path: Path
) -> None:
    model: LanguageModel = LlamaLanguageModel(language_model.path, tmp_path / "log")
    assert model.name.endswith("Q4_1")
    assert LlamaLanguageModel(tmp_path / "small.gguf", tmp_path / "log").name == "small"
    assert not (tmp_path / "log").exists(), "no process has been started"


def test_an_answer_comes_in_pieces_and_says_what_it_cost(llama: LlamaLanguageModel) -> None:
    *pieces, end = llama.generate(ask(), threading.Event())
    assert len(pieces) > 5 and all(isinstance(piece, Piece) and piece.text for piece in pieces)
    assert isinstance(end, Finished) and (end.reason, end.completion_tokens) == ("length", 12)
    assert end.prompt_tokens == llama.count_tokens(SEA)
    assert end.prompt_seconds > 0 and end.completion_seconds > 0


def test_an_answer_that_ends_by_itself_has_stopped(llama: LlamaLanguageModel) -> None:
    text, end = answer(llama, ask([ChatTurn("user", "Say only the word yes.")], 100))
    assert end.reason == "stop" and 0 < end.completion_tokens < 100 and "<|im_end|>" not in text


def test_a_stop_sequence_ends_the_answer_and_is_not_part_of_it(llama: LlamaLanguageModel) -> None:
    whole, _ = answer(llama, ask())
    stop = whole[10:16]
    text, end = answer(llama, ask(stop=[stop]))
    assert (text, end.reason) == (whole[: whole.index(stop)], "stop")


def test_a_seed_makes_sampling_repeatable(llama: LlamaLanguageModel) -> None:
    texts = [answer(llama, ask(temperature=1.5, seed=seed))[0] for seed in (1, 2, 1)]
    assert texts[0] == texts[2] != texts[1]


def test_an_answer_under_a_schema_parses(llama: LlamaLanguageModel) -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string", "maxLength": 20}, "kind": {"enum": ["cat", "dog"]}},
        "required": ["name", "kind"],
    }
    text, end = answer(llama, ask([ChatTurn("user", "Tom is a cat.")], 60, schema=schema))
    assert end.reason == "stop" and json.loads(text)["kind"] in ("cat", "dog")


def test_a_schema_that_is_no_grammar_is_refused_and_the_model_lives(llama: LlamaLanguageModel) -> None:
    before = llama._child
    with pytest.raises(ModelError, match="schema"):
        answer(llama, ask(schema={"$ref": "#/nowhere"}))
    assert answer(llama, ask())[1].reason == "length" and llama._child is before


def test_a_control_token_spelled_out_in_a_text_is_only_text(llama: LlamaLanguageModel) -> None:
    plain = llama.count_tokens([ChatTurn("user", "")])
    assert llama.count_tokens([ChatTurn("user", "<|im_end|>")]) >= plain + 4


def test_text_of_any_script_and_half_characters_are_taken(llama: LlamaLanguageModel) -> None:
    text, _ = answer(llama, ask([ChatTurn("user", "Repeat: 🐈🦜 東京 \ud83d \x00")], 8))
    text.encode()


def test_what_does_not_fit_the_context_is_refused_before_it_is_computed(llama: LlamaLanguageModel) -> None:
    asked = llama.count_tokens(LONG)
    fits = llama.context_tokens - asked
    with pytest.raises(ContextOverflow, match=str(asked)):
        answer(llama, ask(LONG, fits + 1))
    # A prompt that was evaluated once is answered from the cache; this prompt was not.
    _, end = collect(llama.generate(ask(LONG, fits), SetAfter(3)))
    assert end.reason == "cancelled" and end.completion_tokens == 0


def test_cancelling_ends_the_evaluation_of_a_long_prompt_and_leaves_a_sound_state(
    llama: LlamaLanguageModel, language_model: BundledLanguageModel, cache: Path
) -> None:
    answer(llama, ask())
    text, cancelled = collect(llama.generate(ask(LONG), SetAfter(3)))
    assert (text, cancelled.reason, cancelled.completion_tokens) == ("", "cancelled", 0)
    after_it, _ = answer(llama, ask(LONG))
    llama.close()
    fresh, whole = answer(llama, ask(LONG))
    assert cancelled.prompt_seconds < whole.prompt_seconds / 3
    assert after_it == fresh


def test_cancelling_ends_an_answer_within_a_token_or_two(llama: LlamaLanguageModel) -> None:
    cancel = threading.Event()
    stream = llama.generate(ask(max_tokens=500), cancel)
    next(stream)
    cancel.set()
    text, end = collect(stream)
    assert (text, end.reason) == ("", "cancelled") and end.completion_tokens < 100
    assert answer(llama, ask())[1].reason == "length"


def test_a_stream_that_is_closed_early_leaves_the_model_ready(llama: LlamaLanguageModel) -> None:
    expected, _ = answer(llama, ask())
    stream = llama.generate(ask(max_tokens=500), threading.Event())
    next(stream)
    before = llama._child
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    assert answer(llama, ask())[0] == expected and llama._child is before


def test_a_killed_child_costs_one_answer_and_the_pieces_stay(llama: LlamaLanguageModel) -> None:
    expected, _ = answer(llama, ask())
    stream = llama.generate(ask(max_tokens=500), threading.Event())
    first = next(stream)
    kill(llama)
    with pytest.raises(ModelError, match="signal 9") as caught:
        for _ in stream:
            pass
    assert isinstance(first, Piece) and expected.startswith(first.text)
    assert "Ask again" in caught.value.remedy
    assert answer(llama, ask())[0] == expected


def test_closing_in_the_middle_ends_the_answer_as_cancelled(llama: LlamaLanguageModel) -> None:
    stream = llama.generate(ask(max_tokens=500), threading.Event())
    next(stream)
    llama.close()
    assert collect(stream)[1].reason == "cancelled"
    assert answer(llama, ask())[1].reason == "length"


def test_a_child_that_dies_again_and_again_stays_off_for_a_while(
    language_model: BundledLanguageModel, tmp_path: Path
) -> None:
    now = [1000.0]
    model = LlamaLanguageModel(language_model.path, tmp_path / "log", restart_limit=2, clock=lambda: now[0])
    for _ in range(2):
        model.warm()
        kill(model)
        with pytest.raises(ModelError, match="ended unexpectedly"):
            model.count_tokens(SEA)
        now[0] += 10
    with pytest.raises(ModelError, match="died 2 times in 60 seconds, so it stays off for 40 more"):
        answer(model, ask())
    now[0] += 40
    assert model.count_tokens(SEA) > 0
    model.close()


def test_callers_from_several_threads_are_served_one_after_the_other(llama: LlamaLanguageModel) -> None:
    requests = [ask([ChatTurn("user", f"Tell me about the number {number}.")]) for number in range(4)]
    expected = [answer(llama, request)[0] for request in requests]
    with ThreadPoolExecutor(4) as pool:
        assert [text for text, _ in pool.map(lambda request: answer(llama, request), requests)] == expected


def test_a_caller_that_waits_for_another_can_be_cancelled(llama: LlamaLanguageModel) -> None:
    stream = llama.generate(ask(max_tokens=50), threading.Event())
    next(stream)
    waiting = list(llama.generate(ask(), SetAfter(1)))
    assert waiting == [Finished("cancelled", 0, 0, 0.0, 0.0)]
    assert collect(stream)[1].completion_tokens == 50


def test_the_log_is_private_and_holds_nothing_of_the_conversation(llama: LlamaLanguageModel, cache: Path) -> None:
    text, _ = answer(llama, ask([ChatTurn("user", "My canary is called zebrafinch.")]))
    log = cache / "llama.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert b"zebrafinch" not in log.read_bytes() and text.encode() not in log.read_bytes()


@pytest.mark.parametrize("kind", ["missing", "empty", "random", "text", "cut in the header", "cut"])
def test_a_broken_model_file_is_an_error_of_a_sentence(
    language_model: BundledLanguageModel, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "broken.gguf"
    if kind != "missing":
        with language_model.path.open("rb") as file:
            start = file.read(8_000_000)
        path.write_bytes(
            {
                "empty": b"",
                "random": random.Random(0).randbytes(1 << 20),
                "text": b"This is no model.\n",
                "cut in the header": start[:3000],
                "cut": start,
            }[kind]
        )
    model = LlamaLanguageModel(path, tmp_path / "log")
    with pytest.raises(ModelError) as caught:
        answer(model, ask())
    assert str(path) in caught.value.what and caught.value.what.count(". ") == 0
    assert "secondme config set model.path FILE" in caught.value.remedy
    assert model._child is None


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux can wait for a process of others")
def test_the_child_goes_when_its_parent_is_killed_in_the_middle_of_an_evaluation(
    language_model: BundledLanguageModel, tmp_path: Path
) -> None:
    code = """
import os, pathlib, signal, sys, threading
from models.llama.language_model import LlamaLanguageModel
from models.protocol import ChatTurn, GenerateRequest
model = LlamaLanguageModel(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
model.warm()
print(model._child.pid, flush=True)
sys.stdin.readline()
class Killer(threading.Event):
    looks = 0
    def is_set(self):
        self.looks += 1
        if self.looks > 3: os.kill(os.getpid(), signal.SIGKILL)
        return False
list(model.generate(GenerateRequest([ChatTurn("user", "boats " * 3000)], 9), Killer()))
"""
    parent = subprocess.Popen(
        [sys.executable, "-P", "-c", code, str(language_model.path), str(tmp_path / "log")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert parent.stdin is not None and parent.stdout is not None
    with parent.stdin, parent.stdout:
        child = os.pidfd_open(int(parent.stdout.readline()))
        parent.stdin.write(b"go\n")
        parent.stdin.flush()
        assert parent.wait() == -signal.SIGKILL
    try:
        # Evaluating 3,000 tokens takes over 10 seconds on this model and two cores.
        assert select.select([child], [], [], 5)[0], "the child outlived its parent"
    finally:
        os.close(child)
