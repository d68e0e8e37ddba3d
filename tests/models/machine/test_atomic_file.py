from __future__ import annotations

import stat
from pathlib import Path

import pytest

from models.machine.atomic_file import read_record, replace_file, write_record


def test_a_replaced_file_is_whole_private_and_alone_in_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    replace_file(path, b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    replace_file(path, b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff\xfe"])
def test_a_damaged_record_counts_as_empty_and_is_written_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "record.json"
    assert read_record(path) == {}
    path.write_bytes(damage)
    assert read_record(path) == {}
    write_record(path, {"a": 1})
    assert read_record(path) == {"a": 1}
