"""Makes secondme/chat/asking.npz: what tells messages that ask from messages that tell.

Data: invented messages (packaging/messages) and, as plainer examples, questions and sentences of the invented lives of
packaging/reading. AdaGrad (Duchi et al. 2011), a message at a time; half a minute on one core. Question marks
at the end are not read, so that questions are known without them.

usage: uv run python packaging/train_asking.py [--held NAME]

--held trains without a file of packaging/messages and says how well its messages are told apart; nothing is written.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from secondme.chat.asking import BUCKETS, WEIGHTS, sign_places
from secondme.chat.message_kind import sentence_asks
from secondme.chat.order_words import order
from secondme.text.sentences import sentences
from secondme.text.tongues import QUESTION_MARKS

HERE = Path(__file__).parent
PASSES = 6
RATE = 0.12
DECAY = 2e-5
SEED = 7
MESSAGE, PLAIN = 3.0, 0.6
"""How much a message of packaging/messages and a text of packaging/reading weighs."""
MOST_PLAIN = 4000
KEPT_TELLS = (0.97, 0.95, 0.9)
"""Shares of the tellings in which rules find no question that are left alone at a limit."""


@dataclass(frozen=True)
class Labelled:
    """A text that asks or tells, and how much it weighs."""

    text: str
    asks: bool
    weight: float


def main() -> None:
    """Train, and write the weights or say how good they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--held", default="")
    held = parser.parse_args().held
    files = sorted((HERE / "messages").glob("*.jsonl"))
    examples = [each for file in files if file.stem != held for each in messages(file)] + plain()
    weights = fit(examples)
    scale = float(np.abs(weights).max()) / 127
    whole = np.round(weights / scale).astype(np.int8)
    if held:
        report(list(messages(HERE / "messages" / f"{held}.jsonl")), whole * scale)
    else:
        np.savez_compressed(WEIGHTS, weights=whole, scale=np.float32(scale))
        print(f"{len(examples)} texts, {WEIGHTS.stat().st_size} bytes")


def messages(file: Path) -> Iterator[Labelled]:
    """The messages of a file. One that tells and asks is taken apart where a mark shows what asks."""
    for line in file.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        if message["k"] in ("tell", "ask"):
            yield Labelled(message["t"], message["k"] == "ask", MESSAGE)
        elif message["k"] == "both":
            parts = [part.text for part in sentences(message["t"])]
            if any(part.endswith(QUESTION_MARKS) for part in parts):
                yield from (Labelled(part, part.endswith(QUESTION_MARKS), MESSAGE) for part in parts)


def plain() -> list[Labelled]:
    """Questions and sentences of the invented lives; a sentence that ends in a question mark is neither."""
    found = []
    for file in sorted((HERE / "reading").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            context = json.loads(line)
            found += [Labelled(question, True, PLAIN / 2) for question, _, _ in context["asked"]]
            said = [text if context["who"] else text.partition(": ")[2] or text for text in context["said"]]
            found += [Labelled(text, False, PLAIN) for text in said if not text.rstrip().endswith(QUESTION_MARKS)]
    return random.Random(SEED).sample(found, MOST_PLAIN)


def fit(examples: Sequence[Labelled]) -> npt.NDArray[np.float64]:
    """A weight for each bucket."""
    rows = [sign_places(example.text) for example in examples]
    weights, squares = np.zeros(BUCKETS), np.full(BUCKETS, 1e-3)
    order = np.random.default_rng(SEED)
    for _ in range(PASSES):
        for place in order.permutation(len(rows)):
            row, example = rows[place], examples[place]
            spread = 1 / np.sqrt(len(row))
            chance = 1 / (1 + np.exp(-weights[row].sum() * spread))
            error = example.weight * (chance - example.asks)
            slope = error * spread + DECAY * weights[row]
            squares[row] += slope * slope
            weights[row] -= RATE * slope / np.sqrt(squares[row])
    return weights


def report(held: Sequence[Labelled], weights: npt.NDArray[np.float64]) -> None:
    """Print how many of the questions that rules miss are found, by the share of tellings that are left alone."""
    missed = [each for each in held if not order(each.text) and not rules_ask(each.text)]
    logits = [weights[row].sum() / np.sqrt(len(row)) for row in (sign_places(each.text) for each in missed)]
    asks = np.array([logit for logit, each in zip(logits, missed, strict=True) if each.asks])
    tells = np.sort([logit for logit, each in zip(logits, missed, strict=True) if not each.asks])
    print(f"{len(held)} messages; rules find no question in {len(asks)} that ask and {len(tells)} that tell")
    for share in KEPT_TELLS:
        limit = tells[int(share * (len(tells) - 1))]
        print(
            f"limit {limit:.2f}: {share:.2f} of the tellings left alone, {(asks > limit).mean():.2f} of the rest found"
        )


def rules_ask(text: str) -> bool:
    """Whether rules take a sentence of a text for a question."""
    return any(sentence_asks(part.text) for part in sentences(text))


if __name__ == "__main__":
    main()
