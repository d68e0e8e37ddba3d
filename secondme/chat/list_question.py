"""What a question for many asks for: its shape, of whom or what, and within which time. No model takes part."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from secondme.chat.list_forms import FORMS, PHRASES, Form, Shape
from secondme.facts.phrases import Pattern, any_of
from secondme.text.terms import STOP_WORDS
from secondme.text.timex.expressions import expressions
from secondme.text.timex.names import MONTHS

ME = "me"
LONGEST_TOPIC = 12
"""Words of what a question for many is about; longer ones ask for something else."""
MUCH_LONGER = 3
"""A time that is more than so many times longer than the window is too vague to belong into it."""


@dataclass(frozen=True)
class Window:
    """A time [begins, ends) that bounds what is listed, in the words of the question. `vague`: "lately"."""

    begins: datetime
    ends: datetime
    words: str
    vague: bool = False

    def meets(self, begins: datetime, ends: datetime) -> bool:
        """Whether an interval begins within it, or holds it and is not much longer."""
        holds = begins <= self.begins and self.ends <= ends
        return self.begins <= begins < self.ends or (holds and ends - begins <= MUCH_LONGER * (self.ends - self.begins))


@dataclass(frozen=True)
class ListQuestion:
    """A question for many.

    `about`: "me", a name, or what it is about in plain words. `kind`: the noun for what is listed. `verbs`: what was
    done with it. `told_to`, `told_by`: to whom and by whom it was said. `negative`: of dislikes. `planned`: of what is
    still to come. `said`: of what was said in that time, whatever time that speaks of.
    """

    text: str
    shape: Shape
    about: str = ""
    kind: str = ""
    verbs: tuple[str, ...] = ()
    window: Window | None = None
    told_to: str = ""
    told_by: str = ""
    negative: bool = False
    planned: bool = False
    said: bool = False


_NEGATIVE = Pattern(r"(?i)\b(hate|dislikes?|detest|loathe|pet hates|not|don'?t|cannot|can'?t)\b")
_SINGULAR = Pattern(
    r"(?i)(this|is|was|does|has|bus|class|boss|glass|address|status|news|what|which|things|price|list)$"
)
_MASS = Pattern("(?i)" + any_of("""
    food, music, fruit, veg, stuff, people, wine, beer, tea, coffee, wildlife, medicine, medication, homework,
    furniture, clothing, shopping
""") + "$")  # fmt: skip
_NO_KIND = Pattern("(?i)" + any_of("""
    times?, days?, months?, years?, dates?, weeks?, hours?, minutes?, ways?, reasons?, grounds, terms, conditions,
    circumstances, purposes?, euros, dollars, pounds, kilos,
    colou?rs?, size, name, names, address, others?
""") + "$")  # fmt: skip
_MYSELF = Pattern(r"(?i)(me|myself|i|us|ourselves)\W*$")
_ROUNDED_OFF = re.compile(
    r"(?i)\W*(?:(?:so far|at all|again|please|now|then|by now|exactly|altogether|in total|all of them|in full|overall"
    r"|of mine|and when|if any|yet|complete(?:ly)?|would you|can you|could you|every one|each one"
    r"|the (?:whole )?lot)\b\W*)*$"
)
_LIST_THEM = re.compile(
    r"(?i)[?.!,;]\s*(?:please |and )?(?:"
    r"(?:i (?:want|need)|i['’]d like|give me) (?:(?:them|it|the) )?(?:all|every|each|whole|full|complete)\b"
    r"|every (?:single )?one\b|(?:the )?(?:whole|full|complete)(?: list| lot)?\b|completely\b|in full\b"
    r"|(?:without|don['’]?t) (?:leaving|leave|forget|forgetting|skip|skipping|miss|missing) (?:any|out|one)\b|"
    r"(?:list|name|show|tell|give|spell|read)(?: me| us)?(?: out)? (?:them|those|these|it)\b"
    r"|(?:all|each) (?:of (?:them|those|it))\b)[^.?!]*[.?!]*$"
)
"""Behind a question: that all are meant."""
_SHORTHAND = (
    (re.compile(r"(?i)\bi(ve|m)\b"), r"I'\1"),
    (re.compile(r"(?i)\b(what|who|where)s\b"), r"\1's"),
    (re.compile(r"(?i)\b(do|did|ca)nt\b"), r"\1n't"),
    (re.compile(r"(?i)\bu\b"), "you"),
    (re.compile(r"(?<=\w )n(?= \w)"), "and"),
)
"""What is typed in a hurry, and what it stands for."""
_AHEAD = Pattern(r"(?i)\b(will|going to|next|coming|upcoming|tomorrow|planned|plan|have on|what's on)\b")
_MY_TIME = re.compile(r"(?i)\bmy (week|month|year|weekend|day)\b")
_MY_LAST = re.compile(r"(?i)\bmy (?=(?:last|past|next) (?:week|month|year|weekend))")
_BARE_MONTH = re.compile(
    r"(?i)(?<!\bin )(?<!\bof )(?<!\d )(?<!last )(?<!next )(?<!this )"
    rf"\b(?:{'|'.join(month for month in MONTHS if month not in ('may', 'march'))})\b(?! \d)"
)
"""A month by itself: "recap november"."""
_COMING_UP = re.compile(r"(?i)\b(?:coming up|in (?:the|my) diary|on (?:the|my) calendar)\W*$")
SOON = timedelta(days=31)
"""What is coming up lies within it, where no time is named."""
_NOW = Pattern(r"(?i)(now|at the moment|currently|these days)$")
_PAPER = any_of("""
    log, notes?, minutes, list, diary, journal, file, document, doc, table, sheet, spreadsheet, letter, email, report,
    recipe, plan, agenda, schedule, calendar, itinerary, inventory, newsletter, manual, contract, budget, notebook,
    memo, transcript, article, page, book of, records?
""")
_DOCUMENT = Pattern(r"(?i)\b<PAPER>\b", {"PAPER": _PAPER})
_IN_DOCUMENT = Pattern(
    r"(?i)\b(in|on|from|of|according to) (?P<x>(my|the|our) [^,?]*?\b<PAPER>\b[^,?]*)", {"PAPER": _PAPER}
)
_STATES = Pattern(r"(?i)\b(is|was|are|were|will be|has been|have been|makes?|feels?|looks?|helps?|went|goes)\b")
_ASKING = Pattern(
    r"(?i)<LEAD>((what|which|whom?|where|how|list|name|any|anything|something|are there|is there|do|all)\b"
    r"|<SUM>|<SUMMARY>)",
    PHRASES,
)
_ANY_TIME = datetime(2020, 6, 17, 12, tzinfo=UTC)
_TO_DO = Pattern(r"(?i)\W*to (?P<verb>[a-z]+)\b")
_USED_FOR = {"eat": "food", "drink": "drinks"}
_TO_USE = Pattern(r"(?i)\W*to (?P<use>(eat|drink)( (and|or) (eat|drink))?)\b")
_OF_SOMEBODY = Pattern(r"(?i)\W*(from|with|by)\b (?!(to)?(day|morrow)\b|(this|next|last|now|the end)\b|<MY> )", PHRASES)
_ONE_DEADLINE = re.compile(r"(?i)\bdeadline\b")
_WISHES = frozenset("want wanted plan planned need needed hope hoped intend intended".split())


def asks_for_many(text: str) -> bool:
    """Whether a message asks for many, whenever it is read."""
    return list_question(text, _ANY_TIME) is not None


def list_question(text: str, now: datetime) -> ListQuestion | None:
    """What a question for many asks for; None for any other message. `now`: aware, in the person's time zone."""
    plain = _LIST_THEM.sub("?", _written_out(" ".join(text.replace("’", "'").split())))
    for form in FORMS:
        match = form.pattern.match(plain)
        asked = _read(form, match, text, plain, now) if match else None
        if asked is not None:
            return asked
    return None


def _written_out(text: str) -> str:
    for typed, written in _SHORTHAND:
        text = typed.sub(written, text)
    return text


def _read(form: Form, match: re.Match[str], text: str, plain: str, now: datetime) -> ListQuestion | None:
    groups = {name: (value or "").strip(" ,.?!") for name, value in match.groupdict().items()}
    if _states(plain, groups):
        return None
    ahead = form.planned or form.shape == "todos" or bool(_AHEAD.search(plain))
    window = _window(plain, now, ahead=ahead)
    if window is None and form.planned and _COMING_UP.search(plain):
        window = Window(now, now + SOON, "coming up")
    if form.needs_time and window is None and not groups.get("to"):
        return None
    if not _ASKING.match(plain) and "?" not in plain and open_words(groups.get("rest", ""), window):
        return None  # "Deadline moved to Friday."
    about = _without_time(groups.get("x", ""), window).partition(", ")[0]
    asked = ListQuestion(
        text=text,
        shape=form.shape,
        about=_ROUNDED_OFF.sub("", about).strip(" ,.?!"),
        kind=groups.get("kind", "").lower(),
        verbs=(*groups.get("verb", "").lower().split()[:1], *_more_verbs(groups)),
        window=window,
        told_to=groups.get("to", ""),
        told_by=groups.get("by", ""),
        planned=ahead,
        said=form.said,
    )
    check = _CHECKS.get(form.shape)
    return check(asked, plain, groups) if check else asked


def _more_verbs(groups: Mapping[str, str]) -> tuple[str, ...]:
    """Verbs that stand beside the first: "bought or ordered"."""
    more = re.match(r"(?:or|and) ([a-z]+)\b", groups.get("rest", "").lower()) if groups.get("verb") else None
    return (more[1],) if more else ()


def _states(plain: str, groups: Mapping[str, str]) -> bool:
    """Whether what looks like a question goes on as a statement: "What happened last week was fun."."""
    after = f"{groups.get('x', '')} {groups.get('rest', '')}"
    return "?" not in plain and (":" in after or bool(_STATES.search(after)))


def _about(asked: ListQuestion, plain: str, groups: Mapping[str, str]) -> ListQuestion | None:
    """Of whom or what all is asked for."""
    if not asked.about or len(asked.about.split()) > LONGEST_TOPIC:
        return None
    return replace(asked, about=ME) if _MYSELF.match(asked.about) else asked


def _tastes(asked: ListQuestion, plain: str, groups: Mapping[str, str]) -> ListQuestion | None:
    rest = groups.get("rest", "")
    use = _TO_USE.match(f"to {groups['use']}" if groups.get("use") else rest)
    if use:
        kinds = (_USED_FOR[word] for word in re.split(r" (?:and|or) ", use["use"].lower()))
        asked, rest = replace(asked, kind=" and ".join(kinds)), rest if groups.get("use") else rest[use.end() :]
    if asked.window is not None or open_words(rest, asked.window):
        return None  # "what do I like to cook", "what do I like about Tom"
    if asked.kind.endswith(("i", "we")) or (asked.kind in STOP_WORDS and asked.kind != "all"):
        return None
    kind = "" if asked.kind in ("things", "thing", "all", "stuff", "everything", "else", "what") else asked.kind
    negative = bool(_NEGATIVE.search(plain)) and "favo" not in "".join(asked.verbs)
    return replace(asked, kind=kind, negative=negative)


def _period(asked: ListQuestion, plain: str, groups: Mapping[str, str]) -> ListQuestion | None:
    """A time; what else the question names narrows it. A summary of something is no summary of a time."""
    rest = _MY_TIME.sub("", _MY_LAST.sub("", groups.get("rest", "")))
    topic = open_words(rest, asked.window)
    if topic and ("sum" in plain.lower()[:25] or _DOCUMENT.search(rest) or len(topic) > LONGEST_TOPIC):
        return None
    if asked.planned and asked.window is not None and asked.window.vague:
        return None
    return replace(asked, about=" ".join(topic))


def _kind(asked: ListQuestion, plain: str, groups: Mapping[str, str]) -> ListQuestion | None:
    """Only nouns in the plural, or of which one has some, ask for many."""
    inside = _IN_DOCUMENT.search(groups.get("rest", ""))
    if inside:
        about = _without_time(inside["x"], asked.window)
        return replace(asked, shape="document", about=_ROUNDED_OFF.sub("", about))
    wished = _TO_DO.match(groups.get("rest", "")) if set(asked.verbs) & _WISHES else None
    if wished:
        asked = replace(asked, verbs=(wished["verb"].lower(),), planned=True)
    if set(asked.verbs) & {"to", "in", "at", "up", "on", "round", "through"}:
        asked = replace(asked, verbs=("been",))  # "which places have I been to", "the hills I have been up"
    if not asked.kind:
        return asked
    noun = asked.kind.split()[-1]
    plural = noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and not _SINGULAR.match(noun)
    if noun in STOP_WORDS or _NO_KIND.match(noun) or not (plural or _MASS.match(noun)):
        return None
    if "?" not in plain and not re.match(r"(?i)\W*(\w+ ){0,3}(which|what|list|name)\b", plain):
        return asked if not open_words(groups.get("rest", ""), asked.window) else None
    return asked


def _todos(asked: ListQuestion, plain: str, groups: Mapping[str, str]) -> ListQuestion | None:
    rest = groups.get("rest", "")
    if _OF_SOMEBODY.match(rest) or (_ONE_DEADLINE.search(plain) and open_words(rest, asked.window)):
        return None  # "what is outstanding from Ann" asks for a debt, "deadline of the essay" for a day
    inside = re.search(r"(?i)\b(?:in|from|of|at) (?P<x>(?:my|the|our) .+)", rest)
    about = _without_time(inside["x"], asked.window) if inside else ""
    if about and open_words(about, asked.window):
        return replace(asked, shape="document", about=_ROUNDED_OFF.sub("", about), kind="action items to do")
    return asked


def _owed(asked: ListQuestion, plain: str, groups: Mapping[str, str]) -> ListQuestion | None:
    """`negative`: what the person owes themselves."""
    return replace(asked, negative="owe" in asked.verbs)


_COMPARES = re.compile(r"(?i)\b(?:compared (?:to|with)|in comparison|than|known as|responsible for)\b")
"""Asks what somebody says of a thing, not what there is: "what are committees compared to those of others?"."""


def _document(asked: ListQuestion, plain: str, groups: Mapping[str, str]) -> ListQuestion | None:
    topic = [word for word in re.findall(r"\w+", asked.about.lower()) if word not in STOP_WORDS]
    if not topic or len(asked.about.split()) > LONGEST_TOPIC or _COMPARES.search(asked.about):
        return None
    speaks = "rest" in groups
    return None if speaks and not _DOCUMENT.search(asked.about) else asked


_CHECKS: Mapping[str, Callable[[ListQuestion, str, Mapping[str, str]], ListQuestion | None]] = {
    "about": _about,
    "todos": _todos,
    "owed": _owed,
    "tastes": _tastes,
    "period": _period,
    "kind": _kind,
    "document": _document,
}


def _window(plain: str, now: datetime, *, ahead: bool) -> Window | None:
    """The time that a question names; of several that which they span."""
    text = _MY_LAST.sub("", plain)
    text = _MY_TIME.sub(lambda match: "today" if match[1].lower() == "day" else f"this {match[1]}", text)
    text = re.sub(r"(?i)\bthis weekend\b", "on Saturday and Sunday", text) if ahead else text
    text = _BARE_MONTH.sub(lambda match: f"in {match[0].capitalize()}", text)
    found = [time for time in expressions(text, now) if not _NOW.match(text[time.start : time.end])]
    if ahead and not any(time.ends > now for time in found):
        # "In November" is this November while it lasts, and then the next.
        found = [time for time in expressions(text, now, lean="future") if not _NOW.match(text[time.start : time.end])]
    if not found:
        return None
    definite = [time for time in found if time.kind != "vague"] or found
    begins, ends = min(time.begins for time in definite), max(time.ends for time in definite)
    words = " and ".join(text[time.start : time.end] for time in definite)
    vague = definite[0].kind == "vague"
    return Window(begins, ends + timedelta(days=1) if vague else ends, words, vague=vague)


def _without_time(topic: str, window: Window | None) -> str:
    for words in window.words.split(" and ") if window else ():
        plain = re.escape(re.sub(r"(?i)^(?:in|on) ", "", words))
        topic = re.sub(rf"(?i)\b(?:(?:in|on|during|from|for|of)\s+)?{plain}\b", " ", topic)
    return " ".join(topic.split())


def open_words(rest: str, window: Window | None) -> list[str]:
    """Words of a rest that neither name a time nor only round the question off."""
    plain = _ROUNDED_OFF.sub("", _without_time(rest, window))
    return [word for word in re.findall(r"[^\W_]+", plain.lower()) if word not in STOP_WORDS or word in ("to", "about")]
