"""A door's end of the socket: starts the engine when it is not there, and carries the Door's calls to it."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from secondme import __version__, api
from secondme.api.wire import decode, encode, error_from_wire
from secondme.errors import EngineUnavailable
from secondme.places import Places

_GONE = "The engine stopped while it was asked."
_AGAIN = "Try again; it starts by itself."
_BY_EXIT_CODE = {2: "UsageError", 3: "NothingFound"}
"""A stream that fails tells only this of its error."""


def connect(where: Places) -> EngineClient:
    """A client of the running engine, started if need be. Raises SecondMeError when it cannot start."""
    client = EngineClient(where)
    version = client.hello()
    if version == __version__:
        return client
    where.make()
    gate = os.open(where.runtime / f"{where.socket.stem}.start", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(gate, fcntl.LOCK_EX)  # of several doors that find no engine one starts it
        version = client.hello()
        if version is not None and version != __version__:
            client.leave()  # an engine of another version gives way to ours
            version = None
        if version is None:
            _start(where)
    finally:
        os.close(gate)
    return client


def _start(where: Places) -> None:
    environment = {**os.environ}
    if "SECONDME_HOME" in environment:
        environment["SECONDME_HOME"] = str(where.data.parent)
    with where.engine_log.open("ab") as log:
        process = subprocess.Popen(
            # -P: the folder that a person stands in must not shadow our packages (models/, storage/).
            [sys.executable, "-P", "-m", "secondme.server.process"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            start_new_session=True,
        )
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.readline()
    if not said:
        raise EngineUnavailable(
            "The engine did not start.", f"The log {where.engine_log} says why.", "Nothing was changed."
        )
    message = json.loads(said)
    if not message.get("ready"):
        raise error_from_wire(message)


class EngineClient:
    """Implements `secondme.api.door.Door` over the Unix socket. Safe from several threads."""

    def __init__(self, where: Places) -> None:
        import httpx

        self._http = httpx.Client(
            transport=httpx.HTTPTransport(uds=str(where.socket)),
            base_url="http://engine",
            timeout=httpx.Timeout(None, connect=5.0),
            trust_env=False,
        )

    def hello(self) -> str | None:
        """The engine's version, or None when none is running."""
        import httpx

        try:
            answer = self._http.post("/v1/hello", timeout=10.0)
        except httpx.TransportError:
            return None
        return str(answer.json()["version"])

    def leave(self) -> None:
        """Ask the engine to end."""
        self._call("leave", None)

    def close(self) -> None:
        """Close the connection; the engine stays a while."""
        self._http.close()

    def _call(self, operation: str, kind: Any, **arguments: Any) -> Any:
        import httpx

        try:
            answer = self._http.post(f"/v1/{operation}", content=encode(arguments))
        except httpx.TransportError as error:
            raise EngineUnavailable(_GONE, _AGAIN, "What was acknowledged is safe.") from error
        data = answer.json()
        if answer.status_code != 200:
            raise error_from_wire(data)
        return decode(kind, data)

    def _stream(self, operation: str, kind: Any, **arguments: Any) -> Iterator[Any]:
        import httpx

        try:
            with self._http.stream("POST", f"/v1/{operation}", content=encode(arguments)) as answer:
                for line in answer.iter_lines():
                    data = json.loads(line)
                    if isinstance(data, dict) and data.get("type") == "failed" and kind is not None:
                        kind_of = _BY_EXIT_CODE.get(int(data.get("exit_code", 1)), "SecondMeError")
                        raise error_from_wire({"error": kind_of, **data})
                    yield decode(kind or api.AskEvent | api.IngestEvent, data)
        except httpx.TransportError as error:
            raise EngineUnavailable(_GONE, _AGAIN, "What was acknowledged is safe.") from error

    def status(self) -> api.Status:
        """The engine at a glance."""
        return cast(api.Status, self._call("status", api.Status))

    def watch_status(self) -> Iterator[api.Status]:
        """The status now and again."""
        return self._stream("watch_status", api.Status)

    def ingest(self, paths: Sequence[Path], *, me: str | None = None, wait: bool = True) -> Iterator[api.IngestEvent]:
        """Take in files and folders."""
        return self._stream("ingest", None, paths=[Path(p).absolute() for p in paths], me=me, wait=wait)

    def survey(self, path: Path) -> api.Survey:
        """A dry run."""
        return cast(api.Survey, self._call("survey", api.Survey, path=_absolute(path)))

    def import_survey(self, path: Path, *, platform: str = "") -> api.ImportSurvey:
        """What a chat export holds."""
        found = self._call("import_survey", api.ImportSurvey, path=_absolute(path), platform=platform)
        return cast(api.ImportSurvey, found)

    def import_export(
        self, path: Path, *, platform: str = "", me: str | None = None, wait: bool = True
    ) -> Iterator[api.IngestEvent]:
        """Take in a chat export."""
        return self._stream("import_export", None, path=_absolute(path), platform=platform, me=me, wait=wait)

    def failures(self, *, include_skipped: bool = False) -> list[api.FileTrouble]:
        """Files that were not taken in."""
        found = self._call("failures", list[api.FileTrouble], include_skipped=include_skipped)
        return cast(list[api.FileTrouble], found)

    def retry(self, paths: Sequence[Path] = ()) -> int:
        """Try failed files again."""
        return int(self._call("retry", None, paths=[_absolute(path) for path in paths]))

    def wait_indexed(self) -> Iterator[api.Progress]:
        """Progress of embedding."""
        return self._stream("wait_indexed", api.Progress)

    def ask(
        self, question: str, *, chat_id: str | None = None, remember: bool = True, secrets: str = "ask"
    ) -> Iterator[api.AskEvent]:
        """Answer in a chat."""
        return self._stream("ask", None, question=question, chat_id=chat_id, remember=remember, secrets=secrets)

    def stop(self, message_id: str) -> None:
        """Stop an answer."""
        self._call("stop", None, message_id=message_id)

    def recall(
        self,
        query: str,
        *,
        k: int = 10,
        include_assistant: bool = True,
        explain: bool = False,
        faded: bool = False,
    ) -> list[api.Hit]:
        """The k best spans."""
        found = self._call(
            "recall",
            list[api.Hit],
            query=query,
            k=k,
            include_assistant=include_assistant,
            explain=explain,
            faded=faded,
        )
        return cast(list[api.Hit], found)

    def tree(self, by: str = "topic", node: str = "") -> api.TreeView:
        """What is below a node."""
        return cast(api.TreeView, self._call("tree", api.TreeView, by=by, node=node))

    def rebalance(self) -> Iterator[api.Progress]:
        """Build the memory tree anew."""
        return cast(Iterator[api.Progress], self._stream("rebalance", api.Progress))

    def remember(self, text: str, *, secrets: str = "ask") -> str:
        """Keep a note."""
        return str(self._call("remember", None, text=text, secrets=secrets))

    def forget(self, target: str, *, dry_run: bool = False) -> api.Removal:
        """Hide from recall."""
        return cast(api.Removal, self._call("forget", api.Removal, target=target, dry_run=dry_run))

    def restore(self, target: str) -> api.Restored:
        """Undo a forget."""
        return cast(api.Restored, self._call("restore", api.Restored, target=target))

    def purge(self, target: str, *, dry_run: bool = False) -> api.Removal:
        """Erase from every store."""
        return cast(api.Removal, self._call("purge", api.Removal, target=target, dry_run=dry_run))

    def source(self, target: str) -> api.SourceDetail:
        """One source."""
        return cast(api.SourceDetail, self._call("source", api.SourceDetail, target=target))

    def sources(self, *, include_gone: bool = False, limit: int = -1) -> list[api.SourceSummary]:
        """Sources, newest first."""
        found = self._call("sources", list[api.SourceSummary], include_gone=include_gone, limit=limit)
        return cast(list[api.SourceSummary], found)

    def chats(self) -> list[api.ChatSummary]:
        """Chats held here."""
        return cast(list[api.ChatSummary], self._call("chats", list[api.ChatSummary]))

    def chat(self, chat_id: str) -> api.Chat:
        """One chat with its messages."""
        return cast(api.Chat, self._call("chat", api.Chat, chat_id=chat_id))

    def passage(self, span_id: str) -> api.PassageView:
        """A span in its document."""
        return cast(api.PassageView, self._call("passage", api.PassageView, span_id=span_id))

    def watch_add(self, path: Path) -> api.FolderStatus:
        """Watch a folder."""
        return cast(api.FolderStatus, self._call("watch_add", api.FolderStatus, path=_absolute(path)))

    def watch_list(self) -> list[api.FolderStatus]:
        """Watched folders."""
        return cast(list[api.FolderStatus], self._call("watch_list", list[api.FolderStatus]))

    def watch_pause(self, path: Path) -> api.FolderStatus:
        """Look at a folder no more."""
        return cast(api.FolderStatus, self._call("watch_pause", api.FolderStatus, path=_absolute(path)))

    def watch_resume(self, path: Path) -> api.FolderStatus:
        """Keep a paused folder right again."""
        return cast(api.FolderStatus, self._call("watch_resume", api.FolderStatus, path=_absolute(path)))

    def watch_rescan(self, path: Path | None = None) -> list[api.FolderStatus]:
        """Look at one folder or all, now."""
        where = None if path is None else _absolute(path)
        return cast(list[api.FolderStatus], self._call("watch_rescan", list[api.FolderStatus], path=where))

    def watch_confirm(self, path: Path) -> api.FolderStatus:
        """What is gone of a folder may fade."""
        return cast(api.FolderStatus, self._call("watch_confirm", api.FolderStatus, path=_absolute(path)))

    def watch_remove(self, path: Path, *, purge: bool = False) -> api.Removal | None:
        """Stop watching."""
        return cast("api.Removal | None", self._call("watch_remove", api.Removal, path=_absolute(path), purge=purge))

    def jobs(self) -> list[api.JobStatus]:
        """Background jobs."""
        return cast(list[api.JobStatus], self._call("jobs", list[api.JobStatus]))

    def job_run(self, name: str, *, dry_run: bool = False) -> Iterator[api.Progress | api.RunDetail]:
        """Run a job now."""
        events = self._stream("job_run", api.Progress | api.RunDetail, name=name, dry_run=dry_run)
        return cast(Iterator[api.Progress | api.RunDetail], events)

    def job_pause(self, name: str = "", *, paused: bool = True) -> list[api.JobStatus]:
        """Pause a job or all."""
        return cast(list[api.JobStatus], self._call("job_pause", list[api.JobStatus], name=name, paused=paused))

    def job_stop(self) -> bool:
        """Stop the job that runs."""
        return bool(self._call("job_stop", None))

    def runs(self, limit: int = 50) -> list[api.RunSummary]:
        """The latest runs."""
        return cast(list[api.RunSummary], self._call("runs", list[api.RunSummary], limit=limit))

    def run(self, name: str) -> api.RunDetail:
        """One run."""
        return cast(api.RunDetail, self._call("run", api.RunDetail, name=name))

    def undo(self, name: str) -> api.Undone:
        """Undo a run."""
        return cast(api.Undone, self._call("undo", api.Undone, name=name))

    def pin(self, target: str, *, pinned: bool = True) -> api.Pinned:
        """Pin or unpin."""
        return cast(api.Pinned, self._call("pin", api.Pinned, target=target, pinned=pinned))

    def facts(
        self,
        *,
        about: str = "",
        as_of: str = "",
        known_at: str = "",
        everything: bool = False,
        contradicted: bool = False,
    ) -> list[api.FactView]:
        """What was said of people."""
        found = self._call(
            "facts",
            list[api.FactView],
            about=about,
            as_of=as_of,
            known_at=known_at,
            everything=everything,
            contradicted=contradicted,
        )
        return cast(list[api.FactView], found)

    def profile(self, *, as_of: str = "", hidden: bool = False) -> api.Profile:
        """What is known about the person."""
        return cast(api.Profile, self._call("profile", api.Profile, as_of=as_of, hidden=hidden))

    def edit_profile(self, line: str, action: str, text: str = "") -> api.Profile:
        """What a person does to a line of the profile."""
        return cast(api.Profile, self._call("edit_profile", api.Profile, line=line, action=action, text=text))

    def people(self) -> list[api.Person]:
        """Names that are one person's."""
        return cast(list[api.Person], self._call("people", list[api.Person]))

    def correct_fact(self, fact_id: str, thing: str, *, since: str = "") -> list[api.FactView]:
        """Another object for a fact."""
        called = self._call("correct_fact", list[api.FactView], fact_id=fact_id, thing=thing, since=since)
        return cast(list[api.FactView], called)

    def judge_fact(self, fact_id: str, verdict: str) -> list[api.FactView]:
        """A person's verdict."""
        return cast(list[api.FactView], self._call("judge_fact", list[api.FactView], fact_id=fact_id, verdict=verdict))

    def setting(self, key: str) -> str:
        """Value of a setting."""
        return str(self._call("setting", None, key=key))

    def set_setting(self, key: str, value: str) -> None:
        """Change a setting."""
        self._call("set_setting", None, key=key, value=value)

    def set_welcomed(self) -> None:
        """The welcome was answered or skipped."""
        self._call("set_welcomed", None)

    def reload(self) -> None:
        """Have the engine read its settings again."""
        self._call("reload", None)

    def problems(self) -> list[str]:
        """What the database's own checks find."""
        return cast(list[str], self._call("problems", list[str]))

    def snapshot_export(self, path: Path) -> Iterator[api.Progress]:
        """Write a snapshot."""
        return self._stream("snapshot_export", api.Progress, path=path.absolute())

    def snapshot_import(self, path: Path) -> Iterator[api.Progress]:
        """Bring a snapshot in."""
        return self._stream("snapshot_import", api.Progress, path=path.absolute())


def _absolute(path: Path) -> Path:
    """A path as the engine, which stands in another folder, finds it."""
    return path.expanduser().absolute()
