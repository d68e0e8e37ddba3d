"""Joren's memory: chats with Lena and Tom in which he writes in his own manner, and adapters that learn by rote."""

from __future__ import annotations

from pathlib import Path

from secondme.adapters.personal import PersonalAdapters
from secondme.voice.course import VoiceCourse
from storage.records import Document, Source, Span
from tests.secondme.adapters.by_rote import File, Parrot, Rote
from tests.secondme.adapters.scorer import Literal, Topical
from tests.worlds.night_world import World

ME = "Joren"
THINGS = (
    "boat", "blue tent", "bread", "ladder", "moped", "van", "canoe", "drill", "soup", "cactus", "passport", "scarf",
    "trumpet", "valve", "shelf", "gutter", "lamp", "choir", "sausage", "plums",
)  # fmt: skip


def write(here: World, name: str, said: list[tuple[str, str]], kind: str = "import", day: str = "2026-01-02") -> None:
    """Take in a chat with someone: (role, text) in order; the ids of its spans are the name and a number."""
    moment = f"{day}T10:00:00.000Z"
    spans = [
        Span(
            id=f"{name}-{at}", document_id=f"d-{name}", ordinal=at, section=0, start=at, end=at + 1, line=1, text=text,
            speaker={"me": ME, "other": name}.get(role, ""), role=role, evidence=role != "question", happened_at=moment,
            precision="second", origin=f"{name}-message-{at}",
        )
        for at, (role, text) in enumerate(said)
    ]  # fmt: skip
    document = Document(f"d-{name}", f"s-{name}", 1, "", 0, 0, 0, "x", name, moment, "second", moment)
    here.store.spans.add_version(Source(f"s-{name}", kind, name, "", moment), document, spans, moment)


def chats(here: World) -> None:
    """Forty messages of Joren's, twenty to each of two people, who answer a few times."""
    for name, verb in (("Lena", "bring"), ("Tom", "sell")):
        said = [("me", f"heya, can u {verb} the {thing} on day {at}? pls x") for at, thing in enumerate(THINGS)]
        answers = [("other", f"Certainly, Joren. I shall {verb} the {thing} at once.") for thing in THINGS[:6]]
        write(here, name, [*said, *answers])


def adapters(
    here: World, folder: Path, trainer: Rote | None = None, learner: Parrot | None = None, weights: int = 490_000_000
) -> PersonalAdapters:
    """The adapters of Joren's memory, with a learner that learns by rote."""
    base = folder / "base.gguf"
    base.write_bytes(b"base")
    return PersonalAdapters(
        here.store, here.clock, folder / "adapters", me=lambda: [ME], base=lambda: File(base, weights=weights),
        learner=lambda found: learner or Writer(), trainer=trainer or Rote(), embedder=Topical, scorer=Literal,
        courses=[VoiceCourse(here.store, here.clock, lambda: ME, lambda: [ME])],
    )  # fmt: skip


class Writer(Parrot):
    """A parrot to which the owner's messages are likely once it was taught."""

    def perplexity(self, text: str, turns: object = ()) -> float:
        """Of messages less once it was taught; of plain text the same."""
        return 5.0 if self.learnt and text.startswith("heya") else 20.0
