"""Telegram Desktop's export, `result.json`: one chat or all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secondme.clock import parse_instant
from secondme.readers.dates import epoch
from secondme.readers.documents import ParsedDocument, ReadItem, Turn, Unread
from secondme.readers.exports.stream import items
from secondme.readers.exports.tree import ExportTree
from secondme.text.clean import clean


class TelegramExport:
    """Reads chats; `text` may be a string or a list of strings and pieces."""

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
        turns: list[Turn] = []
        bad = 0
        for message in messages:
            try:
                turn = _turn(message, me, mine, saved)
            except (KeyError, TypeError, ValueError, AttributeError):
                bad += 1
                continue
            if turn is not None:
                turns.append(turn)
        title = clean(str(chat.get("name") or ("Saved Messages" if saved else "Telegram")), keep_newlines=False)
        key = f"telegram:{chat.get('id', title)}"
    except (KeyError, TypeError, AttributeError) as error:
        yield Unread(f"{called} is damaged ({type(error).__name__})")
        return
    if bad:
        yield Unread(f"{bad} messages of {title} are damaged")
    if turns:
        yield ParsedDocument("application/x-chat", title, turns=tuple(turns), chat_key=key)


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
        text = "".join(one if isinstance(one, str) else str(one.get("text", "")) for one in text)
    extras = []
    if message.get("photo"):
        extras.append("[photo]")
    elif message.get("sticker_emoji"):
        extras.append(f"[sticker {message['sticker_emoji']}]")
    elif message.get("file"):
        extras.append(f"[{message.get('file_name') or message.get('media_type') or 'file'}]")
    poll = message.get("poll")
    if isinstance(poll, dict):
        answers = ", ".join(str(one.get("text", "")) for one in poll.get("answers", []) if isinstance(one, dict))
        extras.append(f"[poll: {poll.get('question', '')} {answers}]")
    place = message.get("place_name") or message.get("address")
    if place:
        extras.append(f"[place: {place}]")
    return "\n".join([str(text), *extras])
