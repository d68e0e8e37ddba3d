"""What is known about the person and who is around them (Second Me's L1, MemoryBank's portrait), each line with its source.

Made from facts, promises and the memory tree each time it is asked for: it can't grow stale, and what a person rejects
(`facts reject`) or purges is gone from it at once. A model may tell the beginning of it in sentences of its own (the job
`portrait`), each of which went through the gate. A person may pin, hide and rewrite lines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from secondme.api import Profile, ProfileLine, ProfileSection, Progress
from secondme.clock import instant
from secondme.consolidation.summary_writer import gated, keep, memory_id, model_name, summary, written
from secondme.errors import NothingFound, UsageError
from secondme.facts.identity import ME
from secondme.facts.intervals import Fact, known
from secondme.facts.lexicon import KIN as KIN_WORDS
from secondme.facts.relations import RELATIONS, reading, tie
from secondme.jobs.job import Job, Run
from secondme.text.clean import listed
from secondme.text.entities import folded
from secondme.text.promises import promised
from storage.facts import ProfileEdit
from storage.store import Store
from storage.trees import NodeView

_TIE = re.compile(rf"\b(?:{'|'.join(KIN_WORDS)})\b")
TASTES = ("likes", "dislikes")
KIN = ("spouse", "child", "parent", "sibling", "friend", "boss", "doctor", "pet")
FIRST = ("name", "lives_in", "works_as", "works_at", "spouse")
"""What a short portrait and the card tell, in this order."""
CARD = (*FIRST, "child", "pet", "allergic_to", "likes")
PORTRAYED = frozenset((*FIRST, *TASTES, *KIN))
"""What a model may tell of in a portrait."""
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
PORTRAIT = "me"
SENTENCES = 4
FEWEST_SENTENCES = 2
ACTIONS = ("pinned", "hidden", "edited", "")


def profile(store: Store, now: datetime, me: Sequence[str] = (), *, as_of: str = "", hidden: bool = False) -> Profile:
    """Everything that holds on a day (an ISO date; empty: today). `me`: names by which I am called; `hidden`: also show
    lines that a person hid."""
    day = as_of or instant(now)[:10]
    found = [one for one in known(store, me)[0] if one.stance == "said"]
    holding = [one for one in found if one.holds(day)]
    mine = [one for one in holding if one.subject == ME]
    quotes = _Quotes(store, found)
    sections = (
        ("In short", _portrait(store, mine, quotes) if not as_of else _short(mine, quotes)),
        ("About you", _lines(_only(mine, but=(*TASTES, *KIN)), quotes)),
        ("People and pets", _people(holding, quotes)),
        ("What you like and don't", _lines(_only(mine, of=TASTES), quotes)),
        ("Promised", _promises(store, day)),
        ("Lately", _lately(found, day, quotes)),
        ("What your memory is about", _topics(store, now) if not as_of else iter(())),
    )
    edits = {one.id: one for one in store.facts.edits()}
    made = (ProfileSection(title, tuple(_edited(title, lines, edits, hidden=hidden))) for title, lines in sections)
    return Profile(day, tuple(section for section in made if section.lines))


def edit_line(store: Store, now: datetime, me: Sequence[str], line: str, action: str, text: str = "") -> Profile:
    """Pin, hide or rewrite a line of today's profile; an empty action takes back what was done. Returns the profile with
    all its lines. Raises NothingFound, UsageError."""
    if action not in ACTIONS or (action == "edited") != bool(text.strip()):
        raise UsageError("A line can be pinned, hidden or given another text.", "`secondme profile --help` shows how.")
    everything = profile(store, now, me, hidden=True)
    found = [one for section in everything.sections for one in section.lines if one.id.startswith(line)]
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
    """The most important of what holds now, in so many characters at most: what a model is told of who asks.

    What a person hid is not in it; what he pinned comes first, in his own words if he wrote it anew.
    """
    day = instant(now)[:10]
    edits = {one.id: one for one in store.facts.edits()}
    told = []
    for one in _only(_mine(store, me, day), of=CARD):
        text = _told(one)
        done = edits.get(_id(one))
        if done is not None and done.action == "hidden":
            continue
        if done is not None and done.action == "edited":
            text = done.text
        pinned = done is not None and done.action in ("pinned", "edited")
        told.append((not pinned, CARD.index(one.relation), text))
    fitting: list[str] = []
    for _, _, text in sorted(told):
        if len(text) + 2 > room:
            break
        room -= len(text) + 2
        fitting.append(text)
    return fitting


def _mine(store: Store, me: Sequence[str], day: str) -> list[Fact]:
    """What holds of me on a day, as it was said."""
    found, _ = known(store, me, about=(ME,))
    return [one for one in found if one.subject == ME and one.stance == "said" and one.holds(day)]


class _Quotes:
    """The words of facts, read at once."""

    def __init__(self, store: Store, found: Sequence[Fact]) -> None:
        spans = store.spans.by_id(list(dict.fromkeys(one.statements[0].span_id for one in found)))
        self._spans = spans

    def line(self, one: Fact, text: str) -> ProfileLine:
        """A line about a fact."""
        first = one.statements[0]
        span = self._spans[first.span_id].span
        quote = " ".join(span.text[first.start : first.end].split())
        spans = tuple(dict.fromkeys(row.span_id for row in one.statements))
        return ProfileLine(text, one.valid_from, spans, quote, _id(one), fact_id=one.id)


def _id(one: Fact) -> str:
    return _short_hash((one.subject, one.relation, one.object))


def _short_hash(what: object, length: int = 8) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:length]


def _edited(
    title: str, lines: Iterator[ProfileLine], edits: dict[str, ProfileEdit], *, hidden: bool
) -> Iterator[ProfileLine]:
    """Lines as a person left them: pinned ones first, hidden ones gone, rewritten ones in his words."""
    told = []
    for line in lines:
        name = line.id or _short_hash((title, line.text))
        done = edits.get(name)
        action = done.action if done else ""
        text = done.text if done and action == "edited" else line.text
        if action != "hidden" or hidden:
            told.append(replace(line, id=name, action=action, text=text))
    yield from sorted(told, key=lambda line: line.action != "pinned")


def _only(found: Sequence[Fact], *, of: Sequence[str] = (), but: Sequence[str] = ()) -> list[Fact]:
    order = list(RELATIONS)
    kept = [one for one in found if (not of or one.relation in of) and one.relation not in but]
    return sorted(kept, key=lambda one: (order.index(one.relation), one.valid_from, one.object))


def _lines(found: Sequence[Fact], quotes: _Quotes) -> Iterator[ProfileLine]:
    for one in found:
        yield quotes.line(one, _told(one))


def _portrait(store: Store, mine: Sequence[Fact], quotes: _Quotes) -> Iterator[ProfileLine]:
    """What a model wrote, if it still rests on what holds; else the same told plainly."""
    memory = store.memories.about(f"portrait:{PORTRAIT}")
    if memory is None or not memory.sentences or memory.digest != _digest(mine):
        yield from _short(mine, quotes)
        return
    for text, sentence in zip(store.memories.texts(memory), memory.sentences, strict=True):
        yield ProfileLine(text, "", sentence.sources, f"written by {memory.model}")


def _short(mine: Sequence[Fact], quotes: _Quotes) -> Iterator[ProfileLine]:
    """One sentence of the first things that hold."""
    found = sorted((one for one in mine if one.relation in FIRST), key=lambda one: FIRST.index(one.relation))
    if len(found) < 2:
        return
    told = [reading(one.relation, one.object_name, you=True) for one in found]
    line = quotes.line(found[0], f"You {listed(told)}.")
    yield replace(line, since="", span_ids=tuple(dict.fromkeys(one.statements[0].span_id for one in found)), id="")


def _digest(mine: Sequence[Fact]) -> str:
    return _short_hash(sorted((one.relation, one.object) for one in mine if one.relation in PORTRAYED), 16)


def _people(holding: Sequence[Fact], quotes: _Quotes) -> Iterator[ProfileLine]:
    """Who belongs to me, each with what is known of them; then others of whom something is known."""
    of_others: dict[str, list[Fact]] = {}
    for one in holding:
        if one.subject != ME:
            of_others.setdefault(one.subject, []).append(one)
    for one in _only([one for one in holding if one.subject == ME], of=KIN):
        more = "".join(f"; {_told(fact)}" for fact in _only(of_others.pop(one.object, [])))
        line = quotes.line(one, "")
        yield replace(line, text=f"{one.object_name}: your {_tie(one.relation, line.quote)}{more}")
    for about in of_others.values():
        facts_of = _only(about)
        told = "; ".join(map(_told, facts_of))
        yield quotes.line(facts_of[0], f"{facts_of[0].subject_name}: {told}")


def _told(one: Fact) -> str:
    return reading(one.relation, one.object_name)


def _tie(relation: str, quote: str) -> str:
    """The word for a tie: the one that was said, if there is one."""
    said = next((word for word in _TIE.findall(quote.lower()) if KIN_WORDS.get(word) == relation), "")
    return said or tie(relation)


def _promises(store: Store, day: str) -> Iterator[ProfileLine]:
    """What I said that I would do, on a day still to come."""
    due = store.fading.due_after(day, PROMISES * 5)
    spans = store.spans.by_seq([seq for seq, _ in due])
    for seq, until in due:
        found = spans.get(seq)
        if found is None or not found.live or not promised(found.span.text):
            continue
        said = (found.span.happened_at or "")[:10]
        if said <= day:
            text = " ".join(found.span.text.split())[:160]
            yield ProfileLine(f"until {until[:10]}: {text}", said, (found.span.id,), text)


def _lately(found: Sequence[Fact], day: str, quotes: _Quotes) -> Iterator[ProfileLine]:
    """What began or ended in the last weeks of what holds one value at a time, the latest first."""
    since = (date.fromisoformat(day) - timedelta(days=LATELY)).isoformat()
    news: list[tuple[str, str, Fact]] = []
    for one in found:
        if RELATIONS[one.relation].many or one.relation in ("age", "birthday", "name"):
            continue
        whose = "you" if one.subject == ME else one.subject_name
        said = reading(one.relation, one.object_name, you=one.subject == ME)
        if one.valid_to and since < one.valid_to <= day:
            news.append((one.valid_to, f"{whose} no longer {said}", one))
        elif since < one.valid_from <= day and not one.valid_to:
            news.append((one.valid_from, f"{whose} {said}", one))
    for at, text, one in sorted(news, key=lambda entry: (entry[0], entry[1]), reverse=True):
        yield replace(quotes.line(one, text), since=at, id="")


def _topics(store: Store, now: datetime) -> Iterator[ProfileLine]:
    live = store.trees.live()
    if live is None:
        return
    moments = [instant(now - timedelta(days=days)) for days in (2 * TREND, TREND, 0)]
    for view in _broad(store, store.trees.root(live)):
        if not view.texts or view.size < SMALLEST_TOPIC:
            continue
        before, lately = store.trees.counts_between(view.id, moments)
        told = " ".join(view.texts[0].split())[:120]
        spans = store.spans.by_seq(store.trees.speakers_for(view.id))
        cites = tuple(one.span.id for one in spans.values())[:3]
        yield ProfileLine(f"{view.size:,} passages{_trend(before, lately)} such as “{told}”", "", cites, told)


def _broad(store: Store, root: int) -> list[NodeView]:
    """The largest nodes below the root; one that holds most of everything is opened."""
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


class Portrait(Job):
    """The job that has a model tell in a few sentences what holds of me. Without a model the profile tells it plainly."""

    name = "portrait"
    title = "Tell in a few sentences who you are, each with its sources"

    def __init__(self, me: Callable[[], Sequence[str]]) -> None:
        """`me`: names by which I am called."""
        self._me = me

    def steps(self, run: Run) -> Iterator[Progress]:
        """One portrait, when what holds has changed."""
        store = run.store
        if run.model is None:
            return
        day = instant(run.now)[:10]
        mine = [one for one in _mine(store, self._me(), day) if one.relation in PORTRAYED]
        about, digest = f"portrait:{PORTRAIT}", _digest(mine)
        held = store.memories.about(about)
        undone = store.runs.undone_keys("memories", "portrait written")
        if not mine or (held and held.digest == digest) or memory_id(about, digest, model_name(run)) in undone:
            return
        cited = list(dict.fromkeys(one.statements[-1].span_id for one in mine))
        spans = store.memories.told(store.spans.seqs(cited))
        kept = []
        for begin in range(0, len(spans), SENTENCES):
            group = spans[begin : begin + SENTENCES]
            texts = written(run, group)
            with run.step() as step:
                kept += gated(step, texts, group)
            yield Progress("telling", min(begin + SENTENCES, len(spans)), len(spans), "passages")
        names = [folded(name) for name in self._me() if name]
        told = [one for one in kept if any(name in folded(one.text) for name in names)]
        with run.step() as step:  # a sentence or two about "her" is no portrait: the profile tells it plainly then
            found = told[:SENTENCES] if len(told) >= FEWEST_SENTENCES else []
            keep(step, store, summary(run, "portrait", about, digest, found))
