"""A store of models and a hub on loopback, for the tests of pulls."""

from __future__ import annotations

from pathlib import Path
from random import Random

from models.hub.catalogue import load_catalogue
from models.hub.client import Hub
from models.hub.record import PulledModel
from models.hub.reference import read_reference
from models.hub.store import ModelStore
from tests.models.hub.hub import Fault, HubDouble

REPOSITORY = "some/Tiny-GGUF"
FILE = "Tiny-Q4_K_M.gguf"
WEIGHTS = Random(1).randbytes(1_500_000)
OTHER = Random(2).randbytes(1_500_000)


class Stage:
    """A store and a hub on loopback. Waits are noted, and take no time."""

    def __init__(self, double: HubDouble, folder: Path) -> None:
        self.double = double
        self.folder = folder
        self.waits: list[float] = []
        self.free = 10**12
        self.hub = Hub(double.url, seconds=30)
        self.store = self.another_store()

    def another_store(self) -> ModelStore:
        """A store on the same folder, as another process would have."""
        return ModelStore(self.folder, wait=self.waits.append, free=lambda folder: self.free)

    def pull(self, name: str = REPOSITORY) -> PulledModel:
        """Plan and pull to the end."""
        plan = self.store.plan(read_reference(name, load_catalogue()), self.hub)
        *_, model = self.store.pull(plan, self.hub)
        assert isinstance(model, PulledModel)
        return model

    def partials(self) -> list[int]:
        """Sizes of partial files."""
        return [path.stat().st_size for path in self.folder.glob(".partial/*/*")]

    def faults(self, *faults: Fault) -> None:
        """What goes wrong with the next answers for the file."""
        self.double.faults[FILE] = list(faults)

    def starts(self) -> list[int]:
        """Where each request for the file began."""
        return [request.start for request in self.double.asked_for(FILE)]


def flip_bytes(path: Path, count: int = 5000) -> None:
    """Flip bytes in the middle of a file; its size stays."""
    data = bytearray(path.read_bytes())
    for i in range(count):
        data[500_000 + i] ^= 0xFF
    path.write_bytes(data)
