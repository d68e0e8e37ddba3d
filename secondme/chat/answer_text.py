"""The text of an answer: quotes of passages, citations after its sentences, and the closest quotes below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from secondme.api import AnswerSentence, Citation, Hit
from secondme.chat.attribution import attribute, insert_citations
from secondme.chat.own_words import own_words
from secondme.chat.reader.aboutness import goes_with
from secondme.chat.reader.answer_types import holds
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.reader import Reading
from secondme.text.sentences import sentences, strip_citations, support
from secondme.text.terms import STOP_WORDS, content_stems, words_of
from secondme.text.timex.names import ANY_WEEKDAY

SENTENCE_QUOTES = 2
"""Sentences that are quoted below an answer, each from another passage."""
LONG = 30
"""Words of a sentence that rambles."""
MOST_OF_IT = 0.75
_CLAUSE = re.compile(r"[,;]\s+|\s[–—-]\s+|\.{2,}\s*|…\s*")
_GOES_ON = re.compile(r"(?i)(?:they|it|he|she|which|who|that|\W?\d)")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_DAY = re.compile(rf"(?i)\b(?:{ANY_WEEKDAY})")
_PART = re.compile(r"[,;.]\s")
_ANNOUNCED = re.compile(r"(?i)(?:the |my )?(?:short )?answer(?: to (?:this|your) question)?(?: is)?\s*:?")


@dataclass(frozen=True)
class Attributed:
    """A final text, what supports each of its sentences, and the passages that it cites or was written from."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]


def without_speaker(text: str, speakers: Iterable[str]) -> str:
    """An answer without the name of a speaker in front of it, which small models copy from the context.

    Nothing of an answer that only announces itself.
    """
    if _ANNOUNCED.fullmatch(text.strip()):
        return ""
    for speaker in speakers:
        if speaker and text.lstrip().startswith(f"{speaker}: "):
            return text.lstrip()[len(speaker) + 2 :]
    return text


def lead_answer(reading: Reading, citations: Sequence[Citation], words: str = "") -> str:
    """The sentences that answer, in their own words with their numbers, then the nearest sentences of other passages.

    With `words` of the best sentence, they come alone, and their sentence is the first of the quotes.
    Empty where nothing was read.
    """
    numbers = {citation.hit.id: citation.number for citation in citations}
    leading = [found for found in reading.leading if found.hit.id in numbers]
    if not leading:
        return ""
    if words and leading[0] is reading.leading[0]:
        best = leading[0]
        lead = f"{words} [{numbers[best.hit.id]}]"
        first = [_quote(numbers[best.hit.id], best)]
    else:
        said = [found.text for found in leading]
        short = [in_short(reading, found) for found in leading]
        lead = " ".join(
            _lead(reading, found, numbers[found.hit.id], said, cut) for found, cut in zip(leading, short, strict=True)
        )
        first = [_quote(numbers[found.hit.id], found) for found, cut in zip(leading, short, strict=True) if cut]
    quotes = [
        _quote(number, found)
        for number, found in closest(reading, numbers)
        if all(found.text not in line.whole for line in leading)
    ]
    return "\n\n".join([lead, *first, *quotes])


def held_by_lead(text: str, reading: Reading) -> bool:
    """Whether the sentences that answer hold every word of a model's `text`, and it answers: it is of the type that was
    asked for, and says more than the question.

    A small model invents: its words are worth showing only as a shorter form of what memory says.
    """
    parts = sentences(strip_citations(text))
    lead = " ".join(f"{found.hit.speaker} {found.whole}" for found in reading.leading)
    held = bool(parts) and all(support(part.text, lead) >= 1.0 for part in parts)
    numbers = set(_DIGITS.findall(reading.likely))
    if numbers and not numbers & set(_DIGITS.findall(text)):
        return False  # of two numbers it took the other
    if _of_another_day(text, lead, reading.form.text):
        return False
    if reading.likely and not set(words_of(text)) & set(words_of(reading.likely)) - STOP_WORDS:
        return False  # the reader of sentences would say something else
    more = set(content_stems(text)) - set(content_stems(reading.form.text))
    return held and bool(more) and holds(reading.form, text) > 0


def _of_another_day(text: str, lead: str, question: str) -> bool:
    """Whether a sentence tells of several days of the week, and the words stand beside another than is asked about."""
    days = {day.casefold() for day in _DAY.findall(lead)}
    asked = days & {day.casefold() for day in _DAY.findall(question)}
    if len(days) < 2 or not asked:
        return False
    parts = [part.casefold() for part in _PART.split(lead)]
    return not any(text.strip(" .").casefold() in part and any(day in part for day in asked) for part in parts)


def attribute_quotes(text: str, citations: tuple[Citation, ...]) -> Attributed:
    """An answer of quotes, each on a line with its number: each supports itself."""
    lines = re.finditer(r"^.*\S \[(\d+)\]$", text, re.MULTILINE)
    marked = tuple(AnswerSentence(line.start(), line.end(), (int(line.group(1)),), 1.0) for line in lines)
    return Attributed(text, marked, citations)


def attribute_answer(
    text: str,
    passages: Sequence[tuple[int, str]],
    citations: tuple[Citation, ...],
    reading: Reading,
    *,
    everything: Mapping[int, Hit] | None = None,
    quote: bool = True,
) -> Attributed:
    """A text with citations of the `passages`, (number, text as read), that support its sentences.

    With `quote` the sentences that lead follow it, and the closest ones of what else is cited. `everything`: passages
    by number where all were read; those that nothing cites are left out then, and the rest are numbered from 1.
    """
    text = strip_citations(text).strip()
    supported = attribute(text, passages)
    quotes = _quotes_of_words(reading, {citation.hit.id: citation.number for citation in citations}) if quote else []
    if everything:
        used = sorted({number for sentence in supported for number in sentence.citations} | {n for n, _ in quotes})
        again = {number: place for place, number in enumerate(used, start=1)}
        supported = [
            replace(sentence, citations=tuple(again[number] for number in sentence.citations)) for sentence in supported
        ]
        quotes = [(again[number], found) for number, found in quotes]
        citations = tuple(Citation(again[number], everything[number]) for number in used)
    final, marked = insert_citations(text, supported)
    return _with_quotes(final, marked, citations, quotes)


def with_quotes(
    text: str, marked: tuple[AnswerSentence, ...], citations: tuple[Citation, ...], reading: Reading
) -> Attributed:
    """A text whose sentences are `marked` already, with the closest sentences of what is cited below it."""
    quotes = closest(reading, {citation.hit.id: citation.number for citation in citations})
    return _with_quotes(text, marked, citations, quotes)


def _with_quotes(
    final: str,
    marked: tuple[AnswerSentence, ...],
    citations: tuple[Citation, ...],
    quotes: Sequence[tuple[int, CandidateSentence]],
) -> Attributed:
    if quotes:
        final = f"{final}\n\nIn your memory:" if final else "In your memory:"
    for number, found in quotes:
        line = _quote(number, found)
        start = len(final) + 2
        final = f"{final}\n\n{line}"
        marked = (*marked, AnswerSentence(start, len(final), (number,), 1.0))
    return Attributed(final, marked, citations)


def in_short(reading: Reading, found: CandidateSentence) -> str:
    """Of a long rambling sentence the clauses that answer; empty for others, and where they are most of it."""
    begin, end = clauses_that_answer(reading, found)
    part = found.text[begin:end]
    if len(part.split()) > MOST_OF_IT * len(found.text.split()):
        return ""
    return f"{'… ' if begin else ''}{part}{' …' if end < len(found.text) else ''}"


def clauses_that_answer(reading: Reading, found: CandidateSentence) -> tuple[int, int]:
    """The range of the clauses of a long rambling sentence that answer: that with most words of the question and the
    likely answer, and those beside it that have some or go on about it. All of another sentence."""
    whole = (0, len(found.text))
    if found.hit.role != "me" or len(found.text.split()) < LONG:
        return whole
    clauses = list(pairwise([0, *(mark.end() for mark in _CLAUSE.finditer(found.text)), len(found.text)]))
    at = found.text.find(reading.likely) if reading.likely and found is reading.sentences[0] else -1
    stems = set(reading.form.stems)
    counts = [(begin <= at < end) + len(stems & set(content_stems(found.text[begin:end]))) for begin, end in clauses]
    if not max(counts):
        return whole
    first = last = counts.index(max(counts))
    while first and counts[first - 1]:
        first -= 1
    while last + 1 < len(clauses) and (counts[last + 1] or _GOES_ON.match(found.text, clauses[last + 1][0])):
        last += 1
    while last + 1 < len(clauses) and not holds(reading.form, found.text[clauses[first][0] : clauses[last][1]]):
        last += 1  # "the baby, Scott, who is thirty-eight": the age stands behind
    begin, end = clauses[first][0], clauses[last][1]
    return begin, begin + len(found.text[begin:end].rstrip(" ,;:–—-"))


def _lead(reading: Reading, found: CandidateSentence, number: int, said: Sequence[str], short: str) -> str:
    """A sentence, or what of it was cut `short`, with who said it, in the question's language, and its number; `said`:
    sentences that lead too, which it need not repeat."""
    hit = found.hit
    text = short or (found.text if found.before in said else found.whole)
    introduction = (
        own_words("said", reading.form.text) if hit.role == "me" else f"{hit.speaker} said: " if hit.speaker else ""
    )
    return f"{introduction}{text} [{number}]"


def closest(reading: Reading, numbers: Mapping[str, int]) -> list[tuple[int, CandidateSentence]]:
    """The best sentences of SENTENCE_QUOTES passages, with the passages' numbers by their spans' ids; by number.

    A small model invents; what the passages themselves say stands beside its words.
    """
    chosen: dict[int, CandidateSentence] = {}
    for found in reading.beside:
        number = numbers.get(found.hit.id)
        if number is None or number in chosen or len(chosen) == SENTENCE_QUOTES:
            continue
        if not reading.leading or goes_with(reading.form, reading.leading[0], found):
            chosen[number] = found
    return sorted(chosen.items())


def _quotes_of_words(reading: Reading, numbers: Mapping[str, int]) -> list[tuple[int, CandidateSentence]]:
    """What is quoted below a few words: the sentences that lead, which hold them, and the closest of other passages.

    A word alone can't be judged: beside "Joss" has to stand that he is moving to Leeds.
    """
    leading = [(numbers[found.hit.id], found) for found in reading.leading if found.hit.id in numbers]
    return leading + [
        (number, found)
        for number, found in closest(reading, numbers)
        if all(found.text not in lead.whole for lead in reading.leading)
    ]


def _quote(number: int, found: CandidateSentence) -> str:
    speaker = f"{found.hit.speaker}: " if found.hit.speaker else ""
    return f"> {speaker}{found.text} [{number}]"
