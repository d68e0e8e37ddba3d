"""A chat of four hundred turns about five topics with the bundled model: does it fit, how soon does it answer, and does
it still know how it began?

usage: long_chat.py [TURNS]
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from secondme.api import Done, Passages
from secondme.chat.working_memory import LongChats
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.jobs.job import Run
from secondme.places import Places, places
from secondme.runtimes.configured import ConfiguredModels

TOPICS = {
    "the garden": (
        "The {} bed was dug over on day {} and I planted {} rows of beans.",
        ("north", "south", "herb", "rose"),
    ),
    "the boat": (
        "We painted the {} of the boat on day {} with {} tins of varnish.",
        ("mast", "deck", "hull", "rudder"),
    ),
    "the choir": (
        "At choir practice {} we learnt the {} part, page {} of the book.",
        ("alto", "tenor", "bass", "second"),
    ),
    "the flat": ("The plumber mended the {} of the flat on day {} for {} euros.", ("boiler", "sink", "tap", "drain")),
    "the thesis": (
        "I rewrote the {} chapter of my thesis on day {}, now {} pages.",
        ("first", "method", "final", "data"),
    ),
}
PLANTED = (
    (
        "My locker at the swimming pool has the number 4471.",
        "What is the number of my locker at the swimming pool?",
        "4471",
    ),
    ("My aunt Rosalind keeps bees in Coimbra.", "Where does my aunt Rosalind keep bees?", "Coimbra"),
    ("The spare key hangs behind the barometer.", "Where does the spare key hang?", "barometer"),
    ("My train card expires on 9 August.", "When does my train card expire?", "August"),
    ("Doctor Okafor told me to avoid grapefruit.", "What did Doctor Okafor tell me to avoid?", "grapefruit"),
)
"""What is said in the first ten turns, what is asked at the end, and what the answer has to hold."""


def turn(engine: Engine, chat: str | None, text: str) -> tuple[str, Any, Any, float]:
    """Ask in a chat: (chat, passages, answer, seconds to the first words)."""
    begun, first = time.perf_counter(), 0.0
    passages = answer = None
    for event in engine.ask(text, chat_id=chat, secrets="keep"):
        if event.type == "delta" and not first:
            first = time.perf_counter() - begun
        if isinstance(event, Passages):
            passages = event
        if isinstance(event, Done):
            answer = event.answer
    assert answer is not None
    return answer.chat_id, passages, answer, first


def main() -> None:
    """Hold the chat and print JSON."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        where = Places(root / "data", places().cache, root / "config", root / "logs", root / "run")
        where.make()
        engine = Engine(where, SystemClock(), runtimes=ConfiguredModels(where))
        engine.start()
        chat: str | None = None
        firsts: list[float] = []
        used: list[float] = []
        errors = 0
        for i in range(turns):
            topic = list(TOPICS)[(i * len(TOPICS)) // turns]
            form, words = TOPICS[topic]
            if i < 2 * len(PLANTED) and i % 2 == 0:
                text = PLANTED[i // 2][0]
            elif i % 4 == 3:
                text = f"What did I say about {topic} just now?"
            else:
                fill = (i, words[i % 4], i + 3) if topic == "the choir" else (words[i % 4], i, i % 7 + 2)
                text = form.format(*fill)
            chat, passages, answer, first = turn(engine, chat, text)
            if answer.model:
                firsts.append(first)
            if passages is not None and passages.context_tokens:
                used.append(passages.prompt_tokens / passages.context_tokens)
            errors += answer.finish == "error"
            if sys.stderr.isatty() and i % 20 == 0:
                print(i, file=sys.stderr)
        for _ in engine.wait_indexed():
            pass
        for _ in Run(engine._store, SystemClock(), "chats").perform(LongChats(), "person"):
            pass
        right = cited = 0
        answers = []
        for said, question, expected in PLANTED:
            _, _, answer, _ = turn(engine, chat, question)
            sources = [citation.hit.text for citation in answer.citations]
            right += expected.lower() in answer.text.lower()
            cited += any(said in text for text in sources)
            answers.append([question, answer.text[:160]])
        stretches = engine.chat(chat or "").stretches
        engine.close()
    early, late = firsts[:10], firsts[-10:]
    print(
        json.dumps(
            {
                "turns": turns,
                "answered_by_the_model": len(firsts),
                "overflows": errors,
                "context_used_max": round(max(used), 3),
                "first_token_first_ten_s": round(statistics.median(early), 3),
                "first_token_last_ten_s": round(statistics.median(late), 3),
                "ratio": round(statistics.median(late) / statistics.median(early), 2),
                "stretches": len(stretches),
                "asked_about_the_beginning": len(PLANTED),
                "right": right,
                "cited": cited,
                "answers": answers,
                "a_stretch": stretches[0].summary if stretches else "",
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
