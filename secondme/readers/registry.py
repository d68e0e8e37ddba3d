"""The formats that are read, and the reader of each. Readers and their libraries are loaded when first needed.

To add a format:

1. Write `readers/NAME.py` with a class that follows the protocol `Reader` (in `reader.py`): its `read` yields
   ParsedDocuments. For a format that is not text itself, `Prose` collects the text and its blocks.
2. Add a line to `FORMATS` below: the name that a person sees, `module:Class`, and the file endings. `confined=True`
   unless the file is plain text: the format is then read in the limited process (`sandbox.py`).
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import PurePath

from secondme.readers.reader import Reader, Unreadable


class Unsupported(Unreadable):
    """There is no reader for files like this; that is not a failure."""


@dataclass(frozen=True)
class Format:
    """A format of files. `reader`: `package.module:Class`. `suffixes`: the file endings, in lower case.

    `confined`: files of the format may be bombs, or a foreign library parses them: only the limited process reads them.
    """

    name: str
    reader: str
    suffixes: frozenset[str]
    confined: bool

    def load(self) -> Reader:
        """A new reader of the format."""
        module, _, name = self.reader.partition(":")
        reader: Reader = getattr(importlib.import_module(module), name)()
        return reader


def _format(name: str, reader: str, suffixes: str, *, confined: bool) -> Format:
    return Format(name, f"secondme.readers.{reader}", frozenset(suffixes.split()), confined)


_CODE = """
    .py .pyi .js .mjs .cjs .ts .tsx .jsx .go .rs .c .h .cc .cpp .hpp .cxx .java .kt .kts .scala .rb .php .pl .pm
    .lua .sh .bash .zsh .fish .sql .r .jl .swift .m .mm .cs .fs .hs .ml .ex .exs .erl .clj .el .lisp .scm .vim .zig
    .nim .dart .v .sv .vhd .css .scss .less .proto .graphql .tf .cmake .mk .gradle .bat .ps1 .toml .yaml .yml .ini
    .cfg .conf .xml .svelte .vue
"""
PLAIN = _format("text", "plain:PlainReader", ".txt .text .log .rst .org .adoc .tex", confined=False)
WHATSAPP = _format("WhatsApp chat", "exports.whatsapp:WhatsAppReader", "", confined=False)
RTF = _format("rich text", "rtf:RtfReader", ".rtf", confined=True)
PDF = _format("PDF", "pdf:PdfReader", ".pdf", confined=True)
FORMATS: tuple[Format, ...] = (
    PLAIN,
    _format("Markdown", "markdown:MarkdownReader", ".md .markdown .mdown .mkd", confined=False),
    _format("source code", "code:CodeReader", _CODE, confined=False),
    _format("HTML", "html:HtmlReader", ".html .htm .xhtml", confined=True),
    _format("saved web page", "mhtml:MhtmlReader", ".mht .mhtml", confined=True),
    _format("subtitles", "subtitles:SubtitleReader", ".srt .vtt .sbv", confined=False),
    _format("canvas", "canvas:CanvasReader", ".canvas", confined=True),
    _format("Evernote notes", "evernote:EvernoteReader", ".enex", confined=True),
    PDF,
    RTF,
    _format("Word document", "word:DocxReader", ".docx .docm .dotx .dotm", confined=True),
    _format("OpenDocument text", "opendocument:OdtReader", ".odt .ott .odp .otp", confined=True),
    _format("presentation", "presentation:PptxReader", ".pptx .pptm .ppsx .ppsm .potx .potm", confined=True),
    _format("spreadsheet", "spreadsheet:SpreadsheetReader", ".xlsx .xlsm .xls .xlsb .ods", confined=True),
    _format("table", "delimited:DelimitedReader", ".csv .tsv .tab", confined=False),
    _format("book", "epub:EpubReader", ".epub", confined=True),
    _format("mail", "mail:EmlReader", ".eml", confined=True),
    _format("mailbox", "mail:MboxReader", ".mbox .mbx", confined=True),
    _format("calendar", "calendars:IcsReader", ".ics .ical", confined=True),
    _format("contacts", "contacts:VcfReader", ".vcf .vcard", confined=True),
    _format("JSON", "json_file:JsonReader", ".json", confined=True),
    _format("JSON Lines", "json_lines:JsonLinesReader", ".jsonl .ndjson", confined=True),
    _format("notebook", "notebook:NotebookReader", ".ipynb", confined=True),
)
UNSUPPORTED = frozenset(
    """
    .doc .ppt .mobi .azw3 .msg .pst .zip .gz .bz2 .xz .zst .7z .rar .tar .tgz .png .jpg .jpeg .gif .webp
    .svg .ico .bmp .tiff .tif .heic .psd .ai .mp3 .wav .flac .ogg .opus .m4a .mp4 .mov .mkv .avi .webm .exe .dll .so
    .dylib .o .a .lib .class .jar .pyc .whl .egg .db .sqlite .sqlite3 .gguf .safetensors .onnx .npy .npz .pt .pkl
    .bin .iso .dmg .deb .rpm .apk .ttf .otf .woff .woff2 .parquet .lock .map
    """.split()
)
"""Endings of files that no reader reads; their bytes are not looked at."""


def format_of(path: PurePath, head: bytes) -> Format:
    """The format of a file by its name and first bytes. A file with an unknown ending is taken for plain text.

    Raises Unsupported for an ending that no reader reads.
    """
    suffix = path.suffix.lower()
    if suffix == ".doc" and head.startswith(b"{\\rtf"):
        return RTF  # what many programs write when they are asked for a Word file
    if suffix == ".zip":
        raise Unsupported(".zip files cannot be read; if it is an export of chats, `secondme import FILE` takes it in")
    if suffix in UNSUPPORTED:
        raise Unsupported(f"{suffix} files cannot be read")
    if suffix in PLAIN.suffixes:
        from secondme.readers.exports.whatsapp_lines import looks_like_whatsapp

        return WHATSAPP if looks_like_whatsapp(head) else PLAIN
    found = next((known for known in FORMATS if suffix in known.suffixes), None)
    if found is None and head.startswith(b"%PDF-"):
        return PDF
    return found or PLAIN
