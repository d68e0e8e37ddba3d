"""Weights larger than memory: the same logits, bit for bit, whatever is kept and whatever is read again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.bundled import BundledLanguageModel
from models.flash.residency import least_budget
from models.flash.ring import WeightRing
from models.gguf.header import TensorPlace, read_layout
from models.llama.language_model import LlamaLanguageModel
from models.llama.model import Aborted, LlamaModel, Unreadable
from models.protocol import ChatTurn, Finished, GenerateRequest, ModelError, Piece
from tests.models.loading import Loaded

TOKENS = [5, 300, 7, 9000, 41, 6, 2500, 17, 8, 99, 1234, 40000]


def logits_of(runtime: LlamaModel) -> np.ndarray[Any, Any]:
    """Logits after a prompt, after single tokens, and after it was forgotten and read again."""
    found = []
    for _ in range(2):
        runtime.read(TOKENS[:5])
        found.append(runtime.logits())
        for token in TOKENS[5:]:
            runtime._decode([token], [True])
            found.append(runtime.logits())
        runtime.forget()
    return np.array(found)


def shares(path: Path) -> list[int]:
    """Budgets from the least to all of the weights."""
    layout = read_layout(path)
    least, most = least_budget(layout), layout.weight_bytes
    return [least, least + (most - least) // 3, least + (most - least) * 2 // 3, most + (4 << 20)]


@pytest.mark.parametrize("share", range(4))
@pytest.mark.parametrize("kind", ["dense", "mixture"])
def test_logits_are_those_of_the_mapped_file(
    kind: str, share: int, load: Loaded, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(kind)
    budget = shares(path)[share]
    expected = logits_of(load(path))
    streamed = load(path, budget)
    assert streamed.flash is not None
    plan = streamed.flash.plan
    assert plan.everything == (share == 3)
    found = logits_of(streamed)
    assert np.isfinite(found).all() and found.std() > 0.1
    assert (found == expected).all()
    assert plan.hot_bytes + plan.ring_bytes + plan.expert_bytes <= budget
    if share < 3:
        assert streamed.flash.bytes_read > 0


def test_what_is_streamed_is_read_once_for_each_pass(dense: Path, load: Loaded) -> None:
    streamed = load(dense, shares(dense)[0])
    assert streamed.flash is not None
    streamed.read([1])
    before = streamed.flash.bytes_read
    for token in range(2, 12):
        streamed._decode([token], [True])
    each_pass = streamed.flash.plan.streamed_bytes
    # At either end the ring may hold what was read ahead.
    assert 9 * each_pass <= streamed.flash.bytes_read - before <= 12 * each_pass * 1.05


def test_only_missing_experts_of_a_mixture_are_read(mixture: Path, load: Loaded) -> None:
    streamed = load(mixture, shares(mixture)[1])
    assert streamed.flash is not None and streamed.flash._experts is not None
    streamed.read(TOKENS)
    before = streamed.flash.bytes_read
    streamed.truncate(len(TOKENS) - 1)
    streamed._decode(TOKENS[-1:], [True])
    assert streamed.flash.bytes_read == before, "the same token needs the same experts, and they are there"


def test_a_read_that_never_happened_is_noticed(dense: Path, load: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    streamed = load(dense, shares(dense)[0])
    calls: list[str] = []
    read = WeightRing._read

    def forgetful(self: WeightRing, tensor: TensorPlace, start: int, into: memoryview) -> None:
        calls.append(tensor.name)
        if len(calls) % 7:
            read(self, tensor, start, into)

    monkeypatch.setattr(WeightRing, "_read", forgetful)
    with pytest.raises(Unreadable, match="gave no data"):
        logits_of(streamed)
    monkeypatch.undo()
    assert (logits_of(streamed) == logits_of(load(dense))).all(), "and the next pass is sound"


def test_the_comparison_of_logits_would_show_a_slot_with_another_tensor_in_it(
    dense: Path, load: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    streamed = load(dense, shares(dense)[0])
    calls: list[int] = []
    read = WeightRing._read

    def confused(self: WeightRing, tensor: TensorPlace, start: int, into: memoryview) -> None:
        calls.append(start)
        read(self, tensor, start - 4096 if len(calls) == 9 else start, into)

    expected = logits_of(load(dense))
    monkeypatch.setattr(WeightRing, "_read", confused)
    assert not (logits_of(streamed) == expected).all()


def test_a_file_that_shrinks_ends_the_answer_with_one_sentence_and_keeps_what_came(
    dense: Path, tmp_path: Path, language_model: BundledLanguageModel
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(dense.read_bytes())
    needed = least_memory(path, tmp_path)
    model = LlamaLanguageModel(path, tmp_path / "log", memory=needed, context_tokens=256)
    pieces: list[str] = []
    with pytest.raises(ModelError) as caught:
        for part in model.generate(GenerateRequest([ChatTurn("user", "hi")], 200), threading.Event()):
            if isinstance(part, Piece):
                pieces.append(part.text)
                if len(pieces) == 3:
                    os.truncate(path, path.stat().st_size // 2)
    assert "shorter than it was" in caught.value.what and caught.value.remedy
    assert len(pieces) >= 3
    model.close()


def least_memory(path: Path, folder: Path) -> int:
    """The memory that a model says it needs at least, and a little: no two processes are quite as large."""
    layout = read_layout(path)
    model = LlamaLanguageModel(path, folder / "least.log", memory=layout.weight_bytes, context_tokens=256)
    with pytest.raises(ModelError) as caught:
        model.warm()
    assert "needs at least" in caught.value.what
    words = caught.value.what.split()
    number = float(words[words.index("MB") - 1].replace(",", ""))
    return int((number + 4) * 1_000_000)


def test_too_little_memory_is_refused_with_what_would_do(dense: Path, tmp_path: Path) -> None:
    needed = least_memory(dense, tmp_path)
    model = LlamaLanguageModel(dense, tmp_path / "log", memory=needed, context_tokens=256)
    *_, end = model.generate(GenerateRequest([ChatTurn("user", "hi")], 4), threading.Event())
    assert isinstance(end, Finished) and end.completion_tokens
    model.close()


def test_a_cancelled_pass_leaves_the_ring_in_order(dense: Path, load: Loaded) -> None:
    streamed = load(dense, shares(dense)[0])
    expected = logits_of(load(dense))
    streamed.read(TOKENS[:5])
    load.flag[0] = b"\1"
    with pytest.raises(Aborted):
        streamed._decode(TOKENS[5:6], [True])
    load.flag[0] = b"\0"
    streamed.forget()
    assert (logits_of(streamed) == expected).all()


CONTROL_GROUPS = Path("/sys/fs/cgroup/memory")


def test_the_memory_that_is_promised_is_never_exceeded(dense: Path, tmp_path: Path) -> None:
    """The page cache counts: in a control group that is allowed no more, nothing ever has to be reclaimed."""
    group = CONTROL_GROUPS / f"second-me-test-{os.getpid()}"
    needed = least_memory(dense, tmp_path)
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(str(needed))
    except OSError:
        pytest.skip("this machine lets nobody make a memory control group")
    try:
        script = (
            "import os, sys\n"
            f"open('{group}/cgroup.procs', 'w').write(str(os.getpid()))\n"
            f"os.execv(sys.executable, [sys.executable, '-P', '-c', '''{PROMISE}''', *sys.argv[1:]])\n"
        )
        done = subprocess.run(
            [sys.executable, "-P", "-c", script, str(dense), str(needed)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "streamed" in done.stdout
        assert int((group / "memory.failcnt").read_text()) == 0
        assert int((group / "memory.max_usage_in_bytes").read_text()) <= needed
    finally:
        group.rmdir()


PROMISE = """
import ctypes, sys
from pathlib import Path
from models.llama.model import LlamaModel, LoadOptions
flag = ctypes.create_string_buffer(2)
options = LoadOptions(Path(sys.argv[1]), 256, 1, 1, memory=int(sys.argv[2]))
runtime = LlamaModel(options, lambda text: None, flag)
print(runtime.mode)
for start in range(0, 200, 100):
    runtime.read(list(range(start, start + 200)))
    for token in range(20):
        runtime._decode([token], [True])
"""
