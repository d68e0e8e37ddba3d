"""The platforms whose chat exports are read, and how an export is recognised.

To add a platform:

1. Write `exports/NAME.py` with a subclass of `ExportReader`: the platform's name, how its files are recognised, and
   `read`, which yields one ParsedDocument with turns for each chat. `ChatTurns` collects the turns.
2. Add the class to `EXPORTS` below, and the name to the choices of `--as` in `cli/commands/ingest.py`.
"""

from __future__ import annotations

from secondme.readers.exports.chatgpt import ChatGptExport
from secondme.readers.exports.claude import ClaudeExport
from secondme.readers.exports.discord import DiscordChatExport, DiscordPackage
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.slack import SlackExport
from secondme.readers.exports.telegram import TelegramExport
from secondme.readers.exports.tree import ExportTree
from secondme.readers.exports.whatsapp import WhatsAppExport
from secondme.readers.reader import SNIFFED, Unreadable

EXPORTS: tuple[type[ExportReader], ...] = (
    ClaudeExport,
    ChatGptExport,
    SlackExport,
    DiscordPackage,
    DiscordChatExport,
    TelegramExport,
    WhatsAppExport,
)
"""The first that fits reads an export; so does the first of a platform that a person named."""
_LOOKED_INTO = 50
"""So many files of an export are opened to recognise it."""


def reader_of_file(head: bytes, name: str) -> ExportReader | None:
    """The reader for an export file with these first bytes, or None for any other file."""
    plain_text = name.endswith(".txt")
    fitting = (export for export in EXPORTS if export.plain_text == plain_text and export.fits_head(head, name))
    export = next(fitting, None)
    return export() if export is not None else None


def reader_of_export(tree: ExportTree, platform: str = "") -> ExportReader:
    """The reader of an export: of the `platform` that a person named, or of the one that is recognised.

    Raises Unreadable when no platform is recognised.
    """
    if platform:
        return next(export for export in EXPORTS if export.platform == platform)()
    for export in EXPORTS:
        if export.fits_names(tree):
            return export()
    names = [name for name in tree.names if name.lower().endswith((".json", ".jsonl", ".txt"))]
    likely_first = sorted(names, key=lambda name: ("conversations" not in name and "result" not in name, name))
    for name in likely_first[:_LOOKED_INTO]:
        with tree.open(name) as file:
            head = file.read(SNIFFED)
        reader = reader_of_file(head, name.rsplit("/")[-1])
        if reader is not None:
            return reader
    raise Unreadable("it is no export that is known")
