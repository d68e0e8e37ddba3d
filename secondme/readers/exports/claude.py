"""Claude's export: `conversations.json` or `.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from secondme.clock import parse_instant
from secondme.readers.documents import ATTACHED, ReadItem, Turn
from secondme.readers.exports.chat_turns import ChatTurns
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.stream import conversations, listed
from secondme.readers.exports.tree import ExportTree
from secondme.readers.exports.values import text_of
from secondme.readers.reader import SNIFFED
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
        """One document for each conversation and project, and one for what Claude remembers."""
        found = [name for name in tree.names if _base(name).startswith("conversations")]
        names = sorted(found) or [name for name in tree.names if len(tree.names) == 1 or _holds(tree, name)]
        for name in names:
            yield from conversations(_conversations(tree, name), _conversation, clean(name, keep_newlines=False))
        done = list(names)
        for name in tree.names:
            folder = name.rsplit("/", 2)[-2] if "/" in name else ""
            parse = _PARSERS.get(_base(name)) or (_project if folder == "projects" and name.endswith(".json") else None)
            if parse is not None and name not in done:
                done.append(name)
                yield from conversations(listed(tree, name), parse, clean(name, keep_newlines=False))
        yield from tree.left_out(done, _KNOWN)


def _base(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _holds(tree: ExportTree, name: str) -> bool:
    if not name.lower().endswith((".json", ".jsonl", ".ndjson")):
        return False
    with tree.open(name) as file:
        return ClaudeExport.fits_head(file.read(SNIFFED), name)


def _conversations(tree: ExportTree, name: str) -> Iterator[Any]:
    if not name.endswith((".jsonl", ".ndjson")):
        yield from listed(tree, name)
        return
    with tree.open(name) as file:
        for line in file:
            if line.strip():
                try:
                    yield json.loads(line)
                except (ValueError, RecursionError):
                    yield None


def _conversation(conversation: dict[str, Any]) -> Iterator[ReadItem]:
    messages: list[dict[str, Any]] = [item for item in conversation["chat_messages"] if isinstance(item, dict)]
    title = clean(str(conversation.get("name") or "Claude"), keep_newlines=False)
    turns = ChatTurns()
    turns.add(_path(messages, conversation.get("current_leaf_message_uuid")), _turns)
    yield from turns.document(title, f"claude:{conversation['uuid']}", title)


def _project(project: dict[str, Any]) -> Iterator[ReadItem]:
    """A project's description, instructions and documents: handed over, not said."""
    title = clean(str(project.get("name") or "Project"), keep_newlines=False)
    texts = [(key, title, project.get(key)) for key in ("description", "prompt_template")]
    for number, doc in enumerate(item for item in project.get("docs") or [] if isinstance(item, dict)):
        texts.append((str(doc.get("uuid") or number), str(doc.get("filename") or title), doc.get("content")))
    turns = ChatTurns()
    turns.add(texts, lambda text: _handed(*text))
    yield from turns.document(title, f"claude:project:{project['uuid']}", title)


def _memories(memories: dict[str, Any]) -> Iterator[ReadItem]:
    """What Claude wrote down about the person: an assistant's words."""
    texts = [("memory", memories.get("conversations_memory"))]
    projects = memories.get("project_memories")
    texts += list(projects.items()) if isinstance(projects, dict) else [("projects", text_of(projects))]
    turns = ChatTurns()
    turns.add(texts, lambda text: _handed(text[0], "Claude", text[1], role="assistant"))
    yield from turns.document("Claude’s memory", f"claude:memories:{memories.get('account_uuid', '')}", "memories.json")


def _handed(key: str, speaker: str, text: Any, role: str = "other") -> Turn | None:
    body = clean(text if isinstance(text, str) else text_of(text)).strip()
    return Turn(key, body, clean(speaker, keep_newlines=False), role, place=ATTACHED) if body else None


_PARSERS = {"projects.json": _project, "memories.json": _memories}
_KNOWN = frozenset({"users.json", "user.json", "login_history.json"})
"""Files of an export that hold nothing to remember."""


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
    blocks = [item for item in content if isinstance(item, dict)] if isinstance(content, list) else []
    texts = [str(item["text"]) for item in blocks if isinstance(item.get("text"), str)]
    text = clean("\n".join(texts) or str(message.get("text") or "")).strip()
    files = [
        clean(str(item.get("file_name") or "file"), keep_newlines=False)
        for kind in ("attachments", "files", "files_v2")
        for item in message.get(kind) or []
        if isinstance(item, dict)
    ]
    if files:
        text = f"{text}\n[attached: {', '.join(dict.fromkeys(files))}]".strip()
    speaker, role = ("Me", "me") if mine else ("Claude", "assistant")
    for number, block in enumerate(blocks):
        body = clean(_of_block(block)).strip()
        if body:
            # What a tool was given or gave back: a document that Claude wrote, pages that it found.
            yield Turn(f"{key}#{number}", body, "Claude", "assistant", at, offset, precision)
    if text:
        yield Turn(key, text, speaker, role, at, offset, precision)
    for number, item in enumerate(message.get("attachments") or []):
        extracted = item.get("extracted_content") if isinstance(item, dict) else None
        if isinstance(extracted, str) and extracted.strip():
            name = clean(str(item.get("file_name") or "attachment"), keep_newlines=False)
            # A text that was handed over is not what the person said.
            body = clean(extracted).strip()
            yield Turn(f"{key}/{number}", body, name, "other", at, offset, precision, place=ATTACHED)


def _of_block(block: dict[str, Any]) -> str:
    """The words of a block that is no text of the message itself: thoughts, documents, what tools found."""
    if isinstance(block.get("text"), str):
        return ""
    kind = block.get("type")
    if kind == "thinking":
        return str(block.get("thinking") or "")
    if kind == "tool_use":
        return text_of(block.get("input"))
    if kind == "tool_result":
        return text_of({key: block.get(key) for key in ("content", "structured_content", "message")})
    return text_of({key: value for key, value in block.items() if key not in ("name", "citations", "flags")})
