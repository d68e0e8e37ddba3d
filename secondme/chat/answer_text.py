"""The text of an answer: quotes of passages, citations after its sentences, and the closest quotes below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from secondme.api import AnswerSentence, Citation, Hit
from secondme.chat.attribution import attribute, insert_citations
from secondme.recall.search import Recall
from secondme.text.sentences import sentences, strip_citations, support

SENTENCE_QUOTES = 2
"""Sentences that are quoted below an answer, each from another passage."""
SHORTEST_QUOTE = 20
"""In characters."""

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


def quote_passages(question: str, citations: Sequence[Citation], recall: Recall) -> str:
    """The sentence that comes nearest to the question, then the passages, all in their own words."""
    if not citations:
        return "Nothing in your memory matches this."
    ranked = _rank(question, citations, recall)
    lead = _lead(ranked, citations)
    quotes = [
        _quote(citation, citation.hit.text)
        for citation in citations
        if (citation.number, " ".join(citation.hit.text.split())) not in ranked[:1]  # it leads already
    ]
    return "\n\n".join([lead, *quotes] if lead else quotes)


def lead_unless_held(question: str, text: str, citations: tuple[Citation, ...], recall: Recall) -> Attributed | None:
    """The sentence nearest to the question, with quotes, where a small model's `text` says a word that it does not
    hold.

    None where the sentence holds all of it, or there is no such sentence.
    """
    ranked = _rank(question, citations, recall)
    lead = _lead(ranked, citations)
    parts = sentences(strip_citations(text))
    if not lead or (parts and all(support(part.text, lead) >= 1.0 for part in parts)):
        return None
    by_number = {citation.number: citation for citation in citations}
    others = [entry for entry in _closest(ranked) if entry != ranked[0]]
    quotes = [_quote(by_number[number], sentence) for number, sentence in others]
    return attribute_quotes("\n\n".join([lead, "In your memory:", *quotes] if quotes else [lead]), citations)


def attribute_quotes(text: str, citations: tuple[Citation, ...]) -> Attributed:
    """An answer of quotes, each on a line with its number: each supports itself."""
    lines = re.finditer(r"^.*\S \[(\d+)\]$", text, re.MULTILINE)
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
    text = strip_citations(text).strip()
    supported = attribute(text, passages)
    quotes = _closest(_rank(question, citations, recall)) if quote else []
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


def _lead(ranked: Sequence[tuple[int, str]], citations: Sequence[Citation]) -> str:
    """The best sentence with who said it and its number; empty where there is none."""
    if not ranked:
        return ""
    number, sentence = ranked[0]
    hit = next(citation.hit for citation in citations if citation.number == number)
    introduction = "You said: " if hit.role == "me" else f"{hit.speaker} said: " if hit.speaker else ""
    return f"{introduction}{sentence} [{number}]"


def _closest(ranked: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The best sentences of two passages: (number, sentence), by number.

    A small model invents; what the passages themselves say stands beside its words.
    """
    chosen: dict[int, str] = {}
    for number, text in ranked:
        if number not in chosen and len(chosen) < SENTENCE_QUOTES:
            chosen[number] = text
    return sorted(chosen.items())


def _rank(question: str, citations: Sequence[Citation], recall: Recall) -> list[tuple[int, str]]:
    """(number, sentence) of all passages, those nearest to the question first."""
    found = [
        (citation.number, " ".join(sentence.text.split()).strip("=-~_* "))
        for citation in citations
        for sentence in sentences(_unwrap(citation.hit.text))
    ]
    found = [(number, text) for number, text in found if len(text) >= SHORTEST_QUOTE] or found
    scores = recall.closeness(question, [text for _, text in found])
    return [found[i] for i in sorted(range(len(found)), key=lambda i: -scores[i])]


def _quote(citation: Citation, text: str) -> str:
    speaker = f"{citation.hit.speaker}: " if citation.hit.speaker else ""
    return f"> {speaker}{' '.join(text.split())} [{citation.number}]"


def _unwrap(text: str) -> str:
    """Join the lines of a paragraph, so that a wrapped sentence is found whole; the length stays the same."""
    return re.sub(r"(?<=[^\n])\n(?=[^\n\-*+>#|])", " ", text)
