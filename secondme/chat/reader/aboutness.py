"""Whether a sentence that comes nearest is about what is asked: of the same person, thing and kind.

The scorer reads what a sentence says, and is too easily pleased where it says something alike of another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from secondme.chat.reader.answer_types import holds
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.form import QuestionForm, Wanted
from secondme.text.entities import fold_name, mentions
from secondme.text.terms import stem, stems

BARE_LIMIT = -1.1
"""The least logit of the scorer where nothing but a name of the question stands in or around a sentence; fitted, like
LIMIT, on invented conversations (docs/answers.md)."""
FAR = -4.0
"""Below this logit the words of a question alone make no answer of what someone said."""
ALIKE = 0.75
"""Two words are spellings of one from this share of common letters on."""
_LETTERS = re.compile(r"[^\W_]+")
_DERIVED = re.compile(r"(?:ed|ing|ly|tion|ness|ment|able|er|ers|ist|ists)$")
"""Ends of words that are other words for something said, seldom names."""
_SPOKEN_TYPES = (Wanted.AMOUNT, Wanted.DURATION, Wanted.TIME)
"""What someone says without a number, a length or a time answers none of these; a text may say it in other words."""
_PAST = re.compile(r"(?i)\b(?:did|was|were|had|have|has)\b")


def about(
    form: QuestionForm, leading: Sequence[CandidateSentence], surest: float, *, unheard: Callable[[str], bool]
) -> bool:
    """Whether sentences may be read as the answer of a question.

    `surest`: the scorer's logit. `unheard`: whether a word is in no passage, and rare.
    """
    if not leading:
        return False
    whole = " ".join(map(_around, leading))
    if _untyped(form, leading) or _names_unheard(form, whole, unheard):
        return False
    if not leading[0].hit.speaker:
        return True  # the words of texts differ more from those of a question
    return surest >= FAR and not _of_another(form, leading, whole) and (surest >= BARE_LIMIT or not _bare(form, whole))


def _around(found: CandidateSentence) -> str:
    hit = found.hit
    return f"{found.before} {found.text} {hit.heading} {'' if hit.speaker else hit.title} {hit.speaker}"


def _of_another(form: QuestionForm, leading: Sequence[CandidateSentence], whole: str) -> bool:
    """Whether a question names someone and the sentence names only somebody else."""
    said = set(_LETTERS.findall(fold_name(whole)))
    if not form.names or any(set(_LETTERS.findall(name)) & said for name in form.names):
        return False
    asked = fold_name(form.text)
    return any(mention.key not in asked for found in leading for mention in mentions(found.whole))


def _untyped(form: QuestionForm, leading: Sequence[CandidateSentence]) -> bool:
    """Whether nothing of the type that is asked for is said, where it has to be."""
    if form.wanted not in (Wanted.AGE, *_SPOKEN_TYPES):
        return False
    if form.wanted is Wanted.TIME and _PAST.search(form.text):
        return False  # what was told as past happened when it was told
    if form.wanted is not Wanted.AGE and not all(found.hit.speaker for found in leading):
        return False
    return not any(holds(form, found.whole) for found in leading)


def _names_unheard(form: QuestionForm, whole: str, unheard: Callable[[str], bool]) -> bool:
    """Whether all of a question is said but one rare word, such as the name of a program in small letters."""
    words, there = set(_LETTERS.findall(whole.casefold())), set(stems(whole))
    missing = [word for word in form.words if stem(word) not in there]
    if len(missing) != 1 or len(form.words) == 1 or _DERIVED.search(missing[0]):
        return False
    word = missing[0]
    return not any(SequenceMatcher(None, word, other).ratio() >= ALIKE for other in words) and unheard(word)


def _bare(form: QuestionForm, whole: str) -> bool:
    """Whether of the words of a question only names, or none at all, stand around a sentence."""
    if form.wanted is Wanted.YES_OR_NO:
        return False
    named = {stem(part) for name in form.names for part in name.split()}
    words = set(form.stems) - named
    return bool(words) and not words & set(stems(whole))
