"""How an answer ends: it is shown, stored with what it was made from, and what it cites is recalled more easily."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.protocol import Finished, ModelError
from secondme.api import Answer, AnswerSentence, AskEvent, Citation, Delta, Done, Failed, Passages
from secondme.chat.answer_text import Attributed, attribute_quotes, closest, lead_answer, with_quotes
from secondme.chat.messages import Messages, details_json
from secondme.chat.turn import Turn
from secondme.chat.working_memory import first_span
from secondme.clock import Clock
from secondme.forgetting.reinforcement import reinforce
from secondme.recall.hits import plain_hit
from secondme.recall.search import Recall
from secondme.text.sentences import strip_citations
from storage.records import FoundSpan
from storage.store import Store

NO_MODEL = Finished("stop", 0, 0, 0.0, 0.0)


@dataclass(frozen=True)
class Reply:
    """An answer as it ends. `said`: its own words, without citations and quotes."""

    final: Attributed
    said: str
    refused: bool = False
    quoted: bool = False
    """Whether it holds nothing but quotes."""
    written: bool = False
    """Whether a model wrote it in its own words."""
    from_history: bool = True
    """Whether it may have words of the chat before it, and is erased with any of its messages."""
    from_spans: Sequence[str] = ()
    """Ids of spans that it may have words of, besides those that it cites."""
    model: str = ""
    usage: Finished = NO_MODEL
    context_tokens: int = 0
    seconds_to_first_token: float = 0.0


class Replies:
    """Answers a turn with a text. Each method yields the events of the whole answer, from its passages to its end."""

    def __init__(self, store: Store, clock: Clock, recall: Recall, messages: Messages) -> None:
        self._store = store
        self._clock = clock
        self._recall = recall
        self._messages = messages

    def state(self, turn: Turn, text: str, span_ids: Sequence[str], after: str = "") -> Iterator[AskEvent]:
        """A sentence that is certain, with the spans that say it, then what goes `after` it, such as a query."""
        spans = self._store.spans.by_id(span_ids)
        known = [spans[span_id] for span_id in span_ids if span_id in spans]
        citations = tuple(Citation(number, plain_hit(span, 1.0)) for number, span in enumerate(known, start=1))
        numbers = tuple(citation.number for citation in citations)
        line = text + "".join(f" [{number}]" for number in numbers)
        yield from _shown(turn, line + after, citations)
        final = Attributed(line + after, (AnswerSentence(0, len(line), numbers, 1.0),), citations)
        yield from self.end(turn, Reply(final, text, from_history=False))

    def list(
        self,
        turn: Turn,
        text: str,
        lines: Sequence[tuple[str, int]],
        spans: Sequence[FoundSpan],
        after: str = "",
        heading: str = "",
    ) -> Iterator[AskEvent]:
        """A sentence that names many, then each as a line with the number of the span that holds it, then how many more
        there are. `lines`: (text, place among `spans`); a span that comes again keeps its first number. `heading`: is
        shown in place of the sentence, where that says no more than the lines."""
        first: dict[str, int] = {}
        for span in spans:
            first.setdefault(span.span.id, len(first) + 1)
        known = {span.span.id: span for span in spans}
        citations = tuple(Citation(number, plain_hit(known[span_id], 1.0)) for span_id, number in first.items())
        shown = heading or text + "".join(f" [{number}]" for number in first.values())
        marked = [AnswerSentence(0, len(shown), tuple(first.values()), 1.0)]
        for line, place in lines if len(lines) > 1 or (lines and lines[0][0].rstrip(".") not in text) else ():
            number = first[spans[place].span.id]
            shown += "\n" if len(marked) > 1 else "\n\n"
            start = len(shown)
            shown += f"- {line} [{number}]"
            marked.append(AnswerSentence(start, len(shown), (number,), 1.0))
        shown += f"\n\n{after}" if after else ""
        yield from _shown(turn, shown, citations)
        yield from self.end(turn, Reply(Attributed(shown, tuple(marked), citations), text, from_history=False))

    def refuse(self, turn: Turn, text: str) -> Iterator[AskEvent]:
        """A sentence that memory does not say it, with the closest sentences of the best passages below it.

        It claims nothing, so nothing has to support it, and only the passages that are quoted are its sources.
        """
        numbers = {citation.hit.id: citation.number for citation in turn.citations}
        quoted = {number for number, _ in closest(turn.reading, numbers)}
        hits = [citation.hit for citation in turn.citations if citation.number in quoted]
        citations = tuple(Citation(number, hit) for number, hit in enumerate(hits, start=1))
        yield from _shown(turn, text, citations)
        final = with_quotes(text, (), citations, turn.reading)
        yield from self.end(turn, Reply(final, text, refused=True))

    def read_off(self, turn: Turn, text: str, span_id: str) -> Iterator[AskEvent]:
        """What was read off a passage, with the passage's number, and the closest sentences of the best below it."""
        citations = turn.citations
        numbers = tuple(citation.number for citation in citations if citation.hit.id == span_id)
        line = text + "".join(f" [{number}]" for number in numbers)
        yield from _shown(turn, line, citations)
        final = with_quotes(line, (AnswerSentence(0, len(line), numbers, 1.0),), citations, turn.reading)
        yield from self.end(turn, Reply(final, text))

    def remark(self, turn: Turn, text: str, span_ids: Sequence[str] = ()) -> Iterator[AskEvent]:
        """A sentence about the conversation itself, which cites nothing; it may have words of the spans `span_ids`."""
        yield from _shown(turn, text, ())
        final = Attributed(text, (), ())
        yield from self.end(turn, Reply(final, text, from_history=False, from_spans=span_ids))

    def quote(self, turn: Turn, text: str) -> Iterator[AskEvent]:
        """A text of quotes from the best passages; that they are only quoted is said where there is no model."""
        citations = turn.citations
        yield from _shown(turn, text, citations)
        final = attribute_quotes(text, citations)
        said = strip_citations(text.partition("\n")[0]).strip()
        yield from self.end(turn, Reply(final, said, quoted=turn.model is None))

    def end(self, turn: Turn, reply: Reply) -> Iterator[AskEvent]:
        """Store an answer that was shown, unless the turn is off the record."""
        final, draft = reply.final, turn.draft
        answer = Answer(
            chat_id=turn.chat,
            message_id=draft.record.id,
            text=final.text,
            citations=final.citations,
            sentences=final.sentences,
            finish="quoted" if reply.quoted else reply.usage.reason,
            model=reply.model,
            prompt_tokens=reply.usage.prompt_tokens,
            completion_tokens=reply.usage.completion_tokens,
            context_tokens=reply.context_tokens,
            seconds_to_first_token=round(reply.seconds_to_first_token, 3),
            seconds=round(self._clock.monotonic() - turn.began, 3),
            refused=reply.refused,
            said=reply.said,
        )
        draft.refused, draft.written = reply.refused, reply.written
        if turn.remember:
            draft.text = final.text
            details = details_json(final.citations, final.sentences, refused=reply.refused, written=reply.written)
            draft.record = replace(draft.record, model=reply.model, details=details)
            cited = [citation.hit.id for citation in final.citations]
            sources = made_from(turn, [*cited, *reply.from_spans], history=reply.from_history)
            self._messages.keep(draft, "stopped" if answer.finish == "cancelled" else "complete", sources)
            if not reply.refused:
                self._reinforce(final)
        yield Done(answer)

    def fail(self, turn: Turn, error: ModelError, model: str) -> Iterator[AskEvent]:
        """End an answer with an error of the model's; what came of it is kept. If nothing came, memory is quoted."""
        draft = turn.draft
        draft.record = replace(draft.record, model=model)
        if draft.text:
            if turn.remember:
                self._messages.keep(draft, "failed")
            yield Failed(error.what, error.remedy, "What came of the answer is kept.")
            return
        quotes, citations = lead_answer(turn.reading, turn.citations), turn.citations
        if quotes:
            yield from _shown(turn, quotes, citations)
        if turn.remember:
            final = attribute_quotes(quotes, citations)
            draft.record = replace(draft.record, details=details_json(citations, final.sentences, refused=False))
            cited = [citation.hit.id for citation in citations]
            self._messages.keep(draft, "failed", made_from(turn, cited))
        yield Failed(error.what, error.remedy, "What comes nearest in your memory is quoted above." if quotes else "")

    def _reinforce(self, final: Attributed) -> None:
        """What the answer cites was recalled: it is held more strongly, and comes back if it had faded."""
        cited = {number for sentence in final.sentences for number in sentence.citations}
        used = [citation.hit.id for citation in final.citations if citation.number in cited]
        reinforce(self._store, used, self._clock.now())


def _shown(turn: Turn, text: str, citations: tuple[Citation, ...]) -> Iterator[AskEvent]:
    yield Passages(citations, 0, 0)
    turn.draft.text = text
    yield Delta(text)


def made_from(turn: Turn, span_ids: Sequence[str], *, history: bool = True) -> list[tuple[str, str]]:
    """(span id, relation) of all that an answer may have words of: it is hidden and erased with any of these spans."""
    return [
        *((span_id, "passage") for span_id in (*span_ids, *turn.corrected_by)),
        *((span_id, "question") for span_id in turn.asked_spans),
        *((first_span(message.id), "history") for message in (turn.history.messages if history else ())),
    ]
