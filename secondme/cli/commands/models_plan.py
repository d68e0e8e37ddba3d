"""`models plan`: what fits this machine now, and how fast it would be."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from secondme.cli.commands.models import models
from secondme.cli.terminal import json_option, print_result, say

if TYPE_CHECKING:
    from secondme.runtimes.planner import Offer


@models.command("plan")
@click.argument("name", required=False)
@click.option("--memory", default="", help="The most that the model may hold, such as 6GB (default: what is free).")
@click.option("--all", "whole", is_flag=True, help="Plan every model of the catalogue.")
@json_option()
def models_plan(name: str | None, memory: str, whole: bool, as_json: bool) -> None:
    """Show how NAME (default: the model in use) would run: what stays in memory, what is read, how fast.

    This measures how fast the machine computes and how fast its disk reads, which takes some seconds. It contacts
    nobody. For a model that is not on this computer the plan is estimated from its parameters.
    """
    from models.protocol import ModelError
    from secondme.errors import SecondMeError
    from secondme.places import places
    from secondme.runtimes.planner import Planner, sentences

    planner = Planner(places(), memory)
    say("Measuring how fast this machine computes and reads …")
    try:
        if whole:
            offer = planner.offer()
            print_result(dataclasses.asdict(offer), _offer_lines(offer), as_json=as_json)
            return
        planned = planner.of_model(name or "")
    except ModelError as error:
        raise SecondMeError(error.what, error.remedy) from error
    print_result(dataclasses.asdict(planned), sentences(planned), as_json=as_json)
    if not as_json and not planner.promised and planned.plan.mode == "streamed":
        free = f"{planner.available / 1e9:.1f} GB are free now."
        say(f"`secondme config set model.memory SIZE` sets another limit; {free}")


def _offer_lines(offer: Offer) -> Iterator[str]:
    yield (
        f"{offer.available / 1e9:.1f} GB are free, {offer.memory / 1e9:.1f} GB for a model; "
        f"the disk reads {offer.disk / 1e9:.1f} GB/s"
    )
    for planned in offer.plans:
        plan = planned.plan
        if plan.mode == "too large":
            how = f"needs at least about {plan.needs / 1e9:.1f} GB"
        else:
            where = "stays in memory" if plan.mode == "resident" else "read from disk as it answers"
            how = f"about {plan.tokens_per_second:5.1f} tokens/s  {where}"
        yield f"  {planned.name:24} {planned.quantization:8} about {plan.weights / 1e9:5.1f} GB  {how}"
