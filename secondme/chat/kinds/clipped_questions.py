"""Questions that were clipped to what they ask for ("date of the crash", "age of the mate?"), written out."""

from __future__ import annotations

from secondme.chat.question_words import PHRASES, pattern
from secondme.facts.phrases import any_of

LONGEST = 9
"""Words of a clipped question; a longer message tells something."""
_NO_VERB = r"(?!.*\b(is|was|are|were|has|had|will|would)\b)"
_OWNED = (
    rf"{_NO_VERB}(?P<x>(the|my|our|his|her|their|that|this|[\w-]+['’]s)\b( [\w'’-]+){{1,5}}"
    r"|(?-i:[A-ZÀ-Þ])[\w'’-]+( (?-i:[A-ZÀ-Þ])[\w'’-]+)?)"
)
_BEGINS = (
    r"^\W*((<LEAD>|remind me( of)?|(tell|give) me|try again|once more|one more time|next one|again)\b[\s,:;.–—-]*)*"
    r"(the )?(exact )?"
)
_ENDS = r"( again| please| pls| then)*[\s?.]*$"
_NO_OWNER = any_of("""
    add, ask, book, bring, buy, call, cancel, change, check, collect, confirm, email, fetch, find, fix, forget, get,
    give, had, have, ignore, lose, lost, found, forgot, got, gave, made, make, move, need, needed, order, pay, paid,
    plan, print, renew, reset, save, schedule, send, sent, set, share, sold, sell, skip, start, stop, take, took, try,
    update, use, want, wanted, write, wrote, new, old, no, wrong, good, great, nice, bad, awful, terrible, lovely,
    what, which
""")
"""Deeds ("change pin") and remarks ("great interview"), which tell something."""
_OF_WHAT = (
    r"(?P<x>((my|our|his|her|their|the)\b|(?!(<NO_OWNER>|\w+(ed|ing))\b)[\w-]+(['’]s)?)"
    r"( (?!(is|was|my|our|the|his|her)\b)[a-zA-Z'’-]+){0,2}? <VALUE>)"
)
"""A value with whose or of what it is, as one types it into a search field: "wifi password", "my passport number"."""
_SAYS_WHOSE = pattern(r"((my|our|his|her|their)\b|\S+['’]s\b)")
_VALUES = any_of("""
    name, surname, nickname, address, e-?mail( address)?, number, phone( number)?, code, password, passcode, passphrase,
    pin, iban, salary, rent, size, expiry date, wi-?fi key, licence plate, license plate, vin, colou?r, menu
""")
_DATES = any_of("""
    birth ?day, appointments?, deadline, due date, anniversary, interview, departure, flight, wedding date,
    check-?in time, opening hours
""")
_WORDS = {**PHRASES, "NO_OWNER": _NO_OWNER}
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
    (pattern(rf"{_BEGINS}{_OF_WHAT}{_ENDS}", {**_WORDS, "VALUE": _VALUES}), "what is {the}{x}?"),
    (pattern(rf"{_BEGINS}{_OF_WHAT}{_ENDS}", {**_WORDS, "VALUE": _DATES}), "when is {the}{x}?"),
)  # fmt: skip
"""What is clipped, and the whole question."""


def written_out(message: str) -> str:
    """A clipped question as a whole one; empty for any other message."""
    if len(message.split()) > LONGEST or message.rstrip().endswith("!"):
        return ""
    for form, question in _FORMS:
        match = form.match(message)
        if match:
            the = "" if _SAYS_WHOSE.match(match["x"]) else "the "
            whole = question.format(**match.groupdict(), the=the)
            return whole[0].upper() + whole[1:]
    return ""
