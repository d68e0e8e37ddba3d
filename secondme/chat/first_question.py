"""A question to try, made from what was taken in, of which recall finds something."""

from __future__ import annotations

from secondme.api import PassageView
from secondme.api.door import Door
from secondme.errors import SecondMeError

SOURCES = 12
"""Sources that are looked at, the newest."""
PASSAGES = 3
"""Passages of each."""


def first_question(door: Door) -> str:
    """A question that this memory can answer; empty while nothing is in it that one could be made from."""
    for source in door.sources(limit=SOURCES):
        if source.state != "live" or not source.spans:
            continue
        try:
            for hit in door.source(source.id).passages[:PASSAGES]:
                question = _question_about(door.passage(hit.id))
                if question and door.recall(question, k=1, include_assistant=False):
                    return question
        except SecondMeError:
            continue  # it was taken out meanwhile
    return ""


def _question_about(view: PassageView) -> str:
    words = [word for word in view.keywords if len(word) > 2 and not word.isdigit()]
    if not words:
        return ""
    subject = next((word for word in words if word[:1].isupper()), words[0])
    speaker = view.hit.speaker if view.hit.role == "other" else ""
    if speaker and speaker != subject:
        return f"What did {speaker} say about {subject}?"
    return f"What do I have about {subject}?"
