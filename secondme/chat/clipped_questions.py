"""Questions that were clipped to what they ask for ("date of the crash", "age of the mate?"), written out."""

from __future__ import annotations

from secondme.chat.question_words import pattern

LONGEST = 9
"""Words of a clipped question; a longer message tells something."""
_NO_VERB = r"(?!.*\b(is|was|are|were|has|had|will|would)\b)"
_OWNED = (
    rf"{_NO_VERB}(?P<x>(the|my|our|his|her|their|that|this|[\w-]+['’]s)\b( [\w'’-]+){{1,5}}"
    r"|(?-i:[A-ZÀ-Þ])[\w'’-]+( (?-i:[A-ZÀ-Þ])[\w'’-]+)?)"
)
_BEGINS = r"^\W*((<LEAD>|remind me)\b[\s,:;.–—-]*)*(the )?(exact )?"
_ENDS = r"( again| please| pls| then)*[\s?.]*$"
_NAMED = r"name|address|number|phone number|e-?mail|code|password|pin|author|colou?r|title|size|breed|make|model"
_FORMS = (
    # "date of the crash", "the day of my exam"
    (pattern(rf"{_BEGINS}(date|day) (of|for) {_OWNED}{_ENDS}"), "when is or was {x}?"),
    # "date i moved", "day we met"
    (pattern(rf"{_BEGINS}(date|day) (that |when |on which )?(?P<x>(<SOMEBODY>) [\w'’-]+( [\w'’-]+){{0,5}}){_ENDS}"),
     "when was it that {x}?"),
    (pattern(rf"{_BEGINS}age of {_OWNED}{_ENDS}"), "how old is {x}?"),
    (pattern(rf"{_BEGINS}(price|cost) of {_OWNED}{_ENDS}"), "how much is or was {x}?"),
    (pattern(rf"{_BEGINS}birth ?day of {_OWNED}{_ENDS}"), "when is the birthday of {x}?"),
    (pattern(rf"{_BEGINS}(?P<noun>{_NAMED}) (of|for) {_OWNED}{_ENDS}"), "what is the {noun} of {x}?"),
)  # fmt: skip
"""What is clipped, and the whole question."""


def written_out(message: str) -> str:
    """A clipped question as a whole one; empty for any other message."""
    if len(message.split()) > LONGEST or message.rstrip().endswith("!"):
        return ""
    for form, question in _FORMS:
        match = form.match(message)
        if match:
            whole = question.format(**match.groupdict())
            return whole[0].upper() + whole[1:]
    return ""
