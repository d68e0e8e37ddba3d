"""Measures a conversation on a `conversation-eval/1` file: what is told, asked, corrected, ordered and forgotten.

Each script runs through a whole engine over a store of its own, with the engine's clock at the time of each step.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from secondme.api import Answer, Done, Progress
from secondme.engine.engine import Engine
from secondme.errors import SecondMeError, UsageError
from secondme.evaluation.clock import EvaluationClock
from secondme.evaluation.conversations import load
from secondme.evaluation.temporary_engine import temporary_engine

FORMAT = "conversation-eval/1"
MOST_SENTENCES = 2
"""An acknowledgement is not longer than this."""
_QUOTE_OR_BLANK = re.compile(r"\s*(?:>.*)?$")
_ITEM = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+")
_MARKS = re.compile(r"[*_`]+|^#+|\s*\[\d{1,3}(?:[,;–-]\s*\d{1,3})*\]")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)[.!?…]+(?=\s+\S)")


@dataclass(frozen=True)
class StepResult:
    """A step that was judged. `statement`: the reply's first line of prose; `shown`: all of it."""

    script: str
    step: int
    kind: str
    """say, ask, refuse or facts."""
    categories: tuple[str, ...]
    text: str
    statement: str
    shown: str
    right: bool
    refused: bool = False
    unmarked: bool = False
    """Whether nothing in the statement is marked as unsupported."""

    def line(self) -> str:
        """A line of a dump."""
        names = ("script", "step", "kind", "text", "statement", "shown", "right")
        return json.dumps({name: getattr(self, name) for name in names}, ensure_ascii=False)


@dataclass(frozen=True)
class ConversationReport:
    """Shares of steps that were right, each with its count, and how many seconds all of it took."""

    steps: int
    right: float
    by_kind: dict[str, tuple[float, int]]
    by_category: dict[str, tuple[float, int]]
    asks_refused: float
    """Share of questions with an answer that were refused."""
    wrong_unmarked: float
    """Share of questions whose answer is wrong and carries no mark."""
    seconds: float
    results: tuple[StepResult, ...] = ()


_OF_SCRIPT = ("id", "me", "files", "steps")
_OF_STEP = {
    "say": ("at", "chat", "category", "wrong"),
    "ask": ("at", "chat", "category", "right", "wrong", "refuse"),
    "do": ("at",),
}
_OF_FACTS = ("at", "right", "wrong")


def load_scripts(path: Path) -> Sequence[Mapping[str, Any]]:
    """The scripts of a file. Raises UsageError when it is not in this format."""
    scripts = load(path, FORMAT).get("scripts")
    if not isinstance(scripts, list) or not all(isinstance(script, dict) for script in scripts):
        raise UsageError(f"{path} has no list of scripts.")
    for place, script in enumerate(scripts):
        name = f"Script {script.get('id', place + 1)} of {path}"
        _need(script, _OF_SCRIPT, name)
        for number, step in enumerate(script["steps"]):
            doing = next((key for key in ("say", "ask", "do") if key in step), "say")
            keys = _OF_FACTS if step.get("do") == "facts" else _OF_STEP[doing]
            _need(step, (*keys, doing), f"{name}, step {number},")
    return scripts


def _need(given: Mapping[str, Any], keys: Sequence[str], name: str) -> None:
    """Raises UsageError where a key is missing."""
    missing = [key for key in keys if key not in given]
    if missing:
        raise UsageError(f"{name} lacks {', '.join(missing)}.", "Add it; nothing was run.")


def evaluate_conversations(
    scripts: Sequence[Mapping[str, Any]], config_file: Path, *, model: str | None = None
) -> Iterator[Progress | ConversationReport]:
    """Run scripts with the models of `config_file`; `model` stands in for its setting. Ends with the report.

    Raises SecondMeError when a step cannot be done.
    """
    began = time.monotonic()
    total = sum(len(script["steps"]) for script in scripts)
    results: list[StepResult] = []
    done = 0
    with tempfile.TemporaryDirectory(prefix="secondme-eval-") as folder:
        for number, script in enumerate(scripts):
            root = Path(folder) / f"{number}"
            clock = EvaluationClock(_time(script["steps"][0]["at"]))
            cache = Path(folder) / "cache"
            with temporary_engine(root, config_file, clock, cache=cache, me=script["me"], model=model) as engine:
                for result in _Play(engine, clock, root, script).results():
                    results += [result] if result else []
                    done += 1
                    yield Progress("talking", done, total, "steps")
    yield _report(results, time.monotonic() - began)


class _Play:
    """Does the steps of a script."""

    def __init__(self, engine: Engine, clock: EvaluationClock, root: Path, script: Mapping[str, Any]) -> None:
        self._engine = engine
        self._clock = clock
        self._files = root / "files"
        self._script = script
        self._chats: dict[str, str] = {}

    def results(self) -> Iterator[StepResult | None]:
        """The result of each step in order; None for one that is done and not judged."""
        self._take_in_files()
        for number, step in enumerate(self._script["steps"]):
            self._clock.time = _time(step["at"])
            if "say" in step or "ask" in step:
                yield self._message(number, step)
            elif step["do"] == "facts":
                yield self._facts(number, step)
            else:
                self._order(step)
                yield None

    def _take_in_files(self) -> None:
        for file in self._script["files"]:
            path = self._files / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file["text"], encoding="utf-8")
            modified = _time(file["modified"]).timestamp()
            os.utime(path, (modified, modified))
        if self._script["files"]:
            for _ in self._engine.ingest([self._files]):
                pass

    def _message(self, number: int, step: Mapping[str, Any]) -> StepResult:
        text = step.get("say") or step["ask"]
        answer = self._ask(text, step["chat"])
        statement = statement_of(answer.text)
        clean = not _matches(step["wrong"], statement)
        if "say" in step:
            right = clean and not answer.refused and _sentences(statement) <= MOST_SENTENCES
            kind = "say"
        elif step["refuse"]:
            right, kind = answer.refused and clean, "refuse"
        else:
            right, kind = clean and all(_matches([pattern], statement) for pattern in step["right"]), "ask"
        first = [sentence for sentence in answer.sentences if sentence.start < max(len(statement), 1)]
        return StepResult(
            self._script["id"],
            number,
            kind,
            (step["category"], *step.get("also", ())),
            text,
            statement,
            answer.text,
            right,
            answer.refused,
            bool(first) and all(sentence.citations for sentence in first),
        )

    def _ask(self, text: str, chat: str) -> Answer:
        answer: Answer | None = None
        for event in self._engine.ask(text, chat_id=self._chats.get(chat), secrets="keep"):
            if isinstance(event, Done):
                answer = event.answer
        if answer is None:
            raise SecondMeError("The model failed in the middle of a script.", "`secondme doctor` says more.")
        self._chats[chat] = answer.chat_id
        self._engine.settle()
        return answer

    def _facts(self, number: int, step: Mapping[str, Any]) -> StepResult:
        lines = "\n".join(fact.sentence for fact in self._engine.facts())
        right = not _matches(step["wrong"], lines) and all(_matches([pattern], lines) for pattern in step["right"])
        return StepResult(self._script["id"], number, "facts", ("facts",), "facts", lines, lines, right)

    def _order(self, step: Mapping[str, Any]) -> None:
        if step["do"] == "night":
            self._engine.run_due_jobs()
            return
        target = step["target"]
        name = self._chats[target["chat"]] if "chat" in target else str(self._files / target["file"])
        if step["do"] == "forget":
            self._engine.forget(name)
        elif step["do"] == "undo-forget":
            self._engine.restore(name)
        else:
            self._engine.purge(name)
        self._engine.settle()


def statement_of(text: str) -> str:
    """What an answer itself says: its first line of prose without marks and numbers, or the whole list that it begins
    with. Quotes are none of its words."""
    lines = [line for line in text.splitlines() if not _QUOTE_OR_BLANK.match(line)]
    if not lines:
        return ""
    count = 1
    while count < len(lines) and _ITEM.match(lines[count]) and (count > 1 or _begins_list(lines[0])):
        count += 1
    return "\n".join(_MARKS.sub("", line).strip() for line in lines[:count])


def _begins_list(line: str) -> bool:
    return bool(_ITEM.match(line)) or line.rstrip().endswith(":")


def _sentences(text: str) -> int:
    return len(_SENTENCE_END.findall(text)) + 1


def _matches(patterns: Sequence[str], text: str) -> bool:
    """Whether any pattern is found."""
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _time(text: str) -> datetime:
    """A local time of a script as an instant."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _report(results: Sequence[StepResult], seconds: float) -> ConversationReport:
    kinds: dict[str, list[bool]] = defaultdict(list)
    categories: dict[str, list[bool]] = defaultdict(list)
    for result in results:
        kinds[result.kind].append(result.right)
        for category in result.categories:
            categories[category].append(result.right)
    asks = [result for result in results if result.kind == "ask"]
    questions = [result for result in results if result.kind in ("ask", "refuse")]
    return ConversationReport(
        len(results),
        _share([result.right for result in results]),
        {kind: (_share(found), len(found)) for kind, found in kinds.items()},
        {category: (_share(found), len(found)) for category, found in sorted(categories.items())},
        _share([result.refused for result in asks]),
        _share([not result.right and not result.refused and result.unmarked for result in questions]),
        round(seconds, 1),
        tuple(results),
    )


def _share(found: Sequence[bool]) -> float:
    return round(sum(found) / len(found), 3) if found else 0.0
