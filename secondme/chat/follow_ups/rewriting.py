"""A follow-up written out as a full question, from what the running chat said before. No model takes part.

"And Ben's?" after "When is Ada's birthday?" becomes "When is Ben's birthday?". What is a full question already stays as
it was written, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.chat.follow_ups.focus import Said, is_named_before, resolved
from secondme.chat.follow_ups.foreign import foreign_follow_up, goes_on_in
from secondme.chat.follow_ups.forms import follow_up
from secondme.chat.follow_ups.substitution import (
    is_named,
    is_person,
    negative,
    with_fragment,
    with_predicate,
    with_question_words,
    with_time,
)
from secondme.chat.kinds.clipped_questions import written_out
from secondme.chat.kinds.message_kind import asked_part, is_question, sentence_asks
from secondme.chat.kinds.message_kind import asks as may_ask
from secondme.chat.kinds.small_talk_words import is_small_talk
from secondme.chat.question_parts import Parts, bare, parts, spelled, stands_alone
from secondme.chat.question_words import NAMED_NOUNS, PHRASES, TIME_ALONE, pattern
from secondme.chat.reader.request import plain_question
from secondme.facts.phrases import any_of
from secondme.text.noun_phrases import phrases
from secondme.text.sentences import sentences, strip_citations
from secondme.text.tongues import tongue

REMEMBERED = 6
"""Turns that a follow-up may lean on."""
LONGEST_FRAGMENT = 6
"""In words."""
LONGEST_CORRECTION = 8
LONGEST_POINTING = 12
FEWEST_TOLD = 3
LONGEST_TOLD = 25
"""Words of a statement that question words alone may ask about."""
_WHAT_ABOUT = pattern(r"^((and|but|so|or|ok|then) )*(what|how) about ")
_JOINED = pattern(r"^\W*((oh|ok|okay|so|well|yes|no)\b[\s,]*)*(and|or|but)\b")
_AND = pattern(r"^\W*n (?=\w)")
"""How "and" is typed in a hurry."""
_MEANT = (
    pattern(
        r"^\W*((no|nope|sorry|oh|ah|wait|actually|not that)\b[\s,.!–—-]*)+"
        r"(i (meant|mean|was asking about|am asking about)|i'm asking about|rather|the one)?\s*(?P<x>.+)$"
    ),
    pattern(r"^\W*i (meant|mean|was asking about)\s+(?P<x>.+)$"),
)
_ONCE_MORE = pattern(
    r"^\W*(are you (really )?(sure|certain)|really|sure|you sure|(say|tell me) (that|it) again|come again|pardon"
    r"|what did you say|(can you )?repeat (that|it)|is that (right|true|so)"
    r"|(so )?(list|name|show me) (them|those|these)( all)?( for me)?( please)?)\W*$"
)
_NOT = (
    pattern(r"^(?P<wh><WH>)( (do|does|did|am|is) <SOMEBODY>)? not$"),
    pattern(r"^(?P<wh><WH>) (don|doesn|didn)'?t( <SOMEBODY>)?$"),
)
_WHEN_WAS_THAT = pattern(
    r"^(?P<wh>(<PREP> )?((which|when|where|why)( [\w-]+){0,2}?|how( long| often)?))"
    r" (is|was|were|are|would) (that|this|it)( exactly)?$"
)
# "which of us is", "is Ben", behind a question of yes or no
_LEFT_OUT = pattern(r"^(?P<wh><WH>( (?!<AUX>\b)[\w'’-]+){0,5}?) (?P<aux><AUX>)$")
_WHETHER_IT_IS = pattern(r"^<AUX> (?P<x>[^,]{2,40})$")
_POINTS_BACK = re.compile(
    r"(?i)\b(?:this|that|these|those|it|its|they|them|theirs?|the (?:same|other|\w+ one)"
    r"|dies(?:e[mnrs]?)?|davon|dazu|darin|cet|cette|ces"
    r"|est[aeo]s?|es[ae]s?|quest[oaie]|quell[oaie]|esse|essa|deze|daarvan)\b|[这那](?![么])|它"
)
_ASKS_IN_CLAUSE = pattern(r"[,:]\s+(?=((<PREP> )?<WH>|<AUX>)\b)")
_THE_VALUE = pattern(r"^the [\w-]+$")
_IT_WAS = (pattern(r"^(?P<x>.+?),? (it|that) (was|is|were)$"), pattern(r"^(it|that) (was|is) (?P<x>.+)$"))
_I_WAS_BEFORE = pattern(r"^(<WH> )?(was|were|is|are|did|do) <SOMEBODY> (?P<x>(before|after)( (that|then))?)$")
_IS_A_CLAUSE = pattern(r"\b(<WH>|<AUX>)\b")
_SPEAKS_OF_THE_PAST = pattern(r"\b(was|were)\b")


_WHAT_IS_IT = pattern(r"^\W*((<LEAD>)\b\W*)*what( is| was|'s|s) (?P<it>it|that)( again| exactly| then| now)*\W*$")
_VALUE = pattern(
    r"\b((the|my|our|his|her)( [\w'’-]+){0,2}? <VALUE>"
    r"( (of|on|off) (the|my|our|his|her|this)( (?!and\b|in\b|on\b)[\w'’-]+){1,2})?)\b",
    {**PHRASES, "VALUE": any_of(", ".join(sorted(NAMED_NOUNS | {"length", "width", "amount", "sum", "date"})))},
)
"""A value of something: "the length of the boat", "my card number"."""
_BESIDE = (
    pattern(
        r"^\W*(<LEAD>\b[\s,]*)*(?P<x>[^,:?]{2,30})(?P<mark>,|:| [-–—]) *"
        r"(?P<asked>(<PREP> )?(<WH>|<AUX>|whereabouts)\b[^,?]+)\W*$"
    ),
    pattern(
        r"^\W*(<LEAD>\b[\s,]*)*(?P<asked>(<PREP> )?(<WH>|<AUX>)\b[^,?]+?)"
        r"(,? <TAIL>)*(?P<mark>,)\s*(?P<x>[^,?]{2,30})\W*$"
    ),
)
_VALUE_BESIDE = pattern(
    r"^\W*(<LEAD>\b[\s,]*)*(?P<x>[^,:?]{2,40})(,|:| [-–—]) *(the )?(?P<value><VALUE>)\?\W*$",
    {**PHRASES, "VALUE": any_of(", ".join(sorted(NAMED_NOUNS)))},
)
"""A thing with the value of it that is wanted: "my passport: number?"."""
_THE_ONE_WHO = pattern(
    r"^\W*((<LEAD>|remind me|tell me)\b[\s,:]*)*(the )?names? of (the (one|person|man|woman|guy|lady|people) (who|that)"
    r"|whoever) (?P<does>.+)$"
)
_OF_WHAT = pattern(
    r"^\W*((<LEAD>|please|(can|could|would|will) you)\b[\s,:]*)*remind me( again)? (of )?"
    r"(?P<x>(my|our|the|his|her|their|[\w-]+['’]s) "
    r"(?!.*\b(to|that|about|who|what|when|where|why|how|if|is|was|are|at|on|in|by)\b)[\w'’ -]{2,50}?)"
    r"( again| please)*\W*$"
)
"""Asks for a thing without a verb: "remind me of my sister's birthday"."""
_SEVERAL = pattern(r"[^s'’]s$")
_HE_OR_SHE = pattern(r"\b(he|she|they|him|her|them)\b")
_IT = pattern(r"\b(it|this|that)\b(?! [a-z]+ed\b)")
_HE_OR_IT = pattern(r"\b(he|she|it|they|him|her|them)\b")
_SAYS_WHAT = pattern(r"^\W*\w+ [\w'’-]+ (my|our|your|his|her|their|the|an?)\b")
"""A whole question, whether somebody is something: "is Ute my sister?"."""
_THE_OTHER = pattern(r"\bthe other( one)?\b(?! \w+\b(?<!one))(?=\W|$)")
_EITHER = pattern(r"^[\w'’-]+( [\w'’-]+)? or [\w'’-]+( [\w'’-]+)?$")
_SOMEBODY_ELSE = pattern(r"^(his|hers|theirs|him|her|he|she|they|them)$")


def full_question(
    message: str, before: Sequence[tuple[str, str]], names: Sequence[str] = (), *, asks: bool = False
) -> str:
    """`message` as a question that needs no other, or the message itself.

    `before`: (what the person wrote, the statement of the answer) of the turns before, oldest first.
    `names`: names that are known in small letters too. `asks`: whether the message is known to ask.
    """
    said: list[Said] = []
    known = list(names)
    for text, answer in before[-REMEMBERED:]:
        if is_small_talk(text):
            continue
        full = _rewritten(text, said, known)
        said.append(Said(full, full != text or is_question(text), strip_citations(answer)))
        known += [phrase.text for part in (full, answer) for phrase in phrases(part) if phrase.named]
    return _rewritten(message, said, list(dict.fromkeys(known)), asks=asks)


def asks_anew(message: str, full: str) -> bool:
    """Whether a message that shows no question by itself asks the one before of something else: "in what role"."""
    return full != message and sentence_asks(full) and not any(sentence_asks(part.text) for part in sentences(message))


def goes_on(message: str) -> bool:
    """Whether a message begins with "and" or "or", as what goes on with the question before does."""
    return bool(_JOINED.match(message) or _AND.match(message))


def asks_of_another(message: str) -> bool:
    """Whether a message asks the question before of something else: "and the boat?", "what about Ben", "the other
    one?"."""
    text = spelled(bare(message))
    about = _WHAT_ABOUT.match(text)
    fragment = text[about.end() :] if about else text
    short = len(fragment.split()) <= LONGEST_FRAGMENT and not _IS_A_CLAUSE.search(fragment)
    return short and bool(about or goes_on(message) or _THE_OTHER.search(fragment))


def points_back(message: str) -> bool:
    """Whether a short message points at what the chat spoke of: "this contract", "it", "the white one", "with whom"."""
    if len(message.split()) > LONGEST_POINTING:
        return False
    return stands_alone(bare(message)) or any(
        found.group().lower() != "its" or not is_named_before(message[: found.start()], "its", ())
        for found in _POINTS_BACK.finditer(message)
    )


def _rewritten(message: str, said: Sequence[Said], names: Sequence[str], *, asks: bool = False) -> str:
    """`message` with what it leaves out; itself where it asks nothing, or leaves nothing out."""
    if tongue(message) != "en" or goes_on_in(said, message):
        return foreign_follow_up(message, said)
    one = _THE_ONE_WHO.match(message)
    message = f"Who {one['does']}" if one else written_out(message) or message
    if said and said[-1].asked:
        if _ONCE_MORE.match(message):
            return said[-1].text
        meant = next((match for rule in _MEANT if (match := rule.match(message))), None)
        old = _parts(said[-1].text)
        if meant and old and len(message.split()) <= LONGEST_CORRECTION:
            return with_fragment(old, resolved(meant["x"].rstrip(" .!?"), said, names), names) or message
    if not asks and not may_ask(message) and not (said and said[-1].asked and _is_fragment(message, names)):
        return message
    told, asked = asked_part(message)
    if told and asked and len(told.split()) < FEWEST_TOLD and not phrases(told, names):
        return _rewritten(asked, said, names)  # "for how many? roughly"
    if told and asked:
        what = _WHAT_IS_IT.match(asked)
        values = [match.group() for match in _VALUE.finditer(told)] if what else []
        if what and values:
            return f"{asked[: what.start('it')]}{values[-1]}{asked[what.end('it') :]}"
        return _rewritten(asked, [*said, Said(told, False, latest_first=True)], names)
    full = _completed(message, said, names) if said else ""
    if full:
        return full[0].upper() + full[1:] if message[:1].isupper() else full
    return resolved(_with_name_in_place(message, names), said, names)


def _with_name_in_place(message: str, names: Sequence[str]) -> str:
    """A question with what it is about beside it ("and Ben, what does he do?"), with that where it belongs."""
    if thing := _OF_WHAT.match(message):
        return f"what {'are' if _SEVERAL.search(thing['x']) else 'is'} {thing['x']}?"
    value = _VALUE_BESIDE.match(message)
    if value:
        return f"what is the {value['value']} of {value['x']}?"
    for rule in _BESIDE:
        beside = rule.match(message)
        if beside and (
            beside["mark"] == ":"
            or is_named(beside["x"], names)
            or beside["x"].split()[-1].casefold() in NAMED_NOUNS  # "locker code, what is it?"
        ):
            for pronoun in (_HE_OR_SHE if is_person(beside["x"], names) else _IT, _HE_OR_IT):
                changed, count = pronoun.regex.subn(beside["x"], spelled(beside["asked"]), count=1)
                if count:
                    return f"{changed}?"
    return message


def _completed(message: str, said: Sequence[Said], names: Sequence[str]) -> str:
    """The question that an ellipsis stands for, from what was asked or told before; empty where it is none."""
    message = _AND.regex.sub("and ", message)
    text = spelled(bare(message))
    before = said[-1]
    that = _WHEN_WAS_THAT.match(text)
    if not before.asked and (that or stands_alone(text)) and len(before.text.split()) <= LONGEST_TOLD:
        return f"{that['wh'] if that else text} was it that {before.text.rstrip(' .!')}?"
    if before.latest_first and len(before.text.split()) > LONGEST_FRAGMENT:
        return ""
    last = next((turn for turn in reversed(said) if turn.asked), None)
    old = _parts(last.text) if last else None
    if last and old is None and goes_on(message):
        return _value_of(text, last.text, names)
    if old is None:
        return ""
    anew = _asked_anew(text, old, said, names)
    if anew:
        return anew
    other = _THE_OTHER.search(text)
    if other:
        named = next((phrase for phrase in phrases(old.text, names) if not phrase.owner), None)
        other_one = f"the other {named.text.split()[-1]}" if named else other.group()
        swapped = _with_name_in_place(_THE_OTHER.regex.sub(other_one, message), [*names, other_one])
        return swapped if swapped != message and _IS_A_CLAUSE.search(text) else ""
    if _EITHER.match(text):
        return f"{old.rest}: {text}?"
    for rule in _NOT:
        negated = rule.match(text)
        if negated and old.auxiliary and negated["wh"].casefold() != "why":
            return negative(old if old.wh else Parts(negated["wh"], old.auxiliary, old.rest))
    if that or stands_alone(text):
        return with_question_words(old, that["wh"] if that else text)
    left_out = _LEFT_OUT.match(text)
    if left_out:
        return with_predicate(old, left_out["wh"], left_out["aux"], names)
    whether = None if old.wh or _SAYS_WHAT.search(text) else _WHETHER_IT_IS.match(text)
    if whether and is_person(who := resolved(whether["x"], said, names, another=True), names):
        return with_fragment(old, who, names)
    about = _WHAT_ABOUT.match(text)
    fragment = text[about.end() :] if about else text
    it_was = next((match for rule in (*_IT_WAS, _I_WAS_BEFORE) if (match := rule.match(fragment))), None)
    fragment = it_was["x"] if it_was else fragment
    if _IS_A_CLAUSE.search(fragment) or len(fragment.split()) > LONGEST_FRAGMENT:
        return ""
    fragment = resolved(fragment, said, names, another=bool(_SOMEBODY_ELSE.match(fragment)))
    joined = about or it_was or goes_on(message)
    if not joined and not TIME_ALONE.match(fragment) and not is_person(fragment, names):
        return ""
    return with_fragment(old, fragment, names, past=bool(it_was and _SPEAKS_OF_THE_PAST.search(text)))


def _parts(question: str) -> Parts | None:
    """The parts of a question, also of one that is put as a request ("tell me the price of the ferry") or that stands
    behind something else ("hello love, when does it sail")."""
    clause = next((match.end() for match in reversed(list(_ASKS_IN_CLAUSE.finditer(question)))), 0)
    return parts(question) or parts(plain_question(question)) or (parts(question[clause:]) if clause else None)


def _value_of(fragment: str, before: str, names: Sequence[str]) -> str:
    """What a value is of what the message before names, which was no question that can be taken apart: "and the
    strength?" behind "the syrup they gave me, name it"; else empty."""
    topic = next((phrase for phrase in phrases(before, names) if not phrase.owner), None)
    if topic is None or not _THE_VALUE.match(fragment):
        return ""
    whole = topic.definite if topic.named else topic.definite[:1].lower() + topic.definite[1:]
    return f"what is {fragment} of {whole}?"


def _asked_anew(text: str, old: Parts, said: Sequence[Said], names: Sequence[str]) -> str:
    """The question before, asked of what a follow-up names in one of its forms; empty where it has none of them."""
    found = follow_up(text)
    if found is None:
        return ""
    if found.of == "time":
        return with_time(old, found.x, past=found.past)
    if found.of == "opposite":
        return negative(old)
    x = resolved(found.x, said, names, another=bool(_SOMEBODY_ELSE.match(found.x)))
    if _IS_A_CLAUSE.search(x) or (found.of == "person" and not is_person(x, names)):
        return ""
    return with_fragment(old, x, names)


def _is_fragment(message: str, names: Sequence[str]) -> bool:
    """Whether a message without a question mark only goes on with the question before it: "and my aunt"."""
    message = _AND.regex.sub("and ", message)
    text = bare(message)
    if stands_alone(text) or follow_up(text):
        return True
    short = len(text.split()) <= LONGEST_FRAGMENT and not _IS_A_CLAUSE.search(text)
    return short and goes_on(message) and (bool(TIME_ALONE.match(text)) or is_person(text, names))
