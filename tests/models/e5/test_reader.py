from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.bundled import BundledMultilingual
from models.e5.embedder import MultilingualE5
from models.e5.parts import E5Parts
from models.e5.reader import E5Reader
from models.protocol import PassageSentence, SentenceScorer

SAID = [
    PassageSentence("moved out of the caravan on sunday, the new place is in Aarhus"),
    PassageSentence("my landlord is called Frode, hes a retired diver"),
    PassageSentence("it leaks when the wind comes from the west", "bought a blue canoe for 200 from a guy at the lake"),
    PassageSentence("the course ends on the 4th of june"),
]


@pytest.fixture(scope="module")
def reader(multilingual_files: BundledMultilingual, cache: Path) -> E5Reader:
    return made(multilingual_files, cache)


def made(files: BundledMultilingual, cache: Path, *, quantized: bool = True) -> E5Reader:
    parts = E5Parts(files)
    return E5Reader(parts, cache, embedder=MultilingualE5(parts, cache), quantized=quantized)


@pytest.mark.parametrize(
    ("question", "place", "words"),
    [
        ("which town do i live in", 0, "Aarhus"),
        ("What is the name of the man I rent from?", 1, "Frode"),
        ("when is the last day of my course?", 3, "4th of june"),
        ("Wie heißt mein Vermieter?", 1, "Frode"),
    ],
)
def test_the_sentence_that_answers_scores_highest_and_its_words_are_found(
    reader: E5Reader, question: str, place: int, words: str
) -> None:
    scorer: SentenceScorer = reader
    readings = scorer.read(question, SAID)
    assert int(np.argmax([reading.logit for reading in readings])) == place
    begin, end = readings[place].answer
    assert words in SAID[place].text[begin:end] and 0 < readings[place].surety <= 1


@pytest.mark.parametrize(
    ("question", "sentences", "words"),
    [
        ("冰箱是什么颜色的？", ["去年我们搬到了苏州。", "新冰箱是绿色的，很大。"], "绿色"),
        ("Где живёт моя сестра?", ["Кота зовут Барсик.", "Моя сестра живёт в Самаре с двумя детьми."], "Самаре"),
    ],
)
def test_it_reads_other_languages(reader: E5Reader, question: str, sentences: list[str], words: str) -> None:
    readings = reader.read(question, [PassageSentence(text) for text in sentences])
    assert readings[1].logit > readings[0].logit
    begin, end = readings[1].answer
    assert words in sentences[1][begin:end]


@pytest.mark.parametrize("question", ["How old is Frode?", "what does my sister do for a living?"])
def test_what_is_not_said_scores_below_what_is(reader: E5Reader, question: str) -> None:
    def best(asked: str) -> float:
        return max(reading.logit for reading in reader.read(asked, SAID))

    assert best(question) < best("who is my landlord") - 1


def test_no_sentence_gets_no_reading(reader: E5Reader) -> None:
    assert reader.read("Who?", []) == []


def test_texts_longer_than_it_reads_are_cut_and_empty_ones_are_read(reader: E5Reader) -> None:
    long = PassageSentence("one two three four five " * 200, "before " * 200)
    readings = reader.read("who " * 300, [long, PassageSentence("")])
    assert np.isfinite([reading.logit for reading in readings]).all()
    assert readings[1].answer == (0, 0)


def test_int8_agrees_with_fp32(reader: E5Reader, multilingual_files: BundledMultilingual, tmp_path: Path) -> None:
    exact = made(multilingual_files, tmp_path, quantized=False)
    question = "where do i live now"
    found, right = ([r.logit for r in who.read(question, SAID)] for who in (reader, exact))
    np.testing.assert_allclose(found, right, atol=1.0)
