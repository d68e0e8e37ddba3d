"""A turn of a chat: a message, what was said before it, and what memory and the model have for it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from models.protocol import LanguageModel
from secondme.api import Citation
from secondme.chat.checked_answer import is_open
from secondme.chat.evidence import QUOTES, Evidence, EvidenceSearch
from secondme.chat.follow_ups.as_of import as_of
from secondme.chat.follow_ups.rewriting import asks_anew, asks_of_another, full_question, goes_on, points_back
from secondme.chat.kinds.message_kind import Kind, asked_part, is_question, kind, states
from secondme.chat.kinds.small_talk_words import is_small_talk
from secondme.chat.messages import Draft
from secondme.chat.prompt import Candidate
from secondme.chat.question_parts import bare, stands_alone
from secondme.chat.reader.form import Wanted, question_form
from secondme.chat.reader.reader import Reader, Reading
from secondme.chat.working_memory import History
from secondme.facts.corrections import Correction, correction_of
from secondme.text.asides import without_asides
from secondme.text.sentences import stem_set
from secondme.text.sure_names import sure_names
from secondme.text.terms import content_stems
from secondme.text.tongues import QUESTION_MARKS, tongue

LONG_MESSAGE, FEW_WORDS = 30, 5
"""Words of a message of which only the end asks, and of a question that needs the clause before it."""
_CLAUSE = re.compile(r"[,;:.!?…]\s+|\s[–—-]\s")
LONG_STORY = 12
"""Words."""
_OF_NOW = re.compile(r"(?i)\b(?:is|are|am|do|does|has|have|now|currently|(?:where|what|who|how)['’]?s)\b")
_OF_THE_PAST = re.compile(
    r"(?i)\b(?:was|were|did|had|been|used to|before|first|original(?:ly)?|earlier|former(?:ly)?|previous(?:ly)?|last"
    r"|old|ever|history|until)\b"
)
_WHAT_TIME = re.compile(r"(?i)\b(?:what|which) time\b")
NEARLY = 0.5
"""What the last answer came from is preferred where its reading's `answered` is at most so much lower: in invented
conversations it was the right one there, and a wrong one from 1.2 on."""
READ = 8
"""Passages that the reader looks for a sentence in, the best of those that were found."""


@dataclass
class Turn:
    """A message to answer. What costs time is looked for when an answerer asks for it first, and then kept."""

    question: str
    chat: str
    history: History
    """What this chat said before."""
    asked_spans: Sequence[str]
    """Ids of the spans that the message was saved as; none off the record."""
    remember: bool
    """False off the record: nothing of the turn is written."""
    draft: Draft
    """The answer on its way."""
    cancel: threading.Event
    """Set when the person stops the answer."""
    now: datetime
    began: float
    """When the turn began, in the clock's monotonic seconds."""
    search: EvidenceSearch
    reader: Reader
    current_model: Callable[[], LanguageModel | None]
    current_model_is_small: Callable[[], bool]
    current_model_is_middling: Callable[[], bool] = lambda: False
    over: Callable[[Iterable[str], bool], frozenset[str]] = lambda spans, of_plans: frozenset()
    """Those of spans, by their ids, that say what has ended, the day of a plan too where the second is true."""
    named: Sequence[str] = ()
    """Ids of the spans that the person named to be read for it (`@`)."""
    version: int = 0
    """How many answers this question had before; a model words another one differently."""
    full: str | None = None
    """`full_question`, where it was looked for before."""

    @cached_property
    def model(self) -> LanguageModel | None:
        """The language model, if there is one."""
        return self.current_model()

    @cached_property
    def has_small_model(self) -> bool:
        """Whether the model is too small to be asked for more than a few words: a middling one is where a sentence
        may answer, and may write where reasons, advice or a text are asked for."""
        if self.model is None or self.current_model_is_small():
            return self.model is not None
        return self.current_model_is_middling() and not is_open(self.full_question)

    @property
    def has_large_model(self) -> bool:
        """Whether there is a model that may write at length."""
        return self.model is not None and not self.has_small_model

    @cached_property
    def kind(self) -> Kind:
        """What the message is by its own words, their meaning, and whether it comes right behind an answer."""
        before = self.history.exchanges()[-1:]
        answered = bool(before) and is_question(before[0][0])
        return kind(self.question, self.search.meaning, behind_an_answer=answered)

    @cached_property
    def is_small_talk(self) -> bool:
        """Whether the message greets or thanks, and asks for nothing that memory could hold."""
        return is_small_talk(self.question)

    @cached_property
    def correction(self) -> Correction | None:
        """What was told just before with the value that this message corrects, if it does nothing else."""
        if self.kind not in (Kind.TELLS, Kind.SMALL_TALK):
            return None
        if goes_on(self.question) and asks_anew(self.question, self.full_question):
            return None  # "and on the Thursday" behind a question asks of another day
        said = [text for text, _ in self.history.exchanges()[-4:] if states(text)]
        return correction_of(self.question, said[-1]) if said else None

    @cached_property
    def full_question(self) -> str:
        """The message with what it leaves out because the chat said it before ("And Ben's?"): what answerers read.

        The person sees their own words.
        """
        if self.full is not None and self.full != self.question:
            return self.full
        asks = self.kind in (Kind.ASKS, Kind.UNSURE)  # which the words alone may not show
        before = self.history.exchanges()
        return full_question(self.question, before, self.search.names_in_chat(self.question, before), asks=asks)

    @cached_property
    def evidence(self) -> Evidence:
        """What memory holds for the message."""
        return self._gathered if self.has_large_model else self._found[0]

    @cached_property
    def _gathered(self) -> Evidence:
        return self._gather(self.full_question, named=self.named)

    def _gather(self, question: str, *, named: Sequence[str] = (), until: datetime | None = None) -> Evidence:
        return self.search.gather(
            question,
            self.history.messages,
            self.chat,
            self.now,
            brief=self.has_small_model,
            recent=True,
            named=named,
            until=until,
        )

    @property
    def corrected_by(self) -> tuple[str, ...]:
        """Ids of the spans whose values stand in what was found; none before memory was searched."""
        evidence: Evidence | None = self.__dict__.get("evidence")
        return evidence.corrected_by if evidence else ()

    @cached_property
    def reading(self) -> Reading:
        """The sentences of the evidence as the reader ranks them for what the message asks."""
        return self._read if self.has_large_model else self._found[1]

    @cached_property
    def _found(self) -> tuple[Evidence, Reading]:
        return self._said_by_then or self._spoken_of or self._of_another or (self._gathered, self._read)

    @cached_property
    def _read(self) -> Reading:
        """What is over answers no question of now."""
        passages = self._gathered.candidates[:READ]
        if _OF_NOW.search(self.asked) and not _OF_THE_PAST.search(self.asked):
            asks_day = question_form(self.asked).wanted is Wanted.TIME and not _WHAT_TIME.search(self.asked)
            over = self.over((passage.hit.id for passage in passages), asks_day) - self._gathered.corrected
            passages = [passage for passage in passages if passage.hit.id not in over] or passages
        return self.reader.read(self.asked, passages)

    @cached_property
    def _said_by_then(self) -> tuple[Evidence, Reading] | None:
        """What was said by the time whose value is asked for, read as the same question of now; None for a question of
        now, and where nothing that was said by then answers."""
        then = as_of(self.full_question, self.now, anew=self.full_question != self.question)
        if then is None:
            return None
        until = then.until
        if until is None:
            present = self.reader.read(then.question, self._gather(then.question).candidates[:READ])
            said = present.sentences[0].hit if present.answers else None
            if said is None or not said.speaker or not said.happened_at:
                return None
            until = datetime.fromisoformat(said.happened_at)
        evidence = self._gather(then.question, until=until)
        reading = self.reader.read(then.question, evidence.candidates[:READ])
        return (evidence, reading) if reading.answers and reading.sentences[0].hit.speaker else None

    @cached_property
    def _spoken_of(self) -> tuple[Evidence, Reading] | None:
        """What the last answer came from alone, where the message points back ("this contract") and that answers about
        as well as the best of all."""
        spans = self._last_source
        if not spans or not points_back(self.question):
            return None
        evidence = self._gather(self.full_question, named=spans)
        of_source = [candidate for candidate in evidence.candidates if candidate.hit.id in spans]
        reading = self.reader.read(self.asked, of_source[:READ])
        near = reading.answers and reading.answered >= self._read.answered - NEARLY
        return (replace(evidence, candidates=of_source), reading) if near else None

    @cached_property
    def _of_another(self) -> tuple[Evidence, Reading] | None:
        """What answers besides what the last answer came from, where the message asks of something else ("and the
        salt?") and that leads again, without a word of it."""
        last = self.history.messages[-1] if self.history.messages else None
        if last is None or not self._read.answers or not asks_of_another(self.question):
            return None
        lead, spans = self._read.sentences[0], self.search.source_of(last)
        asked = set(content_stems(self.question))
        if lead.hit.id not in spans or asked & stem_set(lead.whole):
            return None
        evidence = self._gathered
        evidence = replace(evidence, candidates=[c for c in evidence.candidates if c.hit.id not in spans])
        reading = self.reader.read(self.asked, evidence.candidates[:READ])
        tells = reading.answers and bool(asked & stem_set(reading.sentences[0].whole))
        return (evidence, reading) if tells else None

    @cached_property
    def _last_source(self) -> Sequence[str]:
        """Ids of the spans that the last answer came from; none where the question names somebody itself."""
        last = self.history.messages[-1] if self.history.messages else None
        asked = self.question if stands_alone(bare(self.question)) else self.full_question
        if last is None or last.id in self.history.refusals or sure_names(asked):
            return ()
        return self.search.source_of(last)

    @cached_property
    def goes_on_with_last_source(self) -> bool:
        """Whether what leads stands where the last answer came from, and the question names nobody: "cotton or what?"
        shares no word with the line that was just shown."""
        return bool(self.reading.sentences) and self.reading.sentences[0].hit.id in self._last_source

    @cached_property
    def asked(self) -> str:
        """What the message asks, without a long story before it and what stands beside it."""
        if tongue(self.full_question) != "en":
            return without_asides(_end_of_story(self.full_question))
        told, asked = asked_part(self.full_question)
        return without_asides(asked if asked and len(told.split()) > LONG_STORY else self.full_question)

    @cached_property
    def candidates(self) -> Sequence[Candidate]:
        """The passages of the evidence, those with the sentences that answer best first."""
        places = {hit_id: place for place, hit_id in enumerate(dict.fromkeys(s.hit.id for s in self.reading.sentences))}
        return sorted(self.evidence.candidates, key=lambda candidate: places.get(candidate.hit.id, len(places)))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The best passages, numbered from 1, as an answer cites them that no model wrote."""
        return tuple(Citation(number, c.hit) for number, c in enumerate(self.candidates[:QUOTES], start=1))


def _end_of_story(text: str) -> str:
    """The question at the end of a long message in another language, with the clause before it where it alone says
    little ("…, me piden el número, ¿cuál era?"); any other message itself."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    if len(text.split()) <= LONG_MESSAGE or len(clauses) < 2 or not text.rstrip().endswith(QUESTION_MARKS):
        return text
    few = len(clauses[-1].split()) < FEW_WORDS
    return ", ".join(clause.strip() for clause in clauses[-2 if few else -1 :])
