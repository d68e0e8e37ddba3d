"""The page of adapters: what the model learnt by heart or how to write, how each did beside the model alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, ProgressBar, Static
from textual.worker import Worker

from secondme.api import Adapter, AdapterKind, Hit, Progress
from secondme.api.door import Door
from secondme.text.clean import clean_line
from tui.actions import bindings
from tui.context import Context
from tui.keymap import with_keys
from tui.messages import CallFailed
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.find import hit_line
from tui.screens.list_page import Line, ListPage, Noted, heading
from tui.times import duration, when

TRAINING = "training"
"""The group of the call that trains."""
BASE = 28
WHAT = 44
FIGURE = 11
SENTENCE = 300
"""Cells of a model's name, of what was measured, of a figure; letters of a sentence."""
EMPTY = (
    "There is none yet. @adapters.train makes one from the facts that your memory holds, @adapters.train_voice one "
    "from what you wrote in chats; it takes minutes."
)
_SIGNS = {
    "used": ("●", "$text-success"),
    "ready": ("○", "$text-muted"),
    "training": ("◐", "$text-warning"),
    "refused": ("✗", "$text-error"),
    "off": ("⚠", "$text-warning"),
}


@dataclass
class AdaptersLoaded(Message):
    """The adapters were read."""

    adapters: list[Adapter]


@dataclass
class TrainingProgressed(Message):
    """How far a training is."""

    progress: Progress


@dataclass
class TrainingEnded(Message):
    """A training came to its end."""


class AdaptersScreen(ListPage[Adapter]):
    """Each adapter, the latest first; below, the figures of the chosen one, and how far a training is."""

    PLACE = "adapters"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)
    KEYS = (("enter", "made from"),)
    WAITING = "Reading the adapters…"
    DEFAULT_CSS = """
    AdaptersScreen {
        #detail { height: auto; max-height: 16; margin: 0 1; padding: 0 1; background: $surface; overflow-y: auto; }
        #work { height: auto; margin: 0 2; display: none; }
        #bar { margin: 0 2; display: none; }
        Bar { width: 1fr; }
    }
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._training: Worker[None] | None = None

    def compose_below(self) -> Iterable[Widget]:
        """More of the chosen adapter, then the training."""
        yield Static("", id="detail", markup=False)
        yield Static("", id="work", markup=False)
        yield ProgressBar(show_eta=False, id="bar")

    def read(self, door: Door) -> AdaptersLoaded:
        """Read the adapters."""
        return AdaptersLoaded(door.adapters())

    @on(AdaptersLoaded)
    def _loaded(self, event: AdaptersLoaded) -> None:
        used = ", ".join(str(found.number) for found in event.adapters if found.state == "used")
        note = f"in use: {used}" if used else "none is used"
        note = f"{len(event.adapters):,} here, {note}" if event.adapters else with_keys(self.app, EMPTY)
        lines = [Line(adapter_line(found, self.now()), found, str(found.number)) for found in event.adapters]
        self.show(heading("Adapters: what the model learnt by heart", note), lines)
        self._show_detail()

    @on(OptionList.OptionHighlighted)
    def _show_detail(self) -> None:
        detail = self.query_one("#detail")
        detail.display = self.chosen is not None
        if self.chosen is not None:
            self.query_one("#detail", Static).update(adapter_detail(self.chosen))

    @on(OptionList.OptionSelected, "#rows")
    def _open_made_from(self) -> None:
        if self.chosen is not None:
            self.app.push_screen(MadeFromScreen(self.context, self.chosen.number))

    # --- training

    def action_train(self) -> None:
        """Train an adapter on the facts that hold now, try it, and use it if it is good enough."""
        self._train("facts")

    def action_train_voice(self) -> None:
        """The same on what the owner wrote in chats."""
        self._train("voice")

    def _train(self, kind: AdapterKind) -> None:
        if self._training is not None:
            self.app.notify("An adapter is being trained; esc stops it.", markup=False)
            return

        def work(door: Door) -> Iterator[Message]:
            for step in door.adapter_train(kind):
                yield TrainingProgressed(step)
            yield TrainingEnded()

        self._say(Content("Preparing what is to be learnt…"))
        self._training = self.calls.run(self, work, TRAINING, exclusive=True)

    @on(TrainingProgressed)
    def _progressed(self, event: TrainingProgressed) -> None:
        if self._training is not None:
            bar = self.query_one("#bar", ProgressBar)
            bar.display = True
            bar.update(total=max(event.progress.total, 1), progress=event.progress.done)
            self._say(progress_text(event.progress))

    @on(TrainingEnded)
    def _trained(self) -> None:
        self._end_training()
        self.load(note="The training has ended; the list says whether its adapter is used.")

    def _end_training(self) -> None:
        self._training = None
        self.query_one("#bar").display = False
        self.query_one("#work").display = False

    def _say(self, text: Content) -> None:
        work = self.query_one("#work", Static)
        work.display = True
        work.update(text)

    def action_back(self) -> None:
        """Stop a training, which keeps what was computed; else return to where this was opened."""
        if self._training is None:
            self.dismiss()
            return
        self._training.cancel()
        self._end_training()
        self._say(Content(with_keys(self.app, "Stopped. The same key goes on from there.")))
        self.load()

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        """What ended a training stands below the list, and stays there."""
        if event.group == TRAINING:
            self._end_training()
            self._say(Content.styled(f"⚠ {clean_line(event.error.sentence(), SENTENCE)}", "$text-warning"))
            self.load()

    # --- which one is used

    def action_use(self) -> None:
        """Use the chosen adapter from the next question on."""
        chosen = self.chosen
        if chosen is not None:
            self._change(lambda door: door.adapter_use(chosen.number), f"Adapter {chosen.number} is used.")

    def action_off(self) -> None:
        """Use no adapter."""
        self._change(lambda door: door.adapter_off(), "No adapter is used.")

    def action_remove(self) -> None:
        """Delete the chosen adapter with its files, after a question."""
        chosen = self.chosen
        if chosen is None:
            return

        def answered(choice: str | None) -> None:
            if choice == "remove":
                self._change(lambda door: door.adapter_remove(chosen.number), f"Adapter {chosen.number} is deleted.")

        lines = ("Its files are deleted. What it was made from stays in your memory.",)
        choices = (Choice("keep", "Keep it"), Choice("remove", "Remove", danger=True))
        self.app.push_screen(ConfirmScreen(f"Remove adapter {chosen.number}?", lines, choices), answered)

    def _change(self, change: Callable[[Door], object], note: str) -> None:
        def work(door: Door) -> Iterator[Message]:
            change(door)
            yield Noted(note)
            yield self.read(door)

        self.calls.run(self, work, "change", exclusive=True)


@dataclass
class PassagesLoaded(Message):
    """What an adapter was made from."""

    passages: list[Hit]


class MadeFromScreen(ListPage[Hit]):
    """The passages that an adapter was made from; enter opens one in its source."""

    PLACE = "made_from"
    KEYS = (("enter", "open it"),)
    WAITING = "Reading the passages…"

    def __init__(self, context: Context, number: int) -> None:
        super().__init__(context)
        self._number = number

    def read(self, door: Door) -> PassagesLoaded:
        """Read the passages."""
        return PassagesLoaded(door.adapter_passages(self._number))

    @on(PassagesLoaded)
    def _loaded(self, event: PassagesLoaded) -> None:
        note = f"{len(event.passages):,} passages that are not forgotten; remove the adapter to take them out of it"
        lines = [Line(hit_line(hit), hit, hit.id) for hit in event.passages]
        self.show(heading(f"What adapter {self._number} was made from", note), lines)

    def passage_of(self, row: Hit) -> str:
        """The passage itself."""
        return row.id


def adapter_line(found: Adapter, now: datetime) -> Content:
    """An adapter: whether it is used, its number, what it belongs to, how much it learnt, when it was made."""
    sign, colour = _SIGNS[found.state]
    return Content.assemble(
        (f"{sign} ", colour),
        f"{found.number:>3}  {clean_line(found.base, BASE):{BASE}} {found.learnt:>14}  ",
        (f"{found.state:9}", colour),
        (when(found.made_at, now), "$text-muted"),
    )


def adapter_detail(found: Adapter) -> Content:
    """Why it is not used, what it was made from, and the model alone beside the model with it."""
    replaced = f" It replaced adapter {found.parent}." if found.parent else ""
    lines = [
        Content(f"Made from {found.spans:,} passages on {found.made_at[:10]}.{replaced}"),
        Content.styled(
            clean_line(f"{found.recipe or 'an unknown recipe'}; for the file {found.digest[:12]}", SENTENCE),
            "$text-muted",
        ),
    ]
    if found.state == "training":
        lines.append(Content.styled("◐ its training has not ended", "$text-warning"))
    elif found.why:
        lines.append(Content.styled(f"⚠ not used: {clean_line(found.why, SENTENCE)}", "$text-warning"))
    if found.figures:
        lines.append(Content.styled(f"{'':{WHAT}}{'alone':>{FIGURE}}{'with it':>{FIGURE}}", "$text-muted"))
    lines += [
        Content(
            f"{clean_line(figure.what, WHAT):{WHAT}}{clean_line(figure.alone, FIGURE):>{FIGURE}}"
            f"{clean_line(figure.adapted, FIGURE):>{FIGURE}}"
        )
        for figure in found.figures
    ]
    return Content("\n").join(lines)


def progress_text(step: Progress) -> Content:
    """How far a training is, with a rate and an end where they are known."""
    rate = f", {step.per_second:,.0f} tokens/s" if step.per_second else ""
    left = f", {duration(step.seconds_left)} left" if step.seconds_left is not None else ""
    detail = f", {step.detail}" if step.detail else ""
    done = f"{step.stage.capitalize()}: {step.done:,} of {step.total:,} {step.unit}{rate}{detail}{left}"
    return Content.assemble(clean_line(done, SENTENCE), ("  esc stops it", "$text-muted"))
