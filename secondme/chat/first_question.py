"""A question to try, made from what was taken in.

A sentence of a few plain forms ("The rent is 85 euros", "The spare key hangs behind the door") is turned into the
question that it answers, and the question is asked, off the record. It is suggested only when the answer cites that
passage and says what the sentence says. Where no sentence is of such a form, a whole title is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from secondme.api import Done, Hit
from secondme.api.door import Door
from secondme.errors import SecondMeError
from secondme.text.sentences import sentences
from secondme.text.timex.names import MONTHS, SHORT_MONTHS

SOURCES = 12
"""Sources that are looked at, the newest."""
PASSAGES = 4
"""Passages of each."""
ASKED = 6
"""Questions that are asked to see how they are answered: each may take the model a few seconds."""
TITLES = 2
"""Titles that are asked about."""
LONGEST, LONGEST_TITLE = 160, 60
"""Characters of a sentence and of a title that a question is made of."""

_SUBJECT = r"(?P<the>The|My|Our) (?P<thing>(?:[\w'’-]+ ){0,5}?[\w'’-]+)"
_MONTH = f"(?:{'|'.join(name.capitalize() for name in (*MONTHS, *SHORT_MONTHS))})"
_DATE = rf"(?P<value>(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}}\b)(?:,? \d{{4}})?)"
_PLACE = r"(?P<value>(?:in|on|at|behind|under|beside|near|above|below|between|inside) (?:the|a|my|our|[A-Z])[^,;:.()]*)"
_STANDS = {"hangs": "hang", "stands": "stand", "lies": "lie", "lives": "live", "sits": "sit", "hides": "hide"}
_FORMS: tuple[tuple[str, str], ...] = (
    (rf"{_SUBJECT} (?P<verb>is|was) (?P<done>\w+(?:ed|en|wn|ld|ught)) on {_DATE}", "When {verb} {the} {thing} {done}?"),
    (rf"{_SUBJECT} (?P<verb>is|are|was|were) on {_DATE}", "When {verb} {the} {thing}?"),
    (rf"{_SUBJECT} (?P<verb>opens|begins|starts|ends|closes) on {_DATE}", "When does {the} {thing} {verb}?"),
    (rf"{_SUBJECT} (?P<verb>{'|'.join(_STANDS)}) {_PLACE}", "Where does {the} {thing} {verb}?"),
    (rf"{_SUBJECT} (?P<verb>is|are) (?P<done>kept|stored|parked) {_PLACE}", "Where {verb} {the} {thing} {done}?"),
    (rf"{_SUBJECT} (?P<verb>is|are) {_PLACE}", "Where {verb} {the} {thing}?"),
    (
        rf"{_SUBJECT} (?P<verb>is|was) (?P<value>(?:[€$£] ?)?\d[\d.,]*(?: \w+)?)(?=[ ,;.]|$)",
        "What {verb} {the} {thing}?",
    ),
    (rf"{_SUBJECT} is called (?P<value>[A-Z][\w'’ -]+)", "What is {the} {thing} called?"),
)
"""Forms of sentences, each with the question that it answers; `value` is what the answer has to hold."""
_BASE = {**_STANDS, "opens": "open", "begins": "begin", "starts": "start", "ends": "end", "closes": "close"}
_NOT_A_THING = frozenset("who which that is are was were has have had and or but".split())
_FILE_NAME = re.compile(r"\.\w{2,5}$|[_/\\]|\d{5}")


@dataclass(frozen=True)
class Candidate:
    """A question, the source that its answer has to cite, and the words that it has to hold."""

    question: str
    source_id: str
    value: str = ""


def first_question(door: Door, titles: bool = True) -> str:
    """A question that this memory answers; empty while nothing is in it that one could be made from.

    While files are still being read, `titles=False` waits for a sentence to ask about.
    """
    titled: list[Candidate] = []
    asked = 0
    for source in door.sources(limit=SOURCES):
        if source.state != "live" or not source.spans:
            continue
        try:
            detail = door.source(source.id)
            for candidate in chain.from_iterable(map(questions_of, detail.passages[:PASSAGES])):
                if asked < ASKED and _is_answered(door, candidate):
                    return candidate.question
                asked += 1
            if titles and source.kind != "note":
                titled += question_of_title(source.id, detail.title)
        except SecondMeError:
            continue  # it was taken out meanwhile
    return next((title.question for title in titled[:TITLES] if _is_answered(door, title)), "")


def questions_of(hit: Hit) -> Iterator[Candidate]:
    """The questions that the sentences of a passage answer. What others say of their own things is left out."""
    for found in sentences(hit.text):
        text = found.words
        if found.heading or len(text) > LONGEST:
            continue
        for form, question in _FORMS:
            match = re.match(form, text)
            if match is None or _NOT_A_THING & set(match["thing"].lower().split()):
                continue
            if hit.role == "other" and match["the"] != "The":
                continue
            words = {name: word for name, word in match.groupdict().items() if word}
            words["the"] = match["the"].lower()
            if question.startswith(("When does", "Where does")):
                words["verb"] = _BASE[words["verb"]]
            yield Candidate(question.format(**words), hit.source_id, match["value"].strip())
            break


def question_of_title(source_id: str, title: str) -> list[Candidate]:
    """A question about a whole title; none where it is the name of a file, or a sentence."""
    name = " ".join(title.split())
    if not name or len(name) > LONGEST_TITLE or _FILE_NAME.search(name):
        return []
    return [Candidate(f"What do I have about “{name}”?", source_id)]


def _is_answered(door: Door, candidate: Candidate) -> bool:
    """Whether the answer rests on the source and says what stands there."""
    for event in door.ask(candidate.question, remember=False):
        if isinstance(event, Done):
            answer = event.answer
            own = (answer.said or answer.text).casefold()
            cited = any(citation.hit.source_id == candidate.source_id for citation in answer.citations)
            return cited and not answer.refused and candidate.value.casefold() in own
    return False
