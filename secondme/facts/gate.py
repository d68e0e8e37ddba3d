"""What may count as a fact, whoever read it: a pattern or a model. Questions, wishes, conditions, jokes, quotations and
denials are refused, each with its reason; what somebody else is said to have said is hearsay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from secondme.facts import gate_words as words
from secondme.facts.casual import is_shouted
from secondme.facts.lexicon import NO_NAME, NO_PERSON, NOBODY
from secondme.facts.relations import Relation
from secondme.facts.relations.relation import HERE, by_kind
from secondme.facts.statement import Candidate, Refusal, Refused, Statement
from secondme.text.entities import GIVEN_NAMES, fold_name
from secondme.text.sentences import Sentence

NEAR = 25
"""Characters before a statement in which a "not" denies it."""
CONDITION_NEAR = 40

Test: TypeAlias = Callable[[Candidate, Relation], bool]


@dataclass(frozen=True)
class Text:
    """What bears on every sentence of a text: who speaks, where it quotes or dictates, whether it jokes or plays."""

    speaker: str
    quoted: tuple[tuple[int, int], ...]
    joking: bool
    playing: bool
    message: str = ""
    laughs: tuple[int, ...] = ()
    """Where it laughs."""


def read_text(text: str, speaker: str) -> Text:
    """Read a text for what bears on all of it."""
    laughs = tuple(match.start() for match in words.LAUGHTER.finditer(text))
    joking = bool(words.JOKE.search(text) or words.SARCASM.search(text))
    return Text(speaker, tuple(_quoted(text)), joking, bool(words.FICTION.search(text)), text, laughs)


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Ranges in quotation marks, and what is dictated after "write:" or "it says:"."""
    for marks in words.QUOTATIONS:
        for match in marks.finditer(text):
            yield match.span()
    for match in words.DICTATED.finditer(text):
        end = text.find("\n\n", match.end())
        yield match.end(), len(text) if end < 0 else end


@dataclass(frozen=True)
class Manner:
    """How a language other than English shows what is no statement."""

    refusals: tuple[tuple[Refused, Test], ...]
    """As REFUSALS: reasons with their tests. They are asked before those that are of no language."""
    called: frozenset[str] = frozenset()
    """Relations in which a speaker says what others call them: the name need not be known as theirs."""


def judge(
    statement: Statement,
    relation: Relation,
    sentence: Sentence,
    written: str,
    text: Text,
    manner: Manner | None = None,
) -> Statement | Refusal:
    """A statement that was read in this sentence of a text, with its object as `written` there; or why it is none.

    The first reason of those that hold for the text, then of REFUSALS, is given; of a sentence in another language than
    English, of those of its `manner`.
    """
    if manner is not None:
        return _judge_foreign(statement, relation, sentence, written, text, manner)
    begin, end = statement.start - sentence.start, statement.end - sentence.start
    before, quote, after = sentence.text[:begin], sentence.text[begin:end], sentence.text[end:]
    polite = words.POLITE.match(before)
    before = before[polite.end() :] if polite else before
    told_by = _teller(before, quote, after)
    reason: Refused | None
    if text.joking or _laughs(statement, text):
        reason = "joke"
    elif text.playing:
        reason = "hypothetical"
    elif any(start < statement.end and statement.start < stop for start, stop in text.quoted) or (
        relation.renames and not relation.person and not _may_be_called(statement.object, quote, text.speaker)
    ):
        reason = "quoted"
    elif any(words.RUMOUR.search(part) for part in (before, quote, after)):
        reason = None if told_by else "hearsay"
    else:
        candidate = Candidate(statement, written, before, quote, after, told_by, message=text.message)
        planned = relation.plannable and _is_planned(candidate, relation)
        if planned:
            statement = replace(statement, planned=True)
            candidate = replace(candidate, before=_as_if_now(before), quote=_as_if_now(quote), planned=True)
        reason = next((reason for reason, holds in REFUSALS if holds(candidate, relation)), None)
    if reason is not None:
        return Refusal(reason, quote)
    return replace(statement, stance="hearsay", told_by=told_by) if told_by else statement


def _judge_foreign(
    statement: Statement, relation: Relation, sentence: Sentence, written: str, text: Text, manner: Manner
) -> Statement | Refusal:
    """As `judge`, by the words of another language. What others say and what is planned is no statement there."""
    begin, end = statement.start - sentence.start, statement.end - sentence.start
    before, quote, after = sentence.text[:begin], sentence.text[begin:end], sentence.text[end:]
    candidate = Candidate(statement, written, before, quote, after, "", message=text.message)
    reason: Refused | None
    if text.joking or _laughs(statement, text):
        reason = "joke"
    elif any(start < statement.end and statement.start < stop for start, stop in text.quoted) or (
        relation.renames
        and relation.name not in manner.called
        and not _may_be_called(statement.object, "", text.speaker)
    ):
        reason = "quoted"
    else:
        refusals = (*manner.refusals, *OF_ANY_LANGUAGE)
        reason = next((reason for reason, holds in refusals if holds(candidate, relation)), None)
    return Refusal(reason, quote) if reason is not None else statement


def _laughs(statement: Statement, text: Text) -> bool:
    """Whether someone laughs in the clause of a statement, or at the end of the next that has no words of its own."""
    for laugh in text.laughs:
        between = (
            text.message[statement.end : laugh] if laugh >= statement.end else text.message[laugh : statement.start]
        )
        if not words.OTHER_CLAUSE.search(between):
            return True
    return False


def _teller(before: str, quote: str, after: str) -> str:
    """Who is said to have said it; empty where it is the speaker."""
    for form in words.HEARSAY:
        match = form.search(f"{before}{quote}")
        if match:
            return match["who"]
    later = words.HEARSAY_AFTER.search(after)
    return next((name for name in later.groups() if name), "") if later else ""


def _may_be_called(name: str, quote: str, speaker: str) -> bool:
    """Whether a speaker can mean themselves by a name: it is theirs, or they say that they are called so."""
    own = set(fold_name(speaker).split())
    if not own or speaker.casefold() in ("me", "you", "user", "i", "myself"):
        return True
    return bool(own & set(fold_name(name).split())) or bool(words.CALLED.search(quote))


def _is_not_so_bad(candidate: Candidate, relation: Relation) -> bool:
    if not relation.negative:
        return False
    return bool(
        words.NOT_SO_BAD.search(f"{candidate.before[-NEAR:]}{candidate.quote}")
        or words.NO_LONGER.search(candidate.after)
    )


def _is_wished(candidate: Candidate, relation: Relation) -> bool:
    return bool(
        words.HYPOTHETICAL.search(candidate.before)
        or (not relation.dated and words.HYPOTHETICAL.search(candidate.quote))
        or (not relation.inviting and words.CONDITION.search(candidate.after[:CONDITION_NEAR]))
    )


def _is_planned(candidate: Candidate, relation: Relation) -> bool:
    """A plan is no fact yet: "I'm moving to Cork in January"."""
    if candidate.planned or candidate.statement.ends:
        return False
    verb = f"{candidate.before[-NEAR:]}{candidate.quote}"
    if words.WAS_AHEAD.search(verb):
        return False
    if relation.slot is by_kind and words.FROM_THEN.search(candidate.quote):
        return True
    later = bool(words.LATER.search(candidate.after))
    if relation.plannable and (words.AHEAD.search(verb) or (later and words.BEGINNING.search(candidate.quote))):
        return True
    return bool(words.UNDER_WAY.search(verb) and (later or relation.plannable))


def _as_if_now(words_of_plan: str) -> str:
    """Words without what puts them into the future."""
    return words.AHEAD.regex.sub(" ", words_of_plan)


def _is_reported(candidate: Candidate, _: Relation) -> bool:
    before = candidate.before
    return bool(
        candidate.statement.subject == "me" and words.REPORTED.search(before) and not words.MYSELF.search(before)
    )


def _is_pretended(candidate: Candidate, _: Relation) -> bool:
    return bool(words.AS_IF.search(candidate.quote) or words.AS_IF.search(candidate.before[-20:]))


def _is_denied(candidate: Candidate, relation: Relation) -> bool:
    if candidate.statement.ends or relation.negative:
        return False
    near = candidate.before[-NEAR:]
    if words.ANEW.match(candidate.quote):
        near = re.split(r"[,;:]", near)[-1]  # "he isn't well, he's got the flu"
    return bool(words.NOT.search(candidate.quote) or words.NOT.search(near))


def _names_nobody(candidate: Candidate, relation: Relation) -> bool:
    subject, thing = candidate.statement.subject, candidate.statement.object
    people = [subject.lower()]
    if relation.person:
        people.append(thing.lower())
        if is_shouted(thing):
            return True
        if (thing.endswith("ly") and fold_name(thing) not in GIVEN_NAMES) or fold_name(thing) == fold_name(subject):
            return True
    return subject.split()[0].lower() in NO_NAME or any(name in NOBODY or name in NO_PERSON for name in people)


def _has_no_object(candidate: Candidate, relation: Relation) -> bool:
    thing = candidate.statement.object.lower().split()
    if candidate.written == HERE or candidate.statement.object == candidate.written == "":
        return False
    named = re.match(r"the [A-Z]|[A-Z]\w+ [A-Z]", candidate.statement.object)
    if not thing or (thing[0] in words.VAGUE and not named):
        return True
    if thing[0] in NO_NAME and not relation.dated and not relation.key(candidate.statement.object).isdigit():
        return True
    if relation.ties is None or fold_name(thing[-1]) in GIVEN_NAMES:
        return False
    return bool(words.ADJECTIVE.search(thing[-1]) and words.IS_SO.search(candidate.quote))


@cache
def _excluded(relation: Relation) -> re.Pattern[str]:
    return re.compile(relation.excluded or r"(?!)")


REFUSALS: tuple[tuple[Refused, Test], ...] = (
    ("question", lambda candidate, _: bool(words.QUESTION.search(candidate.sentence))),
    ("negation", _is_not_so_bad),
    ("hypothetical", lambda candidate, _: bool(words.MISTAKEN.search(f"{candidate.before}{candidate.quote}"))),
    ("question", lambda candidate, _: bool(words.TAG.search(candidate.after))),
    ("vague", lambda candidate, _: bool(words.MENDED.search(candidate.after))),
    ("vague", lambda candidate, relation: bool(_excluded(relation).match(candidate.statement.object))),
    ("hypothetical", lambda candidate, _: bool(words.WHEN_PAST.search(candidate.before))),
    ("hypothetical", _is_wished),
    ("hypothetical", _is_planned),
    ("quoted", _is_reported),
    ("hypothetical", _is_pretended),
    ("hypothetical", lambda candidate, _: bool(words.PAST.match(candidate.after))),
    ("negation", _is_denied),
    ("vague", _names_nobody),
    ("vague", _has_no_object),
    ("vague", lambda candidate, relation: relation.vague is not None and relation.vague(candidate)),
)
"""Reasons with their tests; the first that holds is given. Checks of one relation are its `excluded` and `vague`."""
OF_ANY_LANGUAGE: tuple[tuple[Refused, Test], ...] = (
    ("vague", _names_nobody),
    ("vague", lambda candidate, relation: relation.vague is not None and relation.vague(candidate)),
)
"""Those of them that are asked in every language."""
