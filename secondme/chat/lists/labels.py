"""The items of lines in few words: the names in a sentence, or its clauses."""

from __future__ import annotations

import re
from collections.abc import Collection

from secondme.chat.lists.verbs import is_verb
from secondme.facts.phrases import Pattern
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
_MET = Pattern(
    r"(?i)\b(met|meet|meeting|with|called|named|introduced( me)? to)\s+(my (\w+ )?)?((?-i:[A-Z])[\w'-]+(,| and)+ ?)*$"
)
_SOMEWHERE = re.compile(
    r"(?i)\b(?:in|at|to|from|near|through|around|up|down|climb(?:ed)?|bagged|scaled|visited|reached|it was)"
    r"\s+(?:the\s+)?$"
)
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
        if fold_name(name) in people or kind == "person" or _MET.search(plain[:start])
    ]


def persons_of(texts: Collection[str]) -> set[str]:
    """The folded names that one of the texts tells to be a person's."""
    return {
        fold_name(name)
        for text in texts
        for start, name, kind in _names(text.replace("’", "'"))
        if kind == "person" or (_COMPANY.search(text[:start]) and not _HAILS_FROM.search(text[:start]))
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
