"""What is known about the person and who is around them (Second Me's L1, MemoryBank's portrait), each line with its source.

Made from facts, promises and the memory tree each time it is asked for: it can't grow stale, and what a person rejects
(`facts reject`) or purges is gone from it at once. No model takes part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from secondme.api import Profile, ProfileLine, ProfileSection
from secondme.clock import instant
from secondme.facts import Fact, facts
from secondme.forgetting import promised
from secondme.learning import ME
from secondme.relations import RELATIONS
from storage.store import Store

TASTES = ("likes", "dislikes")
KIN = ("spouse", "child", "parent", "sibling", "friend", "boss", "doctor", "pet")
TOPICS = 6
PROMISES = 20


def profile(store: Store, now: datetime, *, as_of: str = "") -> Profile:
    """Everything that holds on a day (an ISO date; empty: today)."""
    day = as_of or instant(now)[:10]
    holding = [one for one in facts(store.facts.statements()) if one.holds(day) and one.stance == "said"]
    mine = [one for one in holding if one.subject == ME]
    sections = (
        ProfileSection("About you", tuple(_lines(store, _only(mine, but=(*TASTES, *KIN))))),
        ProfileSection("People and pets", tuple(_people(store, holding))),
        ProfileSection("What you like and don't", tuple(_lines(store, _only(mine, of=TASTES)))),
        ProfileSection("Promised", tuple(_promises(store, now)) if not as_of else ()),
        ProfileSection("What your memory is about", tuple(_topics(store)) if not as_of else ()),
    )
    return Profile(day, tuple(section for section in sections if section.lines))


def _only(found: Sequence[Fact], *, of: Sequence[str] = (), but: Sequence[str] = ()) -> list[Fact]:
    order = list(RELATIONS)
    kept = [one for one in found if (not of or one.relation in of) and one.relation not in but]
    return sorted(kept, key=lambda one: (order.index(one.relation), one.valid_from, one.object))


def _lines(store: Store, found: Sequence[Fact]) -> Iterator[ProfileLine]:
    for one in found:
        yield _line(store, one, f"{RELATIONS[one.relation].reads} {one.object_name}")


def _line(store: Store, one: Fact, text: str) -> ProfileLine:
    first = one.statements[0]
    span = store.spans.by_id([first.span_id])[first.span_id].span
    quote = " ".join(span.text[first.start : first.end].split())
    return ProfileLine(text, one.valid_from, tuple(dict.fromkeys(row.span_id for row in one.statements)), quote)


def _people(store: Store, holding: Sequence[Fact]) -> Iterator[ProfileLine]:
    """Who belongs to me, each with what is known of them; then others of whom something is known."""
    of_others: dict[str, list[Fact]] = {}
    for one in holding:
        if one.subject != ME:
            of_others.setdefault(one.subject, []).append(one)
    for tie in _only([one for one in holding if one.subject == ME], of=KIN):
        known = _only(of_others.pop(tie.object, []))
        more = "".join(f"; {RELATIONS[one.relation].reads} {one.object_name}" for one in known)
        yield _line(store, tie, f"{tie.object_name}: your {_tie(tie.relation)}{more}")
    for about in of_others.values():
        known = _only(about)
        told = "; ".join(f"{RELATIONS[one.relation].reads} {one.object_name}" for one in known)
        yield _line(store, known[0], f"{known[0].subject_name}: {told}")


def _tie(relation: str) -> str:
    return {"spouse": "partner", "sibling": "brother or sister"}.get(relation, relation)


def _promises(store: Store, now: datetime) -> Iterator[ProfileLine]:
    for seq, due in store.fading.due_after(instant(now), PROMISES * 5):
        found = store.spans.by_seq([seq]).get(seq)
        if found is not None and found.live and promised(found.span.text):
            text = " ".join(found.span.text.split())[:160]
            yield ProfileLine(f"until {due[:10]}: {text}", (found.span.happened_at or "")[:10], (found.span.id,), text)


def _topics(store: Store) -> Iterator[ProfileLine]:
    live = store.trees.live()
    if live is None:
        return
    for view in store.trees.views(store.trees.root(live))[:TOPICS]:
        if view.texts:
            told = " ".join(view.texts[0].split())[:120]
            spans = store.spans.by_seq(store.trees.speakers_for(view.id))
            yield ProfileLine(
                f"{view.size:,} passages such as “{told}”", "", tuple(one.span.id for one in spans.values())[:3], told
            )
