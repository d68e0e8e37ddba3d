"""Who owes whom how much."""

from __future__ import annotations

import re

from secondme.facts.relations.relation import Phrasing, Relation
from secondme.facts.statement import Candidate

_SUM = (
    r"(?P<o>(another |about |around )?[£$€₹R]?( ?\d[\d.,  ]*\d|\d)(?<![.,])( ?(k|grand|m|€|£|euros?|pounds"
    r"|quid|dollars|bucks|kr"
    r"|francs|lakh|rupees|rand|pence|p))?\b|(a|one|two|three|four|five|ten|twenty|thirty|forty|fifty|a hundred)"
    r" (tenner|fiver|grand|quid|pounds|euros?|dollars|bucks|hundred( (quid|pounds|euros|dollars))?)|a "
    r"(tenner|fiver|grand)"
    r"|(a|an) (beer|pint|coffee|drink|dinner|lunch|meal|favour|favor|shift|sunday|saturday|day|cake))(?![\w%])"
)


def by_debtor(identity: str) -> str:
    """Who owes, or is owed."""
    return re.sub(r"^(?:the|my|our) ", "", identity.partition(":")[0])


def _is_no_debt(candidate: Candidate) -> bool:
    return bool(re.search(r"(?i)\b(?:apology|sleep|explanation|owed|used to)\b", candidate.quote))


IS_OWED = Relation(
    name="is_owed",
    reads="is owed",
    reads_you="are owed",
    reads_past="was owed",
    between="by",
    timeless=True,
    slot=by_debtor,
    named_kind=True,
    overlap=True,
    rank=27,
    triggers=" owe|lent |loaned",
    phrases={"SUM": _SUM, "WHO_OWES": r"(<NAME>|(?<=[Mm]y |ur )(<WORD> )?(<FAMILY>)( <NAME>)?)"},
    phrasings=(
        Phrasing(r"(?<!I )(?P<kind><WHO_OWES>)( still| now)? owes (me|us) <SUM>"),
        Phrasing(r"(?P<kind><WHO_OWES>)( still| now)? owes <SUM>(?= (for|from|on|to me)\b|\s*[,.;!]|$)"),
        Phrasing(r"\b([Ll]ent|[Ll]oaned) ((my|our) )?(?P<kind><WHO_OWES>) <SUM>(?! (of|books?|days?|times?)\b)"),
    ),
    vague=_is_no_debt,
    cues="owe owes debt money lent",
    introduces=False,
)
"""Who owes the speaker: "Pranav: 4200"."""
OWES = Relation(
    name="owes",
    reads="owes",
    reads_you="owe",
    reads_past="owed",
    timeless=True,
    slot=by_debtor,
    named_kind=True,
    overlap=True,
    rank=28,
    triggers=" owe|owing|borrowed",
    phrases={"SUM": _SUM},
    phrasings=(
        Phrasing(
            r"(^\W*|[,.;] |\b([Ii]|[Ww]e)( still| now| also)? )([Oo]we) (?P<kind><NAME>|(the|my|our) [a-z-]+"
            r"( [a-z-]+)?( <NAME>)?)"
            r" <SUM>"
        ),
        Phrasing(r"\b([Ii]|[Ww]e)('ve| have)? borrowed <SUM> (from|off) (?P<kind><NAME>|(the|my|our) [a-z-]+)"),
    ),
    vague=_is_no_debt,
    cues="owe owes debt money borrowed",
    introduces=False,
)
"""Whom the speaker owes: "Nikita: 120"."""
RELATIONS = (IS_OWED, OWES)
