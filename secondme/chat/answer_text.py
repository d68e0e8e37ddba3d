"""The text of an answer: dates and quotes where there is no model, citations and the closest quotes after a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from secondme.api import AnswerSentence, Citation, Hit
from secondme.chat.attribution import attribute, insert_citations
from secondme.recall.hits import Found
from secondme.recall.search import Recall
from secondme.text.sentences import sentences, without_citations
from secondme.text.timex.calendar import Grain
from secondme.text.timex.expressions import expressions, spoken

DATED = 3
"""Best passages in which a date is looked for."""
SENTENCE_QUOTES = 2
SHORTEST_QUOTE = 20

_QUESTION_START = re.compile(
    r"(?i)^(?:who|what|when|where|why|which|whose|how|is|are|was|were|do|does|did|can|could|should|will|would|have|has)\b"
)
_WHEN = re.compile(r"(?i)^\W*when\b|\b(?:what|which) (?:date|day|month|year)\b|^\W*(?:since|on) (?:when|what day)\b")
_ANNOUNCED = re.compile(r"(?i)(?:the |my )?(?:short )?answer(?: to (?:this|your) question)?(?: is)?\s*:?")


@dataclass(frozen=True)
class Attributed:
    """A final text, what supports each of its sentences, and the passages that it cites or was written from."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]


def dated_answer(found: Found) -> str:
    """The day that the best passage names, for a question that asks when; empty for any other question."""
    asked = _WHEN.search(found.question)
    if not asked or not found.hits:
        return ""
    for scored in found.hits[:DATED]:
        span = scored.span.span
        if span.happened_at is None or span.precision == "mtime":
            continue
        said = datetime.fromisoformat(span.happened_at)
        exact = next((time for time in expressions(span.text, said) if time.kind != "vague"), None)
        if exact:
            return _as_asked(asked.group(), exact.begins, exact.ends, exact.grain)
    best = found.hits[0].span.span
    if best.happened_at is None or best.precision == "mtime":
        return ""
    said = datetime.fromisoformat(best.happened_at)
    return _as_asked(asked.group(), said, said + timedelta(days=1), "day")


def is_question(text: str) -> bool:
    """Whether a message only asks: then it states nothing that could support an answer."""
    parts = [sentence.text for sentence in sentences(text)]
    return (
        bool(parts)
        and all(part.rstrip().endswith("?") for part in parts[:-1])
        and (parts[-1].rstrip().endswith("?") or (len(parts) == 1 and bool(_QUESTION_START.match(parts[0]))))
    )


def without_speaker(text: str, speakers: Iterable[str]) -> str:
    """An answer without the name of a speaker in front of it, which small models copy from the context, and without an
    announcement of an answer that did not come."""
    if _ANNOUNCED.fullmatch(text.strip()):
        return ""
    for speaker in speakers:
        if speaker and text.lstrip().startswith(f"{speaker}: "):
            return text.lstrip()[len(speaker) + 2 :]
    return text


def quote_passages(citations: Sequence[Citation]) -> str:
    """An answer without a model: the best passages in their own words."""
    if not citations:
        return "Nothing in your memory matches this."
    return "\n\n".join(_quote(citation, citation.hit.text) for citation in citations)


def attribute_quotes(text: str, citations: tuple[Citation, ...]) -> Attributed:
    """An answer of quotes: each supports itself."""
    lines = re.finditer(r"^> .*\[(\d+)\]$", text, re.MULTILINE)
    marked = tuple(AnswerSentence(line.start(), line.end(), (int(line.group(1)),), 1.0) for line in lines)
    return Attributed(text, marked, citations)


def attribute_answer(
    question: str,
    text: str,
    passages: Sequence[tuple[int, str]],
    citations: tuple[Citation, ...],
    recall: Recall,
    *,
    everything: Mapping[int, Hit] | None = None,
    quote: bool = True,
) -> Attributed:
    """A text with citations of the `passages`, (number, text as read), that support its sentences.

    With `quote` the closest sentences of what is cited follow it. `everything`: passages by number where all were read;
    those that nothing cites are left out then, and the rest are numbered from 1.
    """
    text = without_citations(text).strip()
    supported = attribute(text, passages)
    quotes = _closest(question, citations, recall) if quote else []
    if everything:
        used = sorted({number for sentence in supported for number in sentence.citations} | {n for n, _ in quotes})
        again = {number: place for place, number in enumerate(used, start=1)}
        supported = [
            replace(sentence, citations=tuple(again[number] for number in sentence.citations)) for sentence in supported
        ]
        quotes = [(again[number], sentence) for number, sentence in quotes]
        citations = tuple(Citation(again[number], everything[number]) for number in used)
    final, marked = insert_citations(text, supported)
    if quotes:
        final = f"{final}\n\nIn your memory:" if final else "In your memory:"
    by_number = {citation.number: citation for citation in citations}
    for number, sentence in quotes:
        line = _quote(by_number[number], sentence)
        start = len(final) + 2
        final = f"{final}\n\n{line}"
        marked = (*marked, AnswerSentence(start, len(final), (number,), 1.0))
    return Attributed(final, marked, citations)


def _closest(question: str, citations: Sequence[Citation], recall: Recall) -> list[tuple[int, str]]:
    """The sentences of two passages that come nearest to the question: (number, sentence).

    A small model invents; what the passages themselves say stands beside its words.
    """
    found = [
        (citation.number, " ".join(sentence.text.split()).strip("=-~_* "))
        for citation in citations
        for sentence in sentences(_unwrapped(citation.hit.text))
        if len(sentence.text) >= SHORTEST_QUOTE
    ]
    scores = recall.closeness(question, [text for _, text in found])
    chosen: dict[int, str] = {}
    for i in sorted(range(len(found)), key=lambda i: -scores[i]):
        number, text = found[i]
        if number not in chosen and len(chosen) < SENTENCE_QUOTES:
            chosen[number] = text
    return sorted(chosen.items())


def _quote(citation: Citation, text: str) -> str:
    speaker = f"{citation.hit.speaker}: " if citation.hit.speaker else ""
    return f"> {speaker}{' '.join(text.split())} [{citation.number}]"


def _unwrapped(text: str) -> str:
    """Lines of a paragraph joined, so that a sentence that was wrapped is one; same length."""
    return re.sub(r"(?<=[^\n])\n(?=[^\n\-*+>#|])", " ", text)


def _as_asked(asked: str, begins: datetime, ends: datetime, grain: Grain) -> str:
    if "year" in asked.casefold():
        return str(begins.year)
    if "month" in asked.casefold():
        return f"{begins:%B %Y}"
    return spoken(begins, ends, grain)
