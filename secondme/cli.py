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

if TYPE_CHECKING:
    from models.protocol import Embedder
    from secondme.api import FolderStatus, Hit, Progress, Removal
    from secondme.client import EngineClient
    from secondme.runtimes import Runtimes
    from secondme.settings import Settings

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
    _take_in(_engine().ingest(paths, me=me, wait=not no_wait), as_json)


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
    engine = _engine()
    if dry_run or not me:
        found = engine.import_survey(path, platform=platform or "")
        if as_json and dry_run:
            _print_json(found)
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
    for event in _interruptible(events):
        if isinstance(event, api.Progress):
            _show(event)
        elif isinstance(event, api.Skipped):
            skipped.append(event)
        elif isinstance(event, api.Ingested):
            result = event
        elif isinstance(event, api.Failed):
            _end_line()
            _fail(event.what, event.safe, event.remedy, event.exit_code)
    _end_line()
    for one in skipped[:SHOWN_SKIPPED]:
        say(f"{one.state} {one.path}: {one.why}")
    if len(skipped) > SHOWN_SKIPPED:
        say(f"… and {len(skipped) - SHOWN_SKIPPED:,} more; `secondme failures --all` lists them.")
    assert result is not None
    if as_json:
        _print_json({"result": result, "skipped": skipped})
        return
    failed = f", {result.failed} failed" if result.failed else ""
    click.echo(
        f"{result.added} added, {result.updated} updated, {result.unchanged} unchanged, {result.skipped} skipped{failed}; "
        f"{result.spans} spans in {result.seconds:.1f} s"
    )


@cli.command()
@click.argument("question", required=False)
@click.option("--chat", "chat_id", help="Go on in this chat.")
@click.option("--no-remember", is_flag=True, help="Keep nothing of this question and its answer.")
@click.option("--secrets", type=click.Choice(["keep", "mask"]), help="What to do with text that looks like a key.")
@click.option("--json", "as_json", is_flag=True, help="Print answer and citations as JSON.")
def ask(question: str | None, chat_id: str | None, no_remember: bool, secrets: str | None, as_json: bool) -> None:
    """Answer a question from your memory, with citations. Without QUESTION it is read from stdin."""
    from secondme import api

    question = question if question is not None else sys.stdin.read()
    secrets = secrets or ("keep" if no_remember else _about_secrets(question))
    answer: api.Answer | None = None
    streamed = ""
    events = _engine().ask(question, chat_id=chat_id, remember=not no_remember, secrets=secrets)
    for event in _interruptible(events):
        if isinstance(event, api.Delta) and not as_json:
            streamed += event.text
            if sys.stdout.isatty():
                click.echo(event.text, nl=False)
        elif isinstance(event, api.Done):
            answer = event.answer
        elif isinstance(event, api.Failed):
            _fail(event.what, event.safe, event.remedy, event.exit_code)
    assert answer is not None
    if as_json:
        _print_json(answer)
        return
    if sys.stdout.isatty():
        click.echo("\n")
        rest = answer.text[len(streamed) :] if answer.text.startswith(streamed) else ""
        click.echo(rest if rest else answer.text if answer.finish != "quoted" else "", nl=bool(rest))
    else:
        click.echo(answer.text)
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
@click.option("--json", "as_json", is_flag=True, help="Print id, text, source, offsets, time, score and its parts.")
def recall(query: str, k: int, explain: bool, as_json: bool) -> None:
    """Find the passages of your memory that fit QUERY best."""
    hits = _engine().recall(query, k=k, explain=explain)
    if as_json:
        _print_json(hits)
    else:
        for i, hit in enumerate(hits, start=1):
            click.echo(_hit_text(i, hit))
            if explain:
                click.echo(_why_text(hit))
    if not hits:
        _nothing("Nothing in your memory matches this.")


@cli.command()
@click.argument("text", required=False)
@click.option("--secrets", type=click.Choice(["keep", "mask"]), help="What to do with text that looks like a key.")
def remember(text: str | None, secrets: str | None) -> None:
    """Keep a note, word for word. Without TEXT it is read from stdin. Prints its id."""
    text = text if text is not None else sys.stdin.read()
    click.echo(_engine().remember(text, secrets=secrets or _about_secrets(text)))


def _about_secrets(text: str) -> str:
    """What a person wants done with keys in what they typed; asked only when there is one."""
    from secondme.errors import SecretFound
    from secondme.secret_scan import settle

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
    engine = _engine()
    if undo:
        restored = engine.restore(target)
        _print_json(restored) if as_json else click.echo(f"{restored.spans} spans are back.")
        return
    removal = engine.forget(target, dry_run=dry_run)
    _print_json(removal) if as_json else click.echo(_removal_text(removal, "hidden"))
    if not dry_run and not as_json:
        say(f"`secondme forget --undo {removal.target}` brings it back.")


@cli.command()
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--json", "as_json", is_flag=True)
def purge(target: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Erase a source, chat, message or note for good, from every store. TARGET: id or path."""
    engine = _engine()
    removal = engine.purge(target, dry_run=True)
    if not dry_run:
        if not yes:
            say(_removal_text(removal, "to be erased"))
            click.confirm("This cannot be undone. Erase?", abort=True, err=True)
        removal = engine.purge(target)
    _print_json(removal) if as_json else click.echo(_removal_text(removal, "erased"))
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
    found = _engine().sources(include_gone=include_gone)
    if as_json:
        _print_json(found)
    for one in [] if as_json else found:
        click.echo(f"{one.id}  {one.kind:6}  {one.state:8}  {one.spans:5} spans  {one.uri or one.title}")
    if not found:
        _nothing("Nothing was taken in yet; `secondme ingest PATH` does.")


@sources.command("show")
@click.argument("target")
@click.option("--json", "as_json", is_flag=True)
def sources_show(target: str, as_json: bool) -> None:
    """Show one source: what it says about itself, its versions, its first passages. TARGET: id or path."""
    found = _engine().source(target)
    if as_json:
        _print_json(found)
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
@click.option("--all", "include_skipped", is_flag=True, help="Files that nobody reads too.")
@click.option("--json", "as_json", is_flag=True)
def failures(include_skipped: bool, as_json: bool) -> None:
    """List files that could not be read and why, and what was masked or left out of others."""
    found = _engine().failures(include_skipped=include_skipped)
    if as_json:
        _print_json(found)
    for one in [] if as_json else found:
        click.echo(f"{one.state:8} {one.path}: {one.reason}")
    if not found:
        _nothing("Every file could be read.")


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def retry(paths: tuple[Path, ...]) -> None:
    """Try files again that failed: these, or all of them."""
    count = _engine().retry(paths)
    click.echo(f"{count:,} files are tried again; `secondme status --wait` waits for them.")


@cli.command()
@click.option("--json", "as_json", is_flag=True)
@click.argument("chat_id", required=False)
def chats(chat_id: str | None, as_json: bool) -> None:
    """List the chats held here, or print the one with CHAT_ID."""
    engine = _engine()
    if chat_id:
        chat = engine.chat(chat_id)
        if as_json:
            _print_json(chat)
        for message in () if as_json else chat.messages:
            click.echo(f"{message.role} ({message.at[:16]}): {message.text}\n")
        return
    found = engine.chats()
    if as_json:
        _print_json(found)
    for one in [] if as_json else found:
        click.echo(f"{one.id}  {one.last_at[:16]}  {one.messages:3} messages  {one.title}")
    if not found:
        _nothing("There are no chats yet; `secondme ask` starts one.")


@cli.group()
def watch() -> None:
    """Watched folders: indexed now and kept right."""


@watch.command("add")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only count what it would read.")
@click.option("--json", "as_json", is_flag=True)
def watch_add(path: Path, dry_run: bool, as_json: bool) -> None:
    """Watch a folder. What is ignored: .gitignore, .secondmeignore, hidden files, caches, keys."""
    engine = _engine()
    found = engine.survey(path)
    if dry_run:
        if as_json:
            _print_json(found)
            return
        for kind, count, size in found.kinds:
            click.echo(f"{count:9,} files {size:15,} bytes  {kind}")
        for why, count in found.skipped:
            click.echo(f"{count:9,} files {'skipped':>15}        {why}")
    say(
        f"{found.files:,} files with {found.bytes:,} bytes can be read, {sum(c for _, c in found.skipped):,} are skipped."
    )
    if dry_run:
        return
    folder = engine.watch_add(path)
    click.echo(f"{folder.state}  {folder.path}")
    say("It is indexed in the background; `secondme status --wait` waits for it.")


@watch.command("list")
@click.option("--json", "as_json", is_flag=True)
def watch_list(as_json: bool) -> None:
    """List the watched folders."""
    found = _engine().watch_list()
    if as_json:
        _print_json(found)
    for one in [] if as_json else found:
        click.echo(_folder_text(one))
    if not found:
        _nothing("No folder is watched; `secondme watch add PATH` adds one.")


def _folder_text(one: FolderStatus) -> str:
    rest = [f"{count:,} {what}" for count, what in ((one.skipped, "skipped"), (one.failed, "failed")) if count]
    rest += [f"{one.missing:,} gone: `secondme watch confirm {one.path}`"] if one.state == "asking" else []
    return f"{one.state:9} {one.files:6,} files  {one.path}" + (f"  ({', '.join(rest)})" if rest else "")


@watch.command("pause")
@click.argument("path", type=click.Path(path_type=Path))
def watch_pause(path: Path) -> None:
    """Look at a folder no more until it is resumed; its memories stay."""
    click.echo(_folder_text(_engine().watch_pause(path)))


@watch.command("resume")
@click.argument("path", type=click.Path(path_type=Path))
def watch_resume(path: Path) -> None:
    """Keep a paused folder right again, beginning with a look at all of it."""
    click.echo(_folder_text(_engine().watch_resume(path)))


@watch.command("rescan")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def watch_rescan(path: Path | None) -> None:
    """Look at one folder, or at all, now."""
    for folder in _engine().watch_rescan(path):
        click.echo(_folder_text(folder))
    say("It is looked at in the background; `secondme status --wait` waits for it.")


@watch.command("confirm")
@click.argument("path", type=click.Path(path_type=Path))
def watch_confirm(path: Path) -> None:
    """More than half of a folder is gone, and that is right: let those memories fade."""
    click.echo(_folder_text(_engine().watch_confirm(path)))


@watch.command("run")
def watch_run() -> None:
    """Run the engine in the foreground until it is stopped, as the background service does."""
    from secondme.engine_process import main as run

    click.get_current_context().exit(run(stay=True))


@watch.command("remove")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--keep/--purge", "keep", default=None, help="Keep its memories (default), or erase them.")
def watch_remove(path: Path, keep: bool | None) -> None:
    """Stop watching a folder; asks whether its memories stay."""
    engine = _engine()
    if keep is None:
        keep = not sys.stdin.isatty() or click.confirm("Keep what it brought?", default=True, err=True)
    removal = engine.watch_remove(path, purge=not keep)
    click.echo(_removal_text(removal, "erased") if removal else "No longer watched; its memories stay.")


@cli.group()
def snapshot() -> None:
    """Take your memory along: one file, the same bytes for the same memory."""


@snapshot.command("export")
@click.argument("path", type=click.Path(path_type=Path))
def snapshot_export(path: Path) -> None:
    """Write everything to PATH (a .tar.zst)."""
    for progress in _interruptible(_engine().snapshot_export(path)):
        _show(progress)
    _end_line()
    click.echo(str(path))


@snapshot.command("import")
@click.argument("path", type=click.Path(path_type=Path))
def snapshot_import(path: Path) -> None:
    """Bring a snapshot into an empty memory. Watched folders arrive paused."""
    for progress in _interruptible(_engine().snapshot_import(path)):
        _show(progress)
    _end_line()
    click.echo(f"Imported {path}.")


@snapshot.command("verify")
@click.argument("path", type=click.Path(path_type=Path))
def snapshot_verify(path: Path) -> None:
    """Check every byte of a snapshot against its manifest."""
    from secondme.snapshot import verify_snapshot

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
    from secondme.places import places
    from secondme.settings import save

    if key == "model.path" and value not in ("", "none"):
        value = str(Path(value).expanduser().absolute())
        _check_model(Path(value))
    where = places()
    save(where.config_file, key, value)
    if where.socket.exists():
        from secondme.client import EngineClient

        client = EngineClient(where)
        if client.hello() is not None:
            client.reload()


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
    engine = _engine()
    if wait:
        for state in _interruptible(engine.watch_status()):
            if not state.pending and not state.activity:
                break
            if sys.stderr.isatty():
                done = f"{state.spans - state.pending} of {state.spans} spans"
                click.echo(f"\r{state.activity}: {done}\033[K", nl=False, err=True)
        _end_line()
    now = engine.status()
    if as_json:
        _print_json(now)
        return
    click.echo(
        f"memory     {now.spans} spans ({now.embedded} embedded, {now.pending} pending) from {now.sources} sources"
    )
    click.echo(f"chats      {now.chats}, notes {now.notes}")
    click.echo(f"model      {now.model or 'none: answers are quotes'}")
    click.echo(f"embedder   {now.embedder or 'none: recall finds words only'}")
    click.echo(f"index      {now.index}")
    for folder in now.folders:
        click.echo(f"folder     {_folder_text(folder)}")
    if now.activity:
        click.echo(f"now        {now.activity}")
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
    from secondme.doctor import examine
    from secondme.places import places

    findings = examine(places(), _engine)
    if as_json:
        _print_json(findings)
    for one in [] if as_json else findings:
        click.echo(f"{'ok ' if one.ok else '!! '} {one.about}: {one.what}" + (f" {one.remedy}" if one.remedy else ""))
    if not all(one.ok for one in findings):
        click.get_current_context().exit(1)


@cli.group()
def service() -> None:
    """The background service: keeps watched folders right while no window is open."""


@service.command("install")
def service_install() -> None:
    """Install and start it for this user (systemd, or launchd on macOS)."""
    from secondme.service import install

    for line in install():
        click.echo(line)


@service.command("status")
def service_status() -> None:
    """Whether it is installed and runs."""
    from secondme.service import status as service_state

    state = service_state()
    click.echo(state.sentence)
    if not state.running:
        click.get_current_context().exit(3)


@service.command("remove")
def service_remove() -> None:
    """Stop and remove it; your memory stays."""
    from secondme.service import remove

    for line in remove():
        click.echo(line)


@cli.command()
@click.argument("node", default="")
@click.option("--by", type=click.Choice(["topic", "time", "source"]), default="topic", show_default=True)
@click.option("--depth", default=2, show_default=True, help="Levels to show.")
@click.option("--rebalance", is_flag=True, help="Build the tree by topic anew first; ctrl+c keeps it as it was.")
@click.option("--json", "as_json", is_flag=True)
def tree(node: str, by: str, depth: int, rebalance: bool, as_json: bool) -> None:
    """Show your memory as a tree: below NODE, or from the root."""
    engine = _engine()
    if rebalance:
        for event in _interruptible(engine.rebalance()):
            _show(event)
        _end_line()
    if as_json:
        _print_json(engine.tree(by, node))
        return
    shown = _show_branch(engine, by, node, depth, "")
    if not shown:
        _nothing("The tree is empty: add something with `secondme ingest`.")


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


@cli.group(name="eval")
def evaluate() -> None:
    """Measure this memory on a benchmark file."""


@evaluate.command("recall")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--pooled", is_flag=True, help="All conversations in one store.")
@click.option("--ablate", is_flag=True, help="Again with each mechanism left out, and with each alone.")
@click.option("--dump", type=click.Path(path_type=Path), help="Write each question's ranking as JSON Lines.")
@click.option("--json", "as_json", is_flag=True)
def eval_recall(file: Path, pooled: bool, ablate: bool, dump: Path | None, as_json: bool) -> None:
    """Recall at k and MRR on a memory-eval/1 FILE, in a temporary store of its own."""
    import json

    from secondme.api import Progress
    from secondme.evaluation import EVERYTHING, ablation, load
    from secondme.evaluation import evaluate as run

    settings, embedder, _ = _models()
    arms = ablation() if ablate else [EVERYTHING]
    outcome = None
    for event in run(load(file), embedder, pooled=pooled, exact_below=settings.index_exact_below, arms=arms):
        if isinstance(event, Progress):
            _show(event)
        else:
            outcome = event
    _end_line()
    assert outcome is not None
    report, rankings = outcome[EVERYTHING.name]
    if dump:
        with dump.open("w", encoding="utf-8") as out:
            for one in rankings:
                line = {"conversation": one.conversation, "question": one.question, "ranked": one.ranked}
                out.write(json.dumps(line) + "\n")
    if as_json:
        _print_json({name: found for name, (found, _) in outcome.items()} if ablate else report)
        return
    columns = ("r5", "r10", "r20", "r50", "mrr")
    click.echo(f"{'':14}" + "".join(f"{name:>8}" for name in columns))
    for name, figures in {"all": report.overall, **report.categories}.items():
        click.echo(f"{name:14}" + "".join(f"{figures[column]:8.3f}" for column in columns))
    click.echo(
        f"{report.questions} questions; {report.turns} turns at {report.turns_per_second}/s; recall p50 {report.p50_ms} "
        f"ms, p95 {report.p95_ms} ms; model calls per turn {report.model_calls_per_turn}; peak {report.peak_memory_mb} MB"
    )
    if ablate:
        names = list(report.categories)
        click.echo(f"\n{'':22}" + "".join(f"{name:>8}" for name in columns) + f"{'p50 ms':>8}  " + "  ".join(names))
        for name, (found, _) in outcome.items():
            row = "".join(f"{found.overall[column]:8.3f}" for column in columns)
            by_category = "  ".join(f"{found.categories[one]['r10']:{len(one)}.3f}" for one in names)
            click.echo(f"{name:22}{row}{found.p50_ms:8.1f}  {by_category}")


@evaluate.command("answer")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--limit", type=int, help="At most so many questions of each conversation, drawn with a fixed seed.")
@click.option("--dump", type=click.Path(path_type=Path), help="Write each answer as JSON Lines.")
@click.option("--json", "as_json", is_flag=True)
def eval_answer(file: Path, limit: int | None, dump: Path | None, as_json: bool) -> None:
    """Token F1 of answers and rightness of refusals on a memory-eval/1 FILE, with the configured model."""
    import dataclasses
    import json

    from secondme.answer_evaluation import evaluate_answers
    from secondme.api import Progress
    from secondme.evaluation import load

    settings, embedder, runtimes = _models()
    report = None
    try:
        model = runtimes.language_model(settings)
        small = runtimes.small_model(settings)
        for event in evaluate_answers(load(file), embedder, model, small=small, limit=limit):
            if isinstance(event, Progress):
                _show(event)
            else:
                report = event
    finally:
        runtimes.close()
    _end_line()
    assert report is not None
    if dump:
        dump.write_text("".join(json.dumps(one) + "\n" for one in report.transcript), encoding="utf-8")
    report = dataclasses.replace(report, transcript=[])
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report)))
        return
    click.echo(f"{'':14}{'F1':>8}{'refused':>9}")
    for name, share in report.refused.items():
        value = f"{report.f1[name]:8.3f}" if name in report.f1 else f"{'':8}"
        click.echo(f"{name:14}{value}{share:9.3f}")
    click.echo(
        f"{report.questions} questions; F1 {report.overall_f1:.3f}; wrongly refused {report.wrongly_refused:.3f}; "
        f"first token p50 {report.first_token_p50} s, p95 {report.first_token_p95} s; answer p50 {report.seconds_p50} s"
    )


@evaluate.command("order")
@click.argument("file", type=click.Path(path_type=Path))
def eval_order(file: Path) -> None:
    """Of two excerpts of a conversation, which was said first? Chance is .5."""
    from secondme.answer_evaluation import evaluate_order
    from secondme.api import Progress
    from secondme.evaluation import load

    _, embedder, _ = _models()
    for event in evaluate_order(load(file), embedder):
        if isinstance(event, Progress):
            _show(event)
        else:
            _end_line()
            click.echo(f"{event.pairs} pairs; right {event.accuracy:.3f}; undecided {event.undecided:.3f}")


def _models() -> tuple[Settings, Embedder | None, Runtimes]:
    """The settings, the embedder and what makes models, for commands that need no engine."""
    from secondme.places import places
    from secondme.runtimes import Runtimes
    from secondme.settings import load

    where = places()
    where.make()
    settings, _ = load(where.config_file)
    runtimes = Runtimes(where)
    return settings, runtimes.embedder(), runtimes


def say(text: str) -> None:
    """A line for the person, on stderr."""
    click.echo(text, err=True)


def _open_app() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("The app needs a terminal. `secondme --help` lists the commands that do not.")
        click.get_current_context().exit(2)
    from secondme.places import places
    from secondme.settings import load
    from tui.app import run

    settings, _ = load(places().config_file)
    run(_engine, theme=settings.ui_theme)


def _engine() -> EngineClient:
    from secondme.client import connect
    from secondme.places import places

    return connect(places())


def _check_model(path: Path) -> None:
    from models.gguf import read_header
    from models.protocol import ModelError
    from secondme.errors import SecondMeError

    try:
        read_header(path)
    except ModelError as error:
        raise SecondMeError(error.what, error.remedy, "The setting was not changed.") from error


def _interruptible(events: Iterator[Any]) -> Iterator[Any]:
    """Events until ctrl+c, which closes the stream: the engine stops the work and keeps what was done."""
    try:
        yield from events
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()


def _show(progress: Progress) -> None:
    if not sys.stderr.isatty():
        return
    left = "" if progress.seconds_left is None else f", {progress.seconds_left:.0f} s left"
    rate = f", {progress.per_second:.0f}/s" if progress.per_second else ""
    click.echo(
        f"\r{progress.stage} {progress.done} of {progress.total} {progress.unit}{rate}{left}\033[K", nl=False, err=True
    )


def _end_line() -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


def _hit_text(number: int, hit: Hit) -> str:
    mine = " (the assistant's own words)" if hit.role == "assistant" else ""
    text = " ".join(hit.text.split())
    return f"{number:2}. {hit.location()}  {hit.score:.2f}{mine}\n    {text[:300]}{'…' if len(text) > 300 else ''}"


def _why_text(hit: Hit) -> str:
    parts = sorted(hit.parts, key=lambda part: -abs(part.value))
    lines = ["  ".join(f"{part.name} {part.value:+.2f}" for part in parts), *hit.because]
    return "".join(f"    · {line}\n" for line in lines)


def _removal_text(removal: Removal, done: str) -> str:
    return (
        f"{done}: {removal.sources} source(s), {removal.spans} spans, {removal.messages} messages, "
        f"{removal.answers} answers made from them ({removal.target})"
    )


def _print_json(value: Any) -> None:
    from secondme.wire import encode

    click.echo(encode(value))


def _nothing(text: str) -> None:
    say(text)
    click.get_current_context().exit(3)


def _fail(what: str, safe: str, remedy: str, code: int) -> None:
    say(" ".join(part for part in (what, safe, remedy) if part))
    click.get_current_context().exit(code)
