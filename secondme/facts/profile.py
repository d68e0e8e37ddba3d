"""What is known about the person and who is around them, each line with its source (Second Me's L1, MemoryBank's
portrait).

Made from facts, promises and the memory tree each time it is asked for: it can't grow stale, and what a person rejects
(`facts reject`) or purges is gone from it at once. A model may write the beginning of it in sentences of its own
(`portrait.py`), each of which went through the gate. A person may pin, hide and rewrite lines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from secondme.api import Profile, ProfileLine, ProfileSection
from secondme.clock import instant
from secondme.errors import NothingFound, UsageError
from secondme.facts.identity import ME
from secondme.facts.intervals import Fact, known_facts
from secondme.facts.relations import Relation, all_relations
from secondme.facts.relations.relation import Section
from secondme.text.clean import join_words
from secondme.text.collation import collation_key
from secondme.text.promises import has_promise
from storage.facts import ProfileEdit
from storage.store import Store
from storage.trees import NodeView

SHORT = 5
"""The first places of the card (`Relation.card`) are the profile's first sentence."""
TOPICS = 6
PROMISES = 20
LATELY = 60
"""Days in which a change is news."""
LARGEST_TOPIC = 0.4
"""A topic that is a larger share of everything is shown as what is in it."""
SMALLEST_TOPIC = 3
TREND = 30
"""Days that are compared with as many before, for the trend of a topic."""
RISING = 1.5
PORTRAIT = "portrait:me"
"""What the summary is about that the job `portrait` writes."""
ACTIONS = ("pinned", "hidden", "edited", "")


def profile(store: Store, now: datetime, me: Sequence[str] = (), *, as_of: str = "", hidden: bool = False) -> Profile:
    """Everything that holds on a day (an ISO date; empty: today). `me`: names by which I am called; `hidden`: also show
    lines that a person hid."""
    day = as_of or instant(now)[:10]
    found = [fact for fact in known_facts(store, me)[0] if fact.stance == "said"]
    holding = [fact for fact in found if fact.holds(day)]
    mine = [fact for fact in holding if fact.subject == ME]
    quotes = _Quotes(store, found)
    sections = (
        ("In short", _portrait(store, mine, quotes) if not as_of else _short(mine, quotes)),
        ("About you", _lines(_section(mine, "about"), quotes)),
        ("People and pets", _people(holding, quotes)),
        ("What you like and don't", _lines(_section(mine, "tastes"), quotes)),
        ("Promised", _promises(store, day)),
        ("Lately", _lately(found, day, quotes)),
        ("What your memory is about", _topics(store, now) if not as_of else iter(())),
    )
    edits = {edit.id: edit for edit in store.facts.edits()}
    made = (ProfileSection(title, tuple(_edited(title, lines, edits, hidden=hidden))) for title, lines in sections)
    return Profile(day, tuple(section for section in made if section.lines))


def edit_line(store: Store, now: datetime, me: Sequence[str], line: str, action: str, text: str = "") -> Profile:
    """Pin, hide or rewrite a line of today's profile; an empty action takes that back. Returns the profile with all its
    lines. Raises NothingFound, UsageError."""
    if action not in ACTIONS or (action == "edited") != bool(text.strip()):
        raise UsageError("A line can be pinned, hidden or given another text.", "`secondme profile --help` shows how.")
    everything = profile(store, now, me, hidden=True)
    found = [shown for section in everything.sections for shown in section.lines if shown.id.startswith(line)]
    if len(found) != 1 or not line:
        raise NothingFound(
            f"{'Several lines begin' if found else 'No line begins'} with {line}.",
            "`secondme profile` shows their ids.",
        )
    if not found[0].span_ids:
        raise UsageError("This line rests on nothing that could be kept with it.", "Change what it is about.")
    edit = ProfileEdit(found[0].id, action, " ".join(text.split()), instant(now), found[0].span_ids[0])
    store.facts.edit(edit)
    return profile(store, now, me, hidden=True)


def card(store: Store, now: datetime, me: Sequence[str], room: int) -> list[str]:
    """The most important of what holds now, in `room` characters at most: what a prompt says of who asks.

    What a person hid is not in it; what they pinned comes first, in their own words if they wrote it anew.
    """
    day = instant(now)[:10]
    edits = {edit.id: edit for edit in store.facts.edits()}
    lines = []
    for fact in _sorted(fact for fact in facts_of_me(store, me, day) if fact.kind.card):
        text = _clause(fact)
        edit = edits.get(_id(fact))
        if edit is not None and edit.action == "hidden":
            continue
        if edit is not None and edit.action == "edited":
            text = edit.text
        pinned = edit is not None and edit.action in ("pinned", "edited")
        lines.append((not pinned, fact.kind.card, text))
    fitting: list[str] = []
    for _, _, text in sorted(lines):
        if len(text) + 2 > room:
            break
        room -= len(text) + 2
        fitting.append(text)
    return fitting


def facts_of_me(store: Store, me: Sequence[str], day: str) -> list[Fact]:
    """What holds of me on a day, as it was said."""
    found, _ = known_facts(store, me, about=(ME,))
    return [fact for fact in found if fact.subject == ME and fact.stance == "said" and fact.holds(day)]


class _Quotes:
    """The words of facts, read at once."""

    def __init__(self, store: Store, found: Sequence[Fact]) -> None:
        spans = store.spans.by_id(list(dict.fromkeys(fact.statements[0].span_id for fact in found)))
        self._spans = spans

    def line(self, fact: Fact, text: str) -> ProfileLine:
        """A line about a fact."""
        first = fact.statements[0]
        span = self._spans[first.span_id].span
        quote = " ".join(span.text[first.start : first.end].split())
        spans = tuple(dict.fromkeys(row.span_id for row in fact.statements))
        return ProfileLine(text, fact.valid_from, spans, quote, _id(fact), fact_id=fact.id)


def _id(fact: Fact) -> str:
    return _short_hash((fact.subject, fact.relation, fact.object))


def _short_hash(value: object, length: int = 8) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:length]


def _edited(
    title: str, lines: Iterator[ProfileLine], edits: dict[str, ProfileEdit], *, hidden: bool
) -> Iterator[ProfileLine]:
    """Lines as a person left them: pinned lines first, hidden lines gone, rewritten lines in that person's words."""
    shown = []
    for line in lines:
        name = line.id or _short_hash((title, line.text))
        edit = edits.get(name)
        action = edit.action if edit else ""
        text = edit.text if edit and action == "edited" else line.text
        if action != "hidden" or hidden:
            shown.append(replace(line, id=name, action=action, text=text))
    yield from sorted(shown, key=lambda line: line.action != "pinned")


def _section(found: Sequence[Fact], section: Section) -> list[Fact]:
    return _sorted(fact for fact in found if fact.kind.section == section)


def _sorted(found: Iterable[Fact]) -> list[Fact]:
    """Facts in the order of their relations, then of time."""
    order = all_relations().order
    return sorted(found, key=lambda fact: (order[fact.relation], fact.valid_from, fact.object))


def _lines(found: Sequence[Fact], quotes: _Quotes) -> Iterator[ProfileLine]:
    for fact in found:
        yield quotes.line(fact, _clause(fact))


def _portrait(store: Store, mine: Sequence[Fact], quotes: _Quotes) -> Iterator[ProfileLine]:
    """What a model wrote, if it still rests on what holds; else the same in plain clauses."""
    memory = store.memories.about(PORTRAIT)
    if memory is None or not memory.sentences or memory.digest != portrait_digest(mine):
        yield from _short(mine, quotes)
        return
    for text, sentence in zip(store.memories.texts(memory), memory.sentences, strict=True):
        yield ProfileLine(text, "", sentence.sources, f"written by {memory.model}")


def _short(mine: Sequence[Fact], quotes: _Quotes) -> Iterator[ProfileLine]:
    """One sentence of the first things that hold."""
    found = sorted((fact for fact in mine if 0 < fact.kind.card <= SHORT), key=lambda fact: fact.kind.card)
    if len(found) < 2:
        return
    clauses = [fact.kind.clause(fact.object_name, you=True) for fact in found]
    line = quotes.line(found[0], f"You {join_words(clauses)}.")
    yield replace(line, since="", span_ids=tuple(dict.fromkeys(fact.statements[0].span_id for fact in found)), id="")


def is_portrayed(fact: Fact) -> bool:
    """Whether a model may write of it in a portrait."""
    return fact.kind.section != "about" or 0 < fact.kind.card <= SHORT


def portrait_digest(mine: Sequence[Fact]) -> str:
    """Of what a portrait would rest on; another digest means that it no longer holds."""
    return _short_hash(sorted((fact.relation, fact.object) for fact in mine if is_portrayed(fact)), 16)


def _people(holding: Sequence[Fact], quotes: _Quotes) -> Iterator[ProfileLine]:
    """Who belongs to me, each with what is known of them; then others of whom something is known."""
    of_others: dict[str, list[Fact]] = {}
    for fact in holding:
        if fact.subject != ME:
            of_others.setdefault(fact.subject, []).append(fact)
    for tie in _section([fact for fact in holding if fact.subject == ME], "people"):
        line = quotes.line(tie, "")
        role, parted, name = tie.object_name.partition(": ")
        name, word = (name, role) if parted else (tie.object_name, tie_word(tie.kind, line.quote))
        theirs = of_others.pop(tie.object.removeprefix(f"{role.lower()}: "), [])
        more = "".join(f"; {_clause(fact)}" for fact in _sorted(theirs))
        yield replace(line, text=f"{name}: your {word}{more}")
    for about in sorted(of_others.values(), key=lambda theirs: collation_key(theirs[0].subject_name)):
        facts = _sorted(about)
        yield quotes.line(facts[0], f"{facts[0].subject_name}: {'; '.join(map(_clause, facts))}")


def _clause(fact: Fact) -> str:
    return fact.kind.clause(fact.object_name)


def tie_word(relation: Relation, quote: str) -> str:
    """The word for a tie: the word that was said, if there is one."""
    ties = all_relations().ties
    words = re.findall(rf"\b(?:{'|'.join(ties)})\b", quote.lower())
    return next((word for word in words if ties.get(word) is relation), "") or relation.tie or relation.name


def said_tie(store: Store, fact: Fact) -> str:
    """The word that was said first for a tie: "sister", not "brother or sister"."""
    first = fact.statements[0]
    span = store.spans.by_id([first.span_id]).get(first.span_id)
    return tie_word(fact.kind, span.span.text[first.start : first.end] if span else "")


def _promises(store: Store, day: str) -> Iterator[ProfileLine]:
    """What I said that I would do, on a day still to come."""
    due = store.fading.due_after(day, PROMISES * 5)
    spans = store.spans.by_seq([seq for seq, _ in due])
    for seq, until in due:
        found = spans.get(seq)
        if found is None or not found.live or not has_promise(found.span.text):
            continue
        said = (found.span.happened_at or "")[:10]
        if said <= day:
            text = " ".join(found.span.text.split())[:160]
            last = datetime.fromisoformat(until) - timedelta(
                seconds=1
            )  # until the end of the day, not until the next begins
            yield ProfileLine(f"until {last.date().isoformat()}: {text}", said, (found.span.id,), text)


def _lately(found: Sequence[Fact], day: str, quotes: _Quotes) -> Iterator[ProfileLine]:
    """What began or ended in the last weeks of what holds one value at a time, the latest first."""
    since = (date.fromisoformat(day) - timedelta(days=LATELY)).isoformat()
    news: list[tuple[str, str, Fact]] = []
    for fact in found:
        if fact.kind.many or not fact.kind.news:
            continue
        whose = "you" if fact.subject == ME else fact.subject_name
        clause = fact.kind.clause(fact.object_name, you=fact.subject == ME)
        if fact.valid_to and since < fact.valid_to <= day:
            news.append((fact.valid_to, f"{whose} no longer {clause}", fact))
        elif since < fact.valid_from <= day and not fact.valid_to:
            news.append((fact.valid_from, f"{whose} {clause}", fact))
    for at, text, fact in sorted(news, key=lambda entry: (entry[0], entry[1]), reverse=True):
        yield replace(quotes.line(fact, text), since=at, id="")


def _topics(store: Store, now: datetime) -> Iterator[ProfileLine]:
    live = store.trees.live()
    if live is None:
        return
    moments = [instant(now - timedelta(days=days)) for days in (2 * TREND, TREND, 0)]
    for view in _broad(store, store.trees.root(live)):
        if not view.texts or view.size < SMALLEST_TOPIC:
            continue
        before, lately = store.trees.counts_between(view.id, moments)
        example = " ".join(view.texts[0].split())[:120]
        spans = store.spans.by_seq(store.trees.sentence_spans(view.id))
        cites = tuple(found.span.id for found in spans.values())[:3]
        yield ProfileLine(f"{view.size:,} passages{_trend(before, lately)} such as “{example}”", "", cites, example)


def _broad(store: Store, root: int) -> list[NodeView]:
    """The largest nodes below the root; a node that holds most of everything gives way to its children."""
    found = store.trees.views(root)
    total = sum(view.size for view in found)
    while found and len(found) < 2 * TOPICS and found[0].size > LARGEST_TOPIC * total:
        inside = store.trees.views(found[0].id)
        if len(inside) < 2:
            break
        found = sorted([*inside, *found[1:]], key=lambda view: -view.size)
    return found[:TOPICS]


def _trend(before: int, lately: int) -> str:
    if lately + before < RISING * 2:
        return ""
    if lately >= RISING * before:
        return f" (more of late: {lately} in {TREND} days, {before} before)"
    if before >= RISING * lately:
        return f" (less of late: {lately} in {TREND} days, {before} before)"
    return f" ({lately} in the last {TREND} days)"
