"""Which reader reads a file. Readers and their libraries are loaded when first needed."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import PurePath

from secondme.readers.reader import Reader, Unreadable


class Unsupported(Unreadable):
    """Nobody reads files like this; that is no failure."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: where its reader is, and by which endings it is known.

    `confined`: its formats can be bombs, or its library is not ours, so it is read in the limited process only.
    """

    name: str
    reader: str
    suffixes: frozenset[str]
    confined: bool

    def load(self) -> Reader:
        """Its reader."""
        module, _, name = self.reader.partition(":")
        made: Reader = getattr(importlib.import_module(f"secondme.readers.{module}"), name)()
        return made


def _kind(name: str, reader: str, suffixes: str, *, confined: bool) -> Kind:
    return Kind(name, reader, frozenset(suffixes.split()), confined)


_CODE = """
    .py .pyi .js .mjs .cjs .ts .tsx .jsx .go .rs .c .h .cc .cpp .hpp .cxx .java .kt .kts .scala .rb .php .pl .pm
    .lua .sh .bash .zsh .fish .sql .r .jl .swift .m .mm .cs .fs .hs .ml .ex .exs .erl .clj .el .lisp .scm .vim .zig
    .nim .dart .v .sv .vhd .css .scss .less .proto .graphql .tf .cmake .mk .gradle .bat .ps1 .toml .yaml .yml .ini
    .cfg .conf .xml .svelte .vue
"""
PLAIN = _kind("text", "plain:PlainReader", ".txt .text .log .rst .org .adoc .tex", confined=False)
WHATSAPP = _kind("WhatsApp chat", "exports.whatsapp:WhatsAppReader", "", confined=False)
KINDS = (
    PLAIN,
    _kind("Markdown", "markdown:MarkdownReader", ".md .markdown .mdown .mkd", confined=False),
    _kind("source code", "code:CodeReader", _CODE, confined=False),
    _kind("HTML", "html:HtmlReader", ".html .htm .xhtml", confined=True),
    _kind("PDF", "pdf:PdfReader", ".pdf", confined=True),
    _kind("Word document", "office:DocxReader", ".docx", confined=True),
    _kind("OpenDocument text", "opendocument:OdtReader", ".odt", confined=True),
    _kind("presentation", "office:PptxReader", ".pptx", confined=True),
    _kind("spreadsheet", "spreadsheet:SpreadsheetReader", ".xlsx .xlsm .xls .xlsb .ods", confined=True),
    _kind("table", "delimited:DelimitedReader", ".csv .tsv .tab", confined=False),
    _kind("book", "epub:EpubReader", ".epub", confined=True),
    _kind("mail", "mail:EmlReader", ".eml", confined=True),
    _kind("mailbox", "mail:MboxReader", ".mbox .mbx", confined=True),
    _kind("calendar", "calendars:IcsReader", ".ics .ical", confined=True),
    _kind("contacts", "calendars:VcfReader", ".vcf .vcard", confined=True),
    _kind("JSON", "json_file:JsonReader", ".json", confined=True),
    _kind("JSON Lines", "json_lines:JsonLinesReader", ".jsonl .ndjson", confined=True),
    _kind("notebook", "notebook:NotebookReader", ".ipynb", confined=True),
)
UNSUPPORTED = frozenset(
    """
    .doc .rtf .ppt .odp .mobi .azw3 .msg .pst .zip .gz .bz2 .xz .zst .7z .rar .tar .tgz .png .jpg .jpeg .gif .webp
    .svg .ico .bmp .tiff .tif .heic .psd .ai .mp3 .wav .flac .ogg .opus .m4a .mp4 .mov .mkv .avi .webm .exe .dll .so
    .dylib .o .a .lib .class .jar .pyc .whl .egg .db .sqlite .sqlite3 .gguf .safetensors .onnx .npy .npz .pt .pkl
    .bin .iso .dmg .deb .rpm .apk .ttf .otf .woff .woff2 .parquet .lock .map
    """.split()
)
"""Endings of files that nobody reads; what they hold is not looked at."""


def kind_of(path: PurePath, head: bytes) -> Kind:
    """The kind of a file by its name and first bytes. Raises Unsupported for what nobody reads.

    A name without a known ending is plain text if its bytes are.
    """
    suffix = path.suffix.lower()
    if suffix in UNSUPPORTED:
        raise Unsupported(f"{suffix} files cannot be read")
    if suffix in PLAIN.suffixes:
        from secondme.readers.exports.whatsapp import looks_like_whatsapp

        return WHATSAPP if looks_like_whatsapp(head) else PLAIN
    found = next((kind for kind in KINDS if suffix in kind.suffixes), None)
    if found is None and head.startswith(b"%PDF-"):
        return next(kind for kind in KINDS if ".pdf" in kind.suffixes)
    return found or PLAIN
