"""Discord: the official package, which holds only one's own messages, and DiscordChatExporter's JSON."""

from __future__ import annotations

import csv
import io
import json
import posixpath
from collections.abc import Iterator
from typing import Any

from secondme.clock import parse_instant
from secondme.readers.documents import ParsedDocument, ReadItem, Turn, Unread
from secondme.readers.exports.stream import items
from secondme.readers.exports.tree import ExportTree
from secondme.readers.reader import Unreadable, decode
from secondme.text.clean import clean


class DiscordPackage:
    """Reads `messages/c<id>/messages.json`, in older packages `messages.csv`. All of it is mine."""

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each channel."""
        index = _json(tree, next(iter(tree.find("messages/index.json") or tree.find("Messages/index.json")), ""))
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
            title = " in ".join(str(one) for one in parts if one) or str(index.get(channel_id) or channel_id)
            turns: list[Turn] = []
            bad = 0
            try:
                for message in _messages(tree, name):
                    try:
                        turn = _own(message, speaker)
                    except (KeyError, TypeError, ValueError, AttributeError):
                        bad += 1
                        continue
                    if turn is not None:
                        turns.append(turn)
            except Unreadable as error:
                yield Unread(f"{name} is damaged ({error})")
            if bad:
                yield Unread(f"{bad} messages of {name} are damaged")
            if turns:
                yield ParsedDocument(
                    "application/x-chat",
                    clean(title, keep_newlines=False),
                    turns=tuple(turns),
                    chat_key=f"discord:{channel_id}",
                )


class DiscordChatExport:
    """Reads the JSON of DiscordChatExporter: everybody's messages of a channel."""

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each file."""
        for name in [name for name in tree.names if name.lower().endswith(".json")] or list(tree.names)[:1]:
            with tree.open(name) as file:
                channel: Any = next(items(file, "channel"), None)
            with tree.open(name) as file:
                guild: Any = next(items(file, "guild"), None)
            if not isinstance(channel, dict):
                yield Unread(f"{name} names no channel")
                continue
            turns: list[Turn] = []
            bad = 0
            with tree.open(name) as file:
                for message in items(file, "messages.item"):
                    try:
                        turn = _message(message, me)
                    except (KeyError, TypeError, ValueError, AttributeError):
                        bad += 1
                        continue
                    if turn is not None:
                        turns.append(turn)
            if bad:
                yield Unread(f"{bad} messages of {name} are damaged")
            parts = (channel.get("name"), guild.get("name") if isinstance(guild, dict) else None)
            title = clean(" in ".join(str(one) for one in parts if one), keep_newlines=False)
            if turns:
                yield ParsedDocument(
                    "application/x-chat", title, turns=tuple(turns), chat_key=f"discord:{channel.get('id')}"
                )


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
    """The package's newer files write UTC without saying so."""
    return stamp if len(stamp) < 11 or stamp.endswith("Z") or "+" in stamp[10:] else f"{stamp}+00:00"


def _message(message: dict[str, Any], me: frozenset[str]) -> Turn | None:
    author = message.get("author") or {}
    names = {str(author[key]).casefold() for key in ("name", "nickname", "id") if author.get(key)}
    text = str(message.get("content") or "")
    files = [str(one.get("fileName")) for one in message.get("attachments") or [] if isinstance(one, dict)]
    if files:
        text = f"{text}\n[attached: {', '.join(files)}]"
    for embed in message.get("embeds") or []:
        if isinstance(embed, dict):
            text = "\n".join(filter(None, (text, embed.get("title"), embed.get("description"))))
    text = clean(text).strip()
    if not text or message.get("type") in (
        "GuildMemberJoin",
        "ChannelPinnedMessage",
        "RecipientAdd",
        "RecipientRemove",
    ):
        return None
    at, offset, precision = parse_instant(str(message["timestamp"]))
    speaker = clean(str(author.get("nickname") or author.get("name") or "unknown"), keep_newlines=False)
    return Turn(str(message["id"]), text, speaker, "me" if names & me else "other", at, offset, precision)
