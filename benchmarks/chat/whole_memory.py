"""Everything read against the best passages, with the bundled model and a memory that fits: time to the first words,
and how many answers hold what was expected.

usage: whole_memory.py FILE [REPETITIONS]        (FILE: memory-eval/1, such as locomo-dev.json)

The first turns of each conversation are taken in, 6,000 characters of them, which take half of the context. The
questions that they answer and that the model is asked are put three ways, in turn: with the best passages, with
everything read anew, and with everything whose state is kept on disk.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.bundled import find_language_model
from models.llama.language_model import LlamaLanguageModel
from secondme.api import Answer, Done, Passages
from secondme.chat.conversation import Conversation
from secondme.chat.prompt_cache import PromptCache
from secondme.chat.whole_memory import ReadAhead, WholeMemory
from secondme.evaluation.answers import token_f1
from secondme.evaluation.clock import EvaluationClock
from secondme.evaluation.conversations import asked_at, ingest_conversation, load
from secondme.index.indexer import Indexer
from secondme.jobs.job import Run
from secondme.places import places
from secondme.recall.search import Recall
from secondme.runtimes.configured import ConfiguredModels
from secondme.settings import Settings
from secondme.text.terms import index_terms, stems
from storage.store import Store

CHARACTERS = 6_000
"""Of a conversation, with what stands before each turn in its line."""
OF_A_LINE = 34
QUESTIONS = 20
MAX_TOKENS = 48
NEVER_TOO_LONG = 3600.0


@dataclass
class Way:
    """A way to answer."""

    chat: Conversation
    model: LlamaLanguageModel
    whole: WholeMemory | None = None

    def ask(self, question: str) -> tuple[Passages, Answer]:
        """Off the record: an answer that is kept would be part of what is read next."""
        events = list(self.chat.ask(question, chat_id=None, remember=False))
        assert isinstance(events[-1], Done), events[-1]
        return next(event for event in events if isinstance(event, Passages)), events[-1].answer


def main() -> None:
    """Report as JSON."""
    repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    first: dict[str, list[float]] = defaultdict(list)
    answers: dict[str, list[tuple[Answer, str]]] = defaultdict(list)
    sizes: list[tuple[int, int]] = []
    for conversation in map(beginning, load(Path(sys.argv[1]))["conversations"]):
        with tempfile.TemporaryDirectory() as folder, ways(conversation, Path(folder)) as three:
            for question in conversation["questions"]:
                if len(answers["retrieval"]) == QUESTIONS:
                    break
                cold, kept = three["whole, cold"], three["whole, kept"]
                passages, answer = kept.ask(question["question"])
                if not passages.whole:
                    continue  # answered without the model
                sizes.append((passages.whole, passages.prompt_tokens))
                answers["whole"].append((answer, str(question["answer"])))
                first["whole, kept"].append(answer.seconds_to_first_token)
                answer = three["retrieval"].ask(question["question"])[1]
                answers["retrieval"].append((answer, str(question["answer"])))
                first["retrieval"].append(answer.seconds_to_first_token)
                if len(first["whole, cold"]) < repetitions:
                    cold.model.close()
                    cold.model.warm()
                    first["whole, cold"].append(cold.ask(question["question"])[1].seconds_to_first_token)
    report = {
        "passages": [min(size for size, _ in sizes), max(size for size, _ in sizes)],
        "prompt_tokens": [min(size for _, size in sizes), max(size for _, size in sizes)],
        "questions": len(sizes),
        "first_token_s": {name: round(statistics.median(seconds), 2) for name, seconds in first.items()},
        "first_token_first_s": {
            name: [round(value, 2) for value in seconds[:repetitions]] for name, seconds in first.items()
        },
        "holds_the_answer": {
            name: sum(holds(answer.said, gold) for answer, gold in pairs) for name, pairs in answers.items()
        },
        "holds_it_with_quotes": {
            name: sum(holds(answer.text, gold) for answer, gold in pairs) for name, pairs in answers.items()
        },
        "f1": {
            name: round(statistics.fmean(token_f1(answer.said, gold) for answer, gold in pairs), 3)
            for name, pairs in answers.items()
        },
    }
    print(json.dumps(report, indent=2, ensure_ascii=False))


def beginning(conversation: dict[str, Any]) -> dict[str, Any]:
    """The first turns of a conversation, and the questions that they answer."""
    sessions: list[Any] = []
    room = CHARACTERS
    for session in conversation["sessions"]:
        turns = []
        for turn in session["turns"]:
            room -= len(turn["text"]) + OF_A_LINE
            if room < 0:
                break
            turns.append(turn)
        if turns:
            sessions.append({**session, "turns": turns})
        if room < 0:
            break
    held = {turn["id"] for session in sessions for turn in session["turns"]}
    questions = [
        question
        for question in conversation["questions"]
        if question["answer"] is not None and question["evidence"] and set(question["evidence"]) <= held
    ]
    return {**conversation, "sessions": sessions, "questions": questions}


@contextmanager
def ways(conversation: dict[str, Any], folder: Path) -> Iterator[dict[str, Way]]:
    """The three ways over one store, each with a model's process of its own."""
    bundled = find_language_model(places().cache)
    embedder = ConfiguredModels(places()).embedder(Settings())
    assert bundled is not None and embedder is not None, "the bundled models are not installed"
    path = bundled.path
    store = Store(folder, model_id=embedder.model_id, dimension=embedder.dimension, analyse=index_terms)
    ingest_conversation(store, embedder, conversation, folder)
    Indexer(store, embedder).drain()
    clock = EvaluationClock(asked_at(conversation))

    def way(*, everything: bool, states: bool) -> Way:
        model = LlamaLanguageModel(path, folder / "log", states=folder / "states" if states else None)
        whole = WholeMemory(
            store,
            PromptCache(),
            names=list,
            model=lambda: model,
            allowed=lambda: everything,
            small=lambda: True,
            most_tokens=lambda: model.context_tokens,
            max_tokens=lambda: MAX_TOKENS,
        )
        chat = Conversation(
            store,
            clock,
            Recall(store, embedder, exact_below=10**9, now=clock.now),
            lambda: model,
            me=lambda: "",
            read_seconds=lambda: NEVER_TOO_LONG if everything else 2.0,
            max_tokens=lambda: MAX_TOKENS,
            on_written=lambda: None,
            small=lambda: True,
            whole=whole,
        )
        model.warm()
        return Way(chat, model, whole)

    three = {
        "retrieval": way(everything=False, states=False),
        "whole, cold": way(everything=True, states=False),
        "whole, kept": way(everything=True, states=True),
    }
    kept = three["whole, kept"]
    assert kept.whole is not None
    for _ in ReadAhead(kept.whole).steps(Run(store, clock, "read", stop=threading.Event())):
        pass
    kept.model.rest()
    kept.model.close()  # what is kept is on disk, and is taken up from there
    try:
        yield three
    finally:
        for open_way in three.values():
            open_way.model.close()
        store.close()


def holds(text: str, gold: str) -> bool:
    """Whether every word of the expected answer stands in a text."""
    said = set(stems(text.casefold()))
    return all(word in said for word in stems(gold.casefold()))


if __name__ == "__main__":
    main()
