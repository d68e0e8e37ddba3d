"""The page of models: which one answers and how fast, what fits this machine, getting, choosing and removing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, ProgressBar, Static
from textual.worker import Worker

from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.messages import CallFailed
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.list_page import LOAD, Line, ListPage

if TYPE_CHECKING:
    from models.hub.store import PullPlan, PullProgress
    from secondme.runtimes.desk import Desk, ModelDesk, Standing
    from secondme.runtimes.planner import ModelPlan, Offer

SHOWN_EACH_SECONDS = 0.1
NARROW = 100
"""Columns below which the licence is left out."""


@dataclass(frozen=True)
class Choosable:
    """A line: a model, or the words `bundled` and `none`, or an unfinished pull."""

    name: str
    kind: str
    pulled: bool
    unfinished: bool = False


Row: TypeAlias = Choosable


@dataclass
class DeskLoaded(Message):
    """The models were read."""

    desk: Desk


@dataclass
class OfferLoaded(Message):
    """What fits was measured."""

    offer: Offer


@dataclass
class PlanLoaded(Message):
    """How one model would run here."""

    plan: ModelPlan


@dataclass
class PullPlanned(Message):
    """What a pull would bring."""

    name: str
    plan: PullPlan


@dataclass
class PullProgressed(Message):
    """How far a pull is."""

    name: str
    progress: PullProgress


@dataclass
class ModelsChanged(Message):
    """Something was pulled, chosen or removed; `note` says what."""

    note: str


class ModelsScreen(ListPage[Row]):
    """The models that answer, then those that embed; below them the plan of one, or a pull."""

    PLACE = "models"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)
    WAITING = "Reading which models there are…"
    KEYS = (("enter", "how it would run"),)
    DEFAULT_CSS = """
    ModelsScreen {
        #plan { height: auto; max-height: 40%; margin: 0 2; padding: 1 0 0 0; border-top: solid $border-blurred; }
        #bar { margin: 0 2; display: none; }
        Bar { width: 1fr; }
    }
    """

    def __init__(self, context: Context, desk: ModelDesk | None = None) -> None:
        super().__init__(context)
        self._given = desk
        self._desk: Desk | None = None
        self._offer: Offer | None = None
        self._pull: Worker[None] | None = None
        self._pulled = ""

    @property
    def desk(self) -> ModelDesk:
        """What works on the models; made when first needed, in a thread, because it loads much."""
        if self._given is None:
            from secondme.places import places
            from secondme.runtimes.desk import ModelDesk

            self._given = ModelDesk(places())
        return self._given

    def compose_below(self) -> Iterable[Widget]:
        """The plan of the chosen model, or how far a pull is."""
        yield Static("Measuring how fast this machine computes and reads…", id="plan", markup=False)
        yield ProgressBar(show_eta=False, id="bar")

    def read(self, door: Door) -> Message:
        """Read the models."""
        return DeskLoaded(self.desk.look())

    def on_mount(self) -> None:
        """Read the models, then measure what fits."""
        super().on_mount()
        self.calls.run(self, lambda door: iter([OfferLoaded(self.desk.offer())]), "offer")

    @on(DeskLoaded)
    def _loaded(self, event: DeskLoaded) -> None:
        self._desk = event.desk
        self._show_models()

    @on(OfferLoaded)
    def _measured(self, event: OfferLoaded) -> None:
        self._offer = event.offer
        if self._pull is None:
            self._say(offer_text(event.offer))
        if self._desk is not None:
            self._show_models()

    def on_resize(self) -> None:
        """Leave out what there is no room for."""
        if self._desk is not None:
            self._show_models()

    def _show_models(self) -> None:
        desk = self._desk
        assert desk is not None
        predicted = {plan.name: plan for plan in self._offer.plans} if self._offer else {}
        wide = self.size.width >= NARROW
        lines: list[Line[Row] | str] = []
        if desk.unfinished:
            lines.append("Unfinished")
            for repository, size in desk.unfinished:
                row = Choosable(repository, "chat", False, unfinished=True)
                lines.append(Line(unfinished_line(repository, size), row, f"unfinished {repository}"))
        lines.append(column_titles("Models that answer", wide))
        speed = desk.bundled_speed.tokens_per_second
        bundled = fixed_line("bundled", "comes with Second Me", desk.in_use == "bundled", speed)
        lines.append(Line(bundled, Choosable("bundled", "chat", True), "bundled"))
        for kind, title in (("chat", ""), ("embedder", "Models that embed")):
            lines += [column_titles(title, wide)] if title else []
            for standing in desk.models:
                model = standing.model
                if model.kind == kind:
                    plan = predicted.get(model.name.partition(":")[0])
                    row = Choosable(model.name, kind, model.pulled)
                    used = model.in_use or model.name == desk.in_use
                    lines.append(Line(model_line(standing, plan, used=used, wide=wide), row, model.name))
            if kind == "chat":
                quotes = fixed_line("none", "no model: answers are quotes", desk.in_use == "none", 0.0)
                lines.append(Line(quotes, Choosable("none", "chat", True), "none"))
        self.show(head_text(desk), lines)

    def _say(self, text: Content) -> None:
        self.query_one("#plan", Static).update(text)

    # --- what the keys do

    @on(OptionList.OptionSelected)
    def _details(self) -> None:
        row = self.chosen
        if row is None or row.name == "none" or row.kind != "chat":
            return
        name = row.name
        self._say(Content(f"{clean(name, keep_newlines=False)}: measuring…"))
        self.calls.run(self, lambda door: iter([PlanLoaded(self.desk.plan_here(name))]), "plan", exclusive=True)

    @on(PlanLoaded)
    def _planned(self, event: PlanLoaded) -> None:
        from secondme.runtimes.planner import sentences

        if self._pull is None:
            self._say(Content(clean("\n".join(sentences(event.plan)))))

    def action_pull(self) -> None:
        """Ask the hub what there is to fetch, and whether to fetch it."""
        row = self.chosen
        if self._pull is not None:
            self.app.notify("A model is on its way; esc stops it.", markup=False)
        elif row is None or row.name in ("bundled", "none"):
            self.app.notify("Choose a model that is not here yet.", markup=False)
        else:
            name = row.name
            self._say(Content(f"Asking {self.desk.hub.endpoint} about {clean(name, keep_newlines=False)}…"))
            self.calls.run(
                self, lambda door: iter([PullPlanned(name, self.desk.plan_pull(name))]), "ask", exclusive=True
            )

    @on(PullPlanned)
    def _ask_to_pull(self, event: PullPlanned) -> None:
        self._say(Content(""))
        if not event.plan.left:
            self.app.notify(f"{clean(event.name, keep_newlines=False)} is here already.", markup=False)
            return

        def answered(choice: str | None) -> None:
            if choice == "get":
                self._begin(event.name, event.plan)

        choices = [Choice("no", "Not now"), Choice("get", "Get it")]
        self.app.push_screen(ConfirmScreen(f"Get {event.name}?", list(pull_lines(event.plan)), choices), answered)

    def _begin(self, name: str, plan: PullPlan) -> None:
        def work(door: Door) -> Iterator[Message]:
            last, steps = 0.0, self.desk.pull(plan)
            try:
                while True:
                    step = next(steps)
                    if time.monotonic() - last > SHOWN_EACH_SECONDS:
                        last = time.monotonic()
                        yield PullProgressed(name, step)
            except StopIteration as ended:
                door.reload()
                yield ModelsChanged(f"{ended.value} is complete and undamaged; c lets it answer.")
            finally:
                steps.close()

        self._pulled = name
        self._pull = self.calls.run(self, work, "pull", exclusive=True)
        self._say(Content(f"{clean(name, keep_newlines=False)}: beginning…"))

    @on(PullProgressed)
    def _progressed(self, event: PullProgressed) -> None:
        if self._pull is None:
            return
        bar = self.query_one("#bar", ProgressBar)
        bar.display = True
        bar.update(total=event.progress.total, progress=event.progress.done)
        self._say(progress_text(event.name, event.progress))

    @on(ModelsChanged)
    def _changed(self, event: ModelsChanged) -> None:
        self._end_pull()
        self.app.notify(clean(event.note, keep_newlines=False), markup=False)
        self.load()

    def _end_pull(self) -> None:
        if self._pull is not None:
            self._pull = None
            self.query_one("#bar").display = False
            self._say(offer_text(self._offer) if self._offer else Content(""))

    def action_choose(self) -> None:
        """Let the chosen model answer, or embed."""
        row = self.chosen
        if row is None:
            return
        if not row.pulled:
            self.app.notify("It is not on this computer yet; g gets it.", markup=False)
            return
        name = row.name
        self.calls.run(self, lambda door: iter([ModelsChanged(self.desk.choose(name, door))]), "choose", exclusive=True)

    def action_remove(self) -> None:
        """Ask, then delete the chosen model from this computer."""
        row = self.chosen
        if row is None or row.name in ("bundled", "none") or not (row.pulled or row.unfinished):
            self.app.notify("Choose a model that was fetched: a line with + or ◐.", markup=False)
            return
        name = row.name
        used = self._desk is not None and self._desk.in_use == name

        def remove(door: Door) -> Iterator[Message]:
            yield ModelsChanged(f"{name} is removed, {size_text(self.desk.remove(name, door))} freed.")

        def answered(choice: str | None) -> None:
            if choice == "remove":
                self.calls.run(self, remove, "remove", exclusive=True)

        lines = ["Its files are deleted; g gets them again."]
        lines += ["It is in use: the bundled model takes over."] if used else []
        choices = [Choice("no", "Cancel"), Choice("remove", "Remove it", danger=True)]
        self.app.push_screen(ConfirmScreen(f"Remove {name}?", lines, choices), answered)

    def action_back(self) -> None:
        """Stop a pull, which keeps what has arrived; else return to the chat."""
        if self._pull is not None:
            self._pull.cancel()
            self._end_pull()
            self.app.notify("Stopped; what has arrived is kept, and g goes on from there.", markup=False)
            self.load()
        else:
            self.dismiss()

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        """What went wrong stands below the list."""
        if event.group == LOAD:
            return
        if event.group == "pull":
            self._end_pull()
            self.load()
        sentence = clean(event.error.sentence(), keep_newlines=False)
        self._say(Content.styled(f"⚠ {sentence}", "$text-warning"))


def head_text(desk: Desk) -> Content:
    """What answers now, and how fast it was."""
    names = {"bundled": "the bundled model", "none": "no model: answers are quotes"}
    name = f"the server at {desk.server}" if desk.server else names.get(desk.in_use, desk.in_use)
    speed = next((s.measured for s in desk.models if s.model.name == desk.in_use), desk.bundled_speed)
    note = ""
    if not desk.server and desk.in_use != "none":
        note = (
            f"{speed.tokens_per_second:.0f} tokens/s here, on average of {speed.answers:,}"
            if speed.answers
            else "not measured yet: its first long answer does"
        )
    return Content.assemble(
        ("Models", "bold $title"),
        "\n",
        "In use: ",
        (clean(name, keep_newlines=False), "bold"),
        (f"  {note}", "$text-muted"),
    )


def column_titles(title: str, wide: bool) -> str:
    """The title of a group, and of its columns."""
    return f"  {title:28}{'size':>10} {'here':>10}  {'predicted':20}" + ("  licence" if wide else "")


def model_line(standing: Standing, plan: ModelPlan | None, *, used: bool, wide: bool) -> Content:
    """Mark, name, size, measured and predicted speed, licence."""
    model, measured = standing.model, standing.measured
    mark = "●" if used else "+" if model.pulled else " "
    size = ("~" if model.estimated else "") + size_text(model.size) if model.size else ""
    here = f"{measured.tokens_per_second:.0f} tok/s" if measured.answers else ""
    licence = f"  {clean(model.licence, keep_newlines=False)}" if wide else ""
    name = clean(model.name, keep_newlines=False)
    name = name if len(name) <= 27 else name[:26] + "…"
    return Content.assemble(
        (mark, "$text-success" if used else "$text-accent"),
        (f" {name:28}", "bold" if used else ""),
        f"{size:>10} {here:>10}  ",
        fit_text(plan),
        (licence, "$text-muted"),
    )


def fit_text(plan: ModelPlan | None) -> Content:
    """Whether it fits, and how fast it would be, in 20 cells."""
    if plan is None:
        return Content(f"{'':20}")
    made = plan.plan
    if made.mode == "too large":
        return Content.styled(f"{'✗ needs ' + size_text(made.needs):20}", "$text-error")
    per_second = made.tokens_per_second
    speed = f"{per_second:.0f}" if per_second >= 10 else f"{per_second:.1f}" if per_second >= 0.1 else "<0.1"
    if made.mode == "resident":
        return Content.styled(f"{f'✓ fits, {speed} tok/s':20}", "$text-success")
    return Content.styled(f"{f'⚠ from disk, {speed}/s':20}", "$text-warning")


def fixed_line(name: str, what: str, used: bool, speed: float) -> Content:
    """The bundled model, or none."""
    here = f"{speed:.0f} tok/s" if speed else ""
    return Content.assemble(
        ("●" if used else " ", "$text-success"),
        (f" {name:28}", "bold" if used else ""),
        f"{'':>10} {here:>10}  ",
        (what, "$text-muted"),
    )


def unfinished_line(repository: str, size: int) -> Content:
    """A pull that was interrupted."""
    name = clean(repository, keep_newlines=False)
    return Content.assemble(
        ("◐", "$text-warning"), f" {name:36} ", (f"{size_text(size)} arrived; g goes on", "$text-muted")
    )


def offer_text(offer: Offer) -> Content:
    """What the machine has."""
    return Content.assemble(
        f"{size_text(offer.available)} of memory are free, {size_text(offer.memory)} for a model; ",
        f"the disk reads {offer.disk / 1e9:.1f} GB/s.",
        ("\n● in use   + on this computer   ✓ fits in memory", "$text-muted"),
    )


def pull_lines(plan: PullPlan) -> Iterator[str]:
    """What would be fetched, how large it is, and from where."""
    chosen, listing = plan.selection, plan.listing
    many = f"{len(chosen.files)} files" if len(chosen.files) > 1 else chosen.files[0].path
    yield f"{many}, {size_text(chosen.size)}" + (
        f", {size_text(plan.left)} of it still to come." if plan.left != chosen.size else "."
    )
    known = plan.reference.known
    yield f"Licence {(known.licence if known else listing.licence) or 'not told'}, commit {listing.commit[:12]}."
    yield f"From {plan.endpoint} and where it redirects to. Of your memory nothing is sent."


def progress_text(name: str, step: PullProgress) -> Content:
    """How far a pull is: bytes, rate, end."""
    left = "" if step.seconds_left is None else f", {seconds_text(step.seconds_left)} left"
    done = f"{size_text(step.done)} of {size_text(step.total)}, {step.per_second / 1e6:.1f} MB/s{left}"
    return Content.assemble(
        (clean(name, keep_newlines=False), "bold"), f"  {step.stage} {done}", ("  esc stops it", "$text-muted")
    )


def size_text(size: int) -> str:
    """Bytes in decimal GB or MB."""
    return f"{size / 1e9:.1f} GB" if size >= 1_000_000_000 else f"{size / 1e6:.0f} MB"


def seconds_text(seconds: float) -> str:
    """A time to wait, as people say it."""
    return (
        f"{seconds:.0f} s"
        if seconds < 90
        else f"{seconds / 60:.0f} min"
        if seconds < 5400
        else f"{seconds / 3600:.1f} h"
    )
