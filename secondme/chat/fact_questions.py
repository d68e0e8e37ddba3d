"""The forms of questions that facts may answer: in which relation, of whom, and what of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from secondme.facts.casual import with_my
from secondme.facts.phrases import Pattern, any_of, listed_words
from secondme.facts.relations import Relations, all_relations
from secondme.text.timex.names import MONTHS

Aim: TypeAlias = Literal["value", "before", "since", "whether", "plan"]

PHRASES = {
    "WHO": (
        r"(?P<s>(I|you|we)\b|(my|our) [a-z-]+( (?-i:[A-Z])[\w’'-]+)?"
        r"|(?!(my|our|the|a|an|that|this|it|he|she|they)\b)[\w’'-]+( (?-i:[A-Z])[\w’'-]+)?)"
    ),
    "WHOSE": (
        r"(?P<s>(my|our)\b(?! [a-z-]+('s|(?<!s)s) )|(my|our) [a-z-]+(?=('s|(?<!s)s) )"
        r"|(?!(my|our|the|a|an|that|this|it|he|she|they|his|her|their|your)\b)[\w-]+?( (?-i:[A-Z])[\w-]+)?)('s|s(?= ))?"
    ),
    "OWNER": r"(?P<s>(my|our)\b|(?-i:[A-Z])[\w-]+?( (?-i:[A-Z])[\w-]+)?)('s)?",
    "DO": r"(do|does|did|am|is|was|are|were)",
    "NOW": r"(now |currently |still |actually )?",
}
"""What a relation's `questions` may name."""
_ASKED = (
    r"who( is| are|'s| was|re) <WHOSE> ([a-z]+ )?(?P<kin><KIN>)",
    r"what( is| are|'s| was) <WHOSE> ([a-z]+ )?(?P<kin><KIN>) called",
    r"what( is|'s) <OWNER> (?P<kin><KIN>)('s|s)? name",
    r"what( is|'s| was) (?P<s>our )?the (?P<kin><KIN>)( called|('s|s) name)",
    r"(what( is|'s) )?(the )?name of <WHOSE> ([a-z]+ )?(?P<kin><KIN>)",
)
"""Questions for who or what a word such as "sister" or "cat" (`Relation.asked`) names."""
_PLACE_OF = {"live": "lives_in", "living": "lives_in", "lived": "lives_in", "home": "lives_in", "based": "lives_in"}
_VERB = r"(?P<verb>live|living|lived|based|work|working|worked)"
_BEFORE = (
    rf"where <DO> <WHO> {_VERB} (right |just )?before( (that|this|then|now|here))?",
    rf"where <DO> <WHO> {_VERB} (right |just )?before "
    r"(moving to |living in |i moved to |we moved to )?(?P<named>[\w' -]+?)",
    r"where <DO> <WHO> (right |just )?before( (that|this|here))?",
    r"where <DO> <WHO> (right |just )?before (moving to |living in )?(?P<named>[\w' -]+?)",
    rf"where <DO> <WHO> (use to|used to|previously) {_VERB}",
    rf"(where|(which|what) (city|town|place|village)) (had|have|has|<DO>) <WHO> {_VERB}( in| at)?"
    r" (right |just )?before( (that|this|then|now|here))?",
)
"""Questions for the value before the one that holds, or before the one that is named."""
_KIN_BEFORE = (r"who( is| was|'s) <WHOSE> (?P<kin><KIN>) before( (that|this|then|[\w' -]+?))?",)
_SINCE = (
    rf"since when <DO> <WHO> {_VERB}( (in|at|for|there|here))?( (?P<named>[\w' -]+?))?",
    rf"since when (have|has) <WHO> (been )?{_VERB}( (in|at|for|there|here))?( (?P<named>[\w' -]+?))?",
    rf"how long (have|has) <WHO> (been )?{_VERB}( (in|at|for|there|here))?( (?P<named>[\w' -]+?))?",
    r"when did <WHO> (?P<verb>move)( (to|into|in|here|there))?( (?P<named>[\w' -]+?))?",
    r"when did <WHO> (?P<verb>start|join)( working| work)?( (at|for|there|here))?( (?P<named>[\w' -]+?))?",
)
_PLANNED = (
    rf"where will <WHO> (be )?{_VERB}",
    r"where (am|is|are) <WHO> (?P<verb>moving)( to)?",
    rf"where (am|is|are) <WHO> going to (be )?{_VERB}",
)
_WHETHER = (rf"(do|does) <WHO> <NOW>{_VERB} (in|at|for) (?P<named>[\w' -]+?)( now| still| any ?more)?",)
_TIMES = any_of("""
    in, on, at, since, by, before, after, last, this, now, then, today, these, days, currently, back,
    at the moment, roughly, about, approximately, or so, anyway,
    previously, formerly, earlier, that, until, recently, originally,
    right, again, though, tho, please, pls, btw, still, exactly, actually, next, called, per, an, a
""")
_REST = Pattern(
    rf"(?i)[\s,]*({_TIMES}\b|\d|{'|'.join(MONTHS)}"
    r"|spring|summer|autumn|winter|week|month|year|hour|day|\W)*$"
)
"""What may follow a question: a time, and nothing that narrows it otherwise ("what do I like to cook?")."""
_END = re.compile(r"[\s?!.]*$")
_FORMERLY = re.compile(
    r"(?i)\b(?:before(?: (?:that|then|this|now))?|previously|formerly|earlier|until (?:then|recently)|originally)"
    r"[\s?!.]*$"
)
"""Ends a question for the value before the one that holds: "what was my favourite tea before?"."""
_ASIDE = re.compile(
    r"(?i)^\W*(?:(?:so|and|ok|okay|hey|hi|btw|oh|but|well|remind me|tell me|again|now|then"
    r"|(?:right (?:now|this minute)|at (?:present|the moment)|these days|nowadays|currently|today)(?=,))\b[\s,:]*)+"
    r"(?=\w)"
)
_HOW_OLD = re.compile(r"(?i)\b(how old)['’]s\b")
_RUN_TOGETHER = re.compile(r"(?i)\b(what|where|who|how|when)(s|re)\b")


@dataclass(frozen=True)
class Asked:
    """A question: the relation that answers it, of whom (as written), and which value.

    `word`: the word for a tie, such as "sister", if one names the object. `slot`: the kind of the object, such as
    "cheese". `named`: the value that the question names itself.
    """

    relation: str
    subject: str
    word: str = ""
    slot: str = ""
    aim: Aim = "value"
    named: str = ""


def spelt_out(question: str) -> str:
    """A question without what leads up to it, and with its apostrophes."""
    plain = _HOW_OLD.sub(r"\1 is", _ASIDE.sub("", with_my(question.strip()), count=1))
    return _RUN_TOGETHER.sub(r"\1'\2", plain)


def asked(question: str) -> Iterator[Asked]:
    """What a question may ask for. A subject that may bear a possessive s without apostrophe comes both ways."""
    for name, form, aim in _forms(all_relations()):
        match = form.match(question)
        if match is None:
            continue
        found = match.groupdict()
        rest = _REST if aim in ("value", "plan") else _END
        if not rest.match(question[match.end() :]) or (found["s"] or "I").lower() == "you":
            continue
        relation = name or (
            "works_at" if (found.get("verb") or "").startswith(("work", "start", "join")) else "lives_in"
        )
        if aim == "value" and _FORMERLY.search(question, match.end()):
            aim = "before"
        for subject in _spellings(question, match):
            yield Asked(
                relation, subject, (found.get("kin") or "").lower(), (found.get("kind") or "").lower(), aim,
                (found.get("named") or "").strip(),
            )  # fmt: skip


def _spellings(question: str, match: re.Match[str]) -> list[str]:
    subject = match["s"] or "I"
    if subject.lower() in ("we", "our", "me", "us"):
        return ["I"]
    behind = question[match.end("s") : match.end("s") + 1]
    return [f"{subject}s", subject] if behind == "s" and " " not in subject else [subject]


@cache
def _forms(relations: Relations) -> list[tuple[str, Pattern, Aim]]:
    """Patterns of questions, each with the relation that answers it (empty: its verb says which) and what is asked."""
    found: list[tuple[str, Pattern, Aim]] = []

    def add(name: str, forms: tuple[str, ...], aim: Aim, kin: str = "", end: str = r"\b") -> None:
        phrases = {**PHRASES, "KIN": "|".join(listed_words(kin)) or "(?!)"}
        found.extend((name, Pattern(rf"(?i)\W*{form}{end}", phrases), aim) for form in forms)

    whole = r"(?=[\s?!.]*$)"
    add("", _BEFORE, "before", end=whole)
    add("", _SINCE, "since", end=whole)
    add("", _WHETHER, "whether", end=whole)
    add("", _PLANNED, "plan")
    for about in relations:
        if about.asked:
            add(about.name, _KIN_BEFORE, "before", about.asked, whole)
            add(about.name, _ASKED, "value", about.asked)
        add(about.name, about.questions, "value")
    return found
