"""The pane of a memory: its text, how strongly it is held, what recalled it, its history, its sources and links."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from secondme.api import Hit, MemoryLife, PassageView, Standing, TreeNode
from secondme.text.clean import clean
from tui.widgets.chat_list import age
from tui.widgets.retention_chart import retention_chart

SHOWN = 8_000
"""Characters of a memory that are shown; Enter opens all of it in its source."""
LINKS = 5
Part = Content | str | tuple[str, str]


class MemoryPane(VerticalScroll):
    """Shows one memory, or what a branch is."""

    DEFAULT_CSS = """
    MemoryPane {
        padding: 0 2;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        Static { height: auto; }
        #memory-strength, #memory-more { margin: 1 0 0 0; }
    }
    """

    def compose(self) -> ComposeResult:
        """Its words, its strength, the rest."""
        yield Static("", id="memory-text", markup=False)
        yield Static("", id="memory-strength", markup=False)
        yield Static("", id="memory-more", markup=False)

    def show_branch(self, node: TreeNode) -> None:
        """Say what a branch holds."""
        words = _line(node.label)[:SHOWN]
        memories = f"{node.size:,} memor{'y' if node.size == 1 else 'ies'} below it; enter opens or closes it."
        self._show(Content.assemble((words, "bold"), "\n\n", (memories, "$text-muted")), Content(""), Content(""))

    def show_notice(self, words: str) -> None:
        """Show a sentence instead of a memory."""
        self._show(Content.styled(clean(words), "$text-muted"), Content(""), Content(""))

    def show_life(self, life: MemoryLife, now: datetime) -> None:
        """Show a memory."""
        width = max(self.scrollable_content_region.width, 30)
        self._show(memory_text(life.passage), strength_text(life, width, now), history_text(life, now))
        self.scroll_home(animate=False)

    def _show(self, text: Content, strength: Content, more: Content) -> None:
        for name, content in (("#memory-text", text), ("#memory-strength", strength), ("#memory-more", more)):
            widget = self.query_one(name, Static)
            widget.update(content)
            widget.display = bool(content.plain)


def memory_text(view: PassageView) -> Content:
    """Source, speaker and time, then the words themselves."""
    hit = view.hit
    where = " · ".join(
        _line(part) for part in (hit.heading, hit.place or (f"line {hit.line}" if hit.kind == "file" else "")) if part
    )
    facts = " · ".join(part for part in (where, _line(speaker_and_time(hit))) if part)
    parts: list[Part] = [(_line(hit.title) or "Untitled", "bold")]
    parts += ["\n", (facts, "$text-muted")] if facts else []
    parts += ["\n\n", clean(hit.text)[:SHOWN].strip()]
    parts += [("\n… enter shows all of it", "$text-muted")] if len(hit.text) > SHOWN else []
    if view.archived:
        parts.append(
            (f"\n\nIts source has changed since, or is gone: this is version {view.version}.", "$text-warning")
        )
    return Content.assemble(*parts)


def strength_text(life: MemoryLife, width: int, now: datetime) -> Content:
    """How strongly it is held, and the curve along which that falls."""
    held = life.passage.hit.standing
    if held is None or not life.curve:
        return Content("")
    chart = retention_chart(life.curve, min(width, 60), life.fades_in, now)
    return Content.assemble(
        _title("Strength"),
        f"{held.retention:.0%} held, {_outlook(held, life)}",
        (f"\nstrength {held.strength:.1f}, in the layer of {held.layer}", "$text-muted"),
        *(() if held.faded else ("\n", chart)),
    )


def _outlook(held: Standing, life: MemoryLife) -> str:
    if held.faded:
        return "faded: a recall brings it back"
    if held.pinned:
        return "pinned: never fades"
    return "does not fade" if life.fades_in is None else f"fades in {max(life.fades_in, 0):,.0f} days of use"


def history_text(life: MemoryLife, now: datetime) -> Content:
    """What recalled it, what happened to it, where else it is said, and what is linked to it."""
    view, held = life.passage, life.passage.hit.standing
    parts: list[Part] = [_title("Recalled")]
    count = held.recalls if held else 0
    last = f", last {_ago(life.recalled_at, now)}" if life.recalled_at else ""
    parts.append(f"{count:,} time{'' if count == 1 else 's'}{last}" if count else "Not yet.")
    for recalling in life.recallings:
        parts += ["\n", (f"{_ago(recalling.at, now):>8}  ", "$text-muted"), _line(recalling.question)[:120]]
    parts += ["\n\n", _title("History")]
    for i, event in enumerate(life.events):
        what = _line(event.what) + (", undone since" if event.undone else "")
        parts += ["\n" if i else "", (f"{_ago(event.at, now):>8}  ", "$text-muted"), what]
        parts += [(f"  by {_line(event.run)}", "$text-muted")] if event.run else []
    sources = [view.hit.uri or view.hit.title, *view.hit.also]
    parts += ["\n\n", _title("Sources"), "\n".join(_line(source) for source in sources)]
    if view.related:
        parts += ["\n\n", _title("Linked")]
    for i, related in enumerate(view.related[:LINKS]):
        words = " ".join(_line(related.hit.text[:200]).split())
        parts += ["\n" if i else "", "· ", words[:100], (f"\n  {_line('; '.join(related.reasons))}", "$text-muted")]
    if view.keywords or view.tags:
        words = " · ".join(_line(word) for word in (*view.keywords, *view.tags))
        parts += ["\n\n", _title("About"), (words, "$text-accent")]
    return Content.assemble(*parts)


def speaker_and_time(hit: Hit) -> str:
    """Who said it and when, as far as that is known: `Ana, 2024-05-03`."""
    when = ""
    if hit.happened_at:
        lengths = {"year": 4, "month": 7, "day": 10}
        when = hit.happened_at[: lengths.get(hit.precision, 16)].replace("T", " ")
    return ", ".join(part for part in (hit.speaker, when) if part)


def _title(words: str) -> Content:
    return Content.assemble((words, "bold $title"), "\n")


def _ago(instant: str, now: datetime) -> str:
    since = age(instant, now)
    return f"{since} ago" if since[-1:].isalpha() and since != "now" else since


def _line(text: str) -> str:
    return " ".join(clean(text, keep_newlines=False).split())
