"""Events are only hints: they are gathered, and when they are lost everything is looked at."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import DirModifiedEvent, FileModifiedEvent, FileMovedEvent
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from secondme.folders.watcher import Watcher
from storage.records import Folder


class Looks:
    """What the watcher asked to be looked at."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, list[str]]] = []
        self._came = threading.Semaphore(0)

    def __call__(self, folder_id: str, paths: list[str]) -> None:
        self.seen.append((folder_id, paths))
        self._came.release()

    def wait(self) -> tuple[str, list[str]]:
        """The next look."""
        assert self._came.acquire(timeout=20)
        return self.seen[-1]


@pytest.fixture
def looks() -> Looks:
    return Looks()


@pytest.fixture
def watcher(looks: Looks, tmp_path: Path) -> Iterator[Watcher]:
    made = Watcher(looks, debounce=0.05)
    made.watch(Folder("f", str(tmp_path), "watching", ""))
    yield made
    made.close()


def test_many_events_are_one_look_at_the_paths_that_they_name(looks: Looks, tmp_path: Path) -> None:
    watcher = Watcher(looks, debounce=60)
    watcher.watch(Folder("f", str(tmp_path), "watching", ""))
    for name in ("a.md", "b.md", "a.md"):
        watcher.on_any_event(FileModifiedEvent(str(tmp_path / name)))
    watcher.on_any_event(DirModifiedEvent(str(tmp_path)))
    watcher.on_any_event(FileMovedEvent(str(tmp_path / "c.tmp"), str(tmp_path / "c.md")))
    watcher.on_any_event(FileModifiedEvent("/elsewhere/x.md"))
    assert looks.seen == [] and list(watcher._timers) == ["f"]
    watcher._fire("f")
    assert looks.seen == [("f", [str(tmp_path / name) for name in ("a.md", "b.md", "c.md", "c.tmp")])]
    watcher.close()


def test_a_real_save_is_noticed(watcher: Watcher, looks: Looks, tmp_path: Path) -> None:
    (tmp_path / "new.md").write_text("hello")
    assert looks.wait() == ("f", [str(tmp_path / "new.md")])


def test_a_lost_queue_means_a_look_at_everything(watcher: Watcher, looks: Looks, tmp_path: Path) -> None:
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; filesystem events were lost")
    assert looks.wait() == ("f", [str(tmp_path)])


def test_when_the_watches_run_out_folders_are_polled(
    looks: Looks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> object:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", full)
    monkeypatch.setattr("secondme.folders.watcher.POLL_SECONDS", 0.05)
    watcher = Watcher(looks, debounce=0.05)
    watcher.watch(Folder("f", str(tmp_path), "watching", ""))
    assert watcher.polling
    assert isinstance(watcher._observer, PollingObserver)
    (tmp_path / "new.md").write_text("hello")
    assert looks.wait()[0] == "f"
    watcher.close()


def test_another_folder_at_the_same_path_is_watched_anew(watcher: Watcher, looks: Looks, tmp_path: Path) -> None:
    root = tmp_path / "sub"
    root.mkdir()
    folder = Folder("g", str(root), "watching", "")
    watcher.watch(folder)
    first = watcher._watches["g"][1]
    root.rename(tmp_path / "old")
    watcher.watch(folder)
    assert "g" not in watcher._watches
    root.mkdir()
    watcher.watch(folder)
    assert watcher._watches["g"][1] != first
