"""A file that comes over a bad line, or from a hub that misbehaves."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from models.hub.client import Hub, OddAnswer, Unreachable
from models.hub.fetch import MOST_FAILURES, Fetch
from models.hub.reference import ModelReference
from models.hub.store import ModelStore
from models.protocol import ModelError
from tests.models.hub.hub import Fault
from tests.models.hub.stage import FILE, OTHER, REPOSITORY, WEIGHTS, Stage


def test_a_small_file_without_sha256_is_held_to_its_git_id(stage: Stage) -> None:
    stage.double.add("some/Toy-mlx", {"config.json": b"{}", "model.safetensors": WEIGHTS}, tags=["mlx"])
    stage.double.faults["config.json"] = [Fault(content=b"[]"), Fault(content=b"[]")]
    with pytest.raises(OddAnswer, match=r"config\.json"):
        stage.pull("some/Toy-mlx")
    model = stage.pull("some/Toy-mlx")
    assert (stage.store.path(model) / "config.json").read_bytes() == b"{}"
    assert list(stage.store.verify(model))[-1] != ""


def test_a_dropped_line_goes_on_where_it_stopped(stage: Stage) -> None:
    stage.faults(Fault(drop_after=200_000), Fault(drop_after=0), Fault(drop_after=500_000))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts() == [0, 200_000, 200_000, 700_000]
    assert stage.double.sent == len(WEIGHTS), "no byte comes twice"
    assert stage.waits == [1.0, 2.0, 1.0], "a longer wait each time that nothing came"


def test_a_line_that_drops_again_and_again_gets_there_while_something_comes(stage: Stage) -> None:
    stage.faults(*[Fault(drop_after=50_000)] * 40)
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert len(stage.starts()) == 30


def test_a_hub_that_gives_nothing_more_is_left_and_what_came_is_kept(stage: Stage) -> None:
    stage.faults(Fault(drop_after=300_000), *[Fault(drop_after=0)] * (MOST_FAILURES + 1))
    with pytest.raises(Unreachable, match="is kept"):
        stage.pull()
    assert stage.partials() == [300_000]
    assert stage.store.unfinished_pulls() == [(REPOSITORY, 300_000)]
    assert stage.store.models() == []
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts()[-1] == 300_000
    assert stage.double.sent == len(WEIGHTS)


def test_a_line_that_falls_silent_is_given_up_and_taken_up_again(stage: Stage) -> None:
    hold = threading.Event()
    stage.hub = Hub(stage.double.url, seconds=1.0)
    stage.faults(Fault(hold=hold))
    try:
        assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    finally:
        hold.set()
    assert stage.starts()[1] > 0


def test_a_server_that_ignores_ranges_loses_nothing(stage: Stage) -> None:
    stage.faults(Fault(drop_after=600_000), Fault(ignore_range=True, drop_after=400_000), Fault(ignore_range=True))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS


def test_other_content_between_ranges_is_found_and_pulled_anew_once(stage: Stage) -> None:
    stage.faults(Fault(drop_after=600_000, content=OTHER))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts() == [0, 600_000, 0]


def test_content_that_stays_wrong_is_refused_and_nothing_of_it_kept(stage: Stage) -> None:
    stage.faults(Fault(content=OTHER), Fault(content=OTHER))
    with pytest.raises(OddAnswer, match="its digest is another, twice"):
        stage.pull()
    assert stage.partials() == [] and stage.store.models() == []
    assert not list(stage.folder.rglob("*.gguf"))


def test_one_flipped_bit_is_found(stage: Stage) -> None:
    flipped = bytearray(WEIGHTS)
    flipped[777_777] ^= 1
    stage.faults(Fault(content=bytes(flipped)))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts() == [0, 0]


@pytest.mark.parametrize("lie", [len(WEIGHTS) - 100_000, len(WEIGHTS) + 100_000, 10**15])
def test_a_size_that_differs_from_the_listing_is_refused_before_a_byte_is_written(stage: Stage, lie: int) -> None:
    stage.faults(Fault(say_size=lie), Fault(say_size=lie))
    with pytest.raises(OddAnswer, match="than the one of 1,500,000 bytes"):
        stage.pull()
    assert stage.partials() == [0]


def test_a_listing_that_lies_about_the_size_ends_in_a_refusal(stage: Stage) -> None:
    stage.double.repositories[REPOSITORY].lies[FILE] = {"size": 1_400_000}
    with pytest.raises(OddAnswer):
        stage.pull()
    stage.double.repositories[REPOSITORY].lies[FILE] = {"size": 1_600_000}
    with pytest.raises(ModelError):
        stage.pull()
    assert stage.store.models() == []


def test_more_bytes_than_announced_are_not_written(stage: Stage) -> None:
    stage.faults(Fault(content=WEIGHTS + OTHER, chunked=True))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS


def test_fewer_bytes_than_announced_are_asked_for(stage: Stage) -> None:
    stage.faults(Fault(content=WEIGHTS[:900_000], chunked=True), Fault(content=WEIGHTS[:900_000]))
    with pytest.raises(OddAnswer, match="shorter than the hub says"):
        stage.faults(Fault(content=WEIGHTS[:900_000], chunked=True), *[Fault(content=WEIGHTS[:900_000])] * 2)
        stage.pull()
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS


def test_a_range_that_was_not_asked_for_is_not_written(stage: Stage) -> None:
    stage.faults(Fault(drop_after=100_000), Fault(shift_range=5000))
    assert stage.store.path(stage.pull()).read_bytes() == WEIGHTS
    assert stage.starts() == [0, 100_000, 100_000]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_fills_up_is_an_error_of_a_sentence(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ModelStore, "_partial_of", lambda *_: stage.folder / "full")
    monkeypatch.setattr(Fetch, "_check_partial", lambda self: iter(()))  # it reads without end
    stage.folder.mkdir()
    (stage.folder / "full").symlink_to("/dev/full")
    with pytest.raises(ModelError, match="The disk is full"):
        stage.pull()


def test_a_partial_file_that_was_damaged_is_pulled_anew(stage: Stage) -> None:
    for damage in (b"x" * 500_000, b"x" * (len(WEIGHTS) + 1), b"x" * len(WEIGHTS)):
        plan = stage.store.plan(ModelReference(REPOSITORY), stage.hub)
        partial = stage.store._partial_of(plan.listing, plan.selection.files[0])
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(damage)
        model = stage.pull()
        assert stage.store.path(model).read_bytes() == WEIGHTS
        stage.store.remove(model)


def test_a_newer_commit_with_the_same_file_goes_on_with_what_came(stage: Stage) -> None:
    stage.faults(Fault(drop_after=500_000), *[Fault(drop_after=0)] * (MOST_FAILURES + 1))
    with pytest.raises(Unreachable):
        stage.pull()
    stage.double.repositories[REPOSITORY].commit = "f" * 40
    model = stage.pull()
    assert model.revision == "f" * 40
    assert stage.starts()[-1] == 500_000
