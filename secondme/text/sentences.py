"""Sentences of a text, and how far a passage supports one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from secondme.text.abbreviations import ends_sentence
from secondme.text.lines import MARK, Stretch, stretches
from secondme.text.terms import content_words, stem, stems, words_of

_END = re.compile(
    r"(?<![.!?…])[.!?…]+(?:[\"'”’»›)\]*_]|\[\d{1,3}\])*(?=\s|$)"
    r"|[。！？｡؟।॥۔။។៕།༎።፧։]+[」』”’）)\]\"'»*_]*"
    r"|(?<=[\u3040-\u30ff\u3400-\u9fff])[!?]+(?=[\u3040-\u30ff\u3400-\u9fff])"
    r"|(?<=[\u0370-\u03ff\u1f00-\u1fff]);(?=\s|$)"
    r"|(?<=[\u0e01-\u0e4e\u0e81-\u0edf]) +(?=[\u0e01-\u0e4e\u0e81-\u0edf])"
)
"""What may end a sentence: full stops with quotation marks, brackets and the numbers of notes behind them; in Thai and
Lao, which have no full stop, a space; "!" and "?" between letters of China and Japan; ";" in Greek, which asks."""
SHORTEST_CLAUSE = 24
"""Characters of a clause of Thai or Lao; a space within fewer ends no sentence."""
_GOES_ON = re.compile(r"\s*[\"'“‘«(\[*_]*(\w)")
_CLOSED = frozenset("\"'”’»›)]*_」』）")
_FAR_EAST = frozenset("。！？｡")
_SAID = re.compile(r"と|って|[\u3400-\u9fff]{0,4}?[说說问問答道喊叫][，,。：:着著了]")
"""Behind a quotation: who said it."""
_CITATION = re.compile(r"[ \t]*\[\d{1,3}(?:[,;–-][ \t]*\d{1,3})*\]")
_WORD = re.compile(r"[^\W_]+")
_LARGE = re.compile(r"(?<=[^\W_])[\W_]+([^\W\d_]\w*)")
_MARK = re.compile(r"^(?:[-*+>]|\d+[.)]|#+)\s+|[*_`]+")

SUPPORTED = 0.6
"""The least weighted share of a sentence's content words that a supporting passage holds. Set on quoted and swapped
passages."""
SHORT = 4
"""In a sentence of so few content words every word matters: a passage must hold all of them."""
_FALLBACK_WORDS = frozenset(["yes", "no", "okay", "sure", "hello", "hi", "thanks", "thank", "sorry"])


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text: its character range, and whether it is a heading.

    `text == whole[start:end]`. A list item and a heading hold their mark ("- ", "3. ", "## "); `words` leaves it out.
    """

    start: int
    end: int
    text: str
    heading: bool = False

    @property
    def words(self) -> str:
        """The sentence without a mark of list, quote or heading, on one line."""
        return " ".join(MARK.sub("", self.text, count=1).split())


def strip_citations(text: str) -> str:
    """The text without the citations [n] that the model wrote."""
    return _CITATION.sub("", text)


def sentences(text: str) -> list[Sentence]:
    """Sentences, list items, table rows and headings of a text, in order.

    A line without a full stop is a sentence, unless it was wrapped because it was full.
    """
    found: list[Sentence] = []
    for stretch in stretches(text):
        for start, end in _cut(text, stretch):
            if _WORD.search(text, start, end):
                found.append(Sentence(start, end, text[start:end], stretch.heading))
    return found


def _cut(text: str, stretch: Stretch) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences of a stretch, without white space around them."""
    start = _skip_space(text, stretch.start, stretch.end)
    for match in _END.finditer(text, start, stretch.end):
        end = match.end()
        if end >= stretch.end or stretch.heading or _goes_on(text, match, start):
            continue
        yield start, start + len(text[start:end].rstrip())
        start = _skip_space(text, end, stretch.end)
    if start < stretch.end:
        yield start, start + len(text[start : stretch.end].rstrip())


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _goes_on(text: str, match: re.Match[str], begin: int) -> bool:
    """Whether a sentence that began at `begin` goes on behind what may have ended it."""
    marks = match.group()
    if marks.isspace():
        return match.start() - begin < SHORTEST_CLAUSE
    if marks == ".":
        return not ends_sentence(text, match.start(), begin)
    following = _GOES_ON.match(text, match.end())
    if following is None:
        return False
    if marks[0] in _FAR_EAST:
        return marks[-1] in _CLOSED and bool(_SAID.match(text, match.end()))  # 「はい。」と言った。
    if marks[-1] not in _CLOSED and marks[0] != "…" and not marks.startswith(".."):
        return False
    if following[1].islower():
        return True  # "Stop!" he said. Well … maybe.
    return marks[0] == "." and marks[1] != "." and not ends_sentence(text, match.start(), begin)


def support(sentence: str, passage: str) -> float:
    """How far a passage supports a sentence, 0 to 1: the weighted share of its content words that the passage holds.

    Numbers weigh most, and a passage must hold all of them; names weigh more than other words.
    """
    return supported_share(weighted_words(sentence), stem_set(passage))


def supported_share(words: Sequence[tuple[str, float]], held: set[str]) -> float:
    """`support` for words with weights and the stems that a passage holds."""
    stemmed = [(stem(word), weight) for word, weight in words]
    if any(word.isdigit() and word not in held for word, _ in stemmed):
        return 0.0
    return weighted_share(stemmed, held)


def weighted_share(words: Sequence[tuple[str, float]], held: Collection[str]) -> float:
    """The weighted share of the words that are held, 0 to 1; of few words every one matters."""
    total = sum(weight for _, weight in words)
    share = sum(weight for word, weight in words if word in held) / total if total else 0.0
    return share if len(words) > SHORT or share == 1.0 else share * SUPPORTED


def stem_set(text: str) -> set[str]:
    """The stems of a text's words."""
    return set(stems(text))


def weighted_words(sentence: str) -> list[tuple[str, float]]:
    """Content words of a sentence in lower case with their weights; without any, all of its words."""
    plain = _MARK.sub("", sentence)
    found: list[tuple[str, float]] = []
    everything = words_of(plain)
    carrying = set(content_words(everything))
    large = {word.casefold() for word in _LARGE.findall(plain) if word[0].isupper()}
    for word in everything:
        if word.isdigit():
            found.append((word, 2.0))
        elif word in carrying and word not in _FALLBACK_WORDS:
            found.append((word, 1.5 if word in large else 1.0))
    return found or [(word, 1.0) for word in everything]
