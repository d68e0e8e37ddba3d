"""The ways in which one asks for many, as data. Patterns are in the notation of `secondme.facts.phrases`.

To add a way of asking, write a line in `FORMS`; the first form that matches is taken. A form's groups are `x` (of whom
or what), `kind` (what is listed), `verb` (what was done), `to` (to whom it was said) and `rest` (a time, or more).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.facts.phrases import Pattern, any_of

Shape: TypeAlias = Literal["about", "period", "todos", "tastes", "document", "kind", "people", "lent", "owed"]

PHRASES = {
    # What may stand before a question.
    "LEAD": (
        r"^\W*(<OPENING>\b[\s,:;.–—-]*)*((can|could|would|will) you (please )?|please |I want(ed)? to (know|ask) "
        r"|do you know |(tell|show|give|remind|say) (to )?me |let me know |show |only |just )*"
    ),
    "OPENING": any_of("""
        ok, okay, so, and, now, right, well, hey, hi, hello, please, but, alright, just, quickly, then, actually, btw,
        by the way, also, thanks, go on, come on, oh, ah, great, cool, sorry, one more thing
    """),
    "I": r"(I|we)",
    "OFTEN": (
        r"((still|also|yet|else|all|ever|already|been|actually|really|recently|usually|currently|even|now|by now|so far"
        r"|everything) )*"
    ),
    "ASIDE": r"( (in|on) (the )?[\w']+( [\w']+){0,2}?(?= (did|do|does|have|has|was|is|are|am|were|must|should) ))?",
    "BOOK": r"your (own )?(book|books|memory|mind|notes?|records?|files?|head|list)",
    "MANY": r"(all|everything|anything|whatever|something|things|stuff|a list of everything|more)( that)?",
    "OF": any_of("about, on, of, regarding, concerning"),
    "KNOW": any_of("""
        know, have, remember, recall, have got, got, hold, store, stored, noted, note, saved, save, learned, learnt,
        kept, keep, written down, write down, wrote down, written, down, gathered, recorded
    """),
    "OF_WHOM": "(about|regarding|concerning|of|on(?= (me|us|(?-i:[A-Z]))))",
    "RECORDED": "((known|stored|noted|saved|recorded|kept|written)( down)?|down|on file|on record)",
    "TOLD": any_of("told, tell, say, said, write, wrote, written, mention, mentioned, note, noted, log, logged"),
    "TAIL": r"([\s,]+(then|again|anyway|exactly|please|now|though))*\W*",
    "KEEN": any_of("into, fond of, keen on, crazy about, mad about, partial to, big on, an? (big )?(fan|lover) of"),
    "LIST": "(list|name|write out|write down|give me|tell me|show me)",
    "OPEN": any_of("outstanding, unfinished, pending, undone, unresolved, remaining, overdue, open, leftover"),
    "MATTERS": any_of("""
        jobs?, things?, matters?, business, commitments?, promises, errands?, bits and pieces, work, obligations?,
        items?, duties, chores, tasks
    """),
    "LIKE": any_of("like, love, enjoy, adore, fancy, prefer, hate, dislike, can't stand, cannot stand, detest, loathe"),
    "NOT": any_of("not, do not, don't, dont, really, absolutely, can't, also"),
    "DUTY": any_of("""
        have to, need to, got to, gotta, must, should, ought to, am supposed to, 'm supposed to, want to, wanted to,
        meant to, supposed to, promised to, planned to, plan to, intended to, had to, needed to, was going to,
        going to
    """),
    "DO": any_of("do, get done, take care of, deal with, see to, finish, remember, not forget, sort out"),
    "ERRAND": any_of("""
        buy, get, order, pay, call, ring, send, write, return, fix, book, pack, bring, ask, tell, pick up, clean, renew
    """),
    "TASKS": any_of("""
        to-?do( list)?, to do list, todos?, to-?dos, tasks?, task list, chores, errands, reminders?, deadlines?, agenda,
        plate, open tasks, open items, action items, action points
    """),
    "SUM": any_of("summari[sz]e, sum up, recap, outline, condense, run through, go through, walk me through"),
    "SUMMARY": any_of("""
        summary, gist, overview, outline, recap, digest, rundown, key points, main points, highlights, short version
    """),
    "HAPPEN": any_of("happen, happens, happened, happening, go on, goes on, went on, gone on, going on, took place"),
    "BUSY": any_of("do, did, done, doing, up to, get up to, got up to"),
    "AHEAD": any_of("""
        on, planned, coming up, in the diary, in my diary, on the calendar, on my calendar, scheduled, happening, up,
        doing, plan to do, planned to do, going to do
    """),
    "MEET": any_of("""
        know, meet, met, see, saw, seen, visit, visited, talk to, talked to, talk with, talked with, speak to,
        speak with, spoke to, spoke with, spoken to, work with, call, called, write to, mention,
        mentioned, spend time with
    """),
    "FOLK": any_of("people, friends, colleagues, neighbou?rs, relatives, family, siblings, contacts"),
    "DID": any_of("""
        buy, bought, read, watch, watched, see, seen, eat, eaten, cook, cooked, plant, planted, sow, sown, bake, baked,
        play, played, order, ordered, drink, drunk, learn, learned, learnt, pay, paid, write, written, make, made, sell,
        sold, lend, lent, harvest, harvested, decide, decided
    """),
    "BEEN": any_of("been, travelled, traveled, lived, gone, stayed, flown"),
    "WENT": any_of("go, travel, stay, eat, fly, sail, eaten, dine, drive, cycle"),
    "FOUND": any_of("need, needed, listed, decided, agreed, discussed, recorded, noted, planned"),
    "MY": r"(my|the|our)",
    "THINGS": "(things?|stuff|belongings|possessions|property|items?)",
    "MINE": (
        r"((some|any)?(thing|things|stuff)?( |a thing |items? |one )*((of|from) )?(mine|ours|my (own )?<THINGS>)"
        r"|(something|anything|things?|stuff|items?|a thing) (that )?(belongs?|is|are)( to)? (me|us|mine))"
    ),
    "ANYONE": any_of("""
        anybody, anyone, somebody, someone, other people, others, people, friends, anybody else, anyone else,
        someone else, somebody else
    """),
    "HOLD": any_of("have, has, got, has got, keep, keeps, hold, holds, borrow, borrowed, keeping, using"),
    "LEND": "(lend|lent|loan|loaned)",
    "STILL": r"( (still|also|now))*",
    "SHOWN": (
        r"(appears?|shows? up|comes? up|occurs?|stands?|turns? up"
        r"|(is|are|was|were) (there|named|mentioned|listed|noted|written)( down)?)"
    ),
    "NOUN": r"[\w-]+( [\w-]+)??",
}


@dataclass(frozen=True)
class Form:
    """A way to ask for many. `needs_time`: it asks for many only where it names a time. `planned`: of what is to come.
    `said`: of what was said then, whatever time that speaks of."""

    shape: Shape
    pattern: Pattern
    needs_time: bool = False
    planned: bool = False
    said: bool = False


def _form(shape: Shape, text: str, *, needs_time: bool = False, planned: bool = False, said: bool = False) -> Form:
    return Form(shape, Pattern(f"(?i)<LEAD>{text}", PHRASES), needs_time, planned, said)


FORMS = (
    # What do you know about Tom?
    _form("about", r"what (do|did|can|have) (you|I|we) <OFTEN><KNOW> <OF> (?P<x>.+)"),
    _form("about", r"what('s| is| was| stands| has been) <OFTEN>(<RECORDED> )?in <BOOK> <OF_WHOM> (?P<x>.+)"),
    _form("about", r"what('s| is| was| stands| has been) <OFTEN>(<RECORDED> )?<OF_WHOM> (?P<x>.+?),? in <BOOK><TAIL>$"),
    _form("about", r"what('s| is| was| has been) <OFTEN><RECORDED> <OF_WHOM> (?P<x>.+)"),
    _form("about", r"where (do|does|did) (?P<x>[^?]+?) (fit|come|figure|stand) in"
                   r"( (to )?(it|this|that|all this|the picture))?<TAIL>$"),
    _form("about", r"what('s| is) (the )?(deal|story) with (?P<x>[^?]+?)<TAIL>$"),
    _form("about", r"what('s| is) (?P<x>[^?]+?)('s|(?<=s)') (deal|story|part in (it|this|that|all this))<TAIL>$"),
    _form("about", r"((<LIST>|<SUM>) )?(what|<MANY>) (you|I|we)('ve| have)? <OFTEN>(<KNOW>|<TOLD>)( to)?( you)? <OF> "
                   r"(?P<x>.+)"),
    _form("about", r"what have you <OFTEN>(got |written |put )?down for (?P<x>me)<TAIL>$"),
    _form("about", r"what (have|did) <I> <OFTEN><TOLD>( to)?( you| (?P<to>(?-i:[A-Z])[\w-]+))? <OF> (?P<x>.+)",
          said=True),
    _form("about", r"((list|find|<SUM>) )?<MANY> <OF> (?P<x>.+)"),
    _form("about", r"(do you )?<KNOW> (anything|something|a lot|much) <OF> (?P<x>.+)"),
    # What do I still have to do?
    _form("todos", r"(?!.*\b(left|open) (of|at)\b)"
                   r"(?=(what|which|anything|something|is (there )?(anything|something))\b)"
                   r"(?=.*\b(<OPEN>|left|waiting|due|remains?|not (yet )?done)\b)"
                   r"(?=.*\b((for|on|with) me( (yet|still|now|to do))*|me to (do|see to|take care of))<TAIL>$)"),
    _form("todos", r"(what|which( <MATTERS>)?|is there (anything|something)) <OFTEN>"
                   r"(haven't <I>|have <I> not|<I> haven't)( yet)? (done|finished|got done|seen to|taken care of)\b"
                   r"(?P<rest>.*)"),
    _form("todos", r"(what|which)( <MATTERS>)? (is|are|'s) <OFTEN>(not|undone)( yet)? (done|finished)\b(?P<rest>.*)"),
    _form("todos", r"what<ASIDE> (was|is) it( that)? <I> (<DUTY>|need)<STILL> <DO>\b(?P<rest>.*)"),
    _form("todos", r"what( all)?<ASIDE> (do|did|have|am|are|was|were|must|should) <I> <OFTEN>"
                   r"((<DUTY>|have left to|need|have)<STILL> <DO>|(do|remember|not forget)(?=.*\bstill\b))\b"
                   r"(?P<rest>.*)"),
    _form("todos", r"what (should|must) <I> <OFTEN>(not forget|remember)\b(?P<rest>.*)"),
    _form("todos", r"what('s| is| are|s)? <OFTEN>(still|left|next) on <MY> list\b(?P<rest>.*)"),
    _form("todos", r"what('s| is| are|s)? <OFTEN>(left )?on <MY> <TASKS>\b(?P<rest>.*)"),
    _form("todos", r"((what( are| is|'s)?|which|list|any|are there any|do <I> have any) )?<OFTEN>"
                   r"((all|my|our|the|of|open|upcoming|next|pending) )*<TASKS>\b(?P<rest>.*)"),
    _form("todos", r"what('s| is)? <OFTEN>(left to do|to be done|to do|due|outstanding|pending)\b(?P<rest>.*)"),
    _form("todos", r"(is there )?(anything|something|what) (else |all )*(that )?<I>('m)? ?<OFTEN><DUTY><STILL> "
                   r"(?P<verb>[a-z]+)\b(?P<rest>.*)"),
    _form("todos", r"what (have|did|had) <I> (promised?|commit to|committed to|agreed? to|forget|forgotten)"
                   r"( to do| to)?( (?P<x>(?-i:[A-Z])\w+))?(?P<rest>.*)"),
    _form("todos", r"what (do|did|am|have) <I> <OFTEN><DUTY><STILL> (?P<verb><ERRAND>)\b(?P<rest>.*)"),
    _form("todos", r"(((have|do|did) <I>( have| got)*|are there|is there|<LIST>|what|which) )?"
                   r"((any|all|the|my|our|some) )*<OPEN> <MATTERS>\b(?P<rest>.*)"),
    _form("todos", r"(have|do) <I>( have| got)* any <TASKS>\b(?P<rest>.*)"),
    # What do I like?
    _form("tastes", r"(what|which)( (?P<kind>[\w -]+?))? (am|are) <I> (<NOT> )*(?P<verb><KEEN>)(?P<rest>.*)"),
    _form("tastes", r"((<LIST>) )?((all|of|my|the|every) )*(?P<kind>[\w-]+( and [\w-]+)?) (that )?<I>('m| am) (<NOT> )*"
                    r"(?P<verb><KEEN>)(?P<rest>.*)"),
    _form("tastes", r"(what|which)( (kinds?|sorts?|types?) of)?( (?P<kind>[\w -]+?))? (do|don't|dont|did) <I> (<NOT> )*"
                    r"(?P<verb><LIKE>)\b(?P<rest>.*)"),
    _form("tastes", r"((list|name) )?((all|of|my|the|every|what are|which are) )*(?P<kind>[\w-]+) (that )?<I> (<NOT> )*"
                    r"(?P<verb><LIKE>|stand)\b(?P<rest>.*)"),
    _form("tastes", r"(all|everything|anything|what)( (all|of|that|what|things))* <I> (<NOT> )*(?P<verb><LIKE>)( to "
                    r"(?P<use>(eat|drink)( (and|or) (eat|drink))?))?(?P<rest>.*)"),
    _form("tastes", r"((what are|list|name) )?(all )?my (?P<verb>likes|dislikes|favou?rites|pet hates)\b(?P<rest>.*)"),
    # What happened last week?
    _form("period", r"what( (has|had|all|else|exactly|been|'s|is))* <HAPPEN>\b(?P<rest>.*)", needs_time=True),
    _form("period", r"what (have|did|had|was|were|am|are) <I> <OFTEN><BUSY>\b(?P<rest>.*)", needs_time=True),
    _form("period", r"what <I>('ve| have)? <OFTEN><BUSY>\b(?P<rest>.*)", needs_time=True),
    _form("period", r"what (have|did|had) <I> <OFTEN><TOLD>( down)?( to)?( (?P<to>(?-i:[A-Z])[\w-]+))?(?P<rest>.*)",
          needs_time=True, said=True),
    _form("period", r"(any|what are (my|our)|do <I> have( any)?|have <I> got( any)?) plans\b(?P<rest>.*)",
          needs_time=True, planned=True),
    _form("period", r"what (did|has) (?P<by>(?-i:[A-Z])[\w-]+) <TOLD>( to)?( (me|us))?(?P<rest>.*)",
          needs_time=True, said=True),
    _form("period", r"what('s| is| are|s) <AHEAD>\b(?P<rest>.*)", needs_time=True, planned=True),
    _form("period", r"what (do|have|did|am|are) <I> ((have|got|be|anything) )*<AHEAD>\b(?P<rest>.*)",
          needs_time=True, planned=True),
    # "What have I got this week?", where "what have I got against the cold" asks for a thing.
    _form("period", r"what (do|have) <I> (got|have)(?P<rest> (this|next|tomorrow|today|tonight|on|in|at the)\b.*)",
          needs_time=True, planned=True),
    _form("period", r"what('s| is|s| was) (that|this|the|my)( \w+)? (booking|appointment|thing|meeting|event|job"
                    r"|shift|visit) (that )?(I|we)('ve| have)?( got)?"
                    r"(?P<rest> (today|tomorrow|tonight|on|this|next|at)\b.*)",
          needs_time=True, planned=True),
    _form("period", r"what('s| is) (?P<rest>my (week|weekend|day|month)) (like|looking like)", needs_time=True,
          planned=True),
    _form("period", r"(how was|what about) (?P<rest>my .+)", needs_time=True),
    _form("period", r"(<SUM>|((a|the|quick|short) )*<SUMMARY> of) (?P<rest>.*)", needs_time=True),
    _form("period", r"((did|has) )?(anything|something) ((interesting|important|special) )?<HAPPEN>\b(?P<rest>.*)",
          needs_time=True),
    # Summarise the minutes.
    _form("document", r"(<SUM>|(what('s| is| are|s) )?((a|an|the|quick|short|brief) )*<SUMMARY> (of|from|for|in)) "
                      r"(?P<x>.+)"),
    _form("document", r"what('s| is| are|s| was| were) <OFTEN>((written|there|listed|left) )?(in|on|inside) "
                      r"(?P<x><MY> .+)"),
    _form("document", r"what (do|did|does|have) (I|we|it) <OFTEN>(have|say|got|list|record|<TOLD>)( down)? (in|on) "
                      r"(?P<x><MY> .+)"),
    _form("document", r"what (do|does|did) (?P<x><MY> .+?) (say|contain|list|hold|include)\b(?P<rest>.*)"),
    _form("document", r"(what|which)( (?P<kind>\w+))?( (do|did|are|were|is|was|have|has|had))?( (I|we|there|they))?"
                      r"( been)? (?P<verb><FOUND>) (in|at|on|for|from|during) (?P<x><MY> .+)"),
    _form("document", r"(what|which)( (?P<kind>[\w -]+?))? (do I (find|have|see|mention|name)|<SHOWN>) (in|on) "
                      r"(?P<x><MY> .+)"),
    _form("document", r"((list|name) )?((all|everything|every single thing)( (that's|that is|there is|that))? )+"
                      r"(in|on|from|of) (?P<x><MY> .+)"),
    _form("document", r"(list|name|what (are|were)) (?P<kind>((all|the|every) )*[\w -]+?) (in|on|from|of|for) "
                      r"(?P<x><MY> .+)"),
    # Who has something of mine?
    _form("lent", r"(who|whom|which (people|friends))( else)? <OFTEN><HOLD> <OFTEN><MINE><TAIL>$"),
    _form("lent", r"(does|do|did|has|have|is|are) <ANYONE> <OFTEN><HOLD> <OFTEN><MINE><TAIL>$"),
    _form("lent", r"(what|which)( of my)? <THINGS>( of mine)? (are|is|do|does|have|has|did) <OFTEN>"
                  r"((with|at) )?<ANYONE>( <OFTEN><HOLD>)?<TAIL>$"),
    _form("lent", r"(what|which( (of my )?<THINGS>)?|who|(to )?whom) (have|did|had) <I> <OFTEN><LEND>"
                  r"( (out|away|anything|something|things|to <ANYONE>))*<TAIL>$"),
    _form("lent", r"(what|which <THINGS>) (did|have|has) <ANYONE> <OFTEN><HOLD> (from|off) (me|us)<TAIL>$"),
    _form("lent", r"(who|whom) (do|must|should) <I> <OFTEN>((need|have|want) to )?(get|fetch|collect) "
                  r"(<MINE>|<THINGS>) back( from)?<TAIL>$"),
    # Who owes me money?
    _form("owed", r"(who|which people|does (anyone|anybody|someone|somebody)) <OFTEN>owes? (me|us)( (any|some|the))*"
                  r"( (money|anything|something|cash|what))?<TAIL>$"),
    _form("owed", r"(who|whom|what) (do|did) <I> <OFTEN>(?P<verb>owe)( (any|some))?( (money|anything))?( to)?"
                  r"( (who|whom|people|anyone|anybody))?<TAIL>$"),
    # Who have I met?
    _form("people", r"whom?( (all|else))? (have|did|do|had) <I> <OFTEN>(?P<verb><MEET>|told you about|talked about)\b"
                    r"(?P<rest>.*)"),
    _form("people", r"whom? <I>('ve| have)? <OFTEN>(?P<verb><MEET>)\b(?P<rest>.*)", needs_time=True),
    _form("people", r"(which|what) <FOLK> (have|did|do) <I> (?P<verb>\w+)\b(?P<rest>.*)"),
    _form("people", r"((list|name|who (is|are)) )?(everyone|everybody|(all )?((of )?the )?(people|names|persons))"
                    r"( (that|who|whom))? <I>('ve| have)? <OFTEN>(?P<verb><MEET>|told you about|talked about)\b"
                    r"(?P<rest>.*)"),
    _form("people", r"(who are|list|name) ((all|of) )*<MY> (?P<kind><FOLK>)\b(?P<rest>.*)"),
    # Which books have I read?
    _form("kind", r"((to|at|in|on|from|for|through) )?(which|what)( (kinds? of|sorts? of|other|all|of my))* "
                  r"(?P<kind><NOUN>) ((have|did|do|had|am|are|was|were) <I>|<I>('ve| have)?) <OFTEN>"
                  r"(?P<verb>[a-z]+)\b(?P<rest>.*)"),
    _form("kind", r"(list|name|(what|which) (are|were))( (me|all|every|each|of|the|my|our))* (?P<kind><NOUN>)"
                  r"( (that|which))? "
                  r"<I>('ve|'m| have| had| am)? <OFTEN>(?P<verb>[a-z]+)\b(?P<rest>.*)"),
    _form("kind", r"(list|name)( (me|all|of|the|my|our))* (?P<kind><NOUN>)"
                  r"(?P<rest>( (in|on|at|from|for|since|this|last|lately|so far)\b.*)?\W*)$"),
    _form("kind", r"(all|every|each)( (of|the|my|our))* (?P<kind>[\w-]+)( that)? <I>('ve| have)? <OFTEN>"
                  r"(?P<verb>[a-z]+)\b(?P<rest>.*)"),
    _form("kind", r"(?P<kind>[\w-]+) <I>('ve| have)? <OFTEN>(?P<verb><DID>)\b(?P<rest>.*)"),
    _form("kind", r"what (have|did|had) <I> <OFTEN>(?P<verb><DID>)\b(?P<rest>.*)", needs_time=True),
    _form("kind", r"where (have|had) <I> <OFTEN>(?P<verb><BEEN>)\b(?P<rest>.*)"),
    _form("kind", r"where (have|did) <I> <OFTEN>(?P<verb><WENT>)\b(?P<rest>.*)", needs_time=True),
)  # fmt: skip
