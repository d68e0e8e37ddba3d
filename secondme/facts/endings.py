"""What a message says is over of what was told before, known again by its name: "sold the corsa", "zara sacked me",
"Tom B moved out", "came off the warfarin".

The patterns of relations say the same of things that they know by their form. Here the thing is known because it was
told, so that it may be written in any way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from secondme.facts.identity import ME
from secondme.facts.intervals import Fact, facts
from secondme.facts.phrases import Pattern, any_of
from secondme.facts.starts import ENDED_FOR_CERTAIN
from secondme.facts.told_again import told_again
from secondme.text.entities import fold_name
from secondme.text.terms import STOP_WORDS
from storage.facts import StatementRow, Unread
from storage.store import Store

_IN = (
    r"(?:el|la|le|l['’]|il|o|a|den|die|das|ma|mon|mi|de|het|mijn|onze|notre|nuestro|meinen|the|my|our|that"
    r"|this|old|poor|working|job|at|from|with|of|in|for|going|to|being|an?|on|up|using|taking|ing) "
)
_MINE = Pattern(
    r"(?i)^\W*((and|so|but|then|oh|ok|well|yeah|btw|update|news|also|just|finally|today|yesterday|last \w+"
    r"|this \w+|right"
    r"|i|we|im|i'm|ive|i've|we've|weve|i have|we have|had to|have had to|have|me|now|in the end|properly"
    r"|officially|been"
    r"|got|since|anyway|big news|sad news|good news|sadly|guess what|ended up|decided to|the doc(tor)?|doc"
    r"|gp|consultant"
    r"|they|(the |my )?(\w+ologist|nurse|specialist|consultant|surgeon|midwife|pharmacist|psychiatrist"
    r"|hospital|clinic|gp)|dr \w+|has|he's|she's|doctor's|doc's)\b['\W]*)*$"
)
"""What may stand before a verb that says of me that something is over."""
_ITS = Pattern(
    r"(?i)^\W*((and|so|but|then|oh|ok|well|yeah|btw|update|news|also|just|finally|today|yesterday|me and|i"
    r" and|sad news|den"
    r"|the|my|our|old|poor|little|sadly|our poor|now|anyway|since|last \w+|because|cos|as|that|this)\b\W*)*$"
)
"""What may stand before a thing of which it is said."""
_CLAUSE = re.compile(
    r"[,;.!?–—()\n]+|\s-\s|\b(?:but|so|because|cos)\b|\band (?=(?:i|im|ive|i['’]\w+|we|now|got|started|moved"
    r"|bought)\b)"
)
_DOUBT = re.compile(
    r"(?i)\b(?:not|never|\w+n['’]?t|might|may|could|would|should|if|unless|going to|gonna|wants?|thinking|considering"
    r"|wish|hope|hoping|almost|nearly|will|['’]ll|about to|plan\w*|tempted|maybe|perhaps|until|till|when"
    r"|wonder|nope|no)\b|\?"
)
_ANY_END = re.compile(
    r"(?i)\b(?:sold|flogged|scrap\w*|rid|gave|given|trad\w+|swap\w*|exchang\w*|writ\w+|wrote|total+ed|crashed|binned"
    r"|returned|part|stolen|nicked|robbed|gone|dead|died|packed|conked|stop\w*|came|come|off|quit|took|taken|dropp\w*|finish\w*"
    r"|chang\w*|switch\w*|left|leav\w+|jacked|notice|resigned|sacked|fired|laid|redundant|done|clos\w+|shut|bust|put|rehomed"
    r"|passed|moved|out|replac\w+|broke\w*|split|dumped|divorced|over|retired|maternity|instead|more|longer|anymore|lost"
    r"|cancel\w*|gave|sack|taken|killed|eaten|run|hit|abgesetzt|gestorben|mort|morte|murió|muerto|morto|morta|morreu|drive|vendid\w+|vendí|dej\w+|verkauft|gekündigt|vendu\w*|quitté)\b"
)


@dataclass(frozen=True)
class _End:
    """How it is said that something of some relations is over: of me with a verb before it, or of itself.

    `mine`: verbs that stand before the thing. `its`: what stands behind it.
    """

    relations: tuple[str, ...]
    mine: str = ""
    its: str = ""
    whole: bool = False
    """What it is known by is the whole name, not one word of it."""

    @cached_property
    def by_me(self) -> Pattern | None:
        """`mine` as a pattern that ends before the thing."""
        return Pattern(rf"(?i)\b{any_of(self.mine)} (\w+ing )?({_IN})*([\w'-]+ ){{0,2}}?$") if self.mine else None

    @cached_property
    def by_itself(self) -> Pattern | None:
        """`its` as a pattern that begins behind the thing."""
        return (
            Pattern(
                rf"(?i)^('?s)?( has| have| is| was| got| had| 's| have been| been| finally| just| now| sadly| \w+ly"
                rf"| and (i|me))* {any_of(self.its)}\b"
            )
            if self.its
            else None
        )


_ENDS = (
    _End(
        ("owns", "drives"),
        "sold, flogged, scrapped, got rid of, gave away, given away, traded in, traded, swapped, exchanged, wrote off,"
        " vendí, vendimos, he vendido, hemos vendido, j'ai vendu, on a vendu, ho venduto, abbiamo venduto,"
        " vendi, vendemos,"
        " do not drive, don't drive, no longer drive, not driving, dont drive, don't have, no longer have,"
        " written off, totalled, part exchanged, part-exchanged, part exed, binned, said goodbye to, shot of",
        "haben wir verkauft, habe ich verkauft, hab ich verkauft, ist verkauft, verkauft, hebben we verkocht, verkocht,"
        " sold, gone, gone to scrap, stolen, nicked, robbed, scrapped, written off, a write off, a write-off,"
        " dead, died,"
        " packed up, conked out, given up the ghost, gave up the ghost, gave out, failed its mot, away for scrap,"
        " traded in, off the road for good",
    ),
    _End(
        ("takes",),
        "stopped, stopped taking, came off, come off, coming off, quit, took me off, taken me off, taken off, dropped,"
        " finished, no longer on, no longer take, off, swapped, switched, switched me from, switched from, changed,"
        " replaced, done with, swapped me from, stopped my, stop",
        "wurde abgesetzt, abgesetzt, ist abgesetzt, stopped, finished, been stopped, is over, changed to,"
        " switched to, swapped for, replaced, has gone, done with",
    ),
    _End(
        ("works_at", "works_as", "does"),
        "quit, left, packed in, jacked in, chucked in, resigned from, finished at, done with, done at,"
        " notice in at, handed in my notice at, sacked from, fired from, laid off from, let go from, redundant from,"
        " retired from, sacked off, walked out of, poached from",
        "sacked me, fired me, let me go, laid me off, laid us off, made me redundant, closed down, closed, shut down,"
        " shut, went bust, gone bust, gone under, went under, job gone, job has gone",
    ),
    _End(
        ("pet",),
        "lost, said goodbye to, put down, rehomed, buried, had to put down, gave away",
        "est mort, est morte, ist gestorben, gestorben, murió, ha muerto, se murió, è morto, è morta, morreu,"
        " got taken,"
        " killed, eaten, run over, hit by a car, died, dead, passed, passed away, put down, put to sleep,"
        " rehomed, gone, dies",
    ),
    _End(
        ("flatmate",),
        "got rid of, kicked out, said goodbye to",
        "moved out, out, moved away, moved on, left, gone, moved back, packed up and left, replaced by",
    ),
    _End(
        ("boss", "helper", "colleague"),
        "lost, said goodbye to",
        "got the sack, got sacked, got fired, hat gekündigt, left, gone, retired, quit, resigned, sacked, went"
        " on maternity, on maternity, moved on, been replaced,"
        " replaced"
        " by, been transferred, died, passed away",
    ),
    _End(
        ("spouse",),
        "broke up with, broken up with, split up with, split with, split from, dumped, divorced, left, finished with,"
        " separated from, over with, done with",
        "broke up, broken up, split, split up, dumped me, left me, separated, divorced, are over, are done, called it a"
        " day, are no more, no longer together, ended things, ended it, finished with me",
    ),
    _End(
        ("member_of", "routine", "plays", "office", "learns", "keeps"),
        "quit, left, packed in, jacked in, gave up, given up, chucked in, dropped, stopped, stopped going to,"
        " cancelled,"
        " no longer do, no longer go to, no more, knocked on the head, resigned from, finished, done with",
        "cancelled, over, off, finished, no more, folded, disbanded, stopped, packed up",
    ),
    _End(
        ("studies",),
        "dropped, quit, left, switched from, changed from, packed in, jacked in, finished, dropped out of, gave up",
    ),
    _End(
        ("does", "likes"),
        "gave up, given up, packed in, jacked in, quit, went off, gone off, over",
    ),
)
_RELATIONS = (*dict.fromkeys(name for end in _ENDS for name in end.relations), "diet")
_PEOPLE = frozenset(("pet", "flatmate", "boss", "helper", "colleague", "spouse"))
_PLAIN = frozenset(
    """
    old new red blue white black green silver grey gray yellow pink little big small used second hand car van bike house
    flat boat motorbike dog cat club team group band every second other monday tuesday wednesday thursday friday
    saturday
    sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays morning evening night mornings evenings
    nights
    at on in and with from good great local home work job office shop school hospital street road time part full player
    university company centre center system first last day week weeks month
    """.split()
)
"""Words by which nothing is known again."""
_FOLLOWED = frozenset(("flatmate", "boss", "helper", "colleague"))
_SUCCESSOR = re.compile(
    r"\b(?i:replaced by|(?:the |a |got a |have a )?new (?:fella|girl|lass|lad|one|person|woman|man|bloke|flatmate"
    r"|housemate)(?:['’]?s| is)?|taken"
    r" over by)(?: (?i:an?|some) (?i:guy|girl|lass|lad|woman|man|bloke|lady|student))?(?: (?i:called|named),?|,|:)? "
    r"(?P<o>(?!(?:The|He|She|They|A|An|I)\b)[A-ZÀ-Þ][\w'’-]*\w)"
)
_JOBLESS = re.compile(
    r"(?i)(?:^\W*|[,;.!?] |\b(?:and|but|so) )(?:so |well |ok |today |yesterday )*(?:i |i['’]ve |ive |i"
    r" have )?(?:just |finally )?(?:(?:got|was|been|have been)"
    r" (?:just )?(?:laid off|made redundant|sacked|let go)|lost my job|quit my job|packed in my job|jacked"
    r" my job in)\b(?! (?:by|from|at) )"
)
"""What ends a job without its name."""
_INSTEAD = re.compile(
    r"(?i)\b(?:put|got|has|have|had|switched|moved|changed) me (?:over )?(?:on|to|onto)\b[^.!?]*\binstead\b"
)
_CHANGED_FOR = re.compile(
    r"(?i)^\W*(?:we|i)(?: have|['’]ve)?(?: just| finally)? (?:changed|upgraded) (?:the|my|our) (?:\w+ )?$"
)
_NO_MORE = re.compile(
    r"(?i)\b(?:not|no longer|stopped being|aren['’]?t|ain['’]?t|isn['’]?t) (?:really |actually |strictly"
    r" )?(?P<o>vegan|vegetarian|veggie|pescatarian)\b"
    r"|\b(?P<p>vegan|vegetarian|veggie|pescatarian) (?:thing |diet )?(?:is over|didn['’]?t last|no more)\b"
    r"|\beating meat again\b"
)


def endings(store: Store, span: Unread, earlier: Sequence[StatementRow], extractor: str) -> list[StatementRow]:
    """Statements that end what held of me and is named in a message of mine that says it is over."""
    if span.role != "me" or not span.happened_at or not _ANY_END.search(span.text):
        return []
    told = [row for row in earlier if row.relation in _RELATIONS and row.subject == ME]
    known = [*store.facts.that_may_end([ME], (), whole=_RELATIONS, ends={}, against={}), *told]
    rows = [row for row in known if row.span_id != span.id and row.said_at <= span.happened_at]
    if not rows:
        return []
    day, clauses = span.happened_at[:10], list(_clauses(span.text))
    made = []
    for fact in facts(rows):
        if fact.stance != "said" or not fact.holds(day):
            continue
        place = _over(fact, span.text, clauses) or _job_over(fact, span.text)
        if place is None:
            continue
        last = fact.statements[-1]
        made.append(told_again(span, last, last.object_name, *place, extractor, ends=ENDED_FOR_CERTAIN))
        successor = _SUCCESSOR.search(span.text, place[0]) if fact.relation in _FOLLOWED else None
        if successor is not None:
            made.append(_follower(span, fact, successor, extractor))
    return made


def _job_over(fact: Fact, text: str) -> tuple[int, int] | None:
    """Where a message says that I have no job any more, of a fact that tells of my job."""
    found = _JOBLESS.search(text) if fact.relation in ("works_at", "works_as") else None
    return found.span() if found else None


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    """Where each clause begins, and its words."""
    start = 0
    for cut in (*_CLAUSE.finditer(text), None):
        end = cut.start() if cut else len(text)
        if text[start:end].strip():
            yield start, text[start:end] + (cut.group() if cut and "?" in cut.group() else "")
        start = cut.end() if cut else end


def _over(fact: Fact, text: str, clauses: Sequence[tuple[int, str]]) -> tuple[int, int] | None:
    """Where a message says that a fact is over."""
    if fact.relation == "diet":
        found = _NO_MORE.search(text)
        return found.span() if found else None
    for start, clause in clauses:
        for word in _known_by(fact):
            for named in re.finditer(rf"(?i)(?<![\w'’-]){re.escape(word)}(?![\w-])", clause):
                if _says_so(fact, clause[: named.start()], clause[named.end() :], text):
                    return start, start + len(clause)
    return None


def _says_so(fact: Fact, before: str, after: str, text: str) -> bool:
    """Whether a clause with a thing between `before` and `after` says that it is over."""
    if fact.relation == "takes" and _INSTEAD.search(text):
        return True
    for end in _ENDS:
        if fact.relation not in end.relations:
            continue
        mine = end.by_me.search(before) if end.by_me else None
        if (
            fact.relation == "owns"
            and _CHANGED_FOR.search(before)
            and re.match(r"(?i) (?:in )?for (?:an?|the) ", after)
        ):
            return True
        if mine and not _DOUBT.search(before[: mine.start()]) and _MINE.match(before[: mine.start()]):
            return True
        its = end.by_itself.search(after) if end.by_itself else None
        if its and _ITS.match(before) and not _DOUBT.search(f"{its.group()}"):
            return True
        if fact.relation == "pet" and re.search(r"(?i)\b(?:had|have) (?:to have )?(?:poor |old )?$", before):
            return bool(re.match(r"(?i) (?:put down|put to sleep)\b", after))
    return False


def _known_by(fact: Fact) -> list[str]:
    """The words by which a thing is known again."""
    name = fact.object_name.partition(": ")[0] if fact.relation == "routine" else fact.object_name.rpartition(": ")[2]
    if fact.relation in _PEOPLE:
        first = name.split()[-1] if re.match(r"(?:Mr|Mrs|Ms|Dr|Prof)\b", name) else name.split()[0]
        return list(dict.fromkeys((name, first)))
    name = re.split(r" (?:in|at|with|from|for|on|and|of) ", name)[0] if fact.relation != "works_at" else name
    words = [word for word in re.findall(r"[\w'’-]+", name) if len(word) > 2]
    if fact.relation == "does" and words[:1] == ["works"] and len(words) > 1:
        return [" ".join(words[1:3]), words[1]]
    found = [word for word in words if fold_name(word) not in _PLAIN and fold_name(word) not in STOP_WORDS]
    return [name, *(found if fact.relation != "does" else ())]


def _follower(span: Unread, fact: Fact, named: re.Match[str], extractor: str) -> StatementRow:
    """The statement that somebody is now what another was."""
    kind, parted, _ = fact.object_name.rpartition(": ")
    thing = f"{kind}{parted}{named['o'][:1].upper()}{named['o'][1:]}"
    return told_again(span, fact.statements[-1], thing, named.start(), named.end(), extractor)
