"""Facts read with a language model, of what no pattern reads: of the readings that a sentence allows, it says which one is meant.

The readings are made of the sentence's own words, and each has passed the gate before the model sees it. A grammar (JSON
schema) leaves it no other words, so it can pass a statement over or pick a wrong reading, but it can't invent anyone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from models.protocol import ChatTurn
from secondme.facts.gate import Text, judged, object_name, read_text
from secondme.facts.lexicon import FAMILY, KIN, LANGUAGES, NAME
from secondme.facts.patterns import whole_sentences
from secondme.facts.relations import RELATIONS, reading
from secondme.facts.statement import Refusal, Statement
from secondme.jobs.job import Run
from secondme.text.entities import mentions
from secondme.text.sentences import Sentence
from storage.facts import StatementRow, Unread

Said: TypeAlias = Mapping[str, Sequence[StatementRow]]
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
_CUES = {
    relation: re.compile(rf"(?i)\b(?:{cue})\b")
    for relation, cue in {
        "lives_in": r"lives?|living|home|(?:my|our)(?: new)? (?:flat|apartment|house)|moved|moving|settled|based|renting|lease|address|landlord|resident|neighbou?rhood",
        "from": r"born|raised|grew up|home ?town|originally|native|roots",
        "works_at": r"work(?:s|ing)?|job|office|employer|contract|hired|joined|team|payroll|employed|desk|shift|colleagues",
        "works_as": r"work(?:s|ing)? as|profession|trained|for a living|by trade|job title|career|qualified",
        "studies": r"stud(?:y|ies|ying)|degree|course|thesis|enrolled|major(?:ing)?",
        "age": r"turn(?:ed|ing|s)?|years? old|aged?",
        "likes": r"love[sd]?|adore[sd]?|favou?rite|obsessed|addicted|weakness|passion|hooked",
        "dislikes": r"hate[sd]?|detest|loathe|awful|disgusting|gross|despise|worst|horrible|yuck|never liked",
        "allergic_to": r"allergic|allergy|allergies|intoleran(?:t|ce)",
        "speaks": r"speak(?:s|ing)?|spoke|language|fluent|accent|native|get(?:s|ting)? by|bilingual|mother tongue",
        "pet": r"dog|cat|puppy|kitten|rabbit|hamster|parrot|horse|tortoise|ferret|pup|greyhound|hound|terrier|bunny",
        **{
            relation: "|".join(word for word, of in KIN.items() if of == relation)
            for relation in ("spouse", "child", "parent", "sibling", "friend", "boss", "doctor")
        },
    }.items()
}
_NAMED = frozenset(
    ("lives_in", "from", "works_at", "pet", "spouse", "child", "parent", "sibling", "friend", "boss", "doctor")
)
_OWNED = frozenset(("pet", *(name for name, one in RELATIONS.items() if one.person)))
_FIRST = re.compile(r"(?i)\b(?:i|i['’]\w+|im|ive|my|me|mine|we|we['’]\w+|our|us)\b")
_OTHERS = re.compile(r"(?i)\b(?:he|she|they|it|you|who|his|her|their|your|everyone|someone|people|nobody)\b")
_DOES = re.compile(r"['’]s\b| (?:is|has|was|now|still|also|just|\w+s|\w+ed)\b")
"""After a name that is the subject."""
_THING = re.compile(
    r"\b(?:an?|the|my|our|this|of|about|to|in|as|is|are|love|loved|hate|adore) ((?:[a-z][\w'’-]+ ){0,2}[a-z][\w'’-]+)"
)


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
    needs_model = True

    def read(self, run: Run, spans: Sequence[Unread], said: Said) -> list[list[Statement | Refusal]]:
        """What each span states that the model finds. Raises Stopped, ModelError."""
        found: list[list[Statement | Refusal]] = [[] for _ in spans]
        tasks = (task for i, span in enumerate(spans) for task in _tasks(i, span, said.get(span.id, ())))
        while group := list(islice(tasks, GROUP)):
            for task, answer in zip(group, _asked(run, group), strict=True):
                found[task.span] += [statement for told, statement in task.readings if told == answer]
        return found


def _tasks(number: int, span: Unread, said: Sequence[StatementRow]) -> Iterator[_Task]:
    """Sentences of a span that allow a reading which no pattern found."""
    if not span.speaker or span.role not in ("me", "other"):
        return
    whole = read_text(span.text, span.speaker)
    if whole.joking or whole.playing:
        return
    for sentence in whole_sentences(span.text):
        if len(sentence.text) > LONGEST or any(row.start < sentence.end and sentence.start < row.end for row in said):
            continue
        readings = list(islice(_readings(sentence, whole), MOST_READINGS))
        if readings:
            yield _Task(number, f"{span.speaker}: {' '.join(sentence.text.split())}", tuple(readings))


def _readings(sentence: Sentence, whole: Text) -> Iterator[tuple[str, Statement]]:
    """What a sentence may state: its words beside those that name a relation, let through by the gate."""
    text = sentence.text
    names = [(one.start, one.end) for one in mentions(text) if one.kind in ("name", "person", "place", "organisation")]
    things = [(match.start(1), match.end(1)) for match in _THING.finditer(text)]
    things += [match.span() for match in re.finditer(rf"\b(?:{'|'.join(LANGUAGES)}|\d{{1,3}})\b", text)]
    seen = set()
    for begin, end in sorted({*names, *things}):
        thing = text[begin:end]
        for relation, cue in _CUES.items():
            at = _nearest(cue, text, begin, end)
            if at is None or not _fits(relation, thing) or not _stands(relation, text, at, begin):
                continue
            for who in _who(text, min(at[0], begin), thing, [text[a:b] for a, b in names]):
                start, stop = min(at[0], begin) + sentence.start, max(at[1], end) + sentence.start
                found = Statement(who, relation, object_name(relation, thing), start, stop, confidence=0.6)
                kept = judged(found, sentence, thing, whole)
                told = f"{whole.speaker if who == 'me' else who} {reading(relation, found.object)}"
                if isinstance(kept, Statement) and kept.stance == "said" and told not in seen:
                    seen.add(told)
                    yield told, kept


def _nearest(cue: re.Pattern[str], text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Where what names the relation stands nearest to the object, in the same clause."""
    best: tuple[int, int, int] | None = None
    for match in cue.finditer(text):
        if match.start() < end and begin < match.end():
            continue
        between = text[match.end() : begin] if match.end() <= begin else text[end : match.start()]
        apart = len(between.split())
        if apart <= APART and not re.search(r"[.;!?,–—]|\b(?:but|although|while|whereas|and)\b", between):
            best = min(best, (apart, *match.span())) if best else (apart, *match.span())
    return best[1:] if best else None


def _fits(relation: str, thing: str) -> bool:
    """Whether words can be the object of a relation."""
    if relation in _NAMED:
        return bool(re.fullmatch(NAME, thing)) and thing not in LANGUAGES and thing.lower() not in KIN
    if relation == "age":
        return thing.isdigit()
    if relation == "speaks":
        return thing in LANGUAGES
    return thing[:1].islower()


def _stands(relation: str, text: str, cue: tuple[int, int], begin: int) -> bool:
    """Whether an object stands where it can: behind the word for the relation, a place behind a preposition, a person without an
    article."""
    if relation in _OWNED and re.search(r"['’]s?\s+(?:\w+ )?$", text[: cue[0]]):
        return False  # "my neighbour's dog"
    if RELATIONS[relation].person:
        return not re.search(r"\b(?:the|an?)\s+$", text[:begin])
    if relation == "pet":
        return True
    if cue[0] > begin:
        return False
    between = text[cue[1] : begin]
    if relation in ("lives_in", "from", "works_at"):
        return bool(re.search(r"\b(?:in|at|near|to|is|from|for|by)\s+(?:the\s+)?$", between))
    return len(between.split()) <= 1


def _who(text: str, at: int, thing: str, names: Sequence[str]) -> Iterator[str]:
    """Of whom something that is said from `at` on may be said: of me if I am the last who was spoken of, or of a name at
    the beginning."""
    before = text[:at]
    first, others = list(_FIRST.finditer(text[: at + 4])), list(_OTHERS.finditer(before))
    subject = next((name for name in names if text.startswith(name)), "")
    if subject and thing != subject and not first and _DOES.match(text, len(subject)):
        if not re.match(rf"{re.escape(subject)}['’]s (?:{'|'.join(FAMILY)})\b", text):
            yield subject
    elif first and (not others or others[-1].start() < first[-1].start()):
        yield "me"


def _schema(group: Sequence[_Task]) -> dict[str, Any]:
    """A JSON schema that leaves a model the readings only."""
    lines = {
        str(number): {"enum": [*(told for told, _ in task.readings), NOTHING]}
        for number, task in enumerate(group, start=1)
    }
    return {"type": "object", "properties": lines, "required": list(lines)}


def _asked(run: Run, group: Sequence[_Task]) -> list[str]:
    """The reading that the model picks for each sentence."""
    lines = []
    for number, task in enumerate(group, start=1):
        lines += [f"{number}. {task.text}", *(f"   - {told}" for told, _ in task.readings), f"   - {NOTHING}"]
    turns = [ChatTurn("user", f"{_INSTRUCTIONS}\n\n" + "\n".join(lines))]
    schema = _schema(group)
    while (text := run.write(turns, ANSWER_TOKENS * len(group), schema=schema)) is None:
        run.pause()
    try:
        answer = json.loads(text)
    except ValueError:  # cut off by the limit: nothing of it counts
        answer = None
    if not isinstance(answer, dict):
        return ["" for _ in group]
    return [str(answer.get(str(number), "")) for number in range(1, len(group) + 1)]
