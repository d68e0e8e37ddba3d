"""RTF: the control words that carry text, after "Rich Text Format Specification", version 1.9.1 (Microsoft 2008)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from secondme.readers.documents import ReadItem, Unread
from secondme.readers.metadata import Metadata
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable
from secondme.text.clean import clean, composed

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"  # a control word with its number
    r"|\\'([0-9a-fA-F]{2})"  # a byte
    r"|\\([^a-zA-Z])"  # a control symbol
    r"|([{}])"
    r"|[\r\n]+"  # means nothing
    r"|([^\\{}\r\n]+)"
)
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SIGNS = {"~": "\u00a0", "_": "-", "-": ""}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
_SYMBOLS = 2
"""The character set of fonts whose letters are signs."""
_FLOWS = {
    "footnote": "footnote", "annotation": "comment", "shptxt": "text box", "dptxbxtext": "text box",
    "header": "header", "headerl": "header",
    "headerr": "header", "headerf": "header", "footer": "footer", "footerl": "footer", "footerr": "footer",
    "footerf": "footer",
}  # fmt: skip
"""Destinations whose text stands apart from the body."""
_SKIPPED = frozenset(
    """
    colortbl stylesheet info fldinst filetbl listtable listoverridetable revtbl rsidtbl objdata objclass objname pict
    nonshppict xe tc tcn rxe pnseclvl nonesttables nesttableprops sp mmath private template sv sn
    """.split()
)
_STARRED = frozenset("shpinst shptxt annotation atnauthor shppict footnote do dptxbxtext".split())
"""Destinations that older programs may pass over, and that carry text (or a picture to be counted)."""
_INFO = frozenset(("title", "author"))


class RtfReader:
    """Reads rich text: paragraphs, headings, tables, notes, comments, text boxes, headers and footers."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document."""
        data = source.data()
        if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
            raise Unreadable("it is no RTF file, whatever its name says")
        parser = _Parser(data.decode("latin-1"))
        main = parser.parse()
        title, author = (parser.info.get(key, "").strip()[:200] for key in ("title", "author"))
        metadata = Metadata(title, author, "", "", "")
        prose = Prose(metadata.title)
        for level, text, is_row in main.blocks:
            if level:
                prose.heading(level, text)
            else:
                prose.paragraph(text, gap="\n" if is_row else "\n\n")
        for kind, text in dict.fromkeys(parser.margins):
            if any(character.isalpha() for character in text):
                prose.new_section(keep_headings=False)
                prose.paragraph(text, kind)
        yield from parser.left_out(len(prose.text()))
        yield metadata.document("application/rtf", source, prose)


@dataclass
class _Flow:
    """A text that grows by itself. `blocks`: (level of heading or 0, text, whether it is a table's row)."""

    kind: str = ""
    words: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    blocks: list[tuple[int, str, bool]] = field(default_factory=list)

    def end(self, level: int = 0) -> None:
        """End the paragraph; what is anchored in it follows."""
        text = "".join(self.words).strip()
        self.words = []
        if text:
            self.blocks.append((level, text, False))
        self.blocks += [(0, box, False) for box in self.beside]
        self.beside = []

    def end_cell(self) -> None:
        """End a cell of the row."""
        self.cells.append(" ".join("".join(self.words).split()))
        self.words = []

    def end_row(self) -> None:
        """End the row."""
        if any(self.cells):
            self.blocks.append((0, " | ".join(self.cells), True))
        self.cells = []
        self.blocks += [(0, box, False) for box in self.beside]
        self.beside = []

    def text(self, gap: str) -> str:
        """All of it in one string."""
        self.end()
        if self.cells:
            self.end_row()
        return gap.join(text for _, text, _ in self.blocks)


@dataclass
class _State:
    """What holds until a group ends. `target`: text, skip, font, or a key of the information."""

    flow: _Flow
    target: str = "text"
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    level: int = 0
    font: int = -1
    fallback: int = 1
    """Characters that stand after \\u for programs that know no Unicode."""


class _Parser:
    """Goes through the control words of a file. `margins`: (kind, text) of headers and footers."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._main = _Flow()
        self._state = _State(self._main)
        self._stack: list[_State] = []
        self._bytes: list[str] = []
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._default_font = -1
        self._skip = 0
        self._starred = False
        self._comment_by = ""
        self._pictures = self._objects = 0
        self._hid = self._cut = False
        self.info: dict[str, str] = {}
        self.margins: list[tuple[str, str]] = []

    def parse(self) -> _Flow:
        """The body."""
        position = 0
        while match := _TOKEN.match(self._text, position):
            position = match.end()
            word, number, code, sign, brace, plain = match.groups()
            if word is not None:
                value = int(number) if number else None
                if word == "bin":
                    position += min(max(value or 0, 0), len(self._text))
                else:
                    self._word(word, value)
            elif code is not None:
                self._byte(chr(int(code, 16)))
            elif brace is not None:
                self._flush()
                if brace == "{":
                    self._open()
                    continue
                self._close()
                if not self._stack:
                    break
            elif sign is not None:
                self._sign(sign)
            elif plain is not None:
                self._plain(plain)
        self._flush()
        self._cut = bool(self._stack)
        while self._stack:
            self._close()
        self._main.text("")
        return self._main

    def left_out(self, length: int) -> Iterator[Unread]:
        """What of the file was not read."""
        if self._cut:
            yield Unread("it is cut short: its last group is not closed")
        if self._hid:
            yield Unread("text in it that is formatted as hidden was left out")
        if self._objects:
            yield Unread(f"{self._objects} embedded objects in it were not read")
        if self._pictures and length < 20 * self._pictures:
            yield Unread(f"it is made of pictures ({self._pictures}) and hardly any text: what they show was not read")

    def _open(self) -> None:
        self._stack.append(self._state)
        self._state = replace(self._state)
        self._starred = False
        self._skip = 0

    def _close(self) -> None:
        if not self._stack:
            return
        state, self._state = self._state, self._stack.pop()
        self._skip = 0
        flow, parent = state.flow, self._state.flow
        if flow is parent:
            return
        if flow.kind in ("header", "footer"):
            self.margins.append((flow.kind, flow.text("\n")))
            return
        said = flow.text("\n" if flow.kind == "text box" else " ")
        if flow.kind == "comment" and said:
            said = f"Comment{f' by {self._comment_by}' if self._comment_by else ''}: {said}"
            self._comment_by = ""
        if said:
            parent.beside.append(said)

    def _word(self, word: str, value: int | None) -> None:
        state = self._state
        if word == "u" and value is not None:
            self._flush()
            self._emit(chr(value & 0xFFFF))
            self._skip = state.fallback
            return
        if self._skip and word in _CHARACTERS:
            self._skip -= 1
            return
        self._flush()
        starred, self._starred = self._starred, False
        if word in _FLOWS and state.target == "text":
            self._begin(word)
        elif word in _SKIPPED or (starred and word not in _STARRED):
            self._leave_out(word)
        elif word in _CHARACTERS:
            self._emit(_CHARACTERS[word])
        elif word == "fonttbl":
            state.target = "font"
        elif (word in _INFO and len(self._stack) == 3 and state.target == "info") or word == "atnauthor":
            state.target = word
        elif state.target == "font":
            self._font(word, value)
        elif state.target == "text":
            self._layout(word, value)
        self._formatting(word, value)

    def _begin(self, word: str) -> None:
        """Begin a text that stands apart."""
        kind = _FLOWS[word]
        self._state.flow = _Flow(kind)
        self._state.in_table = self._state.hidden = False

    def _leave_out(self, word: str) -> None:
        self._pictures += word == "pict" and self._state.target != "skip"
        self._objects += word == "objdata"
        self._state.target = "info" if word == "info" else "skip"

    def _font(self, word: str, value: int | None) -> None:
        if word == "f" and value is not None:
            self._state.font = value
        elif word == "fcharset" and value is not None:
            self._fonts[self._state.font] = "symbol" if value == _SYMBOLS else _CHARSETS.get(value, "")
        elif word == "cpg" and value:
            self._fonts[self._state.font] = f"cp{value}"

    def _layout(self, word: str, value: int | None) -> None:
        """What ends paragraphs, cells and rows."""
        state, flow = self._state, self._state.flow
        if word in ("par", "sect", "page", "column"):
            if state.in_table:
                self._emit("\n")
            else:
                flow.end(state.level)
        elif word == "cell":
            flow.end_cell()
        elif word == "row":
            flow.end_row()
        elif word in ("nestcell", "nestrow"):
            self._emit(" ")
        elif word == "pard":
            state.in_table, state.level = False, 0
        elif word == "intbl":
            state.in_table = True
        elif word == "outlinelevel" and value is not None and 0 <= value < 9:
            state.level = min(value + 1, 6)
        elif word == "chftn":
            self._emit("*" if flow.kind == "footnote" else " *")

    def _formatting(self, word: str, value: int | None) -> None:
        """What holds for the text that follows, or for the whole file."""
        state = self._state
        if word == "plain":
            state.hidden = state.deleted = False
            state.font = self._default_font
        elif word == "v":
            state.hidden = value != 0
        elif word == "deleted":
            state.deleted = value != 0
        elif word == "uc" and value is not None:
            state.fallback = max(0, value)
        elif word == "f" and value is not None:
            state.font = value
        elif word == "deff" and value is not None:
            self._default_font = state.font = value
        elif word == "ansicpg" and value:
            self._code_page = "utf-8" if value == 65001 else f"cp{value}"
        elif word in _CODE_PAGES:
            self._code_page = _CODE_PAGES[word]

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif self._skip or sign in "{}\\":
            self._byte(sign)  # may be the second byte of a letter
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in _SIGNS:
            self._flush()
            self._emit(_SIGNS[sign])

    def _byte(self, character: str) -> None:
        if self._skip:
            self._skip -= 1
        elif self._state.target != "skip":
            self._bytes.append(character)

    def _plain(self, text: str) -> None:
        if self._skip:
            text, self._skip = text[self._skip :], max(0, self._skip - len(text))
        if text and self._state.target != "skip":
            self._bytes.append(text)

    def _flush(self) -> None:
        """Decode the bytes that were gathered: letters of two bytes may be written in two ways."""
        if not self._bytes:
            return
        data, self._bytes = "".join(self._bytes).encode("latin-1"), []
        encoding = self._fonts.get(self._state.font) or self._code_page
        if encoding == "symbol":
            self._emit("".join("•" if byte > 0x7F else chr(byte) for byte in data))
            return
        try:
            self._emit(data.decode(encoding, "replace"))
        except LookupError:
            self._emit(data.decode("cp1252", "replace"))

    def _emit(self, text: str) -> None:
        state = self._state
        if state.target in _INFO:
            self.info[state.target] = clean(composed(self.info.get(state.target, "") + text), keep_newlines=False)
        elif state.target == "atnauthor":
            self._comment_by += clean(text, keep_newlines=False)
        elif state.target != "text" or state.deleted:
            return
        elif state.hidden:
            self._hid = self._hid or bool(text.strip())
        else:
            words = state.flow.words
            if words and "\ud800" <= words[-1][-1:] <= "\udbff" and "\udc00" <= text[:1] <= "\udfff":
                pair = (words.pop() + text).encode("utf-16-le", "surrogatepass")
                text = pair.decode("utf-16-le", "replace")
            words.append(text)
