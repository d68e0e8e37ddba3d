"""The command line: thin commands over the engine. Data goes to stdout, narration to stderr.

Exit codes: 0 ok, 1 failed, 2 usage, 3 nothing found, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from secondme import __version__
from secondme.cli.evaluate import evaluate
from secondme.cli.facts import contradictions, facts, people, profile, show_memory
from secondme.cli.folders import failures, retry, service, watch
from secondme.cli.jobs import jobs, pin_, runs, undo, unpin
from secondme.cli.models import models
from secondme.cli.models_plan import models_plan
from secondme.cli.terminal import (
    end_line,
    fail,
    folder_text,
    hit_text,
    interruptible,
    nothing,
    open_engine,
    print_json,
    removal_text,
    say,
    show,
    why_text,
)

if TYPE_CHECKING:
    from secondme.server.client import EngineClient

INTERRUPTED = 130
SHOWN_SKIPPED = 40
TREE_CHILDREN = 12
"""Children of a node that are listed before "… more"."""


class _Group(click.Group):
    """Turns every error into one sentence with a remedy and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        from secondme.errors import SecondMeError

        try:
            return super().invoke(ctx)
        except SecondMeError as error:
            say(error.sentence())
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            say("Stopped; what was done is kept.")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader of our output left (`| head`); Python would complain again when it flushes.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(1)


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="secondme")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Second Me: a personal memory on your own computer. Without a command it opens the app."""
    os.umask(0o077)
    if ctx.invoked_subcommand is None:
        _open_app()


for _command in (
    watch,
    service,
    failures,
    retry,
    evaluate,
    jobs,
    runs,
    undo,
    pin_,
    unpin,
    facts,
    contradictions,
    people,
    profile,
    show_memory,
    models,
):
    cli.add_command(_command)
models.add_command(models_plan)


def main() -> None:
    """The console script."""
    cli(prog_name="secondme")


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--me", help="Which speaker of a chat is you.")
@click.option("--no-wait", is_flag=True, help="End when all is acknowledged, before it is embedded.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def ingest(paths: tuple[Path, ...], me: str | None, no_wait: bool, as_json: bool) -> None:
    """Take in files and folders: documents, notes, tables, mail, calendars, source code, chats."""
    _take_in(open_engine().ingest(paths, me=me, wait=not no_wait), as_json)


@cli.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "platform",
    type=click.Choice(["chatgpt", "claude", "telegram", "whatsapp", "slack", "discord"]),
    help="Which platform it is from, where that is not recognised.",
)
@click.option("--me", help="How this export calls you.")
@click.option("--no-wait", is_flag=True, help="End when all is acknowledged, before it is embedded.")
@click.option("--dry-run", is_flag=True, help="Only say what it holds.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def import_(path: Path, platform: str | None, me: str | None, no_wait: bool, dry_run: bool, as_json: bool) -> None:
    """Take in the export of an assistant or messenger: a file, a folder or a zip. A newer one adds what is new."""
    engine = open_engine()
    if dry_run or not me:
        found = engine.import_survey(path, platform=platform or "")
        if as_json and dry_run:
            print_json(found)
            return
        say(f"{found.platform}: {found.chats:,} chats with {found.messages:,} messages")
        if dry_run:
            for name, count in found.speakers:
                click.echo(f"{count:7,}  {name}")
            return
        me = None if found.me_known else _who_is_me(engine, found.speakers)
    _take_in(engine.import_export(path, platform=platform or "", me=me, wait=not no_wait), as_json)


def _who_is_me(engine: EngineClient, speakers: Sequence[tuple[str, int]]) -> str | None:
    """Ask once which speaker is the person; the answer is kept as one of their names."""
    if not speakers or not sys.stdin.isatty():
        if speakers:
            say("None of its speakers is known to be you; `--me NAME` says which one is.")
        return None
    say("Which of these is you?")
    for number, (name, count) in enumerate(speakers, start=1):
        say(f"{number:3}  {name} ({count:,} messages)")
    chosen = click.prompt("Number, or enter for none", default=0, type=click.IntRange(0, len(speakers)), err=True)
    if not chosen:
        return None
    name = speakers[chosen - 1][0]
    held = engine.setting("me.also")
    engine.set_setting("me.also", f"{held}, {name}" if held else name)
    return name


def _take_in(events: Iterator[Any], as_json: bool) -> None:
    """Show how an intake goes, then what became of it."""
    from secondme import api

    skipped: list[api.Skipped] = []
    result: api.Ingested | None = None
    for event in interruptible(events):
        if isinstance(event, api.Progress):
            show(event)
        elif isinstance(event, api.Skipped):
            skipped.append(event)
        elif isinstance(event, api.Ingested):
            result = event
        elif isinstance(event, api.Failed):
            end_line()
            fail(event.what, event.safe, event.remedy, event.exit_code)
    end_line()
    for one in skipped[:SHOWN_SKIPPED]:
        say(f"{one.state} {one.path}: {one.why}")
    if len(skipped) > SHOWN_SKIPPED:
        say(f"… and {len(skipped) - SHOWN_SKIPPED:,} more; `secondme failures --all` lists them.")
    assert result is not None
    if as_json:
        print_json({"result": result, "skipped": skipped})
        return
    failed = f", {result.failed} failed" if result.failed else ""
    click.echo(
        f"{result.added} added, {result.updated} updated, {result.unchanged} unchanged, {result.skipped} skipped{failed}; "
        f"{result.spans} spans in {result.seconds:.1f} s"
    )


@cli.command()
@click.argument("question", required=False)
@click.option("--chat", "chat_id", help="Go on in this chat.")
@click.option("--off-record", "no_remember", is_flag=True, help="Keep nothing of this question and its answer.")
@click.option("--no-remember", "no_remember", is_flag=True, hidden=True)
@click.option("--secrets", type=click.Choice(["keep", "mask"]), help="What to do with text that looks like a key.")
@click.option("--json", "as_json", is_flag=True, help="Print answer and citations as JSON.")
def ask(question: str | None, chat_id: str | None, no_remember: bool, secrets: str | None, as_json: bool) -> None:
    """Answer a question from your memory, with citations. Without QUESTION it is read from stdin."""
    from secondme import api

    question = question if question is not None else sys.stdin.read()
    secrets = secrets or ("keep" if no_remember else _about_secrets(question))
    answer: api.Answer | None = None
    streamed, whole = "", 0
    events = open_engine().ask(question, chat_id=chat_id, remember=not no_remember, secrets=secrets)
    for event in interruptible(events):
        if isinstance(event, api.Delta) and not as_json:
            streamed += event.text
            if sys.stdout.isatty():
                click.echo(event.text, nl=False)
        elif isinstance(event, api.Passages):
            whole = event.whole
        elif isinstance(event, api.Done):
            answer = event.answer
        elif isinstance(event, api.Failed):
            fail(event.what, event.safe, event.remedy, event.exit_code)
    assert answer is not None
    if as_json:
        print_json(answer)
        return
    if sys.stdout.isatty():
        click.echo("\n")
        rest = answer.text[len(streamed) :] if answer.text.startswith(streamed) else ""
        click.echo(rest if rest else answer.text if answer.finish != "quoted" else "", nl=bool(rest))
    else:
        click.echo(answer.text)
    if whole:
        say(f"all {whole:,} passages read" if whole > 1 else "the one passage read")
    for citation in answer.citations:
        excerpt = " ".join(citation.hit.text.split())
        say(f"[{citation.number}] {citation.hit.location()} — {excerpt[:90]}{'…' if len(excerpt) > 90 else ''}")
    loose = sum(1 for sentence in answer.sentences if not sentence.citations)
    if loose:
        say(f"{loose} of {len(answer.sentences)} sentences are not supported by your memory.")


@cli.command()
@click.argument("query")
@click.option("-k", default=10, show_default=True, help="How many passages.")
@click.option("--explain", is_flag=True, help="Say of each why it was found.")
@click.option("--faded", is_flag=True, help="Look among faded memories too, even where the first look finds enough.")
@click.option("--json", "as_json", is_flag=True, help="Print id, text, source, offsets, time, score and its parts.")
def recall(query: str, k: int, explain: bool, faded: bool, as_json: bool) -> None:
    """Find the passages of your memory that fit QUERY best."""
    hits = open_engine().recall(query, k=k, explain=explain, faded=faded)
    if as_json:
        print_json(hits)
    else:
        for i, hit in enumerate(hits, start=1):
            click.echo(hit_text(i, hit))
            if explain:
                click.echo(why_text(hit))
    if not hits:
        nothing("Nothing in your memory matches this.")


@cli.command()
@click.argument("text", required=False)
@click.option("--secrets", type=click.Choice(["keep", "mask"]), help="What to do with text that looks like a key.")
def remember(text: str | None, secrets: str | None) -> None:
    """Keep a note, word for word. Without TEXT it is read from stdin. Prints its id."""
    text = text if text is not None else sys.stdin.read()
    click.echo(open_engine().remember(text, secrets=secrets or _about_secrets(text)))


def _about_secrets(text: str) -> str:
    """What a person wants done with keys in what they typed; asked only when there is one."""
    from secondme.errors import SecretFound
    from secondme.ingest.secrets import settle

    try:
        settle(text, "ask")
    except SecretFound as found:
        if not sys.stdin.isatty():
            raise SecretFound(
                found.what, "`--secrets keep` or `--secrets mask` says what to do.", found.safe
            ) from found
        say(found.what)
        return str(click.prompt("Keep it or mask it?", type=click.Choice(["keep", "mask"]), default="mask", err=True))
    return "keep"


@cli.command()
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Only say what would be hidden.")
@click.option("--undo", is_flag=True, help="Bring it back.")
@click.option("--json", "as_json", is_flag=True)
def forget(target: str, dry_run: bool, undo: bool, as_json: bool) -> None:
    """Hide a source, chat, message or note from recall; `--undo` brings it back. TARGET: id or path."""
    engine = open_engine()
    if undo:
        restored = engine.restore(target)
        print_json(restored) if as_json else click.echo(f"{restored.spans} spans are back.")
        return
    removal = engine.forget(target, dry_run=dry_run)
    print_json(removal) if as_json else click.echo(removal_text(removal, "hidden"))
    if not dry_run and not as_json:
        say(f"`secondme forget --undo {removal.target}` brings it back.")


@cli.command()
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--json", "as_json", is_flag=True)
def purge(target: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Erase a source, chat, message or note for good, from every store. TARGET: id or path."""
    engine = open_engine()
    removal = engine.purge(target, dry_run=True)
    if not dry_run:
        if not yes:
            say(removal_text(removal, "to be erased"))
            click.confirm("This cannot be undone. Erase?", abort=True, err=True)
        removal = engine.purge(target)
    print_json(removal) if as_json else click.echo(removal_text(removal, "erased"))
    for note in removal.notes:
        say(note)


@cli.group(invoke_without_command=True)
@click.option("--all", "include_gone", is_flag=True, help="Archived and hidden ones too.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def sources(ctx: click.Context, include_gone: bool, as_json: bool) -> None:
    """List what was taken in."""
    if ctx.invoked_subcommand is not None:
        return
    found = open_engine().sources(include_gone=include_gone)
    if as_json:
        print_json(found)
    for one in [] if as_json else found:
        click.echo(f"{one.id}  {one.kind:6}  {one.state:8}  {one.spans:5} spans  {one.uri or one.title}")
    if not found:
        nothing("Nothing was taken in yet; `secondme ingest PATH` does.")


@sources.command("show")
@click.argument("target")
@click.option("--json", "as_json", is_flag=True)
def sources_show(target: str, as_json: bool) -> None:
    """Show one source: what it says about itself, its versions, its first passages. TARGET: id or path."""
    found = open_engine().source(target)
    if as_json:
        print_json(found)
        return
    one = found.summary
    about = (
        ("title", found.title),
        ("author", found.author),
        ("language", found.language),
        ("date", found.happened_at[:10]),
        ("kind", f"{one.kind}, {found.media}"),
        ("where", one.uri),
        ("state", one.state),
        ("passages", f"{one.spans:,} ({one.pending:,} pending)"),
        ("tables", "; ".join(found.tables)),
        ("note", found.reason),
    )
    for label, value in about:
        if value:
            click.echo(f"{label:9} {value}")
    for version in found.versions:
        click.echo(
            f"version   {version.version}, {version.recorded_at[:16]}, {version.bytes:,} bytes, "
            f"{version.spans:,} passages in recall"
        )
    for number, hit in enumerate(found.passages, start=1):
        text = " ".join(hit.text.split())
        click.echo(f"{number:2}. {hit.location()}\n    {text[:200]}{'…' if len(text) > 200 else ''}")


@cli.command()
@click.option("--json", "as_json", is_flag=True)
@click.argument("chat_id", required=False)
def chats(chat_id: str | None, as_json: bool) -> None:
    """List the chats held here, or print the one with CHAT_ID."""
    engine = open_engine()
    if chat_id:
        chat = engine.chat(chat_id)
        if as_json:
            print_json(chat)
        for message in () if as_json else chat.messages:
            click.echo(f"{message.role} ({message.at[:16]}): {message.text}\n")
        return
    found = engine.chats()
    if as_json:
        print_json(found)
    for one in [] if as_json else found:
        click.echo(f"{one.id}  {one.last_at[:16]}  {one.messages:3} messages  {one.title}")
    if not found:
        nothing("There are no chats yet; `secondme ask` starts one.")


@cli.group()
def snapshot() -> None:
    """Take your memory along: one file, the same bytes for the same memory."""


@snapshot.command("export")
@click.argument("path", type=click.Path(path_type=Path))
def snapshot_export(path: Path) -> None:
    """Write everything to PATH (a .tar.zst)."""
    for progress in interruptible(open_engine().snapshot_export(path)):
        show(progress)
    end_line()
    click.echo(str(path))


@snapshot.command("import")
@click.argument("path", type=click.Path(path_type=Path))
def snapshot_import(path: Path) -> None:
    """Bring a snapshot into an empty memory. Watched folders arrive paused."""
    for progress in interruptible(open_engine().snapshot_import(path)):
        show(progress)
    end_line()
    click.echo(f"Imported {path}.")


@snapshot.command("verify")
@click.argument("path", type=click.Path(path_type=Path))
def snapshot_verify(path: Path) -> None:
    """Check every byte of a snapshot against its manifest."""
    from secondme.engine.snapshot import verify_snapshot

    manifest = verify_snapshot(path)
    click.echo(f"{path} is sound: {len(manifest.members)} members.")


@cli.group()
def config() -> None:
    """Settings."""


@config.command("get")
@click.argument("key")
def config_get(key: str) -> None:
    """Print a setting."""
    from secondme.places import places
    from secondme.settings import load, value_of

    click.echo(value_of(load(places().config_file)[0], key))


@config.command("set")
@click.argument("key")
@click.argument("value")
def config_set(key: str, value: str) -> None:
    """Change a setting; it is in force at once."""
    from secondme.cli.change_setting import change_setting
    from secondme.places import places

    change_setting(places(), key, value)


@config.command("list")
def config_list() -> None:
    """Print every setting with its value and meaning."""
    from secondme.places import places
    from secondme.settings import describe, load, value_of

    settings, warnings = load(places().config_file)
    for key, default, description in describe():
        value = value_of(settings, key)
        shown = f"{value!r}" + ("" if value == default else f" (default {default!r})")
        click.echo(f"{key} = {shown}\n    {description}")
    for warning in warnings:
        say(warning)


@config.command("path")
def config_path() -> None:
    """Print where the settings file is."""
    from secondme.places import places

    click.echo(str(places().config_file))


@cli.command()
@click.option("--wait", is_flag=True, help="Wait until everything is embedded and indexed.")
@click.option("--json", "as_json", is_flag=True)
def status(wait: bool, as_json: bool) -> None:
    """What is in memory, which models answer, what is going on."""
    engine = open_engine()
    if wait:
        for state in interruptible(engine.watch_status()):
            if not state.pending and not state.activity:
                break
            if sys.stderr.isatty():
                done = f"{state.spans - state.pending} of {state.spans} spans"
                click.echo(f"\r{state.activity}: {done}\033[K", nl=False, err=True)
        end_line()
    now = engine.status()
    if as_json:
        print_json(now)
        return
    click.echo(
        f"memory     {now.spans} spans ({now.embedded} embedded, {now.pending} pending) from {now.sources} sources"
    )
    if now.faded:
        click.echo(f"faded      {now.faded} spans: a second look finds them")
    click.echo(f"chats      {now.chats}, notes {now.notes}")
    click.echo(f"model      {now.model or 'none: answers are quotes'}")
    click.echo(f"embedder   {now.embedder or 'none: recall finds words only'}")
    click.echo(f"index      {now.index}")
    for sentence in now.leaving:
        click.echo(f"leaving    {sentence}")
    for folder in now.folders:
        click.echo(f"folder     {folder_text(folder)}")
    for work in (now.activity, now.job):
        if work:
            click.echo(f"now        {work}")
    for problem in now.problems:
        say(f"! {problem.what} {problem.remedy}".rstrip())


@cli.command()
def paths() -> None:
    """Print where everything is kept."""
    from secondme.places import places

    where = places()
    for name in ("data", "cache", "config", "logs", "runtime"):
        click.echo(f"{name:8} {getattr(where, name)}")
    click.echo(f"{'socket':8} {where.socket}")


@cli.command()
@click.option("--json", "as_json", is_flag=True)
def doctor(as_json: bool) -> None:
    """Check your own data and this installation; changes nothing."""
    from secondme.cli.doctor import examine
    from secondme.places import places

    findings = examine(places(), open_engine)
    if as_json:
        print_json(findings)
    for one in [] if as_json else findings:
        click.echo(f"{'ok ' if one.ok else '!! '} {one.about}: {one.what}" + (f" {one.remedy}" if one.remedy else ""))
    if not all(one.ok for one in findings):
        click.get_current_context().exit(1)


@cli.command()
@click.argument("node", default="")
@click.option("--by", type=click.Choice(["topic", "time", "source"]), default="topic", show_default=True)
@click.option("--depth", default=2, show_default=True, help="Levels to show.")
@click.option("--rebalance", is_flag=True, help="Build the tree by topic anew first; ctrl+c keeps it as it was.")
@click.option("--json", "as_json", is_flag=True)
def tree(node: str, by: str, depth: int, rebalance: bool, as_json: bool) -> None:
    """Show your memory as a tree: below NODE, or from the root."""
    engine = open_engine()
    if rebalance:
        for event in interruptible(engine.rebalance()):
            show(event)
        end_line()
    if as_json:
        print_json(engine.tree(by, node))
        return
    shown = _show_branch(engine, by, node, depth, "")
    if not shown:
        nothing("The tree is empty: add something with `secondme ingest`.")


def _show_branch(engine: EngineClient, by: str, node: str, depth: int, margin: str) -> int:
    import shutil

    children = engine.tree(by, node).children
    width = max(shutil.get_terminal_size().columns, 40)
    shown = children[:TREE_CHILDREN]
    for i, child in enumerate(shown):
        last = i == len(shown) - 1 and len(children) == len(shown)
        count = f" ({child.size:,})" if not child.span_id else f" {child.when}" if child.when else ""
        key = f" [{child.id}]" if by == "topic" and not child.span_id else ""
        room = width - len(margin) - 4 - len(count) - len(key)
        label = child.label or "…"
        label = label if len(label) <= room else label[: max(room - 1, 8)] + "…"
        click.echo(f"{margin}{'└─ ' if last else '├─ '}{label}{count}{key}")
        if depth > 1 and not child.span_id:
            _show_branch(engine, by, child.id, depth - 1, margin + ("   " if last else "│  "))
    if len(children) > len(shown):
        click.echo(f"{margin}└─ … {len(children) - len(shown):,} more")
    return len(children)


def _open_app() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("The app needs a terminal. `secondme --help` lists the commands that do not.")
        click.get_current_context().exit(2)
    from secondme.places import places
    from secondme.settings import load
    from tui.app import run

    settings, _ = load(places().config_file)
    run(open_engine, theme=settings.ui_theme)
