"""What a payment makes of a debt that was told before: less of it is left, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.facts.identity import ME
from secondme.facts.intervals import Fact, facts
from secondme.facts.phrases import Pattern
from secondme.facts.starts import ENDED
from secondme.facts.sums import AMOUNT, value_of
from secondme.facts.told_again import told_again
from storage.facts import StatementRow, Unread
from storage.store import Store

DEBTS = ("is_owed", "owes")
_IS_PAID = Pattern(
    r"(?i)\b(paid|pays|repaid|gave|given|sent|transferred|handed|returned|settled|cleared|got|received|did my|did me"
    r"|square|quits|even)\b"
)
_ALL = Pattern(
    r"(?i)\b(quits|all square|we're even|settled up|cleared|in full|the rest|paid (him|her|them|me)? ?(back"
    r"|off)|the lot"
    r"|paid up|paid off|returned)\b|\b(paid|gave|sent|given) (\w+ ){1,3}?back\b"
)
_SOME = Pattern(r"(?i)\b(half|some|a bit|part|instal?ment)\b")
_LATER = Pattern(
    r"(?i)\b(will|'ll|going to|gonna|should|must|need to|have to|wants? to|when|if|not|never|still|promised"
    r"|says? (he|she)"
    r"|hasn't|haven't|didn't|wouldn't|could|might|tomorrow|next)\b|\?"
)
_I_PAY = re.compile(
    r"(?i)^\W*(?:(?:and|so|then|i|we|i['’]ve|have|just|finally)\s+)*"
    r"(?:paid|gave|sent|repaid|cleared|settled|handed|returned|given|transferred)\b"
)
_THOUSAND = re.compile(r"(?i) ?(?:k|grand)\b")
_CLAUSE = re.compile(r"[,;.!?–—]|\b(?:but|and|so)\b")


def payments(store: Store, span: Unread, earlier: Sequence[StatementRow], extractor: str) -> list[StatementRow]:
    """What is left of the debts that a message of mine says something of was paid of; none where it names nobody who
    is in one."""
    if span.role != "me" or not span.happened_at or not _IS_PAID.search(span.text):
        return []
    told = [row for row in earlier if row.relation in DEBTS and row.subject == ME]
    known = [*store.facts.that_may_end([ME], (), whole=DEBTS, ends={}, against={}), *told]
    rows = [row for row in known if row.span_id != span.id and row.said_at <= span.happened_at]
    day = span.happened_at[:10]
    made = []
    for debt in facts(rows):
        if debt.stance != "said" or not debt.holds(day):
            continue
        row = _paid_of(span, debt, extractor)
        if row is not None:
            made.append(row)
    return made


def _paid_of(span: Unread, debt: Fact, extractor: str) -> StatementRow | None:
    """The statement that a message makes of one debt."""
    who, _, owed = debt.object_name.partition(": ")
    name = next((word for word in reversed(who.split()) if len(word) > 2), who)
    named = re.search(rf"(?i)\b{re.escape(name)}\b", span.text)
    if named is None:
        return None
    clauses = _CLAUSE.split(span.text[: named.end()])
    rest = span.text[named.end() :]
    clause = clauses[-1] + _CLAUSE.split(rest)[0]
    start = span.text.find(clauses[-1], max(0, named.end() - len(clauses[-1])))
    if not _IS_PAID.search(clause) or _LATER.search(clause):
        return None
    if _went_the_other_way(clause, debt.relation):
        return None
    paid = list(AMOUNT.finditer(clause))
    whole = AMOUNT.search(owed)
    last = debt.statements[-1]
    if whole is not None and paid and whole["n"] and "back the" not in clause:
        left = _value(owed, whole) - _value(clause, paid[0])
        if left > 0 and not re.search(r"(?i)\b(?:quits|cleared|in full|the rest)\b", clause):
            figure = f"{left:,.2f}".removesuffix(".00")
            thousand = _THOUSAND.match(owed, whole.end("n"))
            written = whole["n"] + (thousand.group() if thousand else "")
            figure = figure if "," in written or thousand else figure.replace(",", "")
            thing = f"{who}: {owed.replace(written, figure, 1)}"
            return told_again(span, last, thing, start, start + len(clause), extractor)
    if (paid or _ALL.search(clause)) and not _SOME.search(clause):
        return told_again(span, last, debt.object_name, start, start + len(clause), extractor, ends=ENDED)
    return None


def _value(text: str, amount: re.Match[str]) -> float:
    """A sum, with the "k" or "grand" behind it."""
    return value_of(amount) * (1000 if _THOUSAND.match(text, amount.end("n")) else 1)


def _went_the_other_way(clause: str, relation_name: str) -> bool:
    """Whether who is owed pays: "I gave Pranav 20" pays nothing of what Pranav owes me."""
    mine = _I_PAY.search(clause)
    got_back = re.search(r"(?i)\b(?:got|received)\b", clause)
    if got_back:
        return relation_name == "owes"
    if re.search(r"(?i)\b(?:quits|square|even|settled up)\b", clause):
        return False
    return bool(mine) != (relation_name == "owes")
