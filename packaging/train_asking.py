"""Makes secondme/chat/kinds/asking.npz: what tells messages that ask from messages that tell.

Data: invented messages (packaging/messages), what is told and asked in weeks of talk (packaging/reading/weeks), and,
for the words, as plainer examples questions and sentences of the other invented lives of packaging/reading. The words
are learnt with AdaGrad (Duchi et al. 2011), a message at a time; the network over the embedder's vectors with Adam
(Kingma and Ba 2015). Three minutes on one core, most of them embedding. Question marks at the end are not read, so that
questions are known without them.

usage: uv run python packaging/train_asking.py [--held NAME]

--held trains without a file of packaging/messages, or without each sixth of the weeks (`--held weeks`), and says how
well its messages are told apart; nothing is written.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.bundled import find_multilingual
from models.e5.embedder import MultilingualE5
from models.e5.parts import E5Parts
from secondme.chat.kinds.asking import BUCKETS, MEANING, WEIGHTS, Floats, bare, meaning, sign_places
from secondme.chat.kinds.message_kind import sentence_asks
from secondme.chat.kinds.order_words import order
from secondme.text.sentences import sentences
from secondme.text.tongues import QUESTION_MARKS

HERE = Path(__file__).parent
PASSES = 6
RATE = 0.12
DECAY = 2e-5
SEED = 7
MESSAGE, WEEKS, PLAIN = 3.0, 1.5, 0.6
"""How much a message of packaging/messages, one of the weeks, and another text of packaging/reading weighs: what was
written to be hard counts for more."""
HALF = 0.5
"""The share of the weeks' messages that the network learns from, for the same reason."""
MOST_PLAIN = 4000
ASIDE = 6
"""Each sixth of the weeks is kept for testing."""
KEPT_TELLS = (0.99, 0.98, 0.95)
"""Shares of the tellings in which rules find no question that are left alone at a limit."""
NETS, UNITS = 3, 32
"""Networks whose mean is taken, and the units of each: the mean of several errs less than one of as many units."""
STEPS, BATCH, STEP, SHRINK = 20, 64, 2e-3, 0.01
"""Passes over all messages, messages a step, Adam's step, and the weight of the squared weights."""


@dataclass(frozen=True)
class Labelled:
    """A text that asks or tells, how much it weighs, and its language."""

    text: str
    asks: bool
    weight: float
    language: str = "en"


def main() -> None:
    """Train, and write the weights or say how good they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--held", default="")
    held = parser.parse_args().held
    files = sorted((HERE / "messages").glob("*.jsonl"))
    learnt = [each for file in files if file.stem != held for each in messages(file)]
    of_weeks = list(weeks())
    talk = [each for each, aside in of_weeks if not (aside and held == "weeks")]
    weights = fit([*learnt, *talk, *plain()])
    learnt += random.Random(SEED).sample(talk, round(HALF * len(talk)))
    scale = float(np.abs(weights).max()) / 127
    whole = np.round(weights / scale).astype(np.int8)
    network = fit_network(vectors(learnt), np.array([each.asks for each in learnt], float))
    if held:
        of_aside = [each for each, aside in of_weeks if aside]
        judged = of_aside if held == "weeks" else list(messages(HERE / "messages" / f"{held}.jsonl"))
        report(judged, whole * scale, network)
    else:
        kept = {name: part.astype(np.float16) for name, part in network.items()}
        np.savez_compressed(WEIGHTS, weights=whole, scale=np.float32(scale), **kept)
        print(f"{len(learnt)} messages, {WEIGHTS.stat().st_size} bytes")


def messages(file: Path) -> Iterator[Labelled]:
    """The messages of a file. One that tells and asks is taken apart where a mark shows what asks."""
    for line in file.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        if message["k"] in ("tell", "ask"):
            yield Labelled(message["t"], message["k"] == "ask", MESSAGE, message["l"])
        elif message["k"] == "both":
            parts = [part.text for part in sentences(message["t"])]
            if any(part.endswith(QUESTION_MARKS) for part in parts):
                asks = [(part, part.endswith(QUESTION_MARKS)) for part in parts]
                yield from (Labelled(part, asked, MESSAGE, message["l"]) for part, asked in asks)


def weeks() -> Iterator[tuple[Labelled, bool]]:
    """What is told and asked in weeks of talk, and whether it is of each sixth; what is told with a mark is neither."""
    for file in sorted((HERE / "reading" / "weeks").glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            context = json.loads(line)
            language, aside = context.get("lang", "en"), number % ASIDE == ASIDE - 1
            told = [text for text in context["said"] if not text.rstrip().endswith(QUESTION_MARKS)]
            yield from ((Labelled(text, False, WEEKS, language), aside) for text in told)
            yield from ((Labelled(asked[0], True, WEEKS, language), aside) for asked in context["asked"])


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


def vectors(examples: Sequence[Labelled]) -> Floats:
    """The embedder's vectors (examples, 384) of texts as questions."""
    with tempfile.TemporaryDirectory() as cache:
        files = find_multilingual(Path(cache))
        if files is None:
            raise SystemExit("The bundled embedder for all languages is missing: run `uv sync`.")
        return MultilingualE5(E5Parts(files), Path(cache)).embed([bare(each.text) for each in examples], "query")


def fit_network(of: Floats, asks: npt.NDArray[np.float64]) -> dict[str, Floats]:
    """The mean of several networks as one network (`secondme.chat.kinds.asking.meaning`)."""
    nets = [_fit_one(of * np.sqrt(of.shape[1]), asks, SEED + number) for number in range(NETS)]
    into, bias, out, base = zip(*nets, strict=True)
    parts = {
        "into": np.concatenate(into, axis=1) * np.sqrt(of.shape[1]),
        "bias": np.concatenate(bias),
        "out": np.concatenate(out) / NETS,
        "base": np.mean(base),
    }
    return {name: np.asarray(part, np.float32) for name, part in parts.items()}


def _fit_one(of: Floats, asks: npt.NDArray[np.float64], seed: int) -> list[npt.NDArray[np.float64]]:
    """Weights into and out of one hidden layer: (dimension, units), (units,), (units,), (1,)."""
    draw = np.random.default_rng(seed)
    into = draw.normal(0, 1 / np.sqrt(of.shape[1]), (of.shape[1], UNITS))
    parts = [into, np.zeros(UNITS), draw.normal(0, 1 / np.sqrt(UNITS), UNITS), np.zeros(1)]
    means, squares = ([np.zeros_like(part) for part in parts] for _ in range(2))
    step = 0
    for _ in range(STEPS):
        for chosen in np.array_split(draw.permutation(len(of)), len(of) // BATCH):
            step += 1
            seen = of[chosen]
            hidden = np.maximum(seen @ parts[0] + parts[1], 0)
            error = (1 / (1 + np.exp(-(hidden @ parts[2] + parts[3]))) - asks[chosen]) / len(chosen)
            back = np.outer(error, parts[2]) * (hidden > 0)
            slopes = [seen.T @ back + SHRINK * parts[0], back.sum(0), hidden.T @ error, error.sum(keepdims=True)]
            for part, mean, square, slope in zip(parts, means, squares, slopes, strict=True):
                mean += 0.1 * (slope - mean)
                square += 0.001 * (slope * slope - square)
                part -= STEP * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return parts


def report(held: Sequence[Labelled], weights: npt.NDArray[np.float64], network: dict[str, Floats]) -> None:
    """Print how many of the questions that rules miss are found, by the share of tellings that are left alone."""
    missed = [each for each in held if not order(each.text) and not rules_ask(each.text)]
    words = np.array([weights[row].sum() / np.sqrt(len(row)) for row in (sign_places(each.text) for each in missed)])
    both = words + MEANING * meaning(network, vectors(missed))
    asks = np.array([each.asks for each in missed])
    print(f"{len(held)} messages; rules find no question in {asks.sum()} that ask and {(~asks).sum()} that tell")
    languages = sorted({each.language for each in missed})
    for share in KEPT_TELLS:
        for name, logits in (("words", words), ("words and meaning", both)):
            limit = float(np.quantile(logits[~asks], share))
            print(f"{share:.2f} of the tellings left alone by {name}: limit {limit:.2f}")
            for language in languages:
                of = np.array([each.language == language for each in missed])
                told, asked = logits[of & ~asks] > limit, logits[of & asks] > limit
                print(f"  {language}: {asked.sum()} of {len(asked)} found, {told.sum()} of {len(told)} tellings")


def rules_ask(text: str) -> bool:
    """Whether rules take a sentence of a text for a question."""
    return any(sentence_asks(part.text) for part in sentences(text))


if __name__ == "__main__":
    main()
