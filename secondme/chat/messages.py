"""Messages of a chat: recorded and saved with their spans, read with their citations."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from secondme.api import AnswerSentence, Chat, ChatStretch, ChatSummary, Citation, Message
from secondme.chat.kinds.message_kind import states
from secondme.chat.working_memory import History, finished_stretches
from secondme.clock import Clock, instant
from secondme.errors import NothingFound, UsageError
from secondme.ids import derived_id, new_id
from secondme.ingest.notes import title_of
from secondme.ingest.turns import message_passages
from secondme.recall.hits import plain_hit
from secondme.text.clean import clean
from storage.records import Document, FoundSpan, MessageRecord, Source, Span
from storage.store import Store

SAVE_SECONDS = 0.25
"""How often an answer is saved while it comes."""
TITLE_LENGTH = 120
"""Characters of a title; the rest is cut off."""
OLDER_REFUSAL = "Your memory does not say"
"""How a refusal begins in databases whose messages do not say whether they refuse."""


@dataclass
class Draft:
    """An answer on its way: what has come so far and when that was last saved, in monotonic seconds."""

    record: MessageRecord
    text: str = ""
    saved_at: float = 0.0
    refused: bool = False
    written: bool = False
    """Whether its words are a model's."""


class Messages:
    """Writes the messages of chats and reads them. `me`: the name by which what the person says is saved."""

    def __init__(self, store: Store, clock: Clock, *, me: Callable[[], str], on_written: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._me = me
        self._on_written = on_written

    def start_chat(self, chat: str, question: str) -> None:
        """Create the chat, unless it exists. It is named for its first message."""
        if self._store.chats.exists(chat):
            return
        now = instant(self._clock.now())
        title = title_of(question)
        self._store.chats.start(
            Source(chat, "chat", title, "", now),
            Document(_document_id(chat), chat, 1, "", 0, 0, 0, "application/x-chat", title, now, "second", now),
        )

    def save_question(
        self, chat: str, text: str, after: str | None = None, *, asks: bool = False
    ) -> tuple[str, list[str]]:
        """Save a message of the person; returns its id and those of its spans.

        `asks`: whether the chat before shows that it only asks; else its words decide.
        `after`: the message that it follows, "" for none; by default the last of the version that is shown.
        """
        parent = self._store.chats.leaf(chat) if after is None else after
        record = replace(self._record(chat, "user", text, "complete"), parent=parent)
        spans = self._spans(record, self._me() or "Me", "me", evidence=states(text) and not asks)
        self._store.chats.save(record, spans)
        self._on_written()
        return record.id, [span.id for span in spans]

    def new_draft(self, chat: str, after: str | None = None) -> Draft:
        """An empty answer, not saved yet: to the question `after`, by default to the message saved last."""
        return Draft(replace(self._record(chat, "assistant", "", "streaming"), parent=after))

    def chats(self) -> list[ChatSummary]:
        """All chats that are not hidden, latest first."""
        return [
            ChatSummary(chat.id, chat.title, chat.messages, chat.started_at, chat.last_at, chat.archived)
            for chat in self._store.chats.all()
        ]

    def spans_of(self, message: Message) -> list[str]:
        """Ids of the spans as which a message was saved."""
        return [derived_id(message.id, passage.start) for passage in message_passages(message.text, None)]

    def rename(self, chat_id: str, title: str) -> None:
        """Give a chat another title. Raises NothingFound, UsageError."""
        self._check(chat_id)
        title = " ".join(clean(title, keep_newlines=False).split())[:TITLE_LENGTH]
        if not title:
            raise UsageError("A chat needs a title.", "Type one.")
        self._store.chats.rename(chat_id, title)
        self._on_written()

    def archive(self, chat_id: str, *, archived: bool) -> None:
        """Put a chat away, or bring it back. Raises NothingFound."""
        self._check(chat_id)
        self._store.chats.archive(chat_id, instant(self._clock.now()) if archived else None)
        self._on_written()

    def choose(self, message_id: str) -> Chat:
        """Show the version of a chat that goes through this message. Raises NothingFound."""
        record = self.message(message_id)
        self._store.chats.choose(record.chat_id, message_id)
        return self.open(record.chat_id)

    def message(self, message_id: str) -> MessageRecord:
        """A message that is not hidden. Raises NothingFound."""
        record = self._store.chats.message(message_id)
        if record is None:
            raise NothingFound("This message is no longer in memory.", "Open the chat again.")
        return record

    def _check(self, chat_id: str) -> None:
        """Raise NothingFound where there is no such chat."""
        if not self._store.chats.exists(chat_id):
            raise no_such_chat(chat_id)

    def save_draft(self, draft: Draft) -> None:
        """Save an answer that is still coming."""
        self._store.chats.save(draft.record, [])

    def save_stream(self, draft: Draft, model: str) -> None:
        """Save what a model has written of an answer so far, if that was not done just now."""
        now = self._clock.monotonic()
        if now - draft.saved_at >= SAVE_SECONDS:
            draft.saved_at = now
            self._store.chats.save(replace(draft.record, text=draft.text, model=model), [])

    def note_sources(self, draft: Draft, used: Sequence[tuple[str, str]]) -> None:
        """Note what an answer is made from before it comes, so that one that breaks off is erased with its sources
        too."""
        self._store.chats.save(draft.record, [], used)

    def keep(self, draft: Draft, state: str, used: Sequence[tuple[str, str]] | None = None) -> None:
        """Save an answer for good: complete, stopped or failed, with spans by which it can be found.

        `used` are (span id, relation) pairs of what it was made from: it is erased with any of them. None: what was
        noted of that before.
        """
        record = replace(draft.record, text=draft.text, state=state)
        self._store.chats.save(record, self._spans(record, "Second Me", "assistant", evidence=False), used)
        self._on_written()

    def recover(self) -> int:
        """Turn answers that were streaming when the engine died into stopped ones; returns how many."""
        interrupted = self._store.chats.interrupted_messages()
        for record in interrupted:
            self.keep(Draft(record, record.text), "stopped")
        return len(interrupted)

    def history(self, chat_id: str) -> History:
        """The messages of a chat, oldest first."""
        return self._history(self._store.chats.messages(chat_id))

    def _history(self, records: Sequence[MessageRecord]) -> History:
        details = [_details(record) for record in records]
        cited = {entry["span"] for entries in details for entry in entries["citations"]}
        spans = self._store.spans.by_id(sorted(cited))
        return History(
            tuple(_message(record, entries, spans) for record, entries in zip(records, details, strict=True)),
            frozenset(record.id for record, entries in zip(records, details, strict=True) if entries["refused"]),
            frozenset(record.id for record, entries in zip(records, details, strict=True) if entries["written"]),
        )

    def one(self, record: MessageRecord) -> Message:
        """A message with its citations."""
        details = _details(record)
        spans = self._store.spans.by_id([entry["span"] for entry in details["citations"]])
        return _message(record, details, spans)

    def open(self, chat_id: str, last: int = 0) -> Chat:
        """A chat with its messages and finished stretches; with `last` only so many of its last messages, if it has
        more. Raises NothingFound."""
        titles = {record.id: record.title for record in self._store.chats.all()}
        if chat_id not in titles:
            raise no_such_chat(chat_id)
        records, before = self._store.chats.latest_messages(chat_id, last)
        messages = self._history(records).messages
        if before:
            return Chat(chat_id, titles[chat_id], messages, before=before)
        stretches = tuple(
            ChatStretch(stretch.first, stretch.last, stretch.summary, stretch.span_ids)
            for stretch in finished_stretches(self._store, chat_id, messages)
        )
        return Chat(chat_id, titles[chat_id], messages, stretches)

    def _record(self, chat: str, role: str, text: str, state: str) -> MessageRecord:
        return MessageRecord(new_id(), chat, role, text, instant(self._clock.now()), state)

    def _spans(self, record: MessageRecord, speaker: str, role: str, *, evidence: bool) -> list[Span]:
        document_id = _document_id(record.chat_id)
        first = self._store.chats.next_ordinal(document_id)
        return [
            Span(
                id=derived_id(record.id, passage.start),
                document_id=document_id,
                ordinal=first + i,
                section=0,
                start=passage.start,
                end=passage.end,
                line=passage.line,
                text=passage.text,
                speaker=speaker,
                role=role,
                evidence=evidence,
                happened_at=record.at,
                happened_offset=0,
                precision="second",
                message_id=record.id,
            )
            for i, passage in enumerate(message_passages(record.text, None))
        ]


def no_such_chat(chat_id: str) -> NothingFound:
    """The error for a chat that does not exist."""
    return NothingFound(f"There is no chat {chat_id}.", "`secondme chats` lists them.")


def details_json(
    citations: Sequence[Citation], sentences: Sequence[AnswerSentence], *, refused: bool, written: bool = False
) -> str:
    """What is stored of an answer besides its text. Of a citation only the span's id: the text stays where it can be
    erased."""
    return json.dumps(
        {
            "citations": [{"number": c.number, "span": c.hit.id} for c in citations],
            "sentences": [[s.start, s.end, list(s.citations), s.support] for s in sentences],
            "refused": refused,
            "written": written,
        }
    )


def _details(record: MessageRecord) -> dict[str, Any]:
    """What `details_json` stored; what an older database lacks is read off the text."""
    loaded: dict[str, Any] = json.loads(record.details) if record.details else {}
    refused = record.role == "assistant" and record.text.startswith(OLDER_REFUSAL)
    return {"citations": [], "sentences": [], "refused": refused, "written": bool(record.model), **loaded}


def _message(record: MessageRecord, details: Mapping[str, Any], spans: Mapping[str, FoundSpan]) -> Message:
    return Message(
        id=record.id,
        role="assistant" if record.role == "assistant" else "user",
        text=record.text,
        at=record.at,
        state=record.state,
        citations=tuple(
            Citation(entry["number"], plain_hit(spans[entry["span"]]))
            for entry in details["citations"]
            if entry["span"] in spans
        ),
        sentences=tuple(AnswerSentence(s[0], s[1], tuple(s[2]), s[3]) for s in details["sentences"]),
        model=record.model,
        versions=record.versions,
    )


def _document_id(chat: str) -> str:
    return derived_id(chat, "turns")
