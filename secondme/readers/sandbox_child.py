"""The limited process that reads risky formats: `python -P -m secondme.readers.sandbox_child FD MEMORY`.

Requests come over the socket FD: a JSON line each, with an open file beside it. Replies go to stdout as JSON lines:
{"platform": name} · {"document": …} · {"unread": why, "failed": bool} · {"unreadable": why} · {"end": true}.
It may be killed at any moment.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import socket
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import IO, Any

from secondme.readers.codec import document_to_json
from secondme.readers.documents import ExportItem, ParsedDocument, Recognised, Unread
from secondme.readers.reader import SourceFile, Unreadable


def main() -> None:
    """Answer requests until the socket closes."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    _limit(resource.RLIMIT_AS, int(sys.argv[2]))
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)  # it writes to the pipe only
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    os.dup2(2, 1)  # what libraries print must not look like a reply
    while True:
        data, descriptors, _, _ = socket.recv_fds(channel, 65536, 1)
        while data and not data.endswith(b"\n"):
            more = channel.recv(65536)
            data = data + more if more else b""
        if not data:
            return
        request: dict[str, Any] = json.loads(data)
        _limit_cpu(int(request["cpu"]))
        try:
            for item in _items(request, descriptors):
                _send(out, _reply(item))
        except Unreadable as error:
            _send(out, {"unreadable": str(error)})
        except MemoryError:
            _send(out, {"unreadable": "it needs more memory than a reader may use"})
        except RecursionError:
            _send(out, {"unreadable": "it is nested too deeply"})
        except Exception as error:  # one failing reader must not cost the next file
            _send(out, {"unreadable": f"its reader failed ({type(error).__name__})"})
        else:
            _send(out, {"end": True})


def _reply(item: ExportItem) -> dict[str, Any]:
    if isinstance(item, ParsedDocument):
        return {"document": document_to_json(item)}
    return (
        {"platform": item.platform} if isinstance(item, Recognised) else {"unread": item.reason, "failed": item.failed}
    )


def _items(request: dict[str, Any], descriptors: list[int]) -> Iterator[ExportItem]:
    me = frozenset(request["me"])
    if "export" in request:
        from secondme.readers.exports.registry import reader_of_export
        from secondme.readers.exports.tree import export_tree

        with export_tree(Path(request["path"])) as tree:
            export = reader_of_export(tree, request["export"])
            yield Recognised(export.platform)
            yield from export.read(tree, me)
        return
    from secondme.readers.registry import format_of

    path = PurePath(request["path"])
    with os.fdopen(descriptors[0], "rb") as file:
        head = file.read(4096)
        file.seek(0)
        source = SourceFile(path, file, me)
        yield from format_of(path, head).load().read(source)
        yield from map(Unread, source.notes)


def _send(out: IO[str], reply: dict[str, Any]) -> None:
    out.write(json.dumps(reply, separators=(",", ":")) + "\n")
    out.flush()


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of the address space
        resource.setrlimit(what, (value, hard))


def _limit_cpu(seconds: int) -> None:
    """Seconds of CPU from now on; then the kernel ends this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime) + seconds)


if __name__ == "__main__":
    main()
