"""What kind of message a person writes: do they tell, ask, order, or make small talk?

A message may tell and ask at once. What asks needs no question mark: people leave it out when they type.
"""

from __future__ import annotations

import re

from secondme.recall.question import is_small_talk
from secondme.text.sentences import sentences

QUESTION_MARKS = ("?", "？", "؟")
_LEAD = (
    r"^\W*(?:(?:so|and|or|ok|okay|well|but|oh|hey|hi|hello|also|now|then|um+|hm+|right|sorry|please|quick question"
    r"|thanks)\b[\s,:;.–—-]*)*"
)
"""What may stand before a question."""
_BE = (
    r"(?:am|is|are|was|were|does|did|can|could|should|will|would|has"
    r"|isn['’]?t|aren['’]?t|wasn['’]?t|doesn['’]?t|didn['’]?t)"
)
_AUXILIARY = rf"(?:{_BE}|do|have|don['’]?t|haven['’]?t|may|shall|might)"
_PRONOUN = r"(?:i|you|we|he|she|it|they|there|anyone|anybody|someone|somebody)"
_OWNER = r"(?:my|our|your|his|her|their|the|this|that|these|those)"
_WH = r"(?:what|which|who|whom|whose|when|where|why|how)"
_ASKS = re.compile(
    rf"(?i:{_LEAD})(?:"
    # "by when", "how much is it", "what's my title", "which city do I live in"; but "when I was a child"
    rf"(?i:(?:(?:by|since|until|till|from|in|on|at|for|with|to|of|about) )?{_WH}(?:\W*$|['’]?(?:s|re|d|ll)\b"
    rf"|(?! an?\b)(?! (?:{_PRONOUN}|{_OWNER})\b)(?:(?: [\w'’-]+){{0,4}}? {_AUXILIARY}\b|(?<=who) [a-z]+\b(?<!\bknew))"
    r"| (?:much|many|long|old|far|often|big|tall|soon|about)\b))"
    # "do I still owe her", "is the flat taken", "does Tom know"
    rf"|(?i:{_AUXILIARY} {_PRONOUN}\b|{_BE} {_OWNER}\b)|(?i:{_BE}) [A-Z][\w-]+ (?i:[a-z])"
    # "tell me about the boiler", "association number please"
    r"|(?i:(?:tell|show|give|remind) (?:me|us|of|about) (?!to\b|that\b)|list\b|summari[sz]e|recap\b|look up"
    r"|find (?:me|my|the|out)\b|explain\b|describe\b|compare\b|translate\b|calculate\b|help me\b"
    r"|(?:write|draft|compose) (?:me |us )?(?:an?|the|my) |what about\b|how about\b)"
    r"|(?i:.{0,60}\bplease[.! ]*$)"
    r")"
)
_ORDER = re.compile(
    rf"(?i:{_LEAD}(?:can you |could you |you can )?"
    r"(?P<order>forget|delete|erase|purge|remove|stop watching)\b(?! it[.!]*$| about it))"
)


def sentence_asks(text: str) -> bool:
    """Whether a sentence asks for something."""
    text = text.strip()
    return text.rstrip("\"'”’)* ").endswith(QUESTION_MARKS) or bool(_ASKS.match(text))


def asks(text: str) -> bool:
    """Whether a message asks for something, whatever it tells besides."""
    return any(sentence_asks(sentence.text) for sentence in sentences(text))


def is_question(text: str) -> bool:
    """Whether a message only asks: then it states nothing that could support an answer."""
    parts = sentences(text)
    return bool(parts) and all(sentence_asks(part.text) for part in parts)


def ordered_removal(text: str) -> str:
    """The verb with which a message orders something to be forgotten; empty for any other message."""
    match = _ORDER.match(text)
    return match["order"].lower() if match else ""


def tells(text: str) -> bool:
    """Whether a message only tells something: it neither asks nor orders nor makes small talk."""
    return bool(sentences(text)) and not (asks(text) or ordered_removal(text) or is_small_talk(text))
