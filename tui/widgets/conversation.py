"""The messages of one chat, newest at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from secondme.api import ChatStretch, Message, Status
from secondme.text.clean import clean
from tui.widgets.key_line import key_hints, keys_in_force
from tui.widgets.versions import Place, VersionChosen
from tui.widgets.wordmark import wordmark

if TYPE_CHECKING:
    from tui.widgets.answer import AnswerView

WINDOW = 60
"""Messages that are mounted at once; a button brings older ones. Mounting every message of a long chat would take
seconds."""


WAITS = "waits for the answer above · ↑ or esc takes it back"


class QuestionView(Static):
    """What the person asked."""

    DEFAULT_CSS = """
    QuestionView {
        height: auto;
        padding: 0 2 0 1;
        margin: 0 0 1 0;
        border-left: outer $primary;
        background: $boost;
        &.-off-record { border-left: outer $error; }
        &.-unsent { border-left: outer $warning; color: $text-muted; }
        &.-edited { border-left: outer $warning; color: $text-muted; }
        &.-waiting { border-left: outer $border-blurred; background: transparent; color: $text-muted; }
    }
    """

    def __init__(self, text: str, *, waiting: bool = False, place: Place | None = None) -> None:
        self.text = clean(text)
        self.place = place or Place()
        """Its message, once that is saved, among the versions of it."""
        super().__init__(self._content(waiting), classes="-waiting" if waiting else "")

    def show_sent(self) -> None:
        """Show that the question waits no longer."""
        self.remove_class("-waiting")
        self.update(self._content())

    def show_place(self, place: Place) -> None:
        """Show which of its versions it is."""
        self.place = place
        self.update(self._content())

    def _content(self, waiting: bool = False) -> Content:
        if waiting:
            return Content.assemble(self.text, (f"\n{WAITS}", "italic"))
        label = self.place.label()
        return Content.assemble(self.text, (f"\n{label}", "$text-accent")) if label else Content(self.text)

    def on_click(self, event: events.Click) -> None:
        """On `‹ 2/3 ›`: go to the version before or after."""
        label, x, y = self.place.label(), event.get_content_offset_capture(self).x, event.y
        if not label or y != self.size.height - 1 or x >= len(label):
            return
        event.stop()
        if other := self.place.beside(-1 if x < len(label) / 2 else 1):
            self.post_message(VersionChosen(other))


class Note(Static):
    """An error: what happened, what is safe, what to do."""

    DEFAULT_CSS = """
    Note {
        height: auto;
        padding: 0 2 0 1;
        margin: 0 0 1 0;
        border-left: outer $warning;
        color: $text-warning;
    }
    """

    def __init__(self, what: str, *, safe: str = "", remedy: str = "") -> None:
        parts = [clean(part, keep_newlines=False) for part in (what, safe, remedy)]
        rest = " ".join(part for part in parts[1:] if part)
        super().__init__(Content.assemble(parts[0], ("\n" + rest, "$foreground-muted") if rest else ""))


HOME_KEYS = (("@add", "add files"), ("@find", "find"), ("@command_palette", "all commands"), ("@help", "help"))
"""What a chat without messages offers."""


class EmptyChat(Static):
    """The words in a chat that has no messages."""

    DEFAULT_CSS = """
    EmptyChat {
        width: 1fr; height: 100%; content-align: center middle; text-align: center; color: $text-muted;
    }
    """

    def show(self, status: Status | None) -> None:
        """Fit the words to what is indexed; the status is None before the engine answers."""
        if status is not None and not status.spans:
            first = "Nothing is kept here yet. Give me a folder, and ask about it."
        elif status is not None:
            count = f"{status.spans:,} passage{'s' if status.spans != 1 else ''}"
            first = f"{count} from {status.sources:,} source{'s' if status.sources != 1 else ''} to ask about."
        else:
            first = "Waking up. You can type already."
        self.update(
            Content.assemble(
                wordmark(),
                "\n\n",
                (first, "$foreground"),
                "\n\n",
                key_hints(*keys_in_force(self.app, HOME_KEYS)),
            )
        )


class Fold(Button):
    """A finished stretch of a long chat, as its summary. When it is pressed, its messages take its place."""

    DEFAULT_CSS = """
    Fold {
        width: 100%; height: auto; margin: 0 0 1 0; text-align: left; content-align: left middle; color: $text-muted;
    }
    """

    def __init__(self, stretch: ChatStretch, messages: Sequence[Message]) -> None:
        self.messages = messages
        summary = " ".join(clean(stretch.summary, keep_newlines=False).split())
        super().__init__(Content(f"▸ {len(messages)} messages: {summary}"), compact=True)


@dataclass(frozen=True)
class ReadingPlace:
    """A block of the conversation and how many lines below the upper edge it begins; negative: above it."""

    block: Widget
    offset: int
    scroll_y: float


class Conversation(VerticalScroll):
    """Questions, answers and notes. The view follows the end unless the reader has scrolled away."""

    DEFAULT_CSS = """
    Conversation {
        padding: 1 1 0 1;
        scrollbar-size-vertical: 1;
        #messages { height: auto; min-height: 100%; }
        #earlier { display: none; width: 100%; margin: 0 0 1 0; }
        #earlier.-there { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="conversation", can_focus=True)
        self._earlier: Sequence[Message] = ()
        self._empty = EmptyChat()

    def compose(self) -> ComposeResult:
        """The words of an empty chat, or the messages below a button for older ones."""
        yield self._empty
        # At least as high as the view: Textual would scroll lower content to a negative offset when it is anchored.
        with Vertical(id="messages"):
            yield Button("Earlier messages", id="earlier", compact=True)

    def on_mount(self) -> None:
        """Start empty, and follow the end."""
        self._empty.show(None)
        self._show_empty(True)
        self.anchor()

    def show_status(self, status: Status | None) -> None:
        """Fit the empty chat to the engine's status."""
        self._empty.show(status)

    async def clear(self) -> None:
        """Take all messages away."""
        await self.query(
            "#messages > QuestionView, #messages > AnswerView, #messages > Note, #messages > Fold"
        ).remove()
        self._earlier = ()
        self._show_earlier_button()
        self._show_empty(True)
        self.anchor()

    async def add(self, *views: Widget) -> None:
        """Put views at the end and follow them."""
        self._show_empty(False)
        await self.query_one("#messages").mount_all(views)
        self.anchor()

    async def add_below(self, question: QuestionView, view: Widget) -> None:
        """Put the answer below its question, which others that wait may follow."""
        await self.query_one("#messages").mount(view, after=question)
        self.anchor()

    async def show(self, messages: Sequence[Message], stretches: Sequence[ChatStretch] = ()) -> None:
        """Show the end of a saved chat; finished stretches before it are shown as their summaries."""
        await self.clear()
        folded = [stretch for stretch in stretches if stretch.last < len(messages) - WINDOW]
        begins = [0, *(stretch.last + 1 for stretch in folded)]
        folds = [
            Fold(stretch, messages[first : stretch.last + 1]) for stretch, first in zip(folded, begins, strict=False)
        ]
        self._earlier = messages[begins[-1] : -WINDOW]
        await self.query_one("#messages").mount_all(folds, before="#earlier")
        await self.add(*[message_view(message) for message in messages[-WINDOW:]])
        self._show_empty(not messages)
        self._show_earlier_button()

    def reading_place(self) -> ReadingPlace | None:
        """Where the reader is: the first block that is seen, or None at the end, which the view follows."""
        if self.scroll_y >= self.max_scroll_y:
            return None
        for block in self.query("QuestionView, Note, Fold, MarkdownBlock, CitationList"):
            if block.region.bottom > self.region.y and block.region.height:
                return ReadingPlace(block, block.region.y - self.region.y, self.scroll_y)
        return None

    def return_to(self, place: ReadingPlace | None) -> None:
        """Show a place again after the window became wider or narrower."""
        if place is None:
            return

        def scroll() -> None:
            if place.block.is_attached and self.size.height:
                moved = place.block.region.y - self.region.y - place.offset
                self.scroll_to(y=self.scroll_y + moved, animate=False, force=True)

        self.call_after_refresh(scroll)

    def last_question(self) -> QuestionView | None:
        """The question that was asked last, if it is saved and nothing was removed of it."""
        questions = [view for view in self.query(QuestionView) if not view.has_class("-waiting")]
        return questions[-1] if questions and questions[-1].place.message_id else None

    def question_of(self, answer: Widget) -> QuestionView | None:
        """The question above an answer."""
        before = None
        for view in self.query_one("#messages").children:
            if view is answer:
                return before
            before = view if isinstance(view, QuestionView) else before
        return None

    async def put_in_place_of(self, view: Widget, *others: Widget) -> None:
        """Show others in place of a view and of all that follows it."""
        children = list(self.query_one("#messages").children)
        for below in children[children.index(view) :]:
            await below.remove()
        await self.add(*others)

    def messages(self) -> list[QuestionView | AnswerView]:
        """The mounted questions and answers, oldest first."""
        from tui.widgets.answer import AnswerView

        return [view for view in self.query_one("#messages").children if isinstance(view, QuestionView | AnswerView)]

    def answers(self) -> list[AnswerView]:
        """The mounted answers, oldest first."""
        from tui.widgets.answer import AnswerView

        return list(self.query(AnswerView))

    @on(Button.Pressed, "#earlier")
    async def _load_earlier(self, event: Button.Pressed) -> None:
        event.stop()
        older, self._earlier = self._earlier[-WINDOW:], self._earlier[:-WINDOW]
        below = self.max_scroll_y - self.scroll_y
        views = [message_view(message) for message in older]
        await self.query_one("#messages").mount_all(views, after=event.button)
        self._show_earlier_button()
        self.call_after_refresh(lambda: self.scroll_to(y=self.max_scroll_y - below, animate=False))

    @on(Button.Pressed, "Fold")
    async def _unfold(self, event: Button.Pressed) -> None:
        event.stop()
        fold = event.button
        assert isinstance(fold, Fold)
        await self.query_one("#messages").mount_all([message_view(message) for message in fold.messages], after=fold)
        await fold.remove()

    def _show_empty(self, empty: bool) -> None:
        self._empty.display = empty
        self.query_one("#messages").display = not empty

    def _show_earlier_button(self) -> None:
        button = self.query_one("#earlier", Button)
        button.set_class(bool(self._earlier), "-there")
        button.label = Content(f"Earlier messages ({len(self._earlier)})")


def message_view(message: Message) -> Widget:
    """The widget for a saved message."""
    from tui.widgets.answer import AnswerView

    if message.role == "user":
        text = "(removed)" if message.state == "removed" else message.text
        return QuestionView(text, place=Place(message.id, message.versions))
    return AnswerView.from_message(message)
