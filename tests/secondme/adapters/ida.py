"""Ida's memory, and adapters of it that learn by rote."""

from __future__ import annotations

import threading
from pathlib import Path

from secondme.adapters.personal import PersonalAdapters
from secondme.facts.extraction import learn_job
from storage.records import Document, Source, Span
from tests.secondme.adapters.by_rote import File, Parrot, Rote
from tests.secondme.adapters.scorer import Literal, Topical
from tests.secondme.facts.telling import ME
from tests.worlds.night_world import World

TOLD = [
    ("2026-01-02", "I live in Cork."),
    ("2026-01-03", "I work as a welder."),
    ("2026-01-04", "I am allergic to penicillin."),
    ("2026-01-05", "My sister Edel lives in Galway."),
    ("2026-01-06", "My birthday is on 4 May."),
]


def adapters(here: World, folder: Path, trainer: Rote | None = None, learner: Parrot | None = None) -> PersonalAdapters:
    """The adapters of a memory, with a learner that learns by rote."""
    base = folder / "base.gguf"
    base.write_bytes(b"base")
    return PersonalAdapters(
        here.store, here.clock, folder / "adapters", me=lambda: [ME], base=lambda: File(base),
        learner=lambda found: learner or Parrot(), trainer=trainer or Rote(), embedder=Topical, scorer=Literal,
    )  # fmt: skip


def train(found: PersonalAdapters) -> None:
    """Train to the end."""
    list(found.train(threading.Event()))


def tell_more(here: World, at: str, text: str) -> None:
    """Ida says something more, in another chat."""
    moment = f"{at}T10:00:00.000Z"
    span = Span(
        id=f"more-{at}", document_id=f"more-{at}", ordinal=0, section=0, start=0, end=1, line=1, text=text, speaker=ME,
        role="me", evidence=True, happened_at=moment, precision="second",
    )  # fmt: skip
    document = Document(f"more-{at}", f"s-{at}", 1, "", 0, 0, 0, "application/x-chat", "chat", moment, "second", moment)
    here.store.spans.add_version(Source(f"s-{at}", "import", "more", "", moment), document, [span], moment)
    here.run(learn_job())
