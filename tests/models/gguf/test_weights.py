"""Values of tensors in a GGUF file."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import pytest

from models.gguf.header import read_layout
from models.gguf.weights import read_rows, read_weights


@pytest.mark.parametrize("kind", ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1"])
def test_values_are_those_that_were_written(kind: str, tmp_path: Path) -> None:
    values = np.random.default_rng(1).normal(0, 1, (6, 64)).astype(np.float32)
    quantized = gguf.GGMLQuantizationType[kind]
    writer = gguf.GGUFWriter(tmp_path / "one.gguf", "llama")
    writer.add_tensor("blk.0.attn_q.weight", gguf.quants.quantize(values, quantized), raw_dtype=quantized)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    (place,) = read_layout(tmp_path / "one.gguf").tensors
    found = read_weights(place)
    assert found.shape == values.shape and found.dtype == np.float32
    assert np.abs(found - values).max() < {"F32": 1e-9, "F16": 2e-3, "BF16": 2e-2, "Q8_0": 2e-2}.get(kind, 0.3)
    assert (read_rows(place, [4, 1]) == found[[4, 1]]).all()
