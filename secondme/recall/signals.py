"""The signals of recall: what speaks for a candidate, each as one array over all candidates.

To add a signal: add an entry to SIGNALS, and its weight to `weights.py`. An entry has a name, the part of the score
under which `--explain` shows it (a new part is any new word), and a function from a `Comparison` to an array of one
number per candidate. Keep the array's scale independent of the size of the store: the weights are fitted once for all
stores. Then `benchmarks/recall/fit_recall.py` shows what the signal is worth on conversations left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from secondme.recall.comparison import Comparison, words_and_form
from secondme.recall.graph import spread
from secondme.recall.scores import Floats
from secondme.text.forms import Form, word_number

LOOK_AGAIN = 80
"""Best candidates over whose graph the score spreads."""
SHORT_TIME = timedelta(days=2)
"""A time no longer than this counts as a day that the question names."""


@dataclass(frozen=True)
class Signal:
    """A signal of recall.

    `name`: as weights have it. `part`: the part of the score that it belongs to, as explanations and ablations name
    it. `compute`: its value for each of n candidates, shape (n,).
    """

    name: str
    part: str
    compute: Callable[[Comparison], Floats]


def is_short_time(compared: Comparison) -> bool:
    """Whether the question is about a time of a day or two."""
    interval = compared.reading.when.interval
    return interval is not None and interval[1] - interval[0] <= SHORT_TIME


def of_another(compared: Comparison) -> Floats:
    """1 for turns of somebody else in a conversation of the named person."""
    others: Floats = (1 - compared.named) * compared.at_home * compared.turns
    return others


def stranger(compared: Comparison) -> Floats:
    """1 for turns of a conversation in which the named person has no part."""
    anyone = float(bool(compared.question.named) or compared.named.any())
    strangers: Floats = anyone * (1 - compared.at_home) * compared.turns
    return strangers


def echo(compared: Comparison) -> Floats:
    """1 for a question put to the assistant, and for its answer: the memory is what the answer was made from."""
    return np.array([candidate.kind == "chat" and not candidate.evidence for candidate in compared.candidates], float)


def has_wanted_form(compared: Comparison, form: Form) -> Floats:
    """1 for candidates of a form that the question asks for."""
    return compared.has(form) if form in compared.question.wants else np.zeros(len(compared.candidates))


def answers(compared: Comparison) -> Floats:
    """1 for what follows a question in its chat or text."""
    return compared.neighbours.before(compared.has(Form.QUESTION))


def fact(compared: Comparison) -> Floats:
    """1 for a span with a fact that the question asks for and that held then, -1 if the fact did not hold then."""
    facts = compared.reading.facts
    if not facts:
        return np.zeros(len(compared.candidates))
    return np.array([facts.get(candidate.id, 0.0) for candidate in compared.candidates])


SIGNALS: tuple[Signal, ...] = (
    Signal("words", "words", lambda c: c.words),
    Signal(
        "words ±2", "neighbours", lambda c: c.bm25(c.neighbours.window(c.counts, 2), c.neighbours.window(c.lengths, 2))
    ),
    Signal(
        "words ±4", "neighbours", lambda c: c.bm25(c.neighbours.window(c.counts, 4), c.neighbours.window(c.lengths, 4))
    ),
    Signal(
        "section words",
        "session",
        lambda c: c.bm25(c.neighbours.section_sum(c.counts), c.neighbours.section_sum(c.lengths)),
    ),
    # Figures of meaning are ten times a cosine.
    Signal("meaning", "meaning", lambda c: 10 * c.cosines),
    Signal("meaning ±1", "neighbours", lambda c: 10 * c.neighbours.window(c.cosines, 1) / c.vectors_beside),
    Signal("section meaning", "session", lambda c: 10 * c.neighbours.section_best(c.cosines)),
    Signal("tokens", "meaning", lambda c: 10 * c.late),
    Signal("tokens ±1", "neighbours", lambda c: 10 * c.neighbours.window(c.late, 1) / c.vectors_beside),
    Signal("named", "speaker", lambda c: c.named),
    Signal("named, of self", "speaker", lambda c: c.named * c.has(Form.FIRST_PERSON)),
    Signal("other, of self", "speaker", lambda c: of_another(c) * c.has(Form.FIRST_PERSON)),
    Signal("other, to named", "speaker", lambda c: of_another(c) * c.has(Form.SECOND_PERSON)),
    Signal("stranger", "speaker", stranger),
    Signal("echo", "speaker", echo),
    Signal("question", "form", lambda c: c.has(Form.QUESTION)),
    Signal("photo", "form", lambda c: c.has(Form.PHOTO)),
    Signal("time", "form", lambda c: c.has(Form.TIME)),
    Signal("number", "form", lambda c: c.has(Form.NUMBER)),
    Signal("title", "form", lambda c: c.has(Form.TITLE)),
    Signal("wanted time", "form", lambda c: has_wanted_form(c, Form.TIME)),
    Signal("wanted number", "form", lambda c: has_wanted_form(c, Form.NUMBER)),
    Signal("wanted name", "form", lambda c: has_wanted_form(c, Form.NAME)),
    Signal("length", "form", lambda c: np.log1p(c.lengths)),
    Signal("answers", "answers", answers),
    Signal("answers words", "answers", lambda c: answers(c) * c.neighbours.before(c.words)),
    Signal("answers meaning", "answers", lambda c: answers(c) * c.neighbours.before(10 * c.cosines)),
    Signal("said then", "time", lambda c: c.said_then),
    Signal("said that day", "time", lambda c: c.said_then * is_short_time(c)),
    Signal("tells of then", "time", lambda c: c.tells_then),
    Signal("fact", "facts", fact),
)
"""Every signal that follows from the candidates alone, in the order in which explanations show the parts."""

GRAPH = "graph"
"""The signal of the walk, and the part that it belongs to. It starts from the sum of all others, so it is no entry."""

PARTS: Mapping[str, str] = {signal.name: signal.part for signal in SIGNALS} | {GRAPH: GRAPH}
"""The part of the score that each signal belongs to."""


def walk(compared: Comparison, total: Floats, linked: frozenset[int]) -> Floats:
    """The signal of the graph: for each candidate, the logarithm of its share of a random walk times their number.

    The walk goes over the best by `total` and those with row numbers in `linked`; all others get the least share.
    """
    candidates = compared.candidates
    order = np.argsort(-total, kind="stable")
    near = np.array([rank < LOOK_AGAIN or candidates[i].seq in linked for rank, i in enumerate(order)])
    best = order[near]
    chosen = [candidates[i] for i in best]
    keys = compared.store.annotations.names([candidate.seq for candidate in chosen])
    names = [np.array([word_number(key) for key in keys.get(candidate.seq, ())], np.int32) for candidate in chosen]
    words = [words_and_form(candidate)[0] for candidate in chosen]
    vectors, _ = compared.vectors
    pairs = list(adjacent_pairs(best, compared.neighbours.adjacent))
    shares = spread(total[best], names, words, vectors[best], pairs)
    signal = np.full(len(candidates), float(shares.min()))
    signal[best] = shares
    return signal


def adjacent_pairs(best: npt.NDArray[np.int64], adjacent: npt.NDArray[np.bool_]) -> Iterable[tuple[int, int]]:
    """Pairs of positions within `best` whose candidates stand next to each other (`Neighbours.adjacent`)."""
    position_of = {int(i): position for position, i in enumerate(best)}
    for i, position in position_of.items():
        right = position_of.get(i + 1)
        if right is not None and adjacent[i]:
            yield position, right
