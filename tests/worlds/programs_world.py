"""A memory of which five programs may see different parts, and random calls of theirs.

Two things are asked of each call. Nothing of a passage that the program may not see is in what it gets: each passage
has a word of its own. And in a twin memory, in which only what it may not see is different, it gets the same: then
neither ranking, nor counts, nor refusals depend on it.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, cast

from secondme.api import SCOPES, Caller, Done, Grant, Passages
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.errors import NothingFound
from secondme.places import Places
from tests.secondme.chat.test_forgotten_words import Parrot
from tests.worlds.night_world import WordEmbedder

FOLDERS = ("work", "diary", "shared")
CHATS = ("chats/club.jsonl", "chats/family.jsonl")
SPEAKERS = ("Mira", "Ana", "Ben", "assistant")
CITIES = ("Porto", "Oslo", "Lyon", "Turin", "Gdansk")
THINGS = "boat rope sail harbour lantern recipe garden violin piano budget invoice meeting ticket winter".split()
OTHER_THINGS = "glacier tram museum cactus saddle compass kettle orchard".split()
NAME = "Ottokar"
MARK = re.compile(r"\b[qz]x\d{3}[a-z]\b")


@dataclass(frozen=True)
class Item:
    """A passage: a file of its own, a message of a chat, or a table. `mark` is a word that nothing else holds."""

    mark: str
    place: str
    speaker: str
    at: datetime
    text: str

    @property
    def is_message(self) -> bool:
        """Whether it stands in a chat."""
        return self.place in CHATS


@dataclass(frozen=True)
class Rule:
    """A grant, made for the folder in which the memory's files lie, and what it lets see by a plain test."""

    name: str
    grant: Callable[[Path], Grant]
    sees: Callable[[Item], bool]


SINCE = datetime(2021, 6, 1, tzinfo=UTC)
WIDE = Grant(SCOPES[:4], ("all",), calls_per_minute=10**9, passages_per_day=10**9)
RULES = (
    Rule("work", lambda root: replace(WIDE, sources=(str(root / "work"),)), lambda item: item.place == "work"),
    Rule(
        "no-diary",
        lambda root: replace(WIDE, without_sources=(str(root / "diary"), str(root / CHATS[1]))),
        lambda item: item.place not in ("diary", CHATS[1]),
    ),
    Rule("no-name", lambda root: replace(WIDE, without_people=(NAME,)), lambda item: NAME not in item.text),
    Rule("no-ana", lambda root: replace(WIDE, without_speakers=("ana",)), lambda item: item.speaker != "Ana"),
    Rule("lately", lambda root: replace(WIDE, since="2021-06-01"), lambda item: item.at >= SINCE),
)


def visible(rule: Rule, item: Item) -> bool:
    """Whether a program may see a passage."""
    return item.speaker != "assistant" and rule.sees(item)


def items(seed: int, count: int = 90) -> list[Item]:
    """A memory's passages, in order of time within each chat."""
    source = random.Random(seed)
    found = []
    for number in range(count):
        place = source.choice([*FOLDERS, *CHATS, *CHATS])
        speaker = source.choice(SPEAKERS) if place in CHATS else ""
        at = datetime(2019 + 4 * number // count, 1 + number % 12, 15 + number % 10, 12, tzinfo=UTC)
        mark = f"qx{number:03d}{source.choice('abcdef')}"
        found.append(Item(mark, place, speaker, at, _text(source, mark, speaker, THINGS)))
    return found


def _text(source: random.Random, mark: str, speaker: str, things: Sequence[str]) -> str:
    named = source.random() < 0.25
    what = " and the ".join(source.sample(list(things), 3))
    told = f" I live in {source.choice(CITIES)}." if speaker and source.random() < 0.3 else ""
    return f"{NAME + ' saw' if named else 'We saw'} the {what} near {mark}.{told}"


def disguised(rule: Rule, known: Sequence[Item], seed: int) -> list[Item]:
    """The same passages, but of those that a program may not see other words, and others of them."""
    source = random.Random(f"{rule.name} {seed}")
    found = []
    for item in known:
        if visible(rule, item):
            found.append(item)
        elif item.is_message or source.random() < 0.7:
            mark = f"zx{item.mark[2:]}"
            text = _text(source, mark, item.speaker, OTHER_THINGS)
            hidden = replace(
                item, mark=mark, text=text if NAME in text or rule.name != "no-name" else f"{NAME}: {text}"
            )
            found.append(hidden if not visible(rule, hidden) else item)
            if not item.is_message and source.random() < 0.5:
                found.append(replace(found[-1], mark=f"{mark[:-1]}g", text=f"{found[-1].text} More of it."))
    return found


def tables(rule: Rule | None, root: Path) -> None:
    """A table of prices in each folder; in the twin of a rule, other numbers where the rule does not let see."""
    for number, folder in enumerate(FOLDERS, start=1):
        place = Item("", folder, "", SINCE, "")
        factor = 1 if rule is None or visible(rule, place) else 7
        rows = "".join(f"{thing},{(number * 10 + i) * factor}\n" for i, thing in enumerate(THINGS[:5]))
        path = root / folder / f"prices-{folder}.csv"
        path.write_text(f"thing,price\n{rows}")
        os.utime(path, (SINCE.timestamp(), SINCE.timestamp()))


@contextlib.contextmanager
def memory(root: Path, known: Sequence[Item], rule: Rule | None) -> Iterator[Engine]:
    """An engine that took these passages in, with all programs. `rule`: of whom this is the twin."""
    for folder in (*FOLDERS, "chats"):
        (root / folder).mkdir(parents=True)
    for item in known:
        if not item.is_message:
            path = root / item.place / f"{item.mark}.md"
            path.write_text(f"{item.text}\n")
            os.utime(path, (item.at.timestamp(), item.at.timestamp()))
    for chat in CHATS:
        with (root / chat).open("w") as out:
            for number, item in enumerate(item for item in known if item.place == chat):
                who = {"role": "assistant"} if item.speaker == "assistant" else {"speaker": item.speaker}
                message = {"chat_id": chat, "message_id": number, "text": item.text, "at": item.at.isoformat(), **who}
                out.write(json.dumps(message) + "\n")
    tables(rule, root)
    with contextlib.ExitStack() as stack:
        home = root / "home"
        where = Places(home / "data", home / "cache", home / "config", home / "logs", home / "run")
        where.make()
        engine = Engine(where, SystemClock(), embedder=WordEmbedder(), model=Parrot())
        stack.callback(engine.close)
        engine.start()
        list(engine.ingest([root / folder for folder in (*FOLDERS, "chats")], me="Mira"))
        list(engine.job_run("learn"))
        for each in RULES:
            engine.program_add(each.name, each.grant(root))
        yield engine


class Walk:
    """Random calls of five programs on a memory and its twins."""

    def __init__(self, folder: Path, seed: int, stack: contextlib.ExitStack) -> None:
        self.source = random.Random(seed)
        self.known = items(seed)
        self.engine = stack.enter_context(memory(folder / "memory", self.known, None))
        self.twins = {
            rule.name: stack.enter_context(
                memory(folder / f"twin of {rule.name}", disguised(rule, self.known, seed), rule)
            )
            for rule in RULES
        }
        self.folder = folder
        self.spans = {str(row["id"]): str(row["text"]) for row in _rows(self.engine)}
        self.problems: list[str] = []
        self.calls: Counter[str] = Counter()
        self.seconds: dict[str, list[float]] = {}

    def run(self, calls: int) -> None:
        """Make so many calls."""
        for number in range(calls):
            rule = RULES[number % len(RULES)]
            tool = self.source.choices(["recall", "read", "facts", "ask", "count"], [8, 5, 2, 2, 1])[0]
            self.calls[tool] += 1
            getattr(self, f"_{tool}")(rule)

    def _recall(self, rule: Rule) -> None:
        hidden = [item.mark for item in self.known if not visible(rule, item)]
        words = [*THINGS, *OTHER_THINGS, *CITIES, NAME, "Ana", "Ben", self.source.choice(hidden)]
        query = " ".join(self.source.sample(words, self.source.randint(1, 4)))
        limit = self.source.randint(1, 20)
        dates = {"since": "2021-01-01"} if self.source.random() < 0.2 else {}
        self._both(
            rule,
            f"recall {query!r}",
            lambda engine: [
                (hit.title, hit.speaker, hit.happened_at, hit.text, len(hit.also))
                for hit in engine.program_recall(Caller(rule.name), query, limit=limit, **dates).hits
            ],
        )

    def _read(self, rule: Rule) -> None:
        span_id = self.source.choice(list(self.spans))
        marks = set(MARK.findall(self.spans[span_id]))
        may = not any(mark in marks for mark in self._hidden(rule)) and bool(marks)
        asked = span_id if self.source.random() < 0.7 else span_id[:14]
        began = time.perf_counter()
        try:
            view = self.engine.program_read(Caller(rule.name), asked, around=self.source.choice([0, 500, 4000]))
        except NothingFound as error:
            self._time("read hidden", began)
            if may:
                self.problems.append(f"{rule.name}: {asked} is visible and was not found")
            self._look(rule, f"read {asked}", error.sentence())
            return
        self._time("read visible", began)
        if marks and not may:
            self.problems.append(f"{rule.name}: {asked} was read")
        self._look(rule, f"read {asked}", f"{view}")
        began = time.perf_counter()
        with contextlib.suppress(NothingFound):
            self.engine.program_read(Caller(rule.name), "f" * len(asked))
        self._time("read nothing", began)

    def _facts(self, rule: Rule) -> None:
        about = self.source.choice(["", "Mira", "Ana", "Ben", NAME])
        self._both(
            rule,
            f"facts {about!r}",
            lambda engine: sorted(
                (fact.sentence, fact.quote, fact.valid_from, fact.valid_to, fact.statements)
                for fact in engine.program_facts(Caller(rule.name), about=about).facts
            ),
        )

    def _ask(self, rule: Rule) -> None:
        hidden = self.source.choice([item.mark for item in self.known if not visible(rule, item)])
        question = self.source.choice(
            (
                "Where does Ana live?",
                "Where do I live?",
                f"What did {NAME} see?",
                f"What is near {hidden}?",
                "What is the total price in prices-diary?",
                "What does the boat cost?",
                "How many things are in the table of prices?",
                "How many memories do you have?",
                "Which people do I know?",
                "List everything about the violin.",
                f"What did Ana say about the {self.source.choice(THINGS)}?",
                "When did we see the lantern?",
                "Who lives in Oslo?",
            )
        )

        def told(engine: Engine) -> list[str]:
            events = list(engine.program_ask(Caller(rule.name), question))
            done = next(event.answer for event in events if isinstance(event, Done))
            found = [hit.hit.text for event in events if isinstance(event, Passages) for hit in event.citations]
            return [done.text, *(citation.hit.text for citation in done.citations), *found]

        self._both(rule, f"ask {question!r}", told, said=hidden)

    def _count(self, rule: Rule) -> None:
        self._both(rule, "count", lambda engine: engine.program_show(rule.name).visible)
        calls = self.engine.program_calls(rule.name, limit=20)
        given = {span_id for call in calls for span_id in call.span_ids}
        for span_id in given:
            self._look(rule, "ids of calls", self.spans[span_id])

    def _both(self, rule: Rule, what: str, call: Callable[[Engine], Any], said: str = "") -> None:
        """Make a call on the memory and on the twin, and compare. `said`: a word of the program's own."""
        began = time.perf_counter()
        here = call(self.engine)
        self._time(what.partition(" ")[0], began)
        there = call(self.twins[rule.name])
        self._look(rule, what, str(here), said)
        twin = str(there).replace(str(self.folder / f"twin of {rule.name}"), str(self.folder / "memory"))
        if str(here) != twin:
            self.problems.append(f"{rule.name}: {what} differs: {str(here)[:600]} || {twin[:600]}")

    def _look(self, rule: Rule, what: str, text: str, said: str = "") -> None:
        """Look for marks of what the program may not see."""
        shown = set(MARK.findall(text)) & self._hidden(rule) - {said}
        if shown:
            self.problems.append(f"{rule.name}: {what} shows {sorted(shown)}")

    def _hidden(self, rule: Rule) -> set[str]:
        return {item.mark for item in self.known if not visible(rule, item)}

    def _time(self, what: str, began: float) -> None:
        self.seconds.setdefault(what, []).append(time.perf_counter() - began)

    def report(self) -> Mapping[str, Any]:
        """What was called, what went wrong, and how long calls took, in milliseconds (median)."""
        return {
            "calls": sum(self.calls.values()),
            "tools": dict(self.calls),
            "problems": len(self.problems),
            "first problems": self.problems[:5],
            "passages": len(self.known),
            "median ms": {what: round(1000 * median(times), 3) for what, times in sorted(self.seconds.items())},
        }


def _rows(engine: Engine) -> list[Any]:
    return cast(Any, engine)._store.database.read("SELECT id, text FROM spans")  # type: ignore[no-any-return]
