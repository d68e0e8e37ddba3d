"""What the model reads: instructions, the running chat, and passages packed into a budget of tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.protocol import ChatTurn
from secondme.api import Citation, Hit, Message
from secondme.text.timex.expressions import annotate
from storage.records import Span

UNKNOWN = "The context does not say."
"""How a model says that memory does not hold an answer; it says so in other words too."""
INSTRUCTIONS = (
    "You answer questions from the context alone, with the few words that answer and nothing else: no word of the "
    "question again. Where it asks why or how, or for an explanation, answer in one short sentence. "
    'Call the person who asks "you". Where the context says different things, the latest date is right. If the '
    f"context does not say it, answer only: {UNKNOWN}"
)
"""Without numbers: who said what is attributed afterwards."""
FEW_WORDS = "You answer questions with a few words taken from the conversation."
"""For a small model, which strays when it may write at length: F1 .12 instead of .10 on multi-hop questions."""
SMALL_PASSAGES = 3
MAX_PASSAGES = 6
HISTORY_MESSAGES = 6
HISTORY_STEP = 4
"""The window on the chat begins at a multiple of so many messages. A model reads a prompt from where it differs from
the prompt before, and with a window that moves with each message that is the beginning. In a chat of 60 turns the
bundled model reads a fifth fewer tokens so."""
HISTORY_CHARACTERS = 300
EARLIER_SHARE = 6
"""A sixth of the prompt may summarise the earlier chat."""
CARD_SHARE = 12
"""A twelfth of it may say who asks."""
CARD_STEP = 100
"""In steps of so many characters, so that the line stays the same while the measured speed wavers."""
CHARACTERS_PER_TOKEN = 3.6
"""A careful average of English, to choose what goes in; the model then counts the prompt's tokens exactly."""


@dataclass(frozen=True)
class Candidate:
    """A hit with the text that is read for it: a turn of a chat comes with its neighbours, whose span ids are
    `beside`. `before`: what the same speaker said last before it. `turns`: (speaker, text) of what was said in it."""

    hit: Hit
    text: str
    beside: tuple[str, ...] = ()
    before: str = ""
    turns: tuple[tuple[str, str], ...] = ()


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
    choose: Callable[[int], Sequence[Candidate]] | None = None,
    me: str = "",
    today: str = "",
) -> Prompt:
    """The candidates that fit into `budget` tokens, best first, with as much of the chat as fits.

    A `small` model gets fewer candidates, the best nearest to the question, and is asked for a few words. `earlier`
    gives lines about the earlier chat within so many characters, and `card` what is known of the person; a small model
    would stray from either, and gets neither. For any other `choose` gives what is read of the candidates in so many
    characters; it stands in the order of time. `me` is the person's name, `today` the day in words.

    The question always goes in whole; when nothing else fits, it stands alone.
    """
    past = turns_of(window(history, budget // 3))
    space = _characters(budget)
    about = [] if small else who_asks(card(space // CARD_SHARE // CARD_STEP * CARD_STEP), me)
    before = [] if small else [*about, *earlier(space // EARLIER_SHARE)]  # what comes last is left out first
    frame = (
        sum(len(line) + 1 for line in before)
        + sum(len(turn.content) for turn in past)
        + len(FEW_WORDS if small else INSTRUCTIONS)
        + len(question)
        + 120
    )
    room = space - frame
    chosen: list[Candidate] = []
    if choose is not None and not small:
        chosen = list(choose(room))
    else:
        for candidate in candidates[: MAX_PASSAGES * 2]:
            cost = len(passage_line(candidate)) + 1
            if len(chosen) < (SMALL_PASSAGES if small else MAX_PASSAGES) and cost <= room:
                chosen.append(candidate)
                room -= cost
    while True:
        turns = _turns(question, chosen, past, before, small=small, today=today)
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
        passages=tuple((i, passage_text(candidate)) for i, candidate in enumerate(chosen, start=1)),
        tokens=tokens,
        filling=filling(
            question,
            [passage_line(candidate) for candidate in chosen],
            past,
            before[: len(about)],
            before[len(about) :],
            small,
            tokens,
        ),
    )


# --- the layout -------------------------------------------------------------------------------------


def lay_out(system: Sequence[str], past: Sequence[ChatTurn], last: str) -> list[ChatTurn]:
    """The turns of a prompt: the lines of the system turn, the chat, and what is asked last.

    Passages stand in the last turn where they were chosen for the question, and in the system turn where they are all
    that is known: then each prompt begins like the prompt before.
    """
    return [ChatTurn("system", "\n".join(system)), *past, ChatTurn("user", last)]


def instructions(before: Sequence[str] = (), *, small: bool) -> list[str]:
    """The first lines of the system turn. `before`: lines on the person and the earlier chat."""
    return [FEW_WORDS] if small else [INSTRUCTIONS, *before]


def context(lines: Sequence[str], *, small: bool) -> list[str]:
    """The lines of passages, with a heading for a model that understands one."""
    return [*lines] if small else ["Context:", *lines]


def request_for_answer(question: str, *, small: bool, today: str = "") -> str:
    """The question, where there are passages to answer it from."""
    if small:
        return f"Question: {question}\nShort answer:"
    return f"{f'Today is {today}. ' if today else ''}Question: {question}\nAnswer:"


def _turns(
    question: str,
    chosen: Sequence[Candidate],
    past: Sequence[ChatTurn],
    before: Sequence[str],
    *,
    small: bool,
    today: str = "",
) -> list[ChatTurn]:
    if not chosen:
        return lay_out(instructions(before, small=False), past, question)
    ordered = reversed(chosen) if small else sorted(chosen, key=lambda candidate: candidate.hit.happened_at or "")
    lines = [passage_line(candidate) for candidate in ordered]
    return turns_with_passages(question, lines, past, before, small=small, today=today)


def turns_with_passages(
    question: str,
    lines: Sequence[str],
    past: Sequence[ChatTurn] = (),
    before: Sequence[str] = (),
    *,
    small: bool,
    today: str = "",
) -> list[ChatTurn]:
    """The turns that ask a question on passages, of which each is a line; an adapter is trained on the same turns."""
    read = "\n".join(context(lines, small=small))
    asked = request_for_answer(question, small=small, today=today)
    return lay_out(instructions(before, small=small), past, f"{read}\n\n{asked}")


def who_asks(card: Sequence[str], me: str = "") -> list[str]:
    """The line about the person, if anything is known."""
    parts = [*([me] if me else []), *card]
    return [f"Who asks: {', '.join(parts)}."] if parts else []


def day_in_words(moment: datetime) -> str:
    """A day as a prompt names it: "Friday 27 November 2026"."""
    return f"{moment:%A} {moment.day} {moment:%B %Y}"


def with_speaker(span: Span) -> str:
    """A span's text after the name of its speaker."""
    return f"{span.speaker}: {span.text}" if span.speaker else span.text


def passage_line(candidate: Candidate) -> str:
    """A passage as one line: its text can't begin another passage, or a question of its own.

    "Yesterday" is given its date: a small model can't count days.
    """
    hit = candidate.hit
    text = " ".join(candidate.text.split())
    day = ""
    if hit.happened_at and hit.precision != "mtime":
        day = hit.happened_at[:10]
        text = annotate(text, datetime.fromisoformat(hit.happened_at))
    return line_of(text, hit.heading or ("" if hit.speaker else hit.title), day)


def line_of(text: str, *about: str) -> str:
    """The line of a passage, after what it is about and its day, where these are known."""
    known = ", ".join(part for part in about if part)
    return f"- {known}: {text}" if known else f"- {text}"


def passage_text(candidate: Candidate) -> str:
    """A passage as it is compared with the sentences of an answer, its days in words resolved as in the prompt."""
    hit, text = candidate.hit, candidate.text
    if hit.happened_at and hit.precision != "mtime":
        text = annotate(text, datetime.fromisoformat(hit.happened_at))
    return f"{hit.heading} {hit.speaker} {text}"


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


# --- the chat ---------------------------------------------------------------------------------------


def window(history: Sequence[Message], budget: int) -> Sequence[Message]:
    """The latest messages of a chat, which are read word for word, within so many tokens.

    The window begins at a multiple of HISTORY_STEP, unless not even the last few messages have room.
    """
    room = _characters(budget)
    empty = max((i for i, message in enumerate(history) if not message.text), default=-1)
    first = max(len(history) - HISTORY_MESSAGES, 0) // HISTORY_STEP * HISTORY_STEP
    for begin in range(first, len(history), HISTORY_STEP):
        found = history[max(begin, empty + 1) :]
        if sum(_characters_read(message) for message in found) <= room:
            return found
    begin = len(history)
    while begin > empty + 1 and _characters_read(history[begin - 1]) <= room:
        begin -= 1
        room -= _characters_read(history[begin])
    return history[begin:]


def turns_of(messages: Sequence[Message]) -> list[ChatTurn]:
    """Messages as turns, the first of them a question, each of another role than the one before."""
    turns: list[ChatTurn] = []
    for message in messages:
        text = message.text[:HISTORY_CHARACTERS]
        if turns and turns[-1].role == message.role:
            # Some chat templates take questions and answers in turn only.
            turns[-1] = ChatTurn(message.role, f"{turns[-1].content}\n{text}")
        elif turns or message.role == "user":
            turns.append(ChatTurn(message.role, text))
    return turns


def _characters(tokens: int) -> int:
    """About how many characters have room in so many tokens."""
    return int(tokens * CHARACTERS_PER_TOKEN)


def _characters_read(message: Message) -> int:
    return min(len(message.text), HISTORY_CHARACTERS)
