"""Markdown of an answer: nothing in it is followed or fetched, citations open, unsupported sentences show.

Links, images, HTML and character references are left as the text they are: an answer may quote a hostile
file, and `&#x202e;` would bring back what cleaning took out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from textual import on
from textual.message import Message
from textual.widgets import Markdown

from secondme.api import AnswerSentence

UNSUPPORTED = "[?]"
"""What stands behind a sentence that nothing in the memory supports."""

_MARKER = re.compile(r"\[(\d{1,3})\]")
_OFF = (
    "link",
    "image",
    "autolink",
    "linkify",
    "html_inline",
    "html_block",
    "entity",
    "reference",
    "strikethrough",
)


class AnswerMarkdown(Markdown):
    """Markdown whose `[n]` can be clicked, and whose unsupported sentences are italic and end in `[?]`."""

    DEFAULT_CSS = """
    AnswerMarkdown {
        padding: 0;
        background: transparent;
        MarkdownBlock > .s { text-style: italic; color: $foreground-muted; }
        MarkdownH1 { content-align: left middle; background: transparent; margin: 0 0 1 0; text-style: bold; }
        MarkdownH2, MarkdownH3, MarkdownH4, MarkdownH5, MarkdownH6 { margin: 0 0 1 0; text-style: bold; }
        MarkdownBlock {
            link-color: $text-accent;
            link-style: none;
            link-background: transparent;
            link-color-hover: $background;
            link-background-hover: $text-accent;
            link-style-hover: none;
        }
    }
    """

    @dataclass
    class Cited(Message):
        """A citation in the text was clicked."""

        number: int

    def __init__(self, text: str = "") -> None:
        self.numbers: Collection[int] = ()
        self.sentences: Sequence[AnswerSentence] = ()
        super().__init__(text, parser_factory=self._parser, open_links=False)

    def _parser(self) -> MarkdownIt:
        parser = MarkdownIt("gfm-like", {"linkify": False, "html": False}).disable(list(_OFF), True)
        unsupported = [(s.start, s.end) for s in self.sentences if not s.citations]
        parser.core.ruler.push("attribution", Attribution(self.numbers, unsupported))
        return parser

    @on(Markdown.LinkClicked)
    def _open(self, event: Markdown.LinkClicked) -> None:
        event.stop()
        kind, _, number = event.href.partition(":")
        if kind == "cite" and number.isdigit():
            self.post_message(self.Cited(int(number)))


class Attribution:
    """A markdown-it rule that marks citations and unsupported sentences in the parsed text.

    The sentences come as character ranges of the source, which the parser does not keep. Markdown only
    ever takes characters away, so each piece of text is looked for in the source behind the one before.
    """

    def __init__(self, numbers: Collection[int], unsupported: Sequence[tuple[int, int]]) -> None:
        self._numbers = numbers
        self._unsupported = unsupported

    def __call__(self, state: StateCore) -> None:
        """Rewrite the inline tokens of the document."""
        lines = [0]
        for line in state.src.splitlines(keepends=True):
            lines.append(lines[-1] + len(line))
        position = 0
        for token in state.tokens:
            if token.type != "inline" or token.children is None:
                continue
            if token.map is not None:
                position = max(position, lines[min(token.map[0], len(lines) - 1)])
            children: list[Token] = []
            for child in token.children:
                if child.type not in ("text", "code_inline"):
                    children.append(child)
                    continue
                start, position = _locate(state.src, child.content, position)
                children += self._marked(child, start)
            token.children = children

    def _marked(self, token: Token, start: int) -> list[Token]:
        """The token cut where a sentence begins or ends; `start` is its place in the source."""
        end = start + len(token.content)
        edges = {start, end}
        for first, last in self._unsupported:
            edges |= {edge for edge in (first, last) if start < edge < end}
        cuts = sorted(edges)
        out: list[Token] = []
        for left, right in pairwise(cuts):
            piece = token.content[left - start : right - start]
            sentence = next((s for s in self._unsupported if s[0] <= left < s[1]), None)
            cited = self._cited(token, piece)
            if sentence is None:
                out += cited
                continue
            ends = right >= sentence[1]
            # ~~strike~~ is switched off above, so its style is free to mean "unsupported".
            out += [Token("s_open", "s", 1), *cited]
            out += [_text(f" {UNSUPPORTED}")] if ends else []
            out += [Token("s_close", "s", -1)]
        return out or [token]

    def _cited(self, token: Token, piece: str) -> list[Token]:
        """The piece with each `[n]` of a known passage made a link to it."""
        if token.type != "text":
            return [_like(token, piece)]
        out: list[Token] = []
        position = 0
        for match in _MARKER.finditer(piece):
            if int(match[1]) not in self._numbers:
                continue
            if match.start() > position:
                out.append(_text(piece[position : match.start()]))
            link = Token("link_open", "a", 1, attrs={"href": f"cite:{match[1]}"})
            out += [link, _text(match[0]), Token("link_close", "a", -1)]
            position = match.end()
        if position < len(piece):
            out.append(_text(piece[position:]))
        return out


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _like(token: Token, content: str) -> Token:
    return token.copy(content=content)


def _locate(source: str, content: str, position: int) -> tuple[int, int]:
    """Where `content` stands in `source` from `position` on: start and end.

    Text with backslash escapes is not there as a whole; then its characters are found one by one.
    """
    start = source.find(content, position)
    if start >= 0:
        return start, start + len(content)
    first, cursor = -1, position
    for character in content:
        found = source.find(character, cursor)
        if found < 0:
            continue
        first = found if first < 0 else first
        cursor = found + 1
    return (first if first >= 0 else position), cursor
