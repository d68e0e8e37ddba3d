"""A later message that puts right what was told before: "Turns out the rack goes to Eindhoven", "I'd misread the card".

Such a message often repeats what it is about in words of its own, so no value can be put into the older statement
(`secondme.facts.corrections` does that where it can); but of the two the later one answers. English, with a few words
of other languages.
"""

from __future__ import annotations

import re

from secondme.chat.reader.candidates import CandidateSentence
from secondme.text.terms import content_stems

_TOLD = r"(?:said|told|wrote|written|thought|reckoned|remembered|been remembering|been telling)"
_SIGNS = re.compile(
    r"(?i)\b(?:turns out|it turned out|in fact|actually|correction|my (?:mistake|bad|slip|error)"
    r"|i was wrong|i stand corrected|apologies|i beg your pardon|i mean|i meant"
    r"|(?:other|wrong) way (?:a?round|about)|mis(?:read|heard|counted|remembered|calculated|took|typed|spelt|spelled)"
    r"|mix(?:ed)? .{1,20} up|re-?(?:counted|measured|checked|read)"
    r"|(?:counted|measured|checked|looked|asked|weighed|read) (?:it |them |that )?(?:again|properly)"
    r"|should (?:have (?:read|been|said)|be|read)|out by \w+|than i (?:said|told|thought|wrote)"
    rf"|did i (?:say|write|tell)|i['’](?:d|ve) (?:always |only |all along )?{_TOLD}|i (?:said|wrote|told you)"
    r"|i (?:got|had) (?:it|that|them|the \w+) (?:wrong|mixed)|wrong (?:one|place|day|date|time|lot|name|square|number)"
    r"|(?:letter|ticket|card|label|paper|papers|photo|invitation|invoice|list|printout|manual|sign|text|e-?mail|scales?"
    r"|receipt|contract|calendar|poster|website|office|nurse|doctor|solicitor|archive)\b.{0,30}"
    r"\b(?:says?|said|shows?|reads?)"
    r"|stimmt nicht|falsch|verwechselt|vertan|verdreht|vertauscht|sondern|trompée?|en fait|plutôt|en realidad"
    r"|me equivoqué|al final|sino)\b"
)


def puts_right(found: CandidateSentence, lead: CandidateSentence) -> bool:
    """Whether the message of a sentence is later than that of another by the same person, is about the same, and says
    that something was wrong."""
    hit, told = found.hit, lead.hit
    if not hit.speaker or hit.speaker != told.speaker or hit.id == told.id:
        return False
    if (hit.happened_at or "") <= (told.happened_at or "") or not _SIGNS.search(hit.text):
        return False
    return bool(set(content_stems(hit.text)) & set(content_stems(lead.text)))
