"""Claude's export: `conversations.json` or `.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from secondme.clock import parse_instant
from secondme.readers.documents import ParsedDocument, ReadItem, Turn
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.stream import conversations, items
from secondme.readers.exports.tree import ExportTree
from secondme.text.clean import clean

_ROOT = "00000000-0000-4000-8000-000000000000"


class ClaudeExport(ExportReader):
    """Reads conversations with their attachments. Where messages name their parents, the last path is the chat."""

    platform = "claude"

    @classmethod
    def fits_head(cls, head: bytes, name: str) -> bool:
        """Conversations with `chat_messages`."""
        return b'"chat_messages"' in head and b'"uuid"' in head

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each conversation."""
        found = [name for name in tree.names if name.rsplit("/", 1)[-1].startswith("conversations")]
        for name in sorted(found) or list(tree.names)[:1]:
            with tree.open(name) as file:
                yield from conversations(_conversations(file, name), _conversation, name)


def _conversations(file: BinaryIO, name: str) -> Iterator[Any]:
    if not name.endswith((".jsonl", ".ndjson")):
        yield from items(file, "item")
        return
    for line in file:
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None


def _conversation(conversation: dict[str, Any]) -> ParsedDocument | None:
    messages: list[dict[str, Any]] = [item for item in conversation["chat_messages"] if isinstance(item, dict)]
    turns = [
        turn for message in _path(messages, conversation.get("current_leaf_message_uuid")) for turn in _turns(message)
    ]
    if not turns:
        return None
    title = clean(str(conversation.get("name") or "Claude"), keep_newlines=False)
    return ParsedDocument("application/x-chat", title, turns=tuple(turns), chat_key=f"claude:{conversation['uuid']}")


def _path(messages: list[dict[str, Any]], leaf: str | None) -> list[dict[str, Any]]:
    """Messages from the first to the last one shown; all of them, in order, where none names a parent."""
    by_id = {str(message.get("uuid")): message for message in messages}
    if not any(str(message.get("parent_message_uuid") or _ROOT) in by_id for message in messages):
        return messages
    if leaf not in by_id:
        last = max(enumerate(messages), key=lambda item: (str(item[1].get("created_at") or ""), item[0]))[1]
        leaf = str(last.get("uuid"))
    path: list[dict[str, Any]] = []
    seen: set[str] = set()
    while leaf in by_id and leaf not in seen:
        assert leaf is not None
        seen.add(leaf)
        path.append(by_id[leaf])
        leaf = str(by_id[leaf].get("parent_message_uuid") or "")
    return path[::-1]


def _turns(message: dict[str, Any]) -> Iterator[Turn]:
    mine = message.get("sender") == "human"
    key = str(message["uuid"])
    at, offset, precision = parse_instant(str(message["created_at"])) if message.get("created_at") else ("", None, "")
    content = message.get("content")
    blocks = content if isinstance(content, list) else []
    texts = [str(item["text"]) for item in blocks if isinstance(item, dict) and isinstance(item.get("text"), str)]
    text = clean("\n".join(texts) or str(message.get("text") or "")).strip()
    files = [
        clean(str(item.get("file_name") or "file"), keep_newlines=False)
        for kind in ("attachments", "files")
        for item in message.get(kind) or []
        if isinstance(item, dict)
    ]
    if files:
        text = f"{text}\n[attached: {', '.join(dict.fromkeys(files))}]".strip()
    if text:
        yield Turn(key, text, "Me" if mine else "Claude", "me" if mine else "assistant", at, offset, precision)
    for number, item in enumerate(message.get("attachments") or []):
        extracted = item.get("extracted_content") if isinstance(item, dict) else None
        if isinstance(extracted, str) and extracted.strip():
            name = clean(str(item.get("file_name") or "attachment"), keep_newlines=False)
            # A text that was handed over is not what the person said.
            yield Turn(f"{key}/{number}", clean(extracted).strip(), name, "other", at, offset, precision)
