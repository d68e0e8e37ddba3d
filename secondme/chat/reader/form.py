"""The form of a question: what type of answer it asks for, about whom, and about which time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from secondme.chat.reader.request import plain_question
from secondme.chat.reader.yes_or_no import asks_yes_or_no
from secondme.facts.phrases import any_of
from secondme.text.asides import without_asides
from secondme.text.sure_names import sure_names
from secondme.text.terms import STOP_WORDS, content_words, stem, words_of
from secondme.text.timex.query import FOREIGN_WHEN
from storage.tokens.scripts import is_han


class Wanted(Enum):
    """Types of answers."""

    PERSON = "person"
    NAME = "name"
    PLACE = "place"
    TIME = "time"
    DURATION = "duration"
    AMOUNT = "amount"
    AGE = "age"
    REASON = "reason"
    YES_OR_NO = "yes or no"
    THING = "thing"


_MEASURES = any_of("""
    rate, price, cost, rent, salary, wage, fee, sum, total, amount, number, weight, height, size, length, width,
    distance, temperature, pressure, dose, score, pin, code, balance, budget, percentage, population
""")
_ASKS = any_of("what, which, who, whose, whom, where, why, how")
_TYPES = (
    (
        Wanted.AGE,
        r"\bhow old\b|\bwhat(?: sort of)? age\b|\b(?:my|your|his|her|'s) age\b|\bages? of\b"
        r"|\bwie alt\b|\bquel âge\b|\bcuántos años tien|\bqué edad\b|\bquanti anni\b"
        r"|多大[了呢？?]|多大年[纪龄]|几岁|何歳",
    ),
    (Wanted.DURATION, r"\bhow long\b"),
    (
        Wanted.AMOUNT,
        r"\bhow (?:much|many|far|tall|big|large|heavy|high|wide|deep|often|fast|cold|hot|warm)\b"
        rf"|\bwhat(?:'s| is| was| were|s)? (?:\w+ ){{0,3}}{_MEASURES}\b|\bwhat does .* (?:weigh|cost|measure)\b"
        rf"|\bwhich (?:number|size)\b|\b{_MEASURES}\W*$",
    ),
    (
        Wanted.TIME,
        rf"^(?:(?!\b{_ASKS}(?:'?s)?\b).)*\bwhen\b"
        r"|\b(?:what|which) (?:\w+ )?(?:date|day|month|year|time|century|decade|weekday|season)\b"
        r"|\bwhat(?: is| was|'s|s) the (?:\w+ ){0,2}(?:date|day|month|year|weekday)\b"
        r"|\bsince when\b|\bby when\b|\bbirthday\b",
    ),
    (Wanted.REASON, r"\bwhy\b|\bwhat for\b|\bhow come\b|\bwhat (?:caused|causes|made)\b|\b(?:for )?what reason\b"),
    (
        Wanted.NAME,
        r"\bcalled\b|\bnamed?\b(?! after)|\bwhat (?:is|was|are|were) (?:the )?names?\b|\bname of\b",
    ),
    (Wanted.PERSON, r"\bwho(?:'s|s|m|se)?\b"),
    (
        Wanted.PLACE,
        r"\bwhere(?:abouts|'s|s)?\b|\b(?:what|which) (?:\w+ )?(?:city|town|country|street|place|state|continent|county"
        r"|region|village|island|address|room|district)\b|\baddress\b",
    ),
)
_WANTED = tuple((wanted, re.compile(f"(?i){pattern}")) for wanted, pattern in _TYPES)
_PAST = re.compile(
    r"(?i)\b(?:before|used to|formerly|previous(?:ly)?|earlier|at first|first|originally|old|last time|back then"
    r"|until)\b"
)
_NOW = re.compile(
    r"(?i)\b(?:now|these days|currently|at the moment|today|still|yet|already|any ?more|nowadays|latest)\b"
)
_FUTURE = re.compile(r"(?i)\b(?:will|going to|gonna|next|tomorrow|planned|planning|am i|are we|is \w+ing)\b")
_ME = frozenset("i me my mine myself we our us ours im ive".split())
_GENERIC = frozenset(
    """
    name names called kind type sort year years day date time month much many old long old number people person place
    thing things exactly again really actually called happen happened went got get tell told said say mention mentioned
    know remember whats wheres whos hows im ive
    """.split()
)
"""Words that say which type of answer is wanted, not what it is about."""


@dataclass(frozen=True)
class QuestionForm:
    """What a question asks for.

    `wanted`: the type of its answer. `words`: its words that an answer would be about, in lower case. `names`: folded
    names in it. `about_me`: whether it speaks of "I", "my" or "we". `past`, `now`, `future`: the time it asks about.
    """

    text: str
    wanted: Wanted
    words: tuple[str, ...]
    names: tuple[str, ...]
    about_me: bool
    past: bool
    now: bool
    future: bool

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of `words`, each once."""
        return tuple(dict.fromkeys(stem(word) for word in self.words))


def _wanted(text: str) -> Wanted:
    plain = plain_question(text)
    wanted = next((kind for kind, pattern in _WANTED if pattern.search(plain)), Wanted.THING)
    if wanted is Wanted.THING and asks_yes_or_no(text):
        return Wanted.YES_OR_NO
    return Wanted.TIME if wanted is Wanted.THING and FOREIGN_WHEN.search(text) else wanted


def question_form(question: str) -> QuestionForm:
    """Read the form off a question."""
    text = question.replace("’", "'")
    wanted = _wanted(text)
    words = words_of(text)
    carrying = set(content_words(words)) - STOP_WORDS
    about = [word for word in words if word in carrying and word not in _GENERIC and (len(word) > 1 or is_han(word))]
    return QuestionForm(
        text=question,
        wanted=wanted,
        words=tuple(dict.fromkeys(about)),
        names=tuple(name.key for name in sure_names(without_asides(question)) if name.kind not in ("title", "host")),
        about_me=bool(_ME & set(words)),
        past=bool(_PAST.search(text)),
        now=bool(_NOW.search(text)),
        future=bool(_FUTURE.search(text)),
    )
