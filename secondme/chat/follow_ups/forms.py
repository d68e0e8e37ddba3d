"""The ways in which a follow-up asks the question before once more: of whom or what else, or of which other time.

To add one, write a line in `FORMS`; the first form that matches is taken. Its group `x` is what is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.chat.question_words import PHRASES, pattern
from secondme.facts.phrases import Pattern, any_of

Of: TypeAlias = Literal["anything", "person", "time", "opposite"]

_WORDS = {
    **PHRASES,
    "OF": "(for|of|about|with|on|regarding|concerning)",
    "IT": "(it|that|this|he|she|they|there)",
    "WAS": "(was|were|had been|used to be)",
    "ENDED": any_of("""
        formerly, previously, earlier, earlier on, originally, initially, at first, in the past, back then,
        prior to (that|this|then), in (those|the old|former) days, until then, up to then, up till then
    """),
    "CLAUSE": r"(when|while|before|after|until|till) (<SOMEBODY>|my|our|the) .{2,40}?",
    "UP_TO": r"(up (to|until|till|through)|prior to|through|until|till)( and including| through)?",
}


@dataclass(frozen=True)
class FollowUp:
    """What a follow-up asks anew of. `past`: of a time that is over."""

    of: Of
    x: str
    past: bool = False


@dataclass(frozen=True)
class _Form:
    of: Of
    pattern: Pattern
    reads: str = "{x}"
    past: bool = False


def _form(of: Of, text: str, reads: str = "{x}", *, past: bool = False) -> _Form:
    return _Form(of, pattern(f"^{text}$", _WORDS), reads, past)


FORMS = (
    # "what about previously", "it used to be?", "the previous one", "which one did I have before that"
    _form("time", r"((what|how) about )?<ENDED>", "before", past=True),
    _form("time", r"(<WH> )?(did )?<IT> used? to( be)?( <WH>)?", "before", past=True),
    _form("time", r"((my|our|the|his|her|their) )?(previous|former|earlier|prior) (one|ones)", "before", past=True),
    _form("time", r"the one before( that)?|before (that|this|the last) one", "before", past=True),
    _form("time", r"(the one )?(?P<x>before (that|this|the|my|our|his|her|their) [\w'’-]+( [\w'’-]+)?)", past=True),
    _form("time", r"(which|what)( one)? (was|were|did|had|have) (<SOMEBODY>|that|this)"
                  r"( have| had| use| own| drive| do)? (before|previously|until then)( (that|then|this|it))?( one)?",
          "before", past=True),
    # "up to Saturday it was what", "it was where in May", "when I got up it was still what"
    _form("time", r"((what|how) about )?<UP_TO> (?P<x><TIME>),?( <IT> <WAS>( still)?( <WH>)?)?",
          "until {x}", past=True),
    _form("time", r"(?P<x><TIME>|<CLAUSE>),? <IT> <WAS>( still)? (<HOW>|<WH>)", past=True),
    _form("time", r"<IT> <WAS>( still)? (<HOW>|<WH>) (?P<x><TIME>)", past=True),
    # "last week I'd have said what"
    _form("time", r"(?P<x><TIME>),? (i|you|we|he|she|they)('d| would) (still )?(have )?"
                  r"(said|say|answered|answer|told you|named|called it)( <WH>)?", past=True),
    # "the same question for my aunt", "ditto for Ben", "as for Ben", "Ben too", "I ask the same of Ben"
    _form("anything", r"((i|let me|now) )?(ask )?((the|my) )?(very )?same( (question|thing|again))?( please)?"
                      r"[,:]?( again)?( <OF>)? (?P<x>.+)"),
    _form("anything", r"(ditto|likewise)[,:]?( <OF>)? (?P<x>.+)"),
    _form("anything", r"(as|what) (for|of|regarding) (?P<x>.+)"),
    _form("person", r"(?P<x>.+?),? (too|as well|likewise|also)"),
    _form("person", r"(for|of|about|regarding) (?P<x>.+)"),
    _form("opposite", r"(the )?(opposite|reverse|contrary)|the other way (round|around)", "not"),
)  # fmt: skip


def follow_up(text: str) -> FollowUp | None:
    """What a follow-up, bare of what stands around it, asks the question before anew of; None for any other message."""
    for form in FORMS:
        match = form.pattern.match(text)
        if match:
            return FollowUp(form.of, form.reads.format(x=match.groupdict().get("x")), form.past)
    return None
