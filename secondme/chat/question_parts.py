"""A question taken apart: its question words, its verb "do" or "be", and the rest. Word lists instead of a parser."""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondme.chat.question_words import PHRASES, pattern
from secondme.facts.phrases import any_of

_BEFORE = pattern(r"^\W*(<LEAD>\b[\s,:;.!–—-]*)*")
_BEHIND = pattern(r"([\s,]+<TAIL>)*[\s?.!,…:)]*$")
_CONTRACTED = pattern(
    r"\b(?P<wh><WH>)('(?P<end>s|re|d|ll)|(?<=[aeotn])(?P<plain>s))\b"
    r"|^(?P<what>(<PREP> )?((what|which|whose)( [\w-]+){1,2}?"
    r"(?='(s|re) (<DETERMINED>|<SOMEBODY>|<PREP>|\w+ing)\b)|how \w+))'(?P<is>s|re)(?= )",
    {**PHRASES, "DETERMINED": any_of("my, our, your, his, her, their, the, this, that, these, those, next")},
)
"""In "which doctor's office" nothing is left out."""
_WRITTEN_OUT = {"s": "is", "re": "are", "d": "did", "ll": "will"}
_ASKED = pattern(r"^(?P<wh>(<PREP> )?<WH>( else)?( [\w'’-]+){0,4}?) (?P<aux><AUX>)\b( (?P<rest>.+))?$")
_WHO_DOES = pattern(r"^(?P<wh><WH>( else)?) (?P<rest>.+)$")
_YES_OR_NO = pattern(r"^(?P<aux><AUX>) (?P<rest>.+)$")
_NOUNS = r"( (?!(<AUX>|<SOMEBODY>|<PREP>)\b)[\w-]+){0,2}"
_IN_PLACE = pattern(
    r"^(?P<before>(?!((<PREP> )?<WH>|<AUX>)\b).+?)(?<!\bor)"
    r"(?<!\b(know|tell|says|idea|sure))(?<!\b(guess|knows))(?<!\bremember),? "
    rf"(?P<wh>(<PREP> )?(how (much|many){_NOUNS}|<HOW>|(what|which|whose){_NOUNS}|who|whom|when|where))"
    r"( (?P<after>(<PREP>|an?|per|each|every)\b.+))?$"
)
"""Question words in the place of what they ask for: "Ada works where", "I pay how much for it"."""
_BEGINS_WITH_TIME = pattern(r"^(?P<time><TIME>( <TIME>)*),? ")
_IS = pattern(r"^(?P<x>.+) (?P<is>am|is|are|was|were)$")
_IS_OVER = pattern(r"\b(was|were|did|had|went|came|paid|bought|met|got|last|yesterday|ago|[a-z]{3,}ed)\b")
_ALONE = pattern(
    rf"^((<PREP> )?(how (much|many){_NOUNS}|<HOW>|(what|which|whose){_NOUNS}|who|whom|when|where|why)"
    r"( (one|ones|else|not))?( <PREP>)?|(till|until|since|by|from) when)$"
)


@dataclass(frozen=True)
class Parts:
    """`wh`: "how much", "since when", nothing for a yes or no; `auxiliary`: "does", nothing where who asks is who does.

    `rest` follows: "she live in Cork now".
    """

    wh: str
    auxiliary: str
    rest: str

    @property
    def text(self) -> str:
        """The question in one piece."""
        return " ".join(part for part in (self.wh, self.auxiliary, self.rest) if part)


def bare(text: str) -> str:
    """A question without the words that stand before and behind it."""
    return _BEHIND.regex.sub("", _BEFORE.regex.sub("", text.strip(), count=1), count=1).strip()


def spelled(text: str) -> str:
    """A question with "what's" and "whos" written out."""

    def full(match: re.Match[str]) -> str:
        short = match["end"] or match["plain"] or match["is"]
        return f"{match['wh'] or match['what']} {_WRITTEN_OUT[short.lower()]}"

    return _CONTRACTED.regex.sub(full, text)


def parts(question: str) -> Parts | None:
    """A question taken apart; None where it has no shape of a question."""
    text = " ".join(spelled(bare(question)).split())
    asked = _ASKED.match(text)
    if asked:
        return Parts(asked["wh"], asked["aux"], (asked["rest"] or "").strip())
    who_does = _WHO_DOES.match(text)
    if who_does:
        return Parts(who_does["wh"], "", who_does["rest"].strip())
    yes_or_no = _YES_OR_NO.match(text)
    if yes_or_no:
        return Parts("", yes_or_no["aux"], yes_or_no["rest"].strip())
    return _in_place(text)


def _in_place(text: str) -> Parts | None:
    """The parts of a question whose question words stand where its answer would; None where it has none there."""
    found = _IN_PLACE.match(text)
    if found is None:
        return None
    is_it = _IS.match(found["before"])
    if is_it and not found["after"]:
        return Parts(found["wh"], is_it["is"], is_it["x"])
    time = _BEGINS_WITH_TIME.match(found["before"])
    said = found["before"][time.end() :] if time else found["before"]
    rest = " ".join(part for part in (said.rstrip(" ,"), found["after"], time and time["time"]) if part)
    return Parts(found["wh"], "was" if _IS_OVER.search(rest) else "is", f"it that {rest}")


def stands_alone(text: str) -> bool:
    """Whether there are only question words: "since when", "on which day", "as what", "who with"."""
    return bool(_ALONE.match(spelled(text)))
