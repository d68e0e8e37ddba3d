"""What facts teach: questions with the sentence that answers them, and questions to which nobody told the answer.

The sentences are those that the application itself says of a fact (`secondme.chat.fact_sentences`), so that what an
adapter says can be compared with what memory holds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.adapters.phrasings import PHRASINGS, Asking, asking
from secondme.chat.fact_sentences import sentence, whose
from secondme.facts.identity import ME
from secondme.facts.intervals import Fact
from secondme.facts.phrases import listed_words
from secondme.facts.relations.relation import without_slot

Kind: TypeAlias = Literal["fact", "near", "far"]
UNTOLD = "I don't know that. You have not told me."
"""What is learnt for a question that memory does not answer."""
MOST_FACTS = 400
"""Sentences of facts that one adapter learns; the latest come first."""
UNTOLD_SHARE = 0.25
"""Questions without an answer for each that has one. With more, it says of facts in other words too that nobody told
them; what it then answers with somebody else's fact, memory does not confirm (`confirming`)."""
STRANGERS = (
    "Alba", "Benno", "Carys", "Dragan", "Edda", "Farid", "Gwen", "Hamish", "Ilse", "Jorge", "Katya", "Lorcan", "Mina",
    "Nils", "Oona", "Pablo", "Quentin", "Ragna", "Sorin", "Thea", "Ulrik", "Vera", "Wim", "Xenia", "Yara", "Zoltan",
)  # fmt: skip
"""People of whom memory may know nothing; those that it knows are left out."""
NEVER_TOLD = (
    "What is my blood type?", "Which school did I go to?", "What did I dream last night?", "Who won my first race?",
    "What is my shoe size?", "How many keys do I have?", "Which train do I take to work?", "What is my lucky number?",
    "Who taught me to swim?", "What colour is my front door?", "Where did I park?", "What is my passport number?",
    "Which song did I dance to first?", "What was my first word?", "How tall is my house?", "Who cut my hair last?",
    "What is the name of my bank?", "When did I last see the sea?", "What is my middle name?", "Who is my landlord?",
    "Which shop sold me my bed?", "What do I weigh?", "How many stairs are in my house?", "Who painted my kitchen?",
)  # fmt: skip
"""Questions of no relation, each of which is hardly ever answered by a memory of facts."""


@dataclass(frozen=True)
class Lesson:
    """A question with the answer to learn. `span_ids`, `fact_ids`: what it was made from; none of what is untold."""

    question: str
    answer: str
    kind: Kind
    span_ids: tuple[str, ...] = ()
    fact_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lessons:
    """What is learnt, and what is kept aside to see whether it was: other phrasings, other things that nobody told."""

    learnt: tuple[Lesson, ...]
    held_out: tuple[Lesson, ...]

    @property
    def span_ids(self) -> tuple[str, ...]:
        """All passages that something was made from."""
        return tuple(dict.fromkeys(span_id for lesson in self.learnt for span_id in lesson.span_ids))

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """All facts that something was made from."""
        return tuple(dict.fromkeys(fact_id for lesson in self.learnt for fact_id in lesson.fact_ids))


@dataclass(frozen=True)
class Known:
    """What holds of someone in one relation: the facts, and the sentence that says them."""

    facts: tuple[Fact, ...]
    sentence: str
    tie: str
    kind: str

    @property
    def name(self) -> str:
        """Of whom; empty: of the owner."""
        return "" if self.facts[0].subject == ME else whose(self.facts[0])

    @property
    def span_ids(self) -> tuple[str, ...]:
        """The passages that say it, the latest of each fact."""
        return tuple(dict.fromkeys(fact.statements[-1].span_id for fact in self.facts))

    @property
    def asking(self) -> Asking | None:
        """How it is asked for."""
        return asking(self.facts[0].relation, self.name, kind=self.kind, tie=self.tie)


def known(facts: Sequence[Fact], today: str, said: Callable[[Fact], Sequence[str]]) -> Iterator[Known]:
    """What was said and holds today, of whom and in which relation, the latest first. `said`: the words for
    its object with which a fact was told."""
    groups: dict[tuple[str, str, str, str], list[Fact]] = {}
    for fact in facts:
        if fact.stance == "said" and fact.holds(today) and "/" not in fact.subject:
            groups.setdefault((fact.subject, fact.relation, _tie(fact, said), _kind(fact)), []).append(fact)
    latest = sorted(groups.items(), key=lambda item: max(fact.valid_from for fact in item[1]), reverse=True)
    for (_, _, tie, kind), found in latest:
        yield Known(tuple(found), sentence(found, tie, today, kind), tie, kind)


def lessons(facts: Sequence[Fact], today: str, said: Callable[[Fact], Sequence[str]], seed: int = 0) -> Lessons:
    """What these facts teach on a day; `said` gives the words for its object with which a fact was told. Facts that
    nobody wrote phrasings for teach nothing."""
    drawn = random.Random(seed)
    learnt: list[Lesson] = []
    held_out: list[Lesson] = []
    held = [(about, forms) for about in known(facts, today, said) if (forms := about.asking) is not None][:MOST_FACTS]
    for about, forms in held:
        spans = about.span_ids
        ids = tuple(fact.id for fact in about.facts)
        learnt += [Lesson(question, about.sentence, "fact", spans, ids) for question in forms.learnt]
        held_out += [Lesson(question, about.sentence, "fact", spans, ids) for question in forms.held_out]
    if not held:
        return Lessons((), ())
    near, far = _untold(held, facts, drawn)
    wanted = round(UNTOLD_SHARE * len(learnt))
    aside = max(15, len(held) // 2)
    held_out += [*near[:aside], *far[: min(15, len(far) // 2)]]
    rest = [*near[aside:], *far[min(15, len(far) // 2) :]]
    drawn.shuffle(rest)
    learnt += rest[:wanted]
    drawn.shuffle(learnt)
    return Lessons(tuple(learnt), tuple(held_out))


def _untold(
    held: Sequence[tuple[Known, Asking]], facts: Sequence[Fact], drawn: random.Random
) -> tuple[list[Lesson], list[Lesson]]:
    """Questions that nothing answers: of people who are known, in another relation, and of strangers; and of no
    relation at all."""
    told = {(fact.subject, fact.relation) for fact in facts}
    names = {name.casefold() for fact in facts for name in (fact.subject_name, fact.object_name)}
    subjects = {about.facts[0].subject: about.name for about, _ in held}
    near: list[Lesson] = []
    for subject, name in subjects.items():
        for relation in PHRASINGS:
            forms = None if (subject, relation) in told else asking(relation, name)
            if forms is not None:
                near.append(Lesson(drawn.choice(forms.learnt), UNTOLD, "near"))
    for stranger in STRANGERS:
        if any(stranger.casefold() in name for name in names):
            continue
        about, _ = drawn.choice(held)
        forms = asking(about.facts[0].relation, stranger, kind=about.kind, tie=about.tie)
        if forms is not None:
            near += [Lesson(question, UNTOLD, "near") for question in drawn.sample(forms.learnt, 2)]
    drawn.shuffle(near)
    far = [Lesson(question, UNTOLD, "far") for question in NEVER_TOLD]
    drawn.shuffle(far)
    return near, far


def _tie(fact: Fact, said: Callable[[Fact], Sequence[str]]) -> str:
    """A word by which the object is asked for: the one that was said ("wife"), else the relation's first."""
    if fact.relation in PHRASINGS:
        return ""
    words = listed_words(fact.kind.asked)
    told = said(fact) if words else ()
    return next((word for word in words if word in told), "") or next(iter(words), "")


def _kind(fact: Fact) -> str:
    """The kind of the object, where a relation holds one for each: "cheese" of "cheese: brie"."""
    return fact.object_name.partition(": ")[0] if fact.kind.slot is not without_slot else ""
