"""A number that no source has, or that counts something else there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from secondme.consolidation.checks.words import MONTH_FORMS, NUMBERS
from secondme.consolidation.evidence import CLAUSE, WORD, Evidence, all_moments
from secondme.text.terms import STOP_WORDS, stem

NEAR = 4
"""Words between a number and what it counts."""

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?")
_LOOSE_ONE = re.compile(
    r"(?i)\b(?:(?:the|no|this|that|every|any|each|which|another|some|good|great|new|next|last) one|one (?:of|another"
    r"|day|thing|who|that|to|with|step)"
    r"|(?:a|the|at|for the|every|split) second|first of all|at first|half (?:of|the)|(?:a|the) (?:couple"
    r"|pair)(?! of)|at once|once (?:i|we|you|she|he|they|in|upon)|first and foremost|second chance)\b"
)


def _numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """(value, start, end) of every number, words and digits alike; "one of them" is none."""
    loose = [match.span() for match in _LOOSE_ONE.finditer(text)]
    for match in re.finditer(rf"{_DIGITS.pattern}|[^\W\d_]+", text):
        word = match.group().lower()
        if any(begin <= match.start() < end for begin, end in loose):
            continue
        if word[0].isdigit():
            yield word.rstrip(".,:").replace(",", ""), match.start(), match.end()
        elif word in NUMBERS:
            yield NUMBERS[word], match.start(), match.end()


def _counted(text: str, end: int) -> set[str]:
    """Stems of the content words just after a number: what it counts."""
    clause = CLAUSE.split(text[end:], maxsplit=1)[0]
    words = [word.lower() for word in WORD.findall(clause)][:NEAR]
    return {stem(word) for word in words if word not in STOP_WORDS and word not in NUMBERS and not word.isdigit()}


def has_wrong_number(sentence: str, sources: Sequence[Evidence]) -> bool:
    """Whether a number is in no source, or counts something else there. A day or year may follow from a source's
    time."""
    counted_by: dict[str, list[set[str]]] = {}
    for source in sources:
        for text in (source.text, source.heading):
            for value, _, end in _numbers(text):
                counted_by.setdefault(value, []).append(_counted(text, end))
    words = {form for source in sources for form in source.forms}
    of_times = _numbers_of_times(sources)
    for value, begin, end in _numbers(sentence):
        digits = sentence[begin:end].lower()
        if value not in counted_by:
            of_date = digits[0].isdigit() and _is_of_date(sentence, begin, end) and value.rstrip("stndrh") in of_times
            if not of_date and not (digits.isdigit() and digits in words):
                return True
            continue
        counted = _counted(sentence, end)
        here = any(counted & things for things in counted_by[value])
        elsewhere = any(counted & things for other, groups in counted_by.items() if other != value for things in groups)
        if counted and not here and elsewhere:
            return True
    return False


def _is_of_date(sentence: str, start: int, end: int) -> bool:
    """Whether a number stands beside a month, or is written as a year."""
    around = [word.lower() for word in WORD.findall(sentence[max(0, start - 14) : end + 14])]
    year = re.fullmatch(r"(?:19|20)\d\d", sentence[start:end])
    return bool(year) or any(word in MONTH_FORMS for word in around)


def _numbers_of_times(sources: Sequence[Evidence]) -> set[str]:
    """Numbers of the days, months and years of the sources' times."""
    return {
        number
        for times in all_moments(sources)
        for moment in times
        for number in (str(moment.year), str(moment.day), f"{moment.day:02}", f"{moment.month:02}", str(moment.month))
    }
