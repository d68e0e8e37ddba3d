"""What is known of a language in which facts are read and asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from secondme.facts.phrases import Pattern


@dataclass(frozen=True)
class Saying:
    """A way to state something, in the notation of `secondme.facts.phrases`: a pattern with an object `o`.

    A subject is a name `s`, a relative `k` (a word of `Tongue.kin`) with or without a name `n`; without any of them it
    is the speaker.
    """

    relation: str
    pattern: str
    ends: bool = False
    """That it is over, or was so once."""
    listed: bool = False
    """The object is a list."""
    called: bool = False
    """The speaker says that others call them so."""


CLAUSE: Mapping[str, str] = {"START": r"(^\W*|[,;:.!?] ?)", "STOP": r"(?=\W*$|[,;:.!?])"}
"""Phrases for where a clause begins and ends, in languages that part words by spaces."""


def sayings(relation: str, *patterns: str, listed: bool = False) -> tuple[Saying, ...]:
    """Several ways to state the same relation."""
    return tuple(Saying(relation, pattern, listed=listed) for pattern in patterns)


@dataclass(frozen=True)
class Inquiry:
    """A way to ask for a relation: a pattern of the whole question, with the asked person as in a `Saying`.

    `aim`: as of `secondme.chat.fact_questions.Asked`. `w`, where the pattern has it, is the word for whom is asked.
    """

    relation: str
    pattern: str
    aim: str = "value"


@dataclass(frozen=True)
class Answer:
    """How a relation reads in an answer: to the person, of somebody else, and the same of the past. `{o}` and `{s}` are
    object and subject. `{w}`: the word by which was asked, "deine Frau"."""

    you: str
    they: str
    you_past: str = ""
    they_past: str = ""
    without_word: str = ""
    """The answer to a question that has no word for whom it asks."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Tongue:
    """A language: what is said in it and how, what is no statement, and how an answer reads."""

    code: str
    """ISO 639-1."""
    hint: str
    """A regular expression; a text without a match states nothing in this language."""
    phrases: Mapping[str, str]
    sayings: tuple[Saying, ...]
    kin: Mapping[str, str]
    """Words for relatives, in lower case, with the English word under which they are kept."""
    no_objects: Mapping[str, str]
    """By relation, a regular expression of what is none of its objects; under "" what is no object of any."""
    no_subjects: str
    """A regular expression of what begins like a name and is none."""
    drops: str
    """A regular expression of what an object begins with and is shown without."""
    pair: re.Pattern[str]
    """What stands between the members of a list."""

    # What the gate refuses.
    asks: str
    denies: str
    hearsay: str
    """What others say: it stands before the statement."""
    unsure: str
    """What is wished, supposed or planned: it stands before the statement or in it."""
    unsure_after: str
    """The same behind it."""
    jokes: str

    # Time.
    months: tuple[str, ...]
    """Regular expressions for January to December."""
    since: str
    """What says that it holds since the time behind or before it."""
    happens: str
    """Verbs of what happens on a day: a time beside them says when it began."""

    # Questions and answers.
    inquiries: tuple[Inquiry, ...]
    answers: Mapping[str, Answer]
    mine_to_yours: tuple[tuple[str, str], ...]
    """How "my wife" reads to the person: regular expressions with what stands in their place."""
    and_: str
    from_: str
    """" (since {})"."""
    until: str
    day: str
    """A day of the year, of `{d}` and `{m}`; without `month_names` it is a number."""
    day_of_year: str
    """The same with its year `{y}`."""
    month_of_year: str
    year: str = "{y}"
    before: str
    """What held until then: " (before: {})"."""
    month_names: tuple[str, ...] = ()
    comma: str = ", "

    def pattern(self, text: str) -> Pattern:
        """A pattern with the phrases of this language."""
        return Pattern(text, self.phrases)

    @cached_property
    def hints(self) -> re.Pattern[str]:
        """`hint`, compiled."""
        return re.compile(self.hint)

    @cached_property
    def rules(self) -> tuple[tuple[Saying, Pattern], ...]:
        """Every saying with its pattern; first those of what is over: "no longer in Rome" also reads "in Rome"."""
        ordered = sorted(self.sayings, key=lambda saying: not saying.ends)
        return tuple((saying, self.pattern(saying.pattern)) for saying in ordered)

    def day_and_month(self, written: str) -> str:
        """A day of the year as it is kept in every language: "3 May"; as written where it is none."""
        plain = _HAN_NUMBER.sub(lambda number: str(han_number(number.group())), written)
        for form in _NUMERIC:
            match = form.search(plain)
            if match and 1 <= int(match["m"]) <= 12:
                return f"{int(match['d'])} {ENGLISH_MONTHS[int(match['m']) - 1]}"
        number = re.search(r"\d{1,2}", plain)
        for place, month in enumerate(self.months):
            if number and re.search(rf"(?i)\b(?:{month})", plain):
                return f"{int(number.group())} {ENGLISH_MONTHS[place]}"
        return written

    def shown_day(self, kept: str) -> str:
        """A day of the year that was kept in English, as this language writes it."""
        match = _KEPT.fullmatch(kept)
        if match is None:
            return kept
        place = ENGLISH_MONTHS.index(match["m"])
        return self.day.format(d=match["d"], m=self.month_names[place] if self.month_names else place + 1)

    def start(self, day: str, grain: str) -> str:
        """A day in ISO form as exactly as it was said: "2015", "Mai 2026", "3. Mai 2026"."""
        year, month, number = day.split("-")
        name = self.month_names[int(month) - 1] if self.month_names else int(month)
        form = self.year if grain == "year" else self.month_of_year if grain == "month" else self.day_of_year
        return form.format(d=int(number), m=name, y=year)

    def yours(self, words: str) -> str:
        """Words about someone of mine as they read to me: "meine Frau" is "deine Frau"."""
        for mine, your in self.mine_to_yours:
            words, found = re.subn(mine, your, words)
            if found:
                break
        return words

    def joined(self, things: list[str]) -> str:
        """Words joined for a sentence."""
        if len(things) < 2:
            return "".join(things)
        return f"{self.comma.join(things[:-1])}{self.and_}{things[-1]}"


ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMERIC = (
    re.compile(r"(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2})"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})(?:\. ?|/)(?P<m>\d{1,2})(?!\d)"),
)
_HAN_NUMBER = re.compile("[一二三四五六七八九十]+")
_KEPT = re.compile(rf"(?P<d>\d{{1,2}}) (?P<m>{'|'.join(ENGLISH_MONTHS)})")


def han_number(written: str) -> int:
    """A number below 100 in Chinese characters."""
    tens, ten, ones = written.rpartition("十")
    digits = "一二三四五六七八九"
    return (10 * (digits.find(tens) + 1 or 1) if ten else 0) + (digits.find(ones) + 1 if ones else 0)
