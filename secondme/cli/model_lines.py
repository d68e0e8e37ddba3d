"""Models, and what a pull would fetch, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.hub.store import PullPlan
    from secondme.runtimes.shelf import ModelFacts, ModelShelf, ShelfModel


def plan_text(plan: PullPlan) -> str:
    """What a pull fetches, how much of it is still to come, and from where."""
    chosen, listing = plan.selection, plan.listing
    many = f"{len(chosen.files)} files" if len(chosen.files) > 1 else chosen.files[0].path
    left = "" if plan.left == chosen.size else f", {bytes_text(plan.left)} of it still to come"
    left = left if plan.left else ", here already"
    known = plan.reference.known
    licence = known.licence if known else listing.licence
    return (
        f"{many}: {bytes_text(chosen.size)}{left}, commit {listing.commit[:12]}, licence {licence or 'not told'}, "
        f"from {plan.endpoint} and where it redirects to."
    )


def in_use_text(shelf: ModelShelf, found: list[ShelfModel]) -> str:
    """What answers: the server, the bundled model, none, or the model that was chosen."""
    names = {"bundled": "the bundled model", "none": "no model: answers are quotes"}
    if shelf.server:
        return f"the server at {shelf.server}"
    return names.get(shelf.in_use) or next((model.name for model in found if model.path == shelf.in_use), shelf.in_use)


def model_row(model: ShelfModel) -> str:
    """A model for the list: its mark, name, size, parameters (active ones in brackets), context and licence."""
    size = "" if not model.size else _about(model.size) if model.estimated else bytes_text(model.size)
    count = (
        f"{_count(model.parameters)}{f' ({_count(model.active)})' if model.active else ''}" if model.parameters else ""
    )
    mark = "*" if model.in_use else "+" if model.pulled else " "
    context = f"{model.context:,}" if model.context else ""
    return f"{mark} {model.name:26} {size:>13}  {count:>13} {context:>8}  {model.licence}".rstrip()


def fact_lines(facts: ModelFacts) -> list[tuple[str, str]]:
    """Labels and values of everything known of a model; a value is empty where nothing is known."""
    size = _about if facts.estimated else bytes_text
    parameters = _count(facts.parameters) if facts.parameters else ""
    active = f", {_count(facts.active)} for each token" if facts.active else ""
    cache = (
        f" and at most {bytes_text(facts.cache)} for {facts.cache_tokens:,} tokens of context" if facts.cache else ""
    )
    return [
        ("name", facts.name + (" (in use)" if facts.in_use else "")),
        ("title", facts.title),
        ("kind", " ".join(part for part in (facts.kind, facts.format) if part)),
        ("parameters", parameters + active),
        ("architecture", facts.architecture),
        ("quantization", facts.quantization),
        ("also there", ", ".join(name for name in facts.quantizations if name != facts.quantization)),
        ("context", f"{facts.context:,} tokens" if facts.context else ""),
        ("template", facts.template),
        ("dimension", str(facts.dimension or "")),
        ("licence", facts.licence),
        ("memory", f"{size(facts.weights)} of weights{cache}" if facts.weights else ""),
        ("from", f"{facts.endpoint}/{facts.repository}" if facts.endpoint else facts.repository),
        ("commit", facts.revision),
        ("pulled", facts.pulled_at),
        ("path", facts.path),
        ("size", size(facts.size) if facts.size else ""),
        *(("sha256", f"{sha256}  {path}") for path, _, sha256 in facts.files),
    ]


def bytes_text(count: int) -> str:
    """Bytes in decimal GB or MB."""
    return f"{count / 1e9:.1f} GB" if count >= 1_000_000_000 else f"{count / 1e6:.1f} MB"


def _about(count: int) -> str:
    """An estimate of bytes, rounded to what it is good for."""
    return f"about {bytes_text(count)}" if count >= 1_000_000_000 else f"about {round(count / 1e6, -1):.0f} MB"


def _count(parameters: int) -> str:
    return f"{parameters / 1e9:.1f}B" if parameters >= 1_000_000_000 else f"{parameters / 1e6:.0f}M"
