"""An answer in the conversation, while it is written and afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, Static

from secondme.api import Answer, AnswerSentence, Citation, Message, Passages
from secondme.text.clean import clean
from tui.commands import in_app, read_offers
from tui.messages import PassageRequested
from tui.widgets.answer_markdown import UNSUPPORTED, AnswerMarkdown
from tui.widgets.citations import CitationList
from tui.widgets.offers import Offers
from tui.widgets.versions import Place, VersionLine

FLUSH_SECONDS = 0.06
"""How often streamed text is drawn: to draw every token would stall typing."""


class Thoughts(Vertical):
    """What a reasoning model thought before it answered, folded into a line."""

    DEFAULT_CSS = """
    Thoughts {
        height: auto;
        display: none;
        & > Button { width: auto; color: $text-muted; }
        & > Static { height: auto; display: none; color: $text-muted; text-style: italic; margin: 0 0 1 2; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._line = Button("", compact=True)
        self._words = Static("", markup=False)
        self._text = ""
        self._seconds = 0.0
        self._open = False

    def compose(self) -> ComposeResult:
        """The line, and the words below it."""
        yield self._line
        yield self._words

    def add(self, text: str, seconds: float) -> None:
        """Take a piece; `seconds`: since the turn began."""
        self._text += clean(text)
        self._seconds = seconds
        self.display = True
        self._show()

    @on(Button.Pressed)
    def _toggle(self, event: Button.Pressed) -> None:
        event.stop()
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        self._line.label = Content(f"{'▾' if self._open else '▸'} thought for {self._seconds:.0f} s")
        self._words.display = self._open
        if self._open:
            self._words.update(self._text.strip())


class AnswerView(Vertical, can_focus=True):
    """The text as Markdown, and below it the state of the answer and its passages."""

    FOCUS_ON_CLICK = False

    DEFAULT_CSS = """
    AnswerView {
        height: auto;
        padding: 0 2;
        margin: 0 0 1 0;
        /* The last paragraph brings a blank line of its own. */
        &.-bare { margin: 0; }
        & > .answer--state { height: auto; color: $text-muted; margin: 0; display: none; }
        & > .answer--state.-failed { color: $text-error; }
        & > .answer--legend { height: auto; color: $text-muted; text-style: italic; display: none; }
        & > CitationList { display: none; }
    }
    """

    def __init__(self, text: str = "", *, waiting: str = "") -> None:
        super().__init__()
        self.markdown = AnswerMarkdown(clean(text))
        self.citation_list = CitationList()
        self._thoughts = Thoughts()
        self._offers = Offers()
        self._state = Static("", classes="answer--state", markup=False)
        self._legend = Static("", classes="answer--legend", markup=False)
        self._versions = VersionLine()
        self.place = Place()
        """Its message, once that is saved, among the versions of it."""
        self._waiting = waiting
        self._received = bool(text)
        self._buffer: list[str] = []
        self._timer: Timer | None = None
        self._saved: Message | None = None

    @classmethod
    def from_message(cls, message: Message) -> AnswerView:
        """The view of a saved answer."""
        view = cls()
        view._saved = message
        view.place = Place(message.id, message.versions)
        return view

    def compose(self) -> ComposeResult:
        """Text, state, legend, passages."""
        yield self._thoughts
        yield self.markdown
        yield self._offers
        yield self._state
        yield self._versions
        yield self._legend
        yield self.citation_list

    async def on_mount(self) -> None:
        """Show a saved answer, or what a new one waits for."""
        self._versions.show(self.place)
        if self._saved is not None:
            message = self._saved
            await self._show(message.text, message.citations, message.sentences)
            self._show_state(_SAVED_STATES.get(message.state, ""), failed=message.state == "failed")
        elif self._waiting:
            self._show_state(self._waiting)

    @property
    def text(self) -> str:
        """The Markdown shown or about to be shown."""
        return self.markdown.source + "".join(self._buffer)

    def feed(self, text: str) -> None:
        """Take a piece of the answer; it is drawn within `FLUSH_SECONDS`."""
        self._buffer.append(clean(text))
        if self._timer is None:
            self._timer = self.set_interval(FLUSH_SECONDS, self._flush)
        if not self._received:
            self._received = True
            self._show_state("")

    async def _flush(self) -> None:
        if self._buffer:
            text = "".join(self._buffer)
            self._buffer.clear()
            await self.markdown.append(text)

    async def _drain(self) -> None:
        """Stop the timer and draw what is left."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        await self._flush()

    def show_thought(self, text: str, seconds: float) -> None:
        """Take a piece of what the model thinks: one line says for how long, and unfolds to the words."""
        self._thoughts.add(text, seconds)

    def show_passages(self, passages: Passages) -> None:
        """Take the passages that the answer is written from; they are known before its first word."""
        self.markdown.numbers = {citation.number for citation in passages.citations}
        self.show_waiting(_reading_text(len(passages.citations), passages.whole))

    def show_waiting(self, reason: str) -> None:
        """Say what the answer waits for, until the first text comes."""
        if not self._received:
            self._show_state(reason)

    def show_place(self, place: Place) -> None:
        """Show which of its versions it is."""
        self.place = place
        self._versions.show(place)
        self._fit()

    def show_stopping(self) -> None:
        """Say that the person pressed stop, until the engine confirms it."""
        self._show_state("stopping…")

    async def finish(self, answer: Answer) -> None:
        """Replace the stream by the finished answer."""
        await self._drain()
        await self._show(answer.text, answer.citations, answer.sentences)
        self._show_state(_FINISHES.get(answer.finish, ""), failed=answer.finish == "error")

    async def fail(self, sentence: str) -> None:
        """End the answer because it broke off: keep what has come, and say what happened."""
        await self._drain()
        self._received = True
        self._show_state(f"✗ {sentence}", failed=True)

    async def finish_stopped(self) -> None:
        """End the answer because the person stopped it: keep what has come."""
        await self._drain()
        self._received = True
        self._show_state(_FINISHES["cancelled"])

    async def _show(self, text: str, citations: Sequence[Citation], sentences: Sequence[AnswerSentence]) -> None:
        self.markdown.numbers = {citation.number for citation in citations}
        self.markdown.sentences = sentences
        # One full update: appended Markdown is parsed in parts, and a part can parse as something else.
        plain, offers = read_offers(clean(text), cites=bool(citations))
        await self.markdown.update(plain if citations else in_app(self.app, plain))
        await self._offers.show(offers)
        self.citation_list.show(citations)
        unsupported = any(not sentence.citations for sentence in sentences)
        self._legend.display = unsupported
        self._legend.update(f"{UNSUPPORTED} not found in your memory" if unsupported else "")

    def _show_state(self, what: str, *, failed: bool = False) -> None:
        self._state.update(clean(what, keep_newlines=False))
        self._state.set_class(failed, "-failed")
        self._state.display = bool(what)
        self._fit()

    def _fit(self) -> None:
        """Keep one blank line below the answer, whatever stands there."""
        below = (self._offers, self._state, self._versions, self._legend, self.citation_list)
        self.set_class(bool(self.markdown.source) and not any(widget.display for widget in below), "-bare")

    @on(AnswerMarkdown.CitationClicked)
    def _citation_clicked(self, event: AnswerMarkdown.CitationClicked) -> None:
        event.stop()
        # Posted anew from here: Textual does not let a message pass through the widget that made it.
        if span_id := self.citation_list.span_id(event.number):
            self.post_message(PassageRequested(span_id))


_FINISHES = {
    "cancelled": "■ stopped; what was written is kept",
    "length": "… cut off at the length limit",
    "error": "✗ broke off; what was written is kept",
    "quoted": "quoted from your memory: there is no language model to put it into words",
}
_SAVED_STATES = {
    "stopped": _FINISHES["cancelled"],
    "failed": _FINISHES["error"],
    "streaming": "… being written",
    "removed": "removed",
}


def _reading_text(passages: int, whole: int) -> str:
    if whole:
        return f"reading all that you know, {whole:,} passage{'s' if whole != 1 else ''}…"
    if not passages:
        return "thinking…"
    return f"reading {passages} passage{'s' if passages != 1 else ''}…"
