"""Whether a sentence that comes nearest is about what is asked: of the same person, of an age where one is asked for,
and no near miss (`reader.near_misses`).

The scorer reads what a sentence says, and is too easily pleased where it says something alike of another. Stricter
rules (a length, a time or an amount has to be said; a higher limit where only a name is shared) refused more right
answers than wrong ones in conversations that they were not made for: .78 of questions were answered right without them,
.71 with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.chat.reader.answer_types import holds
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.choices import chooses_neither
from secondme.chat.reader.form import QuestionForm, Wanted
from secondme.chat.reader.near_misses import near_miss
from secondme.chat.reader.shapes import lacks_its_shape
from secondme.chat.reader.wishes import only_wished
from secondme.text.entities import Mention, fold_name, mentions
from secondme.text.sentences import stem_set
from secondme.text.sure_names import sure_names
from secondme.text.tongues import tongue

SHARED = 2
"""Words that what the person does shares with a question of it that names something else."""
_I = re.compile(r"(?i)\b(?:i|we|i['’]m|im)\b")
_BIRTHDAY = re.compile(
    r"(?i)\b(?:birthday|bday|birthdate|date of birth)s?\b|geburtstag|cumpleaños|cumple\b|anniversaire|compleanno"
    r"|verjaardag|生日|誕生日|生まれ|出生"
)
_BORN = re.compile(
    r"(?i)\b(?:born|turns?|turning|turned|is|will be) (?:on|in|at|\d+)\b|\b\d+(?:st|nd|rd|th)\b|\bgeboren|\bwird \d"
    r"|\bnée?\b|\bnaci|\bnat[oa]\b|\bfête|\bcumpl|\bparty\b|\bb(?:irth)?day\b"
)
_BEFORE_NAME = ("", "the", "my", "our")
_LETTERS = re.compile(r"[^\W_]+")


def about(form: QuestionForm, leading: Sequence[CandidateSentence]) -> bool:
    """Whether sentences may be read as the answer of a question."""
    if not leading:
        return False
    if form.wanted is Wanted.AGE and not any(holds(form, found.whole) for found in leading):
        return False
    if form.wanted is Wanted.TIME and _BIRTHDAY.search(form.text) and not _tells_a_birthday(leading):
        return False
    if chooses_neither(form.text, leading):
        return False
    if near_miss(form.text, leading[0]) or lacks_its_shape(form, leading) or only_wished(form, leading[0].whole):
        return False
    if leading[0].hit.speaker:
        return not _of_another(form, leading)
    # A text says yes or no of what it names; else its words may all differ.
    return (
        form.wanted is not Wanted.YES_OR_NO or not form.stems or bool(set(form.stems) & stem_set(_around(leading[0])))
    )


def goes_with(form: QuestionForm, lead: CandidateSentence, found: CandidateSentence) -> bool:
    """Whether a sentence may stand beside the one that leads: it shares a word with the question, if that one does. The
    next best may be about anything; but of a text in English, whose words of types and names weigh enough."""
    shares = bool(set(form.stems) & stem_set(_around(found)))
    if tongue(form.text) == "en" and not found.hit.speaker:
        return shares or tongue(found.text) == "en"
    return shares or not set(form.stems) & stem_set(_around(lead))


def _of_another(form: QuestionForm, leading: Sequence[CandidateSentence]) -> bool:
    """Whether a question names someone and the sentence names only somebody else."""
    before = not _begins_with_another(form, leading[0])
    said = _without_genitive(" ".join(_around(found, before=before) for found in leading))
    if not form.names or any(_without_genitive(name) & said for name in form.names):
        return False
    if form.wanted is Wanted.YES_OR_NO and form.about_me and _is_own(form, leading[0]):
        return False
    asked = fold_name(form.text)
    return any(mention.key not in asked for found in leading for mention in _names(found.whole))


def _tells_a_birthday(leading: Sequence[CandidateSentence]) -> bool:
    return any(_BIRTHDAY.search(_around(found)) or _BORN.search(found.whole) for found in leading)


def _is_own(form: QuestionForm, lead: CandidateSentence) -> bool:
    """Whether a sentence tells of what the person does or does not, in words of the question: of "am I going to Bath on
    Saturday?" says "Ilse is ill, I won't go on Saturday"."""
    shared = set(form.stems) & stem_set(lead.text)
    return lead.hit.role == "me" and bool(_I.search(lead.text)) and len(shared) >= SHARED


def _without_genitive(text: str) -> set[str]:
    """The words of a text, folded; "Silkes" and "amaras" are of Silke and Amara."""
    return {word.removesuffix("s") for word in _LETTERS.findall(fold_name(text))}


def _names(text: str) -> Sequence[Mention]:
    """The names of a sentence; German writes every noun large."""
    return sure_names(text) if tongue(text) == "de" else mentions(text)


def _begins_with_another(form: QuestionForm, found: CandidateSentence) -> bool:
    """Whether a sentence begins with a name that the question does not know: what was said before is of another."""
    first = next(iter(sure_names(found.text)), None)
    begins = first is not None and found.text[: first.start].strip().casefold() in _BEFORE_NAME
    return first is not None and begins and first.key not in fold_name(form.text)


def _around(found: CandidateSentence, *, before: bool = True) -> str:
    hit = found.hit
    return (
        f"{found.before if before else ''} {found.text} {hit.heading} {'' if hit.speaker else hit.title} {hit.speaker}"
    )
