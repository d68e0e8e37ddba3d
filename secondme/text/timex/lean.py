"""Whether a text without a tense in its time ("on Friday") speaks of a day that is over or one to come."""

from __future__ import annotations

import re

from secondme.text.timex.calendar import Lean

_TO_COME = re.compile(
    r"(?i)\b(?:will|shall|gonna|going to|due|deadline|upcoming|planned|booked|scheduled|appointment|must|needs? to"
    r"|ha(?:s|ve) (?:got )?to|got to|gotta|remind|remember to|hand in"
    r"|by (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|starts?|begins?|comes?|arrives?|leaves?|opens?|closes?|ends?|flies|fly)\b"
    r"|\b(?:is|are|am|['’]s|['’]re|['’]m) (?:(?:back |now |only )?(?:on|at|this|in)|\w+ing)\b|['’]ll\b"
)
_OVER = re.compile(
    r"(?i)\b(?:was|were|had|did|went|met|got|saw|came|left|bought|sold|took|made|told|said|ate|drank|drove|flew|lost|found"
    r"|won|gave|paid|read|ran|slept|spent|wrote|last|ago|yesterday|(?!(?:need|bed|red|wed|planned|booked|scheduled)\b)[a-z]{2,}ed)\b"
)


def lean_of(text: str) -> Lean:
    """The future where the words speak of what is to come and of nothing that is over, else the past."""
    return "future" if _TO_COME.search(text) and not _OVER.search(text) else "past"
