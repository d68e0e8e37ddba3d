"""The grounding gate on sentences with one planted error each and on true ones, made from the turns of an evaluation
file.

usage: python benchmarks/night/gate.py EVAL.json [--show]

A true sentence is a turn's own, in the third person, and, where it mentions a time, with the date in words. A wrong
sentence has one error planted: another name, number, date or speaker, or a negation put in or taken out.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from secondme.consolidation.evidence import Evidence
from secondme.consolidation.grounding import refusal
from secondme.evaluation.conversations import load
from secondme.text.sentences import sentences
from secondme.text.terms import STOP_WORDS
from secondme.text.timex.expressions import expressions, format_interval

EACH = 100
TRUE = 500
SEED = 7
VERBS = (
    "love like want need go come make take get feel think know hope try work live play read enjoy find see plan keep "
    "use look run help teach paint write cook believe remember prefer own miss"
).split()
NEGATED = re.compile(r"\b(is|was|are|were|has|had|will|would|could|should|did|does|do|can)n['’]t\b", re.IGNORECASE)
AUXILIARY = re.compile(r"\b(is|was|are|were|has|had|will|would|could|should|can)\b(?! not)")
MONTHS = "January February March April May June July August September October November December".split()
RELATIVE = ["yesterday", "last week", "last month", "last year", "next month", "tomorrow", "last weekend", "next week"]
NUMBERS = "two three four five six seven eight nine ten".split()


@dataclass(frozen=True)
class Case:
    """A sentence, what it rests on, and who else speaks there."""

    sentence: str
    source: Evidence
    other: str


def third_person(text: str, speaker: str) -> str:
    """What a speaker says of themselves, as a sentence in the third person."""
    text = re.sub(
        r"^(?:\W*(?:hey|hi|wow|yeah|yes|yep|oh|thanks|thank you|so|well|and|but|also|sure)\b[^A-Za-z]*)+",
        "",
        text,
        flags=re.I,
    )
    text = re.sub(r"^(?:[A-Z][a-z]+)[,!.]\s*", "", text)
    text = re.sub(r"\bI['’]m\b", "I is", text)
    text = re.sub(r"\bI am\b", "I is", text)
    text = re.sub(r"\bI['’]ve\b|\bI have\b", "I has", text)
    text = re.sub(r"\bI['’]ll\b", "I will", text)
    text = re.sub(r"\bI['’]d\b", "I would", text)
    text = re.sub(r"\bI don['’]t\b", "I doesn't", text)
    for verb in VERBS:
        text = re.sub(
            rf"\bI (?P<adverb>(?:really |also |always |just )?){verb}\b",
            rf"I \g<adverb>{verb}{'es' if verb.endswith(('o', 's', 'sh', 'ch')) else 's'}",
            text,
        )
    text = re.sub(r"\b[Mm]yself\b", speaker, text)
    text = re.sub(r"\b[Mm]y\b|\b[Mm]ine\b", f"{speaker}'s", text)
    text = re.sub(r"\bI\b", speaker, text, count=1)
    text = re.sub(r"\bI\b", "they", text)
    return re.sub(r"\bme\b", speaker, text)


def cases(data: dict[str, Any]) -> Iterator[Case]:
    """Every first-person sentence of every turn, retold in the third person."""
    for conversation in data["conversations"]:
        for session in conversation["sessions"]:
            for turn in session["turns"]:
                speaker = turn["speaker"]
                other = next(one for one in conversation["speakers"] if one != speaker)
                source = Evidence(turn["text"], speaker, "", f"{session['started_at']}+00:00")
                for found in sentences(turn["text"]):
                    text = found.text.strip()
                    if (
                        not re.search(r"\b(?:I|I['’]\w+|[Mm]y)\b", text)
                        or text.endswith("?")
                        or re.search(r"\b(?:we|our|us|you|your)\b", text, re.I)
                    ):
                        continue
                    retold = third_person(text, speaker)
                    if not 6 <= len(retold.split()) <= 25 or not retold.startswith(speaker) or "they" in retold:
                        continue
                    yield Case(retold, source, other)


def plain(data: dict[str, Any]) -> Iterator[Case]:
    """Sentences of turns that speak of others, as they are."""
    for conversation in data["conversations"]:
        for session in conversation["sessions"]:
            for turn in session["turns"]:
                speaker = turn["speaker"]
                other = next(one for one in conversation["speakers"] if one != speaker)
                source = Evidence(turn["text"], speaker, "", f"{session['started_at']}+00:00")
                for found in sentences(turn["text"]):
                    text = found.text.strip()
                    if (
                        not text.endswith("?")
                        and 6 <= len(text.split()) <= 25
                        and not re.search(r"\b(?:you|your|I|my|me)\b|['’]re\b", text, re.I)
                    ):
                        yield Case(text, source, other)


def joined(data: dict[str, Any], retold: list[Case]) -> Iterator[Case]:
    """Two sentences of a turn as one."""
    by_turn: dict[str, list[Case]] = {}
    for case in retold:
        by_turn.setdefault(case.source.text, []).append(case)
    for group in by_turn.values():
        if len(group) > 1:
            rest = group[1].sentence.removeprefix(f"{group[1].source.speaker} ")
            yield Case(f"{group[0].sentence.rstrip('.!')} and {rest}", group[0].source, group[0].other)


def dated(case: Case) -> Case | None:
    """The same with its time as a date."""
    anchor = datetime.fromisoformat(case.source.happened_at or "")
    found = [one for one in expressions(case.sentence, anchor) if one.kind == "relative"]
    if not found:
        return None
    one = found[0]
    date = format_interval(one.begins, one.ends, one.grain)
    text = (
        f"{case.sentence[: one.start]}on {date}{case.sentence[one.end :]}"
        if one.grain == "day"
        else f"{case.sentence[: one.start]}in {date}{case.sentence[one.end :]}"
    )
    return Case(re.sub(r"\b(?:on|in) (?=on |in )", "", text), case.source, case.other)


def planted(case: Case, kind: str, dice: random.Random, names: list[str]) -> str | None:
    """The sentence with one error of a kind; None where it has no place for one."""
    text = case.sentence
    if kind == "speaker":
        return re.sub(rf"\b{case.source.speaker}\b", case.other, text)
    if kind == "name":
        found = [
            m
            for m in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", text)
            if m.group() not in (case.source.speaker, *MONTHS)
        ]
        if not found:
            return None
        match = dice.choice(found)
        new = dice.choice([name for name in names if name not in case.source.text and name != match.group()])
        return text[: match.start()] + new + text[match.end() :]
    if kind == "number":
        found = list(re.finditer(rf"\b(?:\d+|{'|'.join(NUMBERS)})\b", text))
        if not found:
            return None
        match = dice.choice(found)
        old = match.group()
        new = (
            str(int(old) + dice.choice([1, 2, 3, 10]))
            if old.isdigit()
            else dice.choice([n for n in NUMBERS if n != old])
        )
        return text[: match.start()] + new + text[match.end() :]
    if kind == "date":
        month = re.search(rf"\b(?:{'|'.join(MONTHS)})\b", text)
        if month:
            return text[: month.start()] + dice.choice([m for m in MONTHS if m != month.group()]) + text[month.end() :]
        found = list(re.finditer(rf"\b(?:{'|'.join(RELATIVE)})\b", text, re.I))
        if not found:
            return None
        match = dice.choice(found)
        return (
            text[: match.start()]
            + dice.choice([r for r in RELATIVE if r != match.group().lower()])
            + text[match.end() :]
        )
    negated = NEGATED.search(text)
    if negated:
        return text[: negated.start()] + negated.group(1) + text[negated.end() :]
    auxiliary = AUXILIARY.search(text)
    if auxiliary:
        return text[: auxiliary.end()] + " not" + text[auxiliary.end() :]
    return (
        re.sub(rf"^({case.source.speaker}) (\w+)", r"\1 never \2", text)
        if re.match(rf"{case.source.speaker} \w+", text)
        else None
    )


def main() -> None:
    data = load(Path(sys.argv[1]))
    dice = random.Random(SEED)
    retold = list(cases(data))
    dice.shuffle(retold)
    with_dates = [dated_case for case in retold if (dated_case := dated(case)) is not None]
    names = sorted(
        {m for case in retold for m in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", case.sentence)}
        - set(MONTHS)
        - {word.capitalize() for word in STOP_WORDS}
    )
    others = list(plain(data))
    dice.shuffle(others)
    both = list(joined(data, retold))
    dice.shuffle(both)
    true = [*with_dates[:100], *both[:100], *others[:100]]
    true += retold[: TRUE - len(true)]
    dropped = Counter((refusal(case.sentence, [case.source]) or "kept") for case in true)
    report: dict[str, Any] = {
        "true": len(true),
        "dropped": round(1 - dropped["kept"] / len(true), 4),
        "dropped_by": dict(dropped),
    }
    let, wrong = Counter[str](), Counter[str]()
    shown = []
    for kind in ("name", "number", "date", "negation", "speaker"):
        pool = (
            [*with_dates, *retold, *others] if kind == "date" else retold if kind == "speaker" else [*retold, *others]
        )
        seen: set[str] = set()
        for case in pool * 8:  # few hold a number: another number each time
            if wrong[kind] == EACH:
                break
            text = planted(case, kind, dice, names)
            if text is None or text == case.sentence or text in seen:
                continue
            seen.add(text)
            wrong[kind] += 1
            if refusal(text, [case.source]) is None:
                let[kind] += 1
                shown.append((kind, text, case.source.speaker, case.source.text))
    report |= {
        "planted": dict(wrong),
        "let_through": dict(let),
        "let_through_share": round(sum(let.values()) / sum(wrong.values()), 4),
    }
    print(json.dumps(report, indent=1))
    if "--show" in sys.argv:
        for line in shown:
            print(line)
        for case in true:
            reason = refusal(case.sentence, [case.source])
            if reason:
                print("DROPPED", reason, "|", case.sentence, "|", case.source.speaker, ":", case.source.text)


if __name__ == "__main__":
    main()
