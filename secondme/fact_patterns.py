"""Facts that a text states in so many words, found without a model; and those it seems to state and does not.

Only what a speaker says of himself or of someone he names is read. Questions, wishes, conditions, jokes, quotations and
denials are refused, each with its reason; what is told of what another said is hearsay. Text without a speaker (a file, a
page) states nothing about anyone: a file may claim whatever it likes about the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.attribution import sentences
from secondme.entities import folded
from secondme.terms import STOP_WORDS

Stance: TypeAlias = Literal["said", "hearsay"]
Refused: TypeAlias = Literal["question", "hypothetical", "joke", "negation", "quoted", "whose", "vague"]


@dataclass(frozen=True)
class Statement:
    """That subject and object stand in a relation, or (`ends`) no longer do, at `start` to `end` of the text.

    `subject` is "me" for the speaker, else a name as written. `told_by`: for hearsay, who is said to have said it.
    """

    subject: str
    relation: str
    object: str
    start: int
    end: int
    stance: Stance = "said"
    told_by: str = ""
    ends: bool = False
    confidence: float = 0.9


@dataclass(frozen=True)
class Refusal:
    """What looked like a statement and is none."""

    reason: Refused
    text: str


_NAME = r"[A-Z][\w'’-]+(?: (?:(?:de|da|do|van|von|of|the) )?[A-Z][\w'’-]+){0,3}"
_PLACE = rf"(?:the )?{_NAME}(?:, {_NAME})?"
_THING = r"[^,.;:!?()\"“”\n]{2,60}?"
_END = (
    r"(?=\s*(?:[,.;:!?()\"“”\n]|$|\b(?:and|but|because|since|so|when|while|which|who|that|as|for|with|after|before|though"
    r"|although|now|these days|nowadays|anymore|any more|too|as well|again|instead|lately|recently|today|yesterday|tomorrow"
    r"|last|next|this|in \d{4}|on [A-Z]|from|until|until|too|a lot|very much|so much|at the moment|right now)\b))"
)
_OCCUPATION = (
    r"(?:[a-z]+ ){0,3}(?:nurse|teacher|doctor|engineer|lawyer|writer|designer|developer|programmer|manager|student|chef|cook"
    r"|baker|driver|pilot|painter|plumber|electrician|carpenter|gardener|farmer|librarian|journalist|editor|translator"
    r"|accountant|architect|dentist|vet|veterinarian|pharmacist|scientist|researcher|professor|lecturer|musician|photographer"
    r"|salesperson|consultant|analyst|therapist|psychologist|firefighter|paramedic|waiter|waitress|barista|mechanic|tailor"
    r"|florist|actor|actress|dancer|producer|director|technician|surgeon|judge|translator|secretary|assistant|coach|trainer)"
)
_ADVERB = r"(?:(?:really|just|now|also|still|actually|currently|recently|finally|always|absolutely|truly|both|have|had|already|do|did) )*"
_BE = r"(?:\s?['’](?:m|re)| am| are| have been|['’]ve been)"
_I = r"\b(?:[Ii]|[Ww]e)(?=[\s'’])"
_KIN = {
    "wife": "spouse", "husband": "spouse", "partner": "spouse", "girlfriend": "spouse", "boyfriend": "spouse", "fiancée": "spouse",
    "fiancé": "spouse", "daughter": "child", "son": "child", "mother": "parent", "mum": "parent", "mom": "parent",
    "father": "parent", "dad": "parent", "sister": "sibling", "brother": "sibling", "friend": "friend", "boss": "boss", "manager": "boss",
    "doctor": "doctor", "dentist": "doctor", "married": "spouse", "engaged": "spouse",
}  # fmt: skip
_PET = r"(?:dog|cat|puppy|kitten|parrot|rabbit|hamster|horse|tortoise|turtle|goldfish|budgie|guinea pig)"


def _rule(pattern: str, *, ends: bool = False, confidence: float = 0.9) -> tuple[re.Pattern[str], bool, float]:
    return re.compile(pattern), ends, confidence


_MINE = {
    "name": (
        _rule(rf"\b[Mm]y (?:full |first )?name(?: is|['’]s) (?P<o>{_NAME})"),
    ),
    "lives_in": (
        _rule(rf"{_I}{_BE}? ?{_ADVERB}(?:live|living|based|settled) (?:over )?(?:in|at|near) (?P<o>{_PLACE})"),
        _rule(rf"^\W*(?:(?:Just|Finally|Recently|So|I [a-z]+ (?:[a-z]+ )?and) )?(?:[Mm]oved|[Ss]ettled|[Rr]elocated) (?:in|to) (?P<o>{_PLACE})"),
        _rule(rf"^\W*(?:My )?[Hh]ome is (?P<o>{_PLACE})(?= (?:now|these days))"),
        _rule(rf"{_I}(?:['’]ve)? ?{_ADVERB}(?:moved|relocated|move) (?:back |over |away )?(?:from {_PLACE} )?to (?P<o>{_PLACE})"),
        _rule(rf"\b[Mm]y (?:new )?(?:flat|home|house|apartment|place) is (?:now )?in (?P<o>{_PLACE})"),
    ),
    "from": (_rule(rf"{_I}(?:['’]m| am| come) (?:originally )?from (?P<o>{_PLACE})"), _rule(rf"{_I} (?:was born|grew up) in (?P<o>{_PLACE})")),
    "works_at": (
        _rule(rf"{_I}{_BE}? ?{_ADVERB}(?:work|working|worked|employed|started|start|starting) (?:a new job |work |working )?(?:at|for|with) (?P<o>{_PLACE})"),
        _rule(rf"{_I}(?:['’]ve)? ?{_ADVERB}(?:joined|got a (?:new )?job (?:at|with)|took a (?:new )?job (?:at|with)|have a (?:new )?job (?:at|with)|switched jobs to) (?P<o>{_PLACE})"),
        _rule(rf"\b[Mm]y (?:new |current )?(?:employer|company) is (?P<o>{_PLACE})"),
        _rule(rf"\b[Mm]y (?:new |current )?(?:job|position|role) is (?:now )?(?:at|with) (?P<o>{_PLACE})"),
        _rule(rf"{_I}{_BE} (?:a|an) {_OCCUPATION} (?:at|for|with) (?P<o>{_PLACE})"),
        _rule(rf"{_I}(?:['’]m| am| was|['’]ve been| got| just got)(?: now| just)? (?:employed|hired) (?:by|at) (?P<o>{_PLACE})"),
        _rule(rf"{_I}(?:['’]m| am) with (?P<o>{_PLACE})(?= now| these days)"),
    ),
    "works_as": (
        _rule(rf"{_I}(?:{_BE}| work| started| trained)(?: now)?(?: working)?(?: as)? (?:a|an) (?P<o>{_OCCUPATION})\b(?! (?:of|for) (?:a|the) day)"),
    ),
    "studies": (_rule(rf"{_I}{_BE}? ?{_ADVERB}(?:study|studying|majoring in|major in) (?P<o>[a-zA-Z][\w ]{{2,30}}?){_END}"),),
    "age": (_rule(rf"{_I}(?:['’]m| am|['’]ve turned| have turned| turned| just turned) (?P<o>\d{{1,3}})(?: years old)?(?=\s*(?:[,.!;]|$| now| today| yesterday| last| this| years old| in ))"),),
    "birthday": (_rule(r"\b[Mm]y birthday(?: is|['’]s)(?: on)?(?: the)? (?P<o>(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?[A-Z][a-z]+(?: \d{1,2}(?:st|nd|rd|th)?)?)"),
        _rule(r"\b[Ii] was born on (?:the )?(?P<o>\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]+(?:,? \d{4})?|[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?)"),
    ),
    "phone": (_rule(r"\b[Mm]y (?:new |other |second |work |mobile |cell |phone |home )*(?:number|phone|mobile|cell)(?: number)?(?: is|['’]s| (?:has )?changed to) (?:now )?(?P<o>\+?\d[\d ()./-]{5,18}\d)"),
        _rule(r"\b(?:[Rr]each|[Cc]all|[Tt]ext|[Rr]ing) me (?:at|on) (?P<o>\+?\d[\d ()./-]{5,18}\d)"),
    ),
    "email": (_rule(r"\b[Mm]y (?:new |work |private |other )*e-?mail(?: address)? is (?:now )?(?P<o>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"),
        _rule(r"\b(?:[Ee]-?mail|[Ww]rite(?: to)?|[Rr]each) me at (?P<o>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"),
    ),
    "likes": (
        _rule(rf"\b[Ii](?:['’]m| am)? ?{_ADVERB}(?:love|like|enjoy|adore|prefer|a (?:big |huge )?fan of|fond of|into|crazy about) (?P<o>{_THING}){_END}"),
        _rule(rf"\b[Mm]y (?:all-time )?favou?rite (?:[a-z]+ ){{1,2}}is (?P<o>{_THING}){_END}"),
    ),
    "dislikes": (
        _rule(rf"{_I}(?:['’]m| am) (?:really )?not (?:a (?:big |huge )?fan of|into|fond of|keen on) (?P<o>{_THING}){_END}"),
        _rule(r"^\W*(?P<o>[A-Z][a-z]+) (?:isn['’]t|is not) (?:really )?my (?:thing|cup of tea)"),
        _rule(rf"{_I} {_ADVERB}(?:hate|dislike|detest|loathe|can['’]t stand|cannot stand|can['’]t bear) (?P<o>{_THING}){_END}"),
        _rule(rf"{_I} (?:really )?(?:don['’]t|do not|never)(?: really)? (?:like|enjoy|love) (?P<o>{_THING}){_END}"),
    ),
    "allergic_to": (
        _rule(rf"\b[Ii](?:['’]m| am) (?:very |badly |terribly |severely )?allergic to (?P<o>{_THING}){_END}"),
        _rule(r"\b[Ii](?:['’]ve got| have| got) (?:a|an) (?:bad |severe |mild )?(?P<o>[a-z]+(?: [a-z]+)?) allergy\b"),
    ),
    "speaks": (_rule(r"\b[Ii] (?:also |can )?speak (?:fluent |some |a little )?(?P<o>[A-Z][a-z]+)\b"),),
    "owns": (
        _rule(rf"{_I}(?:['’]ve)? ?{_ADVERB}(?:own|bought|drive|ride|got myself|purchased) (?:a|an|my) (?:brand )?(?:new |used |old |second-hand )?(?P<o>(?:[\w-]+ ){{0,3}}(?:car|van|bike|bicycle|motorbike|boat|house|flat|laptop|phone|piano|guitar|violin|camera|camper|scooter|tablet))\b"),
    ),
    "pet": (
        _rule(rf"{_I}(?:['’]ve got| have| got| adopted)(?: just)?(?: adopted)? (?:a|an|our) (?:[a-z]+ ){{0,3}}{_PET} (?:named|called) (?P<o>[A-Z][\w'’-]+)"),
        _rule(rf"\b(?:[Mm]y|[Oo]ur) (?:[a-z]+ ){{0,2}}{_PET}(?:['’]s name is| is called| is named|,?) (?P<o>[A-Z][\w'’-]+)(?![\w'’])"),
    ),
}  # fmt: skip
_KIN_RULES = (
    re.compile(
        rf"\b[Mm]y (?:[a-z]+ ){{0,2}}(?P<kin>{'|'.join(_KIN)})(?:['’]s name is| is called| is named) (?P<o>{_NAME})"
    ),
    re.compile(
        rf"\b[Mm]y (?:[a-z]+ ){{0,2}}(?P<kin>{'|'.join(_KIN)}) is (?P<o>[A-Z][\w-]+(?: [A-Z][\w-]+)?)(?=\s*(?:[.,!;]|$))"
    ),
    re.compile(
        rf"{_I}(?:['’]ve got| have| got) (?:a|an) (?:[a-z]+ ){{0,2}}(?P<kin>{'|'.join(_KIN)}),? (?:called |named )?(?P<o>[A-Z][\w-]+)\b"
    ),
    re.compile(rf"{_I}(?:['’]m| am|['’]ve been| got) (?P<kin>married|engaged) to (?P<o>{_NAME})"),
    re.compile(
        rf"\b[Mm]y (?:(?:little|older|younger|big|eldest|youngest|new|best|dear|good|old) )*(?P<kin>{'|'.join(_KIN)}),? (?P<o>[A-Z][\w'’-]+)\b(?! [A-Z])"
    ),
)
_OVER = (
    ("lives_in", re.compile(rf"{_I} (?:no longer live|don['’]t live|do not live) in (?P<o>{_PLACE})")),
    (
        "lives_in",
        re.compile(rf"{_I}(?:['’]ve)? ?(?:just )?(?:moved away from|left|moved out of) (?P<o>{_PLACE})(?= for good)"),
    ),
    ("works_at", re.compile(rf"{_I} (?:no longer work|don['’]t work|do not work) (?:at|for) (?P<o>{_PLACE})")),
    (
        "works_at",
        re.compile(
            rf"{_I}(?:['’]ve)? ?(?:just )?(?:quit my job at|quit|left my job at|resigned from|was laid off (?:by|from)|got fired from) (?P<o>{_PLACE})"
        ),
    ),
    (
        "likes",
        re.compile(rf"{_I} (?:no longer like|don['’]t like|no longer enjoy) (?P<o>{_THING})(?= any ?more| these days)"),
    ),
)
_OTHERS = (
    (
        "lives_in",
        re.compile(
            rf"(?P<s>{_NAME}) (?:now |still )?(?:lives|is living|moved|has moved) (?:back )?(?:in|to) (?P<o>{_PLACE})"
        ),
    ),
    (
        "works_at",
        re.compile(
            rf"(?P<s>{_NAME}) (?:now |still )?(?:works|is working|started working|started) (?:at|for) (?P<o>{_PLACE})"
        ),
    ),
    ("works_as", re.compile(rf"(?P<s>{_NAME}) (?:is|works as) (?:now )?(?:a|an) (?P<o>{_OCCUPATION})\b")),
    (
        "dislikes",
        re.compile(
            rf"(?P<s>{_NAME}) (?:really )?(?:hates|dislikes|can['’]t stand|doesn['’]t like) (?P<o>{_THING}){_END}"
        ),
    ),
    ("likes", re.compile(rf"(?P<s>{_NAME}) (?:really )?(?:loves|likes|enjoys) (?P<o>{_THING}){_END}")),
    ("allergic_to", re.compile(rf"(?P<s>{_NAME}) is (?:very |badly )?allergic to (?P<o>{_THING}){_END}")),
)
_HEARSAY = re.compile(
    rf"(?P<who>{_NAME}) (?:said|says|told (?:me|us)|mentioned|claims|claimed|thinks|believes|heard|wrote|insists)(?: that)? "
)
_HYPOTHETICAL = re.compile(
    r"(?i)\b(?:if|would|wouldn['’]t|wish|hope|hoping|maybe|perhaps|might|could|imagine|dream(?:t|ed|ing)?|pretend|suppose|as though|as if"
    r"|want(?:ed)? to|plan(?:ning|ned)? to|think(?:ing)? (?:of|about)|considering|should|unless|whether|in another life|used to|almost|nearly"
    r"|going to|gonna|will|['’]ll|['’]d|about to|considered|tempted|probably|one day|someday|when i was|as a (?:child|kid|student)|back when|had i|back then|at the time|in those days"
    r"|in (?:my|the|a|this|that) (?:novel|story|film|movie|game|book|dream|play|song|series|show)|my character|role-?play|say)\b|(?-i:\bmay\b)"
)
_REPORTED = re.compile(
    r"(?i)\b(?:says?|said|asks?|asked|thinks?|thought|claims?|claimed|believes?|believed|swears|wrote|writes|shouts?|shouted|told|tells)\b"
)
"""Before an "I": the words of another, unless it is I who says it."""
_MYSELF = re.compile(
    r"(?i)\b(?:i|we)(?:['’]ve)? (?:already |just |once )?(?:said|say|think|thought|told|wrote|mentioned|believe)\b"
)
_JOKE = re.compile(
    r"(?i)\b(?:just kidding|kidding|jk|lol|lmao|haha\w*|joking|joke|sarcasm|not really|said no one|or so the song goes)\b|[😂🤣😜😝😉]|;-?\)|(?<!\w)/s\b"
)
_NOT = re.compile(
    r"(?i)\b(?:not|never|no longer|don['’]t|doesn['’]t|didn['’]t|isn['’]t|wasn['’]t|aren['’]t|haven['’]t|hardly|neither|nor)\b"
)
_NO_NAME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday one two three four five six seven eight nine ten stupid".split()
)
_ADJECTIVE = re.compile(r"(?:ish|ese|ian|ican|ic|ench|utch|eek|wiss|ist|lim|man)$")
""""My sister is Italian" names nobody."""
_LANGUAGE = re.compile(
    r"(?:ish|ese|ian|ic|ench|utch|eek|man|rdu|indi|amil|engali|abi|rew|ali|wahili|hai|orean|andarin|antonese|zech|ovak|ovene|ene|atin"
    r"|arsi|lugu|ulu|osa|ruba|aans|asque|elsh|alan|uese)$"
)
_PAST = re.compile(
    r"(?i)[\s,]*(?:back then|at the time|in those days|as a (?:child|kid|student|teenager)|when i was)\b"
)
_VAGUE = frozenset(
    "it that this them those these you him her me us everything nothing something anything one ones all to the a so how what when where here there".split()
)


_VERBS = frozenset("makes gives helps keeps takes gets brings feels lets is are was were has".split())
_CUT = frozenset(
    "to on in of at with by from into about up these this those the a an my our your his her their what and or".split()
)
_RELATIVE = re.compile(r"(?i)\b(?:what|why|things?|something|everything|that|which|who|how|ones?|stuff|places?)\s+$")
_HERE = re.compile(r"^the (?![A-Z])|(?i:\b(?:him|her|them|me|us|it|this|that|these|those|time)\b)")
"""What is liked of the moment: "the energy", "making him happy"."""
_CUT_OFF = re.compile(r"\s*(?:that|which|who)\b")
LONGEST_TASTE = 5
"""Words of what someone likes; longer ones are sentences of their own."""


def statements(text: str, *, has_speaker: bool) -> Iterator[Statement | Refusal]:
    """What a span's text states, in order, and what it seems to state and does not."""
    joking = bool(_JOKE.search(text))
    for sentence in sentences(text):
        taken: list[tuple[int, int, str]] = []
        for found, match in _matches(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if any(begin < end and start < stop and relation == found.relation for begin, stop, relation in taken):
                continue
            taken.append((start, end, found.relation))
            whole = text[start:end]
            reason = _refused(text, sentence.text, match, found, joking, has_speaker)
            if reason is not None:
                yield Refusal(reason, whole)
                continue
            told_by = _teller(sentence.text, match)
            yield Statement(
                subject=found.subject,
                relation=found.relation,
                object=found.object,
                start=start,
                end=end,
                stance="hearsay" if told_by else "said",
                told_by=told_by,
                ends=found.ends,
                confidence=found.confidence,
            )


def _matches(sentence: str) -> Iterator[tuple[Statement, re.Match[str]]]:
    for relation, over in _OVER:
        for match in over.finditer(sentence):
            yield Statement("me", relation, _object(relation, match["o"]), 0, 0, ends=True), match
    for pattern in _KIN_RULES:
        for match in pattern.finditer(sentence):
            yield Statement("me", _KIN[match["kin"]], _object("child", match["o"]), 0, 0), match
    for relation, rules in _MINE.items():
        for rule, ends, confidence in rules:
            for match in rule.finditer(sentence):
                yield (
                    Statement("me", relation, _object(relation, match["o"]), 0, 0, ends=ends, confidence=confidence),
                    match,
                )
    for relation, rule in _OTHERS:
        for match in rule.finditer(sentence):
            subject = match["s"]
            if subject.split()[0].lower() not in STOP_WORDS:
                yield Statement(subject, relation, _object(relation, match["o"]), 0, 0, confidence=0.8), match


def _refused(
    text: str, sentence: str, match: re.Match[str], found: Statement, joking: bool, has_speaker: bool
) -> Refused | None:
    if not has_speaker:
        return "whose"
    if sentence.rstrip().endswith("?"):
        return "question"
    if joking:
        return "joke"
    before = sentence[: match.start()]
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        return "quoted"
    if (
        _HYPOTHETICAL.search(before)
        or (found.relation != "birthday" and _HYPOTHETICAL.search(match.group()))
        or (
            found.relation not in ("phone", "email")  # "call me at … if you need me"
            and re.search(r"(?i)\b(?:if|unless|except that|or maybe)\b", sentence[match.end() : match.end() + 40])
        )
    ):
        return "hypothetical"
    if found.subject == "me" and _REPORTED.search(before) and not _MYSELF.search(before):
        return "quoted"
    if _PAST.match(sentence[match.end() :]):
        return "hypothetical"
    negated = bool(_NOT.search(match.group())) or bool(_NOT.search(before[-25:]))
    if negated and not found.ends and found.relation != "dislikes":
        return "negation"
    words = found.object.lower().split()
    if not words or (words[0] in _VAGUE and not re.match(r"the [A-Z]", found.object)):
        return "vague"
    if words[0] in _NO_NAME or (found.relation in _KIN.values() and _ADJECTIVE.search(words[-1])):
        return "vague"
    if found.relation == "speaks" and not _LANGUAGE.search(words[0]):
        return "vague"
    if found.relation in ("likes", "dislikes") and (
        len(words) > LONGEST_TASTE
        or words[0] in STOP_WORDS
        or words[0] in _VERBS
        or words[-1] in _CUT
        or _HERE.search(match["o"])
        or _CUT_OFF.match(sentence[match.end() :])
        or (_RELATIVE.search(before) and not _HEARSAY.search(before))
    ):
        return "vague"
    return None


def _teller(sentence: str, match: re.Match[str]) -> str:
    """Who is said to have said it, when the match is part of what someone is told to have said."""
    found = _HEARSAY.search(sentence[: match.start()] + " ") or _HEARSAY.match(match.group())
    return found["who"] if found else ""


def _object(relation: str, text: str) -> str:
    """An object as it is shown: without article, possessive and what only frames it."""
    text = re.sub(r"['’]s$", "", " ".join(text.split()).strip(" -–'’\""))
    text = re.split(r" [-–—] ?", text, maxsplit=1)[0]
    if relation in ("likes", "dislikes", "owns", "allergic_to", "works_as", "studies"):
        text = re.sub(r"^(?:the|a|an|my|our|some|all kinds of|eating|drinking) ", "", text, flags=re.IGNORECASE)
    return text


def key(relation: str, text: str) -> str:
    """By what an object is known again: folded; numbers without their spaces."""
    if relation == "phone":
        return re.sub(r"[^\d+]", "", text)
    return folded(text)
