"""What may count as a fact, whoever read it: a pattern or a model. Questions, wishes, conditions, jokes, quotations and
denials are refused, each with its reason; what is told of what another said is hearsay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from secondme.facts.lexicon import KIN, NAME, NO_NAME, NO_PERSON, NOBODY, WORD
from secondme.facts.relations import RELATIONS
from secondme.facts.statement import Refusal, Refused, Statement
from secondme.text.entities import GIVEN_NAMES, folded
from secondme.text.sentences import Sentence
from secondme.text.terms import STOP_WORDS

_SAYS = r"(?:says?|said|told (?:me|us)|tells (?:me|us)|mentioned|mentions|claims?|claimed|thinks|thought|believes|heard|wrote|writes|insists|reckons|swears|announced|texted|reports?|reported)"
_HEARSAY = (
    re.compile(
        rf"(?P<who>{NAME}|\b(?:[Mm]y|[Oo]ur) {WORD}|\b(?!(?:i|we|you|who|and|but|that|it|what|never|just|also|always|already|once|as)\b)[a-z]{{3,12}}) (?:just |also |once )?{_SAYS}(?: that| how)?\b"
    ),
    re.compile(
        rf"(?i:\b(?:according to|i heard from|heard from|i have it from|word from|told by|i(?:['’]m| am) told by)) (?P<who>{NAME}|(?:my|our) {WORD}|[a-z]{{3,12}}\b)"
    ),
)
_HEARSAY_AFTER = re.compile(
    rf"(?:,|–|—|-) *(?:or so |at least |so |as )?(?:(?P<who>{NAME}) {_SAYS}|(?:{_SAYS}) (?P<too>{NAME})|(?:at least )?according to (?P<his>{NAME}))"
)
_RUMOUR = re.compile(
    r"(?i)\b(?:apparently|supposedly|allegedly|rumou?rs?|rumou?r has it|they say|people say|i(?:['’]ve)? heard(?: that)?|i hear(?: that)?|word is|it seems|seems like|reportedly|someone (?:said|told)|i was told|is said to|(?:he|she|they) (?:says?|said|reckons?|claims?|tells? me))\b"
)
_HYPOTHETICAL = re.compile(
    r"(?i)\b(?:if|would|wouldn['’]t|wish|hope|hoping|maybe|perhaps|might|could|imagine|dream(?:t|ed|ing)?|pretend|suppose|as though|as if"
    r"|want(?:ed)? to|plan(?:ning|ned)? to|think(?:ing)? (?:of|about)|considering|should|unless|whether|in another life|used to|almost|nearly"
    r"|going to|gonna|will|['’]ll|['’]d|about to|considered|tempted|probably|one day|someday|when i was|as a (?:child|kid|student)|back when|had i|back then|at the time|in those days"
    r"|in (?:my|the|a|this|that) (?:novel|story|film|movie|game|book|dream|play|song|series|show)|my character|role-?play|say)\b|(?-i:\bmay\b)"
)
_CONDITION = re.compile(
    r"(?i)\b(?:if|unless|except that|or maybe)\b(?! you (?:need|want|ever|lose|must)| anyone| need)"
)
_REPORTED = re.compile(
    r"(?i)\b(?:went (?:hi|hello|like|on|all|oh)|(?:was|is|were) (?:all )?like|goes|says?|said|asks?|asked|thinks?|thought|assum(?:es?|ed)|guess(?:es|ed)|figured|suspects?|suspected|imagines?|imagined|is convinced|took me for|claims?|claimed|believes?|believed|swears|wrote|writes|shouts?|shouted|told|tells)\b"
)
"""Before an "I": the words of another, unless it is I who says it."""
_MYSELF = re.compile(
    r"(?i)\b(?:i|we)(?:['’]ve)? (?:already |just |once )?(?:said|say|think|thought|told|wrote|mentioned|believe)\b"
)
_JOKE = re.compile(
    r"(?i)\b(?:just kidding|kidding|jk|lol|lmao|rofl|haha\w*|hehe\w*|joking|(?:only|just|was|it['’]?s|that['’]?s) a joke|sarcasm|not really|ha,? (?:yes|sure|right)|said no one|or so the song goes|as if)\b|[😂🤣😜😝😉]|;-?\)|(?<!\w)/s\b"
)
_FICTION = re.compile(
    r"(?i)\b(?:role[ -]?play(?:ing)?|new game|your (?:move|turn)|script|sketch|lesson|vocab(?:ulary)?|grammar|charades|let['’]s play|story idea|short story|screenplay|monologue|dialogue for|lyrics?|in (?:my|a|the|this|that) dream|dreamt|dreamed|fairy tale|fan ?fic|once upon a time"
    r"|(?:playing|play) (?:a|the) (?:game|part|role)|in character|dungeons|improv|audition(?:ing)?|the (?:narrator|protagonist|hero|heroine)|famous line|movie line|famous quote|opening line|first line"
    r"|placeholder|test test|testing,? testing|this is (?:just )?a test|ignore this message|dictation|lorem ipsum|sample data|test data|example data|dummy data|for example purposes|sample text|template)\b"
)
_QUOTATIONS = (
    re.compile(r"\"[^\"\n]*(?:\"|$)"),
    re.compile(r"[♪♫🎵🎶][^♪♫🎵🎶\n]*(?:[♪♫🎵🎶]|$)"),
    re.compile(r"“[^”\n]*(?:”|$)"),
    re.compile(r"[«„][^»“\n]*(?:[»“]|$)"),
    re.compile(r"(?:(?<=\s)|(?<=[(:])|^)['‘](?=\w)(?:[^'’\n]|['’](?=\w))*['’](?!\w)"),
)
_DICTATED = re.compile(
    r"(?i)\b(?:says?|said|sings?|sang|reads?|wrote|writes?|written|writing|goes|quoting|quotes?|line|lines|lyrics|chorus|style|idea|prompt|example|homework|joke|text|caption|sign|slogan|motto|title|script|poem|scene|exercise|translate|sentence|phrase)\b[^.!?\n:]{0,40}:\s"
)
_QUESTION = re.compile(
    r"\?[^.!?]{0,3}$|^\W*(?i:(?:so|and|but|wait|hey|ok|oh),? )?(?i:(?:do|does|did|am|is|are|was|were|can|could|should|would|will|have|has|had) (?:i|you|we|he|she|they|it|there|anyone|someone)\b"
    r"|(?:who|what|where|why|how|which|when) (?:do|does|did|am|is|are|was|were|can|could|should|would|will|have|has|many|much|old|long|come)\b|guess (?:who|what|where)|remind me)"
)
_WHEN_PAST = re.compile(r"(?i)\b(?:when|while|before|until|till|back when|the (?:year|summer|time)(?: that)?)\s+$")
_SARCASM = re.compile(
    r"(?i)^\W*(?:oh,? )?(?:great|wonderful|fantastic|brilliant|lovely|perfect|fabulous|fun|super|marvellous)\b[^.!?]*[.!,].*\bjust (?:love|adore)\b"
    r"|^\W*(?:oh,? (?:yes|sure|yeah)|yeah,? right|yes,? sure|because)\b.*\b(?:love|adore|enjoy|live for)\b"
    r"|^\W*(?:(?:oh|yeah|right|sure|yes|ah)\b,? )*(?:because|brilliant|great|lovely|right|sure|yeah|wonderful|fantastic)\b[^.!?]*\b(?:just|simply|absolutely|really|so) (?:love|adore|enjoy)\b"
)
_MISTAKEN = re.compile(
    r"(?i)\b(?:i|we) (?:always |once |really )?(?:thought|believed|assumed|figured) (?:that )?(?:i|we)\b"
)
_NOT_SO_BAD = re.compile(
    r"(?i)\b(?:not|never|\w+n['’]?t) (?:really |exactly |actually )?(?:hate|dislike|detest|loathe|despise|mind)\b"
)
_NO_LONGER = re.compile(r"(?i)^\s*(?:any ?more|any longer)\b")
_TAG = re.compile(
    r"(?i)\b(?:is|are|does|do|has|have|will|can)(?:n['’]?t| not)? (?:it|he|she|they|you|i|we)\W*$"
    r"|\b(?:isn|aren|doesn|don|hasn|haven|won|can|wasn|weren)['’]?t (?:it|he|she|they|you|i|we)\b"
)
"""After a statement: it asks whether it holds."""
_MENDED = re.compile(r"(?i)^[^.!?]{0,12}\b(?:i mean|no,? wait|scratch that|sorry,? i meant|or rather|well,? not)\b")
_OVER = re.compile(r"(?i)^(?:retired|former|ex-?|one-?time|aspiring|would-?be|failed|wannabe)\b")
_AS_IF = re.compile(r"(?i)\b(?:as if|as though|like i|like we)\b")
_CALLED = re.compile(r"(?i)\b(?:go by|call(?:s|ed)? me|am called|['’]m called|known as|answer to)\b")
_NOT = re.compile(
    r"(?i)\b(?:not|never|no longer|don['’]?t|doesn['’]?t|didn['’]?t|isn['’]?t|wasn['’]?t|aren['’]?t|haven['’]?t|hardly|neither|nor)\b"
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
_HERE = re.compile(r"^the (?![A-Z])|(?i:\b(?:him|her|them|me|us|it|this|that|these|those|time|your|you)\b)")
"""What is liked of the moment: "the energy", "making him happy"."""
_CUT_OFF = re.compile(r"\s*(?:that|which|who)\b")
OLDEST = 120
FEWEST_DIGITS = 3
"""Numbers with fewer different digits call nobody."""
LONGEST_TASTE = 5
"""Words of what someone likes; longer ones are sentences of their own."""


@dataclass(frozen=True)
class Text:
    """What of a text bears on each of its sentences: who speaks, where it quotes or dictates, whether it jokes or plays."""

    speaker: str
    quoted: tuple[tuple[int, int], ...]
    joking: bool
    playing: bool


def read_text(text: str, speaker: str) -> Text:
    """Read a text for what bears on all of it."""
    return Text(
        speaker, tuple(_quoted(text)), bool(_JOKE.search(text) or _SARCASM.search(text)), bool(_FICTION.search(text))
    )


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Ranges in quotation marks, and what is dictated after "write:" or "it says:"."""
    for marks in _QUOTATIONS:
        for match in marks.finditer(text):
            yield match.span()
    for match in _DICTATED.finditer(text):
        end = text.find("\n\n", match.end())
        yield match.end(), len(text) if end < 0 else end


def judged(found: Statement, sentence: Sentence, written: str, whole: Text) -> Statement | Refusal:
    """A statement read at `start` to `end` of its text, in this sentence, with its object as `written` there; or why it is
    none."""
    begin, end = found.start - sentence.start, found.end - sentence.start
    before, quote, after = sentence.text[:begin], sentence.text[begin:end], sentence.text[end:]
    told = _teller(before, quote, after)
    if whole.joking:
        reason: Refused | None = "joke"
    elif whole.playing:
        reason = "hypothetical"
    elif any(start < found.end and found.start < stop for start, stop in whole.quoted) or (
        found.relation == "name" and not _may_be_called(found.object, quote, whole.speaker)
    ):
        reason = "quoted"
    else:
        reason = _refused(sentence.text, begin, end, found, written, told=bool(told))
    if reason is not None:
        return Refusal(reason, quote)
    return replace(found, stance="hearsay", told_by=told) if told else found


def _teller(before: str, quote: str, after: str) -> str:
    """Who is said to have said it; empty where the speaker says it himself."""
    for form in _HEARSAY:
        match = form.search(f"{before}{quote}")
        if match:
            return match["who"]
    later = _HEARSAY_AFTER.search(after)
    return next((one for one in later.groups() if one), "") if later else ""


def _may_be_called(name: str, quote: str, speaker: str) -> bool:
    """Whether a speaker can mean himself by a name: it is his, or he says that he is called so."""
    known = set(folded(speaker).split())
    if not known or speaker.casefold() in ("me", "you", "user", "i", "myself"):
        return True
    return bool(known & set(folded(name).split())) or bool(_CALLED.search(quote))


def _refused(sentence: str, begin: int, end: int, found: Statement, written: str, *, told: bool) -> Refused | None:
    before, quote, after = sentence[:begin], sentence[begin:end], sentence[end:]
    if _RUMOUR.search(before) or _RUMOUR.search(quote) or _RUMOUR.search(after):
        return None if told else "hearsay"
    if _QUESTION.search(sentence):
        return "question"
    if found.relation == "dislikes" and (_NOT_SO_BAD.search(f"{before[-25:]}{quote}") or _NO_LONGER.search(after)):
        return "negation"
    if _MISTAKEN.search(f"{before}{quote}"):
        return "hypothetical"
    if _TAG.search(after):
        return "question"
    if _MENDED.search(after) or (found.relation == "works_as" and _OVER.match(found.object)):
        return "vague"
    if _WHEN_PAST.search(before):
        return "hypothetical"
    if (
        _HYPOTHETICAL.search(before)
        or (found.relation != "birthday" and _HYPOTHETICAL.search(quote))
        or (found.relation not in ("phone", "email") and _CONDITION.search(after[:40]))  # "call me at … if you need me"
    ):
        return "hypothetical"
    if found.subject == "me" and _REPORTED.search(before) and not _MYSELF.search(before):
        return "quoted"
    if _AS_IF.search(quote) or _AS_IF.search(before[-20:]):
        return "hypothetical"
    if _PAST.match(after):
        return "hypothetical"
    negated = bool(_NOT.search(quote)) or bool(_NOT.search(before[-25:]))
    if negated and not found.ends and found.relation != "dislikes":
        return "negation"
    if found.relation == "phone" and len(set(re.sub(r"\D", "", found.object))) < FEWEST_DIGITS:
        return "vague"
    if found.relation == "age" and found.object.isdigit() and not 0 < int(found.object) < OLDEST:
        return "vague"
    if RELATIONS[found.relation].person and (found.object.endswith("ly") and folded(found.object) not in GIVEN_NAMES):
        return "vague"
    if RELATIONS[found.relation].person and folded(found.object) == folded(found.subject):
        return "vague"
    people = [found.subject.lower(), found.object.lower() if RELATIONS[found.relation].person else ""]
    if found.subject.split()[0].lower() in NO_NAME or any(one in NOBODY or one in NO_PERSON for one in people):
        return "vague"
    words = found.object.lower().split()
    if not words or (words[0] in _VAGUE and not re.match(r"the [A-Z]", found.object)):
        return "vague"
    if (words[0] in NO_NAME and found.relation != "birthday") or (
        found.relation in KIN.values() and _ADJECTIVE.search(words[-1])
    ):
        return "vague"
    if found.relation == "speaks" and not _LANGUAGE.search(words[0]):
        return "vague"
    if found.relation in ("likes", "dislikes") and (
        len(words) > LONGEST_TASTE
        or words[0] in STOP_WORDS
        or words[0] in _VERBS
        or words[-1] in _CUT
        or _HERE.search(written)
        or _CUT_OFF.match(after)
        or (_RELATIVE.search(before) and not told)
    ):
        return "vague"
    return None


def object_name(relation: str, text: str) -> str:
    """An object as it is shown: without article, possessive and what only frames it."""
    text = re.sub(r"['’]s$", "", " ".join(text.split()).strip(" -–'’\""))
    text = re.split(r" [-–—] ?", text, maxsplit=1)[0]
    if relation in ("likes", "dislikes", "owns", "allergic_to", "works_as", "studies"):
        text = re.sub(r"^(?:the|a|an|my|our|some|all kinds of|eating|drinking) ", "", text, flags=re.IGNORECASE)
    if relation == "birthday":
        text = text.removeprefix("the ")
    if relation == "speaks":
        text = text[:1].upper() + text[1:]
    if relation == "owns":
        text = re.sub(r"^(?:(?:brand[ -])?new|old|second-?hand|used|beat[ -]up|battered|ancient|rusty) ", "", text)
    return text


def key(relation: str, text: str) -> str:
    """By what an object is known again: folded; numbers without their spaces."""
    if relation == "phone":
        return re.sub(r"[^\d+]", "", text)
    return folded(text)
