"""`secondme models plan`: what fits this machine now, and how fast it would be."""

from __future__ import annotations

import dataclasses

import click

from secondme.cli.terminal import print_json, say


@click.command("plan")
@click.argument("name", required=False)
@click.option("--memory", default="", help="The most that the model may hold, such as 6GB; else what is free.")
@click.option("--all", "whole", is_flag=True, help="The catalogue instead of one model: what fits.")
@click.option("--json", "as_json", is_flag=True)
def models_plan(name: str | None, memory: str, whole: bool, as_json: bool) -> None:
    """How NAME (default: the model in use) would run: what stays in memory, what is read, how fast.

    Computing and the disk are measured for this, which takes some seconds; nothing is contacted. An estimate for a model
    that is not here is made from its parameters.
    """
    from models.protocol import ModelError
    from secondme.errors import SecondMeError
    from secondme.places import places
    from secondme.runtimes.planner import Planner, sentences

    planner = Planner(places(), memory)
    say("Measuring how fast this machine computes and reads …")
    try:
        if whole:
            _offer(planner.offer(), as_json)
            return
        one = planner.of_one(name or "")
    except ModelError as error:
        raise SecondMeError(error.what, error.remedy) from error
    if as_json:
        print_json(dataclasses.asdict(one))
        return
    for line in sentences(one):
        click.echo(line)
    if not planner.promised and one.plan.mode == "streamed":
        say(
            f"`secondme config set model.memory SIZE` sets another limit; {planner.available / 1e9:.1f} GB are free now."
        )


def _offer(offer: object, as_json: bool) -> None:
    from secondme.runtimes.planner import Offer

    assert isinstance(offer, Offer)
    if as_json:
        print_json(dataclasses.asdict(offer))
        return
    click.echo(
        f"{offer.available / 1e9:.1f} GB are free, {offer.memory / 1e9:.1f} GB for a model; "
        f"the disk reads {offer.disk / 1e9:.1f} GB/s"
    )
    for one in offer.plans:
        plan = one.plan
        if plan.mode == "too large":
            how = f"needs at least about {plan.needs / 1e9:.1f} GB"
        else:
            where = "stays in memory" if plan.mode == "resident" else "read from disk as it answers"
            how = f"about {plan.tokens_per_second:5.1f} tokens/s  {where}"
        click.echo(f"  {one.name:24} {one.quantization:8} about {plan.weights / 1e9:5.1f} GB  {how}")
