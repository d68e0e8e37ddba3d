"""The reader: ranks the sentences of passages by how well they answer, and says whether any of them does.

A `Reader` is whatever reads passages for a question. The one here weighs features of sentences; a
model that reads better takes its place behind the same protocol, and what it says goes through the same checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from models.protocol import ModelError, PassageSentence, SentenceReading, SentenceScorer, TokenVectors, Vectors
from secondme.chat.prompt import Candidate
from secondme.chat.reader.aboutness import about, goes_with
from secondme.chat.reader.answer_types import holds
from secondme.chat.reader.candidates import CandidateSentence, candidate_sentences
from secondme.chat.reader.coordination import (
    part_asked_for,
    whole_coordination,
    whole_list,
    whole_sums,
    without_loose_brackets,
)
from secondme.chat.reader.features import FEATURES, Embedded, Matrix, features
from secondme.chat.reader.form import QuestionForm, Wanted, question_form
from secondme.chat.reader.labels import is_labelled, labels_above, only_names
from secondme.chat.reader.log_entries import entry_asked_for
from secondme.chat.reader.near_misses import leads_astray, of_other_numbers, tells_of_another
from secondme.chat.reader.put_right import puts_right, replaces, tells_it_again
from secondme.chat.reader.then_and_now import done_by_me, of_another_time, of_other_days
from secondme.chat.reader.weights import (
    ANSWERED,
    ANSWERED_SAID,
    BEHIND,
    BELOW_LABEL,
    BESIDE,
    BESIDE_UNLIKE,
    CERTAIN,
    CLEAR,
    CLOSE,
    DECIDES,
    FLOOR,
    JUDGED_OTHERS,
    JUDGED_SAID,
    JUDGED_WRITTEN,
    LABELLED,
    LIMIT,
    NAMED_LIMIT,
    NAMES_ALL,
    NEAREST,
    OUTSHONE,
    SAID,
    SECOND,
    SURE,
    SURE_LIMIT,
    SURE_LIMIT_SAID,
    SURE_OTHERS,
    WRITTEN,
)
from secondme.recall.evidence import FAR, OF_ANOTHER
from secondme.text.entities import fold_name
from secondme.text.number_words import VALUES
from secondme.text.terms import content_stems, stem
from storage.store import Store

ASKS, WORDS, WORDS_AROUND, RAREST_AROUND, NEGATED, NEWER, SPOKEN = (
    FEATURES.index(name) for name in ("question", "words", "words around", "rarest around", "negated", "newer", "said")
)
_ASKS_WHENCE = re.compile(r"(?i)\b(?:from|before|previous(?:ly)?|old|former(?:ly)?|used to|origin\w*|left|leave)\b")
_CHOOSES = re.compile(r"(?i)\bor\b")
_COUNTS = re.compile(r"(?i)\bhow many (?P<what>[^\W\d]{3,})")
_COUNTED = re.compile(rf"(?i)(?<![\d.,:])(?:\d+|\b(?:{'|'.join(VALUES)})) (?P<what>[^\W\d]{{3,}})")
JUDGED = 16
"""Sentences that the scorer reads, the best by features first."""
WIDE = 5.0
"""How far the second sentence is behind the first where there is only one."""
NEAR, RIGHT_BEHIND = 5, 2.0
"""Among so many sentences behind the first, and so far behind its logit, one may put it right."""
Bools: TypeAlias = npt.NDArray[np.bool_]
Indices: TypeAlias = npt.NDArray[np.intp]
Embed: TypeAlias = Callable[[Sequence[str]], tuple[Vectors, list[TokenVectors]] | None]


@dataclass(frozen=True)
class Reading:
    """What was read: sentences, the best first."""

    form: QuestionForm
    sentences: tuple[CandidateSentence, ...]
    leading: tuple[CandidateSentence, ...] = ()
    """What answers: the best sentence, and the second where it is nearly as good."""
    beside: tuple[CandidateSentence, ...] = ()
    """Sentences that may stand below an answer: those that may answer too, or all where nothing judged or none does."""
    answered: float = LIMIT
    """How likely it is that memory says it (`weights.ANSWERED`); LIMIT where nothing judged."""
    about: bool = True
    """Whether what leads is about what is asked (`reader.aboutness`)."""
    likely: str = ""
    """The words of the best sentence that most likely answer, sure or not."""
    sure: bool = False
    """Whether those words are sure to answer."""
    of_speaker: bool = False
    """Whether others talk to each other and the question names one of them: then recall judges whose words answer."""
    puts_right: bool = False
    """Whether what leads puts an earlier sentence right, which then answers nothing."""

    @property
    def words(self) -> str:
        """The words of the best sentence that answer, where they are sure to; else nothing."""
        return self.likely if self.sure else ""

    @property
    def answers(self) -> bool:
        """Whether any sentence is likely to answer the question."""
        limit = NAMED_LIMIT if self.of_speaker else LIMIT
        return bool(self.sentences) and self.answered >= limit and self.about

    @property
    def clearly_answers(self) -> bool:
        """Whether a sentence answers so well that even what may be no question at all is answered with it."""
        return self.about and self.answered >= CLEAR

    def answers_in_spite(self, reason: str) -> bool:
        """Whether a sentence answers although recall finds the evidence too weak, for this reason."""
        if self.of_speaker and reason == OF_ANOTHER:
            return False
        return self.about and self.answered >= (CLEAR if reason == FAR else CERTAIN)


class Reader(Protocol):
    """Reads passages for a question."""

    def read(self, question: str, passages: Sequence[Candidate]) -> Reading:
        """The sentences of the passages in the order in which they answer the question."""
        ...


class SentenceReader:
    """Implements `Reader` with features of sentences. Writes nothing."""

    def __init__(self, store: Store, embed: Embed, scorer: Callable[[], SentenceScorer | None] = lambda: None) -> None:
        """`embed` gives the vectors of texts and of their tokens, or None where no embedder can be reached. `scorer`
        is asked at each question; without one, features of words and vectors decide, and nothing is refused."""
        self._store = store
        self._embed = embed
        self._scorer = scorer

    def read(self, question: str, passages: Sequence[Candidate]) -> Reading:
        """See `Reader`. Without an embedder, or when it is away, words alone decide."""
        form = question_form(question)
        found = candidate_sentences(passages)
        if not found:
            return Reading(form, ())
        query: Embedded | None = None
        vectors: list[Embedded] = []
        scorer = self._scorer()
        embedded = self._vectors(scorer, [question, *(c.text for c in found)])
        if embedded is not None:
            query, *vectors = zip(*embedded, strict=True)
        rows = features(form, found, query, vectors, self._rarity(form))
        said = np.array([bool(c.hit.speaker) for c in found])
        of_others = bool(said.any()) and not any(c.hit.role == "me" for c in found)
        scores = np.where(said, rows @ np.array(SAID), rows @ np.array(WRITTEN))
        labels = labels_above(form, found)
        readings = _read(scorer, question, found, scores, labels)
        judged = _logits(readings, len(found))
        if judged is not None:
            rows = np.column_stack([rows, judged])
            talk = JUDGED_OTHERS if of_others else JUDGED_SAID
            scores = np.where(said, rows @ np.array(talk), rows @ np.array(JUDGED_WRITTEN))
        scores = scores + [
            LABELLED * is_labelled(form, c.text) + BELOW_LABEL * bool(label)
            for c, label in zip(found, labels, strict=True)
        ]
        # A question answers nothing, however near it comes, nor does a heading that repeats it.
        asks = (rows[:, ASKS] > 0) | np.array([only_names(form, c) for c in found])
        yes_or_no = form.wanted is Wanted.YES_OR_NO
        unlike = yes_or_no & ~said & (rows[:, WORDS] == 0)  # a text says yes or no of what it names
        unlike |= (astray := np.array([leads_astray(question, c) for c in found]))
        # "It came to nothing" is unlike what it ends, and comes before it.
        order = np.lexsort((-scores, _outshone(judged, asks) & (rows[:, NEGATED] == 0), asks | unlike))
        order = _of_whom_is_asked(question, found, order, judged, asks | unlike)
        ranked = tuple(found[i] for i in order)
        rivals = [i for i in order[1:] if not (asks[i] or unlike[i])] or order[1:].tolist()
        margin = scores[order[0]] - scores[rivals].max() if rivals else WIDE
        close = len(order) > 1 and scores[order[0]] - scores[order[1]] < CLOSE and not asks[order[1]]
        both = close and ranked[1].text not in ranked[0].whole and goes_with(form, ranked[0], ranked[1])
        if both and judged is not None:
            is_newer = (ranked[1].hit.happened_at or "") > (ranked[0].hit.happened_at or "") and rows[
                order[1], WORDS
            ] > 0
            both = judged[order[1]] >= (SECOND if is_newer else max(SECOND, judged[order[0]] - BEHIND))
        leading = ranked[: 2 if both else 1]
        if judged is None:
            return Reading(form, ranked, leading, ranked)
        beside = tuple(found[i] for i in order if judged[i] >= (BESIDE if rows[i][WORDS] > 0 else BESIDE_UNLIKE))
        may_answer = judged if asks.all() else judged[~asks]
        surest, best = may_answer.max(), rows[order[0]]
        signs = (
            judged[order[: len(leading)]].max(),
            np.maximum(np.sort(may_answer)[-NEAREST:], FLOOR).mean(),
            best[WORDS_AROUND],
            best[RAREST_AROUND],
            float(yes_or_no),
            best[NEWER],
            best[SPOKEN],
            1.0,
        )
        own = best[SPOKEN] and not of_others and not yes_or_no
        answered = float(np.dot(ANSWERED_SAID if own else ANSWERED, signs))
        if yes_or_no and surest < DECIDES and best[WORDS_AROUND] < NAMES_ALL:
            answered = min(answered, surest)
        if astray[int(judged.argmax())]:  # that its topic is known says nothing for the sentence that leads instead
            answered = min(answered, judged[order[0]])
        first, is_right, alone = _first(form, found, order.tolist(), judged, asks | astray, both=bool(both))
        is_about = is_right or about(form, leading)
        if first != order[0] or alone:
            order = np.array([first, *(i for i in order if i != first)])
            ranked, both = tuple(found[i] for i in order), both and not alone
            leading = ranked[: 2 if both else 1]
        reading = readings.get(int(order[0]))
        likely = _words(form, ranked[0], labels[int(order[0])], reading) if reading is not None else ""
        short = reading is not None and _may_stand_alone(form, ranked[0], likely)
        sure = (
            short
            and reading is not None
            and _is_sure(reading, margin, ranked[0], both=both, of_others=of_others and bool(said[order[0]]))
        )
        of_speaker = of_others and _names_a_speaker(form, found)
        is_about = is_about and about(form, leading) and not of_other_numbers(question, found)
        return Reading(form, ranked, leading, beside, answered, is_about, likely, sure, of_speaker, is_right)

    def _vectors(
        self, scorer: SentenceScorer | None, texts: Sequence[str]
    ) -> tuple[Vectors, list[TokenVectors]] | None:
        """Vectors of texts, the question first: those that the scorer's weights were fitted with, or the memory's."""
        try:
            fitted = scorer.embed_tokens(texts) if scorer is not None else None
        except ModelError:
            fitted = None
        return fitted if fitted is not None else self._embed(texts)

    def _rarity(self, form: QuestionForm) -> dict[str, float]:
        """How rare each word of the question is in memory, by stem: 0 (in every passage) to 1 (in none)."""
        count = self._store.words.document_frequency(form.stems)
        spans = self._store.words.span_count() + 2
        return {s: float(np.log(spans / (count.get(s, 0) + 1)) / np.log(spans)) for s in form.stems}


def _read(
    scorer: SentenceScorer | None,
    question: str,
    found: Sequence[CandidateSentence],
    scores: Matrix,
    labels: Sequence[str],
) -> dict[int, SentenceReading]:
    """The scorer's readings of the JUDGED best sentences, by their places; none without a scorer."""
    if scorer is None:
        return {}
    best = np.argsort(-scores, kind="stable")[:JUDGED]
    try:
        read = scorer.read(question, [_sentence(found[i], labels[i]) for i in best])
        return dict(zip(best.tolist(), read, strict=True))
    except ModelError:
        return {}


def _logits(readings: Mapping[int, SentenceReading], count: int) -> Matrix | None:
    """The logits of `count` sentences: of those that were not read, the least of the others."""
    if not readings:
        return None
    judged = np.full(count, min(reading.logit for reading in readings.values()))
    for place, reading in readings.items():
        judged[place] = reading.logit
    return judged


def _of_whom_is_asked(
    question: str, found: Sequence[CandidateSentence], order: Indices, judged: Matrix | None, left_out: Bools
) -> Indices:
    """The order in which a sentence of whom the question names comes before one of somebody else, where the scorer
    likes it as well, and only that it is newer speaks for the other."""
    lead = order[0]
    if judged is None:
        return order
    for i in order[1 : NEAR + 1]:
        if not left_out[i] and judged[i] >= judged[lead] and tells_of_another(question, found[lead], found[i]):
            return np.array([i, *(j for j in order if j != i)])
    return order


def _holds_now(
    form: QuestionForm,
    found: Sequence[CandidateSentence],
    order: Sequence[int],
    judged: Matrix,
    left_out: Bools,
    *,
    both: bool,
) -> tuple[int, bool, bool]:
    """The place of the sentence that leads, whether it puts an earlier one right that came near, and whether it leads
    alone. `both`: whether the second leads too, however far behind."""
    lead = order[0]
    near = [i for i in order[1 : NEAR + 1] if judged[i] >= judged[lead] - RIGHT_BEHIND]
    right = next((i for i in near if not left_out[i] and puts_right(found[i], found[lead])), None)
    if right is not None:
        return right, True, True
    if any(puts_right(found[lead], found[i]) for i in near):
        return lead, True, True
    near += [order[1]] if both and order[1] not in near else []
    later = [i for i in near if not left_out[i] and replaces(form, found[i], found[lead])]
    if later:
        return max(later, key=lambda i: found[i].hit.happened_at or ""), False, True
    is_newer = both and tells_it_again(form, found[order[1]], found[lead])
    return (order[1] if is_newer else lead), False, False


def _first(
    form: QuestionForm,
    found: Sequence[CandidateSentence],
    order: Sequence[int],
    judged: Matrix,
    left_out: Bools,
    *,
    both: bool,
) -> tuple[int, bool, bool]:
    """The place of the sentence that leads, whether it puts another right, and whether it leads alone. `both`: whether
    the second leads too."""
    first, is_right, alone = _holds_now(form, found, order, judged, left_out, both=both)
    entry = entry_asked_for(form.text, found, first)
    return first if entry is None else entry, is_right, alone or entry is not None


def _outshone(judged: Matrix | None, asks: Bools) -> Bools:
    """Which sentences another outshines so far that they do not lead, however new they are."""
    if judged is None or asks.all():
        return np.zeros(len(asks), bool)
    behind: Bools = judged < judged[~asks].max() - OUTSHONE
    return behind


def _words(form: QuestionForm, found: CandidateSentence, label: str, reading: SentenceReading) -> str:
    """The words of a sentence that answer, if it does."""
    counted = _how_many(form, found.text)
    if counted:
        return counted
    before = len(_said_by(found, label))
    begin, end = (max(0, place - before) for place in reading.answer)
    words = without_loose_brackets(found.text[begin:end].strip(" ,;:"))
    start = found.text.find(words, begin)
    begin, end = whole_coordination(found.text, start, start + len(words))
    if form.wanted is Wanted.THING:
        begin, end = whole_list(form.stems, found.text, begin, end)
    begin, end = part_asked_for(form.stems, found.text, begin, end)
    begin, end = whole_sums(form.stems, found.text, begin, end) if form.wanted is Wanted.AMOUNT else (begin, end)
    return found.text[begin:end]


def _how_many(form: QuestionForm, text: str) -> str:
    """The number that stands before what a question counts: "14 people" for "how many people"; else nothing."""
    asked = _COUNTS.search(form.text)
    if asked is None:
        return ""
    found = [one for one in _COUNTED.finditer(text) if stem(one["what"].lower()) == stem(asked["what"].lower())]
    return found[0].group() if len(found) == 1 else ""


def _may_stand_alone(form: QuestionForm, found: CandidateSentence, words: str) -> bool:
    """Whether words of a sentence can be the whole answer: yes and no are none, and where one came from is not where
    one is."""
    if form.wanted is Wanted.YES_OR_NO or not words or len(words) >= len(found.text):
        return False
    begin = found.text.find(words)
    if any(other(form.text, found.text, begin, begin + len(words)) for other in (of_another_time, of_other_days)):
        return False
    if form.wanted is Wanted.PERSON and found.hit.role == "me" and done_by_me(form.text, found.text, begin):
        return False
    left = found.text[:begin].rstrip().casefold()
    if form.wanted is Wanted.PLACE and left.endswith(" from") and not _ASKS_WHENCE.search(form.text):
        return False
    says_more = bool(set(content_stems(words)) - set(content_stems(form.text))) or bool(_CHOOSES.search(form.text))
    if found.hit.speaker and found.hit.role != "me" and not says_more:
        return False
    return holds(form, words) > 0


def _is_sure(reading: SentenceReading, margin: float, found: CandidateSentence, *, both: bool, of_others: bool) -> bool:
    """Whether the scorer's words are the answer for certain. `margin`: how far the second sentence is behind the first;
    `both`: whether that one leads too."""
    if of_others:
        return reading.logit >= SURE_OTHERS[0] and reading.surety >= SURE_OTHERS[1]
    signs = (reading.logit, np.log(reading.surety + 1e-4), margin, 1.0)
    limit = SURE_LIMIT_SAID if found.hit.speaker else SURE_LIMIT
    return not both and float(np.dot(SURE, signs)) >= limit


def _names_a_speaker(form: QuestionForm, found: Sequence[CandidateSentence]) -> bool:
    """Whether a question names one of those who said the sentences."""
    names = {part for name in form.names for part in name.split()}
    return any(names & set(fold_name(c.hit.speaker).split()) for c in found)


def _sentence(found: CandidateSentence, label: str) -> PassageSentence:
    return PassageSentence(f"{_said_by(found, label)}{found.text}", found.before)


def _said_by(found: CandidateSentence, label: str) -> str:
    """Who said a sentence, or in a text the `label` of what it says, as the scorer reads it."""
    before = found.hit.speaker if found.hit.speaker and found.hit.role != "me" else label
    return f"{before}: " if before else ""
