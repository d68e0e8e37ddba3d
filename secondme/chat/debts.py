"""What is left to pay of a debt: the sum that was owed, less what was paid of it since. No model counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondme.api import AskEvent, Hit
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.facts.phrases import Pattern, any_of
from secondme.text.clean import join_words
from secondme.text.entities import mentions
from secondme.text.sentences import sentences
from secondme.text.terms import STOP_WORDS, stem, words_of

_AMOUNT = re.compile(
    r"(?P<before>[£$€])?(?<![\d.,])(?P<n>\d+(?:[.,]\d{3})*(?:[.,]\d{1,2})?)(?![\d.,]?\d)(?P<after> ?[€£$])?"
)
_OWED = any_of("""
    owes?, owed, owing, lent, lend, loaned, borrow(s|ed)?, in debt, (is|are|was|'s|am|'m) (into|down)( me| him| her)?,
    iou, on loan, schulde\\w*, schulden, geliehen, lieh, leiht, debe, debo, deben, presté, prestado, prestó, doit, dois,
    doivent, prêté\\w*
""")
_PAID = any_of("""
    paid, pays, repaid, gave, gives, given, sent, transferred, chucked, put, handed, returned, returns, settled,
    slipped, gezahlt, bezahlt, zurückgezahlt, zurückgegeben, überwiesen, gegeben, pagó, pagado, pagué, devolvió,
    devuelto, devolví, dio, payé, remboursé\\w*, rendu, versé, viré
""")
_IS_OWED = Pattern(rf"(?i)\b{_OWED}\b|[欠借]")
_IS_PAID = Pattern(rf"(?i)\b{_PAID}\b|还了|還了|付了|转了|轉了")
_ASKS_WHAT_IS_LEFT = Pattern(
    r"(?i)\b(how much|what|wie ?viel|cuánto|combien)\b.*\b(left|remain\w*|outstanding|still|owe[sd]?|owing|noch|todavía"
    r"|aún|falta|encore|reste)\b.*\b(pay|paid|owe[sd]?|owing|due|come|get|back|zahlen|schuld\w*|debe\w*|debo|pagar|doit"
    r"|dois|payer)\b|\b(how much|what)\b.*\bowe[sd]?\b|\b(left|remaining|outstanding)\b.*\b(pay|debt|loan)\b"
    r"|还(?:差|欠).*多少|欠.*多少"
)
_NOBODY = frozenset(
    stem(word)
    for word in """
    much left still owe owes owed pay paid back remain remaining outstanding due get money debt loan bucks quid
    wieviel noch schulden schuldet zahlen falta debe pagar reste encore doit payer
    """.split()
)
MOST = 4
"""Payments that an answer names one by one."""


@dataclass(frozen=True)
class _Sum:
    """A sum of money as it was written, and what it comes to."""

    written: str
    value: float
    hit: Hit


class DebtAnswer:
    """Answers what is still owed, where something of it was paid."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the question asks for nothing that is left, or no payment is known."""
        if not _ASKS_WHAT_IS_LEFT.search(turn.full_question):
            return None
        hits = [candidate.hit for candidate in turn.evidence.candidates if candidate.hit.role == "me"]
        left = what_is_left(turn.full_question, hits)
        return self._replies.state(turn, *left) if left else None


def what_is_left(question: str, hits: Sequence[Hit]) -> tuple[str, list[str]] | None:
    """What is left of the debt that a question asks about, and the ids of the spans that say so; None where no debt
    with a payment behind it was told of whom the question names."""
    asked = {stem(word) for word in words_of(question)} - _NOBODY - STOP_WORDS
    debts = [found for hit in _told_of(asked, hits) if (found := _sum(hit, asked, paid=False)) is not None]
    if not debts:
        return None
    debt = debts[-1]
    asked |= {stem(word) for named in mentions(debt.hit.text) for word in words_of(named.key)}  # who pays by name
    since = [hit for hit in _told_of(asked, hits) if (hit.happened_at or "") > (debt.hit.happened_at or "")]
    paid = [found for hit in since if (found := _sum(hit, asked, paid=True)) is not None]
    if not paid:
        return None
    rest = debt.value - sum(each.value for each in paid)
    spans = list(dict.fromkeys([debt.hit.id, *(each.hit.id for each in paid)]))
    less = join_words([each.written for each in paid[-MOST:]])
    shown = debt.written.replace(_digits(debt.written), f"{max(rest, 0):,.2f}".removesuffix(".00"))
    return f"{shown}: {debt.written} less {less}.", spans


def _told_of(asked: set[str], hits: Sequence[Hit]) -> list[Hit]:
    """What was told of whom the question names, the oldest first; a question that names nobody is of any debt."""
    found = [hit for hit in hits if hit.happened_at]
    found = [hit for hit in found if not asked or asked & {stem(word) for word in words_of(hit.text)}]
    return sorted(found, key=lambda hit: hit.happened_at or "")


def _sum(hit: Hit, asked: set[str], *, paid: bool) -> _Sum | None:
    """The first sum in the sentence of a text that is of whom the question names, and says that it was paid or owed."""
    parts = [one.text for one in sentences(hit.text)]
    named = [part for part in parts if asked & {stem(word) for word in words_of(part)}] or parts
    for part in named:
        amount = _AMOUNT.search(part)
        is_paid = _IS_PAID.search(part) is not None
        if amount and (is_paid if paid else not is_paid and _IS_OWED.search(part)):
            value = _value(amount["n"])
            return _Sum(amount.group().strip(), value, hit)
    return None


def _value(number: str) -> float:
    """A number as it is written in English or on the continent: the last mark before one or two digits is decimal."""
    whole, _, cents = number.rpartition(number[-3]) if len(number) > 3 and number[-3] in ".," else (number, "", "")
    return float(re.sub(r"[.,]", "", whole) + (f".{cents}" if cents else ""))


def _digits(written: str) -> str:
    return re.sub(r"[^\d.,]", "", written)
