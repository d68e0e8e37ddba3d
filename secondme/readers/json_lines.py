"""JSON Lines: chats if the lines are messages, else records."""

from __future__ import annotations

import json
from collections.abc import Iterator

from secondme.readers.chat_signs import LOOKED_AT, looks_like_chat_json, without_speakers
from secondme.readers.chatlog import read_chat_log
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.exports.claude import ClaudeExport
from secondme.readers.exports.tree import ExportTree
from secondme.readers.json_file import flatten
from secondme.readers.prose import Prose
from secondme.readers.reader import SNIFFED, SourceFile, Unreadable


class JsonLinesReader:
    """Reads files with one JSON value on each line."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """Chats, or one document whose places are lines."""
        source.file.seek(0)
        head = source.file.read(SNIFFED)
        if b'"chat_messages"' in head:
            yield from ClaudeExport().read(ExportTree.of_file(source), source.me)
            return
        text = source.text()
        if not text.strip():
            raise Unreadable("it is empty")
        if '"chat_id"' in text[:SNIFFED] and '"message_id"' in text[:SNIFFED]:
            yield from read_chat_log(text, source.me)
            return
        prose = Prose()
        first: list[object] = []
        bad: list[int] = []
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                bad.append(number)
                continue
            if len(first) < LOOKED_AT:
                first.append(value)
            prose.new_section()
            prose.paragraph("\n".join(flatten(value, "", 0)), f"line {number}")
        if not prose.blocks:
            raise Unreadable("none of its lines is JSON")
        if bad:
            yield Unread(f"{len(bad)} lines are not JSON, the first is line {bad[0]}")
        document = ParsedDocument("application/jsonl", source.name, prose.text(), tuple(prose.blocks))
        yield from without_speakers(document, chat=looks_like_chat_json(first))
