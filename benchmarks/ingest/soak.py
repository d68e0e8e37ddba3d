"""A random walk of file operations below a watched folder, with the real watcher and an engine killed at random.

`python benchmarks/ingest/soak.py [--operations 2000] [--seed 1]` prints JSON. At the end, with every
question answered, memory must hold exactly what a fresh index of the folder holds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

from secondme.clock import SystemClock, instant
from secondme.errors import SecondMeError
from secondme.folders.scan import FolderScan
from secondme.ids import derived_id
from secondme.ingest.ingestion import Ingestion
from secondme.places import places
from secondme.server.client import EngineClient, connect
from storage.records import Folder
from storage.store import Store
from tests.worlds.folder_world import active

WORDS = "sun moon tide rope sail keel mast gale reef buoy lamp fog bell coal salt oar".split()


class Walk:
    """Changes a folder at random."""

    def __init__(self, root: Path, source: random.Random) -> None:
        self.root = root
        self.away = root.with_name("unmounted")
        self.source = source
        self.done: Counter[str] = Counter()
        self.trash: list[tuple[Path, bytes]] = []

    def text(self) -> str:
        """A few sections of a few words."""
        chosen = self.source.sample(WORDS, self.source.randrange(1, 6))
        return "\n\n".join(
            f"# {word}\n\nOf the {word} there is number {self.source.randrange(50)} to tell." for word in chosen
        )

    def name(self) -> Path:
        """A path below the root, sometimes in a folder."""
        parts = self.source.choices(["a", "b", "c", "d"], k=self.source.randrange(3))
        return self.root.joinpath(*parts) / f"{self.source.choice(WORDS)}{self.source.choice(['.md', '.txt', '.py'])}"

    def files(self) -> list[Path]:
        """What is there."""
        return sorted(path for path in self.root.rglob("*") if path.is_file()) if self.root.is_dir() else []

    def step(self) -> None:
        """One operation; those that make no sense now are another time's."""
        if not self.root.is_dir():
            if self.source.random() < 0.2:
                self.away.rename(self.root)
                self.done["mount"] += 1
            return
        kind = self.source.choices(
            ["create", "edit", "atomic", "rename", "folder", "delete", "restore", "copy", "unmount", "wipe"],
            [22, 22, 14, 14, 6, 12, 5, 4, 0.7, 0.3],
        )[0]
        files = self.files()
        path = self.name()
        if kind == "create":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text())
        elif kind == "unmount":
            self.root.rename(self.away)
        elif kind == "restore" and self.trash:
            path, data = self.trash.pop()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        elif kind == "wipe":
            for folder in self.root.iterdir():
                if folder.is_dir():
                    shutil.rmtree(folder)
        elif not files or kind == "restore":
            return
        else:
            chosen = self.source.choice(files)
            if kind == "edit":
                with chosen.open("a") as file:
                    file.write(f"\n\n# more\n\n{self.text()}")
            elif kind == "atomic":
                partial = chosen.with_name(f".{chosen.name}.tmp")
                partial.write_text(self.text())
                partial.replace(chosen)
            elif kind == "delete":
                self.trash.append((chosen, chosen.read_bytes()))
                chosen.unlink()
            elif kind in ("rename", "copy"):
                path.parent.mkdir(parents=True, exist_ok=True)
                (chosen.rename if kind == "rename" else lambda to: shutil.copy2(chosen, to))(path)
            elif kind == "folder" and chosen.parent != self.root:
                target = self.root / f"moved-{self.source.randrange(5)}"
                if not target.exists():
                    chosen.parent.rename(target)
        self.done[kind] += 1


def settled(engine: EngineClient) -> None:
    """Return when the engine has nothing left to do."""
    for status in engine.watch_status():
        if not status.activity and not status.pending:
            return


def main() -> None:
    """Walk, kill, settle, compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--operations", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    source = random.Random(options.seed)
    home = Path(tempfile.mkdtemp(prefix="sm-soak-"))
    os.environ.update(SECONDME_HOME=str(home), XDG_RUNTIME_DIR=str(home / "run"))
    (home / "run").mkdir()
    root = home / "notes"
    root.mkdir()
    (root / "first.md").write_text("# first\n\nThe first of them.")
    where = places()
    engine = connect(where)
    engine.watch_add(root)
    walk = Walk(root, source)
    kills = 0
    begun = time.perf_counter()
    for _ in range(options.operations):
        walk.step()
        if source.random() < 0.01:
            os.kill(int(where.engine_lock.read_text()), signal.SIGKILL)
            kills += 1
            engine = connect(where)
        elif source.random() < 0.03:
            settled(engine)
        elif source.random() < 0.3:
            time.sleep(source.random() * 0.2)
    if walk.away.is_dir():
        walk.away.rename(root)
    questions = 0
    for _ in range(5):
        engine.watch_rescan()
        settled(engine)
        (folder,) = engine.watch_list()
        if folder.state not in ("asking", "away"):
            break
        questions += 1
        try:
            engine.watch_confirm(root)
        except SecondMeError:
            continue
        settled(engine)
    seconds = time.perf_counter() - begun
    engine.leave()
    while where.socket.exists():
        time.sleep(0.05)
    held = Store(where.data, model_id="none", dimension=1)
    fresh_data = home / "fresh"
    fresh_data.mkdir()
    fresh = Store(fresh_data, model_id="none", dimension=1)
    folder_record = Folder(derived_id("folder", str(root)), str(root), "watching", instant(SystemClock().now()))
    fresh.folders.add(folder_record)
    ingestion = Ingestion(fresh, SystemClock(), count_tokens=None, max_bytes=10**7)
    list(FolderScan(fresh, SystemClock()).run(folder_record, ingestion, ()))
    one, other = active(held, root), active(fresh, root)
    print(
        json.dumps(
            {
                "operations": options.operations,
                "done": walk.done,
                "kills": kills,
                "questions_answered": questions,
                "seconds": round(seconds, 1),
                "files": len(walk.files()),
                "spans": other.total(),
                "missing": sum((other - one).values()),
                "too_many": sum((one - other).values()),
                "archived": held.database.value("SELECT count(*) FROM spans WHERE archived_at IS NOT NULL"),
                "problems": held.database.problems(),
                "equal": one == other,
            },
            indent=1,
        )
    )
    held.close()
    fresh.close()
    shutil.rmtree(home)


if __name__ == "__main__":
    main()
