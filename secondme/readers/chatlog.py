"""The generic chat file: JSON Lines of `chat_id, message_id, role or speaker, text, at` and perhaps `caption`.

`role` is user, assistant or anything else; `speaker` is a name. Whoever has the role user, or the
name that `--me` gives, is me. A conversation pauses for hours, then goes on: each such stretch is a session.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from secondme.chunking import TARGET_CHARACTERS, Block, CountTokens, paragraphs, passages
from secondme.clock import parse_instant
from secondme.documents import Parsed, ParsedDocument, Passage
from secondme.readers.reader import Unreadable
from secondme.text import clean

SESSION_GAP = timedelta(hours=4)
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


def read_chat_log(path: Path, text: str, me: str, count_tokens: CountTokens | None) -> Parsed:
    """Read a chat file. Lines that are no messages are listed; a file without any message is Unreadable."""
    chats: dict[str, list[Passage]] = defaultdict(list)
    skipped: list[str] = []
    offset = 0
    for number, raw in enumerate(text.splitlines(keepends=True), start=1):
        if raw.strip():
            try:
                chat_id, turn = _turn(raw, number, offset, me)
                chats[chat_id] += _pieces(turn, count_tokens)
            except ValueError as error:
                skipped.append(f"line {number}: {error}")
        offset += len(raw)
    if not chats:
        raise Unreadable(f"it has no chat messages ({skipped[0]})" if skipped else "it is empty")
    documents = [
        ParsedDocument("application/x-chat", _title(chat_id, turns), _sessions(_with_me(turns)), chat_key=chat_id)
        for chat_id, turns in chats.items()
    ]
    return Parsed(documents, skipped)


def _turn(raw: str, number: int, offset: int, me: str) -> tuple[str, Passage]:
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
    at, utc_offset, precision = None, None, ""
    if message.get("at"):
        try:
            at, utc_offset, precision = parse_instant(str(message["at"]))
        except ValueError as error:
            raise ValueError(f"the time {message['at']!r} is not ISO 8601") from error
    given = str(message.get("role") or "").lower()
    speaker = clean(str(message.get("speaker") or message.get("role") or ""), keep_newlines=False)
    if given == "assistant" or (not given and speaker.casefold() in ASSISTANTS):
        role = "assistant"
    elif given == "user" or (me and speaker.casefold() == me.casefold()):
        role = "me"
    else:
        role = "other"
    turn = Passage(
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


def _pieces(turn: Passage, count_tokens: CountTokens | None) -> list[Passage]:
    """A long turn as several passages that the embedder reads whole; they share the turn's place."""
    blocks = [Block(start, end, "", 0) for start, end in paragraphs(turn.text, 0, len(turn.text))]
    cut = passages(turn.text, blocks, count_tokens) if len(turn.text) > TARGET_CHARACTERS else []
    if len(cut) < 2:
        return [turn]
    return [replace(turn, text=piece.text, key=f"{turn.key}#{i}") for i, piece in enumerate(cut)]


def _with_me(turns: list[Passage]) -> list[Passage]:
    """In a chat of one person with an assistant that person is me, unless somebody else was said to be."""
    people = {turn.speaker for turn in turns if turn.role != "assistant"}
    if len(people) != 1 or all(turn.role != "assistant" for turn in turns) or any(turn.role == "me" for turn in turns):
        return turns
    return [turn if turn.role == "assistant" else replace(turn, role="me") for turn in turns]


def _sessions(turns: list[Passage]) -> list[Passage]:
    """Turns in order of time (those without a time stay where they stand), numbered by session."""
    if all(turn.happened_at for turn in turns):
        turns = sorted(turns, key=lambda turn: turn.happened_at or "")
    section = 0
    previous: datetime | None = None
    numbered: list[Passage] = []
    for turn in turns:
        moment = datetime.fromisoformat(turn.happened_at) if turn.happened_at else previous
        if previous and moment and moment - previous > SESSION_GAP:
            section += 1
        previous = moment
        numbered.append(replace(turn, section=section))
    return numbered


def _title(chat_id: str, turns: list[Passage]) -> str:
    speakers = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    return " & ".join(speakers[:3]) or clean(chat_id, keep_newlines=False)
