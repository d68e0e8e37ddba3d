"""Values as the engine gives them, for tests of the app: a hit, an answer, a chat's message, a memory's life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from secondme.api import (
    Answer,
    AnswerSentence,
    AskEvent,
    Citation,
    Delta,
    Done,
    Hit,
    Ingested,
    LifeEvent,
    MemoryLife,
    Message,
    Passages,
    PassageView,
    Recalling,
    ScorePart,
    Standing,
    Started,
)


def hit(number: int = 1, text: str = "We meet Ana at the lake on Sunday.", **changes: object) -> Hit:
    """A hit in a Markdown file."""
    base = Hit(
        id=f"span-{number}",
        text=text,
        source_id=f"source-{number}",
        title=f"notes/plan-{number}.md",
        uri=f"/home/mira/notes/plan-{number}.md",
        kind="file",
        start=40,
        end=40 + len(text),
        line=12 + number,
        heading="Weekend",
        speaker="",
        role="author",
        happened_at="2024-05-03T10:00:00Z",
        precision="day",
        score=0.8,
        parts=(ScorePart("words", 0.5), ScorePart("vectors", 0.3)),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # the test names real fields


def citations(count: int = 2) -> tuple[Citation, ...]:
    """Numbered passages."""
    return tuple(Citation(number, hit(number)) for number in range(1, count + 1))


def answer(
    text: str = "You meet Ana on Sunday [1]. She brings tea.",
    *,
    finish: str = "stop",
    supported: Sequence[str] = ("You meet Ana on Sunday [1].",),
    count: int = 2,
) -> Answer:
    """A finished answer whose sentences end at full stops; those in `supported` rest on passage 1."""
    sentences: list[AnswerSentence] = []
    start = 0
    for piece in text.replace(". ", ".\0").split("\0"):
        cites = (1,) if piece in supported else ()
        sentences.append(AnswerSentence(start, start + len(piece), cites, 0.9 if cites else 0.1))
        start += len(piece) + 1
    return Answer(
        chat_id="chat-1",
        message_id="message-1",
        text=text,
        citations=citations(count),
        sentences=tuple(sentences),
        finish=finish,  # type: ignore[arg-type]  # the test passes one of the words
        model="SmolLM2",
        prompt_tokens=640,
        completion_tokens=20,
        context_tokens=2048,
    )


def whole_answer(final: Answer | None = None) -> list[AskEvent]:
    """All events of an answer."""
    final = final or answer()
    words = [Delta(word + " ") for word in final.text.split(" ")]
    start = Started(final.chat_id, final.message_id)
    return [start, Passages(final.citations, 640, 2048), *words, Done(final)]


def passage_view(number: int = 1, *, archived: bool = False) -> PassageView:
    """A passage in the middle of a long file."""
    before = "".join(f"Line {line} of the file before it.\n" for line in range(60)) + "Then: "
    after = " And so on.\n" + "".join(f"Line {line} of the file after it.\n" for line in range(60))
    return PassageView(hit(number), before, after, version=2, archived=archived)


def message(number: int, role: str, text: str, state: str = "complete", **changes: object) -> Message:
    """A saved message."""
    at = f"2026-01-01T10:{number % 60:02d}:00Z"
    base = Message(f"message-{number}", role, text, at, state)  # type: ignore[arg-type]  # user or assistant
    return replace(base, **changes)  # type: ignore[arg-type]  # the test names real fields


def ingested(**changes: int) -> Ingested:
    """The end of an ingest."""
    base = Ingested(added=3, updated=1, unchanged=0, skipped=1, spans=42, seconds=2.0)
    return replace(base, **changes)  # type: ignore[arg-type]  # the test names real fields


def memory_life(number: int = 1, *, pinned: bool = False) -> MemoryLife:
    """A memory that was recalled twice and fades in 46 days."""
    view = passage_view(number)
    held = Standing(1.9, 0.87, "months", 0.6, 2, pinned, False, "" if pinned else "2026-02-17")
    curve = tuple((day, round(0.87 * 0.5 ** (day / 15), 4)) for day in range(0, 58))
    return MemoryLife(
        replace(view, hit=replace(view.hit, standing=held), keywords=("lake", "Sunday")),
        curve,
        0.1,
        None if pinned else 46.0,
        "2025-12-30T09:00:00Z",
        (Recalling("2025-12-30T09:00:00Z", "When do we meet Ana?", "chat-1"),),
        (
            LifeEvent("2024-05-03T10:00:00Z", "kept"),
            LifeEvent("2025-11-02T03:00:00Z", "faded", "forget/1a2b3c4d", True),
        ),
    )
