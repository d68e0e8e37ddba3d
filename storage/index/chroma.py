"""One generation of the approximate index: ids and vectors in Chroma, never text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

COLLECTION = "spans"
BATCH = 500


class ChromaIndex:
    """Nearest neighbours over unit vectors. Any call may raise whatever Chroma raises; the caller rebuilds."""

    def __init__(self, folder: Path, *, create: bool, sync_threshold: int = 1000) -> None:
        """Open the index in `folder`, or create an empty one there. Importing Chroma takes about a second."""
        import chromadb
        from chromadb.config import Settings

        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._client: ClientAPI = chromadb.PersistentClient(
            path=str(folder), settings=Settings(anonymized_telemetry=False, allow_reset=False)
        )
        if create:
            self._collection: Collection = self._client.create_collection(
                COLLECTION,
                embedding_function=None,
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "ef_construction": 100,
                        "ef_search": 300,
                        "max_neighbors": 16,
                        "sync_threshold": sync_threshold,
                        "batch_size": min(100, sync_threshold),
                    }
                },
            )
        else:
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)

    def upsert(self, ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
        """Insert or replace; idempotent. Vectors have shape (len(ids), dimension)."""
        for i in range(0, len(ids), BATCH):
            self._collection.upsert(ids=list(ids[i : i + BATCH]), embeddings=vectors[i : i + BATCH])

    def delete(self, ids: Sequence[str]) -> None:
        """Remove ids; unknown ones are ignored."""
        for i in range(0, len(ids), BATCH):
            self._collection.delete(ids=list(ids[i : i + BATCH]))

    def search(self, query: npt.NDArray[np.float32], limit: int) -> list[str]:
        """Ids of about the nearest vectors, nearest first."""
        answer: Any = self._collection.query(query_embeddings=query[None, :], n_results=limit, include=[])
        return list(answer["ids"][0])

    def ids(self) -> set[str]:
        """All ids in the index."""
        return set(self._collection.get(include=[])["ids"])

    def vectors(self, ids: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
        """Vectors as the index holds them."""
        answer: Any = self._collection.get(ids=list(ids), include=["embeddings"])
        return dict(zip(answer["ids"], np.asarray(answer["embeddings"], np.float32), strict=True))

    def close(self) -> None:
        """Release the files; nothing is written after this."""
        # A call of clear_system_cache() before this would make it do nothing.
        self._client.close()  # type: ignore[attr-defined]  # on the class, not on its protocol
