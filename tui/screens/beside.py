"""The part of the chat screen that shows a source beside the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from secondme.errors import SecondMeError
from tui.context import Context
from tui.messages import PassageRequested
from tui.widgets.citations import CitationList
from tui.widgets.conversation import Conversation
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.screens.source_panel import SourceLoaded, SourcePanel


class SourceBeside(Screen[None]):
    """A screen with a conversation in `#body`, and room for a source at its right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._calls = context.calls
        self._source: SourcePanel | None = None
        """The source that is shown beside the answer."""

    def action_open_citation(self, number: int) -> None:
        """Open passage `number` of the focused answer, or of the last one that has it."""
        answers = self.query_one(Conversation).answers()
        focused = [view for view in answers if view.has_focus_within]
        for view in focused + answers[::-1]:
            if span_id := view.citation_list.span_id(number):
                self.run_worker(self._open_source(span_id), exclusive=True, group="beside")
                return

    def action_open_citations(self) -> None:
        """Put the focus on the passages of the last answer that has any."""
        for view in reversed(self.query_one(Conversation).answers()):
            if view.citation_list.citations:
                view.query_one(CitationList).focus()
                return

    @on(PassageRequested)
    def _passage_requested(self, event: PassageRequested) -> None:
        event.stop()
        self.run_worker(self._open_source(event.span_id), exclusive=True, group="beside")

    async def _open_source(self, span_id: str) -> None:
        """Show a source beside the answer, which stays where it is."""
        from tui.screens.source_panel import SourcePanel, read_source

        conversation = self.query_one(Conversation)
        if self._source is None:
            place = conversation.reading_place()
            self._source = SourcePanel()
            await self.query_one("#body").mount(self._source)
            self.add_class("-beside")
            conversation.return_to(place)
        self._source.begin(span_id)
        if self.has_class("-narrow") or self.has_class("-wide"):
            self._source.focus_text()
        self._calls.run(self, lambda door: read_source(door, span_id), "beside", exclusive=True)

    def on_source_loaded(self, event: SourceLoaded) -> None:
        """Show the source that was read."""
        if self._source is not None:
            self._source.show(event)

    def close_source(self) -> bool:
        """Take the source away; whether one was shown."""
        if self._source is None:
            return False
        conversation = self.query_one(Conversation)
        place = conversation.reading_place()
        had_focus = self._source.has_focus_within
        self._source.remove()
        self._source = None
        self.remove_class("-beside")
        conversation.return_to(place)
        if had_focus:
            self.query_one(Prompt).focus()
        return True

    def show_source_error(self, error: SecondMeError) -> None:
        """Say in the panel why the source cannot be shown."""
        if self._source is not None:
            self._source.fail(error)
