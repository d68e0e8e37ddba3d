"""The messages of one chat, newest at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message as Event
from textual.widget import Widget
from textual.widgets import Button, Static

from secondme.api import ChatStretch, Message, Status
from secondme.text.clean import clean
from tui.actions import bindings
from tui.widgets.key_line import key_hints, keys_in_force
from tui.widgets.versions import Place, VersionChosen
from tui.widgets.wordmark import wordmark

if TYPE_CHECKING:
    from tui.widgets.answer import AnswerView

WINDOW = 12
"""Messages of a chat that are mounted: more than a screen. Mounting those of a long chat would take seconds."""
FIRST = 4
"""Of them, those that are mounted before the first paint."""
MORE = 8
"""Messages that scrolling to the upper end mounts, or a button: forty at once would hold the keys for a second."""


WAITS = "waits for the answer above · ↑ or esc takes it back"


class QuestionView(Static, can_focus=True):
    """What the person asked."""

    FOCUS_ON_CLICK = False

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

    BINDINGS: ClassVar[list[BindingType]] = bindings("message")

    DEFAULT_CSS = """
    Conversation {
        padding: 1 1 0 1;
        scrollbar-size-vertical: 1;
        #messages { height: auto; min-height: 100%; }
        #earlier, #later { display: none; width: 100%; margin: 0 0 1 0; }
        #earlier.-there, #later.-there { display: block; }
        QuestionView:focus { border-left: outer $accent; background: $block-cursor-blurred-background; }
        AnswerView:focus { background: $block-cursor-blurred-background; }
        .-found { background: $block-cursor-blurred-background; }
    }
    """

    class EarlierWanted(Event):
        """The person goes to messages that were not read from the engine yet."""

    @dataclass
    class Wanted(Event):
        """The person wants something done with a message, or the last answer: copy, edit, search, forget."""

        what: str
        view: QuestionView | AnswerView | None

    def __init__(self) -> None:
        super().__init__(id="conversation", can_focus=True)
        self._saved: Sequence[Message] = ()
        """The messages of the saved chat; those from `_first` to `_end` are mounted, those before `_start` folded."""
        self._start = self._first = self._end = 0
        self._unread = 0
        """How many messages come before the saved ones, in the engine only."""
        self._mounting = False
        self._empty = EmptyChat()

    def compose(self) -> ComposeResult:
        """The words of an empty chat, or the messages below a button for older ones."""
        yield self._empty
        # At least as high as the view: Textual would scroll lower content to a negative offset when it is anchored.
        with Vertical(id="messages"):
            yield Button("Earlier messages", id="earlier", compact=True)
            yield Button("Later messages", id="later", compact=True)

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
        self._start = self._unread = 0
        self._mounting = False
        await self.query(
            "#messages > QuestionView, #messages > AnswerView, #messages > Note, #messages > Fold"
        ).remove()
        self._window((), 0, 0)
        self._show_empty(True)
        self.anchor()

    async def add(self, *views: Widget) -> None:
        """Put views at the end and follow them."""
        self._show_empty(False)
        if self._end < len(self._saved):
            await self._mount_end()
        await self.query_one("#messages").mount_all(views, before="#later")
        self.anchor()

    async def _mount_end(self) -> None:
        """Mount the end of the saved chat, which what is said now follows."""
        await self.query("#messages > QuestionView, #messages > AnswerView").remove()
        self._window(self._saved, max(self._start, len(self._saved) - WINDOW), len(self._saved))
        await self._mount_window()

    async def _mount_window(self) -> None:
        views = [message_view(message) for message in self._saved[self._first : self._end]]
        await self.query_one("#messages").mount_all(views, before="#later")

    def _window(self, messages: Sequence[Message], first: int, end: int) -> None:
        """Note which messages are mounted, and say how many are not."""
        self._saved, self._first, self._end = messages, first, end
        self._start = min(self._start, first)
        earlier = first - self._start + self._unread
        for name, count in (("earlier", earlier), ("later", len(messages) - end)):
            button = self.query_one(f"#{name}", Button)
            button.set_class(count > 0, "-there")
            button.label = Content(f"{name.capitalize()} messages ({count:,})")

    async def add_below(self, question: QuestionView, view: Widget) -> None:
        """Put the answer below its question, which others that wait may follow."""
        await self.query_one("#messages").mount(view, after=question)
        self.anchor()

    async def show(
        self, messages: Sequence[Message], stretches: Sequence[ChatStretch] = (), *, unread: int = 0
    ) -> None:
        """Show the end of a saved chat; finished stretches before it are shown as their summaries.

        `unread`: how many messages come before these.
        """
        await self.clear()
        self._unread = unread
        folded = [stretch for stretch in stretches if stretch.last < len(messages) - WINDOW]
        begins = [0, *(stretch.last + 1 for stretch in folded)]
        folds = [
            Fold(stretch, messages[first : stretch.last + 1]) for stretch, first in zip(folded, begins, strict=False)
        ]
        await self.query_one("#messages").mount_all(folds, before="#earlier")
        self._start = begins[-1]
        self._window(messages, max(self._start, len(messages) - FIRST), len(messages))
        await self._mount_window()
        self._show_empty(not messages)
        self.anchor()
        self.call_after_refresh(self._mount_above, messages)

    async def _mount_above(self, messages: Sequence[Message]) -> None:
        """Mount what stands above the first messages that were painted."""
        first = max(self._start, len(messages) - WINDOW)
        if self._saved is not messages or self._first <= first:
            return  # another chat by now
        views = [message_view(message) for message in messages[first : self._first]]
        self._window(messages, first, self._end)
        await self.query_one("#messages").mount_all(views, after="#earlier")

    async def show_message(self, messages: Sequence[Message], number: int) -> None:
        """Show a message of a saved chat where it stands, marked as found; what is not mounted yet is, around it."""
        view = self._view_of(messages[number].id)
        if view is None:
            first, end = max(0, number - WINDOW // 2), number + WINDOW // 2
            await self.clear()
            self._show_empty(False)
            self._window(messages, first, min(end, len(messages)))
            await self._mount_window()
            view = self._view_of(messages[number].id)
        if view is not None:
            view.add_class("-found")
            found = view
            self.call_after_refresh(lambda: self.scroll_to_widget(found, animate=False, top=True, force=True))

    def _view_of(self, message_id: str) -> Widget | None:
        return next((view for view in self.messages() if view.place.message_id == message_id), None)

    def action_want(self, what: str) -> None:
        """Ask for something to be done with the focused message, or with the last answer."""
        focused = [view for view in self.messages() if view.has_focus_within]
        self.post_message(self.Wanted(what, (focused or self.answers()[-1:] or [None])[0]))

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
            if not isinstance(below, Button):
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

    async def fill(self, messages: Sequence[Message], stretches: Sequence[ChatStretch]) -> None:
        """Take all messages of the chat whose end is shown, and show some before that."""
        if not self._unread:
            return  # they came already
        shown = self._saved[self._first].id if self._first < len(self._saved) else ""
        first = next((number for number, message in enumerate(messages) if message.id == shown), len(messages))
        folded = [stretch for stretch in stretches if stretch.last < first]
        begins = [0, *(stretch.last + 1 for stretch in folded)]
        folds = [
            Fold(stretch, messages[begin : stretch.last + 1]) for stretch, begin in zip(folded, begins, strict=False)
        ]
        below = self.max_scroll_y - self.scroll_y
        await self.query_one("#messages").mount_all(folds, before="#earlier")
        self._unread, self._start = 0, begins[-1]
        self._window(messages, first, len(messages))
        await self._mount_earlier(below)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Mount earlier messages when the reader comes to the upper end."""
        super().watch_scroll_y(old_value, new_value)
        if new_value < old_value and new_value <= 0 and (self._first > self._start or self._unread):
            self.query_one("#earlier", Button).press()

    @on(Button.Pressed, "#earlier")
    async def _load_earlier(self, event: Button.Pressed) -> None:
        event.stop()
        if self._unread:
            self.post_message(self.EarlierWanted())
        elif not self._mounting:
            await self._mount_earlier(self.max_scroll_y - self.scroll_y)

    async def _mount_earlier(self, below: float) -> None:
        """Mount some messages before those that are mounted, and stay so many lines above the end."""
        self._mounting = True
        first = max(self._start, self._first - MORE)
        views = [message_view(message) for message in self._saved[first : self._first]]
        await self.query_one("#messages").mount_all(views, after="#earlier")
        self._window(self._saved, first, self._end)

        def stay() -> None:
            self.scroll_to(y=self.max_scroll_y - below, animate=False, force=True)
            self._mounting = False

        self.call_after_refresh(stay)

    @on(Button.Pressed, "#later")
    async def _load_later(self, event: Button.Pressed) -> None:
        event.stop()
        newer = self._saved[self._end : self._end + MORE]
        await self.query_one("#messages").mount_all([message_view(message) for message in newer], before=event.button)
        self._window(self._saved, self._first, self._end + len(newer))

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


def message_view(message: Message) -> Widget:
    """The widget for a saved message."""
    from tui.widgets.answer import AnswerView

    if message.role == "user":
        text = "(removed)" if message.state == "removed" else message.text
        return QuestionView(text, place=Place(message.id, message.versions))
    return AnswerView.from_message(message)
