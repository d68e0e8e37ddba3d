"""The words of English questions and follow-ups, for patterns in the notation of `secondme.facts.phrases`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from secondme.facts.phrases import Pattern, any_of
from secondme.text.timex.names import MONTHS, SHORT_MONTHS, WEEKDAYS

_DAY_NAMES = ", ".join([*MONTHS, *WEEKDAYS, *(month for month in SHORT_MONTHS if month != "may")])
PHRASES = {
    "WH": any_of("what, which, who, whom, whose, when, where, why, how"),
    "HOW": any_of("""
        how much, how many, how long, how old, how far, how often, how big, how tall, how heavy, how high, how large,
        how soon, how late, how early, how about, how
    """),
    "PREP": any_of("""
        in, on, at, by, since, until, till, from, for, with, to, of, about, as, under, into, near, after, before,
        during, than, like
    """),
    "AUX": any_of("""
        do, does, did, am, is, are, was, were, has, have, had, can, could, will, would, should, shall, may, might, must,
        (do|does|did|is|are|was|were|has|have|had|ca|could|wo|would|should)n'?t
    """),
    "SOMEBODY": any_of("i, you, we, he, she, it, they"),
    # What may stand before and behind a question and says nothing of it.
    "LEAD": any_of("""
        so, and, or, ok, okay, well, but, oh, ah, hey, hi, hello, also, now, then, um+, hm+, right, sorry, wait, great,
        cool, thanks, thank you, please, quick question, another question, one more thing, btw, by the way, anyway, lol
    """),
    "TAIL": any_of("""
        then, again, though, please, by the way, btw, now then, lol, exactly, pls, thanks, actually, anyway
    """),
    # A time as it stands in a question.
    "OF_TIME": any_of("in, on, at, since, before, after, by, until, till, for, during, around"),
    "WHICH_TIME": any_of("the, last, this, next, that, early, late"),
    "TIME_NAME": any_of(
        f"{_DAY_NAMES}, spring, summer, autumn, winter, christmas, easter, morning, afternoon, evening, night, week,"
        r"weekend, month, year, (19|20)\d\d, \d\d?(st|nd|rd|th)"
    ),
    "TIME_DETAIL": any_of(r"(19|20)\d\d, before last, of \w+, morning, evening, afternoon, night, \d\d?"),
    "TIME_WORD": any_of(r"""
        right now, now, today, tomorrow, yesterday, tonight, these days, nowadays, currently, at the moment, at present,
        back then, before that, before then, before, after that, after then, after, afterwards, earlier, previously,
        \w+ (weeks?|days?|months?|years?) ago
    """),
    "WEATHER": any_of("""
        raining, snowing, rain, snow, going, possible, ok, okay, true, that, like, hot, cold, warm, worth
    """),
    "TIME": r"((<OF_TIME> )?(<WHICH_TIME> )*<TIME_NAME>\b( <TIME_DETAIL>\b)?|<TIME_WORD>)",
}


def pattern(text: str, phrases: Mapping[str, str] = PHRASES) -> Pattern:
    """A pattern that ignores case and may name these phrases, and those that are given."""
    return Pattern(f"(?i){text}", {**PHRASES, **phrases})


TIME_ALONE = pattern(r"^<TIME>( <TIME>)?$")
TIME_IN = pattern(r"\s*\b<TIME>(?=\W|$)")
SPEAKS_OF_THE_PAST = pattern(r"\b(before|earlier|previously|back then|last|yesterday|ago|was|were|did)\b")
TIME_NOUNS = frozenset("time day date year month week hour".split())
NAMED_NOUNS = frozenset(
    """
    number address email e-mail name surname nickname job profession occupation age colour color size password passcode
    code pin title hobby favourite favorite phone mobile salary rent rate price weight height
    """.split()
)
"""Nouns of which one asks what they are, not when or where."""
NO_REFERENCE = (
    pattern(r"\b(is|was|does|did|will|what time is|how is|how was) it\b <WEATHER>"),
    pattern(r"\b(what time|how late) is it\b"),
    pattern(r"\b(is|are|was|were|be|been)(n't)? there\b|\bthere('s| is| are| was| were)\b"),
)
"""Where "it" and "there" stand for nothing."""
IS_MY = re.compile(
    r"(?i)^\W*(?:(?:so|and|but) )?(?:is|was|isn['’]t|wasn['’]t) (?!(?:it|this|that)\b)(?P<who>[\w'’-]+(?: [\w'’-]+)?) "
    r"(?:my|our) (?P<tie>[\w-]+)[\s?!.]*$"
)
"""Asks whether somebody is something to me: "is Ute my sister?"."""
