"""A sentence gets the number of the passage that says it, and none when nothing does."""

from __future__ import annotations

import random
import re
from importlib.metadata import files
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from secondme.chat.attribution import attribute, insert_citations
from secondme.text.sentences import sentences, strip_citations


def real_passages(count: int) -> list[str]:
    """Paragraphs of several sentences from docstrings of installed packages: text that nobody wrote for this."""
    found: list[str] = []
    for package in ("textual", "httpx", "starlette", "numpy"):
        for file in sorted(str(f.locate()) for f in files(package) or [] if str(f).endswith(".py")):
            text = Path(file).read_text(encoding="utf-8", errors="ignore")
            for doc in re.findall(r'"""(.*?)"""', text, re.DOTALL):
                for paragraph in re.split(r"\n\s*\n", doc):
                    flat = " ".join(paragraph.split())
                    plain = re.fullmatch(r"[A-Z][\w ,.'`()-]+\.", flat)
                    if plain and 160 < len(flat) < 600 and len(sentences(flat)) >= 2 and flat not in found:
                        found.append(flat)
    return random.Random(7).sample(found, count)


def long_sentence(passage: str, choice: random.Random) -> str:
    """One of a passage's sentences that says something."""
    good = [sentence.text for sentence in sentences(passage) if len(sentence.text.split()) >= 6]
    return choice.choice(good or [sentences(passage)[0].text])


def test_quoted_sentences_are_attributed_and_swapped_passages_support_nothing() -> None:
    passages = real_passages(100)
    choice = random.Random(11)
    right = unsupported = 0
    for i, passage in enumerate(passages):
        quote = long_sentence(passage, choice)
        others = [passages[(i + step) % 100] for step in range(1, 8)]
        shown = [(number, body) for number, body in enumerate([passage, *others], start=1)]
        right += 1 in attribute(quote, shown)[0].citations
        swapped = [(number, body) for number, body in enumerate(others, start=1)]
        unsupported += attribute(quote, swapped)[0].citations == ()
    print(f"attributed {right}/100, unsupported when swapped {unsupported}/100")
    assert right >= 95, right
    assert unsupported >= 90, unsupported


def test_a_number_that_the_passage_does_not_have_is_not_supported() -> None:
    passage = [(1, "The bridge was opened in 1932 and is 1149 metres long.")]
    assert attribute("The bridge was opened in 1932.", passage)[0].citations == (1,)
    assert attribute("The bridge was opened in 1933.", passage)[0].citations == ()


def test_the_models_own_citations_are_taken_away() -> None:
    assert strip_citations("It is so [1]. And so [2, 3].") == "It is so. And so."


@given(st.text(alphabet="ab .!?\n*-`1", max_size=200))
def test_marks_are_all_that_citing_adds(text: str) -> None:
    final, moved = insert_citations(text, attribute(text, [(1, text), (2, "other")]))
    assert strip_citations(final).replace(" ", "") == strip_citations(text).replace(" ", "")
    for sentence in moved:
        assert 0 <= sentence.start < sentence.end <= len(final)
