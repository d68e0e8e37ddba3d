"""Whether a sentence holds something of the type that a question asks for."""

from __future__ import annotations

import re

from secondme.chat.reader.form import QuestionForm, Wanted
from secondme.facts.phrases import any_of
from secondme.text.entities import mentions
from secondme.text.number_words import TENS, UNDER_TWENTY
from secondme.text.timex.expressions import named_times

NUMBER_WORDS = any_of(f"""
    {", ".join((*UNDER_TWENTY, *TENS))}, hundred, thousand, million, billion, half, quarter, third, dozen, couple,
    twice, once, several, none, nothing, zero, percent, daily, weekly, every
""")
_NUMBER = re.compile(rf"(?i)\d+|\b{NUMBER_WORDS}\b")
_DURATION = re.compile(
    rf"(?i)(?:\d+|\b{NUMBER_WORDS}|\ban?|\bfew|\bmany) (?:\w+ )?(?:second|minute|hour|day|night|week|month|year|decade"
    r"|centur)"
    r"|\bsince\b|\bfrom .* (?:to|until|till)\b|\buntil\b"
)
_AGE = re.compile(
    rf"(?i)\b(?:\d{{1,3}}|{NUMBER_WORDS})[- ](?:years?|months?|weeks?|yrs?)(?:[- ]old)?\b"
    r"|\b(?:aged?|turn(?:ed|s|ing)?|born|birthdays?|\d{1,3}(?:st|nd|rd|th))\b"
    rf"|\b(?:is|am|are|was|he's|she's|it's|i'm|im|,) (?:\d{{1,3}}|{NUMBER_WORDS})\b"
    r"(?! ?(?:o'clock|am|pm|euro|pound|kg|km|per|%))"
    r"|\b(?-i:[A-ZÀ-Þ][a-zß-ÿ]+) \(?\d{1,2}\)?(?=,? (?:and|und|et|y|e|en) |,|\W*$)"
    r"|\d{1,3}(?: ?[岁歳]|\W+(?:Jahr|ans?\b|años?\b|anni\b))|[一二三四五六七八九十两]岁"
    r"|\b(?:geboren|née?|naci[óo]\w*|nat[oa]|wird|wurde|cumpl\w+|fêt\w+|Geburtstag\w*|anniversaire|cumpleaños)\b"
    r"|出生|生日|生まれ|\b(?:ist|bin|est|suis|es|tiene|a) (?:noch |jetzt |schon )?\d{1,3}\b"
)
"""Of other languages also what tells an age by a birthday or a figure."""
_REASON = re.compile(
    r"(?i)\b(?:because|since|as|due|so|after|owing|thanks|reason|in order|caused?|causes|result|led|for|by"
    r"|to [a-z]{3,}|cause|cos|cuz)\b"
)
_PLACE = re.compile(
    r"(?i)\b(?:in|at|on|under|behind|near|beside|above|below|inside|into|from|to|between|by|around|outside|opposite|off|over"
    r"|within|across|through|throughout|along|next to|home|abroad|here|there|upstairs|downstairs)\b"
)
_CLOCK = re.compile(
    r"(?i)\b\d{1,2}(?::\d\d| ?(?:am|pm|o['’]?clock))\b|\bnoon|midnight|\bhalf past|\bquarter (?:to|past)"
    r"|\bat (?:\d{1,2}|six|seven|eight|nine|ten|eleven|twelve|one|two|three|four|five)\b"
)
_YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)\b|\b\d{2,4}s\b|(?i:\bcentury\b)")
_PERSON = re.compile(
    r"(?i)\b(?:my|our|your|his|her|their|the|an?) (?:\w+ )?(?:mother|mum|mom|father|dad|sister|brother|wife|husband"
    r"|partner"
    r"|son|daughter|aunt|uncle|cousin|friend|neighbou?r|boss|manager|doctor|dentist|teacher|colleague|landlord|landlady"
    r"|people|man|woman|boy|girl|team|company|king|queen|president|bishop|emperor|\w+ers?|\w+ors?|\w+ists?|\w+ans?)\b"
)


def holds(form: QuestionForm, sentence: str) -> float:
    """1 if a sentence holds something of the wanted type besides what the question itself names, 0 if it does not; .5
    where any sentence may."""
    question = form.text.casefold()
    text = sentence
    match form.wanted:
        case Wanted.AMOUNT:
            return _any_new(_NUMBER, text, question)
        case Wanted.DURATION:
            return float(bool(_DURATION.search(text)))
        case Wanted.AGE:
            return float(bool(_AGE.search(text)))
        case Wanted.TIME:
            if _CLOCK.search(text) or _any_new(_YEAR, text, question):
                return 1.0
            return float(any(time.kind != "vague" for time in named_times(text)))
        case Wanted.REASON:
            return float(bool(_REASON.search(text)))
        case Wanted.PLACE:
            names = [m for m in mentions(text) if m.key not in form.names]
            return float(bool(names or _PLACE.search(text)))
        case Wanted.NAME | Wanted.PERSON:
            if any(m.key not in form.names and m.key not in question for m in mentions(text)):
                return 1.0
            return 0.5 if form.wanted is Wanted.PERSON and _PERSON.search(text) else 0.0
        case _:
            return 0.5


def _any_new(pattern: re.Pattern[str], text: str, question: str) -> float:
    return float(any(match.group().casefold() not in question for match in pattern.finditer(text)))
