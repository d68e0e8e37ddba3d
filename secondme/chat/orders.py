"""Orders to forget: a chat removes nothing by itself, so it shows what would be hidden and the command that does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondme.api import AskEvent
from secondme.chat.kinds.message_kind import states
from secondme.chat.kinds.order_words import Order, order
from secondme.chat.question_words import pattern
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.chat.working_memory import first_span
from secondme.text.terms import content_stems
from storage.records import FoundSpan

SHOWN = 3
"""At most so much is shown of what an order may mean."""
LOOKED_AT = 12
HELD = 0.6
"""The least share of an order's words that a passage holds which it means."""
FIRST_WORDS = 3
"""Words that say which passage is meant, and repeat nothing secret."""

HOW_TO_STOP_WATCHING = (
    "I still watch it. `secondme watch remove FOLDER` stops that, and asks whether its memories stay."
)
NOTHING_MEANT = "Nothing is forgotten: I find nothing in your memory that this could mean."
KEEPS_NOTHING = "This chat is off the record: nothing of it is kept."
OFF_THE_RECORD = "Off the record (`secondme ask --off-record`) nothing is kept in the first place."
_SAID = "i( just)? (said|told you|wrote|mentioned)"
_FRAME = pattern(
    r"^((that|about|everything|all|anything|it all) )*"
    rf"((you know|{_SAID}|what {_SAID}|(the|my|that) (bit|part|thing|stuff|note|message|story|fact|memory|entry)s?)"
    rf"( (about|on|that|where|of|with|saying))*|about|on|that)?( {_SAID})?( (about|on|that))?\s*"
)
_JUST_SAID = pattern(
    rf"^(that|this|it|(what|that|everything) {_SAID}( that)?|my last (message|note)|the last (message|thing|bit)"
    rf"|(that )?{_SAID} (that|this|it))?( just now| please| again)?\W*$"
)


@dataclass(frozen=True)
class Meant:
    """Something that an order may mean: what to call in the command, its first words, and the span that holds them."""

    id: str
    words: str
    span_id: str


class Orders:
    """Offers what an order asks for. Nothing is done, and nothing is claimed to be."""

    def __init__(self, tools: Tools) -> None:
        self._store = tools.store
        self._recall = tools.recall
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the message orders nothing, or orders to keep something."""
        ordered = order(turn.question)
        if not ordered or ordered.keeps:
            return None
        if ordered.deed == "stop watching":
            return self._replies.remark(turn, HOW_TO_STOP_WATCHING)
        if ordered.deed == "keep nothing" and not turn.remember:
            return self._replies.remark(turn, KEEPS_NOTHING)
        meant = self._meant(turn, ordered)
        return self._replies.remark(turn, offer(ordered, meant), [each.span_id for each in meant])

    def _meant(self, turn: Turn, ordered: Order) -> list[Meant]:
        """What an order may mean: what was said last, this very message, or what memory holds of it."""
        of = ordered.of.strip(" .!?")
        if _JUST_SAID.match(of):
            told = [message for message in turn.history.messages if message.role == "user" and states(message.text)]
            return self._of_spans([first_span(message.id) for message in told[-1:]])
        if ordered.deed == "keep nothing":
            return self._of_spans(turn.asked_spans[:1])
        of = _FRAME.regex.sub("", of, count=1)
        query = next((clause for clause in of.split(",") if clause.strip()), of).strip()
        words = set(content_stems(query))
        if not words:
            return []
        found = self._recall.find(query, LOOKED_AT, evidence_only=True, asked_at=turn.now)
        holding = [
            scored.span
            for scored in found.hits
            if len(words & set(content_stems(f"{scored.span.span.text} {scored.span.title}"))) >= HELD * len(words)
        ]
        return list({each.id: each for each in map(_meant, holding)}.values())

    def _of_spans(self, span_ids: Sequence[str]) -> list[Meant]:
        known = self._store.spans.by_id(span_ids)
        return [_meant(known[span_id]) for span_id in span_ids if span_id in known]


def offer(ordered: Order, meant: Sequence[Meant]) -> str:
    """What would be hidden or erased, and the command for it."""
    if not meant:
        return NOTHING_MEANT
    verb, does = (
        ("purge", "erases it for good") if ordered.deed == "erase" else ("forget", "hides it, and can be undone")
    )
    after = f"\n\n{OFF_THE_RECORD}" if ordered.deed == "keep nothing" else ""
    if len(meant) == 1:
        return (
            f"Nothing is forgotten yet: this means “{meant[0].words}”.\n\n"
            f"`secondme {verb} {meant[0].id}` {does}.{after}"
        )
    lines = [f"- “{each.words}”: `secondme {verb} {each.id}`" for each in meant[:SHOWN]]
    more = f"\n\n{len(meant) - SHOWN} more: `secondme recall` finds them." if len(meant) > SHOWN else ""
    return f"Nothing is forgotten yet: this may mean {len(meant)} things.\n\n" + "\n".join(lines) + more + after


def _meant(found: FoundSpan) -> Meant:
    span = found.span
    if found.kind == "file":
        return Meant(found.source_id, f"the file {found.title}", span.id)
    words = span.text.split()
    shown = [word for word in words[:FIRST_WORDS] if not any(character.isdigit() for character in word)]
    return Meant(
        span.message_id or found.source_id, " ".join(shown) + (" …" if len(shown) < len(words) else ""), span.id
    )
