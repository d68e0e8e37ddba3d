"""The generic chat file: JSON Lines of `chat_id, message_id, role or speaker, text, at` and perhaps `caption`.

`role` is user, assistant or anything else; `speaker` is a name. Whoever has the role user, or the
name that `--me` gives, is me.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from secondme.clock import parse_instant
from secondme.readers.documents import ParsedDocument, ReadItem, Turn, Unread
from secondme.readers.reader import Unreadable
from secondme.text.clean import clean

ASSISTANTS = frozenset(
    [
        "assistant",
        "ai",
        "ai assistant",
        "ai companion",
        "virtual assistant",
        "bot",
        "chatbot",
        "chatgpt",
        "claude",
        "copilot",
        "gemini",
        "gpt",
    ]
)
"""Names by which exports call an assistant that has no role."""


def read_chat_log(text: str, me: frozenset[str]) -> Iterator[ReadItem]:
    """Read a chat file. Lines that are no messages are listed; a file without any message is Unreadable."""
    chats: dict[str, list[Turn]] = defaultdict(list)
    bad: list[str] = []
    offset = 0
    for number, raw in enumerate(text.splitlines(keepends=True), start=1):
        if raw.strip():
            try:
                chat_id, turn = _turn(raw, number, offset, me)
                chats[chat_id].append(turn)
            except (ValueError, RecursionError) as error:
                bad.append(f"line {number}: {error}")
        offset += len(raw)
    if not chats:
        raise Unreadable(f"it has no chat messages ({bad[0]})" if bad else "it is empty")
    yield from (Unread(reason) for reason in bad)
    for chat_id, turns in chats.items():
        yield ParsedDocument("application/x-chat", _title(chat_id, turns), turns=tuple(turns), chat_key=chat_id)


def _turn(raw: str, number: int, offset: int, me: frozenset[str]) -> tuple[str, Turn]:
    try:
        message: Any = json.loads(raw)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg})") from error
    if not isinstance(message, dict) or not isinstance(message.get("text"), str):
        raise ValueError("no text")
    if "chat_id" not in message or "message_id" not in message:
        raise ValueError("no chat_id or no message_id")
    body = clean(message["text"])
    if isinstance(message.get("caption"), str):
        body = f"{body}\n[photo: {clean(message['caption'])}]"
    if not body.strip():
        raise ValueError("the text is empty")
    at, utc_offset, precision = "", None, ""
    if message.get("at"):
        try:
            at, utc_offset, precision = parse_instant(str(message["at"]))
        except ValueError as error:
            raise ValueError(f"the time {message['at']!r} is not ISO 8601") from error
    given = str(message.get("role") or "").lower()
    speaker = clean(str(message.get("speaker") or message.get("role") or ""), keep_newlines=False)
    if given == "assistant" or (not given and speaker.casefold() in ASSISTANTS):
        role = "assistant"
    elif given == "user" or speaker.casefold() in me:
        role = "me"
    else:
        role = "other"
    turn = Turn(
        start=offset,
        end=offset + len(raw.rstrip("\n")),
        line=number,
        text=body,
        speaker=speaker,
        role=role,
        happened_at=at,
        happened_offset=utc_offset,
        precision=precision,
        key=str(message["message_id"]),
    )
    return str(message["chat_id"]), turn


def _title(chat_id: str, turns: list[Turn]) -> str:
    speakers = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    return " & ".join(speakers[:3]) or clean(chat_id, keep_newlines=False)
