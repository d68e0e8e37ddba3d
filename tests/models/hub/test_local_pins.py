"""Files of the user's own, and the digests that they were chosen with."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.protocol import ModelError
from tests.models.hub.stage import WEIGHTS, Stage, flip_bytes


def test_a_file_of_the_users_own_is_pinned_when_it_is_first_seen(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(WEIGHTS)
    assert stage.store.check(path) == path
    flip_bytes(path)
    with pytest.raises(ModelError, match=r"`secondme models use .*` accepts it"):
        stage.another_store().check(path)
    stage.store.adopt(path)
    assert stage.store.check(path) == path
    path.unlink()
    with pytest.raises(ModelError, match="is not there any more"):
        stage.store.check(path)


def test_a_folder_of_the_users_own_is_pinned_file_by_file(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "config.json").write_bytes(b"{}")
    (tmp_path / "mine" / "model.safetensors").write_bytes(WEIGHTS)
    stage.store.adopt(tmp_path / "mine")
    flip_bytes(tmp_path / "mine" / "model.safetensors")
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        stage.store.check(tmp_path / "mine")
