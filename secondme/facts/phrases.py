"""The short notation in which relations write their patterns, and the phrases that all of them share.

A pattern is a regular expression with three short cuts: plain parentheses group without capturing, ' is either
apostrophe, and <NAME> stands for a phrase. <o:NAME> also captures it, as the group `o`. By convention `o` is the object
of a statement, `s` its subject, `kin` the word for a tie ("sister").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from secondme.facts.lexicon import LANGUAGES, NAME, WORD

_SHORT_CUT = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|<(?:([a-z]+):)?([A-Z_]+)>|\((?!\?)|'")


def any_of(words: str) -> str:
    """An alternation of words or phrases, which commas separate."""
    return f"({'|'.join(listed_words(words))})"


def listed_words(words: str) -> list[str]:
    """Words or phrases that commas separate, over any number of lines; none of an empty text."""
    return [" ".join(word.split()) for word in words.split(",")] if words else []


def expand(text: str, phrases: Mapping[str, str]) -> str:
    """The regular expression that a pattern stands for. Raises KeyError where it names an unknown phrase."""

    def replace(match: re.Match[str]) -> str:
        group, phrase = match.groups()
        if phrase:
            inner = expand(phrases[phrase], phrases)
            return f"(?P<{group}>{inner})" if group else inner
        return {"(": "(?:", "'": "['’]"}.get(match.group(), match.group())

    return _SHORT_CUT.sub(replace, text)


class Pattern:
    """A pattern in the notation. It is compiled when it is first used: most runs of the program read no facts."""

    def __init__(self, text: str, phrases: Mapping[str, str] | None = None) -> None:
        self.text = text
        self._phrases = {**PHRASES, **(phrases or {})}

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(expand(self.text, self._phrases))

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match between `start` and `end`."""
        return self.regex.search(text, start, len(text) if end is None else end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """A match that begins at `start`."""
        return self.regex.match(text, start)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, from left to right."""
        return self.regex.finditer(text)


_BREAKS = any_of(r"""
    and, but, because, since, so, when, while, which, who, that, as, for, with, after, before, though, although, now,
    these days, nowadays, anymore, any more, any longer, too, as well, again, instead, lately, recently, today,
    yesterday, tomorrow, tonight, btw, lol, tho, unfortunately, sadly, fyi, annoyingly, obviously, apparently,
    also, myself, sometimes, usually,
    last, next, this, in \d{4}, on [A-Z], on the, in the, at the, from, until, to,
    never, at home, a lot, very much, so much, more than, at the moment, part[- ]time, full[- ]time, on the side,
    in the evenings?, right now, at last, already, anyway, honestly, officially, outright, or
""")
_ADVERBS = any_of("""
    really, just, now, also, still, actually, currently, recently, finally, always, absolutely, truly, both,
    already, do, did, only, officially, properly, honestly, totally, completely, quite, so, very, pretty,
    rather, mostly, basically, at last, once more, all, even, kind of, sort of, secretly, genuinely, simply,
    apparently, now officially, of course, these days, lately, then, in fact, a bit
""")
_OPENINGS = any_of("""
    [Nn]ews, [Uu]pdate, [Nn]ote, PS, [Bb]tw, [Oo]h, [Aa]nd, [Bb]ut, [Ss]o, [Oo]k, [Yy]es, [Yy]eah, [Ww]ell, [Hh]i,
    [Hh]ey, [Tt]urns out, [Tt]oday, [Yy]esterday, [Aa]lso, [Ff]inally, [Bb]ig news, [Ss]mall news, [Gg]uess who
""")
PHRASES: Mapping[str, str] = {
    "WORD": WORD,
    "NAME": NAME,
    "PLACE": r"(the )?<NAME>(, <NAME>(?!'s\b| (the|closed|shut|is|was|has|had|a|an|our|my|who|does|did)\b))?",
    "TITLED": r"((Dr|Prof|Mr|Mrs|Ms)\.? )?<NAME>",
    "TONGUE": f"({'|'.join(LANGUAGES)})",
    "THING": r"[^,.;:!?()\"“”\n]{2,60}?",
    "OBJECT": r"(the (smell|taste|sound|sight|thought|idea) of )?<o:THING><END>",
    # Where a thing ends, of which nothing tells how long it is.
    "END": rf"(?=\s*([,.;:!?()\"“”\n…]|[-–—]\s|$|\b{_BREAKS}\b))",
    "A": r"(a|an|my|our|this|the|some|another)",
    "I": (
        r"\b([Ii]|[Ww]e)('(ve|m|re|ll)|m|ve|ll| have| am| are| will| shall)?( both| all)?"
        r"( be| been| just been| now been| going to( be)?| gonna( be)?| about to)? "
    ),
    # Where "I" may be left out: at the beginning, or after a comma or "and" when the sentence speaks of me.
    "LEFT_OUT": (rf"(^\W*({_OPENINGS}\b[ ,:!–—-]*)*|[,:;–—]\s+(and |but |so )?|\b(and|but|then) )([Hh]ave |[Bb]een )?"),
    "ADVERB": f"({_ADVERBS} )*",
    "WHO": (
        r"(<s:NAME>|(\b([Mm]y|[Oo]ur) ((?!\w+'s\b)<WORD> ){0,2}|^(?=<OWN_KIN>('s|s)? ))<k:FAMILY>"
        r"( <n:NAME>|, <m:NAME>,)?|\b(?P<p>[Ss]?[Hh]e)(?=\b|s\b))"
        r"(, who|, (\d\d,? )?(my|our|his|her|an?|the)\b[^,.!?\n]{2,40},|, \d\d,)?"
    ),
    # Who is mine without "my", at the beginning of what is said: "wife's a midwife".
    "OWN_KIN": r"(wife|husband|hubby|missus|daughter|son|sister|brother|girlfriend|boyfriend|flatmate|housemate)",
    "IS": r"('s|(?<=[Hh]e)s| is| has| was|'ll| will)?( been| be| going to( be)?)? ",
    "COPULA": r"('s|(?<=[Hh]e)s| is| was| has been) ",
    # What is said first of someone of whom more is said: "(Ines) moved here from Porto and works as a nurse".
    "FIRST": (
        r"((lives|lived|moved|came|comes|grew|studies|studied|works|used to)\b[^.;:!?\n]{2,50}? and (now |also )*)?"
    ),
    "WITH": r"( (with|w/) [^,.;:!?\n]{1,40}?)?",
}
"""What relations may name in their patterns. <FAMILY>, <KIN>, <KIN_CAPITAL> come from the ties of all relations."""
