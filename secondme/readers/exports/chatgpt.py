"""ChatGPT's export: conversations as trees of messages, of which one path was the conversation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from secondme.readers.dates import epoch
from secondme.readers.documents import ReadItem, Turn
from secondme.readers.exports.chat_turns import ChatTurns
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.stream import conversations, listed
from secondme.readers.exports.tree import ExportTree
from secondme.readers.exports.values import add_new, text_of_json, words_of
from secondme.readers.reader import SNIFFED
from secondme.text.clean import clean

_HIDDEN = frozenset({"system", "root"})
_CONVERSATIONS = re.compile(r"(?i)conversations(?:[-_ ]?\(?\d+\)?)?\.json\Z")
_KNOWN = frozenset(
    """
    shared_conversations.json user.json user_settings.json message_feedback.json model_comparisons.json chat.html
    group_chats.json export_manifest.json conversation_asset_file_names.json library_files.json shopping.json
    """.split()
)
"""Files of each export that hold no words of a conversation, or those of `conversations.json` once more."""
_NO_WORDS = frozenset({"content_type", "language", "source_analysis_msg_id", "response_format_name", "asset_pointer"})
_MARK = re.compile("\ue200(?P<kind>[a-z_]*)(?P<rest>[^\ue201]*)\ue201")
_SILENT_MARKS = frozenset({"cite", "filecite", "navlist", "image_group", "i", "video", "forecast", "finance"})


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
        names = [name for name in tree.names if _CONVERSATIONS.match(name.rsplit("/", 1)[-1])]
        names = sorted(names) or [name for name in tree.names if len(tree.names) == 1 or _holds(tree, name)]
        for name in names:
            yield from conversations(listed(tree, name), _conversation, clean(name, keep_newlines=False))
        yield from tree.left_out(names, _KNOWN)


def _holds(tree: ExportTree, name: str) -> bool:
    if not name.lower().endswith(".json") or name.rsplit("/", 1)[-1] in _KNOWN:
        return False
    with tree.open(name) as file:
        return ChatGptExport.fits_head(file.read(SNIFFED), name)


def _conversation(conversation: dict[str, Any]) -> Iterator[ReadItem]:
    mapping: dict[str, Any] = conversation["mapping"]
    title = clean(str(conversation.get("title") or "ChatGPT"), keep_newlines=False)
    turns = ChatTurns()
    turns.add(_path(mapping, conversation.get("current_node")), lambda node_id: _of_node(node_id, mapping))
    key = str(conversation.get("conversation_id") or conversation.get("id") or next(iter(mapping)))
    yield from turns.document(title, f"chatgpt:{key}", title)


def _of_node(node_id: str, mapping: dict[str, Any]) -> Turn | None:
    message = mapping[node_id].get("message")
    return _turn(node_id, message) if isinstance(message, dict) else None


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
    text = _without_marks(_text(message.get("content") or {}, str(message.get("recipient") or "all"))).strip()
    files = [
        str(item["name"]) for item in metadata.get("attachments") or [] if isinstance(item, dict) and "name" in item
    ]
    if files:
        text = f"{text}\n[attached: {', '.join(files)}]"
    text = clean(text).strip()
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


def _text(content: dict[str, Any], recipient: str) -> str:
    """The words of a message; kinds that are not known give whatever text they hold. `recipient`: all, or a tool."""
    kind = content.get("content_type")
    parts = content.get("parts")
    if isinstance(parts, list):
        return "\n".join(filter(None, map(_part, parts)))
    if kind == "code" and isinstance(content.get("text"), str):
        text = content["text"]
        language = content.get("language") or "unknown"
        # What a tool is handed (a document of the canvas, a search) is JSON around words.
        if language in ("unknown", "json") and recipient != "all":
            return text_of_json(text)
        return f"```{language if language != 'unknown' else ''}\n{text}\n```"
    return add_new(words_of({key: value for key, value in content.items() if key not in _NO_WORDS}))


def _part(part: Any) -> str:
    if isinstance(part, str):
        return part
    if not isinstance(part, dict):
        return ""
    if isinstance(part.get("text"), str):
        return str(part["text"])
    kind = str(part.get("content_type") or "attachment")
    drawn = ((part.get("metadata") or {}).get("dalle") or {}).get("prompt")
    named = "image" if "image" in kind else kind.replace("_", " ")
    return f"[{named}: {drawn}]" if drawn else f"[{named}]"


def _without_marks(text: str) -> str:
    """The text without the marks that stand for citations; what such a mark shows stays."""
    return _MARK.sub(lambda mark: _shown(mark["kind"], mark["rest"].split("\ue202")[1:]), text)


def _shown(kind: str, values: list[str]) -> str:
    if kind in _SILENT_MARKS or not values:
        return ""
    if kind == "entity":
        try:
            values = [str(json.loads(values[0])[1])]
        except (ValueError, IndexError, TypeError, KeyError):
            return text_of_json(values[0])
    return values[0]
