"""What the first run says of models and of places on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from secondme.api.door import Door
from secondme.errors import SecondMeError
from secondme.text.clean import clean
from tui.screens.watch import size

if TYPE_CHECKING:
    from models.hub.store import PullProgress
    from secondme.folders.likely import Likely
    from secondme.runtimes.desk import ModelDesk

USABLE = 8.0
"""Tokens a second from which an answer is not waited for."""
FIRST_SIZE = 6_000_000_000
"""Bytes of the largest model that a first run offers; the page of models lists larger ones."""


@dataclass
class Pull:
    """A model on its way: a thread writes it, the dialog shows it."""

    name: str
    progress: PullProgress | None = None
    error: str = ""
    ended: str = ""


@dataclass(frozen=True)
class ModelOffer:
    """A larger model that fits this machine."""

    name: str
    size: int
    repository: str
    licence: str
    endpoint: str
    per_second: float


def best_offer(desk: ModelDesk) -> ModelOffer | None:
    """The largest model of the catalogue up to FIRST_SIZE that stays in memory and answers at a usable speed; None when
    another one was chosen, or nothing fits."""
    looked = desk.look()
    if looked.in_use != "bundled" or looked.server:
        return None
    here = {standing.model.name: standing.model for standing in looked.models if not standing.model.pulled}
    usable = [
        plan
        for plan in desk.offer().plans
        if plan.plan.mode == "resident"
        and plan.plan.tokens_per_second >= USABLE
        and plan.plan.weights <= FIRST_SIZE
        and plan.name in here
    ]
    if not usable:
        return None
    best = max(usable, key=lambda plan: plan.plan.weights)
    model = here[best.name]
    return ModelOffer(
        model.name, model.size, model.repository, model.licence, desk.hub.endpoint, best.plan.tokens_per_second
    )


def offer_text(offer: ModelOffer) -> Content:
    """What would be fetched, how large it is, from where, and how fast it would be."""
    from secondme.runtimes.configured import MIDDLING_BYTES

    # A middling model is held to what memory says: plain questions are answered as well without it.
    better = "answers better" if offer.size >= MIDDLING_BYTES else "writes summaries and texts"
    return Content.assemble(
        (offer.name, "bold"),
        f" {better}, at about {offer.per_second:.0f} tokens/s here.\n",
        f"About {offer.size / 1e9:.1f} GB come from {offer.endpoint}, {offer.repository}, licence {offer.licence}.\n",
        ("Of your memory nothing is sent. It comes while you go on.", "$text-muted"),
    )


def pull_text(pull: Pull) -> str:
    """How far a model on its way is."""
    step = pull.progress
    if pull.ended:
        return f"{pull.name} is here. {pull.ended}"
    if step is None:
        return f"{pull.name}: asking what there is…"
    left = "" if step.seconds_left is None else f", {step.seconds_left:,.0f} s left"
    done = f"{step.done / 1e6:,.0f} of {step.total / 1e6:,.0f} MB"
    return f"{pull.name}: {step.stage} {done}, {step.per_second / 1e6:.1f} MB/s{left}. It goes on while you do."


def survey_words(door: Door, place: Likely) -> str:
    """What a dry run of a place says."""
    try:
        if place.kind == "export":
            found = door.import_survey(place.path)
            who = ", ".join(clean(name, keep_newlines=False) for name, _ in found.speakers[:2])
            return f"{found.messages:,} messages" + (f", {who}" if who else "")
        survey = door.survey(place.path)
        return f"{survey.files:,} file{'s' if survey.files != 1 else ''}, {size(survey.bytes)}"
    except SecondMeError as error:
        return clean(error.what, keep_newlines=False)


def place_line(path: Path, kind: str, what: str) -> Content:
    """A place, what it is, and what a dry run says of it."""
    try:
        shown = f"~/{path.relative_to(Path.home())}"
    except ValueError:
        shown = str(path)
    shown = clean(shown, keep_newlines=False)
    shown = shown if len(shown) <= 32 else "…" + shown[-31:]
    return Content.assemble(f"{shown:32} ", (f"{kind:9} {what}", "$text-muted"))
