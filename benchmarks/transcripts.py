"""Holds a conversation of twenty turns with a model and writes it down as it came.

usage: transcripts.py bundled|none|MODEL.gguf TRANSCRIPT.md

One invented life over four days, through a whole engine with the settings as they are shipped: what is told, asked,
corrected, planned, listed and forgotten, small talk, and what nobody ever said. Prints JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from secondme.api import Answer, Done
from secondme.engine.engine import Engine
from secondme.errors import SecondMeError
from secondme.evaluation.clock import EvaluationClock
from secondme.evaluation.temporary_engine import temporary_engine

ME = "Tamsin"


@dataclass(frozen=True)
class Turn:
    """What the person says in a chat, at a local time."""

    at: str
    chat: str
    text: str


@dataclass(frozen=True)
class Act:
    """What is done at a local time: `night` runs the jobs that are due, `forget` hides a chat."""

    at: str
    do: str
    chat: str = ""


SCRIPT: tuple[Turn | Act, ...] = (
    Turn("2026-11-02T19:30", "first", "Hello! I'm Tamsin, I tune pianos in Aberystwyth."),
    Turn("2026-11-02T19:31", "first", "I moved here from Bath in September with my son Idris, he is nine."),
    Turn("2026-11-02T19:32", "first", "Where do we live?"),
    Turn("2026-11-02T19:33", "first", "And before that?"),
    Turn(
        "2026-11-02T19:35", "first", "The grand at the arts centre is tuned to 442, the upright in the chapel to 440."
    ),
    Turn("2026-11-02T19:36", "first", "No, sorry, the grand is at 441."),
    Turn("2026-11-02T19:37", "first", "So what is the grand tuned to?"),
    Act("2026-11-03T03:00", "night"),
    Turn("2026-11-04T08:10", "second", "how old is Idris"),
    Turn("2026-11-04T08:11", "second", "And what does he want for Christmas?"),
    Turn("2026-11-04T08:14", "second", "Gethin next door says he may sell me his van in the spring."),
    Turn("2026-11-04T08:15", "second", "Do I have a van?"),
    Turn(
        "2026-11-04T08:20",
        "second",
        "To do: new felt for Mrs Pugh, ring the chapel, renew the insurance by 20 November.",
    ),
    Turn("2026-11-04T08:21", "second", "What do I still have to do?"),
    Act("2026-11-05T03:00", "night"),
    Turn("2026-11-06T21:02", "third", "By when do I have to renew the insurance?"),
    Turn("2026-11-06T21:04", "third", "Mrs Pugh's dog bit me yesterday, only a scratch."),
    Turn("2026-11-06T21:05", "third", "Which day was that?"),
    Turn("2026-11-06T21:10", "fourth", "The alarm code of the chapel is 7319."),
    Act("2026-11-07T09:00", "forget", "fourth"),
    Turn("2026-11-07T09:01", "fifth", "What is the alarm code of the chapel?"),
    Turn("2026-11-07T09:02", "fifth", "What do you know about me?"),
    Turn("2026-11-07T09:04", "fifth", "Thank you, that will do. Have a good day!"),
)


def main() -> None:
    """Hold the conversation, write the transcript, print figures."""
    model, out = sys.argv[1], Path(sys.argv[2])
    setting = {"bundled": "", "none": "none"}[model] if model in ("bundled", "none") else str(Path(model).absolute())
    answers: list[Answer] = []
    with tempfile.TemporaryDirectory(prefix="secondme-transcript-") as folder, out.open("w", encoding="utf-8") as file:
        root = Path(folder)
        clock = EvaluationClock(_time(SCRIPT[0].at))
        with temporary_engine(root, root / "none.toml", clock, cache=root / "cache", me=ME, model=setting) as engine:
            file.write(f"# A conversation with {_title(model)}\n\nAs it came; `benchmarks/transcripts.py` holds it.\n")
            for paragraph in _conversation(engine, clock, answers):
                file.write(f"\n{paragraph}\n")
    figures = {
        "model": _title(model),
        "turns": len(answers),
        "refused": sum(answer.refused for answer in answers),
        "seconds_p50": round(statistics.median(answer.seconds for answer in answers), 2),
        "seconds_most": round(max(answer.seconds for answer in answers), 2),
    }
    print(json.dumps(figures))


def _conversation(engine: Engine, clock: EvaluationClock, answers: list[Answer]) -> Iterator[str]:
    """The paragraphs of the transcript; the replies are added to `answers`."""
    chats: dict[str, str] = {}
    shown = ""
    for step in SCRIPT:
        clock.time = _time(step.at)
        if isinstance(step, Act):
            if step.do == "night":
                engine.run_due_jobs()
                yield "*A night passes.*"
            else:
                engine.forget(chats[step.chat])
                yield f"*The {step.chat} chat is forgotten.*"
            engine.settle()
            continue
        if step.chat != shown:
            shown = step.chat
            day = datetime.fromisoformat(step.at)
            yield f"## The {step.chat} chat, {day.day} {day:%B %Y, %H:%M}"
        answer = _ask(engine, step.text, chats.get(step.chat))
        chats[step.chat] = answer.chat_id
        answers.append(answer)
        yield f"**{ME}:** {step.text}"
        yield f"**Second Me:** {answer.text}"
        unsupported = sum(not sentence.citations for sentence in answer.sentences)
        notes = [
            f"{answer.seconds:.1f} s",
            *(["refused"] if answer.refused else []),
            *([f"not found in memory: {unsupported} of {len(answer.sentences)} sentences"] if unsupported else []),
        ]
        yield f"<sub>{', '.join(notes)}</sub>"


def _ask(engine: Engine, text: str, chat: str | None) -> Answer:
    *_, end = engine.ask(text, chat_id=chat, secrets="keep")
    if not isinstance(end, Done):
        raise SecondMeError("The model failed in the middle of the conversation.", "`secondme doctor` says more.")
    engine.settle()
    return end.answer


def _title(model: str) -> str:
    return {"bundled": "the bundled model", "none": "no model"}.get(model, Path(model).stem)


def _time(text: str) -> datetime:
    """A local time as an instant."""
    return datetime.fromisoformat(text).astimezone(UTC)


if __name__ == "__main__":
    main()
