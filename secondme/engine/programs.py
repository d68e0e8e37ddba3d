"""Which programs there are and what each may: a person lets them in, pauses them, takes leave back."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from secondme.api import EVERYTHING, SCOPES, Caller, Grant, NewProgram, Program, ProgramState
from secondme.api.wire import decode, encode
from secondme.clock import Clock, instant
from secondme.engine.live_settings import LiveSettings
from secondme.engine.models_in_use import ModelsInUse
from secondme.engine.program_memory import ProgramMemory
from secondme.errors import NothingFound, UnknownProgram, UsageError
from secondme.ingest.walk import uri_of
from secondme.jobs.foreground import Foreground
from secondme.text.clean import clean
from storage.programs import ProgramRow
from storage.store import Store

DAY = timedelta(days=1)
"""Limits "a day" are of the last 24 hours."""
GIVE_WAY_SECONDS = 5.0
"""How long a query of a program waits at most while a person searches."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_TOKEN_BYTES = 32


class Programs:
    """Keeps programs with their grants, and for each the memory that it sees."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        settings: LiveSettings,
        models: ModelsInUse,
        foreground: Foreground,
    ) -> None:
        """`foreground` tells whether a person waits for a search: programs give way within it."""
        self._foreground = foreground
        self._store = store
        self._clock = clock
        self._settings = settings
        self._models = models
        self._memories: dict[str, ProgramMemory] = {}

    # --- what a person does -------------------------------------------------------------------------

    def add(self, name: str, grant: Grant) -> NewProgram:
        """Let a program in. Raises UsageError."""
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{clean(name, keep_newlines=False)[:60]!r} is no name for a program.",
                "Take up to 40 letters, digits, dots and dashes, such as claude-desktop.",
            )
        if self._store.programs.one(name):
            raise UsageError(
                f"There is a program {name} already.", f"Change it with `secondme programs change {name}`."
            )
        grant = self._checked(grant)
        token, token_hash = _new_token()
        self._store.programs.put(ProgramRow(name, encode(grant), token_hash, instant(self._clock.now()), False))
        return NewProgram(self.show(name), token)

    def change(self, name: str, grant: Grant) -> Program:
        """Give a program another grant. Raises UsageError, NothingFound."""
        row = self._named(name)
        self._store.programs.put(replace(row, grant=encode(self._checked(grant))))
        self._forget(row.name)
        return self.show(name)

    def new_token(self, name: str) -> NewProgram:
        """Give a program another token; the old one is void. Raises NothingFound."""
        token, token_hash = _new_token()
        self._store.programs.put(replace(self._named(name), token_hash=token_hash))
        return NewProgram(self.show(name), token)

    def pause(self, name: str, *, paused: bool) -> Program:
        """Pause a program or let it go on. Raises NothingFound."""
        row = self._named(name)
        self._store.programs.put(replace(row, paused=paused))
        if paused:
            self._forget(row.name)
        return self.show(name)

    def remove(self, name: str) -> None:
        """Forget a program. Raises NothingFound."""
        row = self._named(name)
        self._store.programs.remove(row.name)
        self._forget(row.name)

    def all(self) -> list[Program]:
        """All programs, by name."""
        since = instant(self._clock.now() - DAY)
        counts, last = self._store.programs.counts(since), self._store.programs.last_calls()
        waiting = self._store.programs.waiting()
        found = []
        for row in self._store.programs.all():
            calls, passages = counts.get(row.name, (0, 0))
            found.append(
                replace(
                    self.view(row),
                    last_call_at=last.get(row.name, ""),
                    calls_today=calls,
                    passages_today=passages,
                    waiting=waiting.get(row.name, 0),
                )
            )
        return found

    def show(self, name: str) -> Program:
        """One program, with what it may see counted. Raises NothingFound."""
        row = self._named(name)
        found = next(program for program in self.all() if program.name == row.name)
        return replace(found, visible=self.memory(row).store.count())

    # --- what a call needs --------------------------------------------------------------------------

    def of(self, caller: Caller) -> ProgramRow:
        """The program that calls. Raises UnknownProgram."""
        row = None
        if caller.token and not caller.name:
            row = self._store.programs.of_token(_hash(caller.token))
        elif caller.name and not caller.token:
            row = self._store.programs.one(caller.name)
        if row is None:
            raise UnknownProgram(
                "This program was not let in.", "Its person can let it in with `secondme programs add NAME`."
            )
        return row

    def view(self, row: ProgramRow) -> Program:
        """A program at a glance, without counts."""
        grant = grant_of(row)
        today = self._clock.now().astimezone().date().isoformat()
        over = bool(grant.expires) and grant.expires < today
        state: ProgramState = "paused" if row.paused else "expired" if over else "active"
        return Program(row.name, state, grant, row.created_at, has_token=bool(row.token_hash))

    def memory(self, row: ProgramRow) -> ProgramMemory:
        """What a program sees."""
        grant, found = grant_of(row), self._memories.get(row.name)
        if found is None or found.grant != grant or found.embedder_id != self._models.embedder_id:
            self._forget(row.name)
            found = ProgramMemory(
                row.name, grant, self._store, self._clock, self._settings, self._models, self._give_way
            )
            found = self._memories.setdefault(row.name, found)
        return found

    def memories(self) -> list[ProgramMemory]:
        """What all programs see that called since the start."""
        return list(self._memories.values())

    def close(self) -> None:
        """Forget what programs see."""
        for name in list(self._memories):
            self._forget(name)

    def _give_way(self) -> None:
        self._foreground.wait(GIVE_WAY_SECONDS)

    def _forget(self, name: str) -> None:
        memory = self._memories.pop(name, None)
        if memory is not None:
            memory.close()

    def _named(self, name: str) -> ProgramRow:
        row = self._store.programs.one(name)
        if row is None:
            raise NothingFound(
                f"There is no program {clean(name, keep_newlines=False)[:60]}.", "`secondme programs list` lists them."
            )
        return row

    def _checked(self, grant: Grant) -> Grant:
        """A grant as it is kept: paths absolute, dates in order. Raises UsageError."""
        wrong = [scope for scope in grant.scopes if scope not in SCOPES]
        if wrong or not grant.scopes:
            raise UsageError(
                f"There is no scope {clean(wrong[0], keep_newlines=False)}." if wrong else "It may do nothing.",
                f"There are: {', '.join(SCOPES)}.",
            )
        if min(grant.calls_per_minute, grant.passages_per_day, grant.proposals_per_day) < 1:
            raise UsageError("A limit has to be at least 1.", "Pause the program to refuse everything.")
        return replace(
            grant,
            scopes=tuple(scope for scope in SCOPES if scope in grant.scopes),
            sources=self._sources(grant.sources, everything=True),
            without_sources=self._sources(grant.without_sources, everything=False),
            without_people=_names(grant.without_people),
            without_speakers=_names(grant.without_speakers),
            since=_day(grant.since),
            expires=_day(grant.expires),
        )

    def _sources(self, rules: Sequence[str], *, everything: bool) -> tuple[str, ...]:
        """Rules as ids and absolute paths. A path that memory does not hold has to exist: else it is a slip, and what
        was to be left out would not be. Raises UsageError."""
        known = [(row["id"], row["uri"]) for row in self._store.spans.sources(include_gone=True)]
        ids, uris = {key for key, _ in known}, [uri for _, uri in known if uri]
        found: list[str] = []
        for rule in rules:
            if (rule == EVERYTHING and everything) or rule in ids:
                found.append(rule)
                continue
            path = Path(rule).expanduser().absolute()
            forms = list(dict.fromkeys(uri_of(str(form)) for form in (path, path.resolve())))
            held = any(uri == form or uri.startswith(f"{form.rstrip('/')}/") for form in forms for uri in uris)
            if not held and not path.exists():
                raise UsageError(
                    f"Memory holds nothing from {clean(rule, keep_newlines=False)}, and there is no such path.",
                    "Give a folder, a file, or the id of a source (`secondme sources`).",
                )
            found += forms
        return tuple(dict.fromkeys(found))


def grant_of(row: ProgramRow) -> Grant:
    """The grant of a program."""
    grant: Grant = decode(Grant, json.loads(row.grant))
    return grant


def _new_token() -> tuple[str, str]:
    """A token and its hash."""
    token = f"sm-{secrets.token_urlsafe(_TOKEN_BYTES)}"
    return token, _hash(token)


def _hash(token: str) -> str:
    # A token of 32 random bytes cannot be guessed from a fast hash.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _names(names: Sequence[str]) -> tuple[str, ...]:
    cleaned = (" ".join(clean(name, keep_newlines=False).split()) for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _day(text: str) -> str:
    """An ISO date, or empty. Raises UsageError."""
    if not text.strip():
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise UsageError(f"{clean(text, keep_newlines=False)[:40]!r} is no date.", "Write it as 2024-05-03.") from error
