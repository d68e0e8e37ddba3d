"""A later message that puts right what was told before: "Turns out the rack goes to Eindhoven", "I'd misread the card".

Such a message often repeats what it is about in words of its own, so no value can be put into the older statement
(`secondme.facts.corrections` does that where it can); but of the two the later one answers. English, with a few words
of other languages.
"""

from __future__ import annotations

import re

from secondme.chat.reader.answer_types import holds
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.form import QuestionForm, Wanted
from secondme.text.entities import mentions
from secondme.text.terms import content_stems

_TOLD = r"(?:said|told|wrote|written|thought|reckoned|remembered|been remembering|been telling)"
_SIGNS = re.compile(
    r"(?i)\b(?:turns out|it turned out|in fact|actually|correction|my (?:mistake|bad|slip|error)"
    r"|i was wrong|i stand corrected|apologies|i beg your pardon|i mean|i meant"
    r"|(?:other|wrong) way (?:a?round|about)|mis(?:read|heard|counted|remembered|calculated|took|typed|spelt|spelled)"
    r"|mix(?:ed)? .{1,20} up|re-?(?:counted|measured|checked|read)"
    r"|(?:counted|measured|checked|looked|asked|weighed|read) (?:it |them |that )?(?:again|properly)"
    r"|should (?:have (?:read|been|said)|be|read)|out by \w+|than i (?:said|told|thought|wrote)"
    rf"|did i (?:say|write|tell)|i['’](?:d|ve) (?:always |only |all along )?{_TOLD}|i (?:said|wrote|told you)"
    r"|i (?:got|had) (?:it|that|them|the \w+) (?:wrong|mixed)|wrong (?:one|place|day|date|time|lot|name|square|number)"
    r"|(?:letter|ticket|card|label|paper|papers|photo|invitation|invoice|list|printout|manual|sign|text|e-?mail|scales?"
    r"|receipt|contract|calendar|poster|website|office|nurse|doctor|solicitor|archive)\b.{0,30}"
    r"\b(?:says?|said|shows?|reads?)"
    r"|stimmt nicht|falsch|verwechselt|vertan|verdreht|vertauscht|sondern|trompée?|en fait|plutôt|en realidad"
    r"|me equivoqué|al final|sino)\b"
)
_IS_ANOTHER = (
    r"instead|no longer|any ?more|after all|cancell?ed|chang(?:ed|es|ing)|moved|switch(?:ed|ing)|swapp(?:ed|ing)"
)
_INSTEAD = re.compile(rf"(?i)\b(?:{_IS_ANOTHER})\b")
_CHANGED = re.compile(
    rf"(?i)\b(?:{_IS_ANOTHER}|now|in the end|bumped|ended up|settled|came (?:to|in at)|from now on"
    r"|(?:the|my|our|a) new)\b"
)
_OF_BEFORE = re.compile(
    r"(?i)\b(?:before|used to|was|were|had|previous(?:ly)?|formerly|earlier|first|original(?:ly)?|old|at the start"
    r"|initial(?:ly)?|last|until|asking|quot\w+|estimat\w+)\b"
)
_SUBJECT = re.compile(
    r"(?i)\W*(?:(?:so|and|but|btw|ok|oh|update)\b\W*)*(?:(?:the|my|our) )?([\w'’-]+?)(?:['’]s)?"
    r" (?:is|are|has|have|been|got|gets|will|now|moved|changed|its|it['’]s)\b"
)
"""What a sentence is about that says no more of it than its noun: "the party is in the mill now"."""
ALIKE = 2
"""Words that two messages share besides those of the question, from which they are about the same."""


def replaces(form: QuestionForm, found: CandidateSentence, lead: CandidateSentence) -> bool:
    """Whether a later message of the same person tells what holds now instead of what the lead says: "the do is in the
    mill now" behind "gran's do is in the club". Not for a question of what was before."""
    return (
        _is_later(form, found, lead) and _CHANGED.search(found.text) is not None and _is_of_the_same(form, found, lead)
    )


def tells_it_again(form: QuestionForm, found: CandidateSentence, lead: CandidateSentence) -> bool:
    """Whether a later message of the same person tells how much it is of what the lead tells that too: "got the tripod
    for 20" behind "need a tripod, about 45". Of two days or persons both may hold."""
    if form.wanted is not Wanted.AMOUNT:
        return False
    asked, said = set(form.stems), set(content_stems(found.whole))
    before = asked & set(content_stems(lead.whole))
    return _is_later(form, found, lead) and bool(before) and before <= said and holds(form, found.text) == 1.0


def _is_later(form: QuestionForm, found: CandidateSentence, lead: CandidateSentence) -> bool:
    hit, told = found.hit, lead.hit
    if hit.role != "me" or told.role != "me" or hit.id == told.id or _OF_BEFORE.search(form.text):
        return False
    return (hit.happened_at or "") > (told.happened_at or "")


def _is_of_the_same(form: QuestionForm, found: CandidateSentence, lead: CandidateSentence) -> bool:
    """Whether two sentences tell the same of what is asked, as far as their words say."""
    if holds(form, found.text) < holds(form, lead.text):
        return False
    if form.wanted in (Wanted.PERSON, Wanted.NAME) and _names(lead) and not _names(found) - _names(lead):
        return False  # it names nobody else
    asked = set(form.stems)
    said, before = set(content_stems(found.whole)), set(content_stems(lead.whole))
    shared, beside = said & before, (said & before) - asked
    names = {stem for name in form.names for stem in content_stems(name)}
    if not shared or names & before - said:
        return False
    by_name = bool(names & said) and _INSTEAD.search(found.text) is not None
    subject = _SUBJECT.match(found.text)
    if subject and set(content_stems(subject[1])) & asked & before:
        return True
    return by_name or (bool(asked & before) and asked & before <= said) or len(beside) >= ALIKE


def _names(found: CandidateSentence) -> set[str]:
    return {mention.key for mention in mentions(found.text)}


def puts_right(found: CandidateSentence, lead: CandidateSentence) -> bool:
    """Whether the message of a sentence is later than that of another by the same person, is about the same, and says
    that something was wrong."""
    hit, told = found.hit, lead.hit
    if not hit.speaker or hit.speaker != told.speaker or hit.id == told.id:
        return False
    if (hit.happened_at or "") <= (told.happened_at or "") or not _SIGNS.search(hit.text):
        return False
    return bool(set(content_stems(hit.text)) & set(content_stems(lead.text)))
