"""Which sentences of the passages a model reads: those nearest to the question, with what stands around them.

What is read costs time, so a prompt is cut to what the model reads in a few seconds. Three passages would fill that, of
which most sentences say nothing that was asked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from secondme.chat.prompt import Candidate, passage_line
from secondme.chat.reader.reader import Reading
from secondme.chat.reader_orders import without_orders
from secondme.text.sentences import sentences

WHOLE_CHARACTERS = 240
"""A passage as short as that is read whole: it is a message or a line."""
MOST_SENTENCES = 14


@dataclass(frozen=True)
class _Part:
    """Sentence `at` of a candidate's text."""

    candidate: int
    at: int


@dataclass(frozen=True)
class _Sentence:
    """A sentence that may be read, and in which turn of a chat who said it; a speaker is empty where the text names
    whoever speaks."""

    text: str
    turn: int = 0
    speaker: str = ""

    @property
    def said(self) -> str:
        """The sentence after the name of its speaker."""
        return f"{self.speaker}: {self.text}" if self.speaker else self.text


def chosen_sentences(
    candidates: Sequence[Candidate], reading: Reading, characters: int, *, names: Collection[str] = ()
) -> list[Candidate]:
    """The candidates with those of their sentences that have room in so many characters, in the order of `candidates`.

    Sentences are taken in the order in which the reader ranks them; then what stands before and after each. What orders
    its reader about is left out, but of the person's own words.
    """
    texts = [_parts(candidate, names) for candidate in candidates]
    parts = [_Part(i, at) for i, found in enumerate(texts) for at in range(len(found))]
    read = [(found.hit.id, " ".join(found.text.split())) for found in reading.sentences]

    def rank(part: _Part) -> tuple[int, int, int]:
        text = " ".join(texts[part.candidate][part.at].text.split())
        hit = candidates[part.candidate].hit.id
        places = (place for place, (owner, sentence) in enumerate(read) if owner == hit and sentence in text)
        return (next(places, len(read)), part.candidate, part.at)

    taken: dict[int, set[int]] = {}
    room = characters

    def take(part: _Part) -> bool:
        nonlocal room
        held = taken.get(part.candidate, set())
        if part.at in held:
            return True
        text = texts[part.candidate][part.at].said
        about = len(passage_line(replace(candidates[part.candidate], text=""))) + 1
        cost = len(text) + 1 + (0 if held else about)
        if cost > room:
            return False
        room -= cost
        taken.setdefault(part.candidate, set()).add(part.at)
        return True

    ranked = sorted(parts, key=rank)[:MOST_SENTENCES]
    best = [part for part in ranked if take(part)]
    for part in best:
        for at in (part.at - 1, part.at + 1):
            if 0 <= at < len(texts[part.candidate]):
                take(_Part(part.candidate, at))
    return [replace(candidates[i], text=_joined(texts[i], taken[i])) for i in sorted(taken)]


def without_orders_to_it(candidate: Candidate, names: Collection[str]) -> Candidate:
    """A candidate as a model may read it: without the sentences that order a model about."""
    return replace(candidate, text=_readable(candidate, candidate.text, names))


def _readable(candidate: Candidate, text: str, names: Collection[str]) -> str:
    """A text of a candidate without such sentences, but for the person's own."""
    return text if candidate.hit.role == "me" else without_orders(text, names)


def _parts(candidate: Candidate, names: Collection[str]) -> list[_Sentence]:
    """The sentences of a candidate that may be read; a short text is one."""
    text = without_orders_to_it(candidate, names).text
    if len(text) <= WHOLE_CHARACTERS:
        return [_Sentence(text)] if text.strip() else []
    turns = [(speaker, _readable(candidate, said, names)) for speaker, said in candidate.turns] or [("", text)]
    return [
        _Sentence(sentence.text, turn, speaker)
        for turn, (speaker, said) in enumerate(turns)
        for sentence in sentences(said)
    ]


def _joined(parts: Sequence[_Sentence], taken: Collection[int]) -> str:
    """Sentences in their order, with a mark where some are left out, and with who says it where another speaks."""
    pieces: list[str] = []
    before = -1
    for at in sorted(taken):
        goes_on = before >= 0 and parts[before].turn == parts[at].turn
        pieces += ["…"] if goes_on and at > before + 1 else [] if goes_on or not pieces else ["/"]
        pieces.append(parts[at].text if goes_on else parts[at].said)
        before = at
    return " ".join(pieces)
