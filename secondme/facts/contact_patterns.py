"""Telephone numbers and addresses that stand in what people say: of the speaker, or of whose they are said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from secondme.facts.phrases import Pattern, any_of
from secondme.facts.relations import Relation
from secondme.facts.rules import Found

NEAR = 40
"""Characters behind an object in which a sentence says that it is dead."""
_MINE = Pattern(
    r"(?i)\b(my|mine|me|i|i'm|our|us)\b|\bnew (\w+ )?(number|mobile|phone|cell|sim|e-?mail|address|mail)\b"
    r"|\b\w+ number!|^\W*(private|work|the work|home) (e-?mail|mail|address|number|phone)"
)
_OWNER = Pattern(r"<s:NAME>'s\b|(?P<t>^<NAME>):")
_STRANGERS = any_of("""
    order, invoice, ticket, tracking, booking, reference, account, flight, room, card, isbn, iban, customer,
    case (number|no), hotline, helpline, support, press office, reception, front desk, shop, office number, someone,
    unknown, scam, spam, wrong number, fake
""")
_NOT_MINE = Pattern(
    r"(?i)\b(his|her|their|your|its) (\w+ )?(number|phone|mobile|cell|landline|mail|e-?mail|address|line|account)\b"
    rf"|\b{_STRANGERS}\b"
)
_NO_OWNER = Pattern(
    rf"""(?i){
        any_of('''
    contact, e-?mail, phone, tel, mail, from, to, address, note, mobile, office, home, work, number, ps, fyi,
    new, update, reminder, it, that, here, there, what, let, who, he, she, how, where
    ''')
    }\b"""
)
_DEAD = Pattern(r"(?i)\b(dead|disconnected)\b[^.!?]*#")
_GONE = Pattern(
    r"(?i)\b(doesn'?t work|does not work|no longer|dead|disconnected|out of service|old number|not mine any ?more"
    r"|is gone|cancelled)\b"
)


@cache
def _compiled(relation: Relation) -> tuple[re.Pattern[str], Pattern]:
    assert relation.contact is not None
    return re.compile(relation.contact.form), Pattern(relation.contact.cue)


def contacts(relation: Relation, sentence: str) -> Iterator[Found]:
    """The objects of a relation that are known by their form in a sentence."""
    if relation.contact is None:
        return
    form, cue = _compiled(relation)
    for match in form.finditer(sentence):
        if not relation.contact.usable(match.group()):
            continue
        around = sentence[: match.start()] + "#" + sentence[match.end() :]
        if not cue.search(around) or _NOT_MINE.search(around):
            continue
        near = around[: match.start() + NEAR]
        ends = bool(_GONE.search(near[match.start() :]) or _DEAD.search(near))
        owners = (owner["s"] or owner["t"] for owner in _OWNER.finditer(around))
        subject = next((owner for owner in owners if not _NO_OWNER.match(owner)), "")
        if not subject and (_MINE.search(around) or ends):
            subject = "me"
        if subject:
            yield Found(subject, relation, ends, match.start(), match.end(), match.group())
