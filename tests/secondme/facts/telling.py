"""What is known, line by line, after someone told it message by message."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from secondme.engine.fact_views import fact_views
from secondme.facts.entity_resolution import People
from secondme.facts.extraction import learn_job
from storage.records import Document, Source, Span
from tests.worlds.night_world import World, world

ME = "Ida"


def tell(here: World, said: Sequence[tuple[str, str]]) -> None:
    """Take in what Ida says in a chat, each message at its day or minute."""
    spans = [
        Span(
            id=f"said-{i}", document_id="chat", ordinal=i, section=0, start=i, end=i + 1, line=1, text=text, speaker=ME,
            role="me", evidence=True, happened_at=_instant(at), precision="second",
        )
        for i, (at, text) in enumerate(said)
    ]  # fmt: skip
    now = _instant(said[-1][0])
    document = Document("chat", "s-chat", 1, "", 0, 0, 0, "application/x-chat", "chat", now, "second", now)
    here.store.spans.add_version(Source("s-chat", "import", "chat", "", now), document, spans, now)
    here.run(learn_job())
    here.run(People())


def lines(folder: Path, said: Sequence[tuple[str, str]], day: str) -> list[str]:
    """The facts that hold or are planned on a day, as sentences in the order of the alphabet."""
    with tempfile.TemporaryDirectory(dir=folder) as own, world(Path(own)) as here:
        tell(here, said)
        return sorted(view.sentence for view in fact_views(here.store, [ME], about="", day=day, known_at=""))


def _instant(at: str) -> str:
    return f"{at if 'T' in at else f'{at}T10:00'}:00.000Z"
