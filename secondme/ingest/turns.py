"""Turns of a chat as passages: who is me, which stretch of talk each belongs to, long ones in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from secondme.readers.documents import Turn
from secondme.text.chunking import TARGET_CHARACTERS, Block, CountTokens, Passage, paragraphs, passages
from secondme.text.clean import composed

SESSION_GAP = timedelta(hours=4)
"""A conversation pauses for hours, then goes on: each such stretch is a session."""


def turn_passages(turns: Sequence[Turn], count_tokens: CountTokens | None) -> list[Passage]:
    """Passages of a chat in order of time; turns without a time stay where they stand."""
    ordered = list(_with_me(turns))
    if all(turn.happened_at for turn in ordered):
        ordered.sort(key=lambda turn: turn.happened_at)
    section = 0
    previous: datetime | None = None
    made: list[Passage] = []
    for turn in ordered:
        moment = datetime.fromisoformat(turn.happened_at) if turn.happened_at else previous
        if previous and moment and moment - previous > SESSION_GAP:
            section += 1
        previous = moment
        made += _pieces(turn, section, count_tokens)
    return made


def message_passages(text: str, count_tokens: CountTokens | None) -> list[Passage]:
    """Passages of a single message, cut between paragraphs. Without `count_tokens` the tokens are estimated."""
    return passages(text, [Block(start, end) for start, end in paragraphs(text, 0, len(text))], count_tokens)


def _with_me(turns: Sequence[Turn]) -> Sequence[Turn]:
    """In a chat of one person with an assistant that person is me, unless somebody else was said to be."""
    people = {turn.speaker for turn in turns if turn.role != "assistant" and not turn.place}
    if len(people) != 1 or all(turn.role != "assistant" for turn in turns) or any(turn.role == "me" for turn in turns):
        return turns
    return [turn if turn.role == "assistant" or turn.place else replace(turn, role="me") for turn in turns]


def _pieces(turn: Turn, section: int, count_tokens: CountTokens | None) -> list[Passage]:
    """A long turn as several passages that the embedder reads whole; they share the turn's place."""
    whole = composed(turn.text)
    found = message_passages(whole, count_tokens) if len(whole) > TARGET_CHARACTERS else []
    texts = [passage.text for passage in found] if len(found) > 1 else [whole]
    return [
        Passage(
            start=turn.start,
            end=turn.end,
            line=turn.line,
            text=text,
            section=section,
            place=turn.place,
            speaker=turn.speaker,
            role=turn.role,
            happened_at=turn.happened_at or None,
            happened_offset=turn.happened_offset,
            precision=turn.precision,
            key=turn.key,
            piece=number,
        )
        for number, text in enumerate(texts)
    ]
