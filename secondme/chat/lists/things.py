"""Things of a kind: the books that were read, the places that were visited, the bills that were paid."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from secondme.chat.list_question import ListQuestion
from secondme.chat.lists.gathered import Gathered, gathered
from secondme.chat.lists.labels import TO_COME, UNDONE, clauses, in_few_words, persons_of, things_named
from secondme.chat.lists.lines import Line, is_noise, lines_of
from secondme.chat.lists.sources import Sources
from secondme.chat.lists.verbs import KINDS, Kind, alike_verbs, forms, kind_of
from secondme.facts.phrases import Pattern
from secondme.text.entities import fold_name
from secondme.text.terms import content_stems, stem

EMPTY_VERBS = frozenset("""
    have has had got mention mentioned know list name be been do did told said talk talked say note noted keep own use
    used
""".split())  # fmt: skip
"""Verbs that say nothing of what was done with a thing."""
LONG, ENDING = 7, 3
"""A noun of so many letters is known again where all but its last letters agree: "allergies", "allergic"."""
COMPARED = 40
"""Lines that are compared with the kind by their meaning."""
NEAR_BEST = 0.6
"""The least share of the best closeness to the kind that another line has."""
LEAST_NEAR = 0.15
"""What is farther from the kind is none of it."""
ALIKE_NEAR = 0.24
"""The least closeness of a line to an event that it does not name: "heard sevdah in a cellar" comes to .30 for
concerts, "went to the dentist" to .16."""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<![\d.,:])\d+(?![\d,:]|\.\d)")
_NOBODY = r"(?:We|I|\w+ly|Today|Yesterday|Tonight|Just|Also|Then|Already|Have|Had|Never|Once)\b"
_OF_ANOTHER = re.compile(rf"(?:\b[Hh]e|\b[Ss]he|\b[Tt]hey|\b[Yy]ou|\b[Ww]ho|\b(?!{_NOBODY})[A-ZÀ-Þ][\w'-]+)$")
_GOES_ON = Pattern(
    r"(?i)\W*((the )?((day|night|week|weekend|month|year|time|one) )?(before|afore|after)( that| it)?|then|and then"
    r"|also|next|another|and|plus|too|as well|earlier)\b"
)


@dataclass(frozen=True)
class _Asked:
    """The kind, the stems of its nouns and of the verbs that were asked for."""

    kind: Kind | None
    noun: str
    nouns: frozenset[str]
    verbs: frozenset[str]
    done: bool
    """Whether only what was done counts."""
    planned: bool


def gather_things(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered | None:
    """Lines that tell of things of the kind that was asked for, and their names where they have any."""
    wanted = _wanted(asked)
    words = [*wanted.verbs, *wanted.nouns]
    spans = sources.spans(words=words, meaning=asked.text, window=asked.window, now=now, but=but)
    lines = [line for line in lines_of(spans) if not is_noise(line) and (line.mine or not line.span.span.speaker)]
    people = persons_of([line.text for line in lines]) | _known_people(sources)
    narrowed = set(content_stems(asked.kind)) - wanted.nouns
    chosen: list[tuple[Line, list[str]]] = []
    for line in lines:
        follows = bool(chosen) and chosen[-1][0].span is line.span and bool(_GOES_ON.match(line.text))
        names = _things(line, wanted, people, follows=follows)
        if names is not None and (not narrowed or narrowed & line.stems()):
            chosen.append((line, names))
    if numbers := set(_NUMBER.findall(asked.text)):  # "which books did I rate 5"
        counted = [(line, names) for line, names in chosen if numbers <= set(_NUMBER.findall(line.text))]
        chosen = counted or chosen
    if wanted.done:
        chosen = [(line, names) for line, names in chosen if line.box != " "]
    if asked.window is not None:
        inside = [(line, names) for line, names in chosen if line.within(asked.window)]
        chosen = inside if inside or not asked.window.vague else chosen
    if wanted.kind is not None and not wanted.kind.named and not wanted.kind.sure:
        chosen = _near(sources, asked.kind, chosen, wanted)
    if not chosen:
        return None if any(line.stems() & wanted.nouns for line in lines) else Gathered(asked, missing=_missing(asked))
    labels: dict[str, str] = {}
    for line, names in chosen:
        for label in names or [in_few_words(line.text)]:
            labels.setdefault(label.casefold(), label)
    return gathered(asked, [line for line, _ in chosen], labels=list(labels.values()))


def _wanted(asked: ListQuestion) -> _Asked:
    noun = asked.kind.split()[-1] if asked.kind else ""
    own = forms(verb for verb in asked.verbs if verb not in EMPTY_VERBS or not noun)
    kind = kind_of(noun) if noun else _kind_of_verbs(own, asked.text)
    if kind is not None and kind.place and (own & forms(["be", "go"]) or "been" in asked.verbs):
        # Who has been to a place has gone or stayed there, and who has been to a restaurant has eaten there.
        own = kind.verb_stems() - forms(["book"]) | (own if "travel" in kind.verbs else frozenset())
    done = bool(own)
    verbs = alike_verbs(kind, own) if own else kind.verb_stems() if kind else frozenset()
    nouns = frozenset({stem(noun)} - {""})
    if kind is not None and not kind.named:
        nouns |= kind.noun_stems()
    return _Asked(kind, noun, nouns, verbs, done and not asked.planned, asked.planned)


def _kind_of_verbs(own: frozenset[str], text: str) -> Kind | None:
    """The kind that a question without a noun asks for: places for "where", purchases for "what did I buy"."""
    if text.lower().lstrip(" ,").startswith("where") or " where " in text.lower():
        return kind_of("restaurant" if own & forms(["eat", "dine"]) else "place")
    return next((kind for kind in KINDS if kind.sure and own & kind.verb_stems()), None)


def _things(line: Line, wanted: _Asked, people: Collection[str], *, follows: bool) -> list[str] | None:
    """The names of the kind's things in a line, none where it tells of one without a name; None where it does not
    belong on the list."""
    kind = wanted.kind
    named = kind is not None and kind.named
    found: list[str] = []
    belongs = False
    for clause in clauses(line.text):
        plain = clause.replace("’", "'")
        ahead, undone = bool(TO_COME.search(plain)), bool(UNDONE.search(plain))
        if (wanted.done and (ahead or undone)) or (wanted.planned and not ahead):
            continue
        does = _does(plain, wanted.verbs, spoken=bool(line.span.span.speaker))
        if kind is not None and kind.alike and not _told(plain, wanted) and _is_of_another(plain, kind):
            continue
        told = _told(plain, wanted) or (line.item and _told(line.span.span.heading, wanted))
        names = (
            things_named(
                clause, wanted.verbs, people, anywhere=told or follows, somewhere=kind is not None and kind.place
            )
            if named and (does or told or follows)
            else []
        )
        # Who writes all small writes names small too.
        small = named and kind is not None and plain[:1].islower() and bool(forms_in(plain) & kind.telling_stems())
        sure = does and (kind is None or kind.sure or small or (not named and wanted.done))
        belongs = belongs or bool(names) or sure or (told and (does or not wanted.done)) or (follows and not named)
        found += names
    return found if belongs else None


def _does(clause: str, verbs: Collection[str], *, spoken: bool) -> bool:
    """Whether a clause holds one of the verbs, in someone's speech not of somebody else: "Otto plays chess"."""
    for word in _WORD.finditer(clause):
        if stem(word.group().lower()) not in verbs or word.group().lower() == "at":  # the stem of "ate"
            continue
        before = clause[: word.start()].rstrip()
        if not (spoken and _OF_ANOTHER.search(before)):
            return True
    return False


def _told(text: str, wanted: _Asked) -> bool:
    """Whether a text names the kind: "an allergy", "allergic", but not "booked" for a book."""
    noun = wanted.noun
    for word in _WORD.findall(text.lower()):
        if stem(word) in wanted.nouns and not word.endswith(("ed", "ing")):
            return True
        if len(noun) >= LONG and word[: len(noun) - ENDING] == noun[: len(noun) - ENDING]:
            return True
    return False


def _is_of_another(clause: str, kind: Kind) -> bool:
    """Whether a clause names another kind of which the same verbs are said: an exhibition, not a concert."""
    others = (other for other in KINDS if other.alike and other is not kind)
    return bool(forms_in(clause) & frozenset[str]().union(*(other.noun_stems() for other in others)))


def forms_in(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(stem(word) for word in _WORD.findall(text.lower()))


def _near(
    sources: Sources, kind: str, chosen: Sequence[tuple[Line, list[str]]], wanted: _Asked
) -> list[tuple[Line, list[str]]]:
    """Of lines with a verb that many things share, those that come near to the kind by meaning. Of a kind whose verbs
    all say the same those that name it belong to it in any case."""
    near = chosen[-COMPARED:]
    scores = sources.closeness(kind, [line.text for line, _ in near])
    if wanted.kind is not None and wanted.kind.alike:
        return [e for e, score in zip(near, scores, strict=True) if score >= ALIKE_NEAR or _told(e[0].text, wanted)]
    least = max(NEAR_BEST * max(scores, default=0.0), LEAST_NEAR)
    return [entry for entry, score in zip(near, scores, strict=True) if score >= least]


def _known_people(sources: Sources) -> set[str]:
    facts, _ = sources.facts()
    found = {fold_name(fact.object_name) for fact in facts if fact.kind.person}
    return found | {fold_name(fact.subject_name) for fact in facts}


def _missing(asked: ListQuestion) -> str:
    when = f" {asked.window.words}" if asked.window else ""
    return f"it names no {asked.kind or 'such things'}{when}"
