"""Names in a text, found without a model: people, places, titles, addresses. They link passages about one thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.text.terms import STOP_WORDS
from secondme.text.timex.names import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS

Kind: TypeAlias = Literal["person", "place", "organisation", "title", "email", "handle", "tag", "host", "name"]


@dataclass(frozen=True)
class Mention:
    """A name at characters `start` to `end` of a text. `key` is the folded name: all its spellings share it."""

    start: int
    end: int
    kind: Kind
    key: str
    name: str


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOST = re.compile(r"https?://(?:www\.)?([\w-]+(?:\.[\w-]+)+)")
_HANDLE = re.compile(r"(?<![\w@/])@(\w{2,30})")
_TAG = re.compile(r"(?<![\w&])#([A-Za-z]\w{1,30})")
_TITLE = re.compile(r"[\"“„«]([^\"“”„«»\n]{2,60})[\"”“»]")
_CAPITAL = rf"[{''.join(c for c in map(chr, range(0x2000)) if c.isupper())}][\w'’&-]*"
"""A word with a capital; scripts without case do not show which words are names."""
_NAME = re.compile(
    rf"(?:(?:Mr|Mrs|Ms|Dr|Prof|St)\.?\s+)?{_CAPITAL}(?:\s+(?:(?:of|the|de|da|van|von|&)\s+)*{_CAPITAL})*"
)
_SENTENCE = re.compile(r"(?:^|[.!?…:;]\s+|\n\s*|[\"“(\[*>-]\s*)$")
_COMMON_STARTS = frozenset(
    """
    yes yeah yep no nope hey hi hello wow oh ok okay thanks thank great good nice sure well cool awesome amazing
    sounds glad sorry congrats congratulations maybe please definitely absolutely exactly right really totally
    actually hope love let looks look check keep take got getting going having been seems since though although
    however also today yesterday tomorrow last next recently lately every everyone everything someone something
    nothing any many most another never always sometimes anyway bye see speaking remember photo anything
    """.split()
)
_FEASTS = "christmas easter halloween thanksgiving spring summer autumn winter".split()
_CALENDAR = frozenset(
    [*MONTHS, *SHORT_MONTHS, "sept", *WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), *SHORT_WEEKDAYS, *_FEASTS]
)
GIVEN_NAMES = frozenset(
    """
    emily sally kelly molly lily polly holly billy willy carly kimberly beverly shelly ned ted fred ed jed ahmed
    mohammed alfred wilfred winifred mildred irving sterling
    """.split()
)
"""Given names that end like adverbs, participles and gerunds."""
_ORGANISATION = re.compile(
    r"\b(?:Inc|Ltd|LLC|GmbH|AG|Corp|Company|Bank|University|College|School|Institute|Museum|Hospital|Clinic|Foundation|Club"
    r"|Association|Church|Library|Theatre|Theater|Centre|Center|Society|Committee|Council|Agency)\b"
)
_PERSON_BEFORE = re.compile(
    r"(?i)\b(?:with|my (?:friend|sister|brother|mother|mom|mum|father|dad|wife|husband|partner|boss|colleague"
    r"|neighbou?r|cousin|aunt|uncle|son|daughter|boyfriend|girlfriend|dentist|doctor|teacher|coach)|called|named|told|asked|met|by)\s+$"
)
_PERSON_AFTER = re.compile(r"\s+(?:said|says|told|asked|asks|thinks|thought|called|mentioned|laughed|replied|wrote)\b")
_PLACE_BEFORE = re.compile(r"(?i)\b(?:in|at|to|from|near|visit(?:ed|ing)?|around|through|towards?)\s+(?:the\s+)?$")


def fold_name(name: str) -> str:
    """A name without case, diacritics, a leading "the" and a possessive."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’]s$|['’]$", "", " ".join(plain.split()).strip(" .,'’"))
    return plain.removeprefix("the ")


def begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence begins at a place of a text."""
    return bool(_SENTENCE.search(text[:start]))


def mentions(text: str) -> list[Mention]:
    """The names of a text in order, each key once. At the start of a sentence a common word is not a name."""
    found: dict[str, Mention] = {}
    for mention in _candidates(text):
        overlaps = any(mention.start < other.end and other.start < mention.end for other in found.values())
        if mention.key and mention.key not in found and not overlaps:
            found[mention.key] = mention
    return sorted(found.values(), key=lambda mention: mention.start)


def _candidates(text: str) -> Iterator[Mention]:
    """Every candidate, the surest kinds first; candidates may overlap."""
    for match in _EMAIL.finditer(text):
        yield Mention(match.start(), match.end(), "email", match.group().casefold(), match.group())
    for match in _HOST.finditer(text):
        yield Mention(match.start(1), match.end(1), "host", match[1].casefold(), match[1])
    for match in _HANDLE.finditer(text):
        yield Mention(match.start(), match.end(), "handle", match.group().casefold(), match.group())
    for match in _TAG.finditer(text):
        yield Mention(match.start(), match.end(), "tag", match.group().casefold(), match.group())
    for match in _TITLE.finditer(text):
        if match[1][0].isupper():
            yield Mention(match.start(1), match.end(1), "title", fold_name(match[1]), match[1])
    for match in _NAME.finditer(text):
        yield from _proper_name(text, match)


def _proper_name(text: str, match: re.Match[str]) -> Iterator[Mention]:
    start, words = match.start(), match.group().split()
    # Every sentence begins with a capital: there, only an uncommon word is a name.
    while words:
        first = words[0].casefold().strip(".,'’")
        bare = re.sub(r"['’](?:s|m|d|t|ll|re|ve)$", "", first)
        begins = begins_sentence(text, start)
        if bare in STOP_WORDS or bare in _CALENDAR or len(bare) < 2 or (begins and (bare in _COMMON_STARTS)):
            removed = words.pop(0)
            start = text.index(removed, start) + len(removed)
            while start < match.end() and text[start].isspace():
                start += 1
        elif begins and len(words) == 1 and bare.endswith(("ing", "ly", "ed")) and bare not in GIVEN_NAMES:
            return
        else:
            break
    if not words:
        return
    name = re.sub(r"['’]s$", "", text[start : match.end()])
    before = text[:start]
    kind: Kind = "name"
    if _ORGANISATION.search(name):
        kind = "organisation"
    elif (
        re.match(r"(?:Mr|Mrs|Ms|Dr|Prof)\b", name)
        or _PERSON_BEFORE.search(before)
        or _PERSON_AFTER.match(text, start + len(name))
    ):
        kind = "person"
    elif _PLACE_BEFORE.search(before):
        kind = "place"
    yield Mention(start, start + len(name), kind, fold_name(name), name)
