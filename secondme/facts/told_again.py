"""A statement by which a message goes on from one that was told before it: what is left of it, or that it is over."""

from __future__ import annotations

from dataclasses import replace

from secondme.facts.relations import relation
from secondme.ids import derived_id
from storage.facts import StatementRow, Unread


def told_again(
    span: Unread, last: StatementRow, thing: str, start: int, end: int, extractor: str, *, ends: int = 0
) -> StatementRow:
    """A row like `last`, of `thing`, that `start` to `end` of a span states; `ends` as in `StatementRow`."""
    key = relation(last.relation).key(thing)
    return replace(
        last,
        id=derived_id("statement", span.id, start, last.relation, key),
        object=key,
        object_name=thing,
        span_id=span.id,
        start=start,
        end=end,
        ends=ends,
        valid_from=(span.happened_at or "")[:10],
        precision="said",
        recorded_at=span.recorded_at,
        said_at=span.happened_at or "",
        extractor=extractor,
    )
