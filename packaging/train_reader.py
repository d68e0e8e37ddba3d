"""Makes models/minilm/minilm_reader.npz: what turns the embedder's weights into a reader of a question and a sentence.

Low-rank updates (LoRA, Hu et al. 2021; rank 16) of the upper three layers, a head that says whether a sentence
answers, and a head for the first and last token of the answer. A question comes with three sentences, the hardest ones
that do not answer among them; the loss is the softmax over them and "none of them". Data: invented lives and notes with
questions, two fifths of which nothing answers (packaging/reading/*.jsonl), and English XQuAD's articles 0 to 35
(CC BY-SA 4.0, Artetxe et al. 2020), each question once with its paragraph and once without.

The weights that are shipped come from three passes, at learning rates that fall to zero from .002 (first pass) and from
.0016 (the other two), with the wrong sentences of XQuAD chosen by recall instead of by cosine. About half an hour on
two cores.

usage: uv run --with jax python packaging/train_reader.py XQUAD.en.json [PASSES]
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from models.bundled import BundledEmbedder, find_embedder
from models.minilm.embedder import MiniLM
from models.minilm.graph import EPSILON, HEADS, LAYERS
from models.minilm.reader import ADAPTER, BEFORE_TOKENS, CLS, QUESTION_TOKENS, SENTENCE_TOKENS, SEP
from secondme.text.sentences import sentences

FROZEN = 3
"""Layers that stay as they are."""
RANK, SCALE = 16, 2.0
ARTICLES = 36
SENTENCES = 3
"""For each question."""
QUESTIONS = 12
"""In a step."""
LENGTHS = (32, 48, 64, 96, 144)
"""Pairs are padded to one of these."""
RATE = 2e-3
MATRICES = (
    "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
    "intermediate.dense", "output.dense",
)  # fmt: skip
Group = tuple[str, list[tuple[str, str]], int, str]
"""A question, sentences with what stands before them, the place of the one that answers or -1, and the answer."""


def main() -> None:
    """Train, and write the file anew."""
    with tempfile.TemporaryDirectory() as cache:
        files = find_embedder(Path(cache))
        assert files is not None
        embedder = MiniLM(files, Path(cache))
        groups = [*invented(embedder), *articles(Path(sys.argv[1]), embedder)]
        parameters = train(groups, files, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    np.savez_compressed(ADAPTER, **parameters)


def invented(embedder: MiniLM) -> Iterator[Group]:
    """Questions on invented lives, each with the sentences of its context that come nearest."""
    for file in sorted((Path(__file__).parent / "reading").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            context = json.loads(line)
            said, who = context["said"], context["who"]
            vectors = embedder.embed([*said, *(question for question, _, _ in context["asked"])])
            for number, (question, place, answer) in enumerate(context["asked"]):
                near = np.argsort(-(vectors[: len(said)] @ vectors[len(said) + number])).tolist()
                chosen = [*([place] if place is not None else []), *(i for i in near if i != place)][:SENTENCES]
                read = [(f"{who}: {said[i]}" if who else said[i], said[i - 1] if i else "") for i in chosen]
                yield question, read, 0 if place is not None else -1, answer


def articles(file: Path, embedder: MiniLM) -> Iterator[Group]:
    """Questions on articles, with the sentences of the article that come nearest, then without their paragraph."""
    for article in json.loads(file.read_text(encoding="utf-8"))["data"][:ARTICLES]:
        found = [
            (number, " ".join(sentence.text.split()))
            for number, paragraph in enumerate(article["paragraphs"])
            for sentence in sentences(paragraph["context"])
        ]
        vectors = embedder.embed([text for _, text in found])
        for number, paragraph in enumerate(article["paragraphs"]):
            for asked in paragraph["qas"]:
                answer = asked["answers"][0]["text"]
                near = np.argsort(-(vectors @ embedder.embed([asked["question"]])[0])).tolist()
                right = [i for i in near if found[i][0] == number and answer in found[i][1]][:1]
                wrong = [i for i in near if answer not in found[i][1]]
                elsewhere = [i for i in near if found[i][0] != number]
                for chosen, place in ((right + wrong, 0), (elsewhere, -1)):
                    read = [
                        (found[i][1], found[i - 1][1] if i and found[i - 1][0] == found[i][0] else "") for i in chosen
                    ]
                    if right or place < 0:
                        yield asked["question"], read[:SENTENCES], place, answer if place == 0 else ""


def train(groups: Sequence[Group], files: BundledEmbedder, passes: int) -> dict[str, Any]:
    """The arrays of the adapter file, by name."""
    weights = {k: jnp.array(v, jnp.float32) for k, v in load_file(files.weights).items() if v.dtype != np.int64}
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    batches = [encode(tokenizer, group) for group in groups]
    encoder = _Encoder(weights)
    parameters = encoder.new_parameters()
    means, squares = (jax.tree.map(jnp.zeros_like, parameters) for _ in range(2))
    step = jax.jit(encoder.step)
    total, began, number = passes * len(list(shuffled(batches))), time.monotonic(), 0
    for _ in range(passes):
        for batch in shuffled(batches):
            number += 1
            rate = RATE * min(1, number / 60) * max(0.03, 1 - number / total)
            parameters, means, squares, loss = step(parameters, means, squares, float(number), rate, *batch)
            if number % 50 == 0:
                print(f"{number} of {total}, loss {float(loss):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    return exported(parameters)


def encode(tokenizer: Tokenizer, group: Group) -> tuple[Any, ...]:
    """Arrays of a question: ids, mask, which tokens are the sentence's, which pairs there are, place, first, last."""
    question, read, place, answer = group
    asked = tokenizer.encode(question, add_special_tokens=False).ids[-QUESTION_TOKENS:]
    pairs, first, last = [], -1, -1
    for number, (sentence, before) in enumerate(read):
        encoding = tokenizer.encode(sentence, add_special_tokens=False)
        body = encoding.ids[:SENTENCE_TOKENS]
        previous = tokenizer.encode(before, add_special_tokens=False).ids[-BEFORE_TOKENS:]
        begins = len(asked) + 2
        pairs.append(([CLS, *asked, SEP, *body, SEP, *previous, SEP], begins, begins + len(body)))
        at = re.search(re.escape(answer), sentence, re.IGNORECASE) if number == place and answer else None
        if at:
            held = [i for i, (a, b) in enumerate(encoding.offsets[: len(body)]) if b > at.start() and a < at.end()]
            first, last = (begins + held[0], begins + held[-1]) if held else (-1, -1)
    length = next(n for n in LENGTHS if n >= min(max(len(ids) for ids, _, _ in pairs), LENGTHS[-1]))
    tokens, mask = np.zeros((SENTENCES, length), np.int32), np.full((SENTENCES, length), -1e9, np.float32)
    inside, there = np.zeros((SENTENCES, length), np.int8), np.zeros(SENTENCES, np.float32)
    for number, (ids, begins, ends) in enumerate(pairs):
        tokens[number, : len(ids)], mask[number, : len(ids)] = ids[:length], 0
        inside[number, begins:ends], there[number] = 1, 1
    mask[len(pairs) :, 0], inside[len(pairs) :, 0] = 0, 1
    return tokens, mask, inside, there, place, first, last


def shuffled(encoded: Sequence[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """Batches of QUESTIONS questions of the same length, in a random order."""
    by_length: dict[int, list[tuple[Any, ...]]] = {}
    for entry in encoded:
        by_length.setdefault(entry[0].shape[1], []).append(entry)
    found = []
    for entries in by_length.values():
        random.shuffle(entries)
        for i in range(0, len(entries) - QUESTIONS + 1, QUESTIONS):
            parts = [np.stack(part) for part in zip(*entries[i : i + QUESTIONS], strict=True)]
            found.append([jnp.array(p.reshape(-1, p.shape[-1]) if p.ndim == 3 else p) for p in parts])
    random.shuffle(found)
    yield from found


def exported(parameters: Any) -> dict[str, Any]:
    """The parameters by the names that `models.minilm.graph` knows; matrices in half precision."""
    found = {f"{name}.down": down for name, (down, _) in parameters["updates"].items()}
    found |= {f"{name}.up": up * SCALE for name, (_, up) in parameters["updates"].items()}
    found |= {name: value for name, value in parameters.items() if name != "updates"}
    return {name: np.asarray(v, np.float16 if v.ndim > 1 else np.float32) for name, v in found.items()}


class _Encoder:
    """BERT with updates of its upper layers, in JAX."""

    def __init__(self, weights: dict[str, Any]) -> None:
        self._weights = weights

    def new_parameters(self) -> dict[str, Any]:
        """Updates that change nothing yet, and heads."""
        key, updates = jax.random.key(0), {}
        for name in (f"encoder.layer.{layer}.{matrix}" for layer in range(FROZEN, LAYERS) for matrix in MATRICES):
            key, drawn = jax.random.split(key)
            wide, narrow = self._weights[f"{name}.weight"].shape
            down = jax.random.normal(drawn, (narrow, RANK)) / np.sqrt(narrow)
            updates[name] = (down, jnp.zeros((RANK, wide)))
        return {
            "updates": updates,
            "score.hidden.weight": jax.random.normal(key, (384, 64)) / np.sqrt(384),
            "score.hidden.bias": jnp.zeros(64),
            "score.out.weight": jnp.zeros((64, 1)),
            "score.out.bias": jnp.zeros(1) - 1.0,
            "span.weight": jnp.zeros((384, 2)),
        }

    def step(self, parameters: Any, means: Any, squares: Any, number: Any, rate: Any, *batch: Any) -> Any:
        """One step of AdamW: parameters, means, squares, loss."""
        loss, gradient = jax.value_and_grad(self._loss)(parameters, *batch)
        norm = jnp.sqrt(sum((g**2).sum() for g in jax.tree.leaves(gradient)))
        gradient = jax.tree.map(lambda g: g * jnp.minimum(1, 1 / norm), gradient)
        means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradient)
        squares = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, squares, gradient)

        def moved(p: Any, m: Any, s: Any) -> Any:
            change = (m / (1 - 0.9**number)) / (jnp.sqrt(s / (1 - 0.999**number)) + 1e-8)
            return p - rate * (change + 0.01 * p)

        return jax.tree.map(moved, parameters, means, squares), means, squares, loss

    def _loss(self, p: Any, tokens: Any, mask: Any, inside: Any, there: Any, place: Any, first: Any, last: Any) -> Any:
        state, count = self._states(p["updates"], tokens, mask), place.shape[0]
        hidden = jnp.tanh(state[:, 0] @ p["score.hidden.weight"] + p["score.hidden.bias"])
        scores = (hidden @ p["score.out.weight"] + p["score.out.bias"])[:, 0]
        scores = jnp.where(there.reshape(-1) > 0, scores, -1e4).reshape(count, SENTENCES)
        choices = jnp.concatenate([jnp.zeros((count, 1)), scores], 1)  # "none of them" is the first
        chosen = -jax.nn.log_softmax(choices)[jnp.arange(count), place + 1]
        ends = state @ p["span.weight"] + jnp.where(inside[..., None] > 0, 0, -1e4)
        ends = ends.reshape(count, SENTENCES, -1, 2)[jnp.arange(count), jnp.maximum(place, 0)]
        logs = jax.nn.log_softmax(ends, 1)
        span = logs[jnp.arange(count), jnp.maximum(first, 0), 0] + logs[jnp.arange(count), jnp.maximum(last, 0), 1]
        return (chosen - 0.15 * span * (first >= 0)).mean()

    def _states(self, updates: Any, tokens: Any, mask: Any) -> Any:
        w = self._weights
        state = w["embeddings.word_embeddings.weight"][tokens] + w["embeddings.token_type_embeddings.weight"][0]
        state = self._norm(
            state + w["embeddings.position_embeddings.weight"][: tokens.shape[1]], "embeddings.LayerNorm"
        )
        for layer in range(LAYERS):
            state = self._layer(state, mask, f"encoder.layer.{layer}.", updates)
        return state

    def _layer(self, state: Any, mask: Any, prefix: str, updates: Any) -> Any:
        def heads(name: str) -> Any:
            value = self._linear(state, f"{prefix}attention.self.{name}", updates)
            return value.reshape(*state.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)

        query, key, value = (heads(name) for name in ("query", "key", "value"))
        near = jax.nn.softmax(query @ key.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1]) + mask[:, None, None, :], -1)
        read = (near @ value).transpose(0, 2, 1, 3).reshape(state.shape)
        state = self._norm(
            state + self._linear(read, f"{prefix}attention.output.dense", updates),
            f"{prefix}attention.output.LayerNorm",
        )
        wide = jax.nn.gelu(self._linear(state, f"{prefix}intermediate.dense", updates), approximate=False)
        return self._norm(state + self._linear(wide, f"{prefix}output.dense", updates), f"{prefix}output.LayerNorm")

    def _linear(self, state: Any, name: str, updates: Any) -> Any:
        output = state @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        if name not in updates:
            return output
        down, up = updates[name]
        return output + state @ down @ up * SCALE

    def _norm(self, state: Any, name: str) -> Any:
        centred = state - state.mean(-1, keepdims=True)
        spread = jnp.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
        return centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


if __name__ == "__main__":
    main()
