"""HTML: the text that a person would read, under its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from secondme.readers.dates import loose_instant
from secondme.readers.documents import ReadItem
from secondme.readers.metadata import Metadata
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, decode
from secondme.text.clean import clean

_SILENT = ["script", "style", "noscript", "template", "svg", "nav", "iframe", "object", "form", "head", "button"]
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer
    header hgroup hr html legend li main ol p section summary table tbody tfoot thead ul caption
    """.split()
)
_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
DEPTH = 800
"""Deeper trees are read as flat text: no page needs more."""


class HtmlReader:
    """Reads web pages that were saved."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, with the title, author, language and date that the page gives."""
        tree = LexborHTMLParser(html_text(source.data(), "", source.notes))
        title, language = _title(tree), _language(tree)
        author = _meta(tree, "author", "article:author", "dc.creator")
        at, precision = loose_instant(_meta(tree, "article:published_time", "date", "dcterms.date", "dc.date"))
        prose = Prose(title)
        add_html(prose, tree)  # removes the head, so the metadata is read before
        yield Metadata(title, author, language, at, precision).document("text/html", source, prose)


def html_text(data: bytes, hint: str = "", notes: list[str] | None = None) -> str:
    """The markup of a page, decoded as it is declared (`hint`, then the page itself) or else like any text."""
    named = _CHARSET.search(data[:4096])
    return decode(data, hint or (named.group(1).decode("ascii") if named else ""), notes)


def add_html(prose: Prose, tree: LexborHTMLParser, place: str = "") -> None:
    """Add the readable text of a page."""
    tree.strip_tags(_SILENT)
    if tree.body is not None:
        _Walk(prose, place).visit(tree.body, 0)


class _Walk:
    """Goes through the elements in order and gathers text until a block ends."""

    def __init__(self, prose: Prose, place: str) -> None:
        self._prose = prose
        self._place = place
        self._words: list[str] = []

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
            self._words.append(node.text_content or "")
        elif not node.is_element_node or "hidden" in (node.attributes or {}):
            return
        elif depth > DEPTH:
            self._words.append(node.text(deep=True, separator=" "))
        elif tag in _HEADINGS:
            self._end()
            self._prose.heading(_HEADINGS[tag], node.text(deep=True, separator=""), self._place)
        elif tag == "pre":
            self._end()
            self._prose.paragraph(node.text(deep=True, separator=""), self._place)
        elif tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self._words.append(f" {(node.attributes or {}).get('alt') or ''} ")
        elif tag == "tr":
            self._end()
            cells = [_SPACE.sub(" ", cell.text(deep=True, separator="")).strip() for cell in node.css("td, th")]
            self._prose.paragraph(" | ".join(cells), self._place, gap="\n")
        elif tag in _BLOCKS:
            self._end()
            if tag == "li":
                self._words.append("• ")
            self._children(node, depth + 1)
            self._end()
        else:
            self._children(node, depth + 1)

    def _end(self) -> None:
        lines = "".join(self._words).split("\n\n")
        self._words = []
        text = "\n".join(filter(None, (_SPACE.sub(" ", line).strip() for line in lines)))
        if text not in ("", "•"):
            self._prose.paragraph(text, self._place)


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
