"""Where a full stop ends no sentence: abbreviations of English, German, French and Spanish, initials, ordinals.

A full stop behind an abbreviation is decided by what the abbreviation wants next to it; the lists below are all there
is to know about one. To add an abbreviation, write it in lower case without its last full stop into the list that says
what follows it.
"""

from __future__ import annotations

import re

from secondme.text.timex.names import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS

INTRODUCES = frozenset(
    """
    e.g eg i.e ie cf vs viz aka a.k.a approx ca resp incl excl
    z.b d.h u.a u.u i.d.r s.o s.u bzw vgl sog ggf evtl inkl exkl zzgl bzgl einschl ausschl d.i v.a
    p.ex c.-à-d c.à.d env av apr p.ej ej aprox v.gr ee n.chr v.chr
    """.split()
)
"""What follows belongs to them: they end no sentence."""
BEFORE_NAMES = frozenset(
    """
    dr dres mr mrs ms mx prof st ste sr sra srta dn dña d hr fr frl mm mme mmes mlle mlles mgr ing dipl mag
    gen col lt sgt capt cpt cmdr maj adm rev hon pres gov sen rep messrs supt insp
    mt ft rd ave blvd sq geb gest verh mio mrd tsd std jh jhd ud uds vd vds avda pza cía bros dept univ assn ee.uu
    """.split()
)
"""A name or a noun follows them, so that a sentence ends only where the next word begins one."""
WITH_CAPITAL = frozenset(
    "gen col lt sgt capt cpt cmdr maj adm rev hon pres gov sen rep d mm mag ing fr ave sq insp hr mt ft".split()
)
"""Those of the names that are ordinary words, or parts of words, unless they begin with a capital or a name follows."""
AFTER_NAMES = frozenset(
    "etc inc ltd corp co llc plc jr esq al usw usf ff ph.d m.d b.a m.a b.sc m.sc a.m p.m bce ce gmbh b.c a.d".split()
)
"""They may be the last word of a sentence: it goes on before a small letter, a weekday or a month."""
BEFORE_NUMBERS = frozenset(
    """
    ref acct reg ser
    no nos nr nrn nº n° núm núms num vol vols bd fig figs abb ch chap kap cap art arts sec sect abs p pp s pg pág págs
    tel tél tfno ext apt para ln ed aufl bl ziff zi § anm min max sept jan feb mar apr jun jul aug sep oct okt nov dec
    dez ene abr ago dic janv févr avr juil déc mon tue tues wed thu thur thurs fri sat sun mo di mi do sa so
    """.split()
)
"""Abbreviations only before a number or a code: "No. 5", "policy no. HX-2291", but "No. I won't"."""

STARTERS = frozenset(
    """
    I He She It We They You The This That These Those There Then My Our Your His Its Their But And So If When While
    What Why How Where Which Now Yes Also However Later After Before Since Because Although Today Yesterday Tomorrow
    Er Sie Es Wir Ich Ihr Dann Und Aber Der Das Dort Heute Gestern Morgen Danach Elle Il Ils Elles Je Nous Vous Mais
    Ella Ellos Pero Yo Nosotros Luego Después
    """.split()
)
"""Words that begin sentences and are no names."""
_BEFORE_ORDINALS = frozenset(
    """
    am der die das dem den des vom zum zur im beim bis ab seit jeder jedes ihr ihre sein seine mein meine unser unsere
    dieser dieses und
    """.split()
)
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS, *SHORT_MONTHS, *SHORT_WEEKDAYS)) | frozenset(
    """
    januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
    """.split()
)

_KNOWN = INTRODUCES | BEFORE_NAMES | AFTER_NAMES | BEFORE_NUMBERS
_SECOND_HALVES = frozenset(name.rpartition(".")[2] for name in _KNOWN if "." in name)
"""Of what may be written with a space: "p. ej.", "n. Chr."."""

_NUMBERED = re.compile(r"[^\W\d_]{0,4}[-/]?\d")
_WORD_AFTER = re.compile(r"[\"'”’»)\]*_]*\s+[\"'“‘«‹„(\[*_¿¡]*(\w+(?:['’-]\w+)*)")
_OPENING = "\"'“‘«‹„([*_¿¡—–-/"
_DOTTED = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")
_WINDOW = 40
"""Characters before a full stop that are looked at: two words."""


def ends_sentence(text: str, dot: int, begin: int) -> bool:
    """Whether the single full stop at `dot`, which white space follows, ends the sentence that began at `begin`."""
    before = text[max(begin, dot - _WINDOW) : dot].split()
    token = before[-1].lstrip(_OPENING) if before else ""
    lower = token.lower()
    if not _may_be_abbreviated(token, lower):
        return True
    previous = before[-2] if len(before) > 1 else ""
    after = _WORD_AFTER.match(text, dot + 1)
    following = after[1] if after else ""
    if token.isdigit():
        return not _is_ordinal(token, previous, following, begins=len(token) == dot - begin)
    if previous.endswith(".") and f"{previous}{lower}".lower().lstrip(_OPENING) in _KNOWN:
        lower = f"{previous}{lower}".lower().lstrip(_OPENING)
    elif len(token) == 1 and token.isalpha():
        return _letter_ends(token, previous, following, begins=dot - begin <= 2)
    return _abbreviation_ends(token, lower, following)


def _may_be_abbreviated(token: str, lower: str) -> bool:
    """Whether a word before a full stop has to be looked at: most words do not."""
    if len(token) == 1 or token.isdigit():
        return True
    return lower in _KNOWN or lower in _SECOND_HALVES or "." in token


def _abbreviation_ends(token: str, lower: str, following: str) -> bool:
    """Whether a sentence ends behind a word, `lower` in small letters, that may be an abbreviation."""
    if lower in INTRODUCES:
        return not following
    if _is_before_name(token, lower, following):
        return not following or following in STARTERS
    if lower in BEFORE_NUMBERS and _NUMBERED.match(following):
        return False
    if lower in AFTER_NAMES:
        return not following or (following[0].isupper() and following.lower() not in _CALENDAR)
    if _DOTTED.fullmatch(token):
        return not following or following in STARTERS
    return True


def _is_before_name(token: str, lower: str, following: str) -> bool:
    """Whether a word is an abbreviation before a name."""
    if lower not in BEFORE_NAMES:
        return False
    return lower not in WITH_CAPITAL or (token[0].isupper() and following[:1].isupper())


def _letter_ends(letter: str, previous: str, following: str, *, begins: bool) -> bool:
    """Whether a sentence ends behind a single letter: not behind initials ("J. R. R. Tolkien", "z. B.")."""
    if begins:
        return False  # "a. The first of a list", "M. Dupont"
    if not following:
        return True
    if letter.lower() in BEFORE_NUMBERS and following[0].isdigit():
        return False
    if letter == "I" and not previous.endswith("."):
        return True
    if letter.islower():
        # "z. B.", "u. a. m."; but "option b. Then"
        return len(following) > 1 and f"{letter}.{following}".lower() not in _KNOWN and following[0].isupper()
    return following in STARTERS or following[0].islower()


def _is_ordinal(number: str, previous: str, following: str, *, begins: bool) -> bool:
    """Whether a number with a full stop is an ordinal ("am 3. Mai", "im 19. Jahrhundert") or numbers an item."""
    if begins:
        return True
    if len(number) > 2 or not following:
        return False
    if following.lower() in _CALENDAR:
        return int(number) <= 31
    return previous.lower() in _BEFORE_ORDINALS and following not in STARTERS
