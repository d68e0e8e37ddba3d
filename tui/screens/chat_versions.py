"""The part of the chat screen that answers again, asks otherwise, and goes from one version of a chat to another."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.message import Message

from secondme.api.door import Door
from tui.context import Context
from tui.keymap import with_keys
from tui.screens.beside import SourceBeside
from tui.screens.chat_turns import ChatLoaded, Running
from tui.widgets.conversation import Conversation, QuestionView
from tui.widgets.prompt import Prompt
from tui.widgets.versions import VersionChosen

EDITING = "another wording · enter asks it, esc leaves it as it was"
BUSY = "An answer is being written. Wait for its end, or stop it with esc."
NO_ANSWER = "There is no answer here yet that could be given again."
UNKEPT = "What is off the record is not kept, so it has no versions. Ask again instead."


class ChatVersions(SourceBeside):
    """A chat whose messages can have several versions."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._chat_id: str | None = None
        self._answering: Running | None = None
        self._edited: QuestionView | None = None
        """The question that the box words otherwise."""
        self._off_record = False
        self._unkept = False
        """Whether the chat on the screen began off the record; then only the process of the engine holds it."""

    def begin_running(self, text: str, view: QuestionView, *, remember: bool) -> Running:
        """A question that is asked from now on; others wait for its answer."""
        raise NotImplementedError

    def _obstacle(self) -> str:
        """Why no other version can be made now; empty where one can."""
        return BUSY if self._answering is not None else UNKEPT if self._off_record or self._unkept else ""

    # --- another answer

    def action_answer_again(self) -> None:
        """Have the last question answered once more."""
        conversation = self.query_one(Conversation)
        answers = conversation.answers()
        obstacle = self._obstacle()
        question = conversation.question_of(answers[-1]) if answers else None
        if obstacle or question is None or not answers[-1].place.message_id:
            self.app.notify(obstacle or NO_ANSWER, markup=False)
            return
        running = self.begin_running(question.text, question, remember=True)
        running.again, running.place, running.replaced = answers[-1].place.message_id, answers[-1].place, answers[-1]

    # --- another wording

    def edit_question(self, view: QuestionView) -> None:
        """Put a question into the box, to be asked otherwise."""
        if obstacle := self._obstacle():
            self.app.notify(obstacle, markup=False)
            return
        self.leave_edit()
        self._edited = view
        view.add_class("-edited")
        prompt = self.query_one(Prompt)
        prompt.fill(view.text)
        prompt.border_title = EDITING
        prompt.focus()

    def leave_edit(self) -> QuestionView | None:
        """Leave the question as it was; returns the one that was being worded otherwise. What is typed stays."""
        view, self._edited = self._edited, None
        if view is not None:
            view.remove_class("-edited")
            self.query_one(Prompt).border_title = ""
        return view

    def cancel_edit(self) -> bool:
        """Leave an edit by esc: an unchanged text leaves the box too. Returns whether there was one."""
        view = self.leave_edit()
        prompt = self.query_one(Prompt)
        if view is not None and prompt.text == view.text:
            prompt.fill("")
        return view is not None

    # --- going to another version

    def action_version(self, step: int) -> None:
        """Show the version before or after: of the focused message, else of the last one that has any."""
        views = self.query_one(Conversation).messages()
        focused = [view for view in views if view.has_focus_within]
        for view in focused or reversed(views):
            if len(view.place.versions) > 1:
                if other := view.place.beside(step):
                    self.post_message(VersionChosen(other))
                return
        words = "No message here has another version. @chat.answer_again answers again."
        self.app.notify(with_keys(self.app, words), markup=False)

    @on(VersionChosen)
    def _version_chosen(self, event: VersionChosen) -> None:
        event.stop()
        if obstacle := self._obstacle():
            self.app.notify(obstacle, markup=False)
            return
        message_id = event.message_id

        def choose(door: Door) -> Iterator[Message]:
            yield ChatLoaded(door.choose_version(message_id))

        self._calls.run(self, choose, "chat", exclusive=True)
