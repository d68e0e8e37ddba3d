"""The Markdown of an answer: citations can be clicked, unsupported sentences are marked, nothing is fetched.

Links, images, HTML and character references stay the text that they are: an answer may quote a hostile
file, and `&#x202e;` would bring back what cleaning took out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from textual import on
from textual.message import Message
from textual.widgets import Markdown

from secondme.api import AnswerSentence

UNSUPPORTED = "[?]"
"""The mark behind a sentence that nothing in the memory supports."""

_SHOWN = ("text", "code_inline")

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
    class CitationClicked(Message):
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
            self.post_message(self.CitationClicked(int(number)))


class Attribution:
    """A markdown-it rule that marks citations and unsupported sentences in the parsed text.

    The sentences come as character ranges of the source, which the parser does not keep. Markdown only
    takes characters away, so each piece of text is searched in the source after the piece before it.
    """

    def __init__(self, numbers: Collection[int], unsupported: Sequence[tuple[int, int]]) -> None:
        self._numbers = numbers
        self._unsupported = unsupported

    def __call__(self, state: StateCore) -> None:
        """Rewrite the inline tokens of the document."""
        lines = [0]
        for line in state.src.splitlines(keepends=True):
            lines.append(lines[-1] + len(line))
        inlines: list[tuple[Token, list[list[int]]]] = []
        last: dict[int, int] = {}  # sentence -> place in the source of its last character that is shown
        cursor = 0
        for token in state.tokens:
            if token.type != "inline" or token.children is None:
                continue
            if token.map is not None:
                cursor = max(cursor, lines[min(token.map[0], len(lines) - 1)])
            places: list[list[int]] = []
            for child in token.children:
                shown = child.content if child.type in _SHOWN else ""
                places.append(_locate(state.src, shown, cursor))
                cursor = places[-1][-1] + 1 if shown else cursor
                last.update({self._sentence_at(place): place for place in places[-1]})
            inlines.append((token, places))
        for token, places in inlines:
            children = zip(token.children or [], places, strict=True)
            token.children = [new for child, where in children for new in self._mark(child, where, last)]

    def _sentence_at(self, place: int) -> int:
        """Number of the unsupported sentence that this place of the source belongs to, or -1."""
        return next((n for n, (start, end) in enumerate(self._unsupported) if start <= place < end), -1)

    def _mark(self, token: Token, places: list[int], last: dict[int, int]) -> list[Token]:
        """The token, split where a sentence begins or ends; `places` are the places of its characters in the source."""
        if not places:
            return [token]
        out: list[Token] = []
        index = 0
        for sentence, run in groupby(places, self._sentence_at):
            run_places = list(run)
            piece = token.content[index : index + len(run_places)]
            index += len(run_places)
            if sentence < 0:
                out += self._link_citations(token, piece)
                continue
            # ~~strike~~ is switched off above, so its token can stand for "unsupported".
            out += [Token("s_open", "s", 1), *self._link_citations(token, piece)]
            out += [_text(f" {UNSUPPORTED}")] if last[sentence] in run_places else []
            out += [Token("s_close", "s", -1)]
        return out

    def _link_citations(self, token: Token, piece: str) -> list[Token]:
        """The piece with each `[n]` of a known passage made a link to it."""
        if token.type != "text":
            return [token.copy(content=piece)]
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


def _locate(source: str, content: str, cursor: int) -> list[int]:
    """The places of the characters of `content` in `source`, from `cursor` on, ascending.

    Text with backslash escapes does not occur as a whole; then its characters are searched one by one.
    """
    start = source.find(content, cursor)
    if start >= 0:
        return list(range(start, start + len(content)))
    places: list[int] = []
    for character in content:
        found = source.find(character, cursor)
        cursor = found + 1 if found >= 0 else cursor
        places.append(max(cursor - 1, 0))
    return places
