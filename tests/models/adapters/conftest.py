from __future__ import annotations

from importlib.util import find_spec

import pytest

from models.adapters.backend import Backend
from models.adapters.child import BACKENDS


@pytest.fixture(params=sorted(BACKENDS))
def backend(request: pytest.FixtureRequest) -> type[Backend]:
    """Each of what computes trainings; off Apple's chips MLX computes on the processor."""
    return backend_named(request.param)


@pytest.fixture
def mlx_backend() -> type[Backend]:
    return backend_named("mlx")


def backend_named(name: str) -> type[Backend]:
    if name == "mlx" and find_spec("mlx") is None:
        pytest.skip("MLX is not installed")
    return BACKENDS[name]
