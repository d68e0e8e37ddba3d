"""The item at a place of a list that was told: "who's last on the Wednesday loop?". No model counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondme.api import AskEvent
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.reader import Reading
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.facts.phrases import Pattern
from secondme.text.number_words import UNDER_TWENTY, number
from secondme.text.terms import content_stems, stem

FEWEST, LONGEST_ITEM = 3, 6
"""Items of a list, and words of an item."""
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PLACES = {word: place for place, word in enumerate(_ORDINALS, start=1)} | {"last": -1, "final": -1, "bottom": -1}
_PLACES |= {f"{n}{'st' if n == 1 else 'nd' if n == 2 else 'rd' if n == 3 else 'th'}": n for n in range(1, 21)}
_ORDINAL = rf"(?P<ordinal>{'|'.join(_PLACES)})"
_NUMBER = rf"(number|no\.?|#) ?(?P<number>\d{{1,2}}|{'|'.join(UNDER_TWENTY[:10])})"
_ASKS = (
    # "who's last on the loop", "which one is third", "what comes second on my list"
    Pattern(
        r"(?i)^\W*((and|so|ok|but) )*(who|what|which( [\w-]+)?)(('s|s| is| was| comes?| came| goes| are| do i \w+)"
        rf"( the| my| our| up| in)*)? (the |my |our |very )*{_ORDINAL}( one| up| stop| item| place| favourite| choice)?"
        r"(?=\W*$| (on|in|of|at|for|favourite|choice)\b| [\w-]+\W*$)"
    ),
    Pattern(rf"(?i)^\W*((and|so|ok|but) )*(who|what|which)\b.{{0,30}}\b{_NUMBER}\b"),
    Pattern(rf"(?i)^\W*((and|so|ok|but) )*{_NUMBER}\b"),
)
_FRAMES = frozenset(map(stem, "list order one place up number favourite favorite top choice item stop comes".split()))
_FRAMES |= {stem(word) for word in (*_PLACES, *UNDER_TWENTY)}
"""Words that say nothing of which list is meant."""
_ENUMERATION = re.compile(r"(?:(?<!\d):\s+|\b(?:are|were)\s+(?=[^:]+,[^:]+$))(?P<items>[^:]+)$")
_BETWEEN = re.compile(r"\s*[,;]\s*(?:(?:and|then|und|y|et|&)\s+)?|\s+(?:and|then|und|y|et|&)\s+")
_SAYS = Pattern(r"(?i)\b(is|are|was|were|has|have|am)\b")
"""A clause, and no item: "back is shot, knees are shot, business is good"."""
_CHANGES = Pattern(
    r"(?i)\b(first|last|1st|2nd|off|instead|moved?|swap(ped)?|before|ahead|after|dropped|new|no longer|down|up|out"
    r"|add(ed)?|removed?|sold|replaced|takes?|took)\b"
)
"""What may change the order of a list."""


@dataclass(frozen=True)
class _List:
    """A sentence that tells a list, and its items."""

    sentence: CandidateSentence
    head: str
    items: tuple[str, ...]


class PlaceInList:
    """Answers which item stands at a place of a list."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the question asks for no place, no list was told that it means, or it may have changed since."""
        found = item_at_place(turn.full_question, turn.reading)
        return self._replies.read_off(turn, *found) if found else None


def item_at_place(question: str, reading: Reading) -> tuple[str, str] | None:
    """The item that a question asks for by its place in a list, and the id of the span that tells the list."""
    place = _place(question)
    if not place:
        return None
    wanted = {word for word in content_stems(question) if not word.isdigit()} - _FRAMES
    lists = [told for told in map(_list, reading.sentences) if told is not None]
    fitting = [told for told in lists if 2 * len(wanted & set(content_stems(told.sentence.text))) >= len(wanted)]
    if not fitting:
        return None
    chosen = max(fitting, key=lambda told: told.sentence.hit.happened_at or "")
    if abs(place) > len(chosen.items) or _has_changed(chosen, reading):
        return None
    return chosen.items[place - 1 if place > 0 else place], chosen.sentence.hit.id


def _place(question: str) -> int:
    """The place that a question asks for, -1 for the last; 0 where it asks for none."""
    for rule in _ASKS:
        match = rule.search(question)
        if match is not None:
            groups = match.groupdict()
            if groups.get("ordinal"):
                return _PLACES[groups["ordinal"].lower()]
            return number(groups["number"])
    return 0


def _list(sentence: CandidateSentence) -> _List | None:
    text = sentence.text.rstrip(" .!")
    match = _ENUMERATION.search(text)
    items = [item.strip(" .") for item in _BETWEEN.split(match["items"])] if match else []
    if match is None or len(items) < FEWEST or any(_SAYS.search(item) for item in items):
        return None
    if not all(0 < len(item.split()) <= LONGEST_ITEM for item in items):
        return None
    return _List(sentence, text[: match.start()], tuple(items))


def _has_changed(told: _List, reading: Reading) -> bool:
    """Whether a later sentence may change the list: it speaks of it or of an item, and of a place."""
    about = set(content_stems(f"{told.head} {' '.join(told.items)}"))
    since = told.sentence.hit.happened_at or ""
    return any(
        (other.hit.happened_at or "") > since and about & set(content_stems(other.text)) and _CHANGES.search(other.text)
        for other in reading.sentences
        if other.hit.id != told.sentence.hit.id
    )
