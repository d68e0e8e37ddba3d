"""`models`: the catalogue, pulling from the hub, choosing, checking, removing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from secondme.cli.model_lines import bytes_text, fact_lines, in_use_text, model_row, plan_text
from secondme.cli.pulls import model_errors, pull, show_pull_progress
from secondme.cli.root import cli
from secondme.cli.terminal import (
    end_with_nothing,
    json_option,
    print_json,
    print_result,
    say,
)

if TYPE_CHECKING:
    from models.hub.record import PulledModel
    from models.hub.reference import ModelReference
    from secondme.runtimes.shelf import ModelShelf, ShelfModel


@cli.group()
def models() -> None:
    """List, pull and choose models. Only `pull` and `info --online` use the network."""


@models.command("list")
@click.option("--pulled", "only_pulled", is_flag=True, help="Only list what is on this computer.")
@json_option()
def models_list(only_pulled: bool, as_json: bool) -> None:
    """List the models of the catalogue and those you pulled (+), and mark the one in use (*)."""
    shelf = _shelf()
    found = [model for model in shelf.models() if model.pulled or not only_pulled]
    unfinished = shelf.store.unfinished_pulls()
    value = {
        "in_use": shelf.in_use,
        "server": shelf.server,
        "models": [dataclasses.asdict(model) for model in found],
        "unfinished": [{"repository": repository, "bytes": size} for repository, size in unfinished],
    }
    print_result(value, _list_lines(shelf, found), as_json=as_json)
    if as_json:
        return
    for repository, size in unfinished:
        say(
            f"Unfinished: {repository}, {bytes_text(size)} arrived; `secondme models pull` goes on, "
            f"`secondme models remove {repository}` deletes it."
        )
    if not found:
        end_with_nothing("Nothing was pulled yet; `secondme models pull NAME` does.")


def _list_lines(shelf: ModelShelf, found: list[ShelfModel]) -> Iterator[str]:
    yield f"in use: {in_use_text(shelf, found)}"
    for kind, title in (("chat", "models that answer"), ("embedder", "embedders")):
        rows = [model for model in found if model.kind == kind]
        if rows:
            yield f"\n  {title:26} {'size':>13}  {'parameters':>13} {'context':>8}  licence"
        yield from map(model_row, rows)


@models.command("pull")
@click.argument("name")
@click.option("--revision", default="", help="A branch, tag or commit of the repository; the commit is pinned.")
@json_option()
def models_pull(name: str, revision: str, as_json: bool) -> None:
    """Pull a model from the Hugging Face hub, or go on with a pull that was interrupted.

    NAME is a name of `secondme models list`, with a quantization such as :Q8_0 if you like; or
    owner/name[:QUANTIZATION] or owner/name/FILE.gguf, as on the hub.
    """
    from models.hub.client import Hub

    shelf, hub = _shelf(), Hub()
    with model_errors(shelf.catalogue, name):
        target = _reference(shelf, name, revision)
        say(f"Asking {hub.endpoint} about {target.repository}.")
        plan = shelf.store.plan(target, hub)
        say(plan_text(plan))
        model = pull(shelf.store, plan, hub)
    assert model is not None
    path = shelf.store.path(model)
    if as_json:
        print_json({**dataclasses.asdict(model), "path": str(path), "label": model.label})
        return
    click.echo(str(path))
    verb = "answer" if model.kind == "chat" else "embed"
    say(f"The model is complete and undamaged. `secondme models use {model.label}` lets it {verb}.")


@models.command("remove")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Remove even the model in use: the bundled model answers then.")
def models_remove(name: str, yes: bool) -> None:
    """Delete a pulled model, or what an interrupted pull of owner/name left behind."""
    from secondme.cli.change_setting import change_setting
    from secondme.errors import UsageError
    from secondme.places import places

    shelf = _shelf()
    found = shelf.store.find(name)
    unfinished = dict(shelf.store.unfinished_pulls())
    with model_errors(shelf.catalogue, name):
        if not found and name in unfinished:
            say(f"{bytes_text(shelf.store.remove_unfinished_pull(name))} freed.")
            return
        model = _only_model(found, name)
        if setting := shelf.uses(shelf.store.path(model)):
            if not yes:
                raise UsageError(
                    f"{model.label} is in use.",
                    "Choose another with `secondme models use`, or give --yes: then the bundled model takes over.",
                )
            change_setting(places(), setting, "")
            say("The bundled model takes over.")
        freed = shelf.store.remove(model)
    click.echo(f"{model.label} is removed, {bytes_text(freed)} freed.")


@models.command("use")
@click.argument("name")
def models_use(name: str) -> None:
    """Choose the model that answers: a pulled NAME, a local FILE, `bundled`, or `none` for quotes only.

    If it is an embedder, it is chosen for embedding instead.
    """
    from secondme.cli.change_setting import change_setting
    from secondme.places import places
    from secondme.runtimes.shelf import BUNDLED, NO_MODEL

    where, shelf = places(), _shelf()
    if name in (BUNDLED, NO_MODEL):
        change_setting(where, "model.path", "" if name == BUNDLED else NO_MODEL)
        click.echo("The bundled model answers now." if name == BUNDLED else "Answers are quotes now.")
        _warn_about_server(shelf)
        return
    found = shelf.store.find(name)
    if found and found[0].format == "safetensors":
        # The embedder that `setup` fetched stands in for the bundled one, and no path names it.
        change_setting(where, "embedder.path", "")
        change_setting(where, "embedder.bundled", "english")
        click.echo(f"{found[0].label} embeds now.")
        return
    with model_errors(shelf.catalogue, name):
        if found:
            model = found[0]  # the newest, where several revisions are there
            path, shown, embeds = shelf.store.path(model), model.label, model.kind == "embedder"
        elif _is_local_file(name):
            path = Path(name).expanduser().absolute()
            shown, embeds = str(path), False
        else:
            _raise_not_pulled(shelf, name)
            return
        embeds = embeds or shelf.embeds(path)
        only_completes = not embeds and shelf.only_completes(path)
        change_setting(where, "embedder.path" if embeds else "model.path", str(path))
    click.echo(f"{shown} {'embeds' if embeds else 'answers'} now.")
    if only_completes:
        say("It was made to complete texts, not to chat: its answers are short, and poorer than those of a chat model.")
    if not embeds:
        _warn_about_server(shelf)


@models.command("info")
@click.argument("name")
@click.option("--online", is_flag=True, help="Ask the hub which quantizations it has.")
@json_option()
def models_info(name: str, online: bool, as_json: bool) -> None:
    """Show what is known of a model: a NAME of the catalogue, a pulled model, or a local FILE."""
    shelf = _shelf()
    with model_errors(shelf.catalogue, name):
        if online:
            _print_online_info(shelf, name, as_json)
            return
        found = shelf.store.find(name)
        if found:
            facts = shelf.pulled_facts(found[0])
        elif _is_local_file(name):
            facts = shelf.file_facts(Path(name))
        else:
            target = _reference(shelf, name, "")
            if target.known is None:
                _raise_not_pulled(shelf, name)
                return
            facts = shelf.known_facts(target.known, target.quantization)
    lines = (f"{label:13} {value}" for label, value in fact_lines(facts) if value)
    print_result(dataclasses.asdict(facts), lines, as_json=as_json)


@models.command("verify")
@click.argument("name", required=False)
@json_option()
def models_verify(name: str | None, as_json: bool) -> None:
    """Hash every file of the pulled models, or of NAME, and compare it with what was pulled."""
    shelf = _shelf()
    found = shelf.store.find(name) if name else shelf.store.models()
    if name and not found:
        with model_errors(shelf.catalogue, name):
            _raise_not_pulled(shelf, name)
    damaged: dict[str, list[str]] = {}
    for model in found:
        problems = [step for step in show_pull_progress(shelf.store.verify(model)) if isinstance(step, str)]
        damaged[model.label] = problems
        if not as_json:
            click.echo(f"{'!! ' if problems else 'ok '} {model.label} ({bytes_text(model.size)})")
        for problem in problems:
            say(f"{problem} `secondme models pull {model.label}` gets it again.")
    if as_json:
        print_json([{"model": label, "ok": not problems, "problems": problems} for label, problems in damaged.items()])
    if not found:
        end_with_nothing("Nothing was pulled yet.")
    if any(damaged.values()):
        click.get_current_context().exit(1)


# --- what the commands share


def _shelf() -> ModelShelf:
    from secondme.places import places
    from secondme.runtimes.shelf import ModelShelf

    return ModelShelf(places())


def _reference(shelf: ModelShelf, name: str, revision: str) -> ModelReference:
    from models.hub.reference import read_reference

    return read_reference(name, shelf.catalogue, revision)


def _only_model(found: list[PulledModel], name: str) -> PulledModel:
    """The one model that NAME means. Raises NothingFound for none, UsageError for several."""
    from secondme.errors import NothingFound, UsageError

    if not found:
        raise NothingFound(f"No model {name!r} was pulled.", "`secondme models list --pulled` shows what was.")
    if len(found) > 1:
        names = ", ".join(f"{model.label}@{model.revision[:8]}" for model in found)
        raise UsageError(f"{name!r} means {len(found)} models.", f"Name one of them: {names}.")
    return found[0]


def _raise_not_pulled(shelf: ModelShelf, name: str) -> None:
    """Raise NothingFound for a model that is not on this computer, with how it gets there."""
    from secondme.errors import NothingFound

    if _is_path(name):
        raise NothingFound(
            f"There is no file {name}.",
            "Check the path. `secondme models list` names the models that can be pulled, and those that were.",
        )
    _reference(shelf, name, "")
    raise NothingFound(
        f"{name} was not pulled.", f"`secondme models pull {name}` gets it; it says first how large it is."
    )


def _is_path(name: str) -> bool:
    """Whether a name can only be meant as a path: the hub's names are owner/name or owner/name/FILE.gguf."""
    rooted = name.startswith(("/", "~", "./", "../"))
    return rooted or (name.endswith(".gguf") and name.count("/") != 2)


def _is_local_file(name: str) -> bool:
    return Path(name).expanduser().exists()


def _warn_about_server(shelf: ModelShelf) -> None:
    if shelf.server:
        say(f"But the server at {shelf.server} is used before it, until `secondme config set server.url ''`.")


def _print_online_info(shelf: ModelShelf, name: str, as_json: bool) -> None:
    """Print what the hub holds: the commit, and each quantization with its size."""
    from models.hub.client import Hub
    from models.hub.selection import whole_models

    hub, target = Hub(), _reference(shelf, name, "")
    say(f"Asking {hub.endpoint} about {target.repository}.")
    revision = target.revision or (target.known.revision if target.known else "")
    listing = shelf.store.listing(target.repository, revision, hub)
    rows = [
        (choice.quantization, choice.size, choice.files[0].path, len(choice.files)) for choice in whole_models(listing)
    ]
    if as_json:
        keys = ("quantization", "bytes", "file", "parts")
        about = {"repository": listing.repository, "commit": listing.commit, "licence": listing.licence}
        print_json({**about, "models": [dict(zip(keys, row, strict=True)) for row in rows]})
        return
    click.echo(f"{listing.repository} at {listing.commit[:12]}, licence {listing.licence or 'not told'}")
    for quantization, size, path, parts in rows:
        click.echo(
            f"{quantization or '-':12} {bytes_text(size):>9}  {path}" + (f" ({parts} parts)" if parts > 1 else "")
        )
