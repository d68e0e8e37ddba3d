"""Which platform an export is from, by the names and the first bytes of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from secondme.readers.documents import ReadItem
from secondme.readers.exports.chatgpt import ChatGptExport
from secondme.readers.exports.claude import ClaudeExport
from secondme.readers.exports.discord import DiscordChatExport, DiscordPackage
from secondme.readers.exports.slack import SlackExport
from secondme.readers.exports.telegram import TelegramExport
from secondme.readers.exports.tree import ExportTree
from secondme.readers.exports.whatsapp import WhatsAppExport
from secondme.readers.reader import SNIFFED, Unreadable


class Platform(Protocol):
    """Reads the export of one platform."""

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One document for each chat, and what could not be read. `me`: names that are mine, case folded."""
        ...


PLATFORMS: dict[str, tuple[Callable[[], Platform], ...]] = {
    "chatgpt": (ChatGptExport,),
    "claude": (ClaudeExport,),
    "telegram": (TelegramExport,),
    "whatsapp": (WhatsAppExport,),
    "slack": (SlackExport,),
    "discord": (DiscordChatExport, DiscordPackage),
}
"""Names for `import --as`."""


def platform_of_json(head: bytes, name: str) -> Platform | None:
    """The platform of a JSON file by its first bytes, or None for any other JSON."""
    if b'"chat_messages"' in head and b'"uuid"' in head:
        return ClaudeExport()
    if b'"mapping"' in head and (b'"conversation_id"' in head or b'"current_node"' in head or b'"parent"' in head):
        return ChatGptExport()
    if b'"guild"' in head and b'"channel"' in head and b'"messages"' in head:
        return DiscordChatExport()
    if b'"messages"' in head and (b'"date_unixtime"' in head or b'"from_id"' in head or b'"text_entities"' in head):
        return TelegramExport()
    if b'"personal_information"' in head and b'"chats"' in head and name == "result.json":
        return TelegramExport()
    return None


def platform_of(tree: ExportTree, named: str = "") -> tuple[str, Platform]:
    """(name, platform) of an export. Raises Unreadable when it is none that is known.

    `named`: what a person said it is.
    """
    if named:
        makers = PLATFORMS[named]
        if named == "discord" and not any(
            name.endswith("messages.json") or name.endswith(".csv") for name in tree.names
        ):
            return named, makers[0]()
        return named, makers[-1]()
    if tree.find("users.json") and (tree.find("channels.json") or tree.find("dms.json") or tree.find("groups.json")):
        return "slack", SlackExport()
    lowered = [name.lower() for name in tree.names]
    if any("messages/index.json" in name or "messages/c" in name for name in lowered) and any(
        name.endswith(("/messages.json", "/messages.csv")) for name in lowered
    ):
        return "discord", DiscordPackage()
    names = [name for name in tree.names if name.lower().endswith((".json", ".jsonl", ".txt"))]
    for name in sorted(names, key=lambda name: ("conversations" not in name and "result" not in name, name))[:50]:
        with tree.open(name) as file:
            head = file.read(SNIFFED)
        found = WhatsAppExport.if_like(head) if name.endswith(".txt") else platform_of_json(head, name.rsplit("/")[-1])
        if found is not None:
            return next(key for key, made in PLATFORMS.items() if type(found) in made), found
    raise Unreadable("it is no export that is known")
