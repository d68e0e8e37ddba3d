"""Facts that a text states in so many words, found without a model; and those it seems to state and does not.

Only what a speaker says of himself or of someone he names is read. A rule is a predicate with the place of its object; it is
read of the speaker ("I live in", or at the beginning of a sentence "Living in"), of someone named ("Tom lives in") and of a
relative ("my sister lives in"). What a rule matches goes through the gate (`fact_gate`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from secondme.facts.gate import Text, judged, object_name, read_text
from secondme.facts.lexicon import KIN, NAME
from secondme.facts.rules import EMAIL, OTHER_RULES, PHONE, PREDICATE_RULES, TONGUE, Rule
from secondme.facts.statement import Refusal, Statement
from secondme.facts.triggers import TRIGGERS
from secondme.text.sentences import Sentence, sentences
from secondme.text.terms import STOP_WORDS

_CALLS = re.compile(
    r"(?i)\b(?:number|phone|mobile|cell|sim|whats ?app|signal|telegram|landline|reach|call|text|ring|get|get hold of|message|dial|handy|tel)\b"
)
_WRITES = re.compile(
    r"(?i)\b(?:e-?mail|mail|address|write|reach|send|sent|inbox|contact|forward|get|find|lose me|bounces?|i['’]?m at)\b"
)
_NUMBER = re.compile(PHONE)
_ADDRESS = re.compile(EMAIL)
_A_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MINE = re.compile(
    r"(?i)\b(?:my|mine|me|i|i['’]m|our|us)\b|\bnew (?:\w+ )?(?:number|mobile|phone|cell|sim|e-?mail|address|mail)\b|\b\w+ number!|^\W*(?:private|work|the work|home) (?:e-?mail|mail|address|number|phone)"
)
_OWNER = re.compile(rf"(?P<s>{NAME})['’]s\b|(?P<t>^{NAME}):")
_NOT_MINE = re.compile(
    r"(?i)\b(?:his|her|their|your|its) (?:\w+ )?(?:number|phone|mobile|cell|landline|mail|e-?mail|address|line|account)\b|\b(?:order|invoice|ticket|tracking|booking|reference|account|flight|room|card|isbn|iban|customer|case (?:number|no)|hotline|helpline|support|press office|reception|front desk|shop|office number|someone|unknown|scam|spam|wrong number|fake)\b"
)
_NO_OWNER = re.compile(
    r"(?i)(?:contact|e-?mail|phone|tel|mail|from|to|address|note|mobile|office|home|work|number|ps|fyi|new|update|reminder|it|that|here|there|what|let|who|he|she|how|where)\b"
)
_DEAD = re.compile(r"(?i)\b(?:dead|disconnected)\b[^.!?]*#")
_GONE = re.compile(
    r"(?i)\b(?:doesn['’]?t work|does not work|no longer|dead|disconnected|out of service|old number|not mine any ?more|is gone|cancelled)\b"
)
_GERUND = re.compile(r"(?:\W*\w+\W*[,!.–—-]+ *)?\W*\w+ing\b")
_SPOKEN_OF = re.compile(
    r"[^.,;!?]*\b(?:is|was|are|were|has|can|could|will|would|makes?|means|feels?|sounds?|helps?|takes?|gives?|seems?)\b"
)
_TOKEN = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")


def _beginnings() -> dict[str, list[tuple[str, str]]]:
    """Triggers with their relations by the first two letters of their first word, so that few of them need to be tried."""
    found: dict[str, list[tuple[str, str]]] = {}
    for relation, triggers in TRIGGERS.items():
        for trigger in triggers:
            words = _TOKEN.findall(trigger)
            word = words[2] if words[0] == "n" else words[0]  # "n't like" stands inside a word
            found.setdefault(word[:2], []).append((trigger, relation))
    return found


_BEGINNINGS = _beginnings()


def _by_relation(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.relation, []).append(rule)
    return found


_OTHER_OF, _FIRST_OF = _by_relation(OTHER_RULES), _by_relation(PREDICATE_RULES)
_ORDER = tuple(dict.fromkeys([*_OTHER_OF, *_FIRST_OF]))
_OF_ANOTHER = re.compile(rf"\W*(?:(?:He|She|They)\b|{NAME}(?:['’]s)? (?:has|is|was|had|got|and|\w+ed|\w+s)\b)")
_SHE = re.compile(r"(?i)\b(?:he|she|they|it|you|who|his|her|their|your)\b")
_NAMED = re.compile(r"(?:^\W*|[,;]\s|\b(?:and|but|so|that|because)\s)(?=(?!I\b)[A-ZÀ-ÖØ-Þ][\w'’-]+\s+[a-z])")
_ME = re.compile(r"\b(?:[Ii]|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
_LANGUAGE = re.compile(rf"(?i:\b{TONGUE})\b(?! (?:food|wine|class|film|music|people|man|woman|guy|girl))")


def statements(text: str, speaker: str = "") -> Iterator[Statement | Refusal]:
    """What someone states who says this, in order, and what he seems to state and does not."""
    whole: Text | None = None
    previous = ""
    for sentence in whole_sentences(text):
        taken: list[tuple[int, int, str, str]] = []
        for subject, relation, ends, start, end, written in _found(sentence, previous):
            begin, stop = sentence.start + start, sentence.start + end
            name = object_name(relation, written)
            begins = sentence.text.find(written) <= 1 and " " in written and written[1:].islower()
            if begins and relation in ("likes", "dislikes"):
                name = name[:1].lower() + name[1:]  # a capital of the sentence's beginning
            if any(
                a < stop and begin < b and relation == other and (relation not in _MANY or name == same)
                for a, b, other, same in taken
            ):
                continue
            taken.append((begin, stop, relation, name))
            confidence = 0.9 if subject == "me" else 0.8
            found = Statement(subject, relation, name, begin, stop, ends=ends, confidence=confidence)
            whole = whole or read_text(text, speaker)
            yield judged(found, sentence, written, whole)
        previous = sentence.text


_MANY = frozenset(("speaks", "child", "sibling", "parent"))


_ABBREVIATED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|approx|e\.g|i\.e)\.$")


def whole_sentences(text: str) -> Iterator[Sentence]:
    """Sentences; one that only names what the one before speaks of ("We got a puppy! He's called …") goes with it."""
    before: Sentence | None = None
    for one in sentences(text):
        if before is not None and _ABBREVIATED.search(before.text):
            before = Sentence(before.start, one.end, text[before.start : one.end])
            continue
        if before is not None and re.match(r"(?:he|she|it|his|her|its)(?:['’]s| is| name)", one.text, re.IGNORECASE):
            yield Sentence(before.start, one.end, text[before.start : one.end])
        else:
            if before is not None:
                yield before
            before = one
            continue
        before = None
    if before is not None:
        yield before


def _found(sentence: Sentence, previous: str) -> Iterator[tuple[str, str, bool, int, int, str]]:
    """(subject, relation, whether it ends, start, end, object as written) of everything that a rule finds. `previous`: the
    sentence before."""
    text = sentence.text
    present = _present(f" {text.lower()} ")
    relations = [relation for relation in _ORDER if relation in present]
    for relation in relations:
        for rule in _OTHER_OF.get(relation, ()):
            for match in rule.pattern.finditer(text):
                yield from _related(rule, match)
    if "phone" in present or "email" in present:
        yield from _contacts(text)
    if not relations:
        return
    uncapped = re.sub(r"^(\W*)(\w)", lambda first: first[1] + first[2].lower(), text, count=1)
    for rule in (rule for relation in relations for rule in _FIRST_OF.get(relation, ())):
        for match in rule.pattern.finditer(uncapped if rule.bare else text):
            if rule.bare and not _left_out(rule, text, match, previous):
                continue
            subject = _who(match)
            if subject:
                yield subject, rule.relation, rule.ends, match.start(), match.end(), match["o"]
                if rule.relation == "speaks":
                    rest = re.split(
                        r"[.;!?]|\b(?:not|no|but I|never|isn['’]?t)\b|,\s+(?:the|my|his|her|which)\b",
                        text[match.end() :],
                        maxsplit=1,
                    )[0]
                    for more in _LANGUAGE.finditer(rest):
                        end = match.end() + more.end()
                        yield subject, "speaks", rule.ends, match.start(), end, more.group()


def _present(lower: str) -> set[str]:
    """Relations whose rules are worth trying on a sentence in lower case."""
    found = {"age", "phone"} if _DIGIT.search(lower) else set()
    if "@" in lower:
        found.add("email")
    for beginning in {token[:2] for token in _TOKEN.findall(lower)}:
        for trigger, relation in _BEGINNINGS.get(beginning, ()):
            if relation not in found and trigger in lower:
                found.add(relation)
    return found


def _left_out(rule: Rule, text: str, match: re.Match[str], previous: str) -> bool:
    """Whether an "I" was left out before a match, rather than that another does it, or that the doing is spoken of."""
    if rule.relation == "likes" and match.start():
        return False
    if _GERUND.match(match.group()) and _SPOKEN_OF.match(text, match.end()):
        return False
    if not match.start() and _OF_ANOTHER.match(previous) and not _ME.search(previous):
        return False  # "Nadia has gone. Moved to Glasgow."
    return _may_be_mine(text[: match.start()])


def _may_be_mine(before: str) -> bool:
    """Whether a verb without a subject is mine: nobody else was spoken of in the sentence, or I was last."""
    if not before.strip(" \t-–—,.;:!?\"'"):
        return True
    others = [match.start() for match in _SHE.finditer(before)]
    others += [match.start() for match in _NAMED.finditer(before)]
    mine = [match.start() for match in _ME.finditer(before)]
    if mine:
        return max(mine) >= max(others, default=-1)
    return not others and not re.match(r"\W*[A-Z]", before)


def _who(match: re.Match[str]) -> str:
    """The subject of a match: me, a name, or "me/sister"; empty for what is no name."""
    groups = match.groupdict()
    if groups.get("k"):
        return groups["n"] or groups["m"] or f"me/{groups['k'].lower()}"
    said = groups.get("s") or ""
    if said in _CALLED_BY_TIE:
        return f"me/{said.lower()}"
    first = re.split(r"['’ ]", said)[0].lower()
    return "" if first in STOP_WORDS and said else said or "me"


def _related(rule: Rule, match: re.Match[str]) -> Iterator[tuple[str, str, bool, int, int, str]]:
    groups = {"kin2": "", **match.groupdict()}
    subject = _who(match)
    if not subject:
        return
    if rule.relation == "kids":
        relation = _PLURAL[groups["kin"]]
        for name in re.split(r",? and |, ", match["o"]):
            yield subject, relation, False, match.start(), match.end(), name
    elif rule.relation == "kin":
        word = (groups["kin"] or groups["kin2"]).lower()
        relation = KIN.get(word, "parent" if word in _PARENTS else "doctor")
        thing = match["o"]
        if thing in ("He", "She"):
            # "Clara and I are together. She's my girlfriend": the one who was named before, if it was one.
            named = {one.group() for one in _SPOKEN_OF_BEFORE.finditer(match.string[: match.start()])}
            named = {one for one in named if one.lower() not in STOP_WORDS and one.lower() not in KIN}
            thing = named.pop() if len(named) == 1 else ""
        if thing:
            yield subject, relation, rule.ends, match.start(), match.end(), thing
    else:
        yield subject, rule.relation, rule.ends, match.start(), match.end(), match["o"]


_CALLED_BY_TIE = frozenset(("Mum", "Mom", "Dad", "Mama", "Papa", "Mummy", "Daddy", "Grandma", "Grandpa", "Granny"))
_SPOKEN_OF_BEFORE = re.compile(rf"{NAME}(?= and [Ii]\b| (?:is|was|has|who|from)\b|['’]s\b|[,.!?)])")
_PARENTS = frozenset(("mama", "papa", "mummy", "daddy"))
_PLURAL = {
    "kids": "child", "children": "child", "boys": "child", "girls": "child", "sons": "child", "daughters": "child", "twins": "child",
    "sisters": "sibling", "brothers": "sibling", "siblings": "sibling", "parents": "parent",
}  # fmt: skip


def _contacts(text: str) -> Iterator[tuple[str, str, bool, int, int, str]]:
    """Telephone numbers and addresses of mail, of me or of whose they are said to be."""
    for relation, form, cue in (("phone", _NUMBER, _CALLS), ("email", _ADDRESS, _WRITES)):
        for match in form.finditer(text):
            if relation == "phone" and (sum(c.isdigit() for c in match.group()) < 7 or _A_DATE.match(match.group())):
                continue
            around = text[: match.start()] + "#" + text[match.end() :]
            if not cue.search(around) or _NOT_MINE.search(around):
                continue
            near = around[: match.start() + 40]
            ends = bool(_GONE.search(near[match.start() :]) or _DEAD.search(near))
            owner = next((one for one in _OWNER.finditer(around) if not _NO_OWNER.match(one["s"] or one["t"])), None)
            if owner is not None:
                yield owner["s"] or owner["t"], relation, ends, match.start(), match.end(), match.group()
            elif _MINE.search(around) or ends:
                yield "me", relation, ends, match.start(), match.end(), match.group()
