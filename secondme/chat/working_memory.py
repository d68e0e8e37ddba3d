"""The working memory of a long chat (HiAgent, Hu et al. 2024): finished stretches shrink to summaries, and the last
messages stay as they are.

What a question needs of a finished stretch is looked up again and cited (`secondme.chat.evidence`), but only what the
person said, never the assistant's text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from secondme.api import Message, Progress
from secondme.consolidation.summary_writer import (
    READ_CHARACTERS,
    central_spans,
    grounded_sentences,
    memory_id,
    model_name,
    quote,
    store_summary,
    summary,
    write_sentences,
)
from secondme.ids import derived_id
from secondme.index.episodes import episodes
from secondme.jobs.job import Job, Run
from secondme.text.entities import mentions
from secondme.text.sentences import strip_citations
from storage.memories import SourceSpan
from storage.store import Store

KEPT = 6
"""The latest messages of a chat, which belong to no finished stretch: a prompt holds them word for word."""
SENTENCES = 2
THREAD_NAMES = 5
OPEN_QUESTIONS = 2


@dataclass(frozen=True)
class History:
    """The messages of a chat so far, oldest first, with the ids of those that refuse to answer, and of those that
    a model wrote."""

    messages: tuple[Message, ...] = ()
    refusals: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()

    def spoken(self) -> list[Message]:
        """What a model was asked and answered in its own words, question and answer in turn.

        What the app says by itself is no example of how to answer: a model would begin each answer with "Noted". What
        the person told beside that is evidence, and stands among the passages.
        """
        found: list[Message] = []
        for asked, answer in pairwise(self.messages):
            own = answer.role == "assistant" and answer.id in self.written and answer.id not in self.refusals
            if own and asked.role == "user" and asked.text and answer.text:
                words = strip_citations(answer.text.partition("\n\n")[0]).strip()
                found += [asked, replace(answer, text=words)]
        return found

    def exchanges(self) -> list[tuple[str, str]]:
        """(what the person wrote, the first lines of the answer) of each turn, oldest first; "" for a refusal."""
        found: list[tuple[str, str]] = []
        for message in self.messages:
            if message.role == "user":
                found.append((message.text, ""))
            elif found and message.id not in self.refusals:
                found[-1] = (found[-1][0], message.text.partition("\n\n")[0])
        return found

    def before(self, message_id: str) -> History:
        """What was said before a message of this history."""
        ids = [message.id for message in self.messages]
        kept = self.messages[: ids.index(message_id)]
        held = {message.id for message in kept}
        return History(kept, self.refusals & held, self.written & held)

    def followed_by(self, later: History) -> History:
        """This history and then the other."""
        return History(self.messages + later.messages, self.refusals | later.refusals, self.written | later.written)


@dataclass(frozen=True)
class Stretch:
    """Messages first to last (positions in the chat) about one thing, and what was said in a sentence or two."""

    first: int
    last: int
    span_ids: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class Thread:
    """What runs through a chat: the names in it, and questions that memory could not answer."""

    names: tuple[str, ...]
    open: tuple[str, ...]


def first_span(message_id: str) -> str:
    """The id of a message's first span."""
    return derived_id(message_id, 0)


def stretch_bounds(store: Store, messages: Sequence[Message]) -> list[tuple[int, int]]:
    """(first, end) positions of the stretches of a chat, cut where the person changes the subject."""
    mine = [i for i, message in enumerate(messages) if message.role == "user"]
    if not mine:
        return []
    vectors = store.vectors.get([first_span(messages[i].id) for i in mine])
    nothing = np.zeros(store.vectors.dimension, np.float32)
    matrix = np.stack([vectors.get(first_span(messages[i].id), nothing) for i in mine])
    found = episodes(matrix)
    ends = [mine[end] if end < len(mine) else len(messages) for _, end in found]
    return [(mine[first], end) for (first, _), end in zip(found, ends, strict=True)]


def finished_stretches(store: Store, chat_id: str, messages: Sequence[Message]) -> list[Stretch]:
    """The stretches of a chat that are over, oldest first: not the last stretch, nor the last messages of all."""
    if len(messages) <= 2 * KEPT:
        return []
    earlier = messages[:-KEPT]
    found = []
    for first, end in stretch_bounds(store, earlier)[:-1]:
        spans = _said(store, earlier[first:end])
        if spans:
            found.append(Stretch(first, end - 1, tuple(span.id for span in spans), _summary(store, chat_id, spans)))
    return found


def thread(history: History) -> Thread:
    """The names that come up most, and the last questions that were refused."""
    names: Counter[str] = Counter()
    for message in history.messages:
        if message.role == "user":
            # In the order of mention: that of a set differs between processes, and so would the prompt's beginning.
            names.update(list(dict.fromkeys(mention.name for mention in mentions(message.text))))
    refused = [
        asked.text
        for asked, answer in pairwise(history.messages)
        if asked.role == "user" and answer.id in history.refusals
    ]
    return Thread(tuple(name for name, _ in names.most_common(THREAD_NAMES)), tuple(refused[-OPEN_QUESTIONS:]))


def earlier_lines(stretches: Sequence[Stretch], running: Thread, room: int) -> list[str]:
    """What a prompt says of the earlier chat, within so many characters: the thread, then the latest stretches."""
    if not stretches:
        return []
    lines: list[str] = []
    if running.names:
        lines.append(f"Names so far: {', '.join(running.names)}.")
    lines += [f"Still open: {' '.join(text.split())[:120]}" for text in running.open]
    summaries = []
    left = room - sum(len(line) + 1 for line in lines)
    for stretch in reversed(stretches):
        line = f"Earlier: {stretch.summary}"
        if len(line) + 1 > left:
            break
        left -= len(line) + 1
        summaries.append(line)
    return lines + summaries[::-1] if room > 0 else []


def _said(store: Store, messages: Sequence[Message]) -> list[SourceSpan]:
    """What the person said in these messages, questions left out where there is anything else."""
    ids = [first_span(message.id) for message in messages if message.role == "user" and message.text]
    return store.memories.spans(store.spans.seqs(ids))


def _about(chat_id: str, spans: Sequence[SourceSpan]) -> str:
    return f"chat:{chat_id}:{spans[0].id}:{spans[-1].id}"


def _summary(store: Store, chat_id: str, spans: Sequence[SourceSpan]) -> str:
    memory = store.memories.about(_about(chat_id, spans))
    if memory is not None and memory.sentences:
        return " ".join(" ".join(text.split()) for text in store.memories.texts(memory))
    return " / ".join(_excerpt(span) for span in central_spans(store, spans, SENTENCES))


def _excerpt(span: SourceSpan) -> str:
    sentence = quote(span)
    return " ".join(span.text[sentence.start : sentence.end].split())


class LongChats(Job):
    """The job that sums up finished stretches of long chats, so that no answer has to."""

    name = "chats"
    title = "Sum up the finished stretches of long chats"

    def steps(self, run: Run) -> Iterator[Progress]:
        """Chat by chat; a stretch is written once."""
        store = run.store
        chats = [chat for chat in store.chats.all() if chat.messages > 2 * KEPT]
        held = store.memories.digests("chat")
        undone = store.runs.undone_keys("memories", "chat written")
        for done, chat in enumerate(chats):
            messages = [
                Message(
                    record.id,
                    "assistant" if record.role == "assistant" else "user",
                    record.text,
                    record.at,
                    record.state,
                )
                for record in store.chats.messages(chat.id)
            ]
            for first, end in stretch_bounds(store, messages[:-KEPT])[:-1]:
                spans = _said(store, messages[first:end])
                about = _about(chat.id, spans) if spans else ""
                if spans and about not in held and memory_id(about, str(len(spans)), model_name(run)) not in undone:
                    self._write(run, about, spans)
            yield Progress("summing up", done + 1, len(chats), "chats")

    @staticmethod
    def _write(run: Run, about: str, spans: Sequence[SourceSpan]) -> None:
        texts: list[str] = []
        if run.model is not None and sum(len(span.text) for span in spans) > READ_CHARACTERS // 3:
            texts = write_sentences(run, central_spans(run.store, spans, SENTENCES * 3))
        with run.step() as step:
            kept = grounded_sentences(step, texts, spans)[:SENTENCES]
            kept = kept or [quote(span) for span in central_spans(run.store, spans, SENTENCES)]
            store_summary(step, run.store, summary(run, "chat", about, str(len(spans)), kept))
