"""Which reader reads a file, and how bytes become text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from secondme.chunking import CountTokens
from secondme.documents import Parsed
from secondme.text import clean

Read = Callable[[Path, str, str, CountTokens | None], Parsed]
"""(path, text, name of me, token counter) to what was read. Raises Unreadable with the reason."""

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
CHATS = frozenset({".jsonl", ".ndjson"})
CODE = frozenset(
    [
        ".py",
        ".pyi",
        ".js",
        ".mjs",
        ".cjs",
        ".ts",
        ".tsx",
        ".jsx",
        ".go",
        ".rs",
        ".c",
        ".h",
        ".cc",
        ".cpp",
        ".hpp",
        ".cxx",
        ".java",
        ".kt",
        ".kts",
        ".scala",
        ".rb",
        ".php",
        ".pl",
        ".pm",
        ".lua",
        ".sh",
        ".bash",
        ".zsh",
        ".fish",
        ".sql",
        ".r",
        ".jl",
        ".swift",
        ".m",
        ".mm",
        ".cs",
        ".fs",
        ".hs",
        ".ml",
        ".ex",
        ".exs",
        ".erl",
        ".clj",
        ".el",
        ".lisp",
        ".scm",
        ".vim",
        ".zig",
        ".nim",
        ".dart",
        ".v",
        ".sv",
        ".vhd",
        ".css",
        ".scss",
        ".less",
        ".proto",
        ".graphql",
        ".tf",
        ".cmake",
        ".mk",
        ".gradle",
        ".bat",
        ".ps1",
    ]
)
UNSUPPORTED = frozenset(
    [
        ".html",
        ".htm",
        ".pdf",
        ".doc",
        ".docx",
        ".odt",
        ".rtf",
        ".ppt",
        ".pptx",
        ".odp",
        ".xls",
        ".xlsx",
        ".ods",
        ".epub",
        ".mobi",
        ".eml",
        ".mbox",
        ".ics",
        ".ipynb",
        ".csv",
        ".tsv",
        ".json",
        ".xml",
        ".zip",
        ".gz",
        ".bz2",
        ".xz",
        ".zst",
        ".7z",
        ".rar",
        ".tar",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".svg",
        ".ico",
        ".bmp",
        ".tiff",
        ".heic",
        ".mp3",
        ".wav",
        ".flac",
        ".ogg",
        ".m4a",
        ".mp4",
        ".mov",
        ".mkv",
        ".avi",
        ".webm",
        ".exe",
        ".dll",
        ".so",
        ".dylib",
        ".o",
        ".a",
        ".class",
        ".jar",
        ".pyc",
        ".whl",
        ".db",
        ".sqlite",
        ".sqlite3",
        ".gguf",
        ".safetensors",
        ".bin",
        ".iso",
        ".dmg",
        ".deb",
        ".rpm",
        ".ttf",
        ".otf",
        ".woff",
        ".woff2",
    ]
)


class Unreadable(Exception):
    """This file cannot be read; the message says why, for the list of skipped files."""


def reader_for(path: Path) -> Read:
    """The reader for a file by its name. Raises Unreadable for kinds that nobody reads yet."""
    from secondme.readers.chatlog import read_chat_log
    from secondme.readers.code import read_code
    from secondme.readers.markdown import read_markdown
    from secondme.readers.plain import read_plain

    suffix = path.suffix.lower()
    if suffix in UNSUPPORTED:
        raise Unreadable(f"{suffix} files cannot be read yet")
    if suffix in MARKDOWN:
        return read_markdown
    if suffix in CHATS:
        return read_chat_log
    if suffix in CODE:
        return read_code
    return read_plain


def decode(data: bytes) -> str:
    """The text of a file, clean and with the offsets that citations use.

    Raises Unreadable for binary files and for text in no encoding that can be told for sure.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return clean(data.decode("utf-16"))
        except UnicodeDecodeError as error:
            raise Unreadable("its UTF-16 text is damaged") from error
    if b"\0" in data[:65536]:
        raise Unreadable("it is a binary file")
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is not valid UTF-8 (byte {error.start}); save it as UTF-8 to have it taken in") from error


def read_file(path: Path, data: bytes, me: str, count_tokens: CountTokens | None) -> Parsed:
    """Read a file's bytes. Raises Unreadable with the reason."""
    read = reader_for(path)
    return read(path, decode(data), me, count_tokens)
