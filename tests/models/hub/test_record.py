"""The records of pulled models."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.models.hub.hub import COMMIT
from tests.models.hub.stage import FILE, REPOSITORY, Stage


def test_models_are_found_by_every_name_they_have(stage: Stage) -> None:
    model = stage.pull()
    stage.double.repositories[REPOSITORY].commit = "f" * 40
    newer = stage.pull()
    for name in (REPOSITORY, REPOSITORY.lower(), f"{REPOSITORY}:q4_k_m", f"{REPOSITORY}/{FILE}", model.label):
        assert set(stage.store.find(name)) == {model, newer}
    assert stage.store.find(f"{model.label}@{COMMIT[:7]}") == [model]
    assert stage.store.find("Tiny") == stage.store.find(f"{REPOSITORY}:Q8_0") == []


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"{",
        lambda raw: b"[]",
        lambda raw: json.dumps(json.loads(raw) | {"files": []}).encode(),
        lambda raw: raw.replace(FILE.encode(), b"../../../x.gguf"),
        lambda raw: raw.replace(b'"some/Tiny-GGUF"', b'"../../x"'),
        lambda raw: json.dumps(json.loads(raw) | {"revision": 5}).encode(),
        lambda raw: json.dumps(json.loads(raw) | {"unknown": ""}).encode(),
    ],
)  # fmt: skip
def test_a_damaged_record_is_no_model_and_leads_nowhere(stage: Stage, change: Callable[[bytes], bytes]) -> None:
    model = stage.pull()
    record = stage.folder / ".records" / model.record_name
    record.write_bytes(change(record.read_bytes()))
    assert stage.store.models() == []
