"""Questions that facts answer, and what the person tells, in the other languages of `secondme.facts.tongues`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from secondme.chat.fact_questions import Asked
from secondme.chat.own_words import SENTENCES
from secondme.facts.identity import ME
from secondme.facts.intervals import Fact
from secondme.facts.statement import Statement
from secondme.facts.tongues import TONGUES, Tongue
from secondme.facts.tongues.reader import tongue_stated
from secondme.facts.tongues.tongue import Inquiry

_LEAD = r"(?i)^[\s¿¡\W]*(?:(?:und|also|sag mal|hey|hallo|y|oye|hola|et|dis|salut|那|那么|请问|你知道)[,，]?\s*)?"
_REST = r"[\s?？!.。了呢啊]*$"


@dataclass(frozen=True)
class ForeignQuestion:
    """A question in another language: what it asks, as in English; the language; how it names whom it asks about."""

    asked: Asked
    tongue: Tongue
    subject: str = ""
    """As it reads to the person: "deine Schwester"."""
    word: str = ""
    """The word for whom is asked: "deine Frau"."""


def foreign_questions(question: str) -> Iterator[ForeignQuestion]:
    """What a question may ask for."""
    question = question.replace("’", "'")
    for known in TONGUES:
        if not known.hints.search(question) and question.strip()[-1:] not in "?？":
            continue
        for inquiry, form in _forms(known):
            match = form.match(question)
            if match is not None:
                yield _question(known, inquiry, match)


def _question(known: Tongue, inquiry: Inquiry, match: re.Match[str]) -> ForeignQuestion:
    found = match.groupdict()
    kin, name = found.get("k"), found.get("n")
    subject = f"my {known.kin[kin.lower()]}{f' {name}' if name else ''}" if kin else found.get("s") or "I"
    asked = Asked(inquiry.relation, subject, aim=inquiry.aim, named=(found.get("named") or "").strip())  # type: ignore[arg-type]
    shown = known.yours(found.get("whom") or "") if kin else ""
    return ForeignQuestion(asked, known, shown, known.yours(found.get("w") or ""))


@cache
def _forms(known: Tongue) -> list[tuple[Inquiry, re.Pattern[str]]]:
    return [
        (inquiry, re.compile(f"{_LEAD}(?:{known.pattern(inquiry.pattern).regex.pattern}){_REST}"))
        for inquiry in known.inquiries
    ]


def foreign_sentence(question: ForeignQuestion, found: Sequence[Fact], today: str) -> str:
    """What holds, or held, as one sentence in the language of the question."""
    first, known = found[0], question.tongue
    over = all(fact.valid_to and fact.valid_to <= today for fact in found)
    text = _clause(
        known, first.relation, [fact.object_name for fact in found], over=over, word=question.word,
        whose="" if first.subject == ME else question.subject or first.subject_name,
    )  # fmt: skip
    period = "" if len(found) > 1 or first.kind.many or not text else _period(known, first, over=over)
    return f"{_capital(text)}{period}{_stop(known)}" if text else ""


def _stop(known: Tongue) -> str:
    return "。" if known.code == "zh" else "."


def _clause(
    known: Tongue, relation: str, objects: Sequence[str], *, over: bool = False, word: str = "", whose: str = ""
) -> str:
    """A relation with its objects as a sentence without its stop; empty where the language has none for it."""
    answer = known.answers.get(relation)
    if answer is None:
        return ""
    past = answer.they_past if whose else answer.you_past
    form = past if over and past else answer.they if whose else answer.you
    if "{w}" in form and not word:
        form = answer.without_word
    things = list(dict.fromkeys(known.shown_day(thing) if relation == "birthday" else thing for thing in objects))
    return form.format(o=known.joined(things), s=whose, w=word)


def _period(known: Tongue, fact: Fact, *, over: bool) -> str:
    """When it began or ended, if somebody said so."""
    rows = [fact.closed_by] if over and fact.closed_by else fact.statements
    told = next((row for row in rows if row.precision.startswith("told")), None)
    if told is None:
        return ""
    return (known.until if over else known.from_).format(known.start(told.valid_from, told.precision.partition(":")[2]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def foreign_acknowledgement(
    message: str, found: Sequence[Statement], changes: Callable[[], Sequence[tuple[Fact, Fact | None]]]
) -> str | None:
    """What to say to a message in another language that states something: what was understood, or that it is noted;
    None where these rules do not know its language.
    """
    known = tongue_stated(message)
    if known is None:
        return None
    noted = SENTENCES["noted"][known.code]
    before = {(fact.relation, fact.object_name): held for fact, held in changes()}
    clauses: dict[tuple[str, str], list[str]] = {}
    for statement in found:
        whose = "" if statement.subject == ME else statement.subject
        if statement.ends or "/" in whose or statement.planned or not _clause(known, statement.relation, ["x"]):
            return noted
        held = before.get((statement.relation, statement.object))
        object_ = f"{statement.object}{known.before.format(held.object_name) if held else ''}"
        clauses.setdefault((whose, statement.relation), []).append(object_)
    told = [_capital(_clause(known, name, objects, whose=whose)) for (whose, name), objects in clauses.items()]
    colon = "：" if known.code == "zh" else " : " if known.code == "fr" else ": "
    return f"{noted.rstrip('.。')}{colon}{known.comma.join(told)}{_stop(known)}"
