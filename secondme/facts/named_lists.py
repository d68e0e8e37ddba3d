"""Those whom a list names behind the word for all of them: "two kids, Callum whos 9 and Isla whos nearly 6", "share a
house w four people: Marcus, Lin and Bea", "two cats, Pancake and Waffle".

The number before the word says where the list ends. How old one of them is stands beside the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from secondme.facts.lexicon import NO_NAME, NO_PERSON
from secondme.facts.relations.belongings import ANIMALS
from secondme.facts.statement import Statement
from secondme.text.entities import fold_name
from secondme.text.number_words import VALUES
from secondme.text.sentences import Sentence
from secondme.text.terms import STOP_WORDS

_CHILDREN = "kids|children|sons|daughters|boys|girls|lads|lasses|teenagers|bairns|weans|wee ones|little ones|twins"
_FOREIGN_CHILDREN = (
    "Kinder|Jungs|Jungen|Söhne|Töchter|Mädels|Mädchen|hijos|hijas|niños|niñas|peques|enfants|fils|filles|garçons|figli|figlie"
    "|bambini|bambine|filhos|filhas|kinderen|zonen|zoons|dochters|meisjes|jongens"
)
_FOREIGN_PETS = (
    "Katzen|Hunde|Kater|Kaninchen|gatos|gatas|perros|perras|chats|chiens|lapins|gatti|cani|cães|katten|honden|poezen"
)
_PEOPLE = "people|others|guys|lads|girls|women|men|lasses|students|medics|nurses|mates|friends|blokes|strangers|lot"
_MATES = "flat ?mates?|house ?mates?|room ?mates?|roomies?"
_KINDS = {
    "child": f"{_CHILDREN}|{_FOREIGN_CHILDREN}",
    "sibling": "brothers|sisters|siblings",
    "relative": "nieces|nephews|cousins|grandkids|grandchildren|grandsons|granddaughters|great grandchildren",
    "flatmate": _MATES,
    "pet": "|".join(f"{animal}s" for animal in sorted(ANIMALS, key=len, reverse=True) if not animal.endswith("y"))
    + "|ponies|puppies|kitties|huskies|tabbies|bunnies|fish|mice|"
    + _FOREIGN_PETS,
}
_NUMBER = rf"\d|{'|'.join(word for word, value in VALUES.items() if 2 <= value <= 12)}"
_NUMBERS = {
    **dict.fromkeys(("zwei", "dos", "deux", "due", "dois", "duas", "twee", "beiden"), 2),
    **dict.fromkeys(("drei", "tres", "trois", "tre", "três", "drie"), 3),
    **dict.fromkeys(("vier", "cuatro", "quatre", "quattro", "quatro"), 4),
}
"""Numbers in other languages."""
_NUMBER += f"|{'|'.join(_NUMBERS)}"
_FOREIGN_OWN = (
    r"(?:wir haben|ich habe|habe|hab|haben|tenemos|tengo|on a|j['’]ai|nous avons|abbiamo|ho|temos|tenho|we"
    r" hebben|ik heb|mit"
    r"|con|avec|com|met|unsere?n?|meine?n?|mis|nuestr[oa]s|mes|nos|(?:i |le )?(?:miei|mie|nostri)|os meus"
    r"|as minhas|mijn|onze"
    r"|und|et|y|e|en) (?:meine |unsere )?"
)
_GROWN = (
    r"(?:(?:grown[- ]?up|grown|lovely|beautiful|amazing|little|small|wee|young|adult|teenage|older|younger|big"
    r"|old|other"
)
_GROWN += (
    r"|crazy|fat|rescue|black|ginger|grey|white|sausage|border|bearded|\d+[- ]year[- ]old|adopted|gorgeous"
    r"|great) )*"
)
_STARTS = r"(?:^\W*(?:(?:and|but|so|also|oh|btw|hi|anyway|plus) )*|[.,;:!?–—-] (?:and |but |so |plus )?)"
_OWN = (
    rf"(?:{_STARTS}(?i:have |got |we have |i have )?|\b(?i:i|we)(?:['’]?ve)? (?i:also |now |both )?(?i:have"
    rf" |got |have got |had )"
    r"|\b(?i:my|our|with|w|plus|and|but|(?:and|but) (?:have|got)|(?:mum|mother|mom|dad|father|parent)"
    r" (?:of|to)) |\b(?i:"
    rf"{_FOREIGN_OWN}))"
)
_JOIN = (
    r"(?: ?[:,(–!-]+ ?| (?:heißen|heissen|sind|se llaman|s['’]appellent|si chiamano|chamam-se|heten) | are(?:"
    r" called| named)? | (?:called|named) | is | = ?|,? who are (?:called )?| (?=[A-Z]))"
)
_HEADS = tuple(
    (
        name,
        re.compile(
            rf"{_OWN}(?i:(?:my|our|the) )?(?:(?P<count>(?i:{_NUMBER})) )?{_GROWN}(?P<word>(?i:{words})){_JOIN}"
            r"(?=[A-ZÀ-Þa-z])"
        ),
    )
    for name, words in _KINDS.items()
)
_SHARED = re.compile(
    r"\b(?i:liv(?:e|ing)|shar(?:e|ing)|stay(?:ing)?|house|flat|place|apartment|flatshare|houseshare)\b[^.!?\n:]{0,40}?"
    rf" (?i:with|w/?|wi) (?:(?P<count>(?i:{_NUMBER})) )?(?i:other )?(?:(?:[a-z]+ )?(?i:{_PEOPLE})\b{_JOIN}|(?=[A-Z]))"
)
_PARENT_OF = re.compile(r"\b(?i:mum|mom|mam|mother|dad|father|parent)(?: of| to) (?=[A-Z])")
_SINGLE = re.compile(
    r"(?:^\W*|\b(?i:i|we)(?:['’]?ve)? (?:have |got |have got )|[,;.] (?:and )?|\b(?i:and|my|our|got|with)"
    r" )(?:an?|one|my|our)"
    r" (?:[a-z]+ )?(?P<word>son|daughter|lad|lass|little girl|little boy|baby girl|baby boy),? (?:called |named )?"
    r"(?=[A-Z])"
)
_TAKEN = r"(?:who(?:['’]?s| is)|is|aged|nearly|almost|just|turned|turning|now|only|at|and|he['’]?s|she['’]?s)"
_NAME = r"[A-ZÀ-ÖØ-Þ](?:[\w-]|['’](?!s\b)(?=\w))*\w(?: [A-Z](?![\w'’])| (?:[A-ZÀ-ÖØ-Þ][a-zà-ÿ]+))?"
_ITEM = re.compile(
    rf"(?:(?:and|the|my|our|little|baby|youngest|eldest|oldest|middle|then|finally|is|one|big|wee|also|plus) )*"
    rf"(?P<name>{_NAME}|[a-zà-ÿ]{{2,}})(?P<aged>(?:,? ?[({{]?(?: ?{_TAKEN})*,? ?(?P<age>\d{{1,3}})"
    r"(?! ?(?:am|pm|%|£|kg|months?|weeks?|days?|mths?|wks?|mo\b))(?: ?(?:years? old|years?|yrs?|yo|y/o))?\)?)"
    r"|(?:,? ?\(?\d{1,2} ?(?:months?|weeks?|mths?|wks?)(?: old)?\)?))?(?P<aside> ?\([^()]*\))?(?P<clause>,?"
    r" who\b[^,.;!?\n]*?(?=,| and ))?"
)
_NEXT = re.compile(r"(?:,? (?:and|&|n|plus|then|und|y|et|e|en|sowie) |, ?| ?/ ?| ?& ?)")
_LEAVES = re.compile(
    r"['’]s\b|\s+(?:is|are|was|were|has|have|had|will|wants?|works?|lives?|said|says|came|got|plays?|goes)\b"
)
_NOT_YET = re.compile(r"(?i)\b(?:nearly|almost|turning)\b")
_THEIRS = re.compile(r"(?i)\b(?:his|her|their|your|whose|he|she|they|you)\b|['’]s\s*$")


def named_in_lists(sentence: Sentence, may_be_mine: Callable[[str], bool]) -> Iterator[Statement]:
    """Who is named in the lists of a sentence. `may_be_mine`: whether what follows such words may be of who speaks."""
    text = sentence.text
    heads = [(name, match) for name, form in _HEADS for match in form.finditer(text)]
    heads += [("flatmate", match) for match in _SHARED.finditer(text)]
    heads += [("child", match) for form in (_PARENT_OF, _SINGLE) for match in form.finditer(text)]
    taken = 0
    for name, head in sorted(heads, key=lambda found: found[1].start()):
        before = text[: head.start()]
        if head.start() < taken or _THEIRS.search(before[-30:]) or not may_be_mine(before[:1].lower() + before[1:]):
            continue
        items = list(_items(text, head, name))
        alone = (
            head.re is _SINGLE or (head.re is _PARENT_OF) or (name == "flatmate" and bool(head.groupdict().get("word")))
        )
        if not items or (len(items) == 1 and not alone):
            continue
        for item in items:
            taken = item.end()
            person = item["name"][:1].upper() + item["name"][1:]
            begin, end = sentence.start + head.start(), sentence.start + head.end()
            yield Statement("me", name, person, begin, end)
            alike = items[0]["age"] or not item["age"] or "," not in item["aged"]  # "Ann and Bea, 4 and 7"
            if item["age"] and name != "pet" and alike and not _NOT_YET.search(item["aged"]):
                start = sentence.start + item.start()
                yield Statement(person, "age", item["age"], start, sentence.start + item.end("age"), confidence=0.8)


def _items(text: str, head: re.Match[str], name: str) -> Iterator[re.Match[str]]:
    """The names of a list behind its head."""
    count = _number(head.groupdict().get("count") or "")
    found: list[re.Match[str]] = []
    place = head.end()
    while (item := _ITEM.match(text, place)) is not None and _is_name(item, name, sure=bool(count)):
        found.append(item)
        join = _NEXT.match(text, item.end())
        if join is None or (count and len(found) == count) or head.re is _SINGLE:
            break
        place = join.end()
    last = found[-1].end() if found else 0
    owns = text[last : last + 2] in ("'s", "’s")
    goes_on = len(found) > 1 and not count and not found[-1]["aged"] and _LEAVES.match(text, last)
    if found and (owns or goes_on):
        found.pop()  # "the girls, Ann, Eve and Tom's aunt"
    yield from found


def _is_name(item: re.Match[str], name: str, *, sure: bool) -> bool:
    plain = fold_name(item["name"]).split()[0]
    if (
        (plain in STOP_WORDS and plain not in ("will", "an"))
        or plain in NO_NAME
        or plain in NO_PERSON
        or plain in _NO_NAMES
    ):
        return False
    return item["name"][:1].isupper() or bool(item["age"]) or (sure and name in ("child", "pet"))


_NO_NAMES = frozenset(
    """
    mum dad mom wife husband partner son daughter brother sister parents family friends kids children boys girls
    both one
    two three all none each everyone god english im ive thats theyre its the another aged age about around boy girl cat
    dog no yes not never always one's same also half most many some few lots school work home nursery uni college
    grown married single divorced happy healthy tired living still all very so too really they who which and or
    """.split()
)


def _number(word: str) -> int:
    word = word.casefold()
    return int(word) if word.isdigit() else VALUES.get(word) or _NUMBERS.get(word, 0)
