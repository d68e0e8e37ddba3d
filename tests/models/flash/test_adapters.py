"""An adapter on weights that are read from disk again for each pass, and on windows of experts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.flash.residency import least_budget
from models.gguf.header import read_layout
from models.llama.model import LlamaModel
from tests.models.adapters.random_adapter import write_random_adapter
from tests.models.loading import Loaded

TOKENS = [5, 300, 7, 9000, 41, 6, 2500, 17, 8, 99, 1234, 40000]


@pytest.mark.parametrize("share", [0.0, 0.5])
@pytest.mark.parametrize("kind", ["dense", "mixture"])
def test_streamed_weights_with_an_adapter_give_the_logits_of_resident_ones(
    kind: str, share: float, load: Loaded, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path: Path = request.getfixturevalue(kind)
    adapter = write_random_adapter(tmp_path / "adapter.gguf", path, spread=0.05)
    layout = read_layout(path)
    least, most = least_budget(layout), layout.weight_bytes
    resident, streamed = load(path), load(path, int(least + share * (most - least)))
    assert streamed.flash is not None and not streamed.flash.plan.everything
    base = passes(resident)
    for runtime in (resident, streamed):
        runtime.use_adapter(adapter)
    expected = passes(resident)
    assert not np.allclose(expected, base)
    assert (passes(streamed) == expected).all()
    loaded_with_it = load(path, int(least + share * (most - least)), adapter=adapter)
    assert (passes(loaded_with_it) == expected).all()
    resident.use_adapter(None)
    streamed.use_adapter(None)
    assert (passes(streamed) == passes(resident)).all()


def passes(runtime: LlamaModel) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Logits after a prompt, and after each of some tokens."""
    runtime.forget()
    runtime.read(TOKENS[:5])
    found = [runtime.logits()]
    for token in TOKENS[5:]:
        runtime._decode([token], [True])
        found.append(runtime.logits())
    return np.array(found)
