"""The dialog of the first run: at most four steps, each of which can be skipped, and esc leaves them all.

A name; what this machine can run, and an offer to get it; folders and chat exports that are here; a question to try.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Button, Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from secondme.api.door import Door
from secondme.errors import SecondMeError
from secondme.text.clean import clean
from tui.context import Context
from tui.keymap import with_keys
from tui.messages import CallFailed
from tui.paths import typed_path
from tui.screens.dialog import Dialog
from tui.screens.welcome_words import (
    ModelOffer,
    Pull,
    best_offer,
    offer_text,
    place_line,
    pull_text,
    survey_words,
)
from tui.widgets.inputs import CleanInput, PathInput
from tui.widgets.tick_box import TickBox, tick

if TYPE_CHECKING:
    from secondme.folders.likely import Likely
    from secondme.runtimes.desk import ModelDesk
    from tui.screens.setup import SetupScreen

SEEN_AFTER = 0.4
"""Seconds after the dialog is on the screen: a key that comes sooner was meant for what was there before."""
NAME, MODEL, FOLDERS, QUESTION = range(4)
TITLES = ("Your name", "A larger model", "What to take in", "A question to try")
ASK_EACH = 1.0
"""Seconds between two looks for a question."""
TITLES_AFTER = 8
"""Looks while files are being read, after which a title alone is asked about."""


@dataclass(frozen=True)
class Welcome:
    """What the dialog leaves for the chat: a question that is to be asked, or nothing; with the tour, which comes
    before, it is to stand in the box."""

    question: str = ""
    tour: bool = False


@dataclass
class OfferMade(Message):
    """What fits was measured; None: nothing larger does."""

    offer: ModelOffer | None


@dataclass
class PlacesFound(Message):
    """What is on this machine."""

    places: list[Likely]


@dataclass
class PlaceSurveyed(Message):
    """What taking in a place would read, in words."""

    path: Path
    what: str


@dataclass
class QuestionFound(Message):
    """A question to try; empty while there is none. `read`: all that was chosen is in."""

    question: str
    read: bool = False


@dataclass
class Chosen:
    """What is to be taken in."""

    folders: list[Path] = field(default_factory=list)
    exports: list[Path] = field(default_factory=list)


class PlaceList(SelectionList[str]):
    """Space chooses a place; Enter goes on, as everywhere in the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.next", "Next", show=False)]

    def render_line(self, y: int) -> Strip:
        """A box says by its signs whether it is chosen: Textual says it by a colour alone."""
        strip, at = super().render_line(y), int(self.scroll_offset.y) + y
        if at >= self.option_count:
            return strip
        _, inner, _, *rest = strip
        text = rest[0].style if rest else inner.style
        return Strip([Segment(tick(self.get_option_at_index(at).value in self.selected), text), *rest])


class WelcomeScreen(Dialog[Welcome]):
    """Dismissed with the answers, or with None when it was left."""

    DEFAULT_CSS = """
    WelcomeScreen {
        .step { height: auto; }
        #found { height: auto; max-height: 8; border: none; padding: 0; background: $surface; margin: 1 0 0 0; }
        #offer { height: auto; margin: 1 0 0 0; }
    }
    """

    def __init__(
        self,
        context: Context,
        *,
        home: Path | None = None,
        desk: ModelDesk | None = None,
        setup: SetupScreen | None = None,
    ) -> None:
        """`setup` gets the small models, where they did not come along."""
        super().__init__()
        self._setup = setup
        self._calls = context.calls
        self._home = home
        self._given = desk
        self._step = NAME
        self._offer: ModelOffer | None = None
        self._pull: Pull | None = None
        self._kinds: dict[Path, str] = {}
        self._taken = False
        self._question = ""
        self._looks = 0
        self.seen_at = inf
        """When a person has seen it, by the clock of events."""

    @property
    def desk(self) -> ModelDesk:
        """What works on the models; made in a thread, because it loads much."""
        if self._given is None:
            from secondme.places import places
            from secondme.runtimes.desk import ModelDesk

            self._given = ModelDesk(places())
        return self._given

    def compose(self) -> ComposeResult:
        """One step after the other in one frame."""
        with Vertical(id="frame"):
            yield Static("Welcome to second me", classes="title", id="title", markup=False)
            with Vertical(classes="step", id="step-0"):
                yield Static("A memory for your files and chats: ask it, and it answers from them.", markup=False)
                yield Static("Nothing leaves this machine.", classes="promise", markup=False)
                yield Static("What is your name?", classes="label", markup=False)
                yield CleanInput(placeholder="so that I know which words are yours", id="name", compact=True)
            with Vertical(classes="step", id="step-1"):
                yield Static("The small model that came along answers already, in English.", id="came", markup=False)
                yield Static("Measuring what this machine can run…", id="offer", markup=False)
            with Vertical(classes="step", id="step-2"):
                yield Static("Looking for folders and chat exports…", id="where", markup=False)
                yield PlaceList(id="found", compact=True)
                yield Static("Another folder (→ completes the path)", classes="label", markup=False)
                yield PathInput(id="folder", compact=True)
                yield TickBox("Keep watching folders for changes", value=True, compact=True)
            with Vertical(classes="step", id="step-3"):
                yield Static("", id="question", markup=False)
            yield Static("", classes="error", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Leave (esc)", id="skip", compact=True)
                yield Button("Get it", id="get", compact=True)
                yield Button("Take the tour", id="tour", compact=True)
                yield Button("Next", id="next", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Begin with the name; it counts as seen a moment after it was drawn."""
        self._show_step(NAME)
        self.set_interval(0.25, self._show_pull)
        self.call_after_refresh(self._drawn)

    def _drawn(self) -> None:
        self.seen_at = monotonic() + SEEN_AFTER

    def _show_step(self, step: int) -> None:
        self._step = step
        for number in range(len(TITLES)):
            self.query_one(f"#step-{number}").display = number == step
        title = Content.assemble(
            "Welcome to second me", (f"  {step + 1} of {len(TITLES)}: {TITLES[step]}", "$text-muted")
        )
        self.query_one("#title", Static).update(title)
        self.show_error("")
        self.query_one("#get", Button).display = False
        self.query_one("#tour", Button).display = step == QUESTION
        self.query_one("#next", Button).label = "Begin" if step == QUESTION else "Next"
        {NAME: self._ask_name, MODEL: self._measure, FOLDERS: self._look, QUESTION: self._make_question}[step]()

    @on(Button.Pressed, "#next")
    @on(Input.Submitted)
    def _next(self) -> None:
        if self._step == FOLDERS and not self._take_in():
            return
        if self._step == QUESTION:
            self.dismiss(Welcome(question=self._question))
        else:
            if self._step == NAME:
                self._keep_name()
            self._show_step(self._step + 1)

    @on(Button.Pressed, "#tour")
    def _take_tour(self) -> None:
        self.dismiss(Welcome(question=self._question, tour=True))

    def action_next(self) -> None:
        """Go on from the list of places, where Enter would choose one."""
        self._next()

    @on(Button.Pressed, "#skip")
    def action_cancel(self) -> None:
        """Leave; what was begun goes on."""
        self.dismiss(None)

    # --- the name

    def _ask_name(self) -> None:
        self.query_one("#name").focus()

    def _keep_name(self) -> None:
        name = clean(self.query_one("#name", Input).value, keep_newlines=False).strip()
        if name:

            def keep(door: Door) -> Iterator[Message]:
                door.set_setting("me.name", name)
                return iter(())

            self._calls.run(self.app, keep, "settings")

    # --- the model

    def _measure(self) -> None:
        self.query_one("#next").focus()
        if self._setup is not None:
            self.query_one("#came", Static).update("The small models that find and answer are not here yet.")
            self.query_one("#offer", Static).update(self._setup.what)
            self.query_one("#get", Button).display = True
        elif self._offer is None:
            self._calls.run(self, lambda door: iter([OfferMade(best_offer(self.desk))]), "offer", exclusive=True)

    @on(OfferMade)
    def _offered(self, event: OfferMade) -> None:
        self._offer = offer = event.offer
        words = self.query_one("#offer", Static)
        if offer is None:
            words.update(
                with_keys(self.app, "Nothing larger answers at a usable speed here. @models lists all models.")
            )
            return
        words.update(offer_text(offer))
        self.query_one("#get", Button).display = self._step == MODEL

    @on(Button.Pressed, "#get")
    def _get(self) -> None:
        if self._setup is not None:
            self.app.push_screen(self._setup)
            self._setup = None
            self.query_one("#came", Static).update("`secondme setup` gets them, or the rest of them, at any time.")
            self.query_one("#offer", Static).update("")
            self.query_one("#get", Button).display = False
            return
        offer = self._offer
        if offer is None or self._pull is not None:
            return
        self._pull = pull = Pull(offer.name)
        desk = self.desk

        def work(door: Door) -> Iterator[Message]:
            steps = desk.pull(desk.plan_pull(pull.name))
            try:
                while True:
                    pull.progress = next(steps)
            except StopIteration as ended:
                pull.ended = desk.choose(ended.value, door)
            except SecondMeError as error:
                pull.error = error.sentence()
                raise
            return iter(())

        # It goes on when the dialog is gone, so it is the app's; a failure is a notice of the app then.
        self._calls.run(self.app, work, "settings")
        self.query_one("#get", Button).display = False
        self.query_one("#next").focus()
        self._show_pull()

    def _show_pull(self) -> None:
        pull = self._pull
        if pull is None:
            return
        if pull.error:
            self.query_one("#offer", Static).update(clean(pull.error, keep_newlines=False))
            self._pull = None
            self.query_one("#get", Button).display = self._step == MODEL
        else:
            self.query_one("#offer", Static).update(pull_text(pull))

    # --- folders and exports

    def _look(self) -> None:
        self.query_one("#found").display = bool(self._kinds)
        self.query_one("#folder").focus()
        home = self._home

        def look(door: Door) -> Iterator[Message]:
            from secondme.folders.likely import likely_places

            found = likely_places(home or Path.home())
            yield PlacesFound(found)
            for place in found:
                yield PlaceSurveyed(place.path, survey_words(door, place))

        if not self._kinds:
            self._calls.run(self, look, "look", exclusive=True)

    @on(PlacesFound)
    def _found(self, event: PlacesFound) -> None:
        self._kinds = {place.path: place.kind for place in event.places}
        found = self.query_one("#found", SelectionList)
        found.display = bool(event.places)
        found.add_options(
            [Selection(place_line(place.path, place.kind, "…"), str(place.path)) for place in event.places]
        )
        words = (
            "Found here: space chooses. Nothing is taken in before."
            if event.places
            else "No folder of notes or documents and no chat export was found in the usual places. Name one below."
        )
        self.query_one("#where", Static).update(words)
        if event.places:
            found.highlighted = 0
        if event.places and self._step == FOLDERS and not self.query_one("#folder", Input).value:
            found.focus()  # who types a folder already goes on typing

    @on(PlaceSurveyed)
    def _surveyed(self, event: PlaceSurveyed) -> None:
        found = self.query_one("#found", SelectionList)
        for number in range(found.option_count):
            option = found.get_option_at_index(number)
            if option.value == str(event.path):
                found.replace_option_prompt_at_index(
                    number, place_line(event.path, self._kinds[event.path], event.what)
                )

    def _take_in(self) -> bool:
        """Begin to take in what was chosen. False when the typed folder is not there."""
        typed = self.query_one("#folder", Input).value.strip()
        if typed and not typed_path(typed).exists():
            self.show_error(f"There is no {typed_path(typed)}. Correct it, or leave it empty.")
            self.query_one("#folder").focus()
            return False
        chosen = Chosen()
        paths = [Path(value) for value in self.query_one("#found", SelectionList).selected]
        for path in [*paths, *([typed_path(typed)] if typed else [])]:
            watched = path.is_dir() and self._kinds.get(path) != "export" and self.query_one(TickBox).value
            (chosen.folders if watched else chosen.exports).append(path)
        self._taken = self._taken or bool(chosen.folders or chosen.exports)

        def take(door: Door) -> Iterator[Message]:
            for folder in chosen.folders:
                door.watch_add(folder)
            if chosen.exports:
                for _ in door.ingest(chosen.exports, wait=False):
                    pass
            return iter(())

        if chosen.folders or chosen.exports:
            self._calls.run(self.app, take, "settings")
        return True

    # --- a question

    def _make_question(self) -> None:
        self.query_one("#next").focus()
        if not self._taken:
            self.query_one("#question", Static).update(
                with_keys(
                    self.app,
                    "Nothing is in yet. @add adds files or a folder, @remember keeps a thought; then ask anything.",
                )
            )
            return
        self.query_one("#question", Static).update("Reading what you chose; a question comes from the first of it…")
        self._ask_for_question()

    def _ask_for_question(self) -> None:
        if self._step != QUESTION or self._question or not self.is_attached:
            return
        self._looks += 1
        patient = self._looks <= TITLES_AFTER

        def find(door: Door) -> Iterator[Message]:
            from secondme.chat.first_question import first_question

            status = door.status()
            read = status.sources > 0 and not status.pending and not status.activity
            yield QuestionFound(first_question(door, titles=read or not patient), read)

        self._calls.run(self, find, "question", exclusive=True)

    @on(QuestionFound)
    def _question_found(self, event: QuestionFound) -> None:
        if not event.question and event.read:
            self.query_one("#question", Static).update("What you chose is in. Ask anything of it.")
            return
        if not event.question:
            self.set_timer(ASK_EACH, self._ask_for_question)
            return
        self._question = clean(event.question, keep_newlines=False)
        self.query_one("#next", Button).label = "Ask it"
        self.query_one("#question", Static).update(
            Content.assemble("Your memory can answer this already:\n\n", (f"  {self._question}", "bold $text-accent"))
        )

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        event.stop()
        if event.group == "offer":
            self.query_one("#offer", Static).update(clean(event.error.sentence(), keep_newlines=False))
        else:
            self.show_error(event.error.sentence())
