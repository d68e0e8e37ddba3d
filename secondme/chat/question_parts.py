"""A question taken apart: its question words, its verb "do" or "be", and the rest. Word lists instead of a parser."""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondme.chat.question_words import pattern

_BEFORE = pattern(r"^\W*(<LEAD>\b[\s,:;.!–—-]*)*")
_BEHIND = pattern(r"([\s,]+<TAIL>)*[\s?.!,…:)]*$")
_CONTRACTED = pattern(r"\b(?P<wh><WH>)('(?P<end>s|re|d|ll)|(?<=[aeotn])(?P<plain>s))\b")
_WRITTEN_OUT = {"s": "is", "re": "are", "d": "did", "ll": "will"}
_ASKED = pattern(r"^(?P<wh>(<PREP> )?<WH>( else)?( [\w'’-]+){0,4}?) (?P<aux><AUX>)\b( (?P<rest>.+))?$")
_WHO_DOES = pattern(r"^(?P<wh><WH>( else)?) (?P<rest>.+)$")
_YES_OR_NO = pattern(r"^(?P<aux><AUX>) (?P<rest>.+)$")
_ALONE = pattern(
    r"^((<PREP> )?(<HOW>|(what|which|whose)( (?!(<AUX>|<SOMEBODY>)\b)[\w-]+){0,2}|who|whom|when|where|why)"
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
        return f"{match['wh']} {_WRITTEN_OUT[(match['end'] or match['plain']).lower()]}"

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
    return Parts("", yes_or_no["aux"], yes_or_no["rest"].strip()) if yes_or_no else None


def stands_alone(text: str) -> bool:
    """Whether there are only question words: "since when", "on which day", "as what", "who with"."""
    return bool(_ALONE.match(spelled(text)))
