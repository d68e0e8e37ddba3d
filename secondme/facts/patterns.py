"""Facts that a text states in so many words, found without a model; and those it seems to state and does not.

Only what speakers say of themselves, or of someone whom they name, is read. A rule is a predicate with the place of its
object; it is read of the speaker ("I live in", or at the beginning of a sentence "Living in"), of someone named ("Tom
lives in") and of a relative ("my sister lives in"). What a rule matches goes through the gate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondme.facts.calling_off import called_off
from secondme.facts.casual import restored
from secondme.facts.contact_patterns import contacts
from secondme.facts.gate import Text, judge, read_text
from secondme.facts.introductions import introduced
from secondme.facts.listed import listed_further
from secondme.facts.named_lists import named_in_lists
from secondme.facts.other_languages import may_be_of_another, other_statements
from secondme.facts.phrases import Pattern
from secondme.facts.pronouns import antecedent
from secondme.facts.relations import all_relations
from secondme.facts.rules import Found, Rule, Rules, rules_of
from secondme.facts.statement import Refusal, Statement
from secondme.facts.tongues.reader import foreign_statements
from secondme.text.sentences import Sentence, sentences
from secondme.text.terms import STOP_WORDS
from secondme.text.tongues import tongue

_CUT = re.compile(r"[.@/][a-z0-9]")
"""Behind half an address of the web."""
_GERUND = re.compile(r"(?:\W*\w+\W*[,!.–—-]+ *)?\W*\w+ing\b")
_SPOKEN_OF = re.compile(
    r"(?!\s*(?:while|because|since|as|who|until|til|till|when)\b)[^.,;!?]*\b(?:is|was|are|were|has|can|could|will|would|makes?|means|feels?|sounds?|helps?|takes?|gives?|seems?)\b"
)
_OF_ANOTHER = Pattern(r"\W*((He|She|They)\b|<NAME>('s)? (has|is|was|had|got|and|\w+ed|\w+s)\b)")
_OTHERS = re.compile(r"(?i)\b(?:he|she|they|it|you|who|his|her|their|your)\b")
_BEGINS_BARE = re.compile(
    r"(?i)\W*(?:living|working|staying|renting|sharing|moved|moving|started|starting|got|bought|sold|finally|just)\b"
)
"""How a message begins that leaves out its "I"."""
_NOMINATIVE = re.compile(r"\b(?i:he|she|they|it|you|who)\b|\b[A-ZÀ-ÖØ-Þ][\w'’-]+ (?:is|was|has|had|\w{2,}ed|\w{2,}s)\b")
_NAMED = re.compile(r"(?:^\W*|[,;]\s|\b(?:and|but|so|that|because)\s)(?=(?!I\b)[A-ZÀ-ÖØ-Þ][\w'’-]+\s+[a-z])")
_ME = re.compile(r"\b(?:[Ii]|[Ii]m|[Ii]ve|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
_I = re.compile(r"\b(?:[Ii]|[Ii]m|[Ii]ve|[Ww]e|[Mm]y|[Oo]ur)\b")
"""Words for me that a verb may go on from behind a "who": "who lives above me, born in Graz" is still about her."""
_FIRST = re.compile(r"\b(?:[Ii]|[Ww]e)(?:\b|m |ve |re |ll )")
_ABBREVIATED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|approx|e\.g|i\.e)\.$")
_GOES_ON = re.compile(r"(?i)(?:he|she|it|his|her|its)(?:['’]s| is| name)")
_ANNOUNCES = re.compile(
    r"(?i)^\W*(?:(?:(?:i )?(?:got|started|have|landed) )?(?:a |my )?new (?:job|role|position|gig)"
    r"|(?:guess who(?:['’]s)? |i(?:['’]ve)? )?(?:just )?(?:got |been )?promoted)\W*$"
)
"""A sentence that the next one says more of: "New job. Chief engineer." """
_CLAUSE_END = re.compile(r"[.;!?]|\b(?:not|no|but I|never|isn['’]?t)\b|,\s+(?:the|my|his|her|which)\b")
_THERE = re.compile(r"(?i)\b(?:in|at|near|of|from|to|by)(?: the)? $")
"""Before a name that does nothing: "he is in Galway teaching maths", "the tip from Ana was 60"."""
_WHO = re.compile(r",? who\b|, an? ")
_OF_THEIRS = re.compile(r"(?i)\b(?:his|her|their|grand(?:kids|children))\b")
"""What is said before "the children Zosia and Tymon" of somebody else's."""
_NAMED_BEFORE = Pattern(r"<NAME>(?= and [Ii]\b| (is|was|has|who|from|\w+s)\b|'s\b|[,.!?)])")


def statements(text: str, speaker: str = "") -> Iterator[Statement | Refusal]:
    """What someone states who says this, in order, and what it seems to state and does not."""
    found = list(_statements(text, speaker))
    said = [one for one in found if isinstance(one, Statement) and one.subject == "me"]
    origins = {one.object for one in said if one.relation == "from"}
    elsewhere = any(one.relation == "lives_in" and one.object not in origins and not one.ends for one in said)
    for one in found:
        # "Dee, 29, from Gdansk, I live in Dublin": who only says where they are from may live there.
        if elsewhere and isinstance(one, Statement) and (one.subject, one.relation) == ("me", "lives_in"):
            if one.object not in origins:
                yield one
        else:
            yield one


def _statements(text: str, speaker: str) -> Iterator[Statement | Refusal]:
    rules = rules_of(all_relations())
    whole: Text | None = None
    previous = ""
    foreign = list(foreign_statements(text, speaker))
    yield from foreign
    mine = {one.relation for one in foreign if isinstance(one, Statement) and one.subject == "me"}
    language = tongue(text) if may_be_of_another(text) else ""
    text = restored(text)
    said_in = list(whole_sentences(text))
    for sentence in said_in:
        taken: list[tuple[int, int, str, str]] = []
        said: set[tuple[str, bool, int, int, str, str]] = set()
        for subject, relation, ends, start, end, written, slot in _found(rules, sentence.text, previous):
            if _CUT.match(sentence.text, end):
                continue  # "the form is on gov.uk"
            begin, stop = sentence.start + start, sentence.start + end
            name = relation.display(written)
            begins = sentence.text.find(written) <= 1 and " " in written and written[1:].islower()
            if begins and relation.ordinary:
                name = name[:1].lower() + name[1:]  # a capital of the sentence's beginning
            if slot:
                name = f"{slot}: {name}"
            if any(
                a < stop
                and begin < b
                and relation.name == other
                and (not relation.overlap or name == taken_name)
                and (a, b) != (begin, stop)
                for a, b, other, taken_name in taken
            ):
                continue
            if (subject, ends, begin, stop, relation.name, name) in said:
                continue  # several phrasings say it alike
            said.add((subject, ends, begin, stop, relation.name, name))
            confidence = 0.9 if subject == "me" else 0.8
            mine |= {relation.name} if subject == "me" else set()
            statement = Statement(subject, relation.name, name, begin, stop, ends=ends, confidence=confidence)
            whole = whole or read_text(text, speaker)
            judged = judge(statement, relation, sentence, written, whole)
            if isinstance(judged, Statement) or not relation.person or judged.reason != "vague":
                taken.append((begin, stop, relation.name, name))
            yield judged
        known = {(about, name, thing.casefold()) for about, _, _, _, name, thing in said}
        known |= {(one.subject, one.relation, one.object.casefold()) for one in foreign if isinstance(one, Statement)}
        for statement in named_in_lists(sentence, _may_be_mine):
            if (statement.subject, statement.relation, statement.object.casefold()) not in known:
                whole = whole or read_text(text, speaker)
                yield judge(statement, rules.relations[statement.relation], sentence, statement.object, whole)
        for statement in other_statements(sentence, language) if language else ():
            if (statement.subject, statement.relation, statement.object.casefold()) in known:
                continue
            whole = whole or read_text(text, speaker)
            yield judge(statement, rules.relations[statement.relation], sentence, statement.object, whole)
        yield from called_off(sentence)
        previous = sentence.text
    for statement in introduced(text, speaker):
        if statement.relation not in mine or rules.relations[statement.relation].many:
            whole = whole or read_text(text, speaker)
            said_at = next(
                (one for one in said_in if one.start <= statement.start < one.end), Sentence(0, len(text), text)
            )
            yield judge(statement, rules.relations[statement.relation], said_at, statement.object, whole)


def whole_sentences(text: str) -> Iterator[Sentence]:
    """Sentences; "He's called …" behind "We got a puppy!" goes with it, because it names what the first speaks of."""
    before: Sentence | None = None
    for sentence in sentences(text):
        if before is not None and _ABBREVIATED.search(before.text):
            before = Sentence(before.start, sentence.end, text[before.start : sentence.end])
            continue
        if before is not None and (_GOES_ON.match(sentence.text) or _ANNOUNCES.match(before.text)):
            yield Sentence(before.start, sentence.end, text[before.start : sentence.end])
        else:
            if before is not None:
                yield before
            before = sentence
            continue
        before = None
    if before is not None:
        yield before


def _found(rules: Rules, text: str, previous: str) -> Iterator[Found]:
    """Everything that a rule finds in a sentence. `previous`: the sentence before."""
    groups = rules.triggered(text)
    if not groups:
        return
    for group in groups:
        for rule in group.phrasings:
            for match in rule.pattern.regex.finditer(text):
                yield from _phrased(rules, rule, match, previous)
    for group in groups:
        if group.relation is not None and group.relation.contact is not None:
            yield from contacts(group.relation, text)
    mine = _FIRST.search(text)
    uncapped = re.sub(r"^(\W*)(\w)", lambda first: first[1] + first[2].lower(), text, count=1)
    for group in groups:
        for rule in group.predicates:
            if rule.first and not mine:
                continue
            for match in rule.pattern.regex.finditer(uncapped if rule.bare else text):
                if not rule.bare or _is_left_out(rule, text, match, previous):
                    yield from _said(rules, rule, match, text, previous)


def _said(rules: Rules, rule: Rule, match: re.Match[str], text: str, previous: str) -> Iterator[Found]:
    """What a predicate states, with further objects in the rest of its clause."""
    subject = _subject(rules, match, previous)
    if not subject or rule.relation is None or _does_nothing(match):
        return
    for slot, thing in rule.written(match):
        yield Found(subject, rule.relation, rule.ends, match.start(), match.end(), thing, slot)
    if rule.relation.listing and not rule.listed:
        for start, end in listed_further(text, match.end()):
            yield Found(subject, rule.relation, rule.ends, start, end, text[start:end], slot)
    yield from _further(rules, rule, match, subject)


def _further(rules: Rules, rule: Rule, match: re.Match[str], subject: str) -> Iterator[Found]:
    """Further objects in the rest of the clause of a match, of a relation that knows their form."""
    further = rules.further.get(rule.relation.name) if rule.relation is not None else None
    if further is None or rule.relation is None:
        return
    rest = _CLAUSE_END.split(match.string[match.end() :], maxsplit=1)[0]
    for more in further.finditer(rest):
        yield Found(subject, rule.relation, rule.ends, match.start(), match.end() + more.end(), more.group())


def _is_left_out(rule: Rule, text: str, match: re.Match[str], previous: str) -> bool:
    """Whether an "I" was left out before a match, rather than that another does it, or that the doing is spoken of."""
    if rule.relation is not None and rule.relation.opens and match.start():
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
    if _BEGINS_BARE.match(before) and not _NOMINATIVE.search(before):
        return True  # "living with Jo and her brother, moved here from Bath"
    others = [match.start() for match in _OTHERS.finditer(before)]
    others += [match.start() for match in _NAMED.finditer(before)]
    me = _I if re.search(r"\bwho\b", before) else _ME
    mine = [match.start() for match in me.finditer(before)]
    if mine:
        return max(mine) >= max(others, default=-1)
    return not others and not re.match(r"\W*[A-Z]", before)


def _subject(rules: Rules, match: re.Match[str], previous: str) -> str:
    """The subject of a match: me, a name, or "me/sister"; empty for what is no name."""
    groups = match.groupdict()
    if groups.get("p"):
        return antecedent(groups["p"], match.string[: match.start("p")], previous)
    if groups.get("k"):
        return groups.get("n") or groups.get("m") or f"me/{groups['k'].lower()}"
    name = groups.get("s") or ""
    if name in ("He", "She"):
        return antecedent(name, match.string[: match.start("s")], previous)
    if name in rules.titles:
        return f"me/{name.lower()}"
    kin, _, named = name.partition(" ")
    if named and kin.lower() in rules.relations.family:
        name = named
    first = re.split(r"['’ ]", name)[0].lower()
    return "" if first in STOP_WORDS and name else name or "me"


def _does_nothing(match: re.Match[str]) -> bool:
    """Whether the name before a predicate belongs to what stands before it."""
    if not match.groupdict().get("s"):
        return False
    there = _THERE.search(match.string[: match.start("s")])
    return there is not None and not _WHO.match(match.string, match.end("s"))


def _phrased(rules: Rules, rule: Rule, match: re.Match[str], previous: str) -> Iterator[Found]:
    """What a phrasing states: of its relation, or of the relation that the word for a tie names."""
    groups = match.groupdict()
    subject = _subject(rules, match, previous)
    if not subject:
        return
    if rule.relation is not None:
        for slot, thing in rule.written(match):
            yield Found(subject, rule.relation, rule.ends, match.start(), match.end(), thing, slot)
        if not rule.listed and not rule.ends:
            yield from _further(rules, rule, match, subject)
        return
    if match.group().lower().startswith("the ") and _OF_THEIRS.search(match.string[: match.start()]):
        return
    word = groups.get("kin") or groups["capital"]
    if word in rules.plurals:
        for name in re.split(r",? and |, ", match["o"]):
            yield Found(subject, rules.plurals[word], False, match.start(), match.end(), name)
        return
    thing = match["o"]
    if thing.lower() in ("he", "she"):
        thing = _named_before(rules, match)
    if thing:
        yield Found(subject, rules.words[word.lower()], rule.ends, match.start(), match.end(), thing)


def _named_before(rules: Rules, match: re.Match[str]) -> str:
    """Whom "She's my girlfriend" means behind "Clara and I are together": the only name; empty if there are more."""
    named = {found.group() for found in _NAMED_BEFORE.finditer(match.string[: match.start()])}
    named = {name for name in named if name.lower() not in STOP_WORDS and name.lower() not in rules.relations.ties}
    return named.pop() if len(named) == 1 else ""
