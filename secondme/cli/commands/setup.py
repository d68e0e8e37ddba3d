"""`setup`: the two models that a checkout brings along, from the hub for whoever installed without them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from secondme.cli.model_lines import bytes_text
from secondme.cli.root import cli
from secondme.cli.terminal import json_option, print_json, say

if TYPE_CHECKING:
    from models.hub.first_models import FirstModel


@cli.command()
@click.option("--yes", is_flag=True, help="Fetch without asking.")
@json_option("Print what is missing, or with --yes what was fetched, as JSON.")
def setup(yes: bool, as_json: bool) -> None:
    """Get the small models that are missing, from the Hugging Face hub.

    It says what is fetched, from where and how large it is, and asks. What came with the program, or was chosen in the
    settings, is not fetched.
    """
    from models.hub.client import Hub
    from secondme.errors import UsageError
    from secondme.places import places
    from secondme.runtimes.first_models import missing_models, offer
    from secondme.settings import load

    where, hub = places(), Hub()
    missing = missing_models(where, load(where.config_file)[0])
    if as_json and not yes:
        print_json({"missing": [_value(model) for model in missing], "from": hub.endpoint})
        return
    if missing and not as_json:
        for line in offer(missing, hub.endpoint, where.models):
            say(line)
    if missing and not yes:
        if not sys.stdin.isatty():
            raise UsageError("Nobody is there to ask.", "Give --yes to fetch.", "Nothing was fetched.")
        if not click.confirm("Fetch now?", err=True):
            say("Nothing was fetched. Until then words are found and memory is quoted.")
            return
    fetched = [_value(model) | {"path": str(_fetch(model, hub))} for model in missing]
    if as_json:
        print_json({"fetched": fetched, "from": hub.endpoint})
    elif not missing:
        click.echo("Nothing to fetch: a model that embeds and one that answers are here, or you chose to do without.")
    else:
        click.echo("Both are in use." if len(missing) == 2 else f"{missing[0].title} is in use.")


def _fetch(model: FirstModel, hub: Any) -> Path:
    """Fetch a model and have it used at once. Ctrl+c keeps what has arrived, and ends with 130."""
    from models.hub.catalogue import load_catalogue
    from models.hub.first_models import plan_first
    from models.hub.store import ModelStore
    from secondme.cli.change_setting import reload_engine
    from secondme.cli.pulls import model_errors, pull
    from secondme.places import places

    where = places()
    store = ModelStore(where.models)
    with model_errors(load_catalogue(), model.repository):
        plan = plan_first(model, store, hub)
        if plan.left < plan.selection.size:
            say(f"{model.title}: {bytes_text(plan.selection.size - plan.left)} are here already.")
        pulled = pull(store, plan, hub)
        assert pulled is not None
        path = store.path(pulled)
    reload_engine(where)
    return path


def _value(model: FirstModel) -> dict[str, object]:
    return {
        "purpose": model.purpose,
        "title": model.title,
        "repository": model.repository,
        "files": dict(model.files),
        "bytes": model.size,
        "licence": model.licence,
    }
