"""Pulls of the real command line that are killed at random points. The hub's double counts bytes and kills."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.models.hub.hub import HubDouble, running_hub

REPOSITORY = "some/Split-GGUF"


class KilledPulls:
    """One home and one hub with a model of three parts, `part_bytes` each."""

    def __init__(self, folder: Path, hub: HubDouble, part_bytes: int = 2_000_000) -> None:
        self.folder = folder
        self.hub = hub
        hub.block = 1 << 14
        names = [f"Split-Q4_K_M-{i:05}-of-00003.gguf" for i in (1, 2, 3)]
        self.files = {name: Random(name).randbytes(part_bytes) for name in names}
        hub.add(REPOSITORY, dict(self.files))
        self.size = part_bytes * len(names)

    def start(self) -> subprocess.Popen[bytes]:
        """`secondme models pull`, its own words in `pull.log`."""
        self.folder.mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "SECONDME_HOME": str(self.folder),
            "HF_ENDPOINT": self.hub.url,
            "HF_HOME": str(self.folder / "hf"),
        }
        with (self.folder / "pull.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "secondme", "models", "pull", REPOSITORY],
                env=environment,
                stdout=log,
                stderr=log,
            )

    def kill_once(self, random: Random) -> bool:
        """Pull, and kill it when the hub has sent a random number of bytes; whether the kill came before its end.

        One in eight is killed when the last byte was sent: while it syncs, renames and writes its record.
        """
        left = max(self.size - self.on_disk(), 1)
        count = left if random.random() < 1 / 8 else random.randint(1, left)
        limit, reached = self.hub.sent + count, threading.Event()

        def stop_at_limit(sent: int) -> None:
            if sent >= limit:
                reached.set()

        self.hub.on_bytes = stop_at_limit
        process = self.start()

        def watch() -> None:
            process.wait()
            reached.set()

        watcher = threading.Thread(target=watch)
        watcher.start()
        reached.wait()
        process.kill()
        watcher.join()
        self.hub.on_bytes = lambda sent: None
        assert process.returncode in (0, -9), (self.folder / "pull.log").read_text()
        return process.returncode != 0

    def finish(self) -> None:
        """Pull to the end. Raises AssertionError with the command's words if it fails."""
        code = self.start().wait()
        assert code == 0, (self.folder / "pull.log").read_text()

    def partials(self) -> dict[str, int]:
        """Sizes of partial files by digest."""
        return {path.name: path.stat().st_size for path in self.folder.glob("data/models/.partial/*/*")}

    def on_disk(self) -> int:
        """Bytes of the model that are there, whole files and partial ones."""
        return sum(self.partials().values()) + sum(path.stat().st_size for path in self.whole())

    def whole(self) -> list[Path]:
        """Files that have their name."""
        return list(self.folder.glob("data/models/some/*/*"))

    def check_what_is_there(self) -> None:
        """A file that has its name is right, whatever happened."""
        for path in self.whole():
            assert path.read_bytes() == self.files[path.name], f"{path} has its name and is wrong"

    def check_resumed(self, before: dict[str, int], asked: int) -> None:
        """Of the requests since number `asked`, the first for each file began where its partial file ended."""
        seen: set[str] = set()
        for request in self.hub.requests[asked:]:
            name = request.path.rpartition("/")[2]
            if name not in self.files or name in seen:
                continue
            seen.add(name)
            digest = hashlib.sha256(self.files[name]).hexdigest()
            assert request.start == before.get(digest, 0), f"{name} went on at {request.start}"

    def start_anew(self) -> None:
        """Forget everything that was pulled."""
        subprocess.run(["rm", "-r", str(self.folder / "data" / "models")], check=True)


@contextmanager
def killed_pulls(folder: Path, part_bytes: int = 2_000_000) -> Iterator[KilledPulls]:
    """A home and a hub that is ended afterwards."""
    with running_hub() as hub:
        yield KilledPulls(folder, hub, part_bytes)


def run_kills(pulls: KilledPulls, kills: int, seed: int) -> tuple[int, int]:
    """So many kills, one pull after another being finished in between. Tells kills that hit, and pulls finished."""
    random = Random(seed)
    hit = finished = 0
    while hit < kills:
        before, asked = pulls.partials(), len(pulls.hub.requests)
        alive = pulls.kill_once(random)
        hit += alive
        pulls.check_what_is_there()
        pulls.check_resumed(before, asked)
        if not alive or random.random() < 0.15 or hit == kills:
            pulls.finish()
            pulls.check_what_is_there()
            assert len(pulls.whole()) == 3 and not pulls.partials()
            finished += 1
            pulls.start_anew()
    return hit, finished
