"""Facts that no pattern reads, read with the reader of sentences that also finds what answers a question.

A sentence's vector says which relation it may state (`relation_classifier`). Then the reader is asked twice: what the
object is ("Where do I live?") and of whom it is said ("Who lives in Leeds?"), for only what people say of themselves is
read so. What it finds passes the gate, as what patterns find does; plans, hearsay and what is over are left to those.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import log

from models.protocol import PassageSentence, SentenceReading, SentenceScorer
from secondme.facts.casual import is_shouted
from secondme.facts.extraction import EVENT, Learning
from secondme.facts.gate import judge, read_text
from secondme.facts.model_reader import ReadBefore
from secondme.facts.patterns import whole_sentences
from secondme.facts.relation_classifier import likeliest
from secondme.facts.relations import Relation, all_relations, relation
from secondme.facts.relations.relation import Told
from secondme.facts.roles import roles
from secondme.facts.sentence_words import AHEAD, AND, CLAUSE, LEADS, LEFT, MINE, NAMED_TO, NO_OBJECT, SUBJECT, TRAILS
from secondme.facts.statement import Refusal, Statement
from secondme.facts.tongues import Tongue, tongue_of
from secondme.facts.tongues.reader import manner
from secondme.facts.tongues.times import happens_in, since_said
from secondme.jobs.job import Run
from secondme.text.sentences import Sentence
from secondme.text.timex.expressions import TimeExpression, expressions
from secondme.text.tongues import tongue
from storage.facts import Unread
from storage.tokens.scripts import HAN

CONFIDENCE = 0.8
LEAST_ODDS, LEAST_LOGIT, LEAST_SURETY = -1.0, -3.0, 0.2
"""Below these a sentence is not asked about, or the reader not believed."""
ANSWERS = 0.5
"""How much the reader's logit weighs beside the log odds of the relation and the logarithm of its surety."""
ODDS_OF_MINE, ODDS_OF_ANY = -0.4, -0.75
"""What stands in for the log odds of who is had for what: "my mentor", "the mentor"."""
SURE, SURE_OF_NOBODY = 0.0, 1.0
"""The least sum of the three; and that of a sentence that does not speak of me ("Leeds is home")."""
OTHERS, OTHERS_BESIDE_ME = 0.8, 2.0
"""Logits from which on the reader's second answer is somebody else: in a sentence without a word for who speaks, and in
one with such a word."""
LONGEST = 240
MOST_WORDS = 4
MENDS = re.compile(r"(?i)\W*(?:(?:no|oh|sorry|wait|well|or|rather)\b\W*)*i (?:mean|meant)\b")
"""Begins a sentence that puts another right: "I mean the anaesthetist"."""
MARKS = " \t\n,;:.!?()\"“”'‘’*"
BEFORE = 200
"""Characters of what was said before a sentence that the reader sees."""
NEAR = 40
"""Characters before an object in which a word says that it is over."""


@dataclass(frozen=True)
class Task:
    """A sentence of a span that may state a relation, and what stands before it there."""

    place: int
    sentence: Sentence
    before: str
    relation: Relation
    told: Told
    log_odds: float
    kind: str = ""
    """For what someone is had, of whom the object is the name."""
    after: int = 0
    """Where in the sentence the object stands at the earliest."""

    @property
    def read(self) -> PassageSentence:
        """What the reader gets."""
        return PassageSentence(self.sentence.text, self.before)


@dataclass(frozen=True)
class Found:
    """The words of a sentence that are the object, and the object as it is shown."""

    task: Task
    written: str
    shown: str


class SentenceFacts:
    """An `Extractor` that asks the scorer of sentences."""

    name = "reader/1"
    batch = 16

    def __init__(self, scorer: Callable[[], SentenceScorer | None]) -> None:
        """`scorer` is asked at each run."""
        self._scorer = scorer

    def can_read(self, run: Run) -> bool:
        """Whether there is a reader of sentences; the spans wait for one."""
        return self._scorer() is not None

    def read(self, run: Run, spans: Sequence[Unread], before: ReadBefore) -> list[list[Statement | Refusal]]:
        """What each span states of who says it. Raises ModelError."""
        stated: list[list[Statement | Refusal]] = [[] for _ in spans]
        scorer = self._scorer()
        if scorer is None:
            return stated
        for found in _said_of_me(scorer, _objects(scorer, _tasks(scorer, spans))):
            span = spans[found.task.place]
            statement = _judged(span, found)
            if statement is not None:
                stated[found.task.place].append(statement)
        return stated


def notice_job(scorer: Callable[[], SentenceScorer | None]) -> Learning:
    """The job that reads with the reader of sentences, at night."""
    title = "Read what you said of yourself for facts that no pattern reads"
    return Learning(SentenceFacts(scorer), name="notice", title=title, stage="reader")


def _tasks(scorer: SentenceScorer, spans: Sequence[Unread]) -> list[Task]:
    """Sentences of mine with the relation that each may state."""
    said = [(place, *each) for place, span in enumerate(spans) if _is_read(span) for each in _with_before(span.text)]
    embedded = scorer.embed_tokens([sentence.text for _, sentence, _ in said]) if said else None
    if embedded is None:
        return []
    tasks = []
    for (place, sentence, before), likely in zip(said, likeliest(embedded[0]), strict=True):
        about = relation(likely.relation)
        if likely.log_odds >= LEAST_ODDS and about.told is not None:
            tasks.append(Task(place, sentence, before, about, about.told, likely.log_odds))
        for role in roles(sentence.text):
            asked = Told(f"Who is my {role.kind}?", "" if role.mine else f"Who has the {role.kind} {{o}}?", name=True)
            odds, after = (ODDS_OF_MINE, 0) if role.mine else (ODDS_OF_ANY, role.end)
            tasks.append(Task(place, sentence, before, relation("helper"), asked, odds, role.kind, after))
    return tasks


def _is_read(span: Unread) -> bool:
    """Whether a span is mine and in a language of which is known how it denies, wishes and reports."""
    if span.role != "me" or not span.evidence or not span.speaker:
        return False
    language = tongue(span.text)
    return (language in ("", "en") and span.text.isascii()) or language == "en" or tongue_of(language) is not None


def _with_before(text: str) -> Iterator[tuple[Sentence, str]]:
    """Sentences that are not too long, each with what stands before it. In Chinese, where a comma often ends one, they
    are its clauses."""
    for sentence in (part for whole in whole_sentences(text) for part in _clauses(whole)):
        if len(sentence.text) <= LONGEST and not MENDS.match(sentence.text):
            yield sentence, text[max(0, sentence.start - BEFORE) : sentence.start].strip()


def _clauses(sentence: Sentence) -> Iterator[Sentence]:
    """The clauses of a sentence in Chinese, any other as it is."""
    if not re.search(f"[{HAN}]", sentence.text):
        yield sentence
        return
    for match in re.finditer(r"[^，；]+[，；]?", sentence.text):
        yield Sentence(sentence.start + match.start(), sentence.start + match.end(), match.group())


def _objects(scorer: SentenceScorer, tasks: Sequence[Task]) -> list[Found]:
    """What the reader is sure to find in sentences. Sentences of one relation are read at once."""
    by_relation: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        by_relation[task.told.question].append(task)
    found = []
    for question, alike in by_relation.items():
        readings = scorer.read(question, [task.read for task in alike])
        for task, reading in zip(alike, readings, strict=True):
            words = _answer(task, reading)
            if words and task.log_odds + ANSWERS * reading.logit + log(reading.surety) >= _least(task):
                for written in AND.split(words) if task.relation.many else [words]:
                    shown = _shown(task, written)
                    if shown:
                        found.append(Found(task, written, shown))
    return found


def _least(task: Task) -> float:
    """How sure the reader must be. People and animals are told of in sentences of their own ("her name is Juno")."""
    text = task.sentence.text
    of_me = task.relation.section == "people" or SUBJECT.search(text) or MINE.search(text)
    return SURE if of_me else SURE_OF_NOBODY


def _answer(task: Task, reading: SentenceReading) -> str:
    """The words that answer; empty where the reader is not sure enough of them."""
    if reading.logit < LEAST_LOGIT or reading.surety < LEAST_SURETY:
        return ""
    begin, end = reading.answer
    if begin < task.after:
        return ""
    words = task.sentence.text[begin:end].strip(MARKS)
    whole = task.sentence.text.strip(MARKS)
    return "" if words == whole or whole.isupper() else words  # a heading


def _shown(task: Task, words: str) -> str:
    """An object as it is shown; empty for what is none."""
    plain = task.relation.display(TRAILS.sub("", LEADS.sub("", words))).strip(" ,;:.!?")
    if not plain or len(plain.split()) > MOST_WORDS or NO_OBJECT.fullmatch(plain):
        return ""
    if not task.told.name:
        return plain
    plain = NAMED_TO.sub(r"\1", plain)
    if is_shouted(plain) or (plain.islower() and task.sentence.text == task.sentence.text.lower()):
        return plain.title()
    return "" if plain[0].islower() else plain


def _said_of_me(scorer: SentenceScorer, found: Sequence[Found]) -> Iterator[Found]:
    """Those that nobody else is the subject of."""
    for each in found:
        task, text = each.task, each.task.sentence.text
        if not task.told.who:
            yield each
            continue
        reading = scorer.read(task.told.who.format(o=each.shown), [task.read])[0]
        begin, end = reading.answer
        at = text.find(each.written)
        clause = CLAUSE.split(text[:at])[-1]
        mine = [word.start() for word in SUBJECT.finditer(text, at - len(clause), at)]
        if not mine and _kin(tongue(text)).search(clause) and task.relation.section != "people":
            continue
        nearest = bool(mine) and not mine[-1] < begin < at
        least = OTHERS_BESIDE_ME if SUBJECT.search(text) else OTHERS
        if nearest or reading.logit < least or SUBJECT.search(text[begin:end]) or each.shown in text[begin:end]:
            yield each


@cache
def _kin(language: str) -> re.Pattern[str]:
    """Words for relatives in a language."""
    known = tongue_of(language)
    words = sorted(known.kin if known else all_relations().family, key=len, reverse=True)
    parted = "|".join(re.escape(word) for word in words)
    return re.compile(parted if language == "zh" else rf"(?i)\b(?:{parted})\b")


def _judged(span: Unread, found: Found) -> Statement | Refusal | None:
    """The statement, or why the gate refuses it; None for what is over, planned or hearsay."""
    sentence, about = found.task.sentence, found.task.relation
    at = sentence.text.find(found.written)
    if (not about.negative and LEFT.search(sentence.text, max(0, at - NEAR), at)) or _lies_ahead(span, sentence):
        return None
    language: Tongue | None = tongue_of(tongue(span.text))
    thing = f"{found.task.kind}: {found.shown}" if found.task.kind else found.shown
    statement = Statement("me", about.name, thing, sentence.start, sentence.end, confidence=CONFIDENCE)
    whole = read_text(span.text, span.speaker)
    judged = judge(statement, about, sentence, found.written, whole, manner(language) if language else None)
    if isinstance(judged, Statement) and (judged.planned or judged.stance == "hearsay"):
        return None
    return judged


def _lies_ahead(span: Unread, sentence: Sentence) -> bool:
    """Whether a sentence speaks of what is still to come."""
    if AHEAD.search(sentence.text):
        return True
    if not span.happened_at or EVENT.search(sentence.text) or happens_in(sentence.text):
        return False
    said = datetime.fromisoformat(span.happened_at)
    times = expressions(sentence.text, said, lean="future")
    return any(time.begins > said + timedelta(days=1) and not _since(sentence.text, time) for time in times)


def _since(text: str, time: TimeExpression) -> bool:
    """Whether a time is one since which something is so."""
    english = re.search(r"(?i)\bsince\b", text[max(0, time.start - NEAR) : time.end])
    return english is not None or since_said(text, time.start, time.end)
