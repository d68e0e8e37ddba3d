"""Reads what someone states in another language than English, by the rules of that language, and judges it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from secondme.facts.gate import Manner, Text, judge, read_text
from secondme.facts.relations import relation as relation_of
from secondme.facts.statement import Candidate, Refusal, Statement
from secondme.facts.tongues import TONGUES, Tongue
from secondme.facts.tongues.tongue import Saying, han_number
from secondme.text.sentences import Sentence, sentences

CONFIDENCE = 0.85
AFTER_NEAR = 40
"""Characters behind a statement in which a condition makes it none."""
BEFORE_NEAR = 60
"""Characters before a statement in which a word of doubt or denial is of it."""
_CLAUSE = re.compile(r"[.;!?。；！？]|\b(?:aber|doch|pero|mais|sino)\b|但是?")
"""What a doubt before does not reach over."""
_ANEW = re.compile(r"(?i)(?:nos hemos|me he|ahora|jetzt|ich bin|wir sind|bin jetzt|maintenant|on a|j['’]ai|je suis)\b")
"""How a clause begins that says what is instead: "ya no vivimos en Triana, nos hemos mudado a Cádiz"."""


def foreign_statements(text: str, speaker: str = "") -> Iterator[Statement | Refusal]:
    """What someone states who says this in a language of `TONGUES`, and what it seems to state and does not."""
    known = [tongue for tongue in TONGUES if tongue.hints.search(text)]
    if not known:
        return
    whole: Text | None = None
    for sentence in sentences(text):
        for tongue in known:
            taken: list[tuple[int, int, str]] = []
            for saying, match in _matches(tongue, sentence.text):
                start, end = match.span("o")
                if any(a < end and start < b and relation == saying.relation for a, b, relation in taken):
                    continue
                taken.append((start, end, saying.relation))
                for found, written in _stated(tongue, saying, match, sentence):
                    whole = whole or read_text(text, speaker)
                    yield judge(found, relation_of(saying.relation), sentence, written, whole, manner(tongue))


def tongue_stated(text: str) -> Tongue | None:
    """The language in which a text states something; None where it states nothing in one of `TONGUES`."""
    for tongue in TONGUES:
        if any(next(_matches(tongue, sentence.text), None) for sentence in sentences(text)):
            return tongue
    return None


def _matches(tongue: Tongue, text: str) -> Iterator[tuple[Saying, re.Match[str]]]:
    if not tongue.hints.search(text):
        return
    for saying, pattern in tongue.rules:
        for match in pattern.finditer(text):
            yield saying, match


def _stated(
    tongue: Tongue, saying: Saying, match: re.Match[str], sentence: Sentence
) -> Iterator[tuple[Statement, str]]:
    """What a match states, with its object as it is written there."""
    groups = match.groupdict()
    subject = _subject(tongue, groups)
    things = tongue.pair.split(groups["o"]) if saying.listed else [groups["o"]]
    start, end = sentence.start + match.start(), sentence.start + match.end()
    for written in (thing.strip() for thing in things):
        name = _shown(tongue, saying, written)
        if subject and name:
            ends = saying.ends
            yield (
                Statement(subject, saying.relation, name, start, end, ends=ends, confidence=CONFIDENCE),
                written,
            )


def _subject(tongue: Tongue, groups: dict[str, str | None]) -> str:
    """The subject of a match: me, a name, or "me/sister"; empty for what is no name."""
    kin = groups.get("k")
    if kin:
        return groups.get("n") or groups.get("m") or f"me/{tongue.kin[kin.lower()]}"
    name = groups.get("s")
    if name is None:
        return "me"
    return "" if re.match(tongue.no_subjects, name) else name


def _shown(tongue: Tongue, saying: Saying, written: str) -> str:
    """An object as it is shown: without articles, a place with its capital, a day as it is kept in every language."""
    name = " ".join(written.split()).strip(" -–'’\"")
    if saying.relation == "birthday":
        return tongue.day_and_month(name)
    if saying.relation == "age":
        return name if name.isdigit() else str(han_number(name))
    if saying.relation in ("likes", "dislikes", "allergic_to"):
        name = re.sub(tongue.drops, "", name, count=1)
    elif name[:1].islower():
        name = name[:1].upper() + name[1:]
    return name


@cache
def manner(tongue: Tongue) -> Manner:
    """What the gate goes by in a language."""
    asks, denies, hearsay, unsure, unsure_after, jokes = (
        tongue.pattern(text).regex
        for text in (tongue.asks, tongue.denies, tongue.hearsay, tongue.unsure, tongue.unsure_after, tongue.jokes)
    )
    no_objects = {name: re.compile(text) for name, text in tongue.no_objects.items()}
    called = frozenset(saying.relation for saying in tongue.sayings if saying.called)

    def before(candidate: Candidate) -> str:
        """The words before a statement that are of its clause."""
        return _CLAUSE.split(candidate.before[-BEFORE_NEAR:])[-1]

    def is_none(candidate: Candidate) -> bool:
        written = candidate.written
        kinds = ("", candidate.statement.relation)
        return any(kind in no_objects and no_objects[kind].match(written) for kind in kinds)

    return Manner(
        called=called,
        refusals=(
            ("question", lambda candidate, _: _asks(candidate) or bool(asks.search(candidate.sentence))),
            ("joke", lambda candidate, _: bool(jokes.search(candidate.message))),
            (
                "hearsay",
                lambda candidate, _: bool(
                    hearsay.search(before(candidate))
                    or hearsay.search(candidate.quote)
                    or hearsay.match(candidate.after.lstrip(" ,，»”\"'"))
                ),
            ),
            (
                "hypothetical",
                lambda candidate, _: bool(
                    unsure.search(before(candidate))
                    or unsure.search(candidate.quote)
                    or unsure_after.search(candidate.after[:AFTER_NEAR])
                ),
            ),
            (
                "negation",
                lambda candidate, about: bool(
                    not candidate.statement.ends
                    and about.name != "dislikes"
                    and (
                        denies.search(candidate.quote)
                        or (denies.search(before(candidate)) and not _begins_anew(candidate))
                    )
                ),
            ),
            ("vague", lambda candidate, _: is_none(candidate)),
        ),
    )


def _begins_anew(candidate: Candidate) -> bool:
    """Whether a clause of its own begins behind what was denied."""
    return candidate.before.endswith(", ") and _ANEW.match(candidate.quote) is not None


def _asks(candidate: Candidate) -> bool:
    return bool(re.search(r"[?？؟]\W{0,3}$", candidate.sentence))
