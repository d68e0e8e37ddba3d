"""Which words of a draft are in neither its order nor its notes: names, numbers and days. They get a mark.

The test is lexical, and looks at no other words: how something is said is the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import date

from secondme.api.answers import UNSUPPORTED
from secondme.text.number_words import UNDER_TWENTY
from secondme.text.terms import STOP_WORDS, stem, words_of
from secondme.text.timex.names import MONTHS, WEEKDAYS

_WORD = re.compile(r"[^\W_](?:[\w'’:.,-]*[^\W_])?")
_DIGITS = re.compile(r"\d+")
_NUMBERS = {word: str(value) for value, word in enumerate(("zero", *UNDER_TWENTY[:12]))}
_NO_NUMBERS = ("0", "1")
"""As words they hardly count anything: "one of you"."""
_DAYS = frozenset((*MONTHS, *WEEKDAYS)) - {"may", "march"}
_FROM_TODAY = frozenset("today tonight tomorrow yesterday".split())
"""A note was written on another day, so only the order says them."""
_TITLES = frozenset("dr mr mrs ms prof st".split())
_BEGINS = re.compile(r"(?i)(?:^|(?<!\bdr)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bprof)(?<!\bst)\.\W*|[!?…:]\W*|\n\W*)$")
"""What stands before a word with which a sentence begins."""
_ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_POSSESSIVE = re.compile(r"['’]s?$")
_CITATION = re.compile(r"\s*\[\d+\]")
"""A small model writes numbers of notes into a text that is for somebody else."""
_NO_SPACE = re.compile(r"\S*")


class DraftCheck:
    """Marks a draft while it comes."""

    def __init__(
        self, order: str, notes: Sequence[str], *, me: Collection[str] = (), people: Collection[str] = ()
    ) -> None:
        """`me`: the owner's names. `people`: names that count as such also in small letters."""
        self._ordered = _known(order)
        self._held = self._ordered.union(*(_known(text) for text in (*notes, *me)))
        self._people = {name.casefold() for name in people} - STOP_WORDS
        self._text = self._shown = ""
        self.unknown: list[str] = []
        """The words that got a mark."""

    def add(self, text: str) -> str:
        """Take a piece; returns what may be shown by now."""
        self._text += text
        whole = max(self._text.rfind(" "), self._text.rfind("\n"))
        words = [match for match in _WORD.finditer(self._text) if match.end() <= whole]
        while words and self._is_unknown(words[-1]):
            words.pop()  # the next word may belong to it
        return self._show(self._text[: _with_marks(self._text, words[-1].end())] if words else "")

    def rest(self) -> str:
        """What is left to show."""
        return self._show(self._text)

    @property
    def shown(self) -> str:
        """All that was shown."""
        return self._shown

    def _show(self, text: str) -> str:
        marked, unknown = self._marked(_CITATION.sub("", text))
        fresh, self._shown = marked[len(self._shown) :], max(marked, self._shown, key=len)
        self.unknown = unknown
        return fresh

    def _marked(self, text: str) -> tuple[str, list[str]]:
        """A text with a mark behind what nothing holds, and those words; a run of them gets one mark."""
        pieces, unknown, at = [], [], 0
        for run in self._runs(text):
            pieces += [text[at : run[-1].end()], f" {UNSUPPORTED}"]
            unknown.append(text[run[0].start() : run[-1].end()])
            at = run[-1].end()
        return "".join([*pieces, text[at:]]), unknown

    def _runs(self, text: str) -> Iterator[list[re.Match[str]]]:
        """Words that nothing holds, those together between which stands a blank only."""
        run: list[re.Match[str]] = []
        for word in filter(self._is_unknown, _WORD.finditer(text)):
            if run and not text[run[-1].end() : word.start()].isspace():
                yield run
                run = []
            run.append(word)
        if run:
            yield run

    def _is_unknown(self, match: re.Match[str]) -> bool:
        """Whether a word is a name, a number or a day that nobody told."""
        word = match.group()
        lower = word.casefold()
        if lower in _TITLES:
            return False
        if lower in _FROM_TODAY:
            return lower not in self._ordered
        digits = _numbers(word)
        if digits:
            return not digits <= self._held and lower not in self._held
        if lower in _NUMBERS:
            return _NUMBERS[lower] not in (*_NO_NUMBERS, *self._held)
        plain = _POSSESSIVE.sub("", lower)
        if plain in self._held or stem(plain) in self._held:
            return False
        named = word[0].isupper() and not _BEGINS.search(match.string[: match.start()]) and plain not in STOP_WORDS
        return (named and not _is_first_person(word)) or plain in _DAYS or plain in self._people


def _with_marks(text: str, end: int) -> int:
    """The end of what stands without a blank behind a place."""
    found = _NO_SPACE.match(text, end)
    return found.end() if found else end


def _is_first_person(word: str) -> bool:
    return word == "I" or word.startswith(("I'", "I’"))


def _known(text: str) -> set[str]:
    """What a text holds: its words and their stems, its numbers as digits."""
    words = set(words_of(text)) | {match.group().casefold() for match in _WORD.finditer(text)}
    plain = {_POSSESSIVE.sub("", word) for word in words}
    counted = {_NUMBERS[word] for word in words if word in _NUMBERS}
    return words | plain | {stem(word) for word in plain if word} | counted | _numbers(text) | set(_days(text))


def _days(text: str) -> Iterator[str]:
    """Weekday and month of the days that it names by numbers, as notes do."""
    for found in _ISO_DAY.findall(text):
        with suppress(ValueError):
            yield from f"{date.fromisoformat(found):%A %B}".casefold().split()


def _numbers(text: str) -> set[str]:
    """Its numbers without leading zeros."""
    return {number.lstrip("0") or "0" for number in _DIGITS.findall(text)}
