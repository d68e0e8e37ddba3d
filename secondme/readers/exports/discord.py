"""Discord: the official package, which holds only my own messages, and DiscordChatExporter's JSON."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from secondme.clock import parse_instant
from secondme.readers.documents import ATTACHED, FORWARDED, ReadItem, Turn, Unread
from secondme.readers.exports.chat_turns import ChatTurns
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.stream import items
from secondme.readers.exports.tree import ExportTree
from secondme.readers.exports.values import text_of, words_of
from secondme.readers.reader import Unreadable, decode
from secondme.text.clean import clean

_SILENT = frozenset(
    """
    GuildMemberJoin ChannelPinnedMessage RecipientAdd RecipientRemove Call ChannelIconChange
    UserPremiumGuildSubscription
    """.split()
)
_READ = frozenset(
    "attachments poll stickers author reactions mentions reference interaction inlineEmojis roles".split()
)
"""Lists and objects of a message that are read on their own, or that hold no words."""
_TURNS_OF_THEIR_OWN = frozenset({"embeds", "forwardedMessage"})
_FOLDERS = ("account/", "activity/", "servers/", "programs/", "ads/", "support_tickets/", "activities", "store/")
"""Folders of the package that hold no messages."""


_CHANNEL = re.compile(r"(?:\A|/)c?\d+/messages\.(?:json|csv)\Z")
"""The messages of a channel; the folder above has a name in the person's language."""


class DiscordPackage(ExportReader):
    """Reads `messages/c<id>/messages.json`, in older packages `messages.csv`. All of it is mine."""

    platform = "discord"

    @classmethod
    def fits_names(cls, tree: ExportTree) -> bool:
        """A folder of messages for each channel."""
        return any(_CHANNEL.search(name.lower()) for name in tree.names)

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each channel; a named Discord export that is no package is DiscordChatExporter's."""
        if not any(name.lower().endswith(("messages.json", ".csv")) for name in tree.names):
            yield from DiscordChatExport().read(tree, me)
            return
        folders = {posixpath.dirname(posixpath.dirname(name)) for name in tree.names if _CHANNEL.search(name.lower())}
        index = _json(tree, next((name for name in tree.names if _is_index(name, folders)), ""))
        user = _json(tree, next((name for name in tree.names if name.lower().endswith("account/user.json")), ""))
        speaker = clean(str(user.get("global_name") or user.get("username") or "Me"), keep_newlines=False)
        found = [name for name in tree.names if name.lower().endswith(("/messages.json", "/messages.csv"))]
        if not found:
            raise Unreadable("it holds no messages")
        for name in found:
            folder = posixpath.dirname(name)
            channel = _json(tree, f"{folder}/channel.json" if f"{folder}/channel.json" in tree.names else "")
            channel_id = str(channel.get("id") or folder.rsplit("/", 1)[-1].lstrip("c"))
            guild = channel.get("guild") if isinstance(channel.get("guild"), dict) else {}
            parts = (channel.get("name"), (guild or {}).get("name"))
            title = " in ".join(str(part) for part in parts if part) or str(index.get(channel_id) or channel_id)
            turns = ChatTurns()
            try:
                turns.add(_messages(tree, name), lambda message: _own(message, speaker))
            except Unreadable as error:
                yield Unread(f"{name} is damaged ({error})")
            yield from turns.document(clean(title, keep_newlines=False), f"discord:{channel_id}", name)
        aside = [name for name in tree.names if _beside(name)]
        yield from tree.left_out([*found, *aside])


def _is_index(name: str, folders: set[str]) -> bool:
    return posixpath.basename(name) == "index.json" and posixpath.dirname(name) in folders


def _beside(name: str) -> bool:
    """Whether a file of the package holds no messages: lists of channels, the account, statistics."""
    low = name.lower()
    return low.endswith(("index.json", "channel.json", "readme.txt")) or any(part in low for part in _FOLDERS)


class DiscordChatExport(ExportReader):
    """Reads the JSON of DiscordChatExporter: everybody's messages of a channel."""

    platform = "discord"

    @classmethod
    def fits_head(cls, head: bytes, name: str) -> bool:
        """A guild, a channel and its messages."""
        return b'"guild"' in head and b'"channel"' in head and b'"messages"' in head

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each file."""
        names = [name for name in tree.names if name.lower().endswith(".json")] or list(tree.names)[:1]
        yield from tree.left_out(names)
        for name in names:
            with tree.open(name) as file:
                channel: Any = next(items(file, "channel"), None)
            with tree.open(name) as file:
                guild: Any = next(items(file, "guild"), None)
            if not isinstance(channel, dict):
                yield Unread(f"{name} names no channel")
                continue
            turns = ChatTurns()
            with tree.open(name) as file:
                turns.add(items(file, "messages.item"), lambda message: _turns(message, me))
            parts = (channel.get("name"), guild.get("name") if isinstance(guild, dict) else None)
            title = clean(" in ".join(str(part) for part in parts if part), keep_newlines=False)
            yield from turns.document(title, f"discord:{channel.get('id')}", name)


def _json(tree: ExportTree, name: str) -> dict[str, Any]:
    if not name:
        return {}
    with tree.open(name) as file:
        try:
            data: Any = json.load(file)
        except (ValueError, RecursionError):
            return {}
    return data if isinstance(data, dict) else {}


def _messages(tree: ExportTree, name: str) -> Iterator[dict[str, Any]]:
    with tree.open(name) as file:
        if name.lower().endswith(".csv"):
            yield from csv.DictReader(io.StringIO(decode(file.read())))
        else:
            yield from items(file, "item")


def _own(message: dict[str, Any], speaker: str) -> Turn | None:
    text = str(message.get("Contents") or "")
    if message.get("Attachments"):
        names = [link.rsplit("/", 1)[-1].split("?")[0] for link in str(message["Attachments"]).split()]
        text = f"{text}\n[attached: {', '.join(names)}]"
    text = clean(text).strip()
    if not text:
        return None
    at, offset, precision = parse_instant(_with_zone(str(message["Timestamp"])))
    return Turn(str(message["ID"]), text, speaker, "me", at, offset, precision)


def _with_zone(stamp: str) -> str:
    """A time stamp with its zone: newer packages write UTC without naming it."""
    return stamp if len(stamp) < 11 or stamp.endswith("Z") or "+" in stamp[10:] else f"{stamp}+00:00"


def _turns(message: dict[str, Any], me: frozenset[str]) -> Iterator[Turn]:
    """A message, and what it passes on of others: a forwarded message, previews of links."""
    if message.get("type") in _SILENT:
        return
    author = message.get("author") or {}
    bot = bool(author.get("isBot"))
    names = {str(author[key]).casefold() for key in ("name", "nickname", "id") if author.get(key)}
    embeds = [text for embed in message.get("embeds") or [] if (text := _embed(embed))]
    texts = [str(message.get("content") or ""), *_extras(message)]
    body = clean("\n".join(filter(None, [*texts, *(embeds if bot else [])]))).strip()
    at, offset, precision = parse_instant(str(message["timestamp"]))
    key = str(message["id"])
    if body:
        speaker = clean(str(author.get("nickname") or author.get("name") or "unknown"), keep_newlines=False)
        yield Turn(key, body, speaker, "me" if names & me and not bot else "other", at, offset, precision)
    for number, text in enumerate(embeds if not bot else []):
        yield Turn(f"{key}/{number}", clean(text), "unknown", "other", at, offset, precision, place=ATTACHED)
    forwarded = message.get("forwardedMessage")
    if isinstance(forwarded, dict):
        passed_on = [str(forwarded.get("content") or ""), *_extras(forwarded)]
        passed_on += [text for embed in forwarded.get("embeds") or [] if (text := _embed(embed))]
        text = clean("\n".join(filter(None, passed_on))).strip()
        if text:
            # Discord does not say whose words these are.
            yield Turn(f"{key}/forwarded", text, "unknown", "other", at, offset, precision, place=FORWARDED)


def _extras(message: dict[str, Any]) -> Iterator[str]:
    """What a message has beside its text."""
    files = [str(file.get("fileName")) for file in message.get("attachments") or [] if isinstance(file, dict)]
    if files:
        yield f"[attached: {', '.join(files)}]"
    poll = message.get("poll")
    if isinstance(poll, dict):
        question, *answers = [*words_of(poll.get("question")), *words_of(poll.get("answers"))] or [""]
        yield f"[poll: {question} {', '.join(answers)}]"
    for sticker in message.get("stickers") or []:
        if isinstance(sticker, dict):
            yield f"[sticker: {sticker.get('name')}]"
    known = {*_READ, *_TURNS_OF_THEIR_OWN}
    for key, value in message.items():
        if key not in known and isinstance(value, dict | list) and (text := text_of(value)):
            yield text


def _embed(embed: Any) -> str:
    if not isinstance(embed, dict):
        return ""
    fields = [
        ": ".join(str(field[key]) for key in ("name", "value") if field.get(key))
        for field in embed.get("fields") or []
        if isinstance(field, dict)
    ]
    named = [str((embed.get(key) or {}).get(name) or "") for key, name in (("author", "name"), ("footer", "text"))]
    return "\n".join(
        filter(None, [named[0], str(embed.get("title") or ""), str(embed.get("description") or ""), *fields, named[1]])
    )
