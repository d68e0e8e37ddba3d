"""Adapters go along in a snapshot on request, whole or not at all, and stay off where another model answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.machine.digests import file_sha256
from secondme.adapters.personal import ADAPTER, FILE
from secondme.engine.snapshot import export_snapshot, import_snapshot, verify_snapshot
from secondme.errors import SecondMeError
from storage.adapters import AdapterRow
from tests.models.adapters.random_adapter import write_random_adapter
from tests.models.adapters.tiny_model import write_tiny_model
from tests.secondme.adapters.by_rote import File
from tests.secondme.adapters.ida import TOLD, adapters
from tests.secondme.facts.telling import tell
from tests.worlds.night_world import World, world

BASE = "ab" * 32


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    """A memory with two passages' adapter in use, and one whose training has not ended."""
    with world(tmp_path / "here") as found:
        tell(found, TOLD)
        for name in ("a" * 36, "b" * 36):
            found.store.adapters.add(
                name, base="Tiny", base_digest=BASE, parent="", made_at="2026-03-01T00:00:00.000Z", recipe={"rank": 4},
                span_ids=["said-0", "said-1"], fact_ids=[],
            )  # fmt: skip
        file = found.store.adapters.folder / ("a" * 36) / ADAPTER
        file.parent.mkdir(parents=True)
        write_random_adapter(file, write_tiny_model(tmp_path / "base.gguf", "llama"), base_digest=BASE)
        found.store.adapters.finish("a" * 36, "ready", {FILE: file_sha256(file)})
        found.store.adapters.use("a" * 36)
        yield found


def export(here: World, path: Path, *, with_adapters: bool) -> set[str]:
    """The adapters' members of a snapshot that was written to a path."""
    list(export_snapshot(here.store, path, adapters=with_adapters))
    return {name for name in verify_snapshot(path).members if name.startswith("adapters/")}


def brought(path: Path, folder: Path, base: str) -> tuple[AdapterRow, str]:
    """The adapter of an empty memory that a snapshot came into, and why it is off where a model of this digest is."""
    with world(folder) as there:
        list(import_snapshot(there.store, path))
        (row,) = there.store.adapters.all()
        found = adapters(there, folder)
        found._folder, found._base = there.store.adapters.folder, lambda: File(path, digest=base, name="Tiny")
        return row, found.why_off(row)


def test_a_snapshot_takes_adapters_along_only_on_request_and_only_those_that_passed(
    here: World, tmp_path: Path
) -> None:
    assert export(here, tmp_path / "plain.tar.zst", with_adapters=False) == set()
    assert export(here, tmp_path / "all.tar.zst", with_adapters=True) == {
        f"adapters/{'a' * 36}.gguf",
        f"adapters/{'a' * 36}.json",
    }


def test_an_adapter_arrives_as_it_was_and_is_used_where_its_model_answers(here: World, tmp_path: Path) -> None:
    export(here, tmp_path / "all.tar.zst", with_adapters=True)
    row, why = brought(tmp_path / "all.tar.zst", tmp_path / "there", BASE)
    assert row == here.store.adapters.all()[1]
    assert (row.state, row.spans, why) == ("used", 2, "")


def test_an_adapter_of_another_model_stays_off_and_says_so(here: World, tmp_path: Path) -> None:
    export(here, tmp_path / "all.tar.zst", with_adapters=True)
    _, why = brought(tmp_path / "all.tar.zst", tmp_path / "there", "cd" * 32)
    assert why == "it belongs to Tiny, which is not the model in use"


def test_an_adapter_whose_passage_is_forgotten_or_whose_file_changed_stays_at_home(here: World, tmp_path: Path) -> None:
    file = here.store.adapters.folder / ("a" * 36) / ADAPTER
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert export(here, tmp_path / "changed.tar.zst", with_adapters=True) == set()
    file.write_bytes(whole)
    here.store.removal.hide(here.store.removal.find("s-chat")[0], "2026-03-01T00:00:00.000Z")
    assert export(here, tmp_path / "forgotten.tar.zst", with_adapters=True) == set()


def test_a_snapshot_whose_adapter_is_not_the_one_of_its_row_is_refused_whole(here: World, tmp_path: Path) -> None:
    other = here.store.adapters.folder / ("a" * 36) / ADAPTER
    write_random_adapter(other, tmp_path / "base.gguf", base_digest="cd" * 32)
    here.store.adapters.finish("a" * 36, "used", {FILE: file_sha256(other)})
    export(here, tmp_path / "all.tar.zst", with_adapters=True)
    with (
        world(tmp_path / "there") as there,
        pytest.raises(SecondMeError, match="not the adapter that its row tells of"),
    ):
        list(import_snapshot(there.store, tmp_path / "all.tar.zst"))


def test_a_voice_arrives_as_one_and_what_an_older_release_wrote_is_of_facts(here: World, tmp_path: Path) -> None:
    record = here.store.adapters.record("a" * 36)
    with world(tmp_path / "there") as there:
        there.store.adapters.bring({**record, "kind": "voice"})
        old = {key: value for key, value in record.items() if key != "kind"}
        there.store.adapters.bring({**old, "id": "c" * 36, "number": 9})
        assert [(row.number, row.kind) for row in there.store.adapters.all()] == [(9, "facts"), (1, "voice")]
