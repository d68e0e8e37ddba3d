"""The names of a text without what is written large for another reason: because a sentence begins there, because all of
it is, or because its language writes every noun so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from secondme.text.entities import Mention, begins_sentence, fold_name, mentions
from secondme.text.noun_phrases import VERBS
from secondme.text.timex.names import ANY_WEEKDAY, MONTHS
from secondme.text.tongues import tongue
from storage.tokens.languages import stop_words

_ALWAYS_NAMES = frozenset({"email", "handle", "tag", "host", "title"})
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_TITLE_CASE = 0.75
"""From so many of its words on that begin large, capitals of a text show no names."""
_FEWEST = 4
"""Words of a text that may be written in title case."""
_OPENINGS = frozenset(
    """
    quick whereabouts whatever whoever wherever whenever however besides apart except concerning regarding considering
    including excluding given despite unlike whereas whilst while unless though although assuming supposing suppose
    provided instead according among between behind beside beyond towards throughout within without since because
    remind list name call ask tell show give find check describe explain recall state mention summarise summarize
    count compare
    """.split()
)
"""What opens a question and is no part of the name behind it."""
_EXCLAMATIONS = frozenset(
    """
    btw fyi ps omg lol ugh hmm hm mm er erm um uh huh eh oi argh aargh oops yikes phew whoa wow gosh gee geez jeez
    sheesh blimey crikey cripes heavens goodness lord christ jesus damn dammit alright righto cheers ta fine anyhow
    honey darling dear dearie love sweetie sweetheart hon babe doll mate dude bro pal buddy chap man folks guys doc boss
    assistant computer bot siri alexa
    """.split()
)
"""What is called out in front of a question ("Ugh, what did he say?"), and whom it is said to."""
_TOLD_OF = re.compile(
    r"['’]s?(?=\s)|\s+(?:is|was|are|were|has|had|does|did|will|would|can|could|isn't|wasn't|hasn't|ist|war|hat|est|es)\b"
    r"|\s+(?:and|or|&|und|et|y|o|ou|oder) (?=[A-ZÀ-Þ])"
)
"""What stands behind a name that a sentence begins with: what is its own, what it does, or another name."""
_VERB = re.compile(r"\s+([a-z]+)s\b")
_A_DAY = re.compile(
    rf"(?i)^(?:first|second|third|fourth|last|next|every|this|that) (?:{ANY_WEEKDAY}|{'|'.join(MONTHS)})$"
)
"""Names a time, also where a sentence begins with it."""
_TOPIC = re.compile(r"\s*[,–—-]")
_TAKES_UP = re.compile(r"(?i)\b(?:he|she|it|they|him|her|them|his|hers|its|their)\b")
"""A topic in front of a comma is taken up behind it ("Ines, when did she call"); an exclamation is not."""
_GERMAN_NOUN_AFTER = re.compile(
    r"(?i)\b(?:der|die|das|des|dem|den|viel|zum|zur|im|am|ins|ans|beim|vom|fürs|ums|(?:ein|kein|mein|dein|sein|ihr|unser|dies|jed|welch)\w*|\w{3,}e[nmrs]?)\s+$"
)
"""Articles and adjectives: behind them stands a noun, and seldom a name."""
_GERMAN_NOUN = re.compile(r"(?i)(?:ung|heit|keit|schaft|tion|chen|nis|tät|ling|ismus)(?:en|e|s)?$")


def sure_names(text: str) -> Sequence[Mention]:
    """The names of a text of which its letters are a sure sign."""
    found = mentions(text)
    words = _WORD.findall(text)
    large = sum(word[0].isupper() for word in words)
    if len(words) >= _FEWEST and large >= _TITLE_CASE * len(words):
        return [mention for mention in found if mention.kind in _ALWAYS_NAMES]
    language = tongue(text)
    found = [
        mention
        for mention in found
        if mention.name.casefold() not in stop_words(language) and not _A_DAY.search(mention.name)
    ]
    return [name for mention in found for name in _sure(text, mention, language)]


def _sure(text: str, mention: Mention, language: str) -> Iterator[Mention]:
    """A mention, what is left of it without a first word that is no name, or nothing."""
    if mention.kind in _ALWAYS_NAMES:
        yield mention
    elif language == "de":
        yield from _german(text, mention)
    elif not begins_sentence(text, mention.start) or _is_told_of(text, mention):
        yield mention
    else:
        first, _, rest = mention.name.partition(" ")
        if not rest:
            return
        opens = first.casefold() in _OPENINGS or language != "en"
        yield _named(mention, mention.end - len(rest), rest) if opens else mention


def _is_told_of(text: str, mention: Mention) -> bool:
    """Whether what follows a name at the beginning of a sentence shows that it is one."""
    if mention.name.split()[0].casefold() in _OPENINGS:
        return False
    verb = _VERB.match(text, mention.end)
    if _TOLD_OF.match(text, mention.end) or (verb is not None and {verb[1], verb[1].removesuffix("e")} & VERBS):
        return True
    if mention.name.casefold() in _EXCLAMATIONS:
        return False
    return bool(_TOPIC.match(text, mention.end) and _TAKES_UP.search(text, mention.end))


def _german(text: str, mention: Mention) -> Iterator[Mention]:
    """The words of a German mention that are no plain nouns; of "Silkes Hund" the first."""
    before = ""
    for word in _WORD.finditer(text, mention.start, mention.end):
        noun = _GERMAN_NOUN_AFTER.search(text[: word.start()]) or _GERMAN_NOUN.search(word.group())
        opens = begins_sentence(text, word.start()) and not _is_told_of(text, mention)
        if word.group()[0].isupper() and not noun and not opens and not before.endswith("s"):
            yield _named(mention, word.start(), word.group())
        before = word.group()


def _named(mention: Mention, start: int, name: str) -> Mention:
    return replace(mention, start=start, end=start + len(name), key=fold_name(name), name=name)
