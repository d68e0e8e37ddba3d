"""A follow-up written out as a full question, from what the running chat said before. No model takes part.

"And Ben's?" after "When is Ada's birthday?" becomes "When is Ben's birthday?". What is a full question already stays as
it was written, to the letter.
"""

from __future__ import annotations

from collections.abc import Sequence

from secondme.chat.focus import Said, resolved
from secondme.chat.message_kind import asks, is_question
from secondme.chat.question_parts import Parts, bare, parts, spelled, stands_alone
from secondme.chat.question_words import TIME_ALONE, pattern
from secondme.chat.substitution import is_person, negative, with_fragment, with_question_words
from secondme.text.sentences import strip_citations

REMEMBERED = 6
"""Turns that a follow-up may lean on."""
LONGEST_FRAGMENT = 6
"""In words."""
LONGEST_CORRECTION = 8
_WHAT_ABOUT = pattern(r"^((and|but|so|or|ok|then) )*(what|how) about ")
_JOINED = pattern(r"^\W*((oh|ok|okay|so|well|yes|no)\b[\s,]*)*(and|or|but)\b")
_MEANT = (
    pattern(
        r"^\W*((no|nope|sorry|oh|ah|wait|actually|not that)\b[\s,.!–—-]*)+"
        r"(i (meant|mean|was asking about|am asking about)|i'm asking about|rather|the one)?\s*(?P<x>.+)$"
    ),
    pattern(r"^\W*i (meant|mean|was asking about)\s+(?P<x>.+)$"),
)
_ONCE_MORE = pattern(
    r"^\W*(are you (really )?(sure|certain)|really|sure|you sure|(say|tell me) (that|it) again|come again|pardon"
    r"|what did you say|(can you )?repeat (that|it)|is that (right|true|so))\W*$"
)
_NOT = (
    pattern(r"^(?P<wh><WH>)( (do|does|did|am|is) <SOMEBODY>)? not$"),
    pattern(r"^(?P<wh><WH>) (don|doesn|didn)'?t( <SOMEBODY>)?$"),
)
_WHEN_WAS_THAT = pattern(
    r"^(?P<wh>(<PREP> )?(which|when|where|why|how)( [\w-]+){0,2}?) (is|was|were|are|would) (that|this|it)( exactly)?$"
)
_IT_WAS = (pattern(r"^(?P<x>.+?),? (it|that) (was|is|were)$"), pattern(r"^(it|that) (was|is) (?P<x>.+)$"))
_I_WAS_BEFORE = pattern(r"^(<WH> )?(was|were|is|are|did|do) <SOMEBODY> (?P<x>(before|after)( (that|then))?)$")
_IS_A_CLAUSE = pattern(r"\b(<WH>|<AUX>)\b")
_SPEAKS_OF_THE_PAST = pattern(r"\b(was|were)\b")


def full_question(message: str, before: Sequence[tuple[str, str]], names: Sequence[str] = ()) -> str:
    """`message` as a question that needs no other, or the message itself.

    `before`: (what the person wrote, the statement of the answer) of the turns before, oldest first.
    `names`: names that are known in small letters too.
    """
    said: list[Said] = []
    for text, answer in before[-REMEMBERED:]:
        full = _rewritten(text, said, names)
        asked = full != text or is_question(text)
        said.append(Said(full, asked, strip_citations(answer)))
    return _rewritten(message, said, names)


def _rewritten(message: str, said: Sequence[Said], names: Sequence[str]) -> str:
    """`message` with what it leaves out; itself where it asks nothing, or leaves nothing out."""
    if said and said[-1].asked:
        if _ONCE_MORE.match(message):
            return said[-1].text
        meant = next((match for rule in _MEANT if (match := rule.match(message))), None)
        old = parts(said[-1].text)
        if meant and old and len(message.split()) <= LONGEST_CORRECTION:
            return with_fragment(old, resolved(meant["x"].rstrip(" .!?"), said, names), names) or message
    if not asks(message) and not (said and said[-1].asked and _is_fragment(message, names)):
        return message
    last = next((turn for turn in reversed(said) if turn.asked), None)
    old = parts(last.text) if last else None
    full = _completed(message, old, said, names) if old else ""
    if full:
        return full[0].upper() + full[1:] if message[:1].isupper() else full
    return resolved(message, said, names)


def _completed(message: str, old: Parts, said: Sequence[Said], names: Sequence[str]) -> str:
    """The question that an ellipsis stands for, from the question before; empty where it is none."""
    text = spelled(bare(message))
    for rule in _NOT:
        negated = rule.match(text)
        if negated and old.auxiliary and negated["wh"].casefold() != "why":
            return negative(old if old.wh else Parts(negated["wh"], old.auxiliary, old.rest))
    that = _WHEN_WAS_THAT.match(text)
    if that or stands_alone(text):
        return with_question_words(old, that["wh"] if that else text)
    about = _WHAT_ABOUT.match(text)
    fragment = text[about.end() :] if about else text
    it_was = next((match for rule in (*_IT_WAS, _I_WAS_BEFORE) if (match := rule.match(fragment))), None)
    fragment = it_was["x"] if it_was else fragment
    if _IS_A_CLAUSE.search(fragment) or len(fragment.split()) > LONGEST_FRAGMENT:
        return ""
    fragment = resolved(fragment, said, names)
    joined = about or it_was or _JOINED.match(message)
    if not joined and not TIME_ALONE.match(fragment) and not is_person(fragment, names):
        return ""
    return with_fragment(old, fragment, names, past=bool(it_was and _SPEAKS_OF_THE_PAST.search(text)))


def _is_fragment(message: str, names: Sequence[str]) -> bool:
    """Whether a message without a question mark only goes on with the question before it: "and my aunt"."""
    text = bare(message)
    short = len(text.split()) <= LONGEST_FRAGMENT and not _IS_A_CLAUSE.search(text)
    return short and bool(_JOINED.match(message)) and (bool(TIME_ALONE.match(text)) or is_person(text, names))
