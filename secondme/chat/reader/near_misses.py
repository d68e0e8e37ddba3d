"""Near misses: a sentence that tells what is asked of another, or something else of the same. English only.

Each rule needs that nearly all else agrees, because right answers are often told in other words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from secondme.chat.question_parts import parts
from secondme.chat.question_words import IS_MY
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.wishes import only_considers
from secondme.chat.reader.yes_or_no import asks_yes_or_no
from secondme.facts.phrases import listed_words
from secondme.facts.relations import all_relations, relation
from secondme.facts.relations.work import OCCUPATIONS
from secondme.facts.tie_words import FATHER, MOTHER
from secondme.text.entities import fold_name, mentions
from secondme.text.noun_phrases import PEOPLE, Phrase, head_gender, phrases
from secondme.text.number_words import UNDER_TWENTY, number
from secondme.text.terms import STOP_WORDS, stem, words_of
from secondme.text.timex.expressions import named_times
from secondme.text.timex.names import MONTHS
from secondme.text.tongues import tongue

_SAME = {
    stem(word): group[0]
    for group in (
        listed_words(MOTHER),
        listed_words(FATHER),
        "install installed fit fitted put replaced mounted".split(),
        "win won".split(),
        "die died dead".split(),
        "take took".split(),
        "leave left".split(),
        "teach taught".split(),
        "begin began start started".split(),
        "buy bought".split(),
        "sell sold".split(),
        "pay paid".split(),
        "cost costs price".split(),
        "fix fixed repair repaired mend mended".split(),
        "make made build built".split(),
        "write written wrote".split(),
        "go goes went gone".split(),
        "fly flies flew".split(),
        "drive drove".split(),
    )
    for word in group
}
"""Stems that tell the same, under one word."""
_CONTRASTS = tuple(
    frozenset(group.split())
    for group in (
        "first second third fourth fifth elder older eldest oldest younger youngest",
        "left right",
        "upper lower upstairs downstairs",
        "front back rear",
        "north south east west northern southern eastern western",
        "red blue green yellow black white grey brown",
        "spring summer autumn winter",
    )
)
_GENERAL = frozenset(
    map(
        stem,
        "thing one person people name kind sort type way time day date year month place number last now many much long"
        " old big far often whats wheres whos hows".split(),
    )
)
_SAME_TRADE = {
    word: group[0]
    for group in (
        "doctor gp dr surgeon consultant anaesthetist physician dermatologist cardiologist".split(),
        "teacher tutor lecturer professor coach trainer instructor headteacher headmaster headmistress".split(),
        "physiotherapist physio therapist psychologist counsellor osteopath chiropractor".split(),
        "manager boss supervisor foreman director".split(),
        "lawyer solicitor attorney notary barrister".split(),
        "nanny childminder carer sitter nurse".split(),
        "vet veterinarian".split(),
        "hairdresser barber".split(),
        "postman postwoman postie".split(),
        "carpenter joiner builder handyman decorator plasterer roofer".split(),
        "cleaner housekeeper janitor caretaker".split(),
        "driver courier chauffeur cabbie".split(),
        "electrician sparky".split(),
        "chef cook baker".split(),
    )
    for word in group
}
_ANYBODY = frozenset("student owner volunteer model guide assistant artist groom conductor judge star intern".split())
"""Occupations in words that often mean something else."""
_OPPOSITES = tuple(
    (re.compile(rf"(?i)\b(?:{one})\b"), re.compile(rf"(?i)\b(?:{other})\b"))
    for one, other in (
        (
            "starts?|starting|started|begins?|beginning|began|opens?|opening|opened",
            "ends?|ending|ended|finish(?:es|ed|ing)?|clos(?:es?|ed|ing)|stops?|stopped|expires?",
        ),
        ("sell(?:s|ing)?|sold", "buy(?:s|ing)?|bought|pay(?:s|ing)?|paid|cost"),
        (
            "arriv(?:es?|ed|ing)|lands?|landed|landing|(?:gets?|getting|got|comes?|coming|came) (?:in|back)|returns?",
            "leav(?:es?|ing)|left|depart(?:s|ure)?|sets? off",
        ),
    )
)
_UNTIL = re.compile(
    r"(?i)\b(?:until|till?|through|up to|(?:to|-|–) (?:the )?\d|\w+ (?:day|night|week|month|year)s?)\b|\d ?[-–] ?\d"
)
"""Tells of an end besides, and from where one starts."""
_WHAT_TIME = re.compile(r"(?i)\b(?:what|which) time\b(?! of (?:the )?year)")
_OF_THE_CLOCK = re.compile(
    r"(?i)\d|\b(?:noon|midday|midnight|mornings?|afternoons?|evenings?|nights?|lunch\w*|tea ?time|dinner|breakfast|dawn"
    r"|dusk|sunrise|sunset|half|quarter|o['’]?clock|after|before|early|late|first thing|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve)\b"
)
_QUOTES = ('"', "“", "„", "«", "‘")
_CLAUSES = re.compile(r"[,;]\s+(?:and |but |while )?|\s(?:and|but|while)\s")
_ASKS_WORK = re.compile(
    r"(?i)\bdo(?:es|ing)? (?:.{1,30} )?(?:do |doing )?for (?:work|a living|a job|money)\b"
    r"|\bwhat(?:'s| is| was) (?:\w+ )?(?:\w+['’]s?|my|his|her|their) (?:job|profession|occupation|trade|line of work)\b"
)
_WORK = (
    r"(?i)\b(?:work\w*|jobs?|teach\w*|train(?:s|ed|ing|ee)?|stud(?:y|ies|ied|ying|ent)|employ\w*|business|shop|company|firm"
    r"|boss|retired|unemployed|shifts?|runs?|running|drives?|sells?|owns?|owner|as an?|freelance"
    r"|quit|hired|promot\w*|role|position|career|(?:with|for|at) the"
    r"|(?:is|was|am|are|became) (?:(?:on|in|with) )?(?:an?|the)"
)
_ASKS_ORIGIN = re.compile(
    r"(?i)\bwhere(?: (?:is|are|was|were|do|does|did)|['’]?s)\b.{1,40}\bfrom\b(?: originally)?\W*$"
    r"|\bfrom (?:which|what) (?:\w+ )?(?:city|town|country|village|place)\b.*\b(?:come|comes|came|is|are)\b"
    r"|\b(?:which|what) (?:city|town|country|village|place) .{1,40}\bfrom\W*$"
    r"|\bwhere\b.{1,40}\b(?:born|grow up|grew up)\b"
)
_LIVES = re.compile(r"(?i)\b(?:lives?|lived|living|resid\w+|based|moved|moving|flat|apartment|house|rents?)\b")
_ORIGIN = re.compile(
    r"(?i)\b(?:from|born|native|origin\w*|grew up|raised|hails?|roots|comes?|came|hometown|childhood)\b"
)
_BY = re.compile(
    r"(?i)\b(?:was|were|is|are|been|got) (?:\w+ly )?(?P<deed>\w+(?:ed|en|t|ilt|one|ung)) (?:[^,;]{0,30} )?by\b"
)
_COMPLEMENT = re.compile(
    r"(?i)\b(?P<word>\w+) (?P<preposition>to|for|of|with|from) (?:the |my |our )?(?P<thing>[\w-]+)\W*$"
)
_OF_WHERE = re.compile(r"(?i) (?:of|from) (?:(?=work|school)|(?:the|my|our|his|her) )([\w-]+)")
_NUMBERED = re.compile(
    rf"(?i)\b(?P<word>[a-z]{{3,}}) (?:no\.? |number |#)?(?P<number>\d{{1,4}}|{'|'.join(UNDER_TWENTY)})\b(?![.,:/]\d)"
)
"""What is told from others of its kind by a number: "hive 2", "week two"."""
_APART = r"(?:who|whom|whose|from|of|at|in|next|above|below|upstairs|downstairs)"
"""What tells someone from others of the name, in a question and in a sentence."""
_ONE_OF = re.compile(r"(?i)\W*(?:which|who|what) (?:one )?of\b")
"""Any of several may be the answer."""
_LAST = re.compile(r"(?i)\blast(?! (?:name|night|week|month|year|minute|resort))\b")
_NEXT = re.compile(r"(?i)\bnext(?! (?:to|door|week|month|year))\b")
_LETTERS = re.compile(r"[^\W_]+")
_ASKS_OF_ME = re.compile(r"(?i)\b(?:am|do|did|was|have|had|can|will|should|would|could) i\b")
_ASKS_OF_MINE = re.compile(r"(?i)\b(?:my|our|his|her|their)\b|['’]s\b")
_OF_ME = re.compile(r"(?i)\b(?:i|me|we|us|myself|ourselves|both|all|everyone|im|ive)\b")
_OF_SOMEBODY = re.compile(
    r"(?i)(?:\W+[a-z]+)?\W+(?:is|was|are|were|has|had|can|can['’]t|will|won['’]t|does|did|doesn['’]t)\b|\W+[a-z]{2,}s\b"
)
"""The verb behind who does or is something; an instruction ("Rest 90 minutes") has none there."""
_QUOTES_SOMEBODY = frozenset(
    stem(word) for word in "say says said tell tells told ask asks asked want wants wrote".split()
)
LONGEST_OF_TWO = 16
"""Words of a sentence that tells of two, a clause each."""
BEHIND_SUBJECT = 3
"""So many words behind its subject a sentence says what it tells of it."""


def near_miss(question: str, found: CandidateSentence) -> bool:
    """Whether a sentence comes near a question and misses it."""
    if tongue(question) != "en" or tongue(found.text) != "en":
        return False
    return (
        leads_astray(question, found)
        or _tells_it_of_another(question, found)
        or _tells_it_in_another_clause(question, found.text)
        or _tells_another_deed(question, found.text)
        or _tells_no_work(question, found.whole)
        or _tells_where_one_lives(question, found.whole)
        or _is_of_another_sort(question, found.whole)
        or _names_a_namesake(question, found.text)
        or _goes_to_another(question, found)
        or _names_no_such_tie(question, found.whole)
        or _names_another_trade(question, found.whole)
        or _tells_the_opposite(question, found.whole)
        or _tells_the_day_alone(question, found)
    )


def of_other_numbers(question: str, found: Sequence[CandidateSentence]) -> bool:
    """Whether sentences tell of what is told from others by a number, and none of the one that is asked for: "Hive 4:
    14 mites" for "How many on hive 2?"."""
    for asked in _NUMBERED.finditer(question):
        word = asked["word"].casefold()
        if word in STOP_WORDS or word in MONTHS:
            continue
        told = {
            number(other["number"])
            for sentence in found
            for other in _NUMBERED.finditer(f"{sentence.hit.heading} . {sentence.whole}")
            if stem(other["word"].casefold()) == stem(word)
        }
        if told and number(asked["number"]) not in told:
            return True
    return False


def tells_of_another(question: str, lead: CandidateSentence, other: CandidateSentence) -> bool:
    """Whether the sentence that leads names another than the question, and `other` says all that it shares with the
    question and names who or what is asked for: "Aunt Rosalind lives in Perth" for "Where does aunt bea live?", beside
    "Aunt Bea lives in Dundee"."""
    if tongue(question) != "en" or lead.hit.role != "me" or other.hit.role != "me":
        return False
    asked, led, said = _content(question), _around(lead), _around(other)
    apart = asked & (said - led)
    if not apart or not asked & led <= said:
        return False
    first = _first(other.text)
    named = {word for phrase in _telling(other.text) for word in _words(phrase)}
    named |= set(_plain(first.text)) if first is not None else set()
    if not apart & named:
        return False
    own = _first(lead.text)
    others = [*_telling(lead.text), *([own] if own is not None and _words(own) & asked else [])]
    words = [_content(phrase.text) - asked for phrase in others]
    return any(only and not only & said for only in words)


def _telling(text: str) -> Sequence[Phrase]:
    """The people and names of a text."""
    return [phrase for phrase in _phrases(text) if phrase.named or phrase.gender]


def leads_astray(question: str, found: CandidateSentence) -> bool:
    """Whether what I say is of somebody else where I ask of myself, or only an idea where I ask what is, or of the next
    time where the last is asked for: others come first, however near this one comes."""
    if tongue(question) != "en" or tongue(found.text) != "en":
        return False
    if _tells_the_next_for_the_last(question, found.text):
        return True
    if found.hit.role != "me":
        return False
    return only_considers(question, found.text) or _tells_it_of_others_than_me(question, found)


def _tells_the_next_for_the_last(question: str, text: str) -> bool:
    """ "Next service due in August" for "When was the boiler last serviced?", and the other way round."""
    return _says_the_other((_LAST, _NEXT), question, text)


def _tells_it_of_others_than_me(question: str, found: CandidateSentence) -> bool:
    """ "Ruben is allergic to nuts" for "What am I allergic to?"."""
    if not _ASKS_OF_ME.search(question) or _ASKS_OF_MINE.search(question) or _OF_ME.search(found.text):
        return False
    first = _first(found.text)
    if first is None or not (first.named or first.gender or first.kind == "person"):
        return False
    if not _OF_SOMEBODY.match(found.text[first.end :]):
        return False
    told = _content(question) - _words(first)
    behind = _plain(found.text[first.end :])[:BEHIND_SUBJECT]
    return not _QUOTES_SOMEBODY & set(behind) and any(word in told and not word.isdigit() for word in behind)


def _tells_it_of_another(question: str, found: CandidateSentence) -> bool:
    """ "The roof was last repaired in May" for "When was the boiler last repaired?": all but whom it is about is there,
    and the sentence begins with another."""
    subject = _subject(question)
    said = _around(found)
    if subject is None or _words(subject) & said or _ONE_OF.match(question):
        return False
    told = _content(question) - set(_plain(subject.text))
    first = _first(found.text)
    if (
        not told
        or not told <= said
        or first is None
        or first.kind != subject.kind
        or _words(first) & _content(question)
    ):
        return False
    if any(_words(phrase) & said for phrase in _phrases(question)):
        return False
    if first.named and found.text[: first.start].strip("- *") in _QUOTES:
        return True  # a record of another title
    behind = _plain(found.text[first.end :])[:BEHIND_SUBJECT]
    return any(word in told and not word.isdigit() for word in behind)


def _tells_it_in_another_clause(question: str, text: str) -> bool:
    """ "mum is allergic to nuts, dad hates figs" for "What is dad allergic to?"."""
    subject = _subject(question)
    if subject is None or subject.kind != "person" or len(text.split()) > LONGEST_OF_TWO or _ONE_OF.match(question):
        return False
    who, told = _words(subject), _content(question) - set(_plain(subject.text))
    clauses = [(_first(clause), set(_plain(clause))) for clause in _CLAUSES.split(text) if clause.strip()]
    if not told or any(who & said and told & said for _, said in clauses):
        return False
    begins_with = any(first and who & said and who & _words(first) for first, said in clauses)
    return begins_with and any(
        first and told & said and (first.named or first.gender) and not who & _words(first) for first, said in clauses
    )


def _first(text: str) -> Phrase | None:
    """The phrase with which a text begins."""
    first = next(iter(_phrases(text)), None)
    return first if first is not None and not _LETTERS.search(text[: first.start]) else None


def _tells_another_deed(question: str, text: str) -> bool:
    """ "The boiler was installed by Brenner" for "Who services the boiler?"."""
    taken = parts(question)
    by = _BY.search(text)
    if taken is None or by is None or taken.auxiliary or not taken.wh.casefold().startswith("who"):
        return False
    asked = next((word for word in words_of(taken.rest) if word not in STOP_WORDS), "")
    first = _first(text)
    return bool(asked and first and _words(first) & _content(question)) and not {*_plain(asked)} & set(_plain(text))


def _tells_no_work(question: str, text: str) -> bool:
    """ "Niall lives with us" for "What does Niall do for work?"."""
    return bool(_ASKS_WORK.search(question)) and not _of_work().search(text)


def _tells_where_one_lives(question: str, text: str) -> bool:
    """ "Mel lives in Hull" for "Where is Mel from?"."""
    return bool(_ASKS_ORIGIN.search(question) and _LIVES.search(text)) and not _ORIGIN.search(text)


@cache
def _of_work() -> re.Pattern[str]:
    return re.compile(rf"{_WORK}|{relation('works_as').phrases['OCCUPATION']})\b")


def _is_of_another_sort(question: str, text: str) -> bool:
    """ "our second daughter" for "our elder daughter"; but "no, right-handed" decides "Am I left-handed?"."""
    said = words_of(text)
    if asks_yes_or_no(question) and {"no", "not"} & set(said):
        return False
    for before, word in pairwise(words_of(question)):
        group = next((group for group in _CONTRASTS if before in group), None)
        if group is None or word in STOP_WORDS or before in said:
            continue
        if any(other in group and stem(behind) == stem(word) for other, behind in pairwise(said)):
            return True
    return False


def _names_a_namesake(question: str, text: str) -> bool:
    """ "my housemate Mel" for "Mel from the lab" or "lab Mel": another word stands before the same name; "Mel who
    lives above us" for the one from the lab."""
    for mention in mentions(question):
        told_apart = _OF_WHERE.match(question, mention.end)
        if told_apart and not {*_plain(told_apart[1])} & set(_plain(text)):
            apart = re.search(rf"{re.escape(mention.name)},? {_APART}\b", text)
            if apart:
                return True
        asked = _word_before(question, mention.start)
        if not asked or mention.kind in ("title", "host") or asked in words_of(text):
            continue
        places = [match.start() for match in re.finditer(re.escape(mention.name), text)]
        if any(_word_before(text, place) in PEOPLE for place in places):
            return True
    return False


def _word_before(text: str, place: int) -> str:
    """The noun in small letters right before a place; empty where none is."""
    match = re.search(r"(?<![\w'’])([a-z-]{3,}) $", text[:place])
    word = match[1] if match else ""
    return "" if word in STOP_WORDS or re.search(r"(?:ed|ing)$", word) else word


def _names_no_such_tie(question: str, text: str) -> bool:
    """Whether a question asks whether somebody is my sister, and the sentence tells of them without such a word."""
    asked = IS_MY.match(question)
    ties = all_relations().ties
    tie = ties.get(asked["tie"].casefold()) if asked else None
    return tie is not None and all(ties.get(word.casefold()) is not tie for word in words_of(text))


def _names_another_trade(question: str, text: str) -> bool:
    """ "I've paid the window cleaner £12" for "How much do I pay the gardener?"."""
    asked, told = _trades(question) - _ANYBODY, _trades(text)
    return bool(asked and told) and not asked & told and not set(_plain(" ".join(asked))) & set(_plain(text))


@lru_cache(maxsize=256)
def _trades(text: str) -> frozenset[str]:
    """The occupations that a text names; those that are often taken for each other under one word."""
    named = {match.group().casefold().removesuffix("s") for match in _trade().finditer(text)}
    return frozenset(_SAME_TRADE.get(trade, _SAME_TRADE.get(trade.split()[-1], trade)) for trade in named)


@cache
def _trade() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{OCCUPATIONS}|boss|gp|dr|mister|sitter|attorney)s?\b")


def _tells_the_opposite(question: str, text: str) -> bool:
    """ "The course starts on the 5th" for "When does the course end?"."""
    if asks_yes_or_no(question) or _UNTIL.search(text):
        return False
    return any(_says_the_other(pair, question, text) for pair in _OPPOSITES)


def _says_the_other(pair: tuple[re.Pattern[str], re.Pattern[str]], question: str, text: str) -> bool:
    """Whether a question asks of one of two, and a text speaks of the other alone."""
    asks, says = ([way.search(one) is not None for way in pair] for one in (question, text))
    return asks[0] != asks[1] and says == [not asks[0], not asks[1]]


def _tells_the_day_alone(question: str, found: CandidateSentence) -> bool:
    """ "The flight is on 19 December" for "What time is the flight?"."""
    if not _WHAT_TIME.search(question) or not found.hit.speaker:
        return False
    text, days = found.whole, [time for time in named_times(found.whole) if time.kind != "vague"]
    if not days:
        return False
    for day in reversed(days):
        if day.grain != "hour":
            text = text[: day.start] + text[day.end :]
    return not _OF_THE_CLOCK.search(text)


def _goes_to_another(question: str, found: CandidateSentence) -> bool:
    """ "port 80 is given to grafana" for "Which port is given to caddy?"."""
    asked = _COMPLEMENT.search(question)
    if asked is None or asked["thing"].casefold() in STOP_WORDS or stem(asked["thing"].casefold()) in _around(found):
        return False
    rest = _content(question) - set(_plain(asked["thing"]))
    same = re.search(rf"(?i)\b{re.escape(asked['word'])} {asked['preposition']} \w", found.text)
    return bool(rest) and same is not None and rest <= _around(found)


@lru_cache(maxsize=128)
def _phrases(text: str) -> tuple[Phrase, ...]:
    """The phrases of a text; what begins with a person ends there: "my dad allergic to"."""
    found = []
    for phrase in phrases(text):
        for word in _LETTERS.finditer("" if phrase.named else phrase.text):
            kind, gender, _ = head_gender(word.group())
            if kind == "person":
                end = phrase.start + word.end()
                phrase = replace(phrase, end=end, text=phrase.text[: word.end()], kind=kind, gender=gender)
                break
        found.append(phrase)
    return tuple(found)


@lru_cache(maxsize=64)
def _subject(question: str) -> Phrase | None:
    """Whom or what a question is about: the owner of what it asks for, or the first phrase."""
    found = [phrase for phrase in _phrases(question) if _words(phrase) - _GENERAL]
    return next((phrase for phrase in found if phrase.owner), found[0] if found else None)


def _words(phrase: Phrase) -> set[str]:
    """The words of which one tells a phrase: those of a name, of another its last."""
    words = [word for word in _LETTERS.findall(fold_name(phrase.text)) if word not in STOP_WORDS]
    return set(_plain(" ".join(words if phrase.named else words[-1:])))


def _content(question: str) -> set[str]:
    """The words of a question that carry meaning and say no mere type, as stems."""
    words = [word for word in _LETTERS.findall(fold_name(question)) if word not in STOP_WORDS and len(word) > 1]
    return set(_plain(" ".join(words))) - _GENERAL


@lru_cache(maxsize=256)
def _plain(text: str) -> tuple[str, ...]:
    return tuple(_SAME.get(stem(word), stem(word)) for word in _LETTERS.findall(fold_name(text)))


def _around(found: CandidateSentence) -> set[str]:
    hit = found.hit
    return set(_plain(f"{found.whole} {hit.heading} {'' if hit.speaker else hit.title}"))
