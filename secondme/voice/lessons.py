"""What own messages teach: orders, with the message that was written where such an order might have been given.

Only what the owner wrote in chats teaches: no files, nobody else's words, nothing that is forgotten, masked or passed
on, and no message that says what was corrected since.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from models.protocol import ChatTurn
from secondme.chat.prompt import Candidate, passage_line, with_speaker
from secondme.facts.intervals import Fact
from secondme.ingest.secrets import MASK
from secondme.recall.hits import plain_hit
from secondme.text.terms import content_stems
from secondme.voice.orders import is_lesson, orders
from secondme.voice.prompt import draft_turns
from storage.records import FoundSpan

CHATS = ("import", "chat")
"""The kinds of sources that are chats."""
MOST_MESSAGES = 300
"""That one adapter learns, the latest: half an hour with 0.5B."""
MOST_ASIDE = 20
"""Messages that are kept aside, at most a sixth of all."""
NOTES = 2
"""Own messages that stand as notes in a lesson, which has some where others share its words."""


@dataclass(frozen=True)
class VoiceLesson:
    """An order with notes, and the message to learn for it. `span_ids`: the message, and the notes."""

    order: str
    notes: tuple[str, ...]
    message: str
    span_ids: tuple[str, ...]

    def turns(self, me: str) -> list[ChatTurn]:
        """What a model reads for it."""
        return draft_turns(self.order, self.notes, me)


@dataclass(frozen=True)
class VoiceLessons:
    """`learnt`: groups of lessons with the same notes. `own`, `others`: what the owner and others wrote that is kept
    aside to see whose voice was learnt; nothing of it is learnt."""

    learnt: tuple[tuple[VoiceLesson, ...], ...]
    own: tuple[VoiceLesson, ...]
    others: tuple[VoiceLesson, ...]

    @property
    def span_ids(self) -> tuple[str, ...]:
        """All messages that something is learnt from."""
        return tuple(dict.fromkeys(span_id for group in self.learnt for lesson in group for span_id in lesson.span_ids))


def voice_lessons(spans: Sequence[FoundSpan], untrue: Collection[str], me: str, seed: int = 0) -> VoiceLessons:
    """What these spans teach. `untrue`: ids of those that say what no longer holds; `me`: the owner's name."""
    people = recipients(spans)
    drawn = random.Random(seed)
    messages = [found for found in own_messages(spans) if found.span.id not in untrue][-MOST_MESSAGES:]
    drawn.shuffle(messages)
    aside = min(MOST_ASIDE, len(messages) // 6)
    learnt = messages[aside:]
    groups = []
    for found, notes in zip(learnt, _notes(learnt), strict=True):
        groups.append(tuple(_lessons(found, people.get(found.span.document_id, ""), notes)))
    others = [found for found in _messages(spans, "other") if found.span.id not in untrue]
    drawn.shuffle(others)
    return VoiceLessons(
        tuple(groups),
        tuple(_lessons(found, people.get(found.span.document_id, ""))[-1] for found in messages[:aside]),
        tuple(_lessons(found, me)[-1] for found in others[:MOST_ASIDE]),
    )


def own_messages(spans: Sequence[FoundSpan]) -> list[FoundSpan]:
    """The messages of chats that the owner wrote and that can teach, in the order of `spans`, each text once."""
    return list({found.span.text: found for found in _messages(spans, "me")}.values())


def recipients(spans: Sequence[FoundSpan]) -> dict[str, str]:
    """To whom the messages of a chat are, by the chat's document: who else speaks there, if it is one."""
    speakers: dict[str, set[str]] = defaultdict(set)
    for found in spans:
        if found.span.role == "other" and found.span.speaker:
            speakers[found.span.document_id].add(found.span.speaker)
    return {document: next(iter(names)).split()[0] for document, names in speakers.items() if len(names) == 1}


def untrue_spans(facts: Sequence[Fact], stated: Collection[str], today: str) -> set[str]:
    """The spans that say what was corrected, ended or rejected since. `stated`: all that state something."""
    kept = {row.span_id for fact in facts for row in fact.statements if not is_taken_back(fact, today)}
    return set(stated) - kept | {row.span_id for fact in facts if is_taken_back(fact, today) for row in fact.statements}


def is_taken_back(fact: Fact, today: str) -> bool:
    """Whether somebody said since that a fact no longer holds; that its time is over takes nothing back."""
    return fact.closed_by is not None and not fact.holds(today)


def _messages(spans: Sequence[FoundSpan], role: str) -> Iterator[FoundSpan]:
    """Messages of chats in one piece."""
    pieces = Counter(_message(found) for found in spans)
    for found in spans:
        span = found.span
        if found.kind not in CHATS or span.role != role or not span.speaker or span.place or not found.live:
            continue
        if pieces[_message(found)] == 1 and MASK not in span.text and is_lesson(span.text):
            yield found


def _message(found: FoundSpan) -> tuple[str, str]:
    """What the pieces of a long message have in common."""
    return found.span.document_id, found.span.message_id or found.span.origin or found.span.id


def _lessons(found: FoundSpan, to: str, notes: Sequence[FoundSpan] = ()) -> list[VoiceLesson]:
    lines = tuple(note_line(Candidate(plain_hit(note), with_speaker(note.span))) for note in notes)
    ids = (found.span.id, *(note.span.id for note in notes))
    return [VoiceLesson(order, lines, found.span.text, ids) for order in orders(found.span.text, to)]


def note_line(candidate: Candidate) -> str:
    """A passage as a note, for lessons and drafts."""
    return passage_line(candidate).removeprefix("- ")


def _notes(messages: Sequence[FoundSpan]) -> Iterator[list[FoundSpan]]:
    """For each second message the others that share its rare words most, as recall would find them."""
    words = [set(content_stems(found.span.text)) for found in messages]
    often = Counter(word for each in words for word in each)
    for place, own in enumerate(words):
        near = [
            (sum(1 / often[word] for word in own & other), -at)
            for at, other in enumerate(words)
            if place % 2 == 0 and at != place and own & other
        ]
        yield [messages[-at] for _, at in sorted(near, reverse=True)[:NOTES]]
