"""What is left to pay of a debt: the sum that was owed, less what was paid of it since. No model counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondme.api import AskEvent, Hit
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.facts.phrases import Pattern, any_of
from secondme.facts.sums import AMOUNT, digits_of, value_of
from secondme.text.clean import join_words
from secondme.text.entities import mentions
from secondme.text.sentences import sentences
from secondme.text.terms import STOP_WORDS, stem, words_of

_OWED = any_of("""
    owes?, owed, owing, lent, lend, loaned, borrow(s|ed)?, in debt, (is|are|was|'s|am|'m) (into|down)( me| him| her)?,
    iou, on loan, fronted, advanced, (has|have|had|keeps?)\\b[^.;]*\\bof (mine|ours), schulde\\w*, schulden, geliehen,
    lieh, leiht, debe, debo, deben, presté, prestado, prestó, doit, dois, doivent, prêté\\w*
""")
_PAID = any_of("""
    paid, pays, repaid, gave, gives, given, sent, transferred, chucked, put, handed, returned, returns, settled,
    slipped, (came|dropped|stopped|popped|swung|turned up|showed up|stood)\\b[^.;]*\\bwith, (got|received)\\b[^.;]*
    \\b(from|off|back), brought, knocked off, gezahlt, bezahlt, zurückgezahlt, zurückgegeben, überwiesen, gegeben, pagó,
    pagado, pagué, devolvió, devuelto, devolví, dio, payé, remboursé\\w*, rendu, versé, viré
""")
_IS_OWED = Pattern(rf"(?i)\b{_OWED}\b|[欠借]")
_PAID_AHEAD = Pattern(
    r"(?i)\b(paid|put|gave|sent|transferred|laid)\b.*\b(up ?front|down|deposit|so far|already|in advance|ahead|towards"
    r"|on account|first half|half of it|instal?ment)\b|\bdeposit( of| was| is|:)? [€$£\d]"
    r"|\b(up ?front|deposit) paid\b"
)
_PARTS = re.compile(r"[,;:.](?!\d)|\b(?:and|but|of which|with)\b")
_IS_PAID = Pattern(rf"(?i)\b{_PAID}\b|还了|還了|付了|转了|轉了")
_ASKS_HOW_MUCH = Pattern(
    r"(?i)\b(how (much|many)|sum|amount|what(['’]?s| is)( \w+)? (left|outstanding|open|due)|wie ?viel|cuánto|combien)\b"
    r"|多少"
)
_ASKS_THE_REST = Pattern(
    r"(?i)\b(left|remain\w*|short|due|open|rest|still|more|noch|offen|todavía|aún|falta|pendiente|encore|reste)\b|还|剩"
)
_ASKS_FOR_DEBT = Pattern(
    r"(?i)\b(owe[sd]?|owing|outstanding|balance|debts?|due (to )?(me|us)|even|quits|schuld\w*|debe\w*|debo|doit"
    r"|dois)\b|\b(left|remaining|outstanding)\b.*\b(pay|give|loan)\b|欠"
)
_ASKS_ELSE = Pattern(
    r"(?i)^(?!.*\bstill\b).*\b(did|has|have|had)\b.*\b(pay|paid|given?|gave|sen[dt]|return(ed)?|repa(y|id)|brought)\b"
    r"|\b(when|who|whom|why|where|wann|wer|warum|cuándo|quién|quand|qui|pourquoi)\b"
)
"""A question of what was paid, or of something else about a debt."""
_CLAUSE_ENDS = re.compile(r"[,;:](?!\d)")
_NOBODY = frozenset(
    stem(word)
    for word in """
    much many left still owe owes owed owing pay paid back remain remaining outstanding due get give money debt loan
    bucks quid sum amount balance rest short open more settle even quits total whats euro euros pounds dollars
    wieviel noch schulden schuldet zahlen offen falta debe pagar pendiente reste encore doit payer
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
        question = turn.full_question
        if not asks_what_is_left(question):
            return None
        hits = [candidate.hit for candidate in turn.evidence.candidates if candidate.hit.role == "me"]
        left = what_is_left(question, hits)
        return self._replies.state(turn, *left) if left else None


def asks_what_is_left(question: str) -> bool:
    """Whether a question may ask what is left to pay."""
    asks = _ASKS_FOR_DEBT.search(question) or (_ASKS_HOW_MUCH.search(question) and _ASKS_THE_REST.search(question))
    return bool(asks) and not _ASKS_ELSE.search(question)


def what_is_left(question: str, hits: Sequence[Hit]) -> tuple[str, list[str]] | None:
    """What is left of the debt that a question asks about, and the ids of the spans that say so; None where no debt
    with a payment behind it was told of whom the question names."""
    asked = {stem(word) for word in words_of(question) if word not in STOP_WORDS} - _NOBODY
    debts = [found for hit in _told_of(asked, hits) if (found := _sum(hit, asked, paid=False)) is not None]
    if not debts:
        return _left_of_a_price(asked, hits)
    debt = debts[-1]
    asked |= {stem(word) for named in mentions(debt.hit.text) for word in words_of(named.key)}  # who pays by name
    since = [hit for hit in _told_of(asked, hits) if (hit.happened_at or "") > (debt.hit.happened_at or "")]
    paid = [found for hit in since if (found := _sum(hit, asked, paid=True)) is not None]
    if not paid:
        return None
    return _less(debt, paid)


def _left_of_a_price(asked: set[str], hits: Sequence[Hit]) -> tuple[str, list[str]] | None:
    """What is left of a price of which a part was paid ahead: "the cake is £65, I paid 20 up front"."""
    price: _Sum | None = None
    paid: list[_Sum] = []
    for hit in _told_of(asked, hits) if asked else ():
        for clause in _PARTS.split(hit.text):
            amount = next(iter(AMOUNT.finditer(clause)), None)
            if amount is None or not digits_of(amount.group()):
                continue
            found = _Sum(amount.group().strip(), value_of(amount), hit)
            if _PAID_AHEAD.search(clause):
                paid.append(found)
            elif (amount["before"] or amount["after"]) and not _IS_PAID.search(clause):
                price, paid = found, []  # a newer price is the one that counts
    if price is None or not paid or sum(each.value for each in paid) > price.value:
        return None
    return _less(price, paid)


def _less(debt: _Sum, paid: Sequence[_Sum]) -> tuple[str, list[str]]:
    """A sum without what was paid of it, and the ids of the spans that say so."""
    rest = debt.value - sum(each.value for each in paid)
    spans = list(dict.fromkeys([debt.hit.id, *(each.hit.id for each in paid)]))
    less = join_words([each.written for each in paid[-MOST:]])
    figure = f"{rest:,.2f}".removesuffix(".00")
    if rest <= 0:
        return f"Nothing: {debt.written} less {less}.", spans
    shown = debt.written.replace(digits_of(debt.written), figure) if digits_of(debt.written) else figure
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
        amounts = list(AMOUNT.finditer(part))
        says = (_IS_PAID if paid else _IS_OWED).search(part)
        if amounts and says and (paid or not _IS_PAID.search(part)):
            begin, end = _clause_around(part, says.start())
            amounts = [found for found in amounts if begin <= found.start() < end] or amounts
            # A number may be of anything; with a currency it is a sum.
            amount = next((found for found in amounts if found["before"] or found["after"]), amounts[0])
            return _Sum(amount.group().strip(), value_of(amount), hit)
    return None


def _clause_around(text: str, place: int) -> tuple[int, int]:
    """Begin and end of the clause that holds a place: "chase Ann for the 240 she owes, order 10 euro cylinders"."""
    marks = [mark.start() for mark in _CLAUSE_ENDS.finditer(text)]
    return max((mark for mark in marks if mark < place), default=0), min(
        (mark for mark in marks if mark >= place), default=len(text)
    )
