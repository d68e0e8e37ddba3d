"""Search by meaning among what is visible."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from storage.index.vectors import Vectors
from storage.visible.database import VisibleDatabase


class VisibleVectors(Vectors):
    """Vectors of the visible spans, read again when what is visible may have changed."""

    def __init__(self, database: VisibleDatabase, model_id: str, dimension: int) -> None:
        super().__init__(database, model_id, dimension)
        self._visible = database
        self._moment = -1

    def search(self, query: npt.NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """(span id, cosine) of the nearest visible hot spans, nearest first."""
        self._follow()
        return super().search(query, limit)

    def search_faded(self, query: npt.NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """(span id, cosine) of the nearest visible faded spans, nearest first."""
        self._follow()
        return super().search_faded(query, limit)

    def _follow(self) -> None:
        """Read the vectors of spans that came, and drop those of spans that went."""
        if self._moment != self._visible.moment:
            self._moment = self._visible.moment
            self.refresh(list(set(self.live_ids()) ^ set(self._rows)) if self._loaded else [])
