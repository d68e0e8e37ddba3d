"""What calls a plan off: "Cork is off", "we're staying after all", "the move fell through"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondme.facts import gate_words as words
from secondme.facts.phrases import Pattern, any_of
from secondme.facts.statement import Statement
from secondme.text.sentences import Sentence

_IS_OFF = any_of("""
    off, off the table, cancelled, canceled, called off, not happening, not going to happen, no longer happening,
    no longer on, dead in the water, not on any more, not on anymore
""")
_FAILED = any_of("""
    fell through, fallen through, fell apart, came to nothing, come to nothing, was called off, got cancelled,
    (been|got|was|is) (binned|scrapped|shelved|axed|ditched)
""")
_GAVE_UP = any_of("binned, scrapped, ditched, shelved, abandoned, given up on, gave up on, knocked on the head")
_NEVER_MIND = rf"(( is|'s|s| has been| was| got) (now |definitely |officially )?{_IS_OFF}|( has)? {_FAILED})"
_AFTER_ALL = r"( after all| any ?more| now| then)"
_THING = r"(?P<o>[A-Za-zÀ-ÿ][\w'’-]{2,}( [A-ZÀ-Þ][\w'’-]+)?)"
_NOT = r"(not|isn'?t|aren'?t|won'?t be|decided against|decided not to|no longer)"
_PATTERNS = (
    # A move.
    ("lives_in", Pattern(rf"(?i:\b(the |our |my )?(big )?(move|relocation)( to <o:NAME>)?){_NEVER_MIND}")),
    ("lives_in", Pattern(rf"(?i:\b{_NOT} (be )?(move|moving|relocate|relocating)( to| back to)?) ?(?P<o><NAME>)?")),
    (
        "lives_in",
        Pattern(
            r"(?i:\b(we|i|we're|i'm|were|im|we are|i am|we will|we'll|so|and)\b( all| both)? "
            rf"(stay|staying|sticking)( put|( right)? here| where (we are|i am)|{_AFTER_ALL}){{1,2}})"
            r"(?! (for|until|till|with|at)\b)"
        ),
    ),
    ("lives_in", Pattern(rf"(?i:\b(stay|staying) in )<NAME>(?i:{_AFTER_ALL}| instead)")),
    # A job.
    (
        "works_at",
        Pattern(
            rf"(?i:\b(the |my |that )?(new )?(job|offer|contract|position)( (at|with) )?)(?P<o><NAME>)?{_NEVER_MIND}"
        ),
    ),
    ("works_at", Pattern(rf"(?i:\b{_NOT} (take|taking|start|starting|join|joining)( the job)?( at| with)? ?)<o:NAME>")),
    ("works_at", Pattern(rf"(?i:\b{_NOT} (take|taking) the (new )?(job|offer|position)\b)")),
)
_NAMED = Pattern(
    rf"(^\W*|[,;] |\b(so|and|but|news|update|that) ){_THING}{_NEVER_MIND}\b(?! (work|sick|duty|the|to|for))"
)
"""Something by its name: whatever was planned of it."""
_DROPPED = (
    Pattern(
        rf"(?i:\b(we|i|we've|i've|weve|ive)( have|'ve)? (all )?{_GAVE_UP}( on)? (the )?)<o:NAME>"
        r"( (thing|plan|idea|move|trip))?\b"
    ),
    Pattern(r"(^\W*|[.,;!] )([Nn]o|[Nn]ot) <o:NAME>( for (us|me))?,? after all\b"),
)
"""What is named as given up by who speaks."""
_OF_OTHERS = re.compile(r"(?i:\b(?:he|she|they|his|her|their|your)\b)|^\W*[A-ZÀ-Þ]\w+ (?:\w+ )?\w+ed\b")
_UNSURE = re.compile(r"(?i)\b(?:if|might|may|maybe|perhaps|unless|hope|hopefully|wish|would|could|what if)\b|\?")


def called_off(sentence: Sentence) -> Iterator[Statement]:
    """The plans of the speaker that a sentence calls off, by relation and object; without an object, every plan."""
    text = sentence.text
    if not _MAY_CALL_OFF.search(text) or _OF_OTHERS.search(text) or _UNSURE.search(text) or words.QUESTION.search(text):
        return
    for name, pattern in _PATTERNS:
        match = pattern.search(text)
        if match:
            yield _off(sentence, name, match)
    match = next((found for rule in (_NAMED, *_DROPPED) if (found := rule.search(text))), None)
    if match:
        yield _off(sentence, "lives_in", match)
        yield _off(sentence, "works_at", match)


_MAY_CALL_OFF = re.compile(
    r"(?i)\boff\b|cancel|called off|binned|scrapped|shelved|axed|ditched|dropped|abandoned|up on|on the head|after all"
    r"|happening|through|stay|sticking|not|n['’]?t\b|nothing|decided|longer|any ?more"
)


def _off(sentence: Sentence, name: str, match: re.Match[str]) -> Statement:
    thing = match.groupdict().get("o") or ""
    start = sentence.start + match.start()
    return Statement("me", name, thing, start, sentence.start + match.end(), ends=True, calls_off=True)
