"""Commands about models: the catalogue, pulling from the hub, choosing, checking, removing."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from secondme.cli.terminal import end_line, nothing, print_json, say, show

if TYPE_CHECKING:
    from models.hub.record import PulledModel
    from models.hub.reference import ModelReference
    from models.hub.store import PullPlan, PullProgress
    from secondme.runtimes.shelf import ModelFacts, ModelShelf, ShelfModel

INTERRUPTED = 130
SHOWN_EACH_SECONDS = 0.1


@click.group()
def models() -> None:
    """Models: what there is, what each needs, and which one answers. Only `pull` goes to the network."""


@models.command("list")
@click.option("--pulled", "only_pulled", is_flag=True, help="Only what is on this computer.")
@click.option("--json", "as_json", is_flag=True)
def models_list(only_pulled: bool, as_json: bool) -> None:
    """List the catalogue, what was pulled of it and besides (+), and what is in use (*)."""
    shelf = _shelf()
    found = [one for one in shelf.models() if one.pulled or not only_pulled]
    unfinished = shelf.store.unfinished()
    if as_json:
        print_json(
            {
                "in_use": shelf.in_use,
                "server": shelf.server,
                "models": [dataclasses.asdict(one) for one in found],
                "unfinished": [{"repository": repository, "bytes": size} for repository, size in unfinished],
            }
        )
        return
    click.echo(f"in use: {_in_use(shelf, found)}")
    for kind, title in (("chat", "models that answer"), ("embedder", "embedders")):
        rows = [one for one in found if one.kind == kind]
        if rows:
            click.echo(f"\n  {title:26} {'size':>13}  {'parameters':>13} {'context':>8}  licence")
        for one in rows:
            click.echo(_row(one))
    for repository, size in unfinished:
        say(
            f"Unfinished: {repository}, {_bytes(size)} came; `secondme models pull` goes on, "
            f"`secondme models remove {repository}` deletes it."
        )
    if not found:
        nothing("Nothing was pulled yet; `secondme models pull NAME` does.")


@models.command("pull")
@click.argument("name")
@click.option("--revision", default="", help="Branch, tag or commit of the repository; the commit is pinned.")
@click.option("--json", "as_json", is_flag=True)
def models_pull(name: str, revision: str, as_json: bool) -> None:
    """Pull a model from the Hugging Face hub, or go on with a pull that was interrupted.

    NAME is one of `secondme models list`, with :Q8_0 or another quantization if wanted, or owner/name[:QUANTIZATION]
    or owner/name/FILE.gguf as on the hub.
    """
    from models.hub.client import Hub

    shelf, hub = _shelf(), Hub()
    with _told(shelf, name):
        target = _reference(shelf, name, revision)
        say(f"Asking {hub.endpoint} about {target.repository}.")
        plan = shelf.store.plan(target, hub)
        say(_plan_text(plan))
        model = _pull(shelf, plan, hub)
    assert model is not None
    path = shelf.store.path(model)
    if as_json:
        print_json({**dataclasses.asdict(model), "path": str(path), "label": model.label})
        return
    click.echo(str(path))
    verb = "answer" if model.kind == "chat" else "embed"
    say(f"It is whole and right. `secondme models use {model.label}` lets it {verb}.")


@models.command("remove")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Even the model in use: the bundled one answers then.")
def models_remove(name: str, yes: bool) -> None:
    """Delete a pulled model, or what an interrupted pull of owner/name left."""
    from secondme.cli.change_setting import change_setting
    from secondme.errors import UsageError
    from secondme.places import places

    shelf = _shelf()
    found = shelf.store.find(name)
    unfinished = dict(shelf.store.unfinished())
    with _told(shelf, name):
        if not found and name in unfinished:
            say(f"{_bytes(shelf.store.remove_unfinished(name))} freed.")
            return
        model = _the_one(found, name)
        if setting := shelf.uses(shelf.store.path(model)):
            if not yes:
                raise UsageError(
                    f"{model.label} is in use.",
                    "Choose another first with `secondme models use`, or give --yes: then the bundled one takes over.",
                )
            change_setting(places(), setting, "")
            say("The bundled one takes over.")
        freed = shelf.store.remove(model)
    click.echo(f"{model.label} is removed, {_bytes(freed)} freed.")


@models.command("use")
@click.argument("name")
def models_use(name: str) -> None:
    """Choose the model that answers: a pulled NAME, a local FILE, `bundled`, or `none` for quotes only.

    An embedder is chosen for embedding instead.
    """
    from secondme.cli.change_setting import change_setting
    from secondme.places import places
    from secondme.runtimes.shelf import BUNDLED, NO_MODEL

    where, shelf = places(), _shelf()
    if name in (BUNDLED, NO_MODEL):
        change_setting(where, "model.path", "" if name == BUNDLED else NO_MODEL)
        click.echo("The bundled model answers now." if name == BUNDLED else "Answers are quotes now.")
        _about_server(shelf)
        return
    found = shelf.store.find(name)
    with _told(shelf, name):
        if found:
            model = found[0]  # the newest, where several revisions are there
            path, shown, embeds = shelf.store.path(model), model.label, model.kind == "embedder"
        elif _is_local(name):
            path = Path(name).expanduser().absolute()
            shown, embeds = str(path), False
        else:
            _not_pulled(shelf, name)
            return
        embeds = embeds or shelf.embeds(path)
        change_setting(where, "embedder.path" if embeds else "model.path", str(path))
    click.echo(f"{shown} {'embeds' if embeds else 'answers'} now.")
    if not embeds:
        _about_server(shelf)


@models.command("info")
@click.argument("name")
@click.option("--online", is_flag=True, help="Ask the hub what it holds of a model that was not pulled.")
@click.option("--json", "as_json", is_flag=True)
def models_info(name: str, online: bool, as_json: bool) -> None:
    """Everything known of a model: NAME of the catalogue or a pulled one, or a local FILE."""
    shelf = _shelf()
    with _told(shelf, name):
        if online:
            _online_info(shelf, name, as_json)
            return
        found = shelf.store.find(name)
        if found:
            facts = shelf.pulled_facts(found[0])
        elif _is_local(name):
            facts = shelf.file_facts(Path(name))
        else:
            target = _reference(shelf, name, "")
            if target.known is None:
                _not_pulled(shelf, name)
                return
            facts = shelf.known_facts(target.known, target.quantization)
    if as_json:
        print_json(dataclasses.asdict(facts))
        return
    for label, value in _fact_lines(facts):
        if value:
            click.echo(f"{label:13} {value}")


@models.command("verify")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True)
def models_verify(name: str | None, as_json: bool) -> None:
    """Hash every file of the pulled models, or of NAME, anew and compare with what was pulled."""
    shelf = _shelf()
    found = shelf.store.find(name) if name else shelf.store.models()
    if name and not found:
        with _told(shelf, name):
            _not_pulled(shelf, name)
    damaged: dict[str, list[str]] = {}
    for model in found:
        problems = [step for step in _shown(shelf.store.verify(model)) if isinstance(step, str)]
        damaged[model.label] = problems
        if not as_json:
            click.echo(f"{'!! ' if problems else 'ok '} {model.label} ({_bytes(model.size)})")
        for problem in problems:
            say(f"{problem} `secondme models pull {model.label}` gets it again.")
    if as_json:
        print_json([{"model": label, "ok": not problems, "problems": problems} for label, problems in damaged.items()])
    if not found:
        nothing("Nothing was pulled yet.")
    if any(damaged.values()):
        click.get_current_context().exit(1)


# --- what the commands share --------------------------------------------------------------------


def _shelf() -> ModelShelf:
    from secondme.places import places
    from secondme.runtimes.shelf import ModelShelf

    return ModelShelf(places())


def _reference(shelf: ModelShelf, name: str, revision: str) -> ModelReference:
    from models.hub.reference import read_reference

    return read_reference(name, shelf.catalogue, revision)


@contextmanager
def _told(shelf: ModelShelf, name: str) -> Iterator[None]:
    """Turn errors of models into sentences with exit codes, and what is not there into 3."""
    from models.hub.catalogue import near_names
    from models.hub.client import NotOnHub
    from models.protocol import ModelError
    from secondme.errors import NothingFound, SecondMeError

    try:
        yield
    except NotOnHub as error:
        near = near_names(shelf.catalogue, name) if "/" in name else []
        hint = f" Near it in the catalogue: {', '.join(near)}." if near else ""
        raise NothingFound(error.what, error.remedy + hint) from error
    except ModelError as error:
        raise SecondMeError(error.what, error.remedy) from error
    except OSError as error:
        raise SecondMeError(
            f"The folder of models cannot be used ({error.strerror or error}).", "`secondme paths` tells where it is."
        ) from error
    finally:
        end_line()


def _pull(shelf: ModelShelf, plan: PullPlan, hub: Any) -> PulledModel | None:
    """Pull with progress; ctrl+c keeps what came and says so."""
    from models.hub.record import PulledModel

    done = plan.selection.size - plan.left
    try:
        with closing(shelf.store.pull(plan, hub)) as steps:
            for step in _shown(steps):
                if isinstance(step, PulledModel):
                    return step
                done = step.done
    except KeyboardInterrupt:
        end_line()
        say(f"Stopped; {_bytes(done)} of {_bytes(plan.selection.size)} are kept: the same command goes on from there.")
        click.get_current_context().exit(INTERRUPTED)
    return None


def _shown(steps: Iterator[Any]) -> Iterator[Any]:
    """Pass steps on; progress goes to the screen besides, ten times a second."""
    from models.hub.store import PullProgress

    last = 0.0
    for step in steps:
        if isinstance(step, PullProgress) and time.monotonic() - last > SHOWN_EACH_SECONDS:
            last = time.monotonic()
            show(_progress(step))
        yield step
    end_line()


def _progress(step: PullProgress) -> Any:
    from secondme.api import Progress

    million = 1_000_000
    return Progress(
        step.stage, step.done // million, step.total // million, "MB", step.per_second / million, step.seconds_left
    )


def _plan_text(plan: PullPlan) -> str:
    chosen, listing = plan.selection, plan.listing
    many = f"{len(chosen.files)} files" if len(chosen.files) > 1 else chosen.files[0].path
    left = "" if plan.left == chosen.size else f", {_bytes(plan.left)} of it still to come"
    left = left if plan.left else ", here already"
    known = plan.reference.known
    licence = known.licence if known else listing.licence
    return (
        f"{many}: {_bytes(chosen.size)}{left}, commit {listing.commit[:12]}, licence {licence or 'not told'}, "
        f"from {plan.endpoint} and where it redirects to."
    )


def _the_one(found: list[PulledModel], name: str) -> PulledModel:
    """The only model that is meant. Raises NothingFound or UsageError."""
    from secondme.errors import NothingFound, UsageError

    if not found:
        raise NothingFound(f"No model {name!r} was pulled.", "`secondme models list --pulled` shows what was.")
    if len(found) > 1:
        names = ", ".join(f"{model.label}@{model.revision[:8]}" for model in found)
        raise UsageError(f"{name!r} means {len(found)} models.", f"Name one of them: {names}.")
    return found[0]


def _not_pulled(shelf: ModelShelf, name: str) -> None:
    """Raise NothingFound for a model that is not on this computer, saying how it gets there."""
    from secondme.errors import NothingFound

    _reference(shelf, name, "")
    raise NothingFound(f"{name} was not pulled.", f"`secondme models pull {name}` does; it says first how much comes.")


def _is_local(name: str) -> bool:
    return Path(name).expanduser().exists()


def _about_server(shelf: ModelShelf) -> None:
    if shelf.server:
        say(f"But the server at {shelf.server} goes before it until `secondme config set server.url ''`.")


def _online_info(shelf: ModelShelf, name: str, as_json: bool) -> None:
    """What the hub holds: the commit, and each quantization with its size."""
    from models.hub.client import Hub
    from models.hub.selection import whole_models

    hub, target = Hub(), _reference(shelf, name, "")
    say(f"Asking {hub.endpoint} about {target.repository}.")
    revision = target.revision or (target.known.revision if target.known else "")
    listing = shelf.store.listing(target.repository, revision, hub)
    rows = [(one.quantization, one.size, one.files[0].path, len(one.files)) for one in whole_models(listing)]
    if as_json:
        keys = ("quantization", "bytes", "file", "parts")
        about = {"repository": listing.repository, "commit": listing.commit, "licence": listing.licence}
        print_json({**about, "models": [dict(zip(keys, row, strict=True)) for row in rows]})
        return
    click.echo(f"{listing.repository} at {listing.commit[:12]}, licence {listing.licence or 'not told'}")
    for quantization, size, path, parts in rows:
        click.echo(f"{quantization or '-':12} {_bytes(size):>9}  {path}" + (f" ({parts} parts)" if parts > 1 else ""))


def _in_use(shelf: ModelShelf, found: list[ShelfModel]) -> str:
    names = {"bundled": "the bundled model", "none": "no model: answers are quotes"}
    if shelf.server:
        return f"the server at {shelf.server}"
    return names.get(shelf.in_use) or next((one.name for one in found if one.path == shelf.in_use), shelf.in_use)


def _row(one: ShelfModel) -> str:
    size = "" if not one.size else _about(one.size) if one.estimated else _bytes(one.size)
    count = f"{_count(one.parameters)}{f' ({_count(one.active)})' if one.active else ''}" if one.parameters else ""
    mark = "*" if one.in_use else "+" if one.pulled else " "
    context = f"{one.context:,}" if one.context else ""
    return f"{mark} {one.name:26} {size:>13}  {count:>13} {context:>8}  {one.licence}".rstrip()


def _fact_lines(facts: ModelFacts) -> list[tuple[str, str]]:
    size = _about if facts.estimated else _bytes
    parameters = _count(facts.parameters) if facts.parameters else ""
    active = f", {_count(facts.active)} for each token" if facts.active else ""
    cache = f" and at most {_bytes(facts.cache)} for {facts.cache_tokens:,} tokens of context" if facts.cache else ""
    return [
        ("name", facts.name + (" (in use)" if facts.in_use else "")),
        ("title", facts.title),
        ("kind", " ".join(part for part in (facts.kind, facts.format) if part)),
        ("parameters", parameters + active),
        ("architecture", facts.architecture),
        ("quantization", facts.quantization),
        ("also there", ", ".join(one for one in facts.quantizations if one != facts.quantization)),
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


def _bytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1_000_000_000 else f"{count / 1e6:.1f} MB"


def _about(count: int) -> str:
    """An estimate, rounded as far as it may be trusted."""
    return f"about {_bytes(count)}" if count >= 1_000_000_000 else f"about {round(count / 1e6, -1):.0f} MB"


def _count(parameters: int) -> str:
    return f"{parameters / 1e9:.1f}B" if parameters >= 1_000_000_000 else f"{parameters / 1e6:.0f}M"
