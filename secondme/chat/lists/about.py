"""All that is known about the person, about someone else, or about a thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from secondme.chat.list_question import ME, ListQuestion
from secondme.chat.lists.gathered import MOST, Gathered, gathered
from secondme.chat.lists.lines import Line, is_noise, lines_of, without_repeats
from secondme.chat.lists.sources import Sources
from secondme.chat.reader.candidates import LACKS_ITS_SUBJECT
from secondme.clock import instant
from secondme.facts.identity import ME as MYSELF
from secondme.facts.intervals import Fact
from secondme.facts.phrases import Pattern
from secondme.facts.relations import all_relations
from secondme.text.clean import join_words
from secondme.text.entities import fold_name
from secondme.text.terms import STOP_WORDS, content_stems, stem
from secondme.text.tongues import tongue

FACTS = 12
"""Facts that the first sentence names."""
FEW = 3
"""With fewer facts about the person their own sentences are added."""
_ABROAD = (
    "ich mein meine meinen meiner meinem wir unser unsere je j'ai mon ma mes nous notre nos yo mi mis nuestro nuestra"
)
_SPEAKS_OF_ME = ("i", "my", "we", "im", "our", "me", "i'm", "i've", *_ABROAD.split(), "我", "我们", "我的")
_ABOUT_ME = Pattern(rf"(?i)\b(i|i'm|i've|im|ive|my|we|our|me|us|mine|we're|{_ABROAD.replace(' ', '|')})\b|我")
_PRONOUN = Pattern(r"(?i)\W*((and|but|also|apparently) )?(he|she|they|his|her|their|it|its)\b")


def gather_about(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered:
    """What holds of them, in a sentence, and every line that speaks of them."""
    facts, who = sources.facts()
    today = instant(now)[:10]
    over = _over(sources, facts, today)
    if asked.about == ME:
        return _of_me(sources, asked, [fact for fact in facts if fact.holds(today)], over, now, but)
    name, key = _who(asked.about, facts, today)
    key = key or who.meant_by(name)
    held = [
        fact
        for fact in facts
        if fact.stance == "said"
        and fact.holds(today)
        and (fact.subject == key or fold_name(fact.object_name) == key or fact.object == key)
    ]
    wanted = _name_stems(name) or set(content_stems(asked.about))
    tie = _name_stems(asked.about)
    spans = sources.spans(words=_words(f"{asked.about} {name}"), now=now, but=but)
    lines = _with_what_goes_on(
        [line for line in lines_of(spans) if not is_noise(line)],
        lambda line: wanted <= line.topic() or (bool(tie) and tie <= line.topic()),
    )
    if not held:
        lines += lines_of(sources.document(asked.about, now)[1])
    if asked.window is not None:
        inside = [line for line in lines if line.within(asked.window, said=asked.said)]
        lines = inside if inside or not asked.window.vague else lines
        held = [] if inside else held
    if asked.told_to:
        lines = [line for line in lines if sources.told(line, asked.told_to)]
    lines = [line for line in without_repeats(lines) if (line.span.span.id, line.start) not in over]
    if not lines and not held:
        return Gathered(asked, missing=f"{asked.about} does not appear in your memory")
    rests_on = sources.lines_of_facts(held)
    summary = _of_another(sources, held, name) if held and tongue(asked.text) == "en" else ""
    return gathered(asked, [*rests_on, *lines], summary=summary, rests_on=rests_on)


def _of_me(
    sources: Sources,
    asked: ListQuestion,
    held: Sequence[Fact],
    over: set[tuple[str, int]],
    now: datetime,
    but: Sequence[str],
) -> Gathered:
    order = all_relations().order
    mine = [fact for fact in held if fact.subject == MYSELF and fact.stance == "said"]
    mine.sort(key=lambda fact: (order[fact.relation], fact.valid_from))
    rests_on = sources.lines_of_facts(mine[:FACTS])
    more: list[Line] = []
    told = len(mine) >= FEW and tongue(asked.text) == "en"
    if not told:
        said = [
            line
            for line in lines_of(sources.spans(words=_SPEAKS_OF_ME, now=now, but=but))
            if line.mine and not is_noise(line) and (line.span.span.id, line.start) not in over
        ]
        # What speaks of me first, the latest before the older.
        said.reverse()
        more = sorted(said, key=lambda line: not _ABOUT_ME.search(line.text.replace("’", "'")))
    lines = without_repeats([*rests_on, *more])
    if not lines:
        return Gathered(asked, missing="you have told nothing about yourself yet")
    summary = f"You {_clauses(mine[:FACTS], you=True)}." if told else ""
    left = max(len(lines) - MOST, 0) + max(len(mine) - FACTS, 0)
    return gathered(asked, lines[:MOST], summary=summary, rests_on=rests_on, left=left)


def _who(words: str, facts: Sequence[Fact], today: str) -> tuple[str, str]:
    """(name, key) of whom words such as "my sister" mean; the words and no key where no fact says so."""
    match = re.match(r"(?i)(?:my|our) ([\w-]+)$", words)
    relation = all_relations().ties.get(match[1].lower()) if match else None
    if match is None or relation is None:
        return re.sub(r"(?i)^(?:the|my|our|a|an) ", "", words).strip(), ""
    tied = [fact for fact in facts if fact.subject == MYSELF and fact.relation == relation.name and fact.holds(today)]
    said = [fact for fact in tied if any(match[1].lower() in row.object_name.lower() for row in fact.statements)]
    chosen = (said or tied)[:1]
    return (chosen[0].object_name, chosen[0].object) if chosen else ("", f"{MYSELF}/{match[1].lower()}")


def _over(sources: Sources, facts: Sequence[Fact], today: str) -> set[tuple[str, int]]:
    """(span id, start) of lines that state nothing but what no longer holds."""
    ended = [row for fact in facts if fact.valid_to and fact.valid_to <= today for row in fact.statements]
    holds = [(row.span_id, row.start) for fact in facts if fact.holds(today) for row in fact.statements]
    found = set()
    for line in lines_of(sources.by_id(list({row.span_id for row in ended}))):
        span_id = line.span.span.id
        states = any(row.span_id == span_id and line.start <= row.start < line.end for row in ended)
        still = any(other == span_id and line.start <= start < line.end for other, start in holds)
        if states and not still:
            found.add((span_id, line.start))
    return found


def _with_what_goes_on(lines: Sequence[Line], fits: Callable[[Line], bool]) -> list[Line]:
    """The lines that fit, each with those right behind it that go on about the same: "He teaches music.", "starts in
    May"."""
    found: list[Line] = []
    goes_on = False
    for line in lines:
        if fits(line):
            found.append(line)
            goes_on = True
        elif goes_on and found[-1].span is line.span and _goes_on(line):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.text}", end=line.end)
        else:
            goes_on = False
    return found


def _goes_on(line: Line) -> bool:
    return bool(_PRONOUN.match(line.text) or (line.mine and LACKS_ITS_SUBJECT.match(line.text)))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", text.lower()) if word not in STOP_WORDS]


def _name_stems(name: str) -> set[str]:
    return {stem(word) for word in _words(name)}


def _clauses(facts: Sequence[Fact], *, you: bool) -> str:
    """What holds of someone, things of one relation together."""
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.relation, []).append(fact)
    found = []
    for of_one in grouped.values():
        kind = of_one[0].kind
        names = list(dict.fromkeys(fact.object_name for fact in of_one))
        several = f"{kind.reads_you if you else kind.reads} {join_words(names)}"
        found.append(kind.clause(names[0], you=you) if len(names) == 1 else several)
    return join_words(found)


def _of_another(sources: Sources, facts: Sequence[Fact], name: str) -> str:
    """What holds of someone else as a sentence."""
    ties = [fact for fact in facts if fact.subject == MYSELF]
    others = [fact for fact in facts if fact.subject != MYSELF]
    full = ties[0].object_name if ties else others[0].subject_name if others else name
    parts = [f"is your {sources.tie(fact)}" for fact in ties[:2]]
    return f"{full} {join_words([*parts, *([_clauses(others, you=False)] if others else [])])}."
