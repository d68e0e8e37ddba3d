"""Facts as sentences to the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from secondme.facts.identity import ME
from secondme.facts.intervals import Fact
from secondme.facts.relations.relation import by_kind, without_slot
from secondme.facts.starts import start_in_words
from secondme.facts.tie_words import of_several
from secondme.text.clean import join_words
from secondme.text.timex.expressions import expressions

MOST = 6
"""Values that an answer names at once."""


@dataclass(frozen=True)
class FactAnswer:
    """A sentence, and the spans that say it."""

    text: str
    span_ids: tuple[str, ...]


def stated(text: str, shown: Sequence[Fact]) -> FactAnswer:
    """A sentence with the latest words that say each of its facts."""
    return FactAnswer(text, tuple(dict.fromkeys(fact.statements[-1].span_id for fact in shown)))


def whose(fact: Fact, *, lower: bool = False) -> str:
    """Of whom a fact is, said to me: "You", "Your sister", "Tom"."""
    owner, slash, tie = fact.subject.partition("/")
    you = "you" if lower else "You"
    if fact.subject == ME:
        return you
    return f"{you}r {tie}" if slash and owner == ME else fact.subject_name


def sentence(found: Sequence[Fact], word: str, today: str, slot: str = "", *, bare: bool = False) -> str:
    """What holds as one sentence; with when it began and ended, where someone said so and one value holds at a time.

    `bare`: without its subject.
    """
    first = found[0]
    kind = first.kind
    mine = first.subject == ME
    over = all(fact.valid_to and fact.valid_to <= today for fact in found)
    objects = list(dict.fromkeys(kind.shown(fact.object_name, fact.statements[0], today) for fact in found))
    if kind.slot is not without_slot and slot and len(objects) == 1:
        what, _, value = objects[0].partition(": ")
        of = "Your" if mine else f"{whose(first)}’s"
        what = what if kind.slot is by_kind else f"favourite {what}"
        return f"{of} {what} {'was' if over else 'is'} {value}{_period(first, today)}."
    things = join_words(objects)
    if word:
        of = "Your" if mine else f"{whose(first)}’s"
        if len(objects) == 1:
            return f"{of} {word} {'was' if over else 'is'} {things}."
        return f"{of} {of_several(word)} {'were' if over else 'are'} {things}."
    reads = kind.reads_past or kind.reads if over else kind.reads_you if mine else kind.reads
    several = join_words([kind.spoken(thing) for thing in objects])
    clause = f"{reads} {several}" if kind.reads and (over or len(objects) > 1) else kind.clause(things, you=mine)
    period = _period(first, today) if len(found) == 1 and not kind.many and not kind.final else ""
    return f"{clause}{period}." if bare else f"{whose(first)} {clause}{period}."


def _period(fact: Fact, today: str) -> str:
    """When it held, as far as someone said so: " (since 2015)", " (from March 2024 until 3 May 2026)"."""
    over = fact.valid_to and fact.valid_to <= today
    begun = fact.since
    if not over:
        return f" (since {begun})" if begun else ""
    closing = fact.closed_by
    ended = start_in_words(closing).removeprefix(" from ") if closing and closing.precision.startswith(_TOLD) else ""
    parts = [f"from {begun}"] if begun and begun != ended else []
    parts += [f"until {ended}"] if ended else []
    return f" ({' '.join(parts)})" if parts else ""


_TOLD = ("told", "planned")
_ON_ITS_DAY = ("told:day", "planned:day")
"""The precisions of an age that is reached on the day from which it holds."""


def born_sentence(ages: Sequence[Fact], birthdays: Sequence[Fact]) -> FactAnswer | None:
    """In which year someone was born of whom an age was said: the one year or, without a birthday, the two."""
    if not ages or not ages[-1].object.isdigit():
        return None
    fact = ages[-1]
    first = fact.statements[0]
    said = date.fromisoformat(first.valid_from)
    year = said.year - int(fact.object)
    verb = "were" if fact.subject == ME else "was"
    on = _day_of_year(birthdays, first.valid_from)
    if on is not None and first.precision not in _ON_ITS_DAY:
        year -= on > (said.month, said.day)
    years = str(year) if on is not None or first.precision in _ON_ITS_DAY else f"{year - 1} or {year}"
    return stated(f"{whose(fact)} {verb} born in {years}.", [fact, *birthdays[-1:]])


def _birthdays_since(fact: Fact, birthdays: Sequence[Fact], today: str) -> int | None:
    """How many birthdays someone had since an age of theirs was said; None where no birthday is known, or it was the
    birthday itself of which the age was said."""
    first = fact.statements[0]
    on = _day_of_year(birthdays, first.valid_from)
    if on is None or not fact.object.isdigit() or first.precision != "said":
        return None
    begun, now = date.fromisoformat(first.valid_from), date.fromisoformat(today)
    return now.year - begun.year - ((now.month, now.day) < on) + ((begun.month, begun.day) < on)


def _day_of_year(birthdays: Sequence[Fact], day: str) -> tuple[int, int] | None:
    """(month, day) of the birthday that was said last."""
    if not birthdays:
        return None
    named = expressions(birthdays[-1].object_name, datetime.fromisoformat(f"{day}T00:00:00+00:00"))
    days = [time.begins for time in named if time.grain == "day"]
    return (days[0].month, days[0].day) if days else None


def age_on(ages: Sequence[Fact], birthdays: Sequence[Fact], today: str) -> list[Fact]:
    """The age that someone has on a day by what was said, grown since, as the object of its fact, and the birthday by
    which it grew; empty where no age was said."""
    holding = [fact for fact in ages if fact.holds(today)]
    if not holding:
        return []
    fact = holding[-1]
    had = _birthdays_since(fact, birthdays, today)
    if had is not None:
        # As it was said where it did not grow: "eleven".
        return [replace(fact, object_name=str(int(fact.object) + had)) if had else fact, birthdays[-1]]
    return [replace(fact, object_name=fact.kind.shown(fact.object_name, fact.statements[0], today))]


def age_sentence(
    ages: Sequence[Fact], birthdays: Sequence[Fact], born: Sequence[Fact], today: str, *, birthday: bool = False
) -> FactAnswer | None:
    """How old someone is on a day: by what was said, grown by each birthday since; else by the year of birth.
    `birthday`: when they had the birthday on which they turned that old, if its day was said."""
    known = age_on(ages, birthdays, today)
    if known:
        fact = known[0]
        verb = "are" if fact.subject == ME else "is"
        if birthday:
            if not fact.since or " " not in fact.since:
                return None
            return stated(f"{whose(fact)} turned {ages[-1].object_name} on {fact.since}.", [fact])
        return stated(f"{whose(fact)} {verb} {fact.object_name}.", known)
    if not born:
        return None
    fact = born[-1]
    years = date.fromisoformat(today).year - int(fact.object)
    verb = "were" if fact.subject == ME else "was"
    known = [fact, *birthdays[-1:]]
    return stated(f"{whose(fact)} {verb} born in {fact.object}: {years - 1} or {years} years old.", known)
