from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.machine.direct_file import DirectFile, ReadFailed


def test_a_direct_read_may_reach_the_end_of_the_file_but_not_beyond(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(os.urandom(10_000))
    file = DirectFile(path)
    into = memoryview(bytearray(b"x" * 12_288)) if not file.direct else _aligned(12_288)
    file.read(0, into)
    assert bytes(into[:10_000]) == path.read_bytes()
    os.truncate(path, 5_000)
    with pytest.raises(ReadFailed, match="shorter"):
        file.read(0, into)
    file.close()


def _aligned(size: int) -> memoryview:
    from models.machine.direct_file import Arena

    return Arena(size).view[:size]
