"""Decodes with a model, loaded in a given way, and prints JSON. The benchmarks of streamed weights run it."""

from __future__ import annotations

import argparse
import ctypes
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from models.gguf import tensor as ggml_tensor
from models.llama.model import LlamaModel, LoadOptions, TooLarge
from models.llama.prompt_lookup import PromptLookup
from models.machine.memory_use import resident_bytes

OVERLAP = 0.38
"""Share of a token's experts that the token before had too, as published for Qwen3-30B-A3B."""


def read_bytes() -> int:
    """Bytes that this process has read from the disk."""
    for line in Path("/proc/self/io").read_text().splitlines():
        if line.startswith("read_bytes:"):
            return int(line.split()[1])
    return 0


class Router:
    """Replaces the router's picks of each layer by a fixed sequence with the published overlap."""

    def __init__(self, experts: int, used: int) -> None:
        self._experts, self._used = experts, used
        self._before: dict[bytes, list[int]] = {}
        self._random = random.Random(3)

    def wrap(self, lib: Any, inner: Any, aborting: Callable[[], bool]) -> Any:
        """A callback for the context that writes the picks before the callback `inner` sees them."""

        def on_node(tensor: int, asked: bool, data: int | None) -> bool:
            name = ggml_tensor.name_of(tensor)
            routed = name.startswith(b"ffn_moe_topk-")
            if asked:
                matters = bool(inner(tensor, True, data)) if inner else False
                return (routed and not aborting()) or matters
            if routed:
                self._write(name, tensor)
            return bool(inner(tensor, False, data)) if inner else True

        return lib.ggml_backend_sched_eval_callback(on_node)

    def _write(self, name: bytes, tensor: int) -> None:
        columns, rows, _, _ = ggml_tensor.shape_of(tensor)
        stride = ggml_tensor.strides_of(tensor)[1]
        for row in range(rows):
            picks = self._next(name)
            place = ggml_tensor.data_of(tensor) + row * stride
            ctypes.memmove(place, (ctypes.c_int32 * columns)(*picks), 4 * columns)

    def _next(self, name: bytes) -> list[int]:
        before = self._before.get(name, [])
        kept = [expert for expert in before if self._random.random() < OVERLAP]
        others = [expert for expert in range(self._experts) if expert not in before]
        self._before[name] = kept + self._random.sample(others, self._used - len(kept))
        return self._before[name]


def load(arguments: argparse.Namespace) -> LlamaModel:
    """The model, loaded as the arguments say."""
    flag = ctypes.create_string_buffer(2)
    memory = 0 if arguments.arm == "naive" else arguments.memory
    options = LoadOptions(
        arguments.model,
        arguments.context,
        arguments.threads,
        arguments.threads,
        "q8_0" if arguments.arm != "naive" and arguments.cache == "auto" else "f16",
        0,
        memory,
        arguments.weights,
        plain=arguments.arm == "naive",
    )
    if arguments.experts:
        router = Router(arguments.experts, arguments.used)
        make = LlamaModel._make_context

        def routed(self: LlamaModel, callback: Any) -> Any:
            self._routing = router.wrap(self.lib, callback, lambda: flag[0] != b"\0")  # type: ignore[attr-defined]
            return make(self, self._routing)  # type: ignore[attr-defined]

        LlamaModel._make_context = routed  # type: ignore[method-assign]
    return LlamaModel(options, lambda text: None, flag)


def decode(runtime: LlamaModel, count: int) -> dict[str, Any]:
    """Decode a token a pass; the first two passes don't count."""
    random_tokens = np.random.default_rng(5).integers(10, 40_000, count + 3).tolist()
    runtime.read(random_tokens[:1])
    seconds, before = [], 0
    for number, token in enumerate(random_tokens[1:]):
        if number == 2:
            before = read_bytes()
        began = time.perf_counter()
        runtime._decode([token], [True])
        seconds.append(time.perf_counter() - began)
    return {"seconds": statistics.median(seconds[2:]), "read": (read_bytes() - before) / count}


def replay(runtime: LlamaModel, traces: list[dict[str, list[int]]]) -> dict[str, Any]:
    """Decode traced answers, with guesses from their prompts and themselves: as many are right as in the trace.

    The prompts are not evaluated: reading them is no part of the time of a token.
    """
    tokens = passes = 0
    began, seconds = time.perf_counter(), 0.0
    for number, trace in enumerate(traces):
        runtime.forget()
        runtime.read(trace["prompt"][-1:])
        lookup, answer, at = PromptLookup(trace["prompt"]), trace["answer"], 0
        if number == 1:
            # The cost of passes is learnt during the first answer, which does not count.
            tokens = passes = 0
            began = time.perf_counter()
        while at < len(answer):
            lookup.add(answer[at])
            checked = runtime._advance(answer[at], lookup)
            passes, at, right = passes + 1, at + 1, 0
            while right + 1 < len(checked) and at < len(answer):
                correct = checked[right + 1] == answer[at]
                runtime.width.note_guess(correct)
                if not correct:
                    break
                lookup.add(answer[at])
                runtime.tokens.append(answer[at])
                right, at = right + 1, at + 1
            runtime.truncate(len(runtime.tokens))
            tokens += 1 + right
        seconds = time.perf_counter() - began
    return {
        "seconds": seconds / max(1, tokens),
        "tokens": tokens,
        "passes": passes,
        "tokens_a_pass": tokens / max(1, passes),
    }


def main() -> None:
    """Run an arm."""
    parser = argparse.ArgumentParser()
    parser.add_argument("arm", choices=["naive", "ours", "guesses", "defaults"])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--memory", type=int, default=0)
    parser.add_argument("--weights", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--context", type=int, default=1024)
    parser.add_argument("--tokens", type=int, default=6)
    parser.add_argument("--cache", default="auto")
    parser.add_argument("--experts", type=int, default=0)
    parser.add_argument("--used", type=int, default=0)
    parser.add_argument("--traces", type=Path)
    arguments = parser.parse_args()
    if arguments.arm == "defaults":
        from models.llama.library import import_llama_cpp

        llama_cpp = import_llama_cpp()

        model = llama_cpp.Llama(str(arguments.model), n_ctx=arguments.context, verbose=False)
        model.eval([1])
        print(json.dumps({"alive": True}))
        return
    began = time.perf_counter()
    try:
        runtime = load(arguments)
    except TooLarge as error:
        print(json.dumps({"too_large": error.needed}))
        return
    loaded = time.perf_counter() - began
    if arguments.arm == "guesses":
        found = replay(runtime, json.loads(arguments.traces.read_text()))
    else:
        found = decode(runtime, arguments.tokens)
    plan = runtime.flash.plan if runtime.flash else None
    if runtime.flash is not None and runtime.flash._experts is not None:
        experts = runtime.flash._experts
        found |= {"picked": experts.picked, "missed": experts.missed, "expert_capacity": experts.capacity}
    found |= {
        "mode": runtime.mode,
        "load_seconds": loaded,
        "resident": resident_bytes(),
        "hot": plan.hot_bytes if plan else 0,
        "streamed": plan.streamed_bytes if plan else 0,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
