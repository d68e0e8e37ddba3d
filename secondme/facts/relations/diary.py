"""What someone has in the diary: appointments, deadlines, journeys, and what comes again every week."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import ENDED_KIND, Phrasing, Predicate, Relation
from secondme.facts.statement import Candidate
from secondme.text.timex.expressions import TimeExpression, expressions
from secondme.text.timex.names import ANY_MONTH, ANY_SHORT_WEEKDAY, ANY_WEEKDAY
from storage.facts import StatementRow

_EVENTS = any_of("""
    appointment, appt, check-?up, dentist, orthodontist, optician, hygienist, physio, smear, scan, MRI, CT, x-?ray,
    ultrasound, blood test, hearing test, eye test, test, exam, resit, driving test, theory, interview, meeting,
    viewing,
    inspection, operation, op, surgery, procedure, biopsy, transplant, fitting, jab, vaccination, booster, injection,
    follow-?up, review, appraisal, hearing, court date, tribunal, wedding, hen do, stag do, party, leaving do, do,
    christening, baptism, funeral, graduation, reunion, concert, gig, recital, audition, auditions, rehearsal,
    performance, premiere, race, marathon, half marathon, 10k, match, tournament, final, grading, competition, show,
    fair, festival, fete, open day, open garden, open evening, parents' evening, picnic, barbecue, conference,
    workshop, trial, bride trial, defence, viva, presentation, deadline, closing date, due date, hand-?in,
    flight, ferry, train, coach, trip, tour, holiday, delivery, move-?in, moving day, completion,
    MOT, service, anniversary, board, exam board, handover, launch, opening, retreat, camp, sale, election, vote, AGM,
    [2-9]0th, birthday, baby shower, shower, playoffs, practical, proposal, slot, screening, clinic, assessment,
    bonfire, observation, mocks, last day, first day,
    start date, reading, lecture, dinner, lunch, visit, booking, pick-?up, resubmission
""")
_ROUTINES = any_of("""
    badminton, choir, rehearsals?, practi[cs]e, band, football, five-a-side, rugby, netball, hockey, cricket, tennis,
    squash, padel, basketball, volleyball, swimming, gymnastics, judo, karate, taekwondo, boxing, climbing,
    bouldering, yoga, pilates, zumba, spin, ballet, dance, dancing, salsa, tango, kathak, drama, pottery, piano, guitar,
    violin, cello, drums, singing, lessons?, class(es)?, training, club, quiz, bingo, bridge, chess, darts, bowls,
    knitting, scouts, brownies, cubs, guides, physio, therapy, counselling, tutoring, tuition, bell-ringing, orchestra,
    book club, running, parkrun, walks?, shifts?, bins?, bin day, recycling, laundry, market, church, mass, library,
    slimming world, weight watchers, AA, AA meeting, NA, NA meeting, WI, bible study, 5[- ]a[- ]side, 7[- ]a[- ]side,
    parkrun, park run, couch to 5k, food bank, soup kitchen, aqua aerobics, water aerobics, aquafit, crossfit,
    pickleball,
    skating, fencing, archery, rowing, kickboxing, jiu jitsu, bjj, line dancing, ceilidh, life drawing, ceramics,
    sewing,
    toddler group, playgroup, coffee morning, whist, mahjong, mah-jongg, golf, fishing, sunday school, mosque,
    synagogue,
    group, session, sessions, office days?, surgery, riding, football training, meetings?
""")
_NUMBER = r"\d{1,2}(?i:st|nd|rd|th)?"
_NTH = r"\d{1,2}(?i:st|nd|rd|th)\b"
_MONTH = rf"(?i:{ANY_MONTH})"
_DAY = rf"(?i:{ANY_WEEKDAY}|{ANY_SHORT_WEEKDAY}|sun)"
_DATE = (
    rf"(({_DAY},? )?((the )?{_NUMBER}( (to|until|till|-) | ?[–-] ?)(the )?)?(the )?{_NUMBER}( of)? {_MONTH}\b"
    r"(,? (19|20)\d\d)?"
    rf"|({_DAY},? )?{_MONTH} (the )?{_NUMBER}\b(?![:.]\d)"
    rf"|({_DAY},? )?(the )?{_NTH}( (to|until|till) (the )?{_NTH})?|(next |this )?{_DAY}\b|tomorrow\b|next (week|month)"
    rf"|in {_MONTH}\b)"
)
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2}"
_CLOCK = (
    r"((at |from )?(\d{1,2}[:.]\d\d( ?(am|pm|a\.m\.|p\.m\.))?|\d{1,2} ?(am|pm)\b|noon|midday"
    rf"|(half|quarter) (past |to )?({_HOURS}))|at \d{{1,2}}\b|from \d{{1,2}}\b|between \d{{1,2}} and \d{{1,2}}\b)"
)
_TIMES = rf"{_CLOCK}( ?(to|till|until|-|–) ?{_CLOCK})?"
_WHEN = rf"({_DATE}(,? {_TIMES})?|{_CLOCK} (on )?{_DATE})"
_DAYS = (
    rf"((every|each) (second |other |third |fourth |seventh |first |last )?{_DAY}\b|alternate (weekends"
    rf"|{_DAY}s)\b|{_DAY}s\b|(the )?(first|second|third|fourth|last|1st|2nd|3rd|4th) {_DAY} (of|in) (the"
    rf"|each|every) month"
    rf"|{_DAY}(?= (mornings|afternoons|evenings|nights)\b))"
)
_WEEKLY = rf"{_DAYS}( (and|&) {_DAY}s?)?( (mornings?|afternoons?|evenings?|nights?))?"
_OF_WEEK = rf"{_WEEKLY}(,? ({_TIMES}|\d{{1,2}}( to \d{{1,2}})?\b))?"
_NO_OWNERS = any_of("""
    i, it, he, she, they, we, you, that, this, there, what, is, was, are, am, be, been, has, have, had, does, do, did,
    will, would, can, cant, cannot, wont, dont, doesnt, could, should,
    might, sent, moved, went, goes, go, got, gets, gave, said, says, came, comes, took,
    takes, missed, passed, failed, and, but, so, no, not, in, on, at, to, if, when, after, before, until, till, 's,
    wants,
    like, likes, love, loves, made, saw, did, put, need, needs, mine, yours, hers, teaches, plays, plus, mine
""")
_OWNED = rf"((?!(?i:{_NO_OWNERS})\b)[\w'’.-]+ ){{0,3}}?"
_BEGINS = r"(^\W*((ok|so|and|also|oh|btw|right) )*|[,;:.!–—-] (and |but |so )?|\b(and|but|so|because|cos) )"
_MOVED = (
    r"(( is| has|'s| has been|'s been| got| gets| was| have| have been| are)?( now)?"
    r" (been )?(moved|gone|shifted|shift|switched|postponed|deferred|pushed( back)?|put back|rescheduled"
    r"|changed|rebooked"
    r"|brought forward|delayed|put off|came forward)"
    r"( from [\w ]{2,20})? (to|till|until|for)|('s| is| are)? now( on)?)"
)
_CALLED_OFF = (
    r"(( is| was| has been| got|'s| 's been|'s been)? (cancelled|canceled|called off|off)|( has)? "
    r"(fell|fallen) through)"
)
_AT_A_PLACE = r"( (at|in|with|w) (?!\d)((Dr|Mr|Mrs|Ms|St)\. )?((?!(is|are|was|has)\b)[^,.;:!?\n]){2,40}?)?"
_SAME = {
    "operation": "op", "surgery": "op", "appointment": "appt", "practise": "practice", "rehearse": "rehearsal",
    "rehearsals": "rehearsal", "classes": "class", "lessons": "lesson", "sessions": "session", "meet": "meeting",
}  # fmt: skip
_WORD = re.compile(r"[^\W_][\w'’-]*")
_EVENT = re.compile(f"(?i)\\b{_EVENTS.replace('(', '(?:')}\\b")
_ROUTINE = re.compile(f"(?i)\\b{_ROUTINES.replace('(', '(?:')}\\b")
_BEHIND = re.compile(r" (?:for|of|with|at|on|in) ")
_SURE_OF_A_DAY = ("day", "part", "hour", "span", "week", "weekend")


def _by_head(identity: str, heads: re.Pattern[str]) -> str:
    """Whose event of which kind: "ba's op" of "ba's knee op: 17 oct"."""
    kind = identity.partition(":")[0]
    front = _BEHIND.split(kind, maxsplit=1)[0]
    found = [match.group() for match in heads.finditer(front)] or _WORD.findall(front)[-1:]
    owner = re.search(r"[\w-]+['’]s\b", front)
    head = _SAME.get(found[-1], found[-1]) if found else kind
    return f"{owner.group().replace('’', chr(39))} {head}" if owner else head


def by_event(identity: str) -> str:
    """As `_by_head`, of events."""
    return _by_head(identity, _EVENT)


def by_routine(identity: str) -> str:
    """As `_by_head`, of what comes again."""
    return _by_head(identity, _ROUTINE)


def _time_of(row: StatementRow) -> TimeExpression | None:
    """The last day that an object names, seen from when it was said."""
    if not row.said_at:
        return None
    said = datetime.fromisoformat(row.said_at)
    found = [
        time
        for time in expressions(row.object_name.partition(": ")[2], said, lean="future")
        if time.grain in _SURE_OF_A_DAY
    ]
    return found[-1] if found else None


def with_its_day(thing: str, first: StatementRow, day: str) -> str:
    """What is in the diary, with the date that "Tuesday" meant."""
    kind, _, when = thing.partition(": ")
    time = _time_of(first)
    named = re.search(_MONTH, when) is not None
    date = f" ({time.begins.day} {time.begins:%B %Y})" if time is not None and not named else ""
    return f"{kind}, {when}{date}"


def its_last_day(row: StatementRow) -> str:
    """The day after what is in the diary; empty where no day is certain."""
    time = _time_of(row)
    if time is None:
        return ""
    last = time.ends - timedelta(minutes=1)
    return (last + timedelta(days=1)).date().isoformat()


def _is_no_entry(candidate: Candidate) -> bool:
    """Whether it is over already, or the kind of what is in the diary is no whole phrase."""
    kind = candidate.statement.object.partition(":")[0]
    if (
        _STAGED.search(candidate.message)
        or _OVER.search(f"{candidate.quote}{candidate.after[:40]}")
        or _HANGS.search(kind)
    ):
        return True
    if _CANCELLED.search(candidate.after[:40]):
        return True
    return bool(_UNSURE.search(f"{candidate.before[-40:]}{candidate.quote}"))


_CANCELLED = re.compile(r"(?i)\b(?:cancell?ed|called off|stops?|stopped|no longer)\b")
_STAGED = re.compile(r"(?i)\bin (?:the|a|my|our) (?:play|film|novel|book|story|show|series|game|sketch)\b")
_OVER = re.compile(r"(?i)\b(?:was|were|went|had|took place|yesterday|last)\b")
_UNSURE = re.compile(
    r"(?i)\b(?:maybe|might|perhaps|thinking|would|could|if|not|never|should|cannot|cant|wont|dont)\b|n['’]t\b"
)
_HANGS = re.compile(
    r"(?i)^(?:to|for|of|with|at|on|in|and|or|but|is|it|that|who|which|be|been|now)\b|\b(?:is|are|was|has)$"
)

APPOINTMENT = Relation(
    name="appointment",
    reads="has in the diary:",
    reads_you="have in the diary:",
    timeless=True,
    slot=by_event,
    named_kind=True,
    shown=with_its_day,
    lasts=its_last_day,
    overlap=True,
    dated=True,
    rank=30,
    trigger_pattern=rf"\d|\b(?:{ANY_WEEKDAY}|tomorrow|cancel\w*|called off|fell through|fallen through|{ANY_MONTH})\b",
    phrases={
        "EVENT": f"(?i:{_EVENTS})",
        "WHEN": _WHEN,
        "WHOSE_EVENT": _OWNED,
        "AT_A_PLACE": _AT_A_PLACE,
        "OF_WHAT": r"( (for|of|with) (?!\d|the \d)[\w'’ -]{2,30}?)?",
        "BEGINS": _BEGINS,
        "THE": r"((?i:the|my|our) )?(new |next |other )?",
    },
    phrasings=(
        # "interview for renal is tuesday 2pm", "ba's knee op's at Tan Tock Seng on 17 Oct"
        Phrasing(
            r"<BEGINS><THE>(?P<kind><WHOSE_EVENT><EVENT><OF_WHAT>)( is|'s| are|'re| will be)( now| still)?"
            r"( booked| set| fixed"
            r"| scheduled| arranged| due)?<AT_A_PLACE>,?( on| for| at)? <o:WHEN>"
        ),
        Phrasing(
            r"<BEGINS><THE>(?P<kind><WHOSE_EVENT><EVENT><OF_WHAT>)<AT_A_PLACE>,? (on )?<o:WHEN>(?=\W*$|[,;]|"
            r" [A-Z]| (oral|written|in|at|from|for|till|because|and|but|so|with)\b)"
        ),
        # "Baba's cataract is fixed for the 18th"
        Phrasing(
            r"<BEGINS><THE>(?P<kind><WHOSE_EVENT>[\w'’-]+<OF_WHAT>)( is|'s| are)( now)? (booked|fixed"
            r"|scheduled|arranged"
            r"|set|due|postponed|deferred|rescheduled)<AT_A_PLACE>,?( in)?( on| for| to| till| until| by)? <o:WHEN>"
        ),
        # "ba's operation postponed to 31 Oct", "she's moved the trial, Sunday at 11"
        Phrasing(rf"<BEGINS><THE>(?P<kind><WHOSE_EVENT><EVENT>){_MOVED} <o:WHEN>"),
        Phrasing(
            r"\b(moved|shifted|rebooked|rescheduled|postponed|changed) (?P<kind>(the|my|our)? ?<EVENT>)"
            r"(,| to| for| till| until)+ <o:WHEN>"
        ),
        # "booked Crete with the boys, 11th to 18th october"
        Phrasing(
            r"(^\W*|\b([Ii]|[Ww]e)('ve)? (have )?(just )?|[,;] )([Bb]ooked|[Gg]ot tickets (for|to)|[Pp]aid for)"
            r" (?P<kind>[^.;:!?\n\d]{3,50}?),? (out )?((from|for|on) )?<o:WHEN>"
        ),
        Phrasing(r"\b[Rr]ebooked (?P<kind><NAME>) for <o:WHEN>"),
        Phrasing(r"<BEGINS>(?P<kind>[\w'’-]+ (trip|holiday|break|tour)) is [^.;!?\n]{0,40}?,? <o:WHEN>"),
        Phrasing(r"<BEGINS>(?P<kind>([a-z]+ )?[A-Za-z]{4,}) booked,? (for )?<o:WHEN>"),
        # "I have a scan on the 9th"
        Phrasing(
            r"(^\W*|\b([Ii]|[Ww]e))( ?'ve got|'ve| have| have got| ?[Gg]ot)( (a|an|my|our|the|another))?"
            r" (?P<kind>([\w-]+ ){0,3}?<EVENT>)<AT_A_PLACE>,? (on |at )?<o:WHEN>"
        ),
        # "Exam marking …, due the 23rd at noon", "The patent job is due on 9 October"
        Phrasing(r"<BEGINS><THE>(?P<kind><WHOSE_EVENT>[\w'’-]+<OF_WHAT>)( is|'s| are)?( now)? due (on |by )?<o:WHEN>"),
        # "The piano tuner is coming at eleven on the 15th."
        Phrasing(
            r"<BEGINS>((?i:the|my|our)|a man|someone) (?P<kind>[a-z]+( [a-z]+)?(er|or|an|ist|man|ner|vet|sweep))"
            r"( is|'s) (coming|calling|due|visiting)( round| over)?( (at|around|about) [a-z]+( [a-z]+)?)?( on| for)?"
            r" <o:WHEN>"
        ),
        # "my passport expires in January"
        Phrasing(
            r"<BEGINS><THE>(?P<kind><WHOSE_EVENT>[\w'’-]+ (expires|runs out|lapses|ends|falls due))( in| on)?"
            rf" (?P<o><WHEN>|{_MONTH})\b"
        ),
        Phrasing(rf"<BEGINS><THE>(?P<kind><WHOSE_EVENT><EVENT>){_CALLED_OFF}\b(?! to)", object=ENDED_KIND, ends=True),
    ),
    vague=_is_no_entry,
    cues="when appointment booked date deadline",
    introduces=False,
)
"""A day on which something is: "dentist: Friday 8.20". It holds until then."""
ROUTINE = Relation(
    name="routine",
    reads="has every week:",
    reads_you="have every week:",
    timeless=True,
    slot=by_routine,
    named_kind=True,
    overlap=True,
    dated=True,
    rank=31,
    trigger_pattern=rf"\b(?:{ANY_WEEKDAY}|{ANY_SHORT_WEEKDAY})s?\b|alternate",
    phrases={
        "ROUTINE": f"(?i:{_ROUTINES})",
        "WEEKLY": _OF_WEEK,
        "ONE_DAY": rf"{_DAY}( (and|&) {_DAY})?( {_TIMES}| \d{{1,2}} to \d{{1,2}})?",
        "WHOSE_EVENT": _OWNED,
        "AT_A_PLACE": _AT_A_PLACE,
        "BEGINS": _BEGINS,
        "THE": r"((?i:the|my|our) )?(new )?",
    },
    predicates=(
        Predicate(
            me=r"(have|ve got|do|go to|teach|play) (?P<kind>([\w-]+ ){0,2}?<ROUTINE>)<AT_A_PLACE>,? (on )?<o:WEEKLY>",
            they=r"(has|does|goes to|plays) (?P<kind>([\w-]+ ){0,2}?<ROUTINE>)<AT_A_PLACE>,? (on )?<o:WEEKLY>",
        ),
    ),
    phrasings=(
        Phrasing(
            r"<BEGINS><THE>(?P<kind><WHOSE_EVENT><ROUTINE><AT_A_PLACE>)( is| are|'s)?( now| only)?,?( on)?( a)?"
            r" <o:WEEKLY>"
        ),
        Phrasing(
            rf"<BEGINS><THE>(?P<kind>([a-z'’-]+ ){{0,2}}?(?!(out|off|away|free|home|busy|not|only|again"
            rf"|here|back|gone)\b)"
            rf"[a-z]{{3,}}) (?P<o>(every|each) (second |other )?{_DAY}\b"
            r"( (mornings?|afternoons?|evenings?|nights?))?)(?! (I|i|we|he|she|they)\b)"
        ),
        Phrasing(
            r"<BEGINS><THE>(?P<kind>([a-z'’-]+ )?([Cc]lub|[Cc]lass|[Ll]essons|[Oo]ffice hours))( is| are"
            r"|'s)?( now)?( on)? <o:ONE_DAY>"
            r"(?= (in|at|from|\d)|[,.;]|\W*$)"
        ),
        Phrasing(rf"<BEGINS>((?P<s><NAME>)'s |<THE>)(?P<kind>([\w-]+ ){{0,2}}?<ROUTINE>){_MOVED} <o:WEEKLY>"),
        # "tuesdays Copper Fox brewery, saturdays the hospital lot"
        Phrasing(
            rf"(^\W*|[,;:.] )(?P<o>(?i:({ANY_WEEKDAY})s))(:| at| is)? "
            r"(?P<kind>(the (?=[a-z]+ )|(?=[A-Z])|(?=[a-z]+ (class|club|market|practice)))"
            r"(?!I\b)[\w'’-]+( [\w'’-]+){0,3}?)(?=\s*[,;.]|\s*$)"
        ),
        Phrasing(
            r"(\b([Ww]e|[Ii]) |^\W*)(?P<kind>(?i:rehearse|practise|practice|train|meet|play|run|swim|sing"
            r"|climb|row|box|fence"
            r"|volunteer|babysit|clean|sail|dance|bowl|skate))<AT_A_PLACE>,? (on )?<o:WEEKLY>"
        ),
    ),
    vague=_is_no_entry,
    cues="every week weekly days",
    introduces=False,
)
"""What comes again every week: "badminton: Thursdays". """
COMES = Relation(
    name="comes",
    reads="comes",
    reads_you="come",
    reads_past="came",
    timeless=True,
    dated=True,
    rank=31,
    trigger_pattern=rf"\b(?:{ANY_WEEKDAY}|{ANY_SHORT_WEEKDAY})s?\b",
    phrases={"WEEKLY": _OF_WEEK},
    predicates=(
        Predicate(
            they=(
                r"(comes|visits|calls|cleans|helps|is here|does|come)"
                r"( (in|over|round|to [a-z]+( (?!on\b)[a-z]+){0,4}|at [a-z]+( (?!on\b)[a-z]+)?))?( now|"
                r" only)?( on)? "
                r"<o:WEEKLY>( (to|and) [a-z]+)?(?! (too|we)\b)"
            ),
            bare=None,
        ),
    ),
    vague=_is_no_entry,
    cues="comes when days",
    introduces=False,
)
"""On which days somebody comes."""
RELATIONS = (APPOINTMENT, ROUTINE, COMES)
