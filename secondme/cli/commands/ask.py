"""`ask` and `recall`: an answer from the memory, or the passages themselves."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from secondme.api.answers import UNSUPPORTED, marked_text
from secondme.cli.lines import hit_text, shorten, why_text
from secondme.cli.root import cli
from secondme.cli.secrets import ask_about_secrets, secrets_option
from secondme.cli.terminal import (
    end_with_failure,
    end_with_nothing,
    interruptible,
    json_option,
    open_engine,
    print_json,
    print_result,
    say,
)

if TYPE_CHECKING:
    from secondme.api import Answer


@cli.command()
@click.argument("question", required=False)
@click.option("--chat", "chat_id", help="Go on in this chat.")
@click.option("--off-record", "no_remember", is_flag=True, help="Keep nothing of this question and its answer.")
@click.option("--no-remember", "no_remember", is_flag=True, hidden=True)
@secrets_option()
@json_option("Print answer and citations as JSON.")
def ask(question: str | None, chat_id: str | None, no_remember: bool, secrets: str | None, as_json: bool) -> None:
    """Answer a question from your memory, with citations. Without QUESTION it is read from stdin."""
    from secondme import api

    question = question if question is not None else sys.stdin.read()
    secrets = secrets or ("keep" if no_remember else ask_about_secrets(question))
    answer: api.Answer | None = None
    streamed, whole, thought = "", 0, 0.0
    events = open_engine().ask(question, chat_id=chat_id, remember=not no_remember, secrets=secrets)
    for event in interruptible(events):
        if isinstance(event, api.Delta) and not as_json:
            streamed += event.text
            if sys.stdout.isatty():
                click.echo(event.text, nl=False)
                click.secho(f" {UNSUPPORTED}" if event.unsupported else "", dim=True, nl=False)
        elif isinstance(event, api.Thought):
            thought = event.seconds
        elif isinstance(event, api.Passages):
            whole = event.whole
        elif isinstance(event, api.Done):
            answer = event.answer
        elif isinstance(event, api.Failed):
            if not as_json and streamed:
                click.echo("" if sys.stdout.isatty() else streamed)
            end_with_failure(event.what, event.safe, event.remedy, event.exit_code)
    assert answer is not None
    if as_json:
        print_json(answer)
    else:
        _print_answer(answer, streamed, whole, thought)


def _print_answer(answer: Answer, streamed: str, whole: int, thought: float) -> None:
    """Print what a terminal has not shown of the answer yet, then its passages.

    `whole` is the number of passages when the whole memory was read, else 0; `thought`: seconds that a model thought.
    """
    if not sys.stdout.isatty():
        click.echo(marked_text(answer))
    elif answer.text.startswith(streamed):
        # Each sentence came once it was checked, so what is left stands below it.
        click.echo(answer.text[len(streamed) :])
    else:
        click.echo(f"\n\n{marked_text(answer)}" if streamed.strip() else marked_text(answer))
    if thought:
        say(f"thought for {thought:.0f} s")
    if whole:
        say(f"all {whole:,} passages read" if whole > 1 else "the one passage read")
    for citation in answer.citations:
        say(f"[{citation.number}] {citation.hit.location()} — {shorten(citation.hit.text, 90)}")
    loose = sum(1 for sentence in answer.sentences if not sentence.citations)
    if loose:
        say(f"{loose} of {len(answer.sentences)} sentences are not supported by your memory.")


@cli.command()
@click.argument("query")
@click.option("-k", default=10, show_default=True, help="How many passages to find.")
@click.option("--explain", is_flag=True, help="Say why each passage was found.")
@click.option("--faded", is_flag=True, help="Look among faded memories too, even where the first look finds enough.")
@json_option("Print id, text, source, offsets, time, score and its parts.")
def recall(query: str, k: int, explain: bool, faded: bool, as_json: bool) -> None:
    """Find the passages of your memory that fit QUERY best."""
    from secondme.api import GROUPS

    hits = open_engine().recall(query, k=k, explain=explain, faded=faded)
    texts = [hit_text(i, hit) + (f"\n{why_text(hit)}" if explain else "") for i, hit in enumerate(hits, start=1)]
    for group, title in GROUPS.items():
        first = next((i for i, hit in enumerate(hits) if hit.group == group), None)
        if first is not None:
            texts[first] = f"{title}:\n{texts[first]}"
    print_result(hits, texts, as_json=as_json)
    if not hits:
        end_with_nothing("Nothing in your memory matches this.")
