from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.bundled import BundledEmbedder
from models.minilm.reader import MiniLMReader
from models.protocol import PassageSentence, SentenceScorer

SAID = [
    PassageSentence("moved out of the caravan on sunday, the new place is in Aarhus"),
    PassageSentence("my landlord is called Frode, hes a retired diver"),
    PassageSentence("it leaks when the wind comes from the west", "bought a blue canoe for 200 from a guy at the lake"),
    PassageSentence("the course ends on the 4th of june"),
]


@pytest.fixture(scope="module")
def reader(embedder_files: BundledEmbedder, cache: Path) -> MiniLMReader:
    return MiniLMReader(embedder_files, cache)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("which town do i live in", 0),
        ("What is the name of the man I rent from?", 1),
        ("when is the last day of my course?", 3),
        ("When does the canoe leak?", 2),
    ],
)
def test_the_sentence_that_answers_scores_highest(reader: MiniLMReader, question: str, place: int) -> None:
    scorer: SentenceScorer = reader
    assert int(scorer.score(question, SAID).argmax()) == place


@pytest.mark.parametrize("question", ["How old is Frode?", "what does my sister do for a living?"])
def test_what_is_not_said_scores_below_what_is(reader: MiniLMReader, question: str) -> None:
    known = reader.score("who is my landlord", SAID).max()
    assert reader.score(question, SAID).max() < known - 1


def test_no_sentence_gets_no_score(reader: MiniLMReader) -> None:
    assert reader.score("Who?", []).shape == (0,)


def test_texts_longer_than_it_reads_are_cut(reader: MiniLMReader) -> None:
    long = PassageSentence("one two three four five " * 200, "before " * 200)
    assert np.isfinite(reader.score("who " * 300, [long])).all()


def test_int8_agrees_with_fp32(reader: MiniLMReader, embedder_files: BundledEmbedder, tmp_path: Path) -> None:
    exact = MiniLMReader(embedder_files, tmp_path, quantized=False)
    question = "where do i live now"
    np.testing.assert_allclose(reader.score(question, SAID), exact.score(question, SAID), atol=1.0)
