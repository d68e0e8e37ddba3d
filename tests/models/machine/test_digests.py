from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from models.machine.digests import check_file, git_blob_hasher, hash_into, record_digest, sha256_of


def test_a_file_is_hashed_again_only_when_its_size_or_time_changed(tmp_path: Path) -> None:
    path, cache = tmp_path / "weights", tmp_path / "cache"
    path.write_bytes(b"right")
    digest = hashlib.sha256(b"right").hexdigest()
    os.utime(path, ns=(1, 1))
    assert check_file(path, digest, cache)
    path.write_bytes(b"wrong")
    os.utime(path, ns=(1, 1))
    assert check_file(path, digest, cache), "same size and time: the record answers"
    os.utime(path, ns=(2, 2))
    assert not check_file(path, digest, cache)


@pytest.mark.parametrize("record", [b"", b"{", b"[1]", b"\xff\xfe", b'{"weights": 3}'])
def test_a_damaged_record_of_digests_is_written_anew(tmp_path: Path, record: bytes) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"right")
    (tmp_path / "digests.json").write_bytes(record)
    digest = hashlib.sha256(b"right").hexdigest()
    assert check_file(path, digest, tmp_path)
    assert digest in (tmp_path / "digests.json").read_text()


def test_a_cache_that_cannot_be_written_does_not_stop_the_check(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"right")
    assert check_file(path, hashlib.sha256(b"right").hexdigest(), path / "no" / "folder")


def test_a_digest_that_was_counted_elsewhere_is_taken_until_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"right")
    record_digest(path, "0" * 64, tmp_path)
    assert sha256_of(path, tmp_path) == "0" * 64
    path.write_bytes(b"longer")
    assert sha256_of(path, tmp_path) == hashlib.sha256(b"longer").hexdigest()
    assert (tmp_path / "digests.json").read_text().count(str(path)) == 1, "what is outdated is dropped"


def test_the_id_of_a_git_object_is_that_of_git(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_bytes(b'{"a": 1}\n' * 1000)
    said = subprocess.run(["git", "hash-object", str(path)], capture_output=True, text=True, check=True)
    hasher = git_blob_hasher(path.stat().st_size)
    assert list(hash_into(hasher, path)) == [9000]
    assert hasher.hexdigest() == said.stdout.strip()
