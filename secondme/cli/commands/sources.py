"""`sources`, `show`, `failures` and `retry`: what was taken in, and what could not be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from secondme.cli.lines import hit_text, shorten
from secondme.cli.path_argument import NamedPath
from secondme.cli.root import cli
from secondme.cli.terminal import json_option, open_engine, print_result, print_rows

if TYPE_CHECKING:
    from secondme.api import FileTrouble, PassageView, SourceDetail, SourceSummary


@cli.group(invoke_without_command=True)
@click.option("--all", "include_gone", is_flag=True, help="Also list archived and hidden sources.")
@json_option()
@click.pass_context
def sources(ctx: click.Context, include_gone: bool, as_json: bool) -> None:
    """List what was taken in."""
    if ctx.invoked_subcommand is None:
        found = open_engine().sources(include_gone=include_gone)
        empty = "Nothing was taken in yet; `secondme ingest PATH` does."
        print_rows(found, _source_text, as_json=as_json, empty=empty)


@sources.command("show")
@click.argument("target")
@json_option()
def sources_show(target: str, as_json: bool) -> None:
    """Show one source: what it says about itself, its versions, its first passages. TARGET: id or path."""
    found = open_engine().source(target)
    print_result(found, _detail_lines(found), as_json=as_json)


@cli.command()
@click.argument("span_id")
@json_option()
def show(span_id: str, as_json: bool) -> None:
    """Show one memory: its words, keywords and tags, and what is linked to it and why.

    SPAN_ID is its id, or the beginning of it, as the profile prints it.
    """
    view = open_engine().passage(span_id)
    print_result(view, _passage_lines(view), as_json=as_json)


@cli.command()
@click.option("--all", "include_skipped", is_flag=True, help="Also list files of kinds that are not read.")
@json_option()
def failures(include_skipped: bool, as_json: bool) -> None:
    """List files that could not be read and why, and what was masked or left out of others."""
    found = open_engine().failures(include_skipped=include_skipped)
    print_rows(found, _trouble_text, as_json=as_json, empty="Every file could be read.")


@cli.command()
@click.argument("paths", nargs=-1, type=NamedPath())
def retry(paths: tuple[Path, ...]) -> None:
    """Read files again that failed: these PATHS, or all of them."""
    count = open_engine().retry(paths)
    click.echo(f"{count:,} files are tried again; `secondme status --wait` waits for them.")


def _source_text(source: SourceSummary) -> str:
    return f"{source.id}  {source.kind:6}  {source.state:8}  {source.spans:5} spans  {source.uri or source.title}"


def _trouble_text(trouble: FileTrouble) -> str:
    return f"{trouble.state:8} {trouble.path}: {trouble.reason}"


def _detail_lines(found: SourceDetail) -> Iterator[str]:
    source = found.summary
    about = (
        ("title", found.title),
        ("author", found.author),
        ("language", found.language),
        ("date", found.happened_at[:10]),
        ("kind", f"{source.kind}, {found.media}"),
        ("where", source.uri),
        ("state", source.state),
        ("passages", f"{source.spans:,} ({source.pending:,} pending)"),
        ("tables", "; ".join(found.tables)),
        ("note", found.reason),
    )
    yield from (f"{label:9} {value}" for label, value in about if value)
    for version in found.versions:
        yield (
            f"version   {version.version}, {version.recorded_at[:16]}, {version.bytes:,} bytes, "
            f"{version.spans:,} passages in recall"
        )
    for number, hit in enumerate(found.passages, start=1):
        yield f"{number:2}. {hit.location()}\n    {shorten(hit.text, 200)}"


def _passage_lines(view: PassageView) -> Iterator[str]:
    yield hit_text(1, view.hit)
    if view.keywords or view.tags:
        yield f"keywords: {', '.join(view.keywords)}" + (f"; tags: {', '.join(view.tags)}" if view.tags else "")
    for number, related in enumerate(view.related, start=1):
        yield hit_text(number, related.hit)
        yield f"    linked: {'; '.join(related.reasons)}"
