"""Telegram Desktop's export, `result.json`: one chat or all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from secondme.clock import parse_instant
from secondme.readers.dates import epoch
from secondme.readers.documents import ATTACHED, FORWARDED, ReadItem, Turn, Unread
from secondme.readers.exports.chat_turns import ChatTurns
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.stream import items, pairs
from secondme.readers.exports.tree import ExportTree
from secondme.readers.exports.values import words_of
from secondme.text.clean import clean

_FORWARDED = ("forwarded_from", "via_bot", "saved_from")
"""Keys that name whose words a message has, where not those of its sender; without a value their account is gone."""
_CONTACT = ("first_name", "last_name", "phone_number")
_READ = frozenset(
    """
    text text_entities from from_id actor actor_id type date photo file file_name media_type sticker_emoji mime_type
    poll location_information reactions inline_bot_buttons edited author thumbnail contact_vcard reply_to_peer_id
    """.split()
) | {*_FORWARDED, *(f"{key}_id" for key in _FORWARDED)}
"""Keys of a message that are read on their own, or that hold no words."""
_TECHNICAL = re.compile(r"_(?:id|unixtime|seconds|size|type|width|height|count|period|date)\Z")
_SECTIONS = frozenset(
    """
    about personal_information profile_pictures contacts chats left_chats frequent_contacts sessions web_sessions
    """.split()
)
"""Sections of an export that are read, or that hold nothing a person wrote."""


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
        """One document for each chat, and one for the contacts."""
        names = tree.find("result.json") or [name for name in tree.names if name.lower().endswith(".json")]
        names = names or list(tree.names)[:1]
        for name in names:
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
            else:
                yield from _contacts(tree, name)
                yield from _sections_left_out(tree, name)
        yield from tree.left_out(names)


def _contacts(tree: ExportTree, name: str) -> Iterator[ReadItem]:
    """The list of contacts as a chat in which nobody speaks."""
    turns = ChatTurns()
    with tree.open(name) as file:
        turns.add(items(file, "contacts.list.item"), _contact)
    yield from turns.document("Telegram contacts", "telegram:contacts", "the contacts")


def _contact(contact: dict[str, Any]) -> Turn | None:
    text = clean(" ".join(words_of({key: contact.get(key) for key in _CONTACT})), keep_newlines=False).strip()
    return Turn(text, text, "Telegram contacts", "other", place=ATTACHED) if text else None


def _sections_left_out(tree: ExportTree, name: str) -> Iterator[ReadItem]:
    with tree.open(name) as file:
        sections = [str(key) for key, value in pairs(file) if key not in _SECTIONS and _holds_more(value)]
    if sections:
        listed = clean(", ".join(sections), keep_newlines=False)
        yield Unread(f"parts of {name} that are no chats were not read: {listed}", failed=False)


def _holds_more(value: Any) -> bool:
    """Whether a section holds more than a sentence about itself."""
    if isinstance(value, dict):
        return any(bool(inner) for key, inner in value.items() if key != "about")
    return bool(value) and isinstance(value, list)


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
    if message.get("date_unixtime"):
        at, offset, precision = epoch(float(message["date_unixtime"]))
    else:
        at, offset, precision = parse_instant(str(message["date"]))
    forwarded = next((key for key in _FORWARDED if key in message), "")
    written = message.get(forwarded) if forwarded else message.get("from") or message.get("actor")
    speaker = clean(str(written or ("unknown" if forwarded else "Deleted account")), keep_newlines=False)
    own = str(message.get("from_id")) in mine or speaker.casefold() in me
    is_me = not forwarded and (own or (saved and (not mine or not message.get("from_id"))))
    place = FORWARDED if forwarded else ""
    return Turn(str(message["id"]), text, speaker, "me" if is_me else "other", at, offset, precision, place=place)


def _text(message: dict[str, Any]) -> str:
    extras = []
    if message.get("photo"):
        extras.append("[photo]")
    elif message.get("sticker_emoji"):
        extras.append(f"[sticker {message['sticker_emoji']}]")
    elif message.get("file"):
        extras.append(f"[{message.get('file_name') or message.get('media_type') or 'file'}]")
    poll = message.get("poll")
    if isinstance(poll, dict):
        answers = [_plain(answer.get("text")) for answer in poll.get("answers", []) if isinstance(answer, dict)]
        extras.append(f"[poll: {_plain(poll.get('question'))} {', '.join(answers)}]")
    where = message.get("location_information")
    if isinstance(where, dict) and "latitude" in where:
        extras.append(f"[location: {where['latitude']}, {where.get('longitude')}]")
    extras += [
        f"[{key.split('_')[0]}: {' '.join(words_of(value))}]"
        for key, value in message.items()
        if key not in _READ and not _TECHNICAL.search(key) and any(words_of(value))
    ]
    return "\n".join([_plain(message.get("text") or message.get("text_entities")), *extras])


def _plain(text: Any) -> str:
    """A text that is a string, or a list of strings and pieces."""
    if isinstance(text, list):
        return "".join(piece if isinstance(piece, str) else str(piece.get("text", "")) for piece in text)
    return str(text or "")
