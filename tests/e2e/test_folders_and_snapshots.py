"""Watched folders are kept right, and a snapshot is the whole memory."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from secondme.server.client import EngineClient
from tests.e2e.home import Home


def until(engine: EngineClient, reached: Callable[[], bool]) -> None:
    """Wait for the engine's own news until something holds; the engine reports at least every two seconds."""
    for i, _ in enumerate(engine.watch_status()):
        if reached():
            return
        assert i < 60, "it never came"


def titles(engine: EngineClient, query: str) -> list[str]:
    """Files whose text holds the query, by recall."""
    return [hit.title for hit in engine.recall(query, k=20) if query.lower() in hit.text.lower()]


def test_a_watched_folder_is_kept_right(home: Home, notes: Path, tmp_path: Path) -> None:
    engine = home.engine()
    engine.watch_add(notes)
    until(engine, lambda: "car.md" in titles(engine, "kitchen"))
    (notes / "car.md").write_text("# Car\n\nThe spare key now lies in the orange bowl.\n")
    until(engine, lambda: "car.md" in titles(engine, "orange"))
    assert titles(engine, "kitchen") == []
    fresh = notes / "garden.tmp~"
    fresh.write_text("# Garden\n\nThe cucumbers came instead.\n")
    fresh.replace(notes / "garden.md")
    until(engine, lambda: "garden.md" in titles(engine, "cucumbers"))
    assert titles(engine, "tomatoes") == []
    (notes / "trip.txt").unlink()
    until(engine, lambda: titles(engine, "Lisbon") == [])
    states = {source.title: source.state for source in engine.sources(include_gone=True)}
    assert states["trip.txt"] == "archived"
    away = tmp_path / "elsewhere"
    notes.rename(away)
    home.leave()
    engine = home.engine()
    until(engine, lambda: engine.watch_list()[0].state == "away")
    assert titles(engine, "orange") == ["car.md"]
    away.rename(notes)
    home.leave()
    engine = home.engine()
    until(engine, lambda: engine.watch_list()[0].state == "watching")
    engine.purge(str(notes / "car.md"))
    (notes / "new.md").write_text("A zeppelin flew by.\n")
    until(engine, lambda: titles(engine, "zeppelin") == ["new.md"])
    assert titles(engine, "orange") == []
    engine.watch_remove(notes, purge=True)
    assert engine.sources() == []


def test_a_snapshot_comes_back_as_the_same_bytes(home: Home, notes: Path, tmp_path: Path) -> None:
    home.ok("ingest", notes)
    home.ok("watch", "add", notes)
    home.ok("remember", "The wifi password hint is grandmother's cat.")
    home.ok("ask", "Who did we stay with?")
    home.ok("status", "--wait")
    first, second, third = (tmp_path / f"{name}.tar.zst" for name in "abc")
    home.ok("snapshot", "export", first)
    home.ok("snapshot", "export", second)
    assert first.read_bytes() == second.read_bytes()
    assert "sound" in home.ok("snapshot", "verify", first)
    queries = ["spare key", "night train", "wifi", "tomatoes"]
    before = [[hit["id"] for hit in home.json("recall", query)] for query in queries]
    copy = Home(home.root / "copy")
    copy.root.mkdir()
    try:
        copy.ok("snapshot", "import", first)
        copy.ok("status", "--wait")
        assert [folder["state"] for folder in copy.json("watch", "list")] == ["paused"]
        assert [[hit["id"] for hit in copy.json("recall", query)] for query in queries] == before
        copy.ok("snapshot", "export", third)
        assert third.read_bytes() == first.read_bytes()
        refused = copy.run("snapshot", "import", first)
        assert (refused.returncode, "not empty" in refused.stderr) == (1, True)
    finally:
        copy.leave()


def repacked(source: Path, target: Path, change: Callable[[tarfile.TarFile, list[tuple[str, bytes]]], None]) -> None:
    """A snapshot with its members changed."""
    plain = zstandard.ZstdDecompressor().stream_reader(source.open("rb")).read()
    members: list[tuple[str, bytes]] = []
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        for info in tar:
            file = tar.extractfile(info)
            assert file is not None
            members.append((info.name, file.read()))
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        change(tar, members)
    target.write_bytes(zstandard.ZstdCompressor().compress(out.getvalue()))


def add(tar: tarfile.TarFile, name: str, data: bytes, kind: bytes = tarfile.REGTYPE) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.type = (len(data), kind) if kind == tarfile.REGTYPE else (0, kind)
    info.linkname = "/etc/passwd" if kind != tarfile.REGTYPE else ""
    tar.addfile(info, io.BytesIO(data))


def climbing(tar: tarfile.TarFile, members: list[tuple[str, bytes]]) -> None:
    manifest = json.loads(members[0][1])
    manifest["members"]["../escaped"] = {"sha256": "0" * 64, "bytes": 2}
    add(tar, "manifest.json", json.dumps(manifest).encode())
    add(tar, "../escaped", b"hi")


def linking(tar: tarfile.TarFile, members: list[tuple[str, bytes]]) -> None:
    add(tar, *members[0])
    add(tar, "tables/spans.jsonl", b"", tarfile.SYMTYPE)


def flipping(tar: tarfile.TarFile, members: list[tuple[str, bytes]]) -> None:
    for name, data in members:
        add(tar, name, data.replace(b"Lisbon", b"Madrid"))


def dropping(tar: tarfile.TarFile, members: list[tuple[str, bytes]]) -> None:
    for name, data in members[:-1]:
        add(tar, name, data)


def doubling(tar: tarfile.TarFile, members: list[tuple[str, bytes]]) -> None:
    for name, data in [*members, members[-1]]:
        add(tar, name, data)


@pytest.mark.parametrize("change", [climbing, linking, flipping, dropping, doubling])
def test_a_snapshot_that_was_tampered_with_is_refused_whole(
    home: Home, notes: Path, tmp_path: Path, change: Callable[[tarfile.TarFile, list[tuple[str, bytes]]], None]
) -> None:
    home.ok("ingest", notes)
    sound, bad = tmp_path / "sound.tar.zst", tmp_path / "bad.tar.zst"
    home.ok("snapshot", "export", sound)
    home.leave()
    repacked(sound, bad, change)
    copy = Home(home.root / "copy")
    copy.root.mkdir()
    try:
        for command in ("verify", "import"):
            done = copy.run("snapshot", command, bad)
            assert done.returncode == 1
            assert "not a sound snapshot" in done.stderr
            assert "Traceback" not in done.stderr
        assert copy.run("sources").returncode == 3
    finally:
        copy.leave()
    assert not list(tmp_path.parent.rglob("escaped"))


def test_what_is_no_snapshot_is_refused(home: Home, tmp_path: Path) -> None:
    (tmp_path / "x.tar.zst").write_bytes(b"no snapshot at all")
    for path in (tmp_path / "x.tar.zst", tmp_path / "missing.tar.zst"):
        done = home.run("snapshot", "verify", path)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
