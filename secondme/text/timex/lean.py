"""Whether a text without a tense in its time ("on Friday") speaks of a day that is over or one to come."""

from __future__ import annotations

import re

from secondme.text.timex.calendar import Lean
from secondme.text.timex.names import ANY_MONTH, ANY_SHORT_WEEKDAY, ANY_WEEKDAY
from secondme.text.tongues import tongue

_DAY = (
    r"(?:the |next )?(?:\d{1,2}(?:st|nd|rd|th)\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{ANY_MONTH})\b"
    rf"|(?:{ANY_MONTH}|{ANY_WEEKDAY}|{ANY_SHORT_WEEKDAY})\b)"
)
_SET = re.compile(
    rf"(?i)\b(?:re)?(?:scheduled|booked|listed|planned|fixed|postponed|moved|bumped|shifted|switched|pushed|delayed"
    r"|slipped|changed|swapped|extended|put off|put back|put forward|brought forward)"
    r"(?: (?:the|my|our|his|her|it|us|me|this|that)\b(?: \w+)?)?(?: back| out)?"
    rf"(?: (?:by )?(?:an?|one|two|three|\d+) (?:day|week|month)s?)?(?: from {_DAY}(?: \w+)?)?"
    rf" (?:for|to|until|till) {_DAY}"
    r"|\b(?:put|push(?:ed)?|mov(?:ed|ing)|brought|bumped) (?:\w+ ){1,3}?(?:back|forward|out|off|on)"
    rf" (?:to|till|until) {_DAY}"
    rf"|(?:\b(?:is|are|its)|['’](?:s|re)) (?:now |only |back |again )?(?:on|due|at|by|for) (?:\w+ on )?{_DAY}"
    r"|\b(?:is|are|am) to (?!\w+ed\b)\w+\b|\bto[- ]?do(?: list)?\s*:"
    r"|(?:\b(?:is|are|its)|['’](?:s|re)) (?:now |only )?the \d{1,2}(?:st|nd|rd|th)\b"
    r"|\b(?:start(?:s|ing)?|begins|beginning|comes|arrives|leaves|opens|closes|ends|flies|finishes|lands|returns|expires"
    rf"|goes (?:up|back|off|home|in|under|live))\b(?: (?!every|each|all|most)\w+){{0,3}}? (?:on |for )?{_DAY}(?!s\b)"
    rf"|\b(?:is|are|gets?) (?:\w+ly )?(?!dated)\w+ed(?: \w+){{0,2}}? (?:on|from|until|till|by) {_DAY}"
    rf"|\bnext (?:\w+ )?(?:is|['’]s|will be) (?:now |on )?{_DAY}"
    rf"|\binvited (?:\w+ ){{1,3}}?(?:for|to|on|round|over) (?:\w+ ){{0,3}}?{_DAY}"
    rf"|\b(?:only from|not (?:before|until|till)|as (?:of|from)) {_DAY}"
    r"|(?<!was )(?<!were )(?<!got )(?<!it )\b(?:ready|available|due|free"
    r"|(?:to|can|could|i'll|ill) (?:collect|fetch|pick up)(?: it| them)?)"
    rf" (?:again |back )?(?:by |on |from |for )?{_DAY}"
    rf"|\b(?:promised|agreed|vowed|swore|asked|told|supposed|wanted|meant|needed|hoped)\b[^.;!?]* by {_DAY}"
)
"""Says for certain that a day is to come, also beside what is over: "booked and paid, it's on the 3rd of March"."""
_LIMIT = re.compile(rf"(?i)\b(?:by|before|until|till|no later than) {_DAY}")
_TO_COME = re.compile(
    r"(?i)\b(?:will|shall|gonna|going to|due|deadline|upcoming|planned|booked|scheduled|appointment|must|needs? to"
    r"|wants? to|would like to|hopes? to|plans? to"
    r"|ha(?:s|ve) (?:got )?to|got to|gotta|remind|remember to|hand in"
    r"|by (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|starts?|begins?|comes?|arrives?|leaves?|opens?|closes?|ends?|flies|fly)\b"
    r"|\b(?:is|are|am|['’]s|['’]re|['’]m) (?:(?:back |now |only )?(?:on|at|this|in|down for)|\w+ing)\b|['’]ll\b"
    r"|^\W*(?:(?:so|ok|okay|right|and|also|btw|well|yes|yay)\b\W*)*(?!(?:no|some|any|every)?thing\b|morning|evening|during"
    r"|according)[a-z]{2,}ing\b"
)
_CLAUSE_ENDS = re.compile(
    r"(?i)[,;:.!?()\n–—](?!\d)|\b(?:so|but|because|cos|cause|though|although|while|whereas|who|which)\s"
    r"|\band (?=(?:i|we|he|she|it|they|there|i['’]m|(?:he|she|it)['’]?s|my|our)\b)"
)
_PRESENT = re.compile(
    r"(?i)\b(?:is|are|am|can|can['’]?t|cannot|will|won['’]?t|does|do|doesn['’]?t|don['’]?t|isn['’]?t|aren['’]?t)\b"
    r"|\b(?:i['’]?m|(?:he|she|it|there|that)['’]?s|(?:we|they|you)['’]re)\b|['’]s \w+ing\b|['’]ll\b"
)
_TO_BE_DONE = re.compile(r"(?i)\b(?:be|being|get|gets|getting) \w+ed\b")
"""A participle that is not over: "is getting married"."""
_REPORTS = re.compile(r"(?i)\b(?:said|told|wrote|rang|called|texted|emailed|phoned|reckoned|announced|confirmed)\b")
_OVER = re.compile(
    r"(?i)(?<!-)\b(?:was|were|had|did|went|met|got|saw|came|left|bought|sold|took|made|told|said|ate|drank|drove|flew|lost"
    r"|found"
    r"|won|gave|paid|read|ran|slept|spent|wrote|began|brought|broke|built|caught|chose|drew|fell|felt|fought|forgot"
    r"|grew|heard|held|kept|knew|led|meant|rang|rode|sang|sat|sent|spoke|stole|stood|swam|taught|thought|threw|woke"
    r"|taken|seen|eaten"
    r"|last|ago|yesterday|(?!(?:need|bed|red|wed|planned|booked|scheduled"
    r")\b)[a-z]{2,}ed)\b(?!-|['’]t)"
)


CLAUSE = re.compile(r"[,;.!?]\s+|\s[–—-]\s")
"""Between clauses that may speak of different times."""
_DATED = re.compile(
    rf"(?i)\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{ANY_MONTH})|(?:{ANY_MONTH}) \d{{1,2}}"
    rf"|the \d{{1,2}}(?:st|nd|rd|th)|{ANY_WEEKDAY})\b"
)
_ARRANGED = re.compile(
    r"(?i)\b(?:paid|booked|reserved|ordered|deposit|invited|arranged|bought|confirmed|got (?:the|us|a)|sent)\b"
)
_ABROAD_TO_COME = re.compile(
    r"(?i)\b(?:ist am|sind am|findet am|termin|am \d{1,2}\. \w+ (?:ist|sind|fahren|fliegen|kommt|habe ich)|wird"
    r"|werde|werden|muss"
    r"|müssen|fällig|es el|será|cita|tenemos|nos vemos|vence|voy a|vamos a|hay que|tengo que|est le|sera|rendez-vous"
    r"|partons"
    r"|il faut|dois|aura lieu|è il|sarà|appuntamento|é no dia|será|consulta|afspraak|moet|wizyta|będzie|jest)\b"
    r"|(?<!去)(?:要|将|會|会|预约|預約|约了|到期|打算)|будет|приём|прием|запись|надо|нужно|موعد|سوف|予定|予約|예약|예정"
    r"|\b(?:θα|ραντεβού|πρέπει|sẽ|cuộc hẹn|hẹn|phải)\b|จะ|นัด|ต้อง|خواه(?:م|د|یم|ند)|قرار|نوبت|باید"
    r"|(?:गा|गी|गे)(?![\w\u093e-\u094d])|(?:ना|नी) है|अपॉइंटमेंट"
)
_ABROAD_OVER = re.compile(
    r"(?i)\b(?:war|waren|hatte|hatten|wurde|wurden"
    r"|(?:habe?n?|hat|bin|ist|sind) (?:\w+ ){0,5}(?!gegen|gehen|geben|gerne?n?\b)ge\w+(?:t|en)"
    r"|ge\w+(?:t|en) (?:habe?n?|worden)|gestern"
    r"|letzt\w+|fue|era"
    r"|estuve|estuvo|fui|fuimos|ayer|pasad[oa]|était|étaient|hier|dernier|dernière|suis allée?|ieri|scorso|ontem|foi)\b"
    r"|了|[过過](?![来來去年])|昨|был[аио]?\b|вчера|كان|أمس|ました|でした|었|았"
    r"|\b(?:ήταν|είχα|πήγα|πήγαμε|χθες|χτες|đã|hôm qua|trước)\b|เมื่อ|ที่แล้ว|بود|رفت|دیروز|گذشته|था|थी|थे|गया|गई|गये|गए"
)
"""The same in other languages, as far as a few words tell."""


def lean_of(text: str) -> Lean:
    """The future where a day was set, or where the words speak of what is to come and of nothing that is over."""
    if _SET.search(text):
        return "future"
    if leans_ahead_abroad(text):
        return "future"
    return "future" if _speaks_of_what_is_to_come(text) and not tells_what_is_over(text) else "past"


def lean_at(text: str, begin: int) -> Lean:
    """The same for what is said at a place of a text: "Wade needs surgery, so Lonnie's staying through Thanksgiving"
    behind "Found out that"."""
    start = max((end.end() for end in _CLAUSE_ENDS.finditer(text, 0, begin)), default=0)
    after = _CLAUSE_ENDS.search(text, begin)
    clause = text[start : after.start() if after else len(text)]
    is_of_now = _PRESENT.search(clause) is not None and not tells_what_is_over(clause)
    return "future" if is_of_now or _SET.search(clause) else lean_of(text)


def _speaks_of_what_is_to_come(text: str) -> bool:
    return bool(_TO_COME.search(text) or _LIMIT.search(text))


def leans_ahead_abroad(text: str) -> bool:
    """Whether a text in another language than English speaks of what is to come and of nothing that is over."""
    return bool(_ABROAD_TO_COME.search(text) and not _ABROAD_OVER.search(text) and tongue(text) != "en")


def tells_what_is_over(text: str) -> bool:
    """Whether words of a text are in the past; that it was said is not, where what was said is to come ("he said it can
    wait till the 9th")."""
    text = _TO_BE_DONE.sub(" ", _dated_part(text))
    return bool(_OVER.search(_REPORTS.sub(" ", text) if _speaks_of_what_is_to_come(text) else text))


def _dated_part(text: str) -> str:
    """The clause with the date where the others only tell what was arranged for it: "mum's 70th on the 3rd of October,
    table booked, deposit paid"; else the whole text."""
    clauses = CLAUSE.split(text)
    dated = [clause for clause in clauses if _DATED.search(clause)]
    if len(dated) != 1 or len(clauses) < 2 or _OVER.search(dated[0]):
        return text
    others = [clause for clause in clauses if clause is not dated[0] and _OVER.search(clause)]
    return dated[0] if all(_ARRANGED.search(clause) for clause in others) else text
