"""All that memory holds for a question for many, gathered by person, kind and time. No model takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from secondme.chat.list_forms import Shape
from secondme.chat.list_question import ListQuestion
from secondme.chat.lists.about import gather_about
from secondme.chat.lists.documents import gather_document
from secondme.chat.lists.gathered import Gathered
from secondme.chat.lists.lent import gather_lent
from secondme.chat.lists.owed import gather_owed
from secondme.chat.lists.people import gather_people
from secondme.chat.lists.period import gather_period
from secondme.chat.lists.sources import Sources
from secondme.chat.lists.tastes import gather_tastes
from secondme.chat.lists.things import gather_things
from secondme.chat.lists.todos import gather_todos

Way: TypeAlias = Callable[[Sources, ListQuestion, datetime, Sequence[str]], Gathered | None]

WAYS: Mapping[Shape, Way] = {
    "about": gather_about,
    "period": gather_period,
    "todos": gather_todos,
    "tastes": gather_tastes,
    "document": gather_document,
    "kind": gather_things,
    "people": gather_people,
    "lent": gather_lent,
    "owed": gather_owed,
}
"""How each shape of a question is gathered."""


def gather(sources: Sources, asked: ListQuestion, now: datetime, but: Iterable[str] = ()) -> Gathered | None:
    """What memory holds for a question; None where a search of single passages answers it better. `but`: ids of the
    spans that the question was saved as."""
    return WAYS[asked.shape](sources, asked, now, tuple(but))
