"""Slack's export: lists of people and channels, and one file for each day of each channel."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from secondme.readers.dates import epoch
from secondme.readers.documents import ParsedDocument, ReadItem, Turn, Unread
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.tree import ExportTree
from secondme.readers.reader import Unreadable
from secondme.text.clean import clean

_DAY = re.compile(r"(?P<channel>[^/]+)/\d{4}-\d\d-\d\d\.json\Z")
_MENTION = re.compile(r"<([@#!])([^>|]+)(?:\|([^>]*))?>")
_LINK = re.compile(r"<(https?://[^>|]+|mailto:[^>|]+)(?:\|([^>]*))?>")
_SILENT = frozenset(
    """
    channel_join channel_leave channel_topic channel_purpose channel_name channel_archive channel_unarchive
    group_join group_leave bot_add bot_remove pinned_item tombstone
    """.split()
)


class SlackExport(ExportReader):
    """Reads a workspace; a message is known by its channel and `ts`."""

    platform = "slack"

    @classmethod
    def fits_names(cls, tree: ExportTree) -> bool:
        """A list of people beside a list of channels or direct chats."""
        lists = ("channels.json", "dms.json", "groups.json")
        return bool(tree.find("users.json")) and any(tree.find(name) for name in lists)

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each channel, group and direct chat."""
        people = {str(item["id"]): item for item in _listed(tree, "users.json") if "id" in item}
        names = {user_id: _name(item) for user_id, item in people.items()}
        mine = {user_id for user_id, item in people.items() if me & _names(item)}
        channels: dict[str, dict[str, Any]] = {}
        for list_name in ("channels.json", "groups.json", "dms.json", "mpims.json"):
            for item in _listed(tree, list_name):
                channels[str(item.get("name") or item.get("id"))] = item
        days: dict[str, list[str]] = defaultdict(list)
        for name in tree.names:
            match = _DAY.search(name)
            if match:
                days[match["channel"]].append(name)
        if not days:
            raise Unreadable("it holds no days of any channel")
        for channel, files in sorted(days.items()):
            about = channels.get(channel, {})
            turns: list[Turn] = []
            for name in sorted(files):
                try:
                    messages = _loaded(tree, name)
                    turns += [turn for item in messages if (turn := _turn(item, names, mine))]
                except (Unreadable, TypeError, ValueError, AttributeError) as error:
                    yield Unread(f"{name} is damaged ({error})")
            if turns:
                key = str(about.get("id") or channel)
                title = _title(channel, about, names)
                yield ParsedDocument("application/x-chat", title, turns=tuple(turns), chat_key=f"slack:{key}")


def _loaded(tree: ExportTree, name: str) -> list[dict[str, Any]]:
    with tree.open(name) as file:
        try:
            data: Any = json.load(file)
        except (ValueError, RecursionError) as error:
            raise Unreadable("no JSON") from error
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _listed(tree: ExportTree, name: str) -> list[dict[str, Any]]:
    found = tree.find(name)
    return _loaded(tree, found[0]) if found else []


def _name(user: dict[str, Any]) -> str:
    profile = user.get("profile") or {}
    named = profile.get("display_name") or user.get("real_name") or profile.get("real_name") or user.get("name")
    return clean(str(named or user["id"]), keep_newlines=False)


def _names(user: dict[str, Any]) -> set[str]:
    profile = user.get("profile") or {}
    every = (user.get("name"), user.get("real_name"), *(profile.get(k) for k in ("display_name", "real_name", "email")))
    return {str(item).casefold() for item in every if item}


def _title(channel: str, about: dict[str, Any], names: dict[str, str]) -> str:
    members = about.get("members")
    if "name" in about and not str(about["name"]).startswith("mpdm-"):
        return clean(f"#{about['name']}", keep_newlines=False)
    if isinstance(members, list) and members:
        return " & ".join(names.get(str(item), str(item)) for item in members[:4])
    return clean(f"#{channel}", keep_newlines=False)


def _turn(message: dict[str, Any], names: dict[str, str], mine: set[str]) -> Turn | None:
    if message.get("type", "message") != "message" or message.get("subtype") in _SILENT or "ts" not in message:
        return None
    user = str(message.get("user") or message.get("bot_id") or "")
    profile = message.get("user_profile") or {}
    speaker = names.get(user) or profile.get("real_name") or message.get("username") or user or "unknown"
    texts = [str(message.get("text") or "")]
    for attached in message.get("attachments") or []:
        if isinstance(attached, dict):
            texts += [str(attached[key]) for key in ("title", "text") if attached.get(key)]
    files = [
        str(item.get("name") or item.get("title") or "file")
        for item in message.get("files") or []
        if isinstance(item, dict)
    ]
    if files:
        texts.append(f"[attached: {', '.join(files)}]")
    text = clean(render_markup("\n".join(filter(None, texts)), names)).strip()
    if not text:
        return None
    at, offset, precision = epoch(float(message["ts"]))
    return Turn(
        str(message["ts"]),
        text,
        clean(str(speaker), keep_newlines=False),
        "me" if user in mine else "other",
        at,
        offset,
        precision,
    )


def render_markup(text: str, names: dict[str, str]) -> str:
    """Slack's markup as a person reads it: names for ids, links with their words, plain signs."""

    def mention(match: re.Match[str]) -> str:
        sign, target, label = match.groups()
        if sign == "!":
            return f"@{label or target.split('^')[0]}"
        return f"{sign}{label or names.get(target, target)}"

    text = _MENTION.sub(mention, text)
    text = _LINK.sub(lambda match: f"{match[2]} ({match[1]})" if match[2] and match[2] != match[1] else match[1], text)
    return html.unescape(text)
