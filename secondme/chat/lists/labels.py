"""The items of lines in few words: the names in a sentence, or its clauses."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from secondme.chat.lists.verbs import is_verb
from secondme.facts.phrases import Pattern
from secondme.facts.relations import all_relations
from secondme.facts.roles import ROLE_WORDS
from secondme.text.entities import fold_name, mentions
from secondme.text.terms import stem

LONGEST = 200
"""Characters of an item in few words; a longer one is cut where a clause ends."""
_CLAUSE = re.compile(r"(?<=[,;:])\s+|\s+[–—-]\s+|(?<=[.!?])\s+|\s+(?=(?:but|because|although|while)\b)")
TO_COME = Pattern(
    r"(?i)\b(going to|gonna|will|shall|want to|would like to|'d like to|plan(ning|s)? to|should|must|need to|have to"
    r"|might|may|maybe|next up|hope to|hoping to|looking forward to|remind me)\b|'ll\b|\bnext\b(?=[^,;.]*$)"
)
"""What speaks of something that is still to come."""
UNDONE = Pattern(
    r"(?i)\b(not(?! (so|bad|great|good|very|really|my|that|too|as|the best|sure|only|just|much|a fan|for me)\b)|never"
    r"|no longer|cancel(l)?ed|(didn't|did not|don't)(?! (like|enjoy|love|rate|think much))|haven't|hasn't|couldn't"
    r"|(wasn't|isn't)(?! (so|bad|great|good|very|really|my|that|too|as|much|a fan|for me)\b))\b"
)
"""What says that something was not done, but for how it pleased ("not so good")."""
_COMPANY = Pattern(
    r"(?i)\b(with|by|from|told|asked|thanks to|recommended by|and me|lent to|gave)\s+(my (\w+ )?)?"
    r"((?-i:[A-Z])[\w'-]+(, | and ))*$"
)
"""What stands before the names of people."""
_HAILS_FROM = re.compile(
    r"(?i)(?:\b(?:is|are|was|were|am|come|comes|came|moved?|moves|back|away|home|fly|flew|drove)|'(?:s|re|m)) from\s+$"
)
"""What stands before the names of places, though "from" often stands before those of people."""
_OF_A_FIRM = re.compile(
    r"(?i)\b(?:bought|ordered|shoes|size|bank\w*|account|mortgage|insur\w+|policy|contract|broadband|tariff|rate|deal|fix(?:ed)?"
    r"|loan|pension|pack(?:age|et)?|delivery|\d+%)(?!\w).*\b(?:with|from|by)\b"
)
"""What stands before the names of firms."""
_MET = Pattern(
    r"(?i)\b(met|meet|meeting|with|called|named|introduced( me)? to)\s+(my (\w+ )?)?((?-i:[A-Z])[\w'-]+(,| and)+ ?)*$"
)
_SOMEWHERE = re.compile(
    r"(?i)\b(?:in|at|to|from|near|through|around|up|down|climb(?:ed)?|bagged|scaled|visited|reached|it was)"
    r"\s+(?:the\s+)?$"
)
_MORE_ROLES = "broker agent solicitor plumber electrician builder vet prof professor ta".split()
_ACTS = Pattern(
    r"(?i)('s (mum|mom|dad|wife|husband|sister|brother|birthday|girlfriend|boyfriend|partner|kids?|son|daughter)\b"
    r"| (says?|said|thinks?|thought|reckons?|wants?|wanted|loves?|hates?|likes?|lives|came over|texted|popped round"
    r"|and i|is (my|our|his|her|\d+)|(has|had) (a|an|his|her) |is (ill|coming|pregnant|away|moving|getting married)"
    r"|married|moved|turned|turns|promised|told me|asked me|rang me|called me|studies|does (?!not)\w+|plays|teaches"
    r"|broke (his|her)|got (married|engaged|promoted))\b)"
)
"""What stands behind the names of people."""
_SHOUT = re.compile(r"[A-ZÀ-Þ]{3,}$")
_ARTICLE = re.compile(r"\b(The|A|An)\s+$")


def in_few_words(text: str) -> str:
    """A line in few words: whole if it is short, else up to the end of a clause."""
    plain = " ".join(text.split()).rstrip(" .;,")
    if len(plain) <= LONGEST:
        return plain
    kept = ""
    for part in _CLAUSE.split(plain):
        if len(kept) + len(part) + 1 > LONGEST:
            break
        kept = f"{kept} {part}".strip()
    return f"{(kept or plain[:LONGEST].rpartition(' ')[0]).rstrip(' .;,:')} …"


def clauses(text: str) -> list[str]:
    """The clauses of a line that can say different things of different times."""
    return [part for part in re.split(r"(?<=[.!?;])\s+|,?\s+(?:but|and then|then)\s+", text) if part.strip()]


def things_named(
    text: str, verbs: Collection[str], people: Collection[str], *, anywhere: bool, somewhere: bool = False
) -> list[str]:
    """The names of things in a clause: those behind one of the `verbs` (stems), with `anywhere` all; never those of
    people (folded names). `somewhere`: only names of places."""
    plain = text.replace("’", "'")
    begin = 0 if anywhere else _behind_verb(plain, verbs)
    if begin is None:
        return []
    found: list[str] = []
    for start, name, kind in _names(plain):
        before = plain[:start]
        person = kind == "person" or fold_name(name) in people or bool(_COMPANY.search(before))
        place = kind == "place" or bool(_SOMEWHERE.search(before)) or bool(found)
        if start < begin or person or kind in ("email", "host", "handle", "tag") or (somewhere and not place):
            continue
        article = _ARTICLE.search(before)
        found.append(f"{article[1]} {name}" if article else name)
    return found


def people_named(text: str, people: Collection[str]) -> list[str]:
    """The names of people in a line: those that are known (folded names), and those that it tells to be people."""
    plain = text.replace("’", "'")
    return [
        name
        for start, name, kind in _names(plain)
        if fold_name(name) in people
        or _is_person(plain, start, name, kind)
        or (_MET.search(plain[:start]) and not _OF_A_FIRM.search(plain[:start]))
    ]


def _is_person(text: str, start: int, name: str, kind: str) -> bool:
    """Whether a text tells that a name in it is a person's: by a title, a tie, a role, or what they do."""
    if kind == "person":
        return not _OF_A_FIRM.search(text[:start])
    return bool(_by_role().search(text[:start]) or _ACTS.match(text, start + len(name)))


@cache
def _by_role() -> re.Pattern[str]:
    words = sorted({*all_relations().ties, *ROLE_WORDS, *_MORE_ROLES}, key=len, reverse=True)
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, words))})(?:,| is| was| called| is called| named)?\s+$")


def persons_of(texts: Collection[str]) -> set[str]:
    """The folded names that one of the texts tells to be a person's."""
    return {
        fold_name(name)
        for text in texts
        for start, name, kind in _names(text.replace("’", "'"))
        if _is_person(text, start, name, kind)
        or (_COMPANY.search(text[:start]) and not (_HAILS_FROM.search(text[:start]) or _OF_A_FIRM.search(text[:start])))
    }


def _names(text: str) -> list[tuple[int, str, str]]:
    """(start, name, kind of entity) of the names in a text, without verbs that begin a sentence, and without shouts."""
    found: list[tuple[int, str, str]] = []
    for mention in mentions(text):
        name, start = mention.name, mention.start
        while name and is_verb(name.split()[0]) and _begins(text, start):
            dropped, _, name = name.partition(" ")
            start += len(dropped) + 1
        if name and not (_SHOUT.match(name) and len(name.split()) == 1 and mention.kind != "title"):
            found.append((start, name, mention.kind))
    return found


def _begins(text: str, start: int) -> bool:
    return not re.search(r"[^\s.!?;:\"“'(]\s*$", text[:start]) or bool(re.search(r"[.!?;:]\s*$", text[:start]))


def _behind_verb(text: str, verbs: Collection[str]) -> int | None:
    for word in re.finditer(r"[^\W_]+", text.lower()):
        if stem(word.group()) in verbs and word.group() != "at":  # the stem of "ate"
            return word.end()
    return None
