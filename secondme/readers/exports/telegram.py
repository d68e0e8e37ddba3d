"""Telegram Desktop's export, `result.json`: one chat or all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secondme.clock import parse_instant
from secondme.readers.dates import epoch
from secondme.readers.documents import ReadItem, Turn, Unread
from secondme.readers.exports.chat_turns import ChatTurns
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.stream import items
from secondme.readers.exports.tree import ExportTree
from secondme.text.clean import clean


class TelegramExport(ExportReader):
    """Reads chats; `text` may be a string or a list of strings and pieces."""

    platform = "telegram"

    @classmethod
    def fits_head(cls, head: bytes, name: str) -> bool:
        """Messages with Telegram's own keys, or a `result.json` with chats."""
        if b'"messages"' in head and any(key in head for key in (b'"date_unixtime"', b'"from_id"', b'"text_entities"')):
            return True
        return b'"personal_information"' in head and b'"chats"' in head and name == "result.json"

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each chat."""
        for name in tree.find("result.json") or list(tree.names)[:1]:
            with tree.open(name) as file:
                own = next(items(file, "personal_information.user_id"), None)
            mine = {f"user{own}"} if own is not None else set()
            several = False
            for prefix in ("chats.list.item", "left_chats.list.item"):
                with tree.open(name) as file:
                    for number, chat in enumerate(items(file, prefix), start=1):
                        several = True
                        yield from _chat(chat, f"chat {number}", me, mine)
            if not several:
                with tree.open(name) as file:
                    for chat in items(file, ""):
                        yield from _chat(chat, "the chat", me, mine)


def _chat(chat: Any, called: str, me: frozenset[str], mine: set[str]) -> Iterator[ReadItem]:
    try:
        saved = chat.get("type") == "saved_messages"
        messages = chat["messages"]
        turns = ChatTurns()
        turns.add(messages, lambda message: _turn(message, me, mine, saved))
        title = clean(str(chat.get("name") or ("Saved Messages" if saved else "Telegram")), keep_newlines=False)
        key = f"telegram:{chat.get('id', title)}"
    except (KeyError, TypeError, AttributeError) as error:
        yield Unread(f"{called} is damaged ({type(error).__name__})")
        return
    yield from turns.document(title, key, title)


def _turn(message: dict[str, Any], me: frozenset[str], mine: set[str], saved: bool) -> Turn | None:
    if message.get("type", "message") != "message":
        return None
    text = clean(_text(message)).strip()
    if not text:
        return None
    speaker = clean(str(message.get("from") or message.get("actor") or "Deleted account"), keep_newlines=False)
    if message.get("date_unixtime"):
        at, offset, precision = epoch(float(message["date_unixtime"]))
    else:
        at, offset, precision = parse_instant(str(message["date"]))
    is_me = saved or str(message.get("from_id")) in mine or speaker.casefold() in me
    return Turn(str(message["id"]), text, speaker, "me" if is_me else "other", at, offset, precision)


def _text(message: dict[str, Any]) -> str:
    text = message.get("text") or message.get("text_entities") or ""
    if isinstance(text, list):
        text = "".join(piece if isinstance(piece, str) else str(piece.get("text", "")) for piece in text)
    extras = []
    if message.get("photo"):
        extras.append("[photo]")
    elif message.get("sticker_emoji"):
        extras.append(f"[sticker {message['sticker_emoji']}]")
    elif message.get("file"):
        extras.append(f"[{message.get('file_name') or message.get('media_type') or 'file'}]")
    poll = message.get("poll")
    if isinstance(poll, dict):
        answers = ", ".join(
            str(answer.get("text", "")) for answer in poll.get("answers", []) if isinstance(answer, dict)
        )
        extras.append(f"[poll: {poll.get('question', '')} {answers}]")
    place = message.get("place_name") or message.get("address")
    if place:
        extras.append(f"[place: {place}]")
    return "\n".join([str(text), *extras])
