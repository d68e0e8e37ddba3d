"""The home screen: chats at the left, the conversation, and the box to ask in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from secondme.api import ChatSummary, Delta, Done, Failed, Passages, Started, Thought
from secondme.api.door import Door
from secondme.errors import EngineUnavailable, SecondMeError, UsageError
from secondme.text.clean import clean
from tui.actions import bindings
from tui.commands import in_app
from tui.context import Context
from tui.draft import DraftKeeper
from tui.keymap import with_keys
from tui.messages import CallFailed
from tui.screens.chat_mentions import ChatMentions
from tui.screens.chat_turns import (
    AnswerProgressed,
    ChatBroughtBack,
    ChatGone,
    ChatLoaded,
    ChatsLoaded,
    Running,
    Waiting,
    is_gone,
)
from tui.screens.forgotten import chat_gone_screen
from tui.screens.secrets import ask_about_secrets
from tui.widgets.chat_list import ChatList
from tui.widgets.completions import Completions
from tui.widgets.context_meter import ContextMeter
from tui.widgets.conversation import WINDOW, Conversation, Note, QuestionView
from tui.widgets.key_line import key_hints, keys_in_force
from tui.widgets.prompt import Prompt
from tui.widgets.status_bar import EngineState, StatusBar
from tui.widgets.wordmark import wordmark

OFF_RECORD = "○ off the record: nothing of this is kept · @off_record ends it"
PROMPT_KEYS = (("@prompt.send", "send"), ("@command_palette", "commands"), ("@help", "help"))
SENT_EARLY = "waiting for the engine to start…"


class ChatScreen(ChatMentions):
    """Shows a chat; the others are in the list."""

    BINDINGS = bindings("chat")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide"), (100, "-halves"), (150, "-broad")]  # noqa: RUF012  # Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._now = context.now
        self._chats: list[ChatSummary] = []
        self._named = {}
        self._waiting: list[Waiting] = []
        self._engine = EngineState()
        self._loss_shown = False
        self._questions = 0
        self._draft_file = context.draft
        self._draft_keeper = DraftKeeper(context.draft, self)
        self._chat_of_draft: str | None = None
        """The chat that a draft of the last session was meant for, until it is open."""

    def compose(self) -> ComposeResult:
        """List, conversation, box, status."""
        with Horizontal(id="body"):
            with Vertical(id="chats"):
                yield Static(wordmark(small=True), id="wordmark", markup=False)
                yield ChatList()
            with Vertical(id="main"):
                yield Conversation()
                yield ContextMeter()
                yield Completions()
                yield Prompt()
        yield StatusBar()

    def on_mount(self) -> None:
        """Put the cursor into the box from the first moment."""
        prompt = self.query_one(Prompt)
        prompt.border_subtitle = key_hints(*keys_in_force(self.app, PROMPT_KEYS))
        draft = self._draft_file.load()
        if text := clean(draft.text):
            prompt.put_back(text)
            self._chat_of_draft = draft.chat_id
            self._named = {clean(label): name for label, name in draft.named}
        prompt.focus()

    def on_unmount(self) -> None:
        """Keep the last keys too."""
        self._draft_keeper.write()

    # --- what is not sent yet

    @on(TextArea.Changed, "#prompt")
    def _keep_draft(self) -> None:
        """Note what is unsent, to be written soon. Off the record nothing is kept."""
        running = self._answering
        kept = [waiting.text for waiting in self._waiting if waiting.remember]
        if running is not None and running.remember and running.message_id is None and not running.again:
            kept.insert(0, running.question)
        typed = "" if self._off_record else self.query_one(Prompt).text
        text = "\n\n".join(part for part in (*kept, typed) if part)
        named = tuple((label, name) for label, name in self._named.items() if label in text)
        file = self._draft_file
        file.latest = replace(file.latest, text=text, chat_id=self._chat_id, named=named)
        self._draft_keeper.changed()

    # --- the engine

    @property
    def idle(self) -> bool:
        """Whether nothing is being typed or answered."""
        return not (self.query_one(Prompt).text or self._waiting or self._answering)

    def show_engine(self, state: EngineState) -> None:
        """Show a new state of the engine."""
        first = self._engine.status is None and state.status is not None
        self._engine = replace(state, passages=self._engine.passages, off_record=self._off_record)
        if not state.missing:
            self._loss_shown = False
        if not self.query(StatusBar):
            return  # the app ends: its parts are gone before its last messages
        self.query_one(StatusBar).state = self._engine
        self.query_one(Conversation).show_status(state.status)
        if first:
            self.load_chats()

    async def show_engine_loss(self, error: SecondMeError) -> None:
        """Say once that the engine cannot be reached. After an answer that broke off, the error is there already."""
        if not self.query(Conversation):
            return  # the app ends: its parts are gone before its last messages
        if self._answering is None and not self._loss_shown:
            self._loss_shown = True
            await self.add_note(error)

    async def add_note(self, error: SecondMeError) -> None:
        """Show an error in the conversation."""
        await self.query_one(Conversation).add(Note(error.what, safe=error.safe, remedy=error.remedy))

    def load_chats(self) -> None:
        """Read the list of chats again."""
        self._calls.run(self, lambda door: iter([ChatsLoaded(door.chats())]), "chats", exclusive=True)

    @on(ChatsLoaded)
    def _chats_loaded(self, event: ChatsLoaded) -> None:
        self._chats = event.chats
        if event.note:
            self.app.notify(event.note, markup=False)
        self._show_chats()
        meant, self._chat_of_draft = self._chat_of_draft, None
        if self._questions == 0 and self._chat_id is None and any(chat.id == meant for chat in event.chats):
            self.post_message(ChatList.Chosen(str(meant)))

    def _show_chats(self) -> None:
        self.query_one(ChatList).show(self._chats, self._chat_id, self._now())

    def on_resize(self) -> None:
        """Fit the lines of the list to its width."""
        self.call_after_refresh(self._show_chats)

    # --- asking

    @on(Prompt.Submitted)
    def _submitted(self, event: Prompt.Submitted) -> None:
        if self._off_record:
            self._take(event.text)
            return
        ask_about_secrets(self, event.text, self._take, given_up=lambda: self.query_one(Prompt).put_back(event.text))

    def _take(self, text: str) -> None:
        """Ask a question now, or after the answer that is being written."""
        remember = not self._off_record
        edited = self.leave_edit()
        if self._answering is None and not self._waiting:
            running = self.begin_running(text, QuestionView(text), remember=remember)
            if edited is not None and remember:
                running.instead_of, running.place, running.replaced = edited.place.message_id, edited.place, edited
            return
        waiting = Waiting(text, remember, QuestionView(text, waiting=True))
        waiting.view.set_class(not remember, "-off-record")
        self._waiting.append(waiting)
        self._keep_draft()
        self.run_worker(self.query_one(Conversation).add(waiting.view), exclusive=False)

    def _begin_next(self) -> None:
        """Ask the question that waits first, if there is one."""
        if self._answering is None and self._waiting:
            waiting = self._waiting.pop(0)
            waiting.view.show_sent()
            self.begin_running(waiting.text, waiting.view, remember=waiting.remember)

    @on(Prompt.RecallRequested)
    def _recall_requested(self) -> None:
        """Take back the message that waits last; else word the last question otherwise."""
        if self._take_back_last():
            return
        question = self.query_one(Conversation).last_question()
        if question is not None and not self._obstacle():
            self.edit_question(question)
        else:
            self.query_one(Prompt).fill(self.query_one(Prompt).last)

    def _take_back_last(self) -> bool:
        """Bring the message that waits last back into the box; whether one waited."""
        if not self._waiting:
            return False
        waiting = self._waiting.pop()
        waiting.view.remove()
        self.query_one(Prompt).put_back(waiting.text)
        return True

    def _take_back_waiting(self, *before: str) -> None:
        """Bring what waits back into the box, behind the texts `before`, instead of sending it."""
        texts = [*before, *(waiting.text for waiting in self._waiting)]
        for waiting in self._waiting:
            waiting.view.remove()
        self._waiting.clear()
        if texts:
            self.query_one(Prompt).put_back("\n\n".join(texts))

    def begin_running(self, text: str, view: QuestionView, *, remember: bool) -> Running:
        """Ask a question. From here on others wait for its answer."""
        from tui.widgets.answer import AnswerView

        waiting = "thinking…" if self._engine.status is not None and not self._engine.missing else SENT_EARLY
        self._questions += 1
        running = Running(self._questions, text, view, AnswerView(waiting=waiting), remember, chat_id=self._chat_id)
        running.named = self.named_in(text)
        self._answering = running
        self._unkept = self._unkept or (self._chat_id is None and not remember)
        view.set_class(not remember, "-off-record")
        self._keep_draft()
        self.run_worker(self._ask(running), exclusive=False)
        return running

    async def _ask(self, running: Running) -> None:
        conversation = self.query_one(Conversation)
        if running.replaced is not None:
            views = (running.answer_view,) if running.again else (running.question_view, running.answer_view)
            await conversation.put_in_place_of(running.replaced, *views)
        elif running.question_view.is_attached:
            await conversation.add_below(running.question_view, running.answer_view)
        else:
            await conversation.add(running.question_view, running.answer_view)
        if self._answering is not running:
            return  # stopped meanwhile

        def ask(door: Door) -> Iterator[Message]:
            for answer_event in running.events(door):
                if isinstance(answer_event, Failed) and is_gone(door, running):
                    yield ChatGone(running.number, forgotten=answer_event.exit_code == UsageError.exit_code)
                    return
                yield AnswerProgressed(running.number, answer_event)

        running.worker = self._calls.run(self, ask, "ask")

    @on(AnswerProgressed)
    async def _progressed(self, event: AnswerProgressed) -> None:
        running = self._answering
        if running is None or running.number != event.number:
            return
        match event.event:
            case Started(chat_id=chat_id, message_id=message_id) as started:
                if self._chat_id == running.chat_id:
                    self._chat_id = chat_id
                running.started(started)
                running.answer_view.show_waiting("thinking…")
                self._keep_draft()
                if running.stopping:
                    self._send_stop(message_id)
                self.load_chats()
            case Passages() as passages:
                running.passages = passages
                running.answer_view.show_passages(passages)
                self.query_one(ContextMeter).show(passages)
                self._engine = replace(self._engine, passages=passages)
                self.query_one(StatusBar).state = self._engine
            case Thought(text=text, seconds=seconds):
                if running.answer_view.is_attached:
                    running.answer_view.show_thought(text, seconds)
            case Delta(text=text):
                running.text.append(text)
                if running.answer_view.is_attached:
                    running.answer_view.feed(text)
            case Done(answer=answer):
                self._answering = None
                if running.answer_view.is_attached:
                    await running.answer_view.finish(answer)
                self.load_chats()
                self._begin_next()
            case Failed(what=what, remedy=remedy, safe=safe):
                await self._break_off(SecondMeError(in_app(self.app, what), in_app(self.app, remedy), safe))

    @on(ChatGone)
    async def _chat_gone(self, event: ChatGone) -> None:
        """Ask where a question belongs whose chat was forgotten or erased."""
        running = self._answering
        if running is None or running.number != event.number:
            return
        self._answering = None
        await running.answer_view.remove()
        await running.question_view.remove()
        self._take_back_waiting()
        self.app.push_screen(chat_gone_screen(forgotten=event.forgotten), partial(self._send_elsewhere, running))

    async def _send_elsewhere(self, running: Running, choice: str | None) -> None:
        """Send a question into a new chat, or into its own after that was brought back; else it stays in the box."""
        chat_id = running.chat_id
        if choice == "new":
            await self.new_chat()
            self._take(running.question)
        elif choice == "back" and chat_id is not None:

            def bring_back(door: Door) -> Iterator[Message]:
                door.restore(chat_id)
                yield ChatBroughtBack(running.question)

            self._calls.run(self, bring_back, "chat")
        else:
            self.query_one(Prompt).put_back(running.question)

    @on(ChatBroughtBack)
    def _chat_brought_back(self, event: ChatBroughtBack) -> None:
        self.load_chats()
        self._take(event.question)

    async def _break_off(self, error: SecondMeError) -> None:
        """End the running answer with an error: keep what has come, or give the question back when nothing has."""
        running, self._answering = self._answering, None
        if running is None:
            return
        if isinstance(error, EngineUnavailable):
            self._loss_shown = True
        if running.answer_view.is_attached:
            await running.answer_view.fail(error.sentence())
        if running.message_id is None and running.replaced is not None and running.chat_id is not None:
            self.post_message(ChatList.Chosen(running.chat_id))  # what was to be replaced is still there
            if running.instead_of:
                self.query_one(Prompt).put_back(running.question)
        elif running.message_id is None:
            running.question_view.add_class("-unsent")
            box_is_empty = not self.query_one(Prompt).text
            self._take_back_waiting(*([running.question] if box_is_empty or self._waiting else []))
        self.load_chats()
        self._begin_next()

    @on(CallFailed)
    async def _call_failed(self, event: CallFailed) -> None:
        if event.group == "ask":
            await self._break_off(event.error)
        elif event.group == "chat":
            await self.add_note(event.error)
        elif event.group == "beside":
            self.show_source_error(event.error)

    async def action_stop(self) -> None:
        """Close the source, else leave an edit, else take back what waits, else stop the answer; the second time, do
        not wait for the engine to confirm it."""
        if self.close_source() or self.cancel_edit() or self._take_back_last():
            return
        running = self._answering
        if running is None:
            self.set_class(False, "-list")
            self.query_one(Prompt).focus()
            return
        if running.stopping or running.message_id is None:
            if running.worker is not None:
                running.worker.cancel()
            self._answering = None
            if running.answer_view.is_attached:
                await running.answer_view.finish_stopped()
            self._begin_next()
            return
        running.stopping = True
        running.answer_view.show_stopping()
        self._send_stop(running.message_id)

    def _send_stop(self, message_id: str) -> None:
        def stop(door: Door) -> Iterator[Message]:
            door.stop(message_id)
            return iter(())

        self._calls.run(self, stop, "stop")

    # --- off the record

    def toggle_off_record(self) -> None:
        """Keep nothing from here on, or everything again: in a new chat, if this one was never kept."""
        self.leave_edit()
        self._off_record = not self._off_record
        if not self._off_record and self._unkept:
            self._chat_id, self._unkept = None, False
        self.set_class(self._off_record, "-off-record")
        self.query_one(Prompt).border_title = with_keys(self.app, OFF_RECORD) if self._off_record else ""
        self._engine = replace(self._engine, off_record=self._off_record)
        self.query_one(StatusBar).state = self._engine
        self._keep_draft()

    def action_context(self) -> None:
        """Show what filled the prompt of the last answer, or close that."""
        if not self.query_one(ContextMeter).toggle():
            self.app.notify("No prompt was written in this chat since it was opened.", markup=False)

    # --- chats

    async def new_chat(self) -> None:
        """Show an empty conversation; an answer that is being written goes on in its chat."""
        self._take_back_waiting()
        self.leave_edit()
        self.query_one(ContextMeter).show(None)
        self._chat_id, self._unkept = None, False
        await self.query_one(Conversation).clear()
        self._show_chats()
        self.query_one(Prompt).focus()

    def toggle_chats(self) -> None:
        """Show and focus the list of chats, or hide it when it has the focus."""
        chats = self.query_one(ChatList)
        if chats.has_focus:
            self.set_class(False, "-list")
            self.set_class(not self.has_class("-narrow"), "-no-list")
            self.query_one(Prompt).focus()
            return
        self.set_class(True, "-list")
        self.set_class(False, "-no-list")
        self.call_after_refresh(chats.focus)

    @on(ChatList.Chosen)
    def _chosen(self, event: ChatList.Chosen) -> None:
        chat_id = event.chat_id
        self._calls.run(self, lambda door: iter([ChatLoaded(door.chat(chat_id, last=WINDOW))]), "chat", exclusive=True)
        self.set_class(False, "-list")
        self.query_one(Prompt).focus()

    @on(ChatLoaded)
    async def _chat_loaded(self, event: ChatLoaded) -> None:
        self._take_back_waiting()
        self.leave_edit()
        if event.chat.id != self._chat_id:
            self.query_one(ContextMeter).show(None)
        self._chat_id, self._unkept = event.chat.id, False
        conversation = self.query_one(Conversation)
        running = self._answering
        messages = event.chat.messages
        if running is not None and running.message_id is not None:
            messages = tuple(message for message in messages if message.id != running.message_id)
        await conversation.show(messages, event.chat.stretches, unread=event.chat.before)
        if running is not None and running.chat_id == event.chat.id:
            from tui.widgets.answer import AnswerView

            running.answer_view = AnswerView("".join(running.text), waiting="thinking…")
            await conversation.add(running.answer_view)
            if running.passages is not None:
                running.answer_view.show_passages(running.passages)
        self._show_chats()
