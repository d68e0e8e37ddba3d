"""A home of its own for a test, with the real command line and the real engine process."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondme.places import Places
from secondme.server.client import EngineClient, client, connect


def hear_ctrl_c() -> None:
    """For `preexec_fn`: where the tests run in the background, ctrl+c would be ignored from the start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class Home:
    """Runs `secondme` with SECONDME_HOME set to `root`."""

    root: Path

    @property
    def places(self) -> Places:
        """Where this home keeps things."""
        root = self.root
        return Places(root / "data", root / "cache", root / "config", root / "logs", root / "run" / "secondme")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every command."""
        (self.root / "run").mkdir(parents=True, exist_ok=True)
        return {**os.environ, "SECONDME_HOME": str(self.root), "XDG_RUNTIME_DIR": str(self.root / "run")}

    def run(
        self, *arguments: str | Path, prefix: Sequence[str] = (), cwd: Path | None = None, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """One command, to its end."""
        return subprocess.run(
            [*prefix, sys.executable, "-m", "secondme", *map(str, arguments)],
            env=self.environment,
            cwd=cwd or self.root,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def ok(self, *arguments: str | Path, **options: Any) -> str:
        """The output of a command that has to succeed."""
        done = self.run(*arguments, **options)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *arguments: str | Path) -> Any:
        """What a command prints with --json."""
        return json.loads(self.ok(*arguments, "--json"))

    def engine(self) -> EngineClient:
        """A door to the running engine."""
        os.environ.update(SECONDME_HOME=str(self.root), XDG_RUNTIME_DIR=str(self.root / "run"))
        return connect(self.places)

    def engine_pid(self) -> int:
        """The process that holds the data folder."""
        return int(self.places.engine_lock.read_text().strip())

    def leave(self) -> None:
        """End the engine and wait until it is gone."""
        if not self.places.running_socket().exists():
            return
        engine = client(self.places)
        if engine.hello() is None:
            return
        waiting = [os.pidfd_open(pid) for pid in self.engines()]
        engine.leave()
        for descriptor in waiting:
            select.select([descriptor], [], [], 60)
            os.close(descriptor)

    def engines(self) -> list[int]:
        """Engine processes of this home."""
        return self.processes("secondme.server.process")

    def processes(self, module: str) -> list[int]:
        """Processes of this home that run a module."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command, environment = ((folder / name).read_bytes() for name in ("cmdline", "environ"))
            except OSError:  # it ended meanwhile
                continue
            if module.encode() in command and f"SECONDME_HOME={self.root}\0".encode() in environment:
                found.append(int(folder.name))
        return found
