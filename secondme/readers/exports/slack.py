"""Slack's export: lists of people and channels, and one file for each day of each channel."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from secondme.readers.dates import epoch
from secondme.readers.documents import ATTACHED, FORWARDED, ReadItem, Turn, Unread
from secondme.readers.exports.chat_turns import ChatTurns
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.tree import ExportTree
from secondme.readers.exports.values import add_new, words_of
from secondme.readers.reader import Unreadable
from secondme.text.clean import clean

_DAY = re.compile(r"(?P<channel>[^/]+)/\d{4}-\d\d-\d\d\.json\Z")
_MENTION = re.compile(r"<([@#!])([^>|]+)(?:\|([^>]*))?>")
_LINK = re.compile(r"<(https?://[^>|]+|mailto:[^>|]+)(?:\|([^>]*))?>")
_SILENT = frozenset(
    """
    channel_join channel_leave channel_archive channel_unarchive
    group_join group_leave bot_add bot_remove pinned_item tombstone
    """.split()
)


_KNOWN = frozenset(
    """
    users.json org_users.json channels.json groups.json dms.json mpims.json integration_logs.json
    """.split()
)
"""Lists beside the days."""


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
            turns = ChatTurns()
            for name in sorted(files):
                try:
                    turns.add(_loaded(tree, name), lambda message: _turns(message, names, mine))
                except Unreadable as error:
                    yield Unread(f"{name} is damaged ({error})")
            title = _title(channel, about, names)
            yield from turns.document(title, f"slack:{about.get('id') or channel}", title)
        done = [name for files in days.values() for name in files]
        yield from tree.left_out(done, _KNOWN)


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


def _turns(message: dict[str, Any], names: dict[str, str], mine: set[str]) -> Iterator[Turn]:
    """A message, and what it passes on of others: shared messages, previews of links."""
    if message.get("type", "message") != "message" or message.get("subtype") in _SILENT or "ts" not in message:
        return
    bot = bool(message.get("bot_id") or message.get("subtype") == "bot_message")
    user = str(message.get("user") or message.get("bot_id") or "")
    about = message.get("bot_profile") if bot else message.get("user_profile")
    profile: dict[str, Any] = about if isinstance(about, dict) else {}
    named = (message.get("username") or profile.get("name")) if bot else ""
    speaker = named or names.get(user) or profile.get("real_name") or message.get("username") or user or "unknown"
    attachments = [item for item in message.get("attachments") or [] if isinstance(item, dict)]
    texts = [str(message.get("text") or ""), *block_texts(message.get("blocks"))]
    if bot:
        texts += [text for item in attachments for text in _attached(item)]
    files = [item for item in message.get("files") or [] if isinstance(item, dict)]
    texts += [text for item in files for text in _of_file(item)]
    body = add_new(render_markup(text, names) for text in texts)
    if files:
        names_of_files = ", ".join(str(item.get("name") or item.get("title") or "file") for item in files)
        body = f"{body}\n[attached: {names_of_files}]"
    body = clean(body).strip()
    at, offset, precision = epoch(float(message["ts"]))
    key = str(message["ts"])
    # A program that writes in a person's name is not that person.
    role = "me" if user in mine and not bot else "other"
    if body:
        yield Turn(key, body, clean(str(speaker), keep_newlines=False), role, at, offset, precision)
    for number, item in enumerate(attachments if not bot else []):
        shared = clean(add_new(render_markup(text, names) for text in _attached(item))).strip()
        writer = str(item.get("author_name") or names.get(str(item.get("author_id"))) or item.get("service_name") or "")
        place = FORWARDED if item.get("is_share") or item.get("is_msg_unfurl") else ATTACHED
        if shared:
            who = clean(writer or "unknown", keep_newlines=False)
            yield Turn(f"{key}/{number}", shared, who, "other", at, offset, precision, place=place)


def block_texts(blocks: Any) -> Iterator[str]:
    """The texts of Slack's blocks, one for each block: rich text, headers, sections with their fields, pictures."""
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, dict):
            yield "\n".join(line for line in _lines(block) if line.strip())


def _lines(part: dict[str, Any]) -> Iterator[str]:
    """The lines of a block or of an element of one."""
    kind = str(part.get("type") or "")
    if kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        yield "".join(_inline(item) for item in part.get("elements") or [] if isinstance(item, dict))
        return
    for key in ("title", "text", "alt_text", "label", "fallback", "value"):
        value = part.get(key)
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _lines(value)
    for key in ("fields", "elements", "accessory", "rows", "options", "element"):
        inner = part.get(key)
        for item in inner if isinstance(inner, list) else [inner]:
            for one in item if isinstance(item, list) else [item]:
                if isinstance(one, dict):
                    yield from _lines(one)


def _inline(item: dict[str, Any]) -> str:
    """A piece of rich text in the markup that `render_markup` reads."""
    kind = item.get("type")
    if kind == "user":
        return f"<@{item.get('user_id')}>"
    if kind == "channel":
        return f"<#{item.get('channel_id')}>"
    if kind == "broadcast":
        return f"<!{item.get('range')}>"
    if kind == "link":
        text = item.get("text")
        return f"<{item.get('url')}|{text}>" if text else f"<{item.get('url')}>"
    if kind == "emoji":
        return f":{item.get('name')}:"
    return str(item.get("text") or item.get("fallback") or "")


def _attached(item: dict[str, Any]) -> Iterator[str]:
    """The texts of an attachment: those of an integration, of a link's preview or of a shared message."""
    for key in ("pretext", "author_name", "title", "text"):
        if item.get(key):
            yield str(item[key])
    for entry in item.get("fields") or []:
        if isinstance(entry, dict):
            yield ": ".join(str(entry[key]) for key in ("title", "value") if entry.get(key))
    yield from block_texts(item.get("blocks"))
    for shared in item.get("message_blocks") or []:
        if isinstance(shared, dict) and isinstance(shared.get("message"), dict):
            yield from block_texts(shared["message"].get("blocks"))
    for key in ("footer", "fallback"):
        if item.get(key):
            yield str(item[key])


def _of_file(item: dict[str, Any]) -> Iterator[str]:
    """What a file says in the chat: its title, the words it was sent with, the text of a snippet."""
    comment = item.get("initial_comment")
    if isinstance(comment, dict) and comment.get("comment"):
        yield str(comment["comment"])
    for key in ("title", "plain_text", "preview_plain_text", "preview", "transcription"):
        value = item.get(key)
        if isinstance(value, str) and value != item.get("name"):
            yield value
        elif isinstance(value, dict):
            yield from words_of(value)


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
