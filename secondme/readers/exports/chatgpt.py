"""ChatGPT's export: conversations as trees of messages, of which one path was the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secondme.readers.dates import epoch
from secondme.readers.documents import ParsedDocument, ReadItem, Turn
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.stream import conversations, items
from secondme.readers.exports.tree import ExportTree
from secondme.text.clean import clean

_HIDDEN = frozenset({"system", "root"})


class ChatGptExport(ExportReader):
    """Reads `conversations.json` and the split `conversations-000.json`."""

    platform = "chatgpt"

    @classmethod
    def fits_head(cls, head: bytes, name: str) -> bool:
        """Conversations with a `mapping` of nodes."""
        return b'"mapping"' in head and any(
            key in head for key in (b'"conversation_id"', b'"current_node"', b'"parent"')
        )

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each conversation."""
        names = [name for name in tree.names if "conversations" in name.rsplit("/", 1)[-1] and name.endswith(".json")]
        for name in sorted(names) or list(tree.names)[:1]:
            with tree.open(name) as file:
                yield from conversations(items(file, "item"), _conversation, name)


def _conversation(conversation: dict[str, Any]) -> ParsedDocument | None:
    mapping: dict[str, Any] = conversation["mapping"]
    turns: list[Turn] = []
    for node_id in _path(mapping, conversation.get("current_node")):
        message = mapping[node_id].get("message")
        turn = _turn(node_id, message) if isinstance(message, dict) else None
        if turn is not None:
            turns.append(turn)
    if not turns:
        return None
    key = str(conversation.get("conversation_id") or conversation.get("id") or next(iter(mapping)))
    title = clean(str(conversation.get("title") or "ChatGPT"), keep_newlines=False)
    return ParsedDocument("application/x-chat", title, turns=tuple(turns), chat_key=f"chatgpt:{key}")


def _path(mapping: dict[str, Any], current: str | None) -> list[str]:
    """Nodes from the root to the one that was shown last. A ring of parents ends the way."""
    if current not in mapping:
        leaves = [node_id for node_id, node in mapping.items() if not node.get("children")]
        dated = [(_created(mapping[node_id]), i, node_id) for i, node_id in enumerate(leaves)]
        current = max(dated)[2] if dated else None
    path: list[str] = []
    seen: set[str] = set()
    while current in mapping and current not in seen:
        assert current is not None
        seen.add(current)
        path.append(current)
        current = mapping[current].get("parent")
    return path[::-1]


def _created(node: dict[str, Any]) -> float:
    message = node.get("message")
    return float(message.get("create_time") or 0.0) if isinstance(message, dict) else 0.0


def _turn(node_id: str, message: dict[str, Any]) -> Turn | None:
    role = str((message.get("author") or {}).get("role") or "")
    metadata = message.get("metadata") or {}
    if role in _HIDDEN or message.get("weight") == 0 or metadata.get("is_visually_hidden_from_conversation"):
        return None
    text = clean(_text(message.get("content") or {})).strip()
    if not text:
        return None
    at, offset, precision = epoch(float(message["create_time"])) if message.get("create_time") else ("", None, "")
    named = str((message.get("author") or {}).get("name") or "ChatGPT")
    return Turn(
        key=str(message.get("id") or node_id),
        text=text,
        speaker="Me" if role == "user" else clean(named, keep_newlines=False),
        role="me" if role == "user" else "assistant",
        happened_at=at,
        happened_offset=offset,
        precision=precision,
    )


def _text(content: dict[str, Any]) -> str:
    """The words of a message; kinds that are not known give whatever text they hold."""
    kind = content.get("content_type")
    parts = content.get("parts")
    if isinstance(parts, list):
        return "\n".join(filter(None, map(_part, parts)))
    if isinstance(content.get("text"), str):
        language = content.get("language") if kind == "code" else None
        return (
            f"```{language if language != 'unknown' else ''}\n{content['text']}\n```" if language else content["text"]
        )
    for key in ("result", "content", "user_profile", "user_instructions"):
        if isinstance(content.get(key), str):
            return str(content[key])
    thoughts = content.get("thoughts")
    if isinstance(thoughts, list):
        return "\n".join(str(thought.get("content", "")) for thought in thoughts if isinstance(thought, dict))
    return ""


def _part(part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            return str(part["text"])
        kind = str(part.get("content_type") or "attachment")
        return f"[{'image' if 'image' in kind else kind.replace('_', ' ')}]"
    return ""
