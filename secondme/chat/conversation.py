"""A conversation: each message is saved before anything else, then answered by the first answerer that takes it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from models.protocol import LanguageModel, SentenceScorer
from secondme.api import AskEvent, Chat, Done, Failed, Message, Started
from secondme.chat.answering import Answerer, answer, every_answerer
from secondme.chat.ended import ended_spans
from secondme.chat.evidence import EvidenceSearch
from secondme.chat.follow_ups.rewriting import asks_anew, full_question
from secondme.chat.messages import Draft, Messages, no_such_chat
from secondme.chat.off_record import OffRecord
from secondme.chat.prompt_cache import PromptCache
from secondme.chat.reader.reader import SentenceReader
from secondme.chat.replies import Replies
from secondme.chat.tools import ByHeart, Tools
from secondme.chat.turn import Turn
from secondme.chat.whole_memory import WholeMemory
from secondme.chat.working_memory import History
from secondme.clock import Clock, instant
from secondme.errors import NothingFound, UsageError
from secondme.ids import new_id
from secondme.recall.search import Recall
from secondme.text.clean import clean
from storage.store import Store


@dataclass(frozen=True)
class Asked:
    """A question that waits for its answer, with what was said before it and the spans as which it was saved.

    `version`: how many answers it has already. `full`: the question with what it leaves out, where that is known.
    """

    question: str
    chat: str
    history: History
    spans: Sequence[str]
    draft: Draft
    remember: bool
    question_id: str = ""
    version: int = 0
    named: Sequence[str] = ()
    full: str | None = None


class Conversation:
    """The chats held here. `model` is asked at each message, because it can change meanwhile."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        recall: Recall,
        model: Callable[[], LanguageModel | None],
        *,
        me: Callable[[], str],
        read_seconds: Callable[[], float],
        max_tokens: Callable[[], int],
        thinking_tokens: Callable[[], int] = lambda: 0,
        on_written: Callable[[], None],
        small: Callable[[], bool] = lambda: False,
        middling: Callable[[], bool] = lambda: False,
        on_begin: Callable[[], None] = lambda: None,
        names: Callable[[], Sequence[str]] | None = None,
        whole: WholeMemory | None = None,
        scorer: Callable[[], SentenceScorer | None] = lambda: None,
        by_heart: ByHeart = lambda question: None,
        answerers: Callable[[Tools], Sequence[Answerer]] = every_answerer,
    ) -> None:
        """`me` is the person's name, `names` are all their names. `read_seconds`: how long a model may read before it
        answers. `on_written` is called when something was saved, `on_begin` when an answer begins: background work
        then leaves the model. `small`: whether the model is too small to be asked for more than a few words;
        `middling`: whether it is so for what one sentence may answer. `whole` lays out all that is known; without it
        only the best passages are read. `scorer` reads a question and a sentence together. `by_heart` asks the adapter
        in use. `answerers` makes the list of answerers."""
        self._on_begin = on_begin
        self._names = names or (lambda: [me()])
        self._store = store
        self._clock = clock
        self._model = model
        self._small, self._middling = small, middling
        self._cache = whole.cache if whole else PromptCache()
        self._search = EvidenceSearch(store, recall)
        self._reader = SentenceReader(store, recall.embed_tokens, scorer)
        self._messages = Messages(store, clock, me=me, on_written=on_written)
        self._off_record = OffRecord()
        self._running: dict[str, threading.Event] = {}
        self._quiet = threading.Condition()
        self._answerers = answerers(
            Tools(
                store=store,
                clock=clock,
                recall=recall,
                messages=self._messages,
                replies=Replies(store, clock, recall, self._messages),
                me=me,
                names=self._names,
                read_seconds=read_seconds,
                max_tokens=max_tokens,
                cache=self._cache,
                whole=whole,
                thinking_tokens=thinking_tokens,
                by_heart=by_heart,
            )
        )

    def ask(
        self, question: str, *, chat_id: str | None, remember: bool, instead_of: str = "", named: Sequence[str] = ()
    ) -> Generator[AskEvent, None, None]:
        """Answer a question. The question is saved before anything else, the answer while it comes.

        Closing the iterator stops the answer and keeps what came. With `remember` false the turn is off the record: it
        is held in this process only, for the next turn off the record, and nothing of it is ever written.
        `instead_of`: an earlier question of this chat, after whose predecessor this one comes; both are kept. `named`:
        ids of spans and sources that are read for it first.
        Raises UsageError, NothingFound.
        """
        question = clean(question).strip()
        if not question:
            raise UsageError("The question is empty.", "Type one.")
        erasures = self._cache.erasures
        history = self._history(chat_id, remember) if chat_id is not None else History()
        chat = chat_id or new_id()
        spans_named = self._spans_of(named)
        after = None
        if instead_of:
            history = _before(history, instead_of)
            after = history.messages[-1].id if history.messages else ""
        question_id, full = "", None
        asked_spans: list[str] = []
        if remember:
            self._messages.start_chat(chat, question)
            before = history.exchanges()
            full = full_question(question, before, self._search.names_in_chat(question, before))
            question_id, asked_spans = self._messages.save_question(
                chat, question, after, asks=asks_anew(question, full)
            )
        draft = self._messages.new_draft(chat)
        asked = Asked(question, chat, history, asked_spans, draft, remember, question_id, named=spans_named, full=full)
        yield from self._answer(asked, erasures)

    def answer_again(self, message_id: str) -> Generator[AskEvent, None, None]:
        """Answer the question before an answer once more, as another version beside it.

        Raises NothingFound, UsageError.
        """
        erasures = self._cache.erasures
        chat = self._messages.message(message_id).chat_id
        history = self._history(chat, remember=True)
        shown = [message.id for message in history.messages]
        place = shown.index(message_id) if message_id in shown else -1
        before = history.messages[place - 1] if place > 0 else None
        if before is None or before.role != "user" or not before.text or history.messages[place].role == "user":
            raise UsageError("There is no question before this message to answer again.", "Choose an answer.")
        question, version = before, len(history.messages[place].versions) or 1
        draft = self._messages.new_draft(chat, question.id)
        history = history.before(question.id)
        spans = self._messages.spans_of(question)
        yield from self._answer(Asked(question.text, chat, history, spans, draft, True, question.id, version), erasures)

    def _spans_of(self, named: Sequence[str]) -> list[str]:
        """Ids of the spans that are named by themselves or by their source. Raises NothingFound."""
        spans: list[str] = []
        known = self._store.spans.by_id(list(named))
        for name in named:
            found = [name] if name in known else [s.id for s, gone in self._store.spans.of_source(name) if not gone]
            if not found:
                raise NothingFound("What you named with @ is no longer in memory.", "Ask without it.")
            spans += found
        return list(dict.fromkeys(spans))

    def _answer(self, asked: Asked, erasures: int) -> Generator[AskEvent, None, None]:
        """The events of the answer to a question that is saved. `erasures`: how many there were when it came."""
        question, chat, draft, remember = asked.question, asked.chat, asked.draft, asked.remember
        cancel = threading.Event()
        self._running[draft.record.id] = cancel
        self._on_begin()
        finished = False
        try:
            if remember:
                self._messages.save_draft(draft)
            yield Started(chat, draft.record.id, question_id=asked.question_id)
            now = self._clock.now()
            turn = Turn(
                question=question,
                chat=chat,
                history=asked.history,
                asked_spans=asked.spans,
                remember=remember,
                draft=draft,
                cancel=cancel,
                now=now,
                began=self._clock.monotonic(),
                search=self._search,
                reader=self._reader,
                over=lambda spans, of_plans: ended_spans(
                    self._store, self._names(), instant(now)[:10], spans, of_plans=of_plans
                ),
                current_model=self._model,
                current_model_is_small=self._small,
                current_model_is_middling=self._middling,
                version=asked.version,
                named=asked.named,
                full=asked.full,
            )
            for event in answer(turn, self._answerers):
                finished = isinstance(event, Done | Failed)
                yield event
        finally:
            cancel.set()
            if remember:
                self._cache.end(erasures)
            with self._quiet:
                self._running.pop(draft.record.id, None)
                self._quiet.notify_all()
            if not remember:
                self._off_record.hold(chat, question, draft, instant(self._clock.now()))
            elif not finished:
                # The reader went away: what came is kept, as with a stop.
                self._messages.keep(draft, "stopped")

    def _history(self, chat: str, remember: bool) -> History:
        """What a chat said before; off the record also what it said off the record. Raises NothingFound."""
        stored = self._store.chats.exists(chat)
        if stored and self._store.chats.is_hidden(chat):
            raise UsageError(
                "This chat was forgotten; what you say in it would be hidden with it.",
                f"Begin a new chat, or bring this one back with `secondme forget --undo {chat}`.",
                "Nothing was kept.",
            )
        if not stored and (remember or chat not in self._off_record):
            raise no_such_chat(chat)
        history = self._messages.history(chat) if stored else History()
        return history if remember else history.followed_by(self._off_record.history(chat))

    def stop(self, message_id: str) -> None:
        """End an answer within one token; harmless when it is over."""
        event = self._running.get(message_id)
        if event is not None:
            event.set()

    def stop_all(self) -> None:
        """End every answer that is on its way."""
        for event in list(self._running.values()):
            event.set()

    def begin_off_record(self, messages: Sequence[Message]) -> str | None:
        """Hold what was said elsewhere as a chat off the record; returns its id, or None for nothing."""
        return self._off_record.begin(messages) if messages else None

    def answering(self) -> bool:
        """Whether any answer is on its way."""
        return bool(self._running)

    def wait_quiet(self, seconds: float) -> bool:
        """Wait until no answer is on its way, so many seconds at most; whether none is."""
        if not self._running:
            return True
        with self._quiet:
            return self._quiet.wait_for(lambda: not self._running, seconds)

    def recover(self) -> int:
        """Turn answers that were streaming when the engine died into stopped ones; returns how many."""
        return self._messages.recover()

    def open(self, chat_id: str) -> Chat:
        """A chat with its messages. Raises NothingFound."""
        return self._messages.open(chat_id)

    @property
    def messages(self) -> Messages:
        """The messages of all chats."""
        return self._messages


def _before(history: History, message_id: str) -> History:
    """What was said before a question of a history. Raises NothingFound."""
    if all(message.id != message_id or message.role != "user" for message in history.messages):
        raise NothingFound("The question that this one replaces is not in this chat.", "Open the chat again.")
    return history.before(message_id)
