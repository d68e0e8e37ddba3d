"""Conversations of a `memory-eval/1` file, taken in by the ordinary ingest path into a temporary store."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from models.protocol import Embedder
from secondme.clock import SystemClock, parse_instant
from secondme.errors import UsageError
from secondme.ids import derived_id
from secondme.index.indexer import Indexer
from secondme.ingest.ingestion import Ingestion
from secondme.text.terms import index_terms
from storage.store import Store

FORMAT = "memory-eval/1"
WORDS_ABOVE = 20_000
MOST_PIECES = 40
"""Of a long turn."""


def load(path: Path, file_format: str = FORMAT) -> dict[str, Any]:
    """Read an evaluation file. Raises UsageError when it is not in this format."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as an evaluation file ({error}).") from error
    if not isinstance(data, dict) or data.get("format") != file_format:
        raise UsageError(f"{path} is not in the format {file_format}.")
    return data


@contextmanager
def temporary_store(embedder: Embedder | None, *, words_above: int = WORDS_ABOVE) -> Iterator[Store]:
    """An empty store in a folder of its own, which goes with it. Above `words_above` spans it has a word index."""
    with tempfile.TemporaryDirectory(prefix="secondme-eval-") as folder:
        store = Store(
            Path(folder),
            model_id=embedder.model_id if embedder else "none",
            dimension=embedder.dimension if embedder else 1,
            analyse=index_terms,
            words_above=words_above,
        )
        try:
            yield store
        finally:
            store.close()


def take_in(store: Store, embedder: Embedder | None, conversations: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Take conversations in and index them; returns the turn's full name by the id of its span."""
    names: dict[str, str] = {}
    for conversation in conversations:
        names.update(ingest_conversation(store, embedder, conversation, store.folder))
    Indexer(store, embedder).drain()
    return names


def ingest_conversation(
    store: Store, embedder: Embedder | None, conversation: dict[str, Any], folder: Path
) -> dict[str, str]:
    """Take a conversation in as a chat file in `folder`; returns the turn's full name by the id of its span."""
    chat_id = str(conversation["id"])
    source_id = derived_id("import", "chat", chat_id)
    names: dict[str, str] = {}
    file = folder / f"{derived_id(chat_id)}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for session in conversation["sessions"]:
            for turn in session["turns"]:
                message = {
                    "chat_id": chat_id,
                    "message_id": turn["id"],
                    "speaker": turn["speaker"],
                    "text": turn["text"],
                    "at": session["started_at"],
                }
                if turn.get("caption"):
                    message["caption"] = turn["caption"]
                out.write(json.dumps(message) + "\n")
                name = f"{chat_id}/{turn['id']}"
                names[derived_id(source_id, turn["id"])] = name
                names.update({derived_id(source_id, f"{turn['id']}#{i}"): name for i in range(MOST_PIECES)})
    ingestion = Ingestion(
        store,
        SystemClock(),
        count_tokens=embedder.count_tokens if embedder else None,
        max_bytes=10**9,
    )
    ingestion.take_file(file)
    return names


def asked_at(conversation: dict[str, Any]) -> datetime:
    """When the questions of a conversation are asked."""
    return datetime.fromisoformat(parse_instant(conversation["asked_at"])[0])
