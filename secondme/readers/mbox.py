"""Mailboxes cut into messages: mboxo, mboxrd, mboxcl and mboxcl2 (mbox(5) of qmail and mutt)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

_DATED = re.compile(
    rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
    rb".*\d\d?:\d\d|From \S+ .*\d{4}-\d\d-\d\d[T ]\d\d:\d\d"
)
"""An envelope with its date as asctime or ISO 8601 writes it."""
_HEADER = re.compile(rb"(?!>?From )>?[!-9;-~]{1,76}:")
_KNOWN = re.compile(
    rb"(?im)^(?:from|to|cc|date|subject|message-id|received|return-path|delivered-to|mime-version|content-type|reply-to"
    rb"|sender|status|x-[\w-]+|references|in-reply-to):"
)
"""Headers of which a message has two at least."""
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,12})[ \t]*\r?$")
_QUOTED = re.compile(rb">+From ")
_HEAD = 65_536
"""Bytes in which the headers of a message are looked for."""
_ENVELOPE = 4096
"""Bytes in which an envelope and the beginning of its first header stand."""


def messages(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """(envelope line, message) of each message. An envelope begins with `From `, and headers follow it.

    A sentence that begins with From belongs to the body. A quoted `>From ` loses one mark. A body whose length is
    given and true is taken as it stands.
    """
    file.seek(0)
    envelope = b""
    lines: list[bytes] = []
    after_empty = True
    while line := file.readline():
        if line.startswith(b"From ") and _is_envelope(line, file, after_empty):
            if envelope:
                yield envelope, b"".join(lines)
            envelope, lines = line, _counted(file)
        elif envelope:
            lines.append(line[1:] if _QUOTED.match(line) else line)
        after_empty = not line.strip()
    if envelope:
        yield envelope, b"".join(lines)


def _is_envelope(line: bytes, file: BinaryIO, after_empty: bool) -> bool:
    """Whether a message begins at this line; the file stands behind it and stays there."""
    head = _head(file)
    if not _HEADER.match(head):
        return False
    known = len(_KNOWN.findall(head))
    return known > 0 if after_empty and _DATED.match(line) else known > 1


def _head(file: BinaryIO) -> bytes:
    """The headers that begin where the file stands; it stays there.

    No header begins like an envelope: stopping there, all lines of a file are looked at twice at most.
    """
    at = file.tell()
    lines: list[bytes] = []
    size = 0
    while size < _HEAD and (line := file.readline(_HEAD)).strip() and not line.startswith(b"From "):
        lines.append(line)
        size += len(line)
    file.seek(at)
    return b"".join(lines)


def _counted(file: BinaryIO) -> list[bytes]:
    """Headers and body of a message that tells its length truly, else nothing; the file stands behind what was read."""
    at = file.tell()
    length = _LENGTH.search(_head(file))
    if length is None:
        return []
    headers: list[bytes] = []
    while (line := file.readline()) and line.strip():
        headers.append(line)
    body = file.read(int(length[1]))
    behind = file.tell()
    rest = file.read(_ENVELOPE).lstrip(b"\r\n")
    if len(body) == int(length[1]) and (not rest or _begins(rest)):
        file.seek(behind)
        kept = body.splitlines(keepends=True)
        if not any(line.startswith(b"From ") for line in kept):  # mboxcl: counted, and quoted besides
            kept = [line[1:] if _QUOTED.match(line) else line for line in kept]
        return [*headers, b"\n", *kept]
    file.seek(at)
    return []


def _begins(data: bytes) -> bool:
    """Whether these bytes begin with an envelope and headers."""
    line, _, rest = data.partition(b"\n")
    return line.startswith(b"From ") and bool(_HEADER.match(rest))
