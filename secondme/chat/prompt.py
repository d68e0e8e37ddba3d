"""What the model reads: instructions, the running chat, and recalled passages packed into a budget of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.protocol import ChatTurn
from secondme.api import Citation, Hit, Message
from secondme.text.timex.expressions import annotate

INSTRUCTIONS = "Answer the question with one or two short sentences, using only the context given."
"""Short and without numbers: the bundled model answers better so, and who said what is attributed afterwards."""
FEW_WORDS = "You answer questions with a few words taken from the conversation."
"""For a small model, which strays when it may write at length: F1 .12 instead of .10 on multi-hop questions."""
SMALL_PASSAGES = 3
MAX_PASSAGES = 6
HISTORY_MESSAGES = 6
HISTORY_STEP = 4
"""The chat that is read begins at a multiple of so many messages: a prompt that begins like the one before is read from
where it differs, and with a window that slides each would differ from its beginning. In a chat of 60 turns the bundled model
reads a fifth fewer tokens so."""
HISTORY_CHARACTERS = 300
EARLIER_SHARE = 6
"""A sixth of the prompt may tell of the earlier chat."""
CARD_SHARE = 12
"""A twelfth of it may say who asks."""
CARD_STEP = 100
"""In steps of so many characters, so that it stays the same while the measured speed wavers."""
CHARACTERS_PER_TOKEN = 3.6
"""A careful average of English; the exact count is taken once the prompt stands."""


@dataclass(frozen=True)
class Candidate:
    """A hit with the text that is read for it: for a turn of a chat its neighbours come along."""

    hit: Hit
    text: str


@dataclass(frozen=True)
class Prompt:
    """A prompt within budget. `passages` are (number, text as read) of what is in it."""

    turns: tuple[ChatTurn, ...]
    citations: tuple[Citation, ...]
    passages: tuple[tuple[int, str], ...]
    tokens: int
    filling: tuple[tuple[str, int], ...] = ()
    """What fills it, in tokens, by name."""
    whole: int = 0
    """Passages in it, where they are all that there are."""


def build(
    question: str,
    candidates: Sequence[Candidate],
    history: Sequence[Message],
    budget: int,
    count_tokens: Callable[[Sequence[ChatTurn]], int],
    *,
    small: bool = False,
    earlier: Callable[[int], Sequence[str]] = lambda room: (),
    card: Callable[[int], Sequence[str]] = lambda room: (),
) -> Prompt:
    """The best candidates that fit into `budget` tokens, best first, with what fits of the chat.

    A `small` model gets fewer, the best nearest to the question, and is asked for a few words. `earlier` gives lines
    about the earlier chat within so many characters, and `card` what is known of who asks; a small model would only
    stray from them.

    The question always goes in whole; when nothing else fits, it stands alone.
    """
    past = turns_of(window(history, budget // 3))
    space = int(budget * CHARACTERS_PER_TOKEN)
    about = [] if small else who_asks(card(space // CARD_SHARE // CARD_STEP * CARD_STEP))
    before = [] if small else [*about, *earlier(space // EARLIER_SHARE)]  # what comes last is left out first
    frame = (
        sum(len(line) + 1 for line in before)
        + sum(len(turn.content) for turn in past)
        + len(INSTRUCTIONS)
        + len(question)
        + 120
    )
    room = space - frame
    chosen: list[Candidate] = []
    for candidate in candidates[: MAX_PASSAGES * 2]:
        cost = len(line(candidate)) + 1
        if len(chosen) < (SMALL_PASSAGES if small else MAX_PASSAGES) and cost <= room:
            chosen.append(candidate)
            room -= cost
    while True:
        turns = _turns(question, chosen, past, small, before)
        tokens = count_tokens(turns)
        if tokens <= budget or not (chosen or past or before):
            break
        if before:
            before.pop()
        elif chosen:
            chosen.pop()
        else:
            past = past[2:]
    return Prompt(
        turns=tuple(turns),
        citations=tuple(Citation(i, candidate.hit) for i, candidate in enumerate(chosen, start=1)),
        passages=tuple((i, f"{c.hit.heading} {c.hit.speaker} {c.text}") for i, c in enumerate(chosen, start=1)),
        tokens=tokens,
        filling=filling(
            question, list(map(line, chosen)), past, before[: len(about)], before[len(about) :], small, tokens
        ),
    )


def who_asks(card: Sequence[str]) -> list[str]:
    """The line about the person, if anything is known."""
    return [f"Who asks: {', '.join(card)}."] if card else []


def filling(
    question: str,
    memory: Sequence[str],
    past: Sequence[ChatTurn],
    about: Sequence[str],
    before: Sequence[str],
    small: bool,
    tokens: int,
) -> tuple[tuple[str, int], ...]:
    """The prompt's tokens shared out by characters."""
    parts = {
        "instructions": len(FEW_WORDS if small else INSTRUCTIONS),
        "you": sum(map(len, about)),
        "earlier": sum(map(len, before)),
        "chat": sum(len(turn.content) for turn in past),
        "memory": sum(map(len, memory)),
        "question": len(question),
    }
    total = max(sum(parts.values()), 1)
    return tuple((name, round(tokens * size / total)) for name, size in parts.items() if size)


def _turns(
    question: str, chosen: Sequence[Candidate], past: Sequence[ChatTurn], small: bool, before: Sequence[str]
) -> list[ChatTurn]:
    lines = [line(candidate) for candidate in chosen]
    if small and lines:
        context = "\n".join(reversed(lines))
        asked = f"{context}\n\nQuestion: {question}\nShort answer:"
        return [ChatTurn("system", FEW_WORDS), *past, ChatTurn("user", asked)]
    context = "\n".join(lines)
    asked = f"Context:\n{context}\n\nQuestion: {question}\nAnswer:" if context else question
    instructions = "\n".join([INSTRUCTIONS, *before])
    return [ChatTurn("system", instructions), *past, ChatTurn("user", asked)]


def line(candidate: Candidate) -> str:
    """A passage as one line: its text can't begin another passage, or a question of its own.

    "Yesterday" is given its date: a small model can't count days.
    """
    hit = candidate.hit
    text = " ".join(candidate.text.split())
    day = ""
    if hit.happened_at and hit.precision != "mtime":
        day = hit.happened_at[:10]
        text = annotate(text, datetime.fromisoformat(hit.happened_at))
    about = ", ".join(part for part in (hit.heading or ("" if hit.speaker else hit.title), day) if part)
    return f"- {about}: {text}" if about else f"- {text}"


def window(history: Sequence[Message], budget: int) -> Sequence[Message]:
    """The messages of a chat that are read word for word, the latest ones, within so many tokens.

    It begins at a multiple of HISTORY_STEP, unless not even the last few messages have room.
    """
    room = int(budget * CHARACTERS_PER_TOKEN)
    empty = max((i for i, message in enumerate(history) if not message.text), default=-1)
    first = max(len(history) - HISTORY_MESSAGES, 0) // HISTORY_STEP * HISTORY_STEP
    for begin in range(first, len(history), HISTORY_STEP):
        found = history[max(begin, empty + 1) :]
        if sum(_read_of(message) for message in found) <= room:
            return found
    begin = len(history)
    while begin > empty + 1 and _read_of(history[begin - 1]) <= room:
        begin -= 1
        room -= _read_of(history[begin])
    return history[begin:]


def turns_of(messages: Sequence[Message]) -> list[ChatTurn]:
    """Messages as turns, the first of them a question."""
    turns = [ChatTurn(message.role, message.text[:HISTORY_CHARACTERS]) for message in messages]
    while turns and turns[0].role != "user":
        turns.pop(0)
    return turns


def _read_of(message: Message) -> int:
    return min(len(message.text), HISTORY_CHARACTERS)
