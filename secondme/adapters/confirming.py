"""What an adapter says by heart is a proposal: it counts only where it is what memory holds and what was asked.

Trained weights answer about one question in ten with full confidence and wrong, and a third of the questions about
unknown things with somebody else's fact (`docs/adapters.md`). So three things must agree: the sentence is one that
holds today; it is of whom the question names; and the question asks for its relation, which the nearest of the known
phrasings tells, and a reader of sentences does not deny.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from models.protocol import Embedder, PassageSentence, SentenceScorer
from secondme.adapters.lessons import UNTOLD, Known
from secondme.adapters.phrasings import PHRASINGS, asking
from secondme.text.entities import fold_name
from secondme.text.terms import words_of

LEAST_LOGIT = -1.5
"""Below it the reader denies that a sentence answers: of invented questions it passes 92 of 100 that a fact answers,
and 9 of 100 of the same person in another relation."""
LEAST_CLEAR_LOGIT = -2.5
"""Below it the reader denies it also where nothing else could have been asked for."""
LOGIT_OF_NEARNESS = 10.0
"""Of the reader's logit that may be missing for each 1 by which the relation's phrasings are nearer than all others."""
NEARLY, SURE_LOGIT = 0.03, 0.3
"""A phrasing of another relation may be so much nearer where the reader says so clearly that the sentence answers."""
_ME = re.compile(r"(?i)\b(i|me|my|mine)\b")
_ORDER = re.compile(r"(?i)\b(tell|remind|show|give|let)\s+me\b")
"""An order names no one: "tell me where Tom lives" is not about oneself."""
_FOR_A_NAME = re.compile(r"(?i)\b(who|whom|names?|named|called)\b")
_NOT_OF_THEM = r"(?!['’]s?\s(?!(\w+\s)?name\b))"
"""Behind a word for someone: "who is my sister's boss" does not ask for the sister, "my sister's name" does."""
_SOMEONE = "Robin"
"""Stands for whoever is asked about, so that a name does not decide which phrasing is nearest."""
_OF_ANYTHING = "figure"
"""Without the word for its kind its phrasings ("What is Robin's …?") are near to whatever is asked."""
_Forms: TypeAlias = tuple[list[str], npt.NDArray[np.float32]]
"""Relations, and the vectors of their phrasings."""


class Confirming:
    """Compares proposals with what holds. `embedder` and `scorer` give what is used now, or nothing: then less is
    confirmed."""

    def __init__(self, embedder: Callable[[], Embedder | None], scorer: Callable[[], SentenceScorer | None]) -> None:
        self._embedder = embedder
        self._scorer = scorer
        self._forms_of: tuple[str, tuple[_Forms, _Forms]] | None = None

    def confirmed(self, question: str, said: str, held: Sequence[Known]) -> Known | None:
        """What memory holds that the proposal says and the question asks for; None where they don't agree. Raises
        ModelError."""
        wanted = _plain(said)
        if not wanted or wanted == _plain(UNTOLD):
            return None
        for about in held:
            if _plain(about.sentence) == wanted and is_of_whom(question, about) and self._asks(question, about):
                return about
        return None

    def _asks(self, question: str, about: Known) -> bool:
        """Whether a question asks for the relation of what is known."""
        scorer = self._scorer()
        least = self._least_logit(question, about)
        if scorer is None or least is None:
            return False
        return scorer.read(question, [PassageSentence(about.sentence)])[0].logit >= least

    def _least_logit(self, question: str, about: Known) -> float | None:
        """The logit that the reader of sentences has to give; None where the question can't ask for the relation."""
        word = about.tie or about.kind
        if word:
            if re.search(rf"(?i)\b{re.escape(word)}s?\b{_NOT_OF_THEM}", question) is None:
                return None
            return LEAST_CLEAR_LOGIT if about.tie and _FOR_A_NAME.search(question) else LEAST_LOGIT
        nearer = self._nearer(question, about)
        if nearer < -NEARLY:
            return None
        return SURE_LOGIT if nearer < 0 else max(LEAST_CLEAR_LOGIT, LEAST_LOGIT - LOGIT_OF_NEARNESS * nearer)

    def _nearer(self, question: str, about: Known) -> float:
        """By how much the nearest phrasing of a relation is nearer to a question than those of all others (cosine)."""
        embedder = self._embedder()
        if embedder is None:
            return -1.0
        plain = re.sub(re.escape(about.name), _SOMEONE, question) if about.name else question
        mine, theirs = self._forms(embedder)
        relations, vectors = theirs if about.name else mine
        nearness = vectors @ embedder.embed([plain], "query")[0]
        own = np.array(relations) == about.facts[0].relation
        return float(nearness[own].max() - nearness[~own].max()) if own.any() else -1.0

    def _forms(self, embedder: Embedder) -> tuple[_Forms, _Forms]:
        """The phrasings of all relations as asked of oneself, and of someone else; embedded once for each embedder."""
        if self._forms_of is None or self._forms_of[0] != embedder.model_id:
            self._forms_of = (embedder.model_id, (_embedded("", embedder), _embedded(_SOMEONE, embedder)))
        return self._forms_of[1]


def _embedded(name: str, embedder: Embedder) -> _Forms:
    forms = [
        (relation, form)
        for relation in PHRASINGS
        if relation != _OF_ANYTHING and (asked := asking(relation, name, kind="kind")) is not None
        for form in asked.learnt
    ]
    return [relation for relation, _ in forms], embedder.embed([form for _, form in forms], "query")


def is_of_whom(question: str, about: Known) -> bool:
    """Whether a question is about the same person: it names them, or says "my" and names nobody else."""
    if about.name:
        return set(fold_name(about.name).split()) <= set(fold_name(question).replace("'s", "").split())
    own = {word for fact in about.facts for word in fold_name(fact.object_name).split()}
    strangers = [name for name in _names(question) if not set(fold_name(name).split()) <= own]
    return _ME.search(_ORDER.sub("", question)) is not None and not strangers


def _names(question: str) -> list[str]:
    """Words with a capital that do not begin the question: names, for all that can be told."""
    return [word.removesuffix("'s") for word in re.findall(r"(?<=[\w,;] )[A-Z][\w'’-]+", question)]


def _plain(text: str) -> tuple[str, ...]:
    """The words of a sentence, without a period such as "(since 2015)"."""
    return tuple(words_of(re.sub(r"\([^)]*\)", " ", text)))
