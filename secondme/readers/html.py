"""HTML: the text that a person would read, under its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from secondme.readers.chat_signs import without_speakers
from secondme.readers.dates import loose_instant
from secondme.readers.documents import ReadItem
from secondme.readers.metadata import Metadata
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, decode
from secondme.text.clean import clean

_SILENT = ["script", "style", "noscript", "template", "svg", "object", "head", "button"]
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
    header hgroup hr html legend li main menu ol optgroup option p search section select summary table tbody td
    textarea tfoot th thead tr ul caption
    """.split()
)
_NOTHING_TYPED = frozenset("button checkbox color file hidden image password radio range reset submit".split())
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)\b", re.IGNORECASE)
_SHOWN_AS_BLOCK = re.compile(
    r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|list-item|table(?:-row|-cell)?)\b", re.IGNORECASE
)
_LAYOUT = "table, h1, h2, h3, h4, h5, h6, article, section, form"
"""What a cell holds when its table only places things on the page."""
_LABEL = 120
"""A cell of more characters that spans several rows is no label, and stands in the first of them only."""
_MOST_ROWS = 1000
_MARK = re.compile(r"\s*[\[(]?(?:\d{1,4}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})[\])]?\s*\Z")
_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
DEPTH = 800
"""Deeper trees are read as flat text: no page needs more."""


class HtmlReader:
    """Reads web pages that were saved."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, with the title, author, language and date that the page gives."""
        tree = LexborHTMLParser(html_text(source.data(), "", source.notes))
        about = html_metadata(tree)
        prose = Prose(about.title)
        add_html(prose, tree)  # removes the head, so the metadata is read before
        yield from without_speakers(about.document("text/html", source, prose))


def html_metadata(tree: LexborHTMLParser) -> Metadata:
    """What a page says about itself."""
    author = _meta(tree, "author", "article:author", "dc.creator")
    at, precision = loose_instant(_meta(tree, "article:published_time", "date", "dcterms.date", "dc.date"))
    return Metadata(_title(tree), author, _language(tree), at, precision)


def html_text(data: bytes, hint: str = "", notes: list[str] | None = None) -> str:
    """The markup of a page, decoded as it is declared (`hint`, then the page itself) or else like any text."""
    named = _CHARSET.search(data[:4096])
    return decode(data, hint or (named.group(1).decode("ascii") if named else ""), notes)


def add_html(prose: Prose, tree: LexborHTMLParser, place: str = "") -> None:
    """Add the readable text of a page; if all of it is hidden (until a script shows it), that."""
    tree.strip_tags(_SILENT)
    if tree.body is not None:
        before = len(prose.blocks)
        _Walk(prose, place).visit(tree.body, 0)
        if len(prose.blocks) == before:
            _Walk(prose, place, hidden=True).visit(tree.body, 0)


class _Walk:
    """Goes through the elements in order and gathers the lines of a block until it ends."""

    def __init__(self, prose: Prose, place: str, *, hidden: bool = False) -> None:
        self._prose = prose
        self._place = place
        self._show_hidden = hidden
        self._lines: list[list[str]] = [[]]
        self._kept: list[str] | None = None
        """Blocks of the cell or heading that is being read; None outside of both."""
        self._spanning: dict[int, tuple[int, str]] = {}
        """By column: for how many more rows of the table a label stands there."""

    def visit(self, node: LexborNode, depth: int) -> None:
        self._children(node, depth)
        self._end()

    def _children(self, node: LexborNode, depth: int) -> None:
        child = node.child
        while child is not None:
            self._node(child, depth)
            child = child.next

    def _node(self, node: LexborNode, depth: int) -> None:
        tag = node.tag or ""
        if node.is_text_node:
            self._words(node.text_content or "")
            return
        attributes = (node.attributes or {}) if node.is_element_node else {}
        style = attributes.get("style") or ""
        if not node.is_element_node or (not self._show_hidden and ("hidden" in attributes or _HIDDEN.search(style))):
            return
        if depth > DEPTH:
            self._words(node.text(deep=True, separator=" "))
        elif tag == "nav" and not self._show_hidden:
            return
        elif tag == "iframe":
            self._frame(attributes.get("srcdoc") or "", depth)
        elif tag in _HEADINGS and self._kept is None:
            self._end()
            self._prose.heading(_HEADINGS[tag], " ".join(self._blocks_of(node, depth)), self._place)
        elif tag == "pre" and self._kept is None:
            self._end()
            self._prose.paragraph(_verbatim(node), self._place)
        elif tag == "br":
            self._lines.append([])
        elif tag == "img":
            self._words(f" {attributes.get('alt') or ''} ")
        elif tag == "input":
            typed = (attributes.get("type") or "text").casefold() not in _NOTHING_TYPED
            self._words(f" {attributes.get('value') or ''} " if typed else " ")
        elif tag == "ruby":
            self._words(_ruby(node))
        elif _is_note_mark(node, tag):
            self._words(" ")  # the number of a note is no part of the word before it
            self._children(node, depth + 1)
        elif tag == "tr" and self._kept is None:
            self._end()
            self._row(node, depth)
        elif tag in _BLOCKS or _SHOWN_AS_BLOCK.search(style):
            self._end()
            if tag == "li" and self._kept is None:
                self._words("• ")
            if tag in ("table", "tbody", "thead", "tfoot"):
                self._spanning = {}
            self._children(node, depth + 1)
            self._end()
        else:
            self._children(node, depth + 1)

    def _row(self, node: LexborNode, depth: int) -> None:
        """A row of data is one line; the cells of a row that only places things are read one after another."""
        cells = [child for child in node.iter(include_text=False) if child.tag in ("td", "th")]
        if len(cells) != sum(1 for _ in node.iter(include_text=False)) or any(
            cell.css_first(_LAYOUT) for cell in cells
        ):
            self._children(node, depth + 1)
            self._end()
            self._spanning = {}
            return
        blocks = [self._blocks_of(cell, depth + 1) for cell in cells]
        if len(blocks) == 1 and not self._spanning and _count(cells[0], "rowspan") == 1:
            for block in blocks[0]:
                self._prose.paragraph(block, self._place)
        else:
            self._prose.row(self._with_labels(cells, [" ".join(of_cell) for of_cell in blocks]), self._place)

    def _with_labels(self, cells: Sequence[LexborNode], texts: Sequence[str]) -> list[str]:
        """The cells of a row, with what spans it from rows above, as a spreadsheet's merged cells are read."""
        row: list[str] = []
        column = 0
        begun: dict[int, tuple[int, str]] = {}
        for cell, text in zip(cells, texts, strict=True):
            while column in self._spanning:
                row.append(self._spanning[column][1])
                column += 1
            row.append(text)
            rows = _count(cell, "rowspan")
            if rows > 1:
                begun[column] = (rows, text if len(text) <= _LABEL else "")
            column += _count(cell, "colspan")
        row += [label for at, (_, label) in sorted(self._spanning.items()) if at >= column]
        self._spanning = {
            at: (rows - 1, label) for at, (rows, label) in {**self._spanning, **begun}.items() if rows > 1
        }
        return row

    def _frame(self, page: str, depth: int) -> None:
        """A page that stands within this one. What other files hold is not read."""
        tree = LexborHTMLParser(page)
        tree.strip_tags(_SILENT)
        self._end()
        if tree.body is not None:
            self._children(tree.body, depth + 1)
            self._end()

    def _blocks_of(self, node: LexborNode, depth: int) -> list[str]:
        """The blocks in a cell or a heading."""
        self._kept = []
        style = (node.attributes or {}).get("style") or ""
        if self._show_hidden or not ("hidden" in (node.attributes or {}) or _HIDDEN.search(style)):
            self._children(node, depth + 1)
            self._end()
        kept, self._kept = self._kept, None
        return kept

    def _words(self, text: str) -> None:
        self._lines[-1].append(text)

    def _end(self) -> None:
        lines = (_SPACE.sub(" ", "".join(words)).strip() for words in self._lines)
        text = "\n".join(filter(None, lines))
        self._lines = [[]]
        if text in ("", "•"):
            return
        if self._kept is not None:
            self._kept.append(text)
        else:
            self._prose.paragraph(text, self._place)


def _is_note_mark(node: LexborNode, tag: str) -> bool:
    """Whether an element is the number of a note: raised and a link, or a link to an anchor that is only a number."""
    if tag == "a":
        return "#" in ((node.attributes or {}).get("href") or "") and bool(_MARK.match(node.text(deep=True)))
    return tag == "sup" and node.css_first("a") is not None


def _count(cell: LexborNode, name: str) -> int:
    """Over how many rows or columns a cell stands."""
    written = ((cell.attributes or {}).get(name) or "").strip()
    return min(max(int(written), 1), _MOST_ROWS) if written.isdecimal() and len(written) < 6 else 1


def _verbatim(node: LexborNode) -> str:
    """Text whose line ends count, as in `pre`."""
    parts: list[str] = []
    for inner in node.traverse(include_text=True):
        if inner.is_text_node:
            parts.append(inner.text_content or "")
        elif inner.tag in ("br", "div", "p", "li", "tr"):
            parts.append("\n")
    return "".join(parts).strip("\n")


def _ruby(node: LexborNode) -> str:
    """The word whole, then how it is read, in brackets."""
    word: list[str] = []
    reading: list[str] = []
    for inner in node.traverse(include_text=True):
        if inner.is_text_node:
            above = inner.parent.tag if inner.parent is not None else ""
            if above != "rp":
                (reading if above in ("rt", "rtc") else word).append((inner.text_content or "").strip())
    return "".join(word) + (f"({''.join(reading)})" if any(reading) else "")


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("title") or tree.css_first("h1")
    return _SPACE.sub(" ", clean(node.text(deep=True), keep_newlines=False)).strip() if node else ""


def _meta(tree: LexborHTMLParser, *names: str) -> str:
    for node in tree.css("meta"):
        attributes = node.attributes or {}
        name = (attributes.get("name") or attributes.get("property") or "").casefold()
        if name in names and attributes.get("content"):
            return clean(attributes["content"] or "", keep_newlines=False).strip()[:200]
    return ""


def _language(tree: LexborHTMLParser) -> str:
    root = tree.css_first("html")
    named = (root.attributes or {}).get("lang") or (root.attributes or {}).get("xml:lang") if root else ""
    return clean(named or "", keep_newlines=False)[:2].lower()
