"""What is remembered of a folder follows what is in it, whatever happens to it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from secondme.ingest.walk import Rules, files_below, path_of, uri_of
from storage.removal import Target
from tests.worlds.folder_world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


def paragraphs(*words: str) -> str:
    return "\n\n".join(f"# {word}\n\nAbout {word} there is this to say." for word in words)


def test_an_edit_keeps_the_ids_of_what_it_did_not_touch(world: World) -> None:
    file = world.root / "a.md"
    file.write_text(paragraphs("one", "two", "three"))
    world.look()
    before = world.ids()
    file.write_text(paragraphs("zero", "one", "three"))
    assert world.look() == {"updated": 1}
    after = world.ids()
    for text in ("# one\n\nAbout one there is this to say.", "# three\n\nAbout three there is this to say."):
        assert after[text] == before[text]
    assert len(after) == 3
    archived = world.store.database.read("SELECT text FROM spans WHERE archived_at IS NOT NULL")
    assert [row[0] for row in archived] == ["# two\n\nAbout two there is this to say."]
    assert world.active() == world.fresh()


def test_an_edit_that_is_taken_back_brings_back_the_very_spans(world: World) -> None:
    file = world.root / "a.md"
    file.write_text(paragraphs("one", "two"))
    world.look()
    before = world.ids()
    file.write_text(paragraphs("one"))
    world.look()
    file.write_text(paragraphs("one", "two"))
    world.look()
    assert world.ids() == before


def test_a_move_reads_nothing_and_keeps_everything(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (world.root / "old").mkdir()
    for name in "abc":
        (world.root / "old" / f"{name}.md").write_text(paragraphs(name))
    world.look()
    before = world.ids()
    monkeypatch.setattr(world.ingestion, "_read", lambda *_: pytest.fail("a moved file was read"))
    (world.root / "old").rename(world.root / "new")
    assert world.look() == {"moved": 3}
    assert world.ids() == before
    assert {path for path, _, _ in world.active()} == {f"new/{name}.md" for name in "abc"}


def test_a_copy_that_replaced_the_original_is_a_move_by_content(world: World) -> None:
    (world.root / "a.md").write_text(paragraphs("a"))
    (world.root / "other.md").write_text(paragraphs("other"))
    world.look()
    before = world.ids()
    shutil.copy(world.root / "a.md", world.root / "b.md")
    (world.root / "a.md").unlink()
    assert world.look() == {"moved": 1}
    assert world.ids() == before


def test_a_new_file_at_the_old_path_of_a_moved_one_is_another_source(world: World) -> None:
    (world.root / "a.md").write_text(paragraphs("first"))
    (world.root / "z.md").write_text(paragraphs("z"))
    world.look()
    (world.root / "a.md").rename(world.root / "b.md")
    (world.root / "a.md").write_text(paragraphs("second"))
    world.look()
    world.look()
    assert world.active() == world.fresh()
    assert len(world.store.spans.sources(include_gone=True)) == 3


def test_an_atomic_save_is_an_edit(world: World) -> None:
    file = world.root / "a.md"
    file.write_text(paragraphs("one", "two"))
    world.look()
    before = world.ids()
    (world.root / ".a.md.tmp").write_text(paragraphs("one", "three"))
    (world.root / ".a.md.tmp").rename(file)
    assert world.look(file) == {"updated": 1}
    assert set(world.ids().values()) & set(before.values())
    assert world.active() == world.fresh()


def test_a_folder_that_is_away_keeps_its_memories(world: World) -> None:
    (world.root / "a.md").write_text(paragraphs("a"))
    world.look()
    before = world.ids()
    world.root.rename(world.home / "unmounted")
    world.look()
    assert (world.state, world.ids()) == ("away", before)
    world.root.mkdir()  # an empty mount point
    world.look()
    assert (world.state, world.ids()) == ("away", before)
    world.root.rmdir()
    (world.home / "unmounted").rename(world.root)
    assert world.look() == {}
    assert (world.state, world.ids()) == ("watching", before)


def test_more_than_half_gone_at_once_is_asked_about(world: World) -> None:
    for i in range(5):
        (world.root / f"{i}.md").write_text(paragraphs(f"word{i}"))
    world.look()
    for i in range(3):
        (world.root / f"{i}.md").unlink()
    (world.root / "new.md").write_text(paragraphs("new"))
    assert world.look() == {"added": 1}
    assert world.state == "asking"
    assert len(world.ids()) == 6
    for i in range(3):
        (world.root / f"{i}.md").write_text(paragraphs(f"word{i}"))
    world.look()
    assert world.state == "watching"
    for i in range(4):
        (world.root / f"{i}.md").unlink()
    world.look()
    assert world.look(accept=True) == {"removed": 4}
    assert world.state == "watching"
    assert world.active() == world.fresh()


def test_what_lies_below_a_folder_that_cannot_be_listed_is_not_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world.root / "sub").mkdir()
    (world.root / "sub" / "a.md").write_text(paragraphs("a"))
    for i in range(4):
        (world.root / f"{i}.md").write_text(paragraphs(f"word{i}"))
    world.look()
    listed = os.scandir

    def broken(path: str) -> object:
        if str(path).endswith("sub"):
            raise OSError(5, "Input/output error")
        return listed(path)

    monkeypatch.setattr(os, "scandir", broken)
    world.look()
    assert "sub/a.md" in {path for path, _, _ in world.active()}


def test_a_file_that_turns_to_garbage_leaves_recall_until_it_is_mended(world: World) -> None:
    file = world.root / "a.md"
    file.write_text(paragraphs("a"))
    (world.root / "b.md").write_text(paragraphs("b"))
    world.look()
    before = world.ids()
    file.write_bytes(b"\0\1\2" * 100)
    assert world.look() == {"failed": 1}
    assert {path for path, _, _ in world.active()} == {"b.md"}
    assert world.store.files.troubles()[0].reason == "it is a binary file"
    file.write_text(paragraphs("a"))
    world.look()
    assert world.ids() == before


def test_ignore_files_decide_and_a_change_of_them_is_followed(world: World) -> None:
    for name in ("a.md", "b.log", "keep.log", "sub/c.log", "node_modules/x.md", ".git/y.md", ".env", "id_rsa"):
        file = world.root / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(paragraphs(name.replace("/", "")))
    (world.root / ".gitignore").write_text("*.log\n")
    (world.root / "sub" / ".secondmeignore").write_text("!*.log\n")
    world.look()
    assert {path for path, _, _ in world.active()} == {"a.md", "sub/c.log"}
    assert {Path(one.path).name for one in world.store.files.troubles()} == {".env", "id_rsa"}
    (world.root / ".gitignore").write_text("")
    world.look(world.root / ".gitignore")
    assert {path for path, _, _ in world.active()} == {"a.md", "b.log", "keep.log", "sub/c.log"}


def test_links_pipes_and_strange_names(world: World) -> None:
    (world.root / "loop").symlink_to(world.root)
    (world.root / "passwd.md").symlink_to("/etc/passwd")
    os.mkfifo(world.root / "pipe.md")
    odd = [b"latin-\xe9.md", "nfc-\u00e9.md".encode(), "nfd-e\u0301.md".encode(), b"new\nline.md", b"back\\slash.md"]
    for i, name in enumerate(odd):
        Path(os.fsdecode(os.fsencode(world.root) + b"/" + name)).write_text(paragraphs(f"odd{i}"))
    world.look()
    assert len({path for path, _, _ in world.active()}) == len(odd)
    assert {one.reason for one in world.store.files.troubles()} == {
        "links are not followed",
        "it is not a regular file",
    }
    assert world.look() == {}
    for name in odd:
        path = os.fsdecode(os.fsencode(world.root) + b"/" + name)
        assert path_of(uri_of(path)) == path
        assert uri_of(path).isprintable()


def test_a_file_that_grows_while_it_is_read_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    file = world.root / "log.md"
    file.write_text(paragraphs("a"))
    inner = world.ingestion._reading.read
    written: list[object] = []

    def growing(*arguments: object) -> object:
        if len(written) < 2:
            written.append(1)
            file.write_text(paragraphs("a", *[f"more{i}" for i in range(len(written))]))
        return inner(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(world.ingestion._reading, "read", growing)
    assert world.look() == {"added": 1}
    assert world.active() == world.fresh()


def test_a_purged_file_stays_out_wherever_it_is_moved(world: World) -> None:
    (world.root / "a.md").write_text(paragraphs("private"))
    (world.root / "b.md").write_text(paragraphs("b"))
    world.look()
    known = world.store.spans.file(str(world.root / "a.md"))
    assert known is not None
    world.store.removal.erase([Target("source", known.source_id, "")], "2024-01-01")
    world.look()
    (world.root / "a.md").rename(world.root / "c.md")
    world.look()
    assert {path for path, _, _ in world.active()} == {"b.md"}
    assert world.ingestion.take_file(world.root / "c.md").outcome == "added"
    assert {path for path, _, _ in world.active()} == {"b.md", "c.md"}


def test_a_purge_of_one_copy_leaves_the_other_alone(world: World) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (world.root / name).write_text(paragraphs("same"))
    world.look()
    known = world.store.spans.file(str(world.root / "a.md"))
    assert known is not None
    world.store.removal.erase([Target("source", known.source_id, "")], "2024-01-01")
    (world.root / "b.md").write_text(paragraphs("same", "more"))
    world.look()
    (world.root / "b.md").write_text(paragraphs("same"))
    assert world.look() == {"updated": 1, "skipped": 1}
    assert {path: count for (path, _, _), count in world.active().items()} == {"b.md": 1, "c.md": 1}


def test_rules_reach_down_to_a_part_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / ".gitignore").write_text("docs/\n")
    assert Rules.down_to(str(tmp_path), str(tmp_path / "build")) is None
    assert Rules.down_to(str(tmp_path), str(tmp_path / "docs")) is None
    assert list(files_below(str(tmp_path / "nothing"))) == []


NAMES = st.sampled_from(["a.md", "b.md", "c.txt", "d.py", "x/a.md", "x/b.md", "x/y/c.md", "z/a.md"])
FOLDERS = st.sampled_from(["x", "x/y", "z", "w"])
WORDS = st.lists(st.sampled_from(["sun", "moon", "tide", "rope", "sail"]), min_size=0, max_size=4)


class WatchedFolderMachine(RuleBasedStateMachine):
    """Whatever happens to the files, and wherever the engine dies, at the end memory is what a fresh index is."""

    @initialize()
    def start(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="secondme-folder-"))
        self.world = World(self.home)

    def path(self, name: str) -> Path:
        return self.world.root / name

    @rule(name=NAMES, words=WORDS)
    def write(self, name: str, words: list[str]) -> None:
        path = self.path(name)
        if self.world.root.is_dir() and not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(paragraphs(*words))

    @rule(name=NAMES, words=WORDS)
    def save_atomically(self, name: str, words: list[str]) -> None:
        path = self.path(name)
        if path.parent.is_dir():
            partial = path.with_name(f".{path.name}.tmp")
            partial.write_text(paragraphs(*words))
            partial.replace(path)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str, new: str) -> None:
        if self.path(old).is_file() and not self.path(new).is_dir():
            self.path(new).parent.mkdir(parents=True, exist_ok=True)
            self.path(old).replace(self.path(new))

    @rule(old=FOLDERS, new=FOLDERS)
    def move_folder(self, old: str, new: str) -> None:
        source, target = self.path(old), self.path(new)
        if source.is_dir() and not target.exists() and not new.startswith(old):
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)

    @rule(old=NAMES, new=NAMES)
    def copy(self, old: str, new: str) -> None:
        if self.path(old).is_file() and not self.path(new).exists():
            self.path(new).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.path(old), self.path(new))

    @rule()
    def unmount(self) -> None:
        if self.world.root.is_dir():
            self.world.root.rename(self.home / "unmounted")

    @rule()
    def mount(self) -> None:
        if (self.home / "unmounted").is_dir():
            if self.world.root.is_dir():
                shutil.rmtree(self.world.root)
            (self.home / "unmounted").rename(self.world.root)

    @rule()
    def look(self) -> None:
        self.world.look()

    @rule(names=st.lists(NAMES | FOLDERS, min_size=1, max_size=3))
    def hint(self, names: list[str]) -> None:
        self.world.look(*[self.path(name) for name in names])

    @rule()
    def restart(self) -> None:
        self.world.close()
        self.world.open()

    @invariant()
    def nothing_is_lost_while_away(self) -> None:
        assert self.world.store.database.value("SELECT count(*) FROM spans") >= len(self.world.ids())

    def teardown(self) -> None:
        self.mount()
        self.world.root.mkdir(exist_ok=True)
        self.world.settle()
        self.world.settle()
        assert self.world.active() == self.world.fresh()
        assert self.world.store.database.problems() == []
        self.world.close()
        shutil.rmtree(self.home)


TestWatchedFolder = WatchedFolderMachine.TestCase
TestWatchedFolder.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
