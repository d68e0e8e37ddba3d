"""A bare correction of what was just told ("no wait, Thursday"): the statement before it with the right value in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from secondme.facts.foreign_corrections import foreign_correction
from secondme.facts.phrases import Pattern, any_of
from secondme.text.noun_phrases import phrases
from secondme.text.number_words import TENS, UNDER_TWENTY, count
from secondme.text.terms import STOP_WORDS, content_stems
from secondme.text.timex.names import MONTHS, SHORT_WEEKDAYS, WEEKDAYS


def _pattern(text: str) -> Pattern:
    return Pattern(f"(?i){text}")


LONGEST = 16
"""Words of a message that may be a bare correction."""
LONGEST_DENIAL = 30
"""Words of one that says which value does not hold."""
LONGEST_VALUE = 6
LEAST_OF_ITS_OWN = 2
LONGEST_BESIDE_NAME = 4
"""Words of another clause beside a name."""
BESIDE_VALUE = 8
"""Characters beside a value in a clause that only corrects one."""

_RETRACTS = any_of("""
    no, nope, wait, hang on, hold on, sorry, actually, oops, whoops, correction, i mean, i meant, make that,
    make it, (scratch|scrub|scrap|strike|forget|ignore) that, typo, edit, forgive me, excuse me, pardon me,
    my apologies, apologies, (i do )?beg your pardon, i beg pardon,
    i misspoke, i should (say|have said), (i am|i'm|im|i was) (saying|telling) it wrong, i said (it|that) wrong,
    that was wrong, that's wrong, update, rather, well, should be, it should be, (i )?tell a lie, nah, naw, och
""")
_WRONG = any_of(
    "my mistake, my bad, mistake, misread, mixed up, mix that up, got that wrong, got it wrong, wrong, instead"
)
_BECOMES = (
    r"(it|that|this|he|she|they|we|i)"
    r"('s|s|'re|'ll be| is| was| are| will be| should be| has to be| needs to be| comes to| came to)"
)
_SMALL_WORDS = any_of(rf"""
    oh, ah, oh dear, um, er, ok, and, but, {_BECOMES}( going to be| now| only| actually| here| there)?, to be, on,
    at, by, for, in, of course, the (?=[a-z]+day), (he|she|they) (says?|said|wants?|wanted)
""")
_HOLIDAYS = any_of("""
    christmas( eve| day)?, boxing day, easter, thanksgiving, new year, halloween, midsummer, bonfire night, hogmanay,
    (mother|father|valentine)'?s day, pancake day
""")
_ADDS = _pattern(r"\b(too|also|as well|besides|plus|another|both)\b")
"""What adds to what was told and puts nothing in its place."""
_CONFIRMS = _pattern(
    r"^[^a-z]*(.*\b(same|as before|unchanged|still|stays?|as (planned|it was))\b.*"
    r"|(sorry|thanks|ta|cheers|my mistake))\W*$"
)
"""What leaves the rest of what was told as it is: "half eight still", "time as before"."""
_HOURS = any_of(", ".join(UNDER_TWENTY[:12]))
_NUMBERS = any_of(", ".join((*UNDER_TWENTY[:12], *TENS[:4])))
_DAYS = any_of(
    ", ".join([*(f"{day}s?" for day in WEEKDAYS), *SHORT_WEEKDAYS, "today", "tomorrow", "tonight", "yesterday"])
)
_MEANS = _pattern(r"\b(i mean|i meant|make (that|it)|should be|or rather)\b")
_MARKS = _pattern(rf"(^|[\s,.!–—-])({_RETRACTS}|{_WRONG}|not)\b")
_VERBS = "is are was were am be been has have had will would can could shall should may might must do does did".split()
_NEGATED_VERB = re.compile(
    r"(?i)\b(?:will|would|can|could|should|do|does|did|has|have|had|am|i['’]m|im|might|may|must) not\b"
)
"""Its "not" takes nothing back: "I will not go"."""
_IS_WRONG = _pattern(rf"\b{_WRONG}\b")
_IT_IS_ON = _pattern(rf"^\W*{_BECOMES} (on )?(the )?({_DAYS}|\d{{1,2}}(st|nd|rd|th))\b")
_BEFORE_VALUE = _pattern(rf"^\W*(({_RETRACTS}|{_SMALL_WORDS})\b[\s,:.!–—-]*)*")
_BEHIND_VALUE = _pattern(
    r"(\s*\b(actually|instead|then|rather|of course|sorry|i (mean|meant|should say|should have said)|(i do )?beg your"
    r" pardon|same (time|place|day)|now|after all|in fact"
    r"|(will|would) (do|suit)( \w+)?( better)?|suits \w+( better)?|works better)\b)*\W*$"
)
_SHORT_TEXT = r"([^,.;!]|(?<=\d)[.,](?=\d)){1,40}?"
_NEW, _OLD = rf"(?P<new>{_SHORT_TEXT})", rf"(?P<old>{_SHORT_TEXT})"
_PLACED = any_of("until, till, by, before, on, at, to, in, from, for, is, it's")
"""Before a value at the end of a clause."""
_EXPLICIT = (
    # "the chemist says 16 mg it is, not 8"
    _pattern(
        r"^[^.!;]{3,60}?(?<![\w.,:])(?P<new>\d[\d.,:]*)( ?[a-z%€$£µ]+)?( it is| it was| it should be)?,? (and )?not "
        rf"{_OLD}[.!]*$"
    ),
    # "Ida says it can wait until Advent, not Lent"
    _pattern(
        rf"^[^.!;]{{3,80}} {_PLACED} (?P<new>[^\s,.;!]+( [^\s,.;!]+){{0,2}}),? (and )?not ({_PLACED} )?{_OLD}[.!]*$"
    ),
    _pattern(rf"^{_NEW},? (and )?(not|instead of|rather than) {_OLD}[.!]*$"),
    _pattern(
        rf"^(it's |it is |its |that's )?not {_OLD}( any ?more)?(, (but |it's |it is |its |rather )?| but | it's ){_NEW}"
        r"[.!]*$"
    ),
    # "I said 9 but it's half 9"
    _pattern(
        rf"^i (said|told you|wrote|put) {_OLD},? (but |and )?(it is|it's|its|i meant) (actually |really )?{_NEW}[.!]*$"
    ),
    # "about Pelle, he's a cook, not a baker"
    _pattern(rf"^[^.!;]{{3,50}}[,:] ((s?he|it|they|that)('s|'re| is| are|s) )?{_NEW},? (and )?not {_OLD}[.!]*$"),
)
_SOURCES = any_of("""
    text, message, e-?mail, letter, note, card, ticket, label, bottle, box, packet, pack, leaflet, receipt, bill, sign,
    website, site, page, calendar, invitation, invite, scales?, screen, app, paper, sheet, form, contract, prescription,
    chemist, pharmacist, doctor, office, nurse, secretary, desk, display, manual, recipe, certificate, poster, programme
""")
_SOURCE_SAYS = _pattern(
    rf"^\W*(.* )?((my|our|his|her|their|the|this|that|its|[a-z]+'s) )?{_SOURCES}( from \w+( \w+)?| of \w+)? "
    r"(says?|said|reads?|shows?|showed|states?|gives?|writes?|wrote) ((it|that)('s| is| was) )?(?P<rest>[^,;]{1,30})$"
)
"""A source that is better than memory names a value: "her message says 7.4"."""
_SAYS_SO = _pattern(
    r"^\W*((oh|ah|ok|sorry|so|and|btw|by the way|one more thing)\b\W*)*"
    r"(correction|update|scrub|scratch|scrap|(i )?got (that|it) wrong"
    r"|i (got|had|said|told)\b[^.,:]{0,40}\bwrong|i misspoke|my mistake|mistake)\b"
)
_ADMITS = _pattern(
    r"\b((had|got|told|said|wrote|read|put|noted|was)\b[^.!?]{0,40}\bwrong(?!\s\w)|wrong about|correction"
    r"|my (mistake|bad)|misread|mis-?typed|typo"
    r"|mixed (it|that|them|those|this) up|(looked|checked|counted|asked) again)\b"
)
"""Anywhere in a message: that what was told is not right."""
_TAKES_BACK = _pattern(r"^\W*(sorry|oops|whoops|no wait|hang on|wait|ah no|oh no|no)\b")
"""At the beginning: enough for what names both values."""
_DAY = r"\d{1,2}(st|nd|rd|th)?"
_MONTH = any_of(", ".join(MONTHS))
_SORTS: tuple[tuple[str, Pattern], ...] = (
    ("date", _pattern(rf"\b{_DAYS},? (the )?{_DAY}( (of )?{_MONTH})?(?!\w)")),
    ("date", _pattern(rf"\b((the )?{_DAY} (of )?{_MONTH}|{_MONTH} {_DAY}|(the )?\d{{1,2}}(st|nd|rd|th))\b")),
    (
        "clock",
        _pattern(
            r"\b(\d{1,2}[:.]\d\d( ?[ap]m)|\d{1,2}:\d\d|\d{1,2} ?([ap]m|o'clock)|noon|midnight"
            rf"|(half past|quarter (to|past)|half) ({_HOURS}|\d{{1,2}})|(?<=\bat ){_HOURS})\b"
        ),
    ),
    ("day", _pattern(rf"\b{_DAYS}\b")),
    ("date", _pattern(rf"\b({_MONTH}|{_HOLIDAYS})\b")),
    ("number", _pattern(rf"(?<![\w.])([€$£]?\d[\d,]*(\.\d+)?(?!\w)|{_NUMBERS}\b)")),
)

_CLAUSE_ENDS = re.compile(r"[!?;\n–—]+|,(?!\d)|\.(?!\d)|:(?=\s)")
"""A comma between digits ends none: "$1,850"."""
LONGEST_ALIKE = 4
"""Words of a value that is like what was told but for one word."""
_WORD = re.compile(r"[\w][\w'’.-]*(?<![.'’-])")
_GESTURE = re.compile(r"\*[a-z ]+\*")
_STARRED = re.compile(r"^\*?([\w'’ .-]{1,40}\w)\*$|^\*([\w'’ .-]{1,40})$")
"""A correction by its mark: "coach C*"."""
_SWAPS = _pattern(
    r"^\W*((no|oops|sorry|wait|oh|argh),? )*(swap (those|them|these|that)( two)?( round| around| over)?"
    r"|(the |it's the )?other way (a?round|about)"
    r"|((i|ive|i've) (had|got) (it|them|that|those) )?(the )?wrong way (a?round|about))\W*$"
)
_COUNTS = any_of(", ".join(UNDER_TWENTY))
_MORE = _pattern(
    rf"^\W*((no|oops|sorry|wait|actually),? )*(it's |make that |there (are|is) )?(?P<count>an?|\d+|{_COUNTS})"
    r" (hours? )?(?P<more>more|fewer|less|later|earlier) than (i|we) (said|told( you)?|thought|wrote)\b.{0,12}$"
)
_IT_IS = _pattern(r"^\W*(it's|its|it is|that's|on|at|by|the) ([\w'’:.-]+ ?){1,5}\W*$|^\W*([\w'’:.-]+ ?){1,3}\W*$")
_NAMED = _pattern(
    r"^(?P<what>[\w'’-]+( [\w'’-]+){0,2}) (is|was|are|were|costs?|starts?|begins?|ends?|should be) (?P<rest>.{1,30})$"
)
_OF_WHAT = _pattern(r"^(?P<value>.{1,30}?) for (the |my |our |his |her |their )?(?P<what>[\w'’ -]{2,30})$")
_NO_NOUN = _pattern(r"^\W*no (?P<noun>[a-z'’]{3,}) [a-z]")
_VERB = re.compile(r"(?i)\b(?:is|are|was|were|has|have|had|does|do|did|will|can)\b|['’](?:s|re|ll) \w+ing\b")
_WHO_DID = re.compile(r"(?i) (?:who|that|which)\b.*$")
_DENIES = _pattern(r"(not|never)\b")
_HOLDS_NOT = _pattern(
    r"( of [a-z]+)?( (is|was|won't be|isn't|wasn't|has been|was only|were|are))?( just| now| sadly| only)? ?"
    r"((no longer|not|never|isn't|wasn't|won't|doesn't|can't)\b|off\b|out\b(?! of)|gone\b|cancelled|wrong\b|full\b"
    r"|taken\b"
    r"|(my|a|the|his|her|their) ([a-z]+ )?(mistake|error|slip|typo|hearing|misreading|mix-up)\b)"
)
"""Behind a value: it does not hold."""
_UNIT = _pattern(r" ?(?P<unit>(?!(on|in|at|for|to|it|not|now|and|i|the|a|of)\b)[a-z%€$£]+)")
_FILLERS = frozenset(("the", "of", "on", "at"))
_IN_DIGITS = {word: str(number) for number, word in enumerate(UNDER_TWENTY, start=1)}
_MONTH_OF = _pattern(rf"\b(of )?{_MONTH}\b")
_DAY_BEHIND_MONTH = _pattern(rf"{_MONTH} (the )?(?P<day>{_DAY})$")
_CALLED_OFF = _pattern(
    r"\b(dropped|scrapped|cancelled|canceled|scratched|ruled out|lost|given up|can't (do|make)|cannot (do|make))( on)?"
    r" (the )?$"
)
"""Before a value: it does not hold."""


@dataclass(frozen=True)
class Correction:
    """What was told, with the right value: `new` stands in it instead of `old`."""

    statement: str
    old: str
    new: str


_ARTICLES = frozenset(("a", "an", "the", "my", "i"))
"""What no correction is of, whatever seems to stand in its place."""


def correction_of(message: str, told: str) -> Correction | None:
    """How a message corrects what was told just before it; None where it says something of its own."""
    message = _STARRED.sub(lambda one: f"sorry, {one[1] or one[2]}", _GESTURE.sub("", message).strip())
    abroad = foreign_correction(message, told)
    found = _replaced(told, *abroad) if abroad else _in_english(message, told)
    return None if found is not None and found.old in _ARTICLES else found


def _in_english(message: str, told: str) -> Correction | None:
    if "?" in message or len(message.split()) > LONGEST_DENIAL:
        return None
    if found := _swapped(message, told) or _counted_on(message, told):
        return found
    denied = _of_denied(message, told)
    if denied or len(message.split()) > LONGEST:
        return denied
    clauses = [clause for clause in _CLAUSE_ENDS.split(message) if clause.strip()]
    explicit = next((found for text in (message, *clauses) if (found := _explicit(text, told))), None)
    if explicit:
        return explicit
    takes_back = _takes_back(message, clauses, told)
    marked = takes_back or bool(len(clauses) == 1 and _IT_IS.match(message))
    for place, clause in enumerate(clauses):
        alike = _of_alike(_trimmed(clause), told) if takes_back or _is_short(clauses, place) else None
        if alike:
            return alike
        source = _SOURCE_SAYS.match(clause)
        if source and (found := _of_single_value(source["rest"], told)):
            return found
        value = _without_its_object(_trimmed(clause), told)
        if not value or len(value.split()) > LONGEST_VALUE or _DENIES.match(value):
            continue
        if marked:
            found = _of_named(value, told) or _of_value(value, told) or _of_name(value, told, clauses)
            says_what_it_is = message.lstrip().lower().startswith(value.lower()) or _MEANS.search(message)
            found = found or (_of_closer(value, told) if takes_back and says_what_it_is else None)
        elif _ADDS.search(message) or (not place and not all(map(_CONFIRMS.match, clauses[1:]))):
            # Without a word that takes back, the first clause may be the heading of the rest: "Monday. Rain."
            continue
        elif not _IT_IS_ON.match(clause) and any(
            len(other.split()) > LONGEST_BESIDE_NAME or _tells_of_its_own(other, told)
            for other in clauses[:place] + clauses[place + 1 :]
        ):
            continue  # it tells something of its own: "The insurance is renewed, £486."
        else:
            found = _of_value(value, told, beside=0)
        if found:
            return found
    return None


def _takes_back(message: str, clauses: Sequence[str], told: str) -> bool:
    """Whether a word takes back what was told: not "no" before a noun ("no milk left"), nor "sorry" in a clause that
    tells something else ("sorry I'm late, 9.30")."""
    noun = _NO_NOUN.match(message)
    if noun and not set(content_stems(noun["noun"])) <= set(content_stems(told)) and not _of_any_sort(noun["noun"]):
        return False
    message = _NEGATED_VERB.sub(" ", message)
    if not _MARKS.search(message):
        return False
    marked = [clause for clause in clauses if _MARKS.search(clause)]
    admits = _ADMITS.search(message) or _IS_WRONG.search(message)
    return admits is not None or not marked or not all(_tells_of_its_own(c, told) for c in marked)


def _of_any_sort(text: str) -> bool:
    return any(rule.search(text) for _, rule in _SORTS)


def _tells_of_its_own(clause: str, told: str) -> bool:
    """Whether a clause beside a value tells something else than what was told; one word is an exclamation."""
    words = _trimmed(clause).split()
    if len(words) < LEAST_OF_ITS_OWN or _CONFIRMS.match(clause) or _of_any_sort(clause):
        return False
    return bool(content_stems(clause)) and not set(content_stems(clause)) & set(content_stems(told))


def _is_short(clauses: Sequence[str], place: int) -> bool:
    """Whether a clause is all that a message says, but for an exclamation ("south gate, duh")."""
    return len(clauses) > 1 and all(len(clause.split()) == 1 for at, clause in enumerate(clauses) if at != place)


def _of_alike(value: str, told: str) -> Correction | None:
    """The correction of a value that has all words but one in common with what was told: "south gate" for "north
    gate", "O negative" for "A negative", "coach C" for "coach D"."""
    words = _WORD.findall(value)
    if not 2 <= len(words) <= LONGEST_ALIKE or _DENIES.match(value) or len(content_stems(value)) < len(words) - 1:
        return None
    places = list(_WORD.finditer(told))
    for begin in range(len(places) - len(words), -1, -1):
        window = places[begin : begin + len(words)]
        apart = [at for at, (new, old) in enumerate(zip(words, window, strict=True)) if _lower(new) != _lower(old[0])]
        if len(apart) != 1:
            continue
        at = apart[0]
        if _lower(words[at]) in STOP_WORDS:
            continue  # "about 6 rams" for "taking 6 rams"
        if any(char.isdigit() for char in words[at]) == any(char.isdigit() for char in window[at][0]):
            return _replaced(told, window[at].start(), window[at].end(), words[at])
    return None


def _lower(word: str) -> str:
    return word.casefold().removesuffix("'s").removesuffix("’s")


def _swapped(message: str, told: str) -> Correction | None:
    """The correction of "swap those": the two numbers that were told, or else the two names, change places."""
    if not _SWAPS.match(message):
        return None
    numbers = list(re.finditer(r"\d[\d.,]*(?<![.,])", told))
    named = [phrase for phrase in phrases(told) if phrase.named]
    spans = [number.span() for number in numbers] if len(numbers) == 2 else [(one.start, one.end) for one in named]
    if len(spans) != 2:
        return None
    (begin, end), (start, stop) = spans
    first, second = told[begin:end], told[start:stop]
    return Correction(told[:begin] + second + told[end:start] + first + told[stop:], first, second)


def _counted_on(message: str, told: str) -> Correction | None:
    """The correction of "one more than I said": the only number that was told, that much more or less."""
    more = _MORE.match(message)
    numbers = list(re.finditer(r"(?<![\d.,:])\d+(?![\d.,:])", told))
    if more is None or len(numbers) != 1:
        return None
    by = count(more["count"])
    new = int(numbers[0].group()) + (by if more["more"] in ("more", "later") else -by)
    return _replaced(told, *numbers[0].span(), str(new)) if new >= 0 else None


def _without_its_object(value: str, told: str) -> str:
    """A value without what it is the value of, where that was told: "the 10th for Mrs Okafor"."""
    behind = _OF_WHAT.match(value)
    what = behind and re.search(rf"(?i)\b{re.escape(behind['what'])}\b", told)
    return behind["value"] if behind and what else value


def correction_from_afar(message: str, told: str) -> Correction | None:
    """How a message corrects what was told days ago or in another chat: it says that it corrects, or which value does
    not hold, names both values ("16 mg, not 8"), and shares a word with it besides."""
    if "?" in message or len(message.split()) > LONGEST_DENIAL:
        return None
    admits = bool(_SAYS_SO.search(message) or _ADMITS.search(message))
    found = _of_denied(message, told)
    if found is None:
        parts = [part for part in re.split(r"[!?\n]+|\.(?!\d)", message) if part.strip()]
        short = [part for part in (message, *parts) if len(part.split()) <= LONGEST]
        found = next((found for text in short if (found := _explicit(text, told))), None)
        if found is None and admits and message in short:
            found = _of_single_value(message, told) or _of_clause_alike(message, told)
        admits = admits or bool(_TAKES_BACK.match(message))
    if found is None:
        return None
    shared = (set(content_stems(message)) & set(content_stems(told))) - set(content_stems(f"{found.old} {found.new}"))
    # Who says that it was wrong need name what it is about but once.
    return found if len(shared) >= (1 if admits or _of_denied(message, told) else 2) else None


def _of_clause_alike(message: str, told: str) -> Correction | None:
    clauses = [clause for clause in _CLAUSE_ENDS.split(message) if clause.strip()]
    return next((found for clause in clauses[1:] if (found := _of_alike(_trimmed(clause), told))), None)


def _explicit(text: str, told: str) -> Correction | None:
    """The correction of a text that names both values, where the wrong one was told."""
    for rule in _EXPLICIT:
        both = rule.match(_trimmed(text))
        found = re.search(rf"(?i)\b{re.escape(both['old'].strip())}\b", told) if both else None
        new = _of_its_sort(_trimmed(both["new"]), found.group()) if both and found else ""
        if found and new:
            return _replaced(told, found.start(), found.end(), new)
    return None


def _of_its_sort(new: str, old: str) -> str:
    """What takes the place of a value: of "250 yards from Ada" for "300" the number, of "Friday I swapped with Kel" for
    "Saturday" the day; empty where another sort would take that of a number."""
    new = _WHO_DID.sub("", new)
    if _VERB.search(new) and not _VERB.search(old):
        return ""
    sort = next((sort for sort, rule in _SORTS if (found := rule.match(old)) and found.end() == len(old)), "")
    places = _places(sort, new)
    if len(places) == 1 and len(new.split()) > len(places[0].group().split()) + len(old.split()):
        return places[0].group()
    is_number = sort == "number" and old.isdigit()
    return "" if is_number and not any(char.isdigit() for char in new) and not _places(sort, new) else new


def _of_named(value: str, told: str) -> Correction | None:
    """The correction of a clause that names what it corrects ("the grand is at 441"): the value that follows it there,
    of those that were told."""
    named = _NAMED.match(value)
    what = re.search(rf"(?i)\b{re.escape(named['what'].split()[-1])}\b", told) if named else None
    if named is None or what is None:
        return None
    for _, rule in _SORTS:
        new = rule.search(named["rest"])
        if new is not None and len(named["rest"]) - len(new.group()) <= BESIDE_VALUE:
            old = next((place for place in rule.finditer(told) if place.start() >= what.end()), None)
            return (
                _replaced(told, old.start(), old.start() + len(old.group().rstrip(",")), new.group()) if old else None
            )
    return None


def _of_denied(message: str, told: str) -> Correction | None:
    """The correction of a message that says of a value that was told that it does not hold, and names one other of its
    sort: "the 17th is not possible. My new appointment: 26 November"."""
    for sort, rule in _SORTS:
        values = list(rule.finditer(message))
        denied = [
            value
            for value in values
            if _HOLDS_NOT.match(message, value.end()) or _CALLED_OFF.search(message, 0, value.start())
        ]
        others = [value.group() for value in values if value not in denied]
        for value in denied if len({tuple(_numbered(other)) for other in others}) == 1 else ():
            places = [place for place in _places(sort, told) if _same_value(place.group(), value.group())]
            if places:
                return _in_its_place(told, places[-1], others[0])
    return None


def _of_value(value: str, told: str, beside: int = BESIDE_VALUE) -> Correction | None:
    """The correction that a value makes: what is told of its own sort is replaced. `beside`: at most so many other
    characters stand beside it."""
    for sort, rule in _SORTS:
        new = rule.search(value)
        if new is None or len(value) - len(new.group()) > beside:
            continue
        # Times of another sort stand in the same place: "by Thanksgiving", "no, by the 3rd".
        for other, other_rule in sorted(_SORTS, key=lambda entry: (entry[1] is not rule, entry[0] != sort)):
            if other == sort or {other, sort} <= {"date", "day"}:
                places = list(other_rule.finditer(told))
                if places:
                    place = min(places, key=lambda match: (_unlike(match.group(), new.group()), -match.start()))
                    return _in_its_place(told, place, new.group())
        return None
    return None


def _in_its_place(told: str, place: re.Match[str], new: str) -> Correction | None:
    """What was told with a value in the place of another of its sort; a day alone ("the 4th") leaves the month."""
    start, end = place.span()
    if re.search(r"\d(?:st|nd|rd|th)$", new):
        month, day = _MONTH_OF.search(place.group()), _DAY_BEHIND_MONTH.match(place.group())
        if day:
            start, end, new = place.start() + day.start("day"), place.start() + day.end("day"), new.removeprefix("the ")
        elif month:
            end = start + len(place.group()[: month.start()].rstrip())
    return _replaced(told, start, end, new)


def _of_name(name: str, told: str, clauses: Sequence[str]) -> Correction | None:
    """The correction that a name makes, where the other clauses of its message tell nothing of whom it names: "Nora, my
    neighbour, wants us in her choir. Not me." says something of its own."""
    if any(len(_trimmed(clause).split()) > LONGEST_BESIDE_NAME for clause in clauses if not _CONFIRMS.match(clause)):
        return None
    named = [phrase for phrase in phrases(told) if phrase.named]
    if named and phrases(name) and phrases(name)[0].named and phrases(name)[0].text == name:
        return _replaced(told, named[-1].start, named[-1].end, name)
    return None


def _of_closer(value: str, told: str) -> Correction | None:
    """The correction of a word by that word with another before or behind it: "vet nurse, actually"."""
    words = value.split()
    if words and words[0].lower() in ("a", "an", "the"):
        words = words[1:]
    if not 1 < len(words) <= LONGEST_ALIKE or any(word.lower() in _VERBS for word in words):
        return None
    at = [re.search(rf"(?i)(?<![\w-]){re.escape(word)}(?![\w-])", told) for word in words]
    place = at[0] or at[-1]
    if place is None or sum(found is not None for found in at) > 1 or place.group().lower() in STOP_WORDS:
        return None
    return _replaced(told, place.start(), place.end(), " ".join(words))


def _of_single_value(message: str, told: str) -> Correction | None:
    """The correction of a message that names one value of a sort of which one was told, in the same unit."""
    for _, rule in _SORTS:
        new, old = list(rule.finditer(message)), list(rule.finditer(told))
        if not new:
            continue
        if len({tuple(_numbered(value.group())) for value in new}) != 1 or len(old) != 1:
            return None
        units = [_UNIT.match(text, value.end()) for text, value in ((message, new[0]), (told, old[0]))]
        named = [unit["unit"].casefold().rstrip("s") for unit in units if unit]
        apart = len(named) == 2 and not (named[0].startswith(named[1]) or named[1].startswith(named[0]))
        return None if apart else _replaced(told, old[0].start(), old[0].end(), new[0].group())
    return None


def _places(sort: str, told: str) -> list[re.Match[str]]:
    return [place for other, rule in _SORTS if other == sort for place in rule.finditer(told)]


def _same_value(told: str, said: str) -> bool:
    """Whether two ways of writing name one value: "the 17th of November" and "the 17th", "12" and "twelve"."""
    first, second = (set(_numbered(text)) - _FILLERS for text in (told, said))
    return bool(second) and second <= first


def _numbered(text: str) -> list[str]:
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text.casefold()).split()
    return [_IN_DIGITS.get(word, word.removesuffix("s") if word.endswith("days") else word) for word in words]


def _unlike(old: str, new: str) -> int:
    """How much two values differ in form."""
    return abs(len(old) - len(new)) + 3 * (("." in old) != ("." in new))


def _trimmed(text: str) -> str:
    return _BEHIND_VALUE.regex.sub("", _BEFORE_VALUE.regex.sub("", text.strip(), count=1), count=1).strip(" .,!")


def _replaced(told: str, start: int, end: int, new: str) -> Correction | None:
    old = told[start:end]
    if not new or old.casefold() == new.casefold():
        return None
    return Correction(told[:start] + new + told[end:], old, new)
