"""Facts that no pattern reads, read with a language model: it picks the reading that a sentence means.

The readings are made of the sentence's own words, and each has passed the gate before the model sees it. A grammar
(JSON schema) leaves the model no other words: it can pass a statement over or pick a wrong reading, but it can't invent
anyone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeAlias

from models.protocol import ChatTurn
from secondme.facts.gate import Text, judge, read_text
from secondme.facts.lexicon import LANGUAGES, NAME
from secondme.facts.patterns import whole_sentences
from secondme.facts.phrases import Pattern
from secondme.facts.relations import Relation, Relations, all_relations
from secondme.facts.relations.relation import ModelCue
from secondme.facts.statement import Refusal, Statement
from secondme.jobs.job import Run
from secondme.text.entities import mentions
from secondme.text.sentences import Sentence
from storage.facts import StatementRow, Unread

ReadBefore: TypeAlias = Mapping[str, Sequence[StatementRow]]
"""By span, what was read in it before."""

GROUP = 3
"""Sentences that a model reads at once."""
ANSWER_TOKENS = 32
"""Tokens of the answer for one sentence."""
MOST_READINGS = 5
LONGEST = 240
APART = 3
"""Words between what names the relation and its object, at most."""
NOTHING = "none of these"
_INSTRUCTIONS = f"For each line, copy the one statement that the line makes, or “{NOTHING}”."
_POSSESSIVE = re.compile(r"['’]s?\s+(?:\w+ )?$")
_ARTICLE = re.compile(r"\b(?:the|an?)\s+$")
_PREPOSITION = re.compile(r"\b(?:in|at|near|to|is|from|for|by)\s+(?:the\s+)?$")
_CLAUSE_END = re.compile(r"[.;!?,–—]|\b(?:but|although|while|whereas|and)\b")
_FIRST = re.compile(r"(?i)\b(?:i|i['’]\w+|im|ive|my|me|mine|we|we['’]\w+|our|us)\b")
_OTHERS = re.compile(r"(?i)\b(?:he|she|they|it|you|who|his|her|their|your|everyone|someone|people|nobody)\b")
_DOES = re.compile(r"['’]s\b| (?:is|has|was|now|still|also|just|\w+s|\w+ed)\b")
"""After a name that is the subject."""
_THING = re.compile(
    r"\b(?:an?|the|my|our|this|of|about|to|in|as|is|are|love|loved|hate|adore) ((?:[a-z][\w'’-]+ ){0,2}[a-z][\w'’-]+)"
)


_LANGUAGE_OR_NUMBER = re.compile(rf"\b(?:{'|'.join(LANGUAGES)}|\d{{1,3}})\b")


@dataclass(frozen=True)
class _Task:
    """A sentence with the readings that it allows: as sentences, and as the statements that they stand for."""

    span: int
    text: str
    readings: tuple[tuple[str, Statement], ...]


class ModelReader:
    """Reads with the run's model."""

    name = "model/1"
    batch = 24

    def can_read(self, run: Run) -> bool:
        """Whether the run has a model; the spans wait for one."""
        return run.model is not None

    def read(self, run: Run, spans: Sequence[Unread], before: ReadBefore) -> list[list[Statement | Refusal]]:
        """What each span states that the model finds. Raises Stopped, ModelError."""
        found: list[list[Statement | Refusal]] = [[] for _ in spans]
        tasks = (task for i, span in enumerate(spans) for task in _tasks(i, span, before.get(span.id, ())))
        while group := list(islice(tasks, GROUP)):
            for task, answer in zip(group, _answers(run, group), strict=True):
                found[task.span] += [statement for reading, statement in task.readings if reading == answer]
        return found


def _tasks(number: int, span: Unread, before: Sequence[StatementRow]) -> Iterator[_Task]:
    """Sentences of a span that allow a reading which no pattern found."""
    if not span.speaker or not span.evidence or span.role not in ("me", "other"):
        return
    whole = read_text(span.text, span.speaker)
    if whole.joking or whole.playing:
        return
    for sentence in whole_sentences(span.text):
        if len(sentence.text) > LONGEST or any(row.start < sentence.end and sentence.start < row.end for row in before):
            continue
        readings = list(islice(_readings(sentence, whole), MOST_READINGS))
        if readings:
            yield _Task(number, f"{span.speaker}: {' '.join(sentence.text.split())}", tuple(readings))


@cache
def _cues(relations: Relations) -> list[tuple[Relation, ModelCue, re.Pattern[str]]]:
    """Relations that a model is asked about, with the words that name them."""
    found = ((relation, relation.model_cue) for relation in relations)
    return [(relation, cue, Pattern(rf"(?i)\b({cue.words})\b").regex) for relation, cue in found if cue is not None]


def _readings(sentence: Sentence, whole: Text) -> Iterator[tuple[str, Statement]]:
    """What a sentence may state: its words beside those that name a relation, let through by the gate."""
    text = sentence.text
    relations = all_relations()
    kinds = ("name", "person", "place", "organisation")
    names = [(mention.start, mention.end) for mention in mentions(text) if mention.kind in kinds]
    things = [(match.start(1), match.end(1)) for match in _THING.finditer(text)]
    things += [match.span() for match in _LANGUAGE_OR_NUMBER.finditer(text)]
    seen = set()
    for begin, end in sorted({*names, *things}):
        thing = text[begin:end]
        for relation, cue, words in _cues(relations):
            at = _nearest(words, text, begin, end)
            fits = cue.fits(thing) if cue.fits else _is_name(thing, relations)
            if at is None or not fits or not _stands(relation, cue, text, at, begin):
                continue
            for who in _subjects(text, min(at[0], begin), thing, [text[a:b] for a, b in names], relations):
                start, stop = min(at[0], begin) + sentence.start, max(at[1], end) + sentence.start
                found = Statement(who, relation.name, relation.display(thing), start, stop, confidence=0.6)
                statement = judge(found, relation, sentence, thing, whole)
                reading = f"{whole.speaker if who == 'me' else who} {relation.clause(found.object)}"
                if isinstance(statement, Statement) and statement.stance == "said" and reading not in seen:
                    seen.add(reading)
                    yield reading, statement


def _nearest(cue: re.Pattern[str], text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Where what names the relation stands nearest to the object, in the same clause."""
    best: tuple[int, int, int] | None = None
    for match in cue.finditer(text):
        if match.start() < end and begin < match.end():
            continue
        between = text[match.end() : begin] if match.end() <= begin else text[end : match.start()]
        apart = len(between.split())
        if apart <= APART and not _CLAUSE_END.search(between):
            best = min(best, (apart, *match.span())) if best else (apart, *match.span())
    return best[1:] if best else None


def _is_name(thing: str, relations: Relations) -> bool:
    return bool(re.fullmatch(NAME, thing)) and thing not in LANGUAGES and thing.lower() not in relations.ties


def _stands(relation: Relation, cue: ModelCue, text: str, at: tuple[int, int], begin: int) -> bool:
    """Whether an object that begins at `begin` stands where it can, seen from the word for the relation."""
    if cue.owned and _POSSESSIVE.search(text[: at[0]]):
        return False  # "my neighbour's dog"
    if relation.person:
        return not _ARTICLE.search(text[:begin])
    if cue.stands == "anywhere":
        return True
    if at[0] > begin:
        return False
    between = text[at[1] : begin]
    if cue.stands == "behind a preposition":
        return bool(_PREPOSITION.search(between))
    return len(between.split()) <= 1


def _subjects(text: str, at: int, thing: str, names: Sequence[str], relations: Relations) -> Iterator[str]:
    """Of whom the words from `at` on may be said: of me if I am the last who was spoken of, or of a name at the
    beginning."""
    before = text[:at]
    first, others = list(_FIRST.finditer(text[: at + 4])), list(_OTHERS.finditer(before))
    subject = next((name for name in names if text.startswith(name)), "")
    if subject and thing != subject and not first and _DOES.match(text, len(subject)):
        if not re.match(rf"{re.escape(subject)}['’]s (?:{'|'.join(relations.family)})\b", text):
            yield subject
    elif first and (not others or others[-1].start() < first[-1].start()):
        yield "me"


def _schema(group: Sequence[_Task]) -> dict[str, Any]:
    """A JSON schema that leaves a model the readings only."""
    lines = {
        str(number): {"enum": [*(reading for reading, _ in task.readings), NOTHING]}
        for number, task in enumerate(group, start=1)
    }
    return {"type": "object", "properties": lines, "required": list(lines)}


def _answers(run: Run, group: Sequence[_Task]) -> list[str]:
    """The reading that the model picks for each sentence."""
    lines = []
    for number, task in enumerate(group, start=1):
        lines += [f"{number}. {task.text}", *(f"   - {reading}" for reading, _ in task.readings), f"   - {NOTHING}"]
    turns = [ChatTurn("user", f"{_INSTRUCTIONS}\n\n" + "\n".join(lines))]
    schema = _schema(group)
    while (text := run.write(turns, ANSWER_TOKENS * len(group), schema=schema)) is None:
        run.pause()
    try:
        answer = json.loads(text)
    except ValueError:  # the limit ended it early: nothing of it counts
        answer = None
    if not isinstance(answer, dict):
        return ["" for _ in group]
    return [str(answer.get(str(number), "")) for number in range(1, len(group) + 1)]
