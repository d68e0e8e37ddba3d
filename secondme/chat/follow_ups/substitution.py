"""A question asked anew of something else: of another person, thing, place or time, or with other question words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from secondme.chat.question_parts import Parts
from secondme.chat.question_words import NAMED_NOUNS, SPEAKS_OF_THE_PAST, TIME_ALONE, TIME_IN, TIME_NOUNS, pattern
from secondme.facts.phrases import any_of
from secondme.text.noun_phrases import Phrase, phrases
from secondme.text.timex.names import MONTHS, WEEKDAYS

_COUNTED = pattern(r"(\w+ )?(?P<which>what|which|how much|how many) (?P<noun>[\w-]+( [\w-]+)?)$")
_SWAPPED = pattern(r"^(?P<wh>who|whom|what|which) (?P<prep><PREP>)$")
_AT_A_PLACE = pattern(r"^(?P<prep><PREP>) (?P<x>.+)$")
_OWNER = pattern(r"('s?$)|^(mine|yours)$")
_LIKED = pattern(r"^(?P<before>[\w'’-]+ [\w'’-]+ )(?!<PREP>\b)[\w-]+( [\w-]+)?$")
_OBJECT = pattern(
    r"^(?P<before><SOMEBODY> (?!going\b)[\w'’-]+ ((up|off|out|down|away) )?)"
    r"(?!(<PREP>|<TIME>|<NO_OBJECT>)\b)[\w'’-]+( (?!<PREP>\b)[\w-]+)?$",
    {
        "NO_OBJECT": any_of("""
            out, up, off, down, away, back, home, here, there, again, first, next, last, so, well, better, usually,
            often, always, never, ever, much, more, most, less, long, far, early, late, abroad, together, alone, yet
        """)
    },
)
"""What somebody does, and to what: "i stop coffee", "we pay them"."""
_OF_SOMEBODY = pattern(r"(my|our|the|[\w-]+'s) ")
_AS_OF = pattern(r",? as (of|from|at)$")
"""Before a time that was taken away."""
_ASKS_WHAT = pattern(r"(what|which|how much)\b")
_NAMES_A_THING = pattern(r"(what|which|when) (is|are|was|were)\b")
_SUBJECT = pattern(r"^((my|our|the|his|her|their) [\w-]+|[\w'’-]+)")
_PRONOUN_SUBJECT = pattern(r"^<SOMEBODY>\b")
_CLEFT = "it that "
"""Before what a question with its question words in place says: "where is it that I work"."""
_MINE = pattern(r"\b(my|our)\b(?= \w)")
_OWNED = pattern(r"\b(my|our|your|his|her|their)\b(?= \w)")
_ONE = {"do": "does", "are": "is", "am": "is", "were": "was", "have": "has"}
_SEVERAL = {"does": "do", "is": "are", "am": "are", "was": "were", "has": "have"}
_I = {"does": "do", "is": "am", "are": "am", "were": "was", "has": "have"}
_PAST = {"do": "did", "does": "did", "is": "was", "am": "was", "are": "were", "has": "had", "have": "had"}


def with_question_words(old: Parts, wh: str) -> str:
    """The question asked with other question words: "where do I work", "since when"."""
    folded = wh.casefold()
    if folded.endswith(" else"):
        return replace(old, wh=wh).text + "?"
    if folded == "why not" and old.auxiliary:
        return negative(replace(old, wh="why"))
    rest = old.rest
    counted = _COUNTED.match(old.wh)
    if counted and counted["noun"].split()[-1].casefold() not in TIME_NOUNS:
        rest = f"{rest} {'that ' if counted['which'].casefold() in ('what', 'which') else ''}{counted['noun']}"
    swapped = _SWAPPED.match(wh)
    if swapped:
        return f"{swapped['wh']} {old.auxiliary} {rest} {swapped['prep']}?"
    if not old.auxiliary:
        return f"{wh} was it that {'somebody' if old.wh.casefold() == 'who' else old.wh} {rest}?"
    return f"{wh} {old.auxiliary} {rest}?"


def with_fragment(old: Parts, fragment: str, names: Sequence[str], *, past: bool = False) -> str:
    """The question asked of what a fragment names; empty where the fragment has no place in it.

    `past`: whether it is asked of a time that is over.
    """
    if TIME_ALONE.match(fragment):
        return with_time(old, fragment, past=past)
    at_a_place = _AT_A_PLACE.match(fragment)
    if at_a_place:
        place = rf"(?i)\b{at_a_place['prep']} (?:the |my )?[\w'’-]+(?: [A-Z][\w'’-]+)*"
        rest, count = re.subn(place, fragment, old.rest, count=1)
        return replace(old, rest=rest if count else f"{old.rest} {fragment}").text + "?"
    found = phrases(old.text, names)
    if fragment.casefold() in ("me", "i"):
        return _with_subject(old, "I", found)
    owner = bool(_OWNER.search(fragment))
    who = "my" if fragment.casefold() == "mine" else re.sub(r"(?i)['’]s?$", "", fragment)
    if owner or is_person(who, names):
        return _with_person(old, who, found, owner=owner)
    return _with_thing(old, fragment, found)


def with_time(old: Parts, time: str, *, past: bool = False) -> str:
    """The question asked of another time, in the place of any that it names."""
    if time.partition(" ")[0].casefold() not in (*MONTHS, *WEEKDAYS):
        time = time[:1].lower() + time[1:]  # "Last week" began the message
    rest = _AS_OF.regex.sub("", TIME_IN.regex.sub("", f" {old.rest}")).strip(" ,")
    moved = replace(old, rest=f"{rest} {time}".strip())
    if past or SPEAKS_OF_THE_PAST.search(time):
        moved = replace(moved, auxiliary=_PAST.get(moved.auxiliary.casefold(), moved.auxiliary))
    return moved.text + "?"


def with_predicate(old: Parts, wh: str, auxiliary: str, names: Sequence[str]) -> str:
    """Who or which is or does what a question of yes or no asks of one: "which of us is left-handed?"; else empty."""
    if old.wh:
        return ""
    subject = _PRONOUN_SUBJECT.match(old.rest)
    first = next((phrase for phrase in phrases(old.rest, names) if phrase.start == 0), None)
    length = subject.end() if subject else first.end if first else 0
    return f"{wh} {auxiliary} {old.rest[length:].strip()}?" if length else ""


def negative(old: Parts) -> str:
    """The question of what is not so: "what do I not like?"."""
    subject = _SUBJECT.match(old.rest)
    rest = f"{subject.group()} not{old.rest[subject.end() :]}" if subject else old.rest
    return replace(old, rest=rest).text + "?"


def is_person(fragment: str, names: Sequence[str]) -> bool:
    """Whether a fragment is somebody: "Ben", "my sister"."""
    found = phrases(fragment, names)
    return bool(found) and found[0].start == 0 and found[-1].kind == "person" and found[-1].end == len(fragment)


def is_named(fragment: str, names: Sequence[str]) -> bool:
    """Whether a fragment is a name, or a noun with what belongs before it."""
    found = phrases(fragment, names)
    return bool(found) and found[0].start == 0 and found[-1].end == len(fragment)


def _with_thing(old: Parts, thing: str, found: Sequence[Phrase]) -> str:
    """The question asked of another thing."""
    if thing.split()[-1].casefold() in NAMED_NOUNS and not _ASKS_WHAT.match(old.wh):
        return f"what is {thing}?"
    slot = next((phrase for phrase in found if phrase.kind != "person" and not phrase.owner), None)
    if slot is not None:
        return _put(old.text, slot.start, slot.end, thing) + "?"
    liked = _OBJECT.match(old.rest) if old.wh else _LIKED.match(old.rest)
    if liked and old.auxiliary:
        return replace(old, rest=f"{liked['before']}{thing}").text + "?"
    if " " not in thing:  # a name in small letters, where the question has a place for one
        return _with_person(old, thing, found, owner=False)
    return f"what is {thing}?" if _OF_SOMEBODY.match(thing) else ""


def _with_person(old: Parts, who: str, found: Sequence[Phrase], *, owner: bool) -> str:
    """The question asked of somebody else: as the owner of what it names, or in the place of whom it names."""
    text = old.text
    whose = who if who.casefold() in ("my", "your", "our") else f"{who}’" if who.endswith("s") else f"{who}’s"
    owners = [phrase for phrase in found if phrase.owner]
    people = [phrase for phrase in found if phrase.kind == "person" and not phrase.owner]
    if owners and (owner or not people):
        ending = re.match(r"['’]s?|s\b", text[owners[-1].end :])
        return _put(text, owners[-1].start, owners[-1].end + (ending.end() if ending else 0), whose) + "?"
    owned = _OWNED.search(text) if owner else _MINE.search(text) if not people and _NAMES_A_THING.match(text) else None
    if owned:
        return _put(text, owned.start(), owned.end(), whose) + "?"
    if people:
        slot = people[-1]
        changed = _put(text, slot.start, slot.end, who)
        return (_agreed(changed, old, who) if old.rest.startswith(slot.text) else changed) + "?"
    return _with_subject(old, who, found)


def _with_subject(old: Parts, who: str, found: Sequence[Phrase]) -> str:
    """The question with another subject; empty where it has none that can be told from the rest."""
    cleft, rest = old.rest[: len(_CLEFT)], old.rest[len(_CLEFT) :]
    if cleft != _CLEFT:
        cleft, rest = "", old.rest
    pronoun = _PRONOUN_SUBJECT.match(rest)
    phrase = next((phrase for phrase in found if phrase.start == len(old.text) - len(rest)), None)
    first = _SUBJECT.match(rest) if cleft else None
    length = pronoun.end() if pronoun else len(phrase.text) if phrase else first.end() if first else 0
    if not length:
        return ""
    changed = replace(old, rest=f"{cleft}{who}{rest[length:]}").text
    return (changed if cleft else _agreed(changed, old, who)) + "?"


def _agreed(text: str, old: Parts, who: str) -> str:
    """The text with "do" or "be" as the new subject asks for it."""
    if not old.auxiliary:
        return text
    folded = who.casefold()
    several = folded in ("you", "we", "they") or " and " in folded or any(phrase.plural for phrase in phrases(who))
    forms = _I if folded == "i" else _SEVERAL if several else _ONE
    new = forms.get(old.auxiliary.casefold(), old.auxiliary)
    return re.sub(rf"\b{re.escape(old.auxiliary)}\b", new, text, count=1)


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]
