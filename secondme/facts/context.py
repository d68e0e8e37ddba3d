"""What a statement means beside what was said before it: "moved here", "no, 3 not 4", "it's Declan now"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from secondme.facts.corrections import correction_of
from secondme.facts.endings import endings
from secondme.facts.identity import ME
from secondme.facts.intervals import facts
from secondme.facts.payments import payments
from secondme.facts.phrases import Pattern
from secondme.facts.relations import relation
from secondme.facts.relations.relation import HERE
from secondme.facts.starts import ENDED
from secondme.facts.statement import Refusal
from secondme.ids import derived_id
from secondme.text.entities import fold_name
from storage.facts import StatementRow, Unread
from storage.store import Store

Again: TypeAlias = Callable[[Unread], "list[StatementRow | Refusal]"]
TOLD_BEFORE = 3
"""So many earlier messages with statements may be what a correction is of."""
RECENT = timedelta(hours=6)
"""How long after a statement a message that only names another value corrects it."""
_VALUE = r"[\w'’À-ÿ-]+( [A-ZÀ-Þ][\w'’-]+)?"
_SORRY = (
    r"(no|nope|sorry|oops|ups|wait|actually|correction|my bad|typo|got that wrong|i meant|i mean|make that"
    r"|scratch that)"
)
_IT_IS = r"(it'?s|its|it is|that'?s|i meant|i mean|make that|should be|should have been|(he|she)'?s( called)?)"
_CORRECTIONS = (
    # "no, 3 not 4"; "it's 3, not 4"
    Pattern(
        rf"(?i:^\W*({_SORRY}[\s,:.!–—-]*)*({_IT_IS} )?)(?P<new>{_VALUE}),? (?i:and )?not (?P<old>{_VALUE})[\s.!]*$"
    ),
    Pattern(
        rf"(?i:^\W*({_SORRY}[\s,:.!–—-]*)*({_IT_IS} )?not )(?P<old>{_VALUE})(,| but|, but) (?P<new>{_VALUE})[\s.!]*$"
    ),
    # "sorry, I meant 3"
    Pattern(rf"(?i:^\W*({_SORRY}[\s,:.!–—-]*)+({_IT_IS} )?)(?P<new>{_VALUE})[\s.!]*$"),
    # "it's Declan now"
    Pattern(rf"(?i:^\W*(it'?s|its) )(?P<new>{_VALUE})(?i: now| these days)[\s.!]*$"),
)
_NUMBER = re.compile(r"\d[\d.,]*")


def in_context(
    store: Store, read: Iterable[tuple[Unread, list[StatementRow | Refusal]]], extractor: str, again: Again
) -> list[tuple[Unread, list[StatementRow | Refusal]]]:
    """What spans state, in order, with what it means beside what was stated before, in the store and among them.

    `again` reads a span whose text was put right.
    """
    found: list[tuple[Unread, list[StatementRow | Refusal]]] = []
    for span, entries in read:
        earlier = [row for _, others in found for row in others if isinstance(row, StatementRow)]
        placed: list[StatementRow | Refusal] = []
        for entry in entries:
            if isinstance(entry, StatementRow) and entry.object == HERE:
                placed += _at_home(store, entry, earlier)
            else:
                placed.append(entry)
        if not entries and span.role == "me" and span.happened_at:
            texts = {other.id: other.text for other, _ in found}
            placed += _corrections(store, span, earlier, extractor) or _put_right(store, span, earlier, texts, again)
        placed += payments(store, span, earlier, extractor)
        placed += _not_said(endings(store, span, earlier, extractor), placed)
        found.append((span, placed))
    return found


def _not_said(over: Sequence[StatementRow], placed: Sequence[StatementRow | Refusal]) -> list[StatementRow]:
    """What is over by its name, but of what the message itself says that it begins or ends."""
    said = {(row.relation, row.object) for row in placed if isinstance(row, StatementRow)}
    return [row for row in over if (row.relation, row.object) not in said]


def _at_home(store: Store, row: StatementRow, earlier: Sequence[StatementRow]) -> list[StatementRow]:
    """A statement about "here", with the place where I lived when it was said; none where that is not known."""
    mine = [*store.facts.statements(about=(ME,)), *(other for other in earlier if other.subject == ME)]
    day = row.said_at[:10]
    homes = [f for f in facts(mine) if (f.subject, f.relation, f.stance) == (ME, "lives_in", "said") and f.holds(day)]
    if not homes:
        return []
    return [replace(row, object=homes[-1].object, object_name=homes[-1].object_name)]


def _corrections(store: Store, span: Unread, earlier: Sequence[StatementRow], extractor: str) -> list[StatementRow]:
    """What a message that does nothing but name another value makes of the last statement with such a value."""
    match = next((match for pattern in _CORRECTIONS if (match := pattern.match(span.text))), None)
    if match is None:
        return []
    new, old = match["new"], match.groupdict().get("old") or ""
    said = datetime.fromisoformat(span.happened_at or span.recorded_at)
    before = [
        row
        for row in (*store.facts.statements(), *earlier)
        if row.stance == "said"
        and not row.ends
        and row.span_id != span.id
        and row.said_at <= (span.happened_at or "")
        and (old or said - datetime.fromisoformat(row.said_at) <= RECENT)
    ]
    for row in sorted(before, key=lambda row: (row.said_at, row.start), reverse=True):
        value = _value(row)
        if (fold_name(old) == fold_name(value)) if old else _alike(new, value):
            return _replaced(span, row, value, new, match.start("new"), match.end("new"), extractor)
    return []


def _put_right(
    store: Store, span: Unread, earlier: Sequence[StatementRow], texts: Mapping[str, str], again: Again
) -> list[StatementRow]:
    """What the last statements say with the value in them that a message puts right ("no hang on, the 9th").

    `texts`: of spans that are read with this one, by their ids.
    """
    said = datetime.fromisoformat(span.happened_at or span.recorded_at)
    told = [
        row
        for row in (*store.facts.statements(), *earlier)
        if row.span_id != span.id
        and row.said_at <= (span.happened_at or "")
        and said - datetime.fromisoformat(row.said_at) <= RECENT
    ]
    told.sort(key=lambda row: row.said_at, reverse=True)
    for span_id in list(dict.fromkeys(row.span_id for row in told))[:TOLD_BEFORE]:
        stored = store.spans.by_id([span_id]).get(span_id)
        text = stored.span.text if stored else texts.get(span_id, "")
        correction = correction_of(span.text, text)
        if correction is None:
            continue
        wrong = {_said(row): row for row in again(replace(span, text=text)) if isinstance(row, StatementRow)}
        right = {
            _said(row): row for row in again(replace(span, text=correction.statement)) if isinstance(row, StatementRow)
        }
        start = max(span.text.find(correction.new), 0)
        made = [right[key] for key in right if key not in wrong]
        over = [
            replace(wrong[key], ends=ENDED, valid_from=(span.happened_at or "")[:10], precision="said")
            for key in wrong
            if key not in right and made and relation(wrong[key].relation).many
        ]
        return [replace(row, start=start, end=start + len(correction.new)) for row in (*made, *over)]
    return []


def _said(row: StatementRow) -> tuple[str, str, str]:
    return row.subject, row.relation, row.object


def _value(row: StatementRow) -> str:
    """The word of an object that a correction can replace: its number, or the whole of it without its kind."""
    number = _NUMBER.search(row.object_name)
    return number.group().rstrip(".,") if number else row.object_name.rpartition(": ")[2]


def _alike(new: str, value: str) -> bool:
    """Whether two values are of one form: numbers, or names."""
    if _NUMBER.fullmatch(new) or _NUMBER.fullmatch(value):
        return bool(_NUMBER.fullmatch(new) and _NUMBER.fullmatch(value))
    return new[:1].isupper() and value[:1].isupper()


def _replaced(
    span: Unread, row: StatementRow, value: str, new: str, start: int, end: int, extractor: str
) -> list[StatementRow]:
    """The statement with the new value; of what may have several, the old value ends."""
    kind = relation(row.relation)
    name = row.object_name.replace(value, new)
    if fold_name(name) == fold_name(row.object_name):
        return []
    key = kind.key(name)
    here = replace(
        row, span_id=span.id, start=start, end=end, recorded_at=span.recorded_at, said_at=span.happened_at or "",
        extractor=extractor,
    )  # fmt: skip
    day = row.valid_from if row.precision.startswith(("told", "planned")) else (span.happened_at or "")[:10]
    number = derived_id("statement", span.id, start, row.relation, key)
    made = replace(here, id=number, object=key, object_name=name, valid_from=day)
    if not kind.many:
        return [made]
    today = (span.happened_at or "")[:10]
    number = derived_id("statement", span.id, start, row.relation, row.object)
    over = replace(here, id=number, ends=ENDED, valid_from=today, precision="said")
    return [made, over]
