"""Answers to questions for many: all that memory holds for them, as cited lines, or how many more there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from secondme.api import AskEvent
from secondme.chat.foreign_lists import foreign_list
from secondme.chat.list_question import ListQuestion, list_question
from secondme.chat.lists.gathered import Gathered
from secondme.chat.lists.gathering import gather
from secondme.chat.lists.sources import Sources
from secondme.chat.own_words import own_words
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.text.clean import join_words
from secondme.text.number_words import UNDER_TWENTY
from secondme.text.tongues import tongue

SHORT = 40
"""Items that are all at most so long are joined as words are; longer ones are set apart by semicolons."""
_WHO_IS = re.compile(
    r"(?i)\W*(?:(?:and|so|ok|remind me|tell me|und|et|y)\W+)*(?:who(?:['’]?s| is| are| was)(?: (?:this|that))?"
    r"|wer (?:ist|war)(?: (?:denn|nochmal|noch mal))?|qui (?:est|était)|qui[eé]n (?:es|era)|chi è|quem é|wie is) "
    r"(?P<name>(?!(?:my|our|your|his|her|their|the|a|an|mein\w*|dein\w*|der|die|das|mon|ma|mi|el|la|le|i|he|she|it|they|we|you|this|that|in|on|at|with|coming|going)\b)"
    r"[^\W\d][\w'’.-]*(?: (?!(?:and|or|to|for|with|in|on|at|of|the|my)\b)[^\W\d][\w'’-]*){0,2})(?: again)?\W*$"
)
NUMBERS = ("None", *(word.capitalize() for word in UNDER_TWENTY[:12]))


class ListAnswer:
    """Answers a question for many from what is gathered for it. It needs no model and no search of single passages."""

    def __init__(self, tools: Tools) -> None:
        self._sources = Sources(tools.store, tools.recall, tools.names)
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the question asks for one thing, or nothing belongs on the list that was asked for."""
        found = gather_many(turn, self._sources)
        if found is None:
            return None
        if found.missing:
            unknown = own_words("unknown", turn.question)
            return self._replies.refuse(turn, unknown or f"Your memory does not say: {found.missing}.")
        return self._list(turn, found)

    def _list(self, turn: Turn, found: Gathered) -> Iterator[AskEvent]:
        lines = [*found.rests_on, *found.lines] if found.summary else [*found.lines]
        after = f"and {found.left} more: `secondme recall {_quoted(turn.full_question)}`" if found.left else ""
        spans = [line.span for line in lines]
        return self._replies.list(turn, statement(found), lines_shown(found), spans, after, heading(found))


class WhoIs(ListAnswer):
    """Answers who somebody is, of whom no sentence says it, with all that speaks of them."""

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes other questions, where a sentence answers, and where nothing names them."""
        match = _WHO_IS.match(turn.full_question)
        if match is None or turn.reading.answers:
            return None
        asked = ListQuestion(turn.full_question, "about", about=match["name"])
        found = gather(self._sources, asked, turn.now.astimezone(), turn.asked_spans)
        if found is None or found.missing:
            return None
        said = not found.summary and all(line.mine for line in found.lines)
        return self._list(turn, replace(found, title=own_words("said", turn.question).strip(" :：")) if said else found)


def gather_many(turn: Turn, sources: Sources) -> Gathered | None:
    """What memory holds for a question for many; None for any other question."""
    now = turn.now.astimezone()
    asked = list_question(turn.full_question, now) or foreign_list(turn.full_question, now)
    if asked is None:
        return None
    return gather(sources, asked, now, turn.asked_spans)


def statement(found: Gathered) -> str:
    """The first line of an answer: it names the items."""
    if found.summary:
        return found.summary
    labels = list(dict.fromkeys(found.labels))
    items = join_words(labels) if _are_short(labels) else "; ".join(labels)
    end = "" if items.endswith(("…", "!", "?")) else "."
    head = f"{found.title or _number(found)}:"
    if not found.title and tongue(found.asked.text) != "en":
        head = own_words("things", found.asked.text, number=_number(found))
    return f"{head} {items}{end}"


def heading(found: Gathered) -> str:
    """What is shown above the lines in place of the first line where that would only say all of them once more."""
    labels = [label.rstrip(".") for label in found.labels]
    if (
        found.summary
        or len(labels) < 2
        or _are_short(labels)
        or labels != [line.text.rstrip(".") for line in found.lines]
    ):
        return ""
    return f"{found.title}:" if found.title else own_words("things", found.asked.text, number=_number(found))


def _are_short(labels: Sequence[str]) -> bool:
    """Whether they are words, not clauses."""
    return all(len(label) <= SHORT and not any(mark in label for mark in (";", ",", ". ", " and ")) for label in labels)


def _number(found: Gathered) -> str:
    """How many items there are, in words where that is short."""
    labels = len(dict.fromkeys(found.labels))
    count = labels + (found.left if labels == len(found.lines) else 0)
    if tongue(found.asked.text) != "en":
        return str(count)
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def lines_shown(found: Gathered) -> list[tuple[str, int]]:
    """(text, place of its span among those that are cited) of the lines below the first."""
    offset = len(found.rests_on) if found.summary else 0
    shown = []
    for place, line in enumerate(found.lines, start=offset):
        span = line.span.span
        speaker = f"{span.speaker}: " if span.speaker and span.role not in ("me", "author") else ""
        shown.append((f"{speaker}{line.text}", place))
    return shown


def _quoted(question: str) -> str:
    plain = question.replace('"', "'")
    return f'"{plain}"'
