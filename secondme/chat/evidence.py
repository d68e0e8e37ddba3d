"""What memory holds for a message: what recall finds, what the chat said before, and the neighbours of a turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from secondme.api import Message
from secondme.chat.follow_ups.rewriting import REMEMBERED
from secondme.chat.kinds.asking import EMBEDDER, Floats, bare
from secondme.chat.kinds.message_kind import states
from secondme.chat.kinds.small_talk_words import is_small_talk
from secondme.chat.prompt import Candidate, with_speaker
from secondme.chat.put_right import REACH, is_said_by, put_right_in_chat
from secondme.chat.working_memory import KEPT, first_span
from secondme.facts.corrections import correction_from_afar
from secondme.recall.hits import Found, Scored, hit
from secondme.recall.search import Recall
from secondme.text.chunking import TARGET_CHARACTERS
from secondme.text.entities import begins_sentence, fold_name
from secondme.text.sure_names import sure_names
from secondme.text.terms import STOP_WORDS, content_stems, words_of
from secondme.text.timex.query import TimeQuery
from storage.records import FoundSpan, Span
from storage.store import Store

CANDIDATES = 12
EARLIER = 4
"""At most so many earlier statements of the same chat are added."""
NEAR_BEST = 6.0
"""An earlier statement of the chat is added when its score is at most so far below the best of memory."""
BACK = 3
"""So many turns back is looked for what a speaker said before: the app and others speak between."""
NAMING = 5
"""Mentions of a word that are looked at to see whether it is a name."""
NAMED = 6
"""Passages of what the person named that come before all else."""
QUOTES = 3
"""Passages that are cited where no model reads them."""


@dataclass(frozen=True)
class Evidence:
    """What memory holds for a message. `weak`: too little to answer from, because of `found.reason`."""

    found: Found
    weak: bool
    candidates: Sequence[Candidate]
    """What was found as a model reads it, the best first."""
    corrected_by: tuple[str, ...] = ()
    """Ids of the spans whose words were put into what they correct."""
    corrected: frozenset[str] = frozenset()
    """Ids of the spans that have such words: what they said before holds no more, what they say now does."""


class EvidenceSearch:
    """Gathers the evidence for a message of a chat. Writes nothing."""

    def __init__(self, store: Store, recall: Recall) -> None:
        self._store = store
        self._recall = recall

    def meaning(self, message: str) -> Floats | None:
        """The vector of a message that shows whether it asks; None without the embedder for all languages."""
        return self._recall.question_vector(bare(message), EMBEDDER)

    def names_in_chat(self, message: str, before: Sequence[tuple[str, str]]) -> list[str]:
        """Whom a message and the turns before it name, in small letters too, as memory knows them by names of one word
        or two."""
        keys: set[str] = set()
        for text in (message, *(text for text, _ in before[-REMEMBERED:])):
            words = [fold_name(word) for word in words_of(text.replace("’", "'"))]
            keys |= {word for word in words if len(word) > 1 and word not in STOP_WORDS}
            keys |= {" ".join(pair) for pair in pairwise(words)}
        named = self._store.annotations.texts_naming(sorted(keys), NAMING)
        told = [(text, mention) for said in named.values() for text in said for mention in sure_names(text)]
        known = {row.subject for row in self._store.facts.statements(about=sorted(named))} if named else set()
        names = {
            mention.key: mention.name
            for text, mention in told
            if mention.kind in ("name", "person")
            and mention.key in named
            # "Dinner was late" begins large for another reason
            and (mention.key in known or not begins_sentence(text, mention.start))
        }
        return list(names.values())

    def gather(
        self,
        question: str,
        history: Sequence[Message],
        chat: str,
        now: datetime,
        *,
        brief: bool,
        recent: bool = False,
        named: Sequence[str] = (),
        until: datetime | None = None,
    ) -> Evidence:
        """The evidence for `question`.

        `brief`: of a turn's neighbours only the question that it answers is read. `recent`: what this chat said a
        moment ago is evidence too, because no prompt holds it word for word. `named`: ids of spans of which the best
        come first, because the person named them. `until`: what anybody said from then on is none, nor what it
        corrects.
        """
        if is_small_talk(question):
            return Evidence(Found(question, [], False, "", TimeQuery(None, "within", "", False)), False, [])
        found = self._recall.find(question, CANDIDATES, evidence_only=True, exclude_source=chat, asked_at=now)
        found = self._with_earlier(found, question, history if recent else history[:-KEPT], now)
        found = self._with_named(found, question, named, now)
        if until is not None:
            found = replace(found, hits=[scored for scored in found.hits if is_said_by(scored.span.span, until)])
        weak = found.weak and not named and not _stated(question, history)
        found, corrected_by, corrected = self._as_corrected(found, until)
        return Evidence(found, weak, self._with_neighbours(found.hits, brief=brief), corrected_by, corrected)

    def source_of(self, answer: Message) -> list[str]:
        """Ids of the spans that an answer led with: of a file all of them, of a message those of the message."""
        led = answer.sentences[0].citations if answer.sentences else ()
        led_with = [citation.hit.id for citation in answer.citations if citation.number in led]
        spans: list[str] = []
        for found in self._store.spans.by_id(led_with).values():
            if found.span.speaker:
                spans += [near.span.id for near in self._of_message(found.span)] or [found.span.id]
            else:
                spans += [span.id for span, gone in self._store.spans.of_source(found.source_id) if not gone]
        return list(dict.fromkeys(spans))

    def _of_message(self, span: Span) -> list[FoundSpan]:
        around = self._store.spans.of_document(span.document_id, span.ordinal - REACH, span.ordinal + REACH)
        return [near for near in around if near.live and span.message_id and near.span.message_id == span.message_id]

    def _with_earlier(self, found: Found, query: str, messages: Sequence[Message], now: datetime) -> Found:
        """Add what the person said in these messages of this very chat."""
        earlier = [first_span(message.id) for message in messages if message.role == "user" and message.text]
        if not earlier:
            return found
        of_chat = self._recall.find(query, EARLIER, evidence_only=True, asked_at=now, only=earlier)
        if of_chat.weak:
            return found
        held = {scored.span.span.id for scored in found.hits}
        best = found.hits[0].score if found.hits and not found.weak else 0.0
        fresh = [
            scored for scored in of_chat.hits if scored.span.span.id not in held and scored.score >= best - NEAR_BEST
        ]
        hits = sorted([*found.hits, *fresh], key=lambda scored: -scored.score)[:CANDIDATES]
        return replace(found, hits=hits, weak=found.weak and not fresh)

    def _with_named(self, found: Found, query: str, named: Sequence[str], now: datetime) -> Found:
        """Put the best of the named spans first; where no word of the question is in them, the first of them."""
        if not named:
            return found
        hits = self._recall.find(query, NAMED, evidence_only=True, asked_at=now, only=named).hits
        spans = self._store.spans.by_id([] if hits else named[:NAMED])
        best = found.hits[0].score if found.hits else 0.0
        hits = hits or [Scored(spans[span_id], best, ()) for span_id in named[:NAMED] if span_id in spans]
        held = {scored.span.span.id for scored in hits}
        others = [scored for scored in found.hits if scored.span.span.id not in held]
        return replace(found, hits=[*hits, *others][:CANDIDATES], weak=found.weak and not hits)

    def _as_corrected(
        self, found: Found, until: datetime | None = None
    ) -> tuple[Found, tuple[str, ...], frozenset[str]]:
        """What was found with the values that the person corrected right behind it ("no wait, Thursday").

        Also the ids of the spans that correct something, and of those that are corrected.
        """
        hits: dict[str, Scored] = {}
        corrected: set[str] = set()
        corrected_by: dict[str, None] = {}
        for scored in found.hits:
            told, by = put_right_in_chat(self._store, scored.span, until)
            corrected_by.update(dict.fromkeys(by))
            corrected |= {told.span.id} if by else set()
            hits.setdefault(told.span.id, replace(scored, span=told) if by else scored)
        put_right = [_put_right(scored, list(hits.values())) for scored in hits.values()]
        corrected |= {scored.span.span.id for scored, by in put_right if by}
        corrected_by.update(dict.fromkeys(span_id for _, by in put_right for span_id in by))
        return replace(found, hits=[scored for scored, _ in put_right]), tuple(corrected_by), frozenset(corrected)

    def _with_neighbours(self, found: Sequence[Scored], *, brief: bool) -> list[Candidate]:
        """Hits as passages; a turn of a chat is read with the turn before and after it.

        `brief`: only with the turn before, and only where that is a question which the hit answers.
        """
        candidates: list[Candidate] = []
        taken: set[str] = set()
        for scored in found:
            span = scored.span.span
            if span.id in taken:
                continue
            taken.add(span.id)
            near = [span]
            if span.speaker and len(span.text) < TARGET_CHARACTERS:
                around = self._store.spans.of_document(span.document_id, span.ordinal - 1, span.ordinal + 1)
                near = [
                    span if neighbour.span.id == span.id else neighbour.span  # as it was corrected
                    for neighbour in around
                    if neighbour.live
                    and neighbour.span.section == span.section
                    and neighbour.span.role != "assistant"
                    and (not brief or neighbour.span.ordinal == span.ordinal or _asks_before(neighbour.span, span))
                ]
            text = " / ".join(with_speaker(turn) for turn in near)
            beside = tuple(turn.id for turn in near if turn.id != span.id)
            taken.update(beside)
            turns = tuple((turn.speaker, turn.text) for turn in near if turn.speaker)
            candidates.append(Candidate(hit(scored), text, beside, self._said_before(span), turns))
        return candidates

    def _said_before(self, span: Span) -> str:
        """What the speaker of a turn said last before it in the same session; empty for a text."""
        if not span.speaker:
            return ""
        near = self._store.spans.of_document(span.document_id, span.ordinal - BACK, span.ordinal - 1)
        said = [
            found.span.text
            for found in near
            if found.live and found.span.section == span.section and found.span.speaker == span.speaker
        ]
        return said[-1] if said else ""


def _put_right(scored: Scored, every: Sequence[Scored]) -> tuple[Scored, list[str]]:
    """A hit with the values that the person corrected later in another chat, and the ids of the spans that did."""
    told = scored.span.span
    if told.role != "me" or not told.message_id:
        return scored, []
    later = [
        other.span.span
        for other in every
        if other.span.span.role == "me"
        and other.span.span.message_id
        and other.span.span.document_id != told.document_id
        and (other.span.span.happened_at or "") > (told.happened_at or "")
    ]
    text, by = told.text, []
    for other in sorted(later, key=lambda span: span.happened_at or ""):
        correction = correction_from_afar(other.text, text)
        if correction is not None:
            text = correction.statement
            by.append(other.id)
    return (replace(scored, span=replace(scored.span, span=replace(told, text=text))) if by else scored), by


def _stated(question: str, history: Sequence[Message]) -> bool:
    """Whether the person stated something in this chat that shares a word with the question."""
    words = set(content_stems(question))
    stated = [message.text for message in history if message.role == "user" and states(message.text)]
    return any(words & set(content_stems(text)) for text in stated)


def _asks_before(span: Span, other: Span) -> bool:
    return span.ordinal < other.ordinal and span.text.rstrip().endswith("?")
