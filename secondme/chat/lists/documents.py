"""What a document, a section of it, or a list that was told in a message holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from secondme.chat.list_question import ListQuestion
from secondme.chat.lists.gathered import Gathered, gathered
from secondme.chat.lists.lines import Line, is_header, lines_of
from secondme.chat.lists.sources import Sources
from secondme.text.terms import STOP_WORDS, content_stems

_ARTICLES = re.compile(r"(?i)^(?:(?:all|of|the|my|our|from|in) )+")
_BETWEEN = re.compile(r"\s*[,;\n]\s*|\s+and\s+")
HEAD = 60
"""Characters of what stands before a list in a message."""
ALIKE = 4
"""Letters in which the beginnings of two words agree that mean the same: "decided", "decisions"."""


def gather_document(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered | None:
    """The items of the document that a question names; without items its sentences. None if there is none."""
    topic = _ARTICLES.sub("", asked.about)
    title, spans = sources.document(topic, now)
    if not spans and asked.kind:  # "the quilts in my notes": the document is called by what is listed
        title, spans = sources.document(asked.kind, now)
    spans = _section(spans, f"{asked.kind} {' '.join(asked.verbs)}")
    lines = [line for line in lines_of(spans) if line.box != "x" and not is_header(line)]
    if not lines:
        return _told_list(sources, asked, topic, now, but)
    items = [line for line in lines if line.item]
    # A list is listed; what stands around it only says what it is.
    chosen = items if len(items) >= max(2, len(lines) // 3) else lines
    inside = [line for line in chosen if line.within(asked.window)] if asked.window else []
    if asked.window is not None and inside:
        return gathered(asked, inside, title=f"{title}, {asked.window.words}", latest=False)
    return gathered(asked, chosen, title=title, latest=False)


def _section(spans: Sequence, wanted: str) -> list:  # type: ignore[type-arg]
    """The spans of the sections whose heading holds a word that is asked for; all where none does."""
    beginnings = {word[:ALIKE] for word in re.findall(r"[^\W_]{4,}", wanted.lower()) if word not in STOP_WORDS}
    chosen = [
        found
        for found in spans
        if any(
            word[:ALIKE] in beginnings
            for word in re.findall(r"[^\W_]{4,}", found.span.heading.rpartition(" > ")[2].lower())
        )
    ]
    return list(chosen or spans)


def _told_list(sources: Sources, asked: ListQuestion, topic: str, now: datetime, but: Sequence[str]) -> Gathered | None:
    """A list that was told in a message: "Packing list: torch, tent, stove". The newest counts."""
    words = set(content_stems(topic))
    for found in reversed(sources.spans(words=topic.lower().split(), now=now, but=but)):
        head, colon, rest = found.span.text.partition(":")
        if not colon or len(head) > HEAD or not rest.strip() or not words <= set(content_stems(head)):
            continue
        lines: list[Line] = [line for line in lines_of([found]) if line.end > len(head)]
        labels = [item.strip(" .-*•") for item in _BETWEEN.split(rest)]
        return gathered(
            asked, lines, title=" ".join(head.split()).strip("#-* "), labels=[label for label in labels if label]
        )
    return None
