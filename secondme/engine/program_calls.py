"""Calls of other programs: each is let through or refused by its grant, answered from what it may see, and noted."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from secondme.api import (
    AskEvent,
    Caller,
    Done,
    FoundFacts,
    FoundPassages,
    Hit,
    Message,
    Passages,
    PassageView,
    Remembered,
    Scope,
    Turn,
)
from secondme.chat.conversation import Conversation
from secondme.clock import Clock, instant
from secondme.engine.changes import Changes
from secondme.engine.fact_views import fact_views
from secondme.engine.inbox import Inbox
from secondme.engine.live_settings import LiveSettings
from secondme.engine.models_in_use import ModelsInUse
from secondme.engine.program_memory import ProgramMemory
from secondme.engine.programs import DAY, Programs, grant_of
from secondme.errors import LimitReached, NotGranted, NothingFound, SecondMeError, UsageError
from secondme.ids import new_id
from secondme.jobs.foreground import Foreground
from secondme.recall.hits import plain_hit
from secondme.text.clean import clean
from storage.programs import CallRow, ProgramRow
from storage.store import Store

LONGEST_QUERY = 2000
MOST_PASSAGES = 20
MOST_AROUND = 4000
MOST_TEXTS = 64
LONGEST_TEXT = 8000
ALL_FOUND = 1000
"""Passages that are ranked before those outside `since` and `until` are left out."""
NEAR = 40
"""Passages of a document on each side in which the text around another is looked for."""
KEPT = timedelta(days=30)
"""How long calls are listed."""
MINUTE = 60.0
READING = 60.0
"""Seconds for which a program counts as reading after its last call."""
AT_ONCE = 4
"""Calls of one program that may run at a time."""
WAIT_SECONDS = 20.0
"""How long a call waits while a person waits for something; then it is refused."""
BEYOND_LIMIT_SECONDS = 0.25
"""How long a call beyond the limit waits for its refusal: one that is refused at once, and comes again at once, keeps
Python's lock so busy that a search of a person took seconds."""
_REFUSALS = {
    UsageError: "wrong arguments",
    NothingFound: "not found",
    LimitReached: "limit",
    NotGranted: "not granted",
}
"""What the list of calls says of an error; sentences of errors may hold words of the query."""


@dataclass
class Call:
    """A call that is answered: what it gave so far."""

    row: ProgramRow
    memory: ProgramMemory
    allowance: int
    """Passages that the program may still be given today."""
    span_ids: dict[str, None] = field(default_factory=dict)
    bytes: int = 0

    def give(self, span_ids: Sequence[str], *texts: str) -> None:
        """Note what the program is given."""
        self.span_ids.update(dict.fromkeys(span_ids))
        self.bytes += sum(len(text.encode("utf-8", "replace")) for text in texts)


class ProgramCalls:
    """Answers the calls of programs."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        programs: Programs,
        inbox: Inbox,
        models: ModelsInUse,
        settings: LiveSettings,
        changes: Changes,
        *,
        foreground: Foreground,
        conversation: Callable[[], Conversation],
    ) -> None:
        """`foreground` and `conversation` tell whether a person waits for something."""
        self._store = store
        self._clock = clock
        self._programs = programs
        self._inbox = inbox
        self._models = models
        self._settings = settings
        self._changes = changes
        self._foreground = foreground
        self._conversation = conversation
        self._lock = threading.Lock()
        self._times: dict[str, deque[float]] = {}
        self._refused: dict[str, float] = {}
        self._running: dict[str, int] = {}

    # --- what programs call -------------------------------------------------------------------------

    def recall(self, caller: Caller, query: str, limit: int, since: str, until: str) -> FoundPassages:
        """The best visible passages for a query."""
        with self._call(caller, "read", "recall", query) as call:
            query = _text(query, LONGEST_QUERY, "query")
            first, last = _day(since), _day(until)
            wanted = max(1, min(limit, MOST_PASSAGES))
            found = call.memory.recall.search(
                query,
                ALL_FOUND if first or last else wanted,
                evidence_only=True,
                asked_at=self._clock.now(),
            )
            hits = [plain_hit(scored.span) for scored in found]
            hits = [found for found in hits if _within(found, first, last)][:wanted]
            given = hits[: call.allowance]
            call.give([passage.id for passage in given], *(passage.text for passage in given))
            return FoundPassages(tuple(given), len(hits) - len(given))

    def read(self, caller: Caller, span_id: str, around: int) -> PassageView:
        """A visible passage in its document."""
        with self._call(caller, "read", "read") as call:
            spans = call.memory.store.spans
            found = spans.by_id([span_id]).get(span_id) or spans.with_prefix(span_id)
            if found is None:
                raise NothingFound("There is no such passage.", "Take an id that recall gave.")
            span, room = found.span, max(0, min(around, MOST_AROUND)) // 2
            near = spans.of_document(span.document_id, span.ordinal - NEAR, span.ordinal + NEAR)
            before = [other for other in reversed(near) if other.span.ordinal < span.ordinal]
            after = [other for other in near if other.span.ordinal > span.ordinal]
            left = max(call.allowance - 1, 0)
            ids_before, texts_before = _as_far_as(room, [_said(plain_hit(other)) for other in before[: left // 2]])
            ids_after, texts_after = _as_far_as(room, [_said(plain_hit(other)) for other in after[: left // 2]])
            view = PassageView(
                hit=plain_hit(found),
                before="".join(f"{text}\n\n" for text in reversed(texts_before)),
                after="".join(f"\n\n{text}" for text in texts_after),
                version=found.version,
                archived=not found.live,
            )
            call.give([span.id, *ids_before, *ids_after], span.text, view.before, view.after)
            return view

    def facts(self, caller: Caller, about: str, as_of: str) -> FoundFacts:
        """Facts that visible passages state."""
        with self._call(caller, "facts", "facts", about) as call:
            about = _text(about, LONGEST_QUERY, "name") if about else ""
            today = instant(self._clock.now())[:10]
            me = self._settings.me_names()
            facts = fact_views(call.memory.store, me, about=about, day=_day(as_of) or today, known_at="", today=today)
            given = facts[: call.allowance]
            call.give([fact.span_id for fact in given], *(f"{fact.sentence} {fact.quote}" for fact in given))
            return FoundFacts(tuple(given), len(facts) - len(given))

    def ask(self, caller: Caller, question: str, earlier: Sequence[Turn]) -> Iterator[AskEvent]:
        """The answer to a question from what is visible, off the record."""
        with self._call(caller, "ask", "ask", question, answers=True) as call:
            question = _text(question, LONGEST_QUERY, "question")
            memory = call.memory
            if not memory.asking.acquire(blocking=False):
                raise LimitReached("This program has a question that is not answered yet.", "Ask one at a time.")
            try:
                memory.interrupted = False
                conversation = memory.conversation
                chat = conversation.begin_off_record(_messages(earlier, instant(self._clock.now())))
                with closing(conversation.ask(question, chat_id=chat, remember=False)) as events:
                    for event in events:
                        self._check_still(call)
                        if isinstance(event, Passages):
                            call.give([citation.hit.id for citation in event.citations])
                        elif isinstance(event, Done):
                            cited = [citation.hit for citation in event.answer.citations]
                            call.give([passage.id for passage in cited], event.answer.text, *(c.text for c in cited))
                        yield event
            finally:
                memory.asking.release()

    def remember(self, caller: Caller, text: str, why: str) -> Remembered:
        """Take a text of a program into the inbox, or as a note."""
        with self._call(caller, "propose", "remember", reads=False) as call:
            found = self._inbox.propose(call.row.name, grant_of(call.row), text, why)
            self._changes.notify()
            return found

    def embed(self, caller: Caller, texts: Sequence[str]) -> list[list[float]]:
        """Vectors of texts of the program."""
        with self._call(caller, "ask", "embed", reads=False):
            if len(texts) > MOST_TEXTS or any(len(text) > LONGEST_TEXT for text in texts):
                raise UsageError(
                    f"At most {MOST_TEXTS} texts of {LONGEST_TEXT:,} characters are embedded at a time.", "Send fewer."
                )
            embedder = self._models.embedder
            if embedder is None:
                raise SecondMeError("There is no embedder.", "`secondme doctor` says why.")
            return [[float(number) for number in vector] for vector in embedder.embed(list(texts))] if texts else []

    # --- who reads now ------------------------------------------------------------------------------

    def reading(self) -> tuple[str, ...]:
        """Names of programs whose last call was within a minute."""
        now = self._clock.monotonic()
        with self._lock:
            return tuple(sorted(name for name, times in self._times.items() if times and now - times[-1] < READING))

    def answering(self) -> bool:
        """Whether a program waits for an answer."""
        return any(memory.conversation.answering() for memory in self._programs.memories())

    def give_way(self) -> None:
        """A person asks: answers to programs end, and leave the model."""
        for memory in self._programs.memories():
            memory.give_way()

    def stop(self, message_id: str) -> None:
        """Stop an answer to a program; harmless when it is over or none."""
        for memory in self._programs.memories():
            memory.conversation.stop(message_id)

    # --- leave and limits ---------------------------------------------------------------------------

    @contextmanager
    def _call(
        self,
        caller: Caller,
        scope: Scope,
        tool: str,
        query: str = "",
        *,
        answers: bool = False,
        reads: bool = True,
    ) -> Iterator[Call]:
        """A call that the grant allows, noted when it ends. `answers`: it needs the model that answers. `reads`: it may
        be given passages."""
        row = self._programs.of(caller)
        refusal, noted, call = "", True, None
        self._enter(row.name)
        try:
            wait, noted = self._count(row)
            if wait:
                self._changes.closing.wait(BEYOND_LIMIT_SECONDS)
                limit = grant_of(row).calls_per_minute
                raise LimitReached(
                    f"This program may call {limit} times a minute.", f"Try again in {wait:.0f} seconds."
                )
            self._check(row, scope)
            self._wait_for_person(answers=answers)
            call = Call(row, self._programs.memory(row), self._allowance(row) if reads else 0)
            if reads:
                call.memory.store.visible.follow()
            yield call
        except Exception as error:
            refusal = next((word for kind, word in _REFUSALS.items() if isinstance(error, kind)), "failed")
            if call is not None and call.memory.store.visible.closed:
                refusal = "not granted"
                raise NotGranted("Its person has changed what this program may.", "Ask again.") from error
            raise
        finally:
            self._leave(row.name)
            if noted:
                self._note(row, tool, call, refusal, query)

    def _check(self, row: ProgramRow, scope: Scope) -> None:
        """Raises NotGranted where the program may not do this now."""
        view = self._programs.view(row)
        if view.state == "paused":
            raise NotGranted(
                "Its person has paused this program.", f"They can let it go on: `secondme programs resume {row.name}`."
            )
        if view.state == "expired":
            raise NotGranted(
                f"The leave of this program ended on {view.grant.expires}.",
                f"Its person can give it again: `secondme programs change {row.name} --expires DATE`.",
            )
        scopes = view.grant.scopes
        if scope not in scopes and not (scope == "propose" and "write" in scopes):
            raise NotGranted(
                f"This program may not do this: it lacks {scope}.",
                f"Its person can allow it: `secondme programs change {row.name} --allow {','.join((*scopes, scope))}`.",
            )

    def _check_still(self, call: Call) -> None:
        """Raises what ends an answer that is on its way: leave was taken back, or a person asks."""
        row = self._store.programs.one(call.row.name)
        if row is None:
            raise NotGranted("Its person has removed this program.", "They can let it in again.")
        if row.grant != call.row.grant:
            raise NotGranted("Its person has changed what this program may.", "Ask again.")
        self._check(row, "ask")
        if call.memory.interrupted:
            raise LimitReached("A person asks something, and comes first.", "Ask again in a moment.")

    def _count(self, row: ProgramRow) -> tuple[float, bool]:
        """Count a call: the seconds until it may be made, 0 for now, and whether it is noted. Of calls beyond the limit
        only the first in a minute is: a program that calls without pause must not fill the list, or the disk."""
        now = self._clock.monotonic()
        with self._lock:
            times = self._times.setdefault(row.name, deque())
            while times and now - times[0] >= MINUTE:
                times.popleft()
            if len(times) < grant_of(row).calls_per_minute:
                times.append(now)
                return 0.0, True
            first = now - self._refused.get(row.name, -MINUTE) >= MINUTE
            if first:
                self._refused[row.name] = now
            return max(MINUTE - (now - times[0]), 1.0), first

    def _allowance(self, row: ProgramRow) -> int:
        """How many passages a program may still be given. Raises LimitReached for none."""
        _, passages = self._store.programs.counts(instant(self._clock.now() - DAY)).get(row.name, (0, 0))
        limit = grant_of(row).passages_per_day
        if passages >= limit:
            raise LimitReached(f"This program may be given {limit} passages in 24 hours.", "Try again tomorrow.")
        return limit - passages

    def _wait_for_person(self, *, answers: bool) -> None:
        """Return when no person waits for a search, and where the model is needed, for an answer. Raises
        LimitReached."""
        end = self._clock.monotonic() + WAIT_SECONDS
        while not (self._foreground.wait(1.0) and (not answers or self._conversation().wait_quiet(1.0))):
            if self._changes.closing.is_set() or self._clock.monotonic() > end:
                raise LimitReached("A person waits for an answer, and comes first.", "Try again in a moment.")

    def _enter(self, name: str) -> None:
        with self._lock:
            if self._running.get(name, 0) >= AT_ONCE:
                raise LimitReached(f"This program has {AT_ONCE} calls that are not answered yet.", "Wait for them.")
            self._running[name] = self._running.get(name, 0) + 1

    def _leave(self, name: str) -> None:
        with self._lock:
            self._running[name] -= 1

    def _note(self, row: ProgramRow, tool: str, call: Call | None, refusal: str, query: str) -> None:
        given = list(call.span_ids) if call else []
        kept = clean(query, keep_newlines=False)[:LONGEST_QUERY] if grant_of(row).keeps_queries else ""
        now = self._clock.now()
        self._store.programs.add_call(
            CallRow(row.name, instant(now), tool, tuple(given), len(given), call.bytes if call else 0, refusal, kept),
            instant(now - KEPT),
        )
        self._changes.notify()


def _text(text: str, longest: int, what: str) -> str:
    """A text of a program, clean. Raises UsageError where it is empty or too long."""
    text = clean(text).strip()
    if not text:
        raise UsageError(f"The {what} is empty.", "Write one.")
    if len(text) > longest:
        raise UsageError(f"The {what} has more than {longest:,} characters.", "Write a shorter one.")
    return text


def _day(text: str) -> str:
    """An ISO date, or empty. Raises UsageError."""
    if not text.strip():
        return ""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise UsageError("This is no date.", "Write it as 2024-05-03.") from error


def _within(found: Hit, first: str, last: str) -> bool:
    """Whether a passage happened from the day `first` to the day `last`, in local time."""
    if not first and not last:
        return True
    if not found.happened_at:
        return False
    day = datetime.fromisoformat(found.happened_at).astimezone().date().isoformat()
    return (not first or day >= first) and (not last or day <= last)


def _said(found: Hit) -> tuple[str, str]:
    """(id, text with its speaker) of a passage."""
    return found.id, f"{found.speaker}: {found.text}" if found.speaker else found.text


def _as_far_as(room: int, said: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Ids and texts of the passages that fit into so many characters, whole, up to the first that does not."""
    ids, texts = [], []
    for span_id, text in said:
        room -= len(text)
        if room < 0:
            break
        ids.append(span_id)
        texts.append(text)
    return ids, texts


def _messages(earlier: Sequence[Turn], at: str) -> list[Message]:
    """The conversation so far, as a program tells it."""
    return [
        Message(new_id(), turn.role, clean(turn.text)[:LONGEST_TEXT], at, "complete")
        for turn in earlier
        if turn.role in ("user", "assistant") and turn.text.strip()
    ]
