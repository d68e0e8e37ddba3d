"""Makes models/e5/e5_reader.npz: what turns the embedder's weights into a reader of a question and a sentence.

Low-rank updates (LoRA, Hu et al. 2021; rank 32) of multilingual-e5-small's twelve layers, a head that says whether a
sentence answers, and a head for the first and last token of the answer. A question comes with five sentences, some of
those nearest to it; the loss is the softmax over them and "none of them", a little of the logistic loss of each, and
the softmax over the tokens of the sentence that answers.

Data: invented lives, notes, chats and articles with questions, a third of which nothing answers
(packaging/reading/*.jsonl; one file in fifteen other languages), weeks of somebody's talk, where much is near and one
sentence answers (packaging/reading/weeks/*.jsonl), and articles 0 to 35 of XQuAD (CC BY-SA 4.0, Artetxe et al. 2020):
all questions in English, a quarter of those in each other language that is given, each once with its paragraph and most
of them once without.

First all is read twice; then, from what that made, the weeks more often than the rest, with those sentences beside the
answer that the reader itself holds for one. Matrices are multiplied in bfloat16: some 45 minutes each on two cores with
AMX. (In the file that comes with the code the first half changed the upper six layers alone.)

usage: uv run --with torch python packaging/train_reader.py [--second] XQUAD.en.json [XQUAD.de.json …]
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from models.bundled import find_multilingual
from models.e5.embedder import MultilingualE5
from models.e5.graph import EPSILON, HEADS, HIDDEN
from models.e5.parts import MAX_TOKENS, E5Parts
from models.e5.reader import ADAPTER, BEFORE_TOKENS, QUESTION_TOKENS, SENTENCE_TOKENS
from models.e5.weights import WeightsFile
from secondme.text.sentences import sentences

RANK, SCALE = 32, 2.0
ARTICLES = 36
NEAR = 14
"""The sentences of which some stand beside a question: those nearest by their vectors."""
SENTENCES = 5
"""For each question."""
STEP_TOKENS = 8192
LONGEST = 204
ROUNDING = 8
"""Pairs of a step have about the same number of tokens: up to so many more."""
WARM_UP = 80
"""Steps to the highest learning rate; from there it falls to zero."""
ASIDE = 6
"""Each sixth of the weeks is kept for testing."""
KINDS = ("q", "k", "v", "ao", "fi", "fo")
HEAD_NAMES = ("score.hidden.weight", "score.hidden.bias", "score.out.weight", "score.out.bias", "span.weight")


@dataclass(frozen=True)
class Stage:
    """A part of the training: its highest learning rate, its passes over the data, and how often each kind of data is
    read in one."""

    rate: float
    passes: float
    weeks: float
    invented: float
    articles: float


FIRST = Stage(rate=1.2e-3, passes=2, weeks=1, invented=1, articles=1)
SECOND = Stage(rate=6e-4, passes=1, weeks=2, invented=0.5, articles=1)


@dataclass
class Group:
    """A question and the sentences near it, the one that answers first if there is one.

    `pairs`: token ids of each with begin and end of its sentence; `span`: the first and last token of the answer in the
    first, or -1; `logits`: what the reader thought of each, when it had been asked.
    """

    kind: str
    pairs: list[tuple[list[int], int, int]]
    answered: bool
    span: tuple[int, int]
    logits: list[float] | None = None


def main() -> None:
    """Train, and write the file anew."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("xquad", type=Path, nargs="+")
    parser.add_argument("--second", action="store_true", help="go on from the file as it is")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        files = find_multilingual(Path(cache))
        assert files is not None
        parts = E5Parts(files)
        embedder = MultilingualE5(parts, Path(cache))
        groups = [*invented(parts, embedder)]
        for number, file in enumerate(arguments.xquad):
            groups += articles(file, parts, embedder, share=1.0 if number == 0 else 0.25)
        encoder = Encoder(parts.weights)
    if arguments.second:
        encoder.take(np.load(ADAPTER))
    else:
        train(encoder, groups, FIRST)
        np.savez(ADAPTER, **encoder.arrays())
    ask(encoder, [group for group in groups if group.kind == "weeks"])
    train(encoder, groups, SECOND)
    np.savez(ADAPTER, **encoder.arrays())


def invented(parts: E5Parts, embedder: MultilingualE5) -> Iterator[Group]:
    """Questions on invented lives and weeks, each with the sentences of its context that come nearest."""
    folder = Path(__file__).parent / "reading"
    for file in (*sorted(folder.glob("*.jsonl")), *sorted((folder / "weeks").glob("*.jsonl"))):
        kind = "weeks" if file.parent.name == "weeks" else "invented"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            if kind == "weeks" and number % ASIDE == ASIDE - 1:
                continue
            context = json.loads(line)
            said, who = context["said"], context.get("who", "")
            near = nearest(embedder, said, [asked[0] for asked in context["asked"]])
            for order, (question, place, answer, *others) in zip(near, context["asked"], strict=True):
                beside = [i for i in order if i != place and i not in (others[0] if others else ())]
                chosen = [*([place] if place is not None else []), *beside][:NEAR]
                read = [(f"{who}: {said[i]}" if who else said[i], said[i - 1] if i else "") for i in chosen]
                yield encode(parts, kind, question, read, answer if place is not None else None)


def nearest(embedder: MultilingualE5, said: Sequence[str], questions: Sequence[str]) -> list[list[int]]:
    """The places of sentences in the order in which their vectors come near to each question's."""
    vectors = embedder.embed([*said, *questions])
    return [np.argsort(-(vectors[: len(said)] @ asked)).tolist() for asked in vectors[len(said) :]]


def articles(file: Path, parts: E5Parts, embedder: MultilingualE5, *, share: float) -> Iterator[Group]:
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
                for chosen, held in ((right + wrong, answer), (elsewhere, None)):
                    read = [
                        (found[i][1], found[i - 1][1] if i and found[i - 1][0] == found[i][0] else "")
                        for i in chosen[:NEAR]
                    ]
                    if right if held is not None else drawn.random() <= 0.6:
                        yield encode(parts, "articles", asked["question"], read, held)


def encode(parts: E5Parts, kind: str, question: str, read: Sequence[tuple[str, str]], answer: str | None) -> Group:
    """The tokens of a question and of sentences with what stands before each; `answer`: words of the first, or None
    where none of them answers."""
    tokenizer: Tokenizer = parts.tokenizer()
    first, last = parts.weights.first, parts.weights.last
    asked = tokenizer.encode(question).ids[-QUESTION_TOKENS:]
    begins, pairs, span = len(asked) + 2, [], (-1, -1)
    for number, (sentence, before) in enumerate(read):
        encoding = tokenizer.encode(sentence)
        body, previous = encoding.ids[:SENTENCE_TOKENS], tokenizer.encode(before).ids[-BEFORE_TOKENS:]
        ids = [first, *asked, last, *body, last, *previous, last][:LONGEST]
        pairs.append((ids, begins, min(begins + len(body), LONGEST)))
        at = sentence.find(answer) if number == 0 and answer else -1
        offsets = encoding.offsets[: len(body)]
        held = [i for i, (a, b) in enumerate(offsets) if at < b and a < at + len(answer or "") and a < b]
        if at >= 0 and held and begins + held[-1] < LONGEST:
            span = (begins + held[0], begins + held[-1])
    return Group(kind, pairs, answer is not None, span)


def train(encoder: Encoder, groups: Sequence[Group], stage: Stage) -> None:
    """One stage."""
    parameters = list(encoder.parameters())
    optimizer = torch.optim.AdamW(parameters, stage.rate, betas=(0.9, 0.995), weight_decay=0.01)
    total, began, number = int(stage.passes * sum(1 for _ in batches(groups, stage))), time.monotonic(), 0
    while number < total:
        for batch in batches(groups, stage):
            number += 1
            for group in optimizer.param_groups:
                group["lr"] = stage.rate * min(1, number / WARM_UP) * max(0.02, 1 - number / total)
            loss = encoder.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            if number % 50 == 0:
                print(f"{number} of {total}, loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)
            if number == total:
                return


def ask(encoder: Encoder, groups: Sequence[Group]) -> None:
    """Note what the reader thinks of each sentence."""
    with torch.no_grad():
        for group in groups:
            ids, mask, _ = padded(group.pairs)
            group.logits = encoder.scores(encoder(ids, mask)).tolist()


def batches(groups: Sequence[Group], stage: Stage) -> Iterator[list[tuple[Group, list[int]]]]:
    """Questions of about the same length, each with the places of its sentences, in a random order."""
    often = {"weeks": stage.weeks, "invented": stage.invented, "articles": stage.articles}
    by_length: dict[int, list[tuple[Group, list[int]]]] = {}
    for group in groups:
        times = int(often[group.kind]) + (random.random() < often[group.kind] % 1)
        for _ in range(times):
            chosen = choose(group)
            longest = max(len(group.pairs[i][0]) for i in chosen)
            by_length.setdefault(-(-longest // ROUNDING) * ROUNDING, []).append((group, chosen))
    drawn = []
    for length, of_length in by_length.items():
        random.shuffle(of_length)
        count = max(2, STEP_TOKENS // (length * SENTENCES))
        drawn += [of_length[i : i + count] for i in range(0, len(of_length), count)]
    random.shuffle(drawn)
    yield from drawn


def choose(group: Group) -> list[int]:
    """The places of the sentence that answers and of some others: rather near ones, or rather those that the reader
    took for answers."""
    right = [0] if group.answered else []
    others = range(len(right), len(group.pairs))
    noise = np.random.gumbel(size=len(group.pairs))
    if group.logits is None:
        order = sorted(others, key=lambda i: i - 3 * noise[i])
    else:
        order = sorted(others, key=lambda i: -group.logits[i] - noise[i])
    return [*right, *order][:SENTENCES]


def padded(pairs: Sequence[tuple[list[int], int, int]]) -> tuple[Tensor, Tensor, Tensor]:
    """Token ids, what is added to attention, and which tokens are the sentence's: (pairs, tokens) each."""
    shape = (len(pairs), max(len(ids) for ids, _, _ in pairs))
    tokens, mask, inside = np.zeros(shape, np.int64), np.full(shape, -1e9, np.float32), np.zeros(shape, bool)
    for row, (ids, begin, end) in enumerate(pairs):
        tokens[row, : len(ids)], mask[row, : len(ids)], inside[row, begin:end] = ids, 0, True
    return torch.tensor(tokens), torch.tensor(mask), torch.tensor(inside)


class Encoder(nn.Module):
    """BERT with low-rank updates, in bfloat16, and the heads."""

    def __init__(self, weights: WeightsFile) -> None:
        super().__init__()
        self._layers = weights.layers
        self._words = torch.tensor(weights.matrix("emb.word", HIDDEN).rows())
        positions = weights.vector("emb.pos").reshape(-1, HIDDEN)[:MAX_TOKENS]
        self._positions = torch.tensor(positions + weights.vector("emb.type")[:HIDDEN])
        self._vectors = {name: torch.tensor(weights.vector(name)) for name in ("emb.ln.w", "emb.ln.b")}
        self._matrices, self.updates = {}, nn.ParameterDict()
        for prefix in (f"l{layer}." for layer in range(self._layers)):
            for name in (prefix + kind for kind in KINDS):
                matrix = torch.tensor(
                    weights.matrix(f"{name}.w", weights.wide if name.endswith("fo") else HIDDEN).rows().T
                )
                self._matrices[name] = matrix
                self._vectors[f"{name}.b"] = torch.tensor(weights.vector(f"{name}.b")).bfloat16()
                down = torch.randn(matrix.shape[0], RANK) / math.sqrt(matrix.shape[0])
                self.updates[key(f"{name}.down")] = nn.Parameter(down)
                self.updates[key(f"{name}.up")] = nn.Parameter(torch.zeros(RANK, matrix.shape[1]))
            for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
                self._vectors[prefix + name] = torch.tensor(weights.vector(prefix + name)).bfloat16()
        values = (torch.randn(HIDDEN, 64) / math.sqrt(HIDDEN), torch.zeros(64), torch.zeros(64, 1), -torch.ones(1))
        heads = dict(zip(HEAD_NAMES, (*values, torch.zeros(HIDDEN, 2)), strict=True))
        self.heads = nn.ParameterDict({key(name): nn.Parameter(value) for name, value in heads.items()})

    def take(self, arrays: Mapping[str, Any]) -> None:
        """Go on from the arrays of an adapter file; what it does not update stays as it is."""
        with torch.no_grad():
            for name in arrays:
                value, of = torch.tensor(arrays[name].astype(np.float32)), key(name)
                if of in self.heads:
                    self.heads[of].copy_(value)
                else:
                    self.updates[of].copy_(value / SCALE if name.endswith(".up") else value)

    def arrays(self) -> dict[str, Any]:
        """The arrays of the adapter file by the names that `models.e5.graph` knows; matrices in half precision."""
        found = {
            of.replace(":", "."): value.detach().numpy() for of, value in (*self.updates.items(), *self.heads.items())
        }
        scaled = {name: value * SCALE if name.endswith(".up") else value for name, value in found.items()}
        return {name: value.astype(np.float16 if value.ndim > 1 else np.float32) for name, value in scaled.items()}

    def forward(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """The last states, (pairs, tokens, 384)."""
        state = self._words[tokens] + self._positions[: tokens.shape[1]]
        state = self._norm(state, "emb.ln").bfloat16()
        for layer in range(self._layers):
            state = self._layer(state, mask[:, None, None].bfloat16(), f"l{layer}.")
        return state

    def scores(self, states: Tensor) -> Tensor:
        """The logit of each pair."""
        weight, bias, out, out_bias = (self.heads[key(name)] for name in HEAD_NAMES[:4])
        return (torch.tanh(states[:, 0].float() @ weight + bias) @ out + out_bias)[:, 0]

    def loss(self, batch: Sequence[tuple[Group, Sequence[int]]]) -> Tensor:
        """Of questions, each with some of its sentences."""
        rows, there = [], []
        for group, chosen in batch:
            rows += [group.pairs[i] for i in chosen] + [([0], 0, 1)] * (SENTENCES - len(chosen))
            there += [True] * len(chosen) + [False] * (SENTENCES - len(chosen))
        tokens, mask, inside = padded(rows)
        states, count = self(tokens, mask), len(batch)
        every, exists = torch.arange(count), torch.tensor(there).view(count, -1)
        scores = self.scores(states).view(count, -1).masked_fill(~exists, -1e4)
        answered = torch.tensor([group.answered for group, _ in batch])
        choices = functional.log_softmax(
            torch.cat([torch.zeros(count, 1), scores], 1), 1
        )  # "none of them" is the first
        chosen_loss = -choices[every, answered.long()]
        right = torch.zeros_like(scores)
        right[:, 0] = answered.float()
        alone = ((functional.softplus(scores) - scores * right) * exists).mean(1)
        first_of_each = slice(None, None, SENTENCES)
        ends = states[first_of_each].float() @ self.heads[key("span.weight")]
        logs = functional.log_softmax(ends.masked_fill(~inside[first_of_each][..., None], -1e4), 1)
        spans = torch.tensor([group.span for group, _ in batch])
        found = logs[every, spans[:, 0].clamp(0), 0] + logs[every, spans[:, 1].clamp(0), 1]
        return (chosen_loss + 0.15 * alone - 0.35 * found * (spans[:, 0] >= 0)).mean()

    def _layer(self, state: Tensor, mask: Tensor, prefix: str) -> Tensor:
        size = state.shape[:2]
        weight = torch.cat([self._matrix(prefix + name) for name in "qkv"], 1)
        bias = torch.cat([self._vectors[f"{prefix}{name}.b"] for name in "qkv"])
        heads = self._times(state, weight, bias).view(*size, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        query, keys, value = heads
        near = torch.softmax(query / math.sqrt(HIDDEN / HEADS) @ keys.transpose(2, 3) + mask, -1)
        read = (near @ value).transpose(1, 2).reshape(*size, HIDDEN)
        state = self._norm(state + self._linear(read, prefix + "ao"), prefix + "aln")
        wide = functional.gelu(self._linear(state, prefix + "fi"))
        return self._norm(state + self._linear(wide, prefix + "fo"), prefix + "oln")

    def _linear(self, state: Tensor, name: str) -> Tensor:
        return self._times(state, self._matrix(name), self._vectors[f"{name}.b"])

    def _matrix(self, name: str) -> Tensor:
        down, up = self.updates[key(f"{name}.down")], self.updates[key(f"{name}.up")]
        return torch.addmm(self._matrices[name], down, up, alpha=SCALE)

    def _times(self, state: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return torch.addmm(bias, state.flatten(0, 1), weight.bfloat16()).view(*state.shape[:2], -1)

    def _norm(self, state: Tensor, name: str) -> Tensor:
        return functional.layer_norm(state, (HIDDEN,), self._vectors[f"{name}.w"], self._vectors[f"{name}.b"], EPSILON)


def key(name: str) -> str:
    """An array's name without dots, as torch wants it."""
    return name.replace(".", ":")


if __name__ == "__main__":
    main()
