"""Makes models/e5/e5_reader.npz: what turns the embedder's weights into a reader of a question and a sentence.

Low-rank updates (LoRA, Hu et al. 2021; rank 32) of the upper six of multilingual-e5-small's twelve layers, a head that
says whether a sentence answers, and a head for the first and last token of the answer. A question comes with three
sentences, the hardest ones that do not answer among them; the loss is the softmax over them and "none of them", a
little of the logistic loss of each, and the softmax over the tokens of the sentence that answers.

Data: invented lives, notes, chats and articles with questions, a third of which nothing answers
(packaging/reading/*.jsonl; one file in fifteen other languages), and articles 0 to 35 of XQuAD (CC BY-SA 4.0, Artetxe
et al. 2020): all questions in English, a quarter of those in each other language that is given, each once with its
paragraph and most of them once without. About two passes, 65 minutes on two cores beside other work.

usage: uv run --with jax python packaging/train_reader.py XQUAD.en.json [XQUAD.de.json …]
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import jax
import jax.numpy as jnp
import numpy as np
from tokenizers import Tokenizer

from models.bundled import find_multilingual
from models.e5.embedder import MultilingualE5
from models.e5.graph import EPSILON, HEADS, HIDDEN
from models.e5.parts import MAX_TOKENS, E5Parts
from models.e5.reader import ADAPTER, BEFORE_TOKENS, QUESTION_TOKENS, SENTENCE_TOKENS
from models.e5.weights import WeightsFile
from secondme.text.sentences import sentences

FROZEN = 6
"""Layers that stay as they are."""
RANK, SCALE = 32, 2.0
ARTICLES = 36
SENTENCES = 3
"""For each question."""
STEP_TOKENS = 4096
LENGTHS = (24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 204)
"""Pairs are padded to one of these."""
PASSES = 2
RATE, WARM_UP = 1.2e-3, 80
"""The highest learning rate, and the steps to it; from there it falls to zero."""
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
Group: TypeAlias = tuple[str, list[tuple[str, str]], int, str]
"""A question, sentences with what stands before them, the place of the one that answers or -1, and the answer."""
Pairs: TypeAlias = tuple[list[tuple[list[int], int, int]], int, int, int]
"""Token ids of each pair with begin and end of its sentence, the place, and the first and last token of the answer."""


def main() -> None:
    """Train, and write the file anew."""
    with tempfile.TemporaryDirectory() as cache:
        files = find_multilingual(Path(cache))
        assert files is not None
        parts = E5Parts(files)
        embedder = MultilingualE5(parts, Path(cache))
        groups = list(invented(embedder))
        for number, file in enumerate(sys.argv[1:]):
            groups += articles(Path(file), embedder, share=1.0 if number == 0 else 0.25)
        encoded = [encode(parts, group) for group in groups]
    found = train(encoded, parts.weights)
    np.savez(ADAPTER, **found)


def invented(embedder: MultilingualE5) -> Iterator[Group]:
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


def articles(file: Path, embedder: MultilingualE5, *, share: float) -> Iterator[Group]:
    """Of a share of the questions on articles: with the sentences of the article that come nearest, and without their
    paragraph."""
    drawn = random.Random(1)
    for article in json.loads(file.read_text(encoding="utf-8"))["data"][:ARTICLES]:
        split = [
            (number, " ".join(sentence.text.split()))
            for number, paragraph in enumerate(article["paragraphs"])
            for sentence in sentences(paragraph["context"])
        ]
        found = [(number, text) for number, text in split if text]
        vectors = embedder.embed([text for _, text in found])
        for number, paragraph in enumerate(article["paragraphs"]):
            for asked in (asked for asked in paragraph["qas"] if drawn.random() <= share):
                answer = asked["answers"][0]["text"]
                near = np.argsort(-(vectors @ embedder.embed([asked["question"]], "query")[0])).tolist()
                right = [i for i in near if found[i][0] == number and answer in found[i][1]][:1]
                wrong = [i for i in near if answer not in found[i][1]]
                elsewhere = [i for i in near if found[i][0] != number]
                for chosen, place in ((right + wrong, 0), (elsewhere, -1)):
                    read = [
                        (found[i][1], found[i - 1][1] if i and found[i - 1][0] == found[i][0] else "") for i in chosen
                    ]
                    if right if place == 0 else drawn.random() <= 0.6 or share == 1:
                        yield asked["question"], read[:SENTENCES], place, answer if place == 0 else ""


def encode(parts: E5Parts, group: Group) -> Pairs:
    """The tokens of a group."""
    question, read, place, answer = group
    tokenizer: Tokenizer = parts.tokenizer()
    first, last = parts.weights.first, parts.weights.last
    asked = tokenizer.encode(question).ids[-QUESTION_TOKENS:]
    pairs, begin, end = [], -1, -1
    for number, (sentence, before) in enumerate(read):
        encoding = tokenizer.encode(sentence)
        body, previous = encoding.ids[:SENTENCE_TOKENS], tokenizer.encode(before).ids[-BEFORE_TOKENS:]
        begins = len(asked) + 2
        pairs.append(([first, *asked, last, *body, last, *previous, last], begins, begins + len(body)))
        at = sentence.find(answer) if number == place and answer else -1
        held = [
            i for i, (a, b) in enumerate(encoding.offsets[: len(body)]) if at < b and a < at + len(answer) and a < b
        ]
        if at >= 0 and held:
            begin, end = begins + held[0], begins + held[-1]
    return pairs, place, begin, end


def train(groups: Sequence[Pairs], weights: WeightsFile) -> dict[str, Any]:
    """The arrays of the adapter file, by name."""
    encoder = _Encoder(weights)
    parameters = encoder.new_parameters()
    means, squares = (jax.tree.map(jnp.zeros_like, parameters) for _ in range(2))
    step = jax.jit(encoder.step, donate_argnums=(0, 1, 2))
    total, began, number = PASSES * sum(1 for _ in batches(groups)), time.monotonic(), 0
    for _ in range(PASSES):
        for batch in batches(groups):
            number += 1
            rate = RATE * min(1, number / WARM_UP) * max(0.02, 1 - number / total)
            parameters, means, squares, loss = step(parameters, means, squares, float(number), rate, *batch)
            if number % 50 == 0:
                print(f"{number} of {total}, loss {float(loss):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    return exported(parameters)


def batches(groups: Sequence[Pairs]) -> Iterator[list[Any]]:
    """Arrays of questions of about the same length, in a random order: ids, mask, which tokens are the sentence's,
    which pairs there are, place, first, last."""
    by_length: dict[int, list[Pairs]] = {}
    for group in groups:
        longest = min(max(len(ids) for ids, _, _ in group[0]), LENGTHS[-1])
        by_length.setdefault(next(n for n in LENGTHS if n >= longest), []).append(group)
    drawn = []
    for length, of_length in by_length.items():
        random.shuffle(of_length)
        count = max(2, STEP_TOKENS // (length * SENTENCES))
        drawn += [(length, of_length[i : i + count]) for i in range(0, len(of_length) - count + 1, count)]
    random.shuffle(drawn)
    for length, chosen in drawn:
        rows = len(chosen) * SENTENCES
        tokens, mask = np.zeros((rows, length), np.int32), np.full((rows, length), -1e9, np.float32)
        inside, there = np.zeros((rows, length), np.int8), np.zeros(rows, np.float32)
        mask[:, 0] = 0
        for number, (pairs, *_) in enumerate(chosen):
            for row, (ids, begins, ends) in enumerate(pairs, start=number * SENTENCES):
                cut = ids[:length]
                tokens[row, : len(cut)], mask[row, : len(cut)], inside[row, begins:ends], there[row] = cut, 0, 1, 1
        inside[there == 0, 0] = 1
        place = np.array([group[1] for group in chosen], np.int32)
        ends = [np.array([group[i] if group[3] < length else -1 for group in chosen], np.int32) for i in (2, 3)]
        yield [jnp.array(part) for part in (tokens, mask, inside, there, place, *ends)]


def exported(parameters: Any) -> dict[str, Any]:
    """The parameters by the names that `models.e5.graph` knows; matrices in half precision."""
    found = {f"{name}.down": down for name, (down, _) in parameters["updates"].items()}
    found |= {f"{name}.up": up * SCALE for name, (_, up) in parameters["updates"].items()}
    found |= {name: value for name, value in parameters.items() if name != "updates"}
    return {name: np.asarray(v, np.float16 if v.ndim > 1 else np.float32) for name, v in found.items()}


class _Encoder:
    """BERT with updates of its upper layers, in JAX."""

    def __init__(self, weights: WeightsFile) -> None:
        self._layers = weights.layers
        self._words = jnp.array(weights.matrix("emb.word", HIDDEN).rows())
        positions = weights.vector("emb.pos").reshape(-1, HIDDEN)[:MAX_TOKENS]
        self._positions = jnp.array(positions + weights.vector("emb.type")[:HIDDEN])
        self._vectors = {name: jnp.array(weights.vector(name)) for name in ("emb.ln.w", "emb.ln.b")}
        self._matrices = {}
        for prefix in (f"l{layer}." for layer in range(self._layers)):
            for name in MATRICES:
                inputs = weights.wide if name == "fo" else HIDDEN
                self._matrices[prefix + name] = jnp.array(weights.matrix(f"{prefix}{name}.w", inputs).rows().T)
                self._vectors[f"{prefix}{name}.b"] = jnp.array(weights.vector(f"{prefix}{name}.b"))
            for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
                self._vectors[prefix + name] = jnp.array(weights.vector(prefix + name))

    def new_parameters(self) -> dict[str, Any]:
        """Updates that change nothing yet, and heads."""
        key, updates = jax.random.key(0), {}
        for name in (f"l{layer}.{matrix}" for layer in range(FROZEN, self._layers) for matrix in MATRICES):
            key, drawn = jax.random.split(key)
            narrow, wide = self._matrices[name].shape
            down = jax.random.normal(drawn, (narrow, RANK)) / np.sqrt(narrow)
            updates[name] = (down, jnp.zeros((RANK, wide)))
        return {
            "updates": updates,
            "score.hidden.weight": jax.random.normal(key, (HIDDEN, 64)) / np.sqrt(HIDDEN),
            "score.hidden.bias": jnp.zeros(64),
            "score.out.weight": jnp.zeros((64, 1)),
            "score.out.bias": jnp.zeros(1) - 1.0,
            "span.weight": jnp.zeros((HIDDEN, 2)),
        }

    def step(self, parameters: Any, means: Any, squares: Any, number: Any, rate: Any, *batch: Any) -> Any:
        """One step of AdamW: parameters, means, squares, loss."""
        loss, gradient = jax.value_and_grad(self._loss)(parameters, *batch)
        norm = jnp.sqrt(sum((g**2).sum() for g in jax.tree.leaves(gradient)))
        gradient = jax.tree.map(lambda g: g * jnp.minimum(1, 1 / norm), gradient)
        means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradient)
        squares = jax.tree.map(lambda s, g: 0.995 * s + 0.005 * g * g, squares, gradient)

        def moved(p: Any, m: Any, s: Any) -> Any:
            change = (m / (1 - 0.9**number)) / (jnp.sqrt(s / (1 - 0.995**number)) + 1e-8)
            return p - rate * (change + 0.01 * p)

        return jax.tree.map(moved, parameters, means, squares), means, squares, loss

    def _loss(self, p: Any, tokens: Any, mask: Any, inside: Any, there: Any, place: Any, first: Any, last: Any) -> Any:
        state, every = self._states(p["updates"], tokens, mask), jnp.arange(place.shape[0])
        hidden = jnp.tanh(state[:, 0] @ p["score.hidden.weight"] + p["score.hidden.bias"])
        scores = (hidden @ p["score.out.weight"] + p["score.out.bias"])[:, 0]
        scores = jnp.where(there > 0, scores, -1e4).reshape(-1, SENTENCES)
        choices = jnp.concatenate([jnp.zeros((len(every), 1)), scores], 1)  # "none of them" is the first
        chosen = -jax.nn.log_softmax(choices)[every, place + 1]
        right = jnp.zeros_like(scores).at[every, jnp.maximum(place, 0)].set(place >= 0)
        alone = jnp.where(scores > -1e3, jax.nn.softplus(scores) - scores * right, 0).mean(1)
        ends = state @ p["span.weight"] + jnp.where(inside[..., None] > 0, 0, -1e4)
        ends = ends.reshape(len(every), SENTENCES, -1, 2)[every, jnp.maximum(place, 0)]
        logs = jax.nn.log_softmax(ends, 1)
        span = logs[every, jnp.maximum(first, 0), 0] + logs[every, jnp.maximum(last, 0), 1]
        return (chosen + 0.15 * alone - 0.35 * span * (first >= 0)).mean()

    def _states(self, updates: Any, tokens: Any, mask: Any) -> Any:
        state = self._norm(self._words[tokens] + self._positions[: tokens.shape[1]], "emb.ln")
        for layer in range(self._layers):
            state = self._layer(state, mask, f"l{layer}.", updates)
        return state

    def _layer(self, state: Any, mask: Any, prefix: str, updates: Any) -> Any:
        def heads(name: str) -> Any:
            value = self._linear(state, prefix + name, updates)
            return value.reshape(*state.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)

        query, key, value = (heads(name) for name in "qkv")
        near = jax.nn.softmax(query @ key.transpose(0, 1, 3, 2) / np.sqrt(query.shape[-1]) + mask[:, None, None, :], -1)
        read = (near @ value).transpose(0, 2, 1, 3).reshape(state.shape)
        state = self._norm(state + self._linear(read, prefix + "ao", updates), prefix + "aln")
        wide = jax.nn.gelu(self._linear(state, prefix + "fi", updates), approximate=False)
        return self._norm(state + self._linear(wide, prefix + "fo", updates), prefix + "oln")

    def _linear(self, state: Any, name: str, updates: Any) -> Any:
        output = state @ self._matrices[name] + self._vectors[f"{name}.b"]
        if name not in updates:
            return output
        down, up = updates[name]
        return output + state @ down @ up * SCALE

    def _norm(self, state: Any, name: str) -> Any:
        centred = state - state.mean(-1, keepdims=True)
        spread = jnp.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
        return centred / spread * self._vectors[f"{name}.w"] + self._vectors[f"{name}.b"]


if __name__ == "__main__":
    main()
