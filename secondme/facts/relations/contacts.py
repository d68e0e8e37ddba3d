"""How someone can be reached."""

from __future__ import annotations

import re

from secondme.facts.relations.relation import Contact, Relation
from secondme.facts.statement import Candidate

FEWEST_DIGITS = 7
FEWEST_DIFFERENT_DIGITS = 3
"""Numbers with fewer different digits call nobody."""
_LAST_DIGITS = 9
"""The last digits of a number tell it apart; what is before may be left out."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def _digits(number: str) -> str:
    return re.sub(r"[^\d+]", "", number)


def _last_digits(key: str) -> str:
    return re.sub(r"\D", "", key)[-_LAST_DIGITS:]


def _is_number(text: str) -> bool:
    return sum(character.isdigit() for character in text) >= FEWEST_DIGITS and not _DATE.match(text)


def _calls_nobody(candidate: Candidate) -> bool:
    return len(set(re.sub(r"\D", "", candidate.statement.object))) < FEWEST_DIFFERENT_DIGITS


PHONE = Relation(
    name="phone",
    reads="can be called at",
    reads_you="can be called at",
    many=True,
    timeless=True,
    key=_digits,
    identity=_last_digits,
    trigger_pattern=r"\d",
    contact=Contact(
        form=r"\+?\(?\d[\d ()./-]{5,18}\d",
        cue=(
            r"(?i)\b(number|phone|mobile|cell|sim|whats ?app|signal|telegram|landline|reach|call|text|ring|get"
            r"|get hold of|message|dial|handy|tel)\b"
        ),
        usable=_is_number,
    ),
    inviting=True,
    vague=_calls_nobody,
    label=(
        r"(?:(?:work|home|office|private) )?(?:phone|tel|telephone|mobile|cell|cell ?phone)(?: (?:number|no\.?))?"
        r"|number|handy\Z"
    ),
    shape=r"\+?\(?\d[\d ()./-]{4,20}\d\Z",
    cues="phone number call mobile",
    questions=(r"what( is| are|'s) <WHOSE> (phone |mobile |telephone )?numbers?",),
    introduces=False,
)
EMAIL = Relation(
    name="email",
    reads="can be written to at",
    reads_you="can be written to at",
    many=True,
    timeless=True,
    trigger_pattern="@",
    contact=Contact(
        form=r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        cue=(
            r"(?i)\b(e-?mail|mail|address|write|reach|send|sent|inbox|contact|forward|get|find|lose me|bounces?"
            r"|i'?m at)\b"
        ),
    ),
    inviting=True,
    label=r"(?:(?:work|home|private) )?e-?mail(?: address)?|mail\Z",
    shape=r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z",
    cues="email mail address write",
    questions=(r"what( is| are|'s) <WHOSE> e-?mail( address(es)?)?",),
    introduces=False,
)
RELATIONS = (PHONE, EMAIL)
