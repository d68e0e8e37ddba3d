"""The words of a text in any language, as every place that knows words has them: word index, annotations, questions.

Text in ASCII has the tokens of SQLite's `porter unicode61`: lower case, Porter-stemmed. Beyond it a word is normalised
(NFKC, case folding, digits of every script as 0 to 9), its diacritics are folded, and it is stemmed by its script's
rules. In Latin letters the stem by the rules of the text's language is a second form of it, which keeps its marks. In
scripts without spaces a run has a token for each pair of letters; ideographs and syllables stand alone beside them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version

from storage.tokens.languages import language_by_words, separators
from storage.tokens.scripts import is_han, letters, marks, pieces
from storage.tokens.stemming import LATIN, latin_stem, porter, script_stem, shorter_forms, without_particle

RULES = "2"
"""Changes whenever the tokens of any text do: an index made by other rules is made anew."""
END = "\ue000"
"""Behind a term that SQLite's tokenizer must not stem again."""
SPOKEN = "\ue001"
"""Before the language of a text, as a term of its own: so the index itself knows which languages it holds."""
PICTURE = "\ue002"
MARKS = 0xF0000
"""Combining marks of a term are moved to private letters above this, since SQLite's tokenizer parts words at them."""

_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_BEYOND = re.compile(r"[^\x00-\x7f\xa0\xab\xbb\u2010-\u2015\u2018-\u201f\u2022\u2026\u20ac]")
"""A character that may be of a word, and is not of ASCII."""
_ASCII_TYPED = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z0-9]+)?")
_TYPED = re.compile(r"[^\W_]")
_NO_MARKS = {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ŧ": "t"}
_LETTERS = str.maketrans({**_NO_MARKS, "ё": "е", "ک": "ك", "ی": "ي", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ـ": ""})
_ENDINGS = str.maketrans({"ى": "ي", "ة": "ه"})
"""Letters at the end of Arabic words that many write alike; the rules of stemming tell them apart."""
_LATIN_LETTER = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]")
_DROPPED = dict.fromkeys([0xAD, 0x200C, 0x200D, 0x640, *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), 0x20E3])
_KEEPS_MARKS = ("\u0900", "\u1cff")
"""Scripts of India and its neighbours, whose marks are vowels."""


@cache
def rules() -> str:
    """What the tokens of a text depend on: these rules, Snowball's and Unicode's."""
    return f"{RULES} snowball {version('snowballstemmer')} unicode {unicodedata.unidata_version}"


@dataclass(frozen=True)
class Token:
    """A word of a text at characters `start` to `end`: its term, and `more` terms by which it may be found too."""

    start: int
    end: int
    term: str
    more: tuple[str, ...] = ()


def is_plain(text: str) -> bool:
    """Whether all letters of a text are ASCII, so that SQLite's own tokenizer finds its words."""
    return text.isascii() or _BEYOND.search(text) is None


def tokens(text: str, language: str | None = None) -> list[Token]:
    """The tokens of a text in order. `language`: of its words in Latin letters, if it is known ("" for English)."""
    if is_plain(text):
        return [Token(m.start(), m.end(), porter(m.group().lower())) for m in _ASCII_WORD.finditer(text)]
    if language is None:
        language = language_by_words(text)
    found: list[Token] = []
    for match in pieces().finditer(text):
        kind, start, end = str(match.lastgroup), match.start(), match.end()
        if kind in ("word", "arabic"):
            term, *more = _spaced(match.group(), language)
            if term:
                found.append(Token(start, end, term, tuple(more)))
        elif kind == "emoji":
            found.append(Token(start, end, picture(match.group())))
        else:
            found += _run(match.group(), start, kind, alone=True)
    return found


def terms(text: str) -> list[str]:
    """Every term that the word index holds of a text, in order, with second forms and the mark of its language."""
    if is_plain(text):
        return [porter(word.lower()) for word in _ASCII_WORD.findall(text)]
    language = language_by_words(text)
    found = [term for token in tokens(text, language) for term in (token.term, *token.more)]
    return [*found, SPOKEN + language + END] if language else found


def index_text(text: str | None) -> str | None:
    """A text as FTS5 is given it: its tokenizer makes the terms of `terms` out of it. Plain text stays as it is."""
    if text is None or is_plain(text):
        return text
    language = language_by_words(text)
    found: list[str] = []
    for token in tokens(text, language):
        # What Porter stems is left to SQLite, which would stem a stem once more.
        found.append(folded(text[token.start : token.end]) if token.term[-1].isascii() else token.term)
        found += token.more
    return " ".join([*found, SPOKEN + language + END] if language else found)


def query_words(text: str) -> list[str]:
    """The words that a text asks for in lower case, each once, in order; `word_terms` says how they are found.

    Of a run without spaces they are its pairs of letters, and ideographs; phrases that only ask or bind part it.
    """
    if is_plain(text):
        return list(dict.fromkeys(word.lower().replace("’", "'") for word in _ASCII_TYPED.findall(text)))
    found: dict[str, None] = {}
    for match in pieces().finditer(text):
        kind, piece = str(match.lastgroup), match.group()
        if kind in ("word", "arabic"):
            found[normal(piece)] = None
        elif kind == "emoji":
            found[piece] = None
        else:
            for part in separators(kind).split(piece):
                found.update((part[t.start : t.end], None) for t in _run(part, 0, kind, alone=False))
    return [word for word in found if word]


def word_terms(word: str, languages: Sequence[str] = ()) -> tuple[str, ...]:
    """The terms by which a text may hold a word of `query_words`, its first form first.

    `languages`: those in Latin letters that memory holds; the word is looked for by the rules of each.
    """
    if is_plain(word):
        return tuple(dict.fromkeys([porter(word), *_by_languages(word, languages)]))
    match = pieces().match(word)
    kind = str(match.lastgroup) if match else "word"
    if kind in ("word", "arabic"):
        return tuple(dict.fromkeys([*_spaced(word, ""), *_by_languages(normal(word), languages)]))
    if kind == "emoji":
        return (picture(word),)
    run = _run(word, 0, kind, alone=False, pairs_only=True)
    return tuple(dict.fromkeys(token.term for token in run)) or (kept(normal(word)),)


def match_forms(word: str, languages: Sequence[str] = ()) -> list[str]:
    """What FTS5 is asked for in place of a word, whose tokenizer makes its `word_terms` of them."""
    first, *more = word_terms(word, languages)
    plain = word if is_plain(word) else folded(word) if first[-1:].isascii() else first
    return [form for form in dict.fromkeys([plain, *more]) if form]


def _by_languages(word: str, languages: Iterable[str]) -> Iterator[str]:
    """The second forms of a word in Latin letters by the rules of languages. A text has a second form only where it
    differs from the first, so that the stem itself is looked for too."""
    if _LATIN_LETTER.match(word):
        for language in languages:
            stem = latin_stem(word, language)
            yield kept(stem)
            if stem.isascii():
                yield stem


@lru_cache(maxsize=200_000)
def _spaced(word: str, language: str) -> tuple[str, ...]:
    """The terms of a word between spaces, the first form first; empty if nothing of it is a letter or a digit."""
    if word.isascii():
        word = word.lower()
        first = porter(word)
        second = latin_stem(word, language) if language else first
        return (first,) if second == first else (first, kept(second))
    plain = folded(word)
    if not plain:
        return ("",)
    if not plain.isascii() and not _LATIN_LETTER.match(plain):
        forms = (form.translate(_ENDINGS) for form in (script_stem(plain), *shorter_forms(plain)))
        return tuple(dict.fromkeys(kept(form) for form in forms))
    first = porter(plain) if plain.isascii() else kept(plain)
    if not language:
        return (first,)
    second = latin_stem(normal(word), language)
    return (first,) if second == first else (first, kept(second))


def _run(run: str, start: int, kind: str, *, alone: bool, pairs_only: bool = False) -> list[Token]:
    """The tokens of a run without spaces: pairs of letters, in order; ideographs and, with `alone`, syllables of Hangul
    also stand alone before them. `pairs_only`: only a single letter stands alone."""
    whole = without_particle(run) if kind == "hangul" and not pairs_only else run
    parts = letters(whole)
    last = len(parts) - 1
    found: list[Token] = []
    for i, (begin, end) in enumerate(parts):
        letter = whole[begin:end]
        if not last or (not pairs_only and (is_han(letter[0]) or (alone and kind == "hangul"))):
            found.append(Token(start + begin, start + end, _letters_term(letter)))
        if i < last:
            stop = parts[i + 1][1]
            found.append(Token(start + begin, start + stop, _letters_term(whole[begin:stop])))
    return found


@lru_cache(maxsize=200_000)
def _letters_term(pair: str) -> str:
    return kept(normal(pair))


@lru_cache(maxsize=200_000)
def normal(word: str) -> str:
    """A word in NFKC, its case folded, digits as 0 to 9, with its marks but without invisible characters."""
    norm = unicodedata.normalize("NFKC", word).casefold().translate(_DROPPED)
    if not norm.isascii():
        norm = unicodedata.normalize("NFKC", norm)
    if not norm.isalnum():  # marks are of the word; what a sign like ½ or ㎏ is written out with is not
        norm = "".join(c for c in norm if c.isalnum() or unicodedata.category(c)[0] == "M")
    if not norm.isascii() and any(map(str.isdecimal, norm)):
        norm = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in norm)
    return norm


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """A word as `normal` has it, without diacritics; vowels that are written as marks stay."""
    norm = normal(word)
    if norm.isascii():
        return "".join(_TYPED.findall(norm))
    parts: list[str] = []
    for letter in unicodedata.normalize("NFKD", norm):
        if (not unicodedata.combining(letter) and unicodedata.category(letter)[0] != "M") or (
            parts and _mark_counts(parts[-1], letter)
        ):
            parts.append(letter)
    plain = unicodedata.normalize("NFC", "".join(parts)).translate(_LETTERS)
    return "".join(letter for letter in plain if _TYPED.match(letter) or unicodedata.category(letter)[0] == "M")


def _mark_counts(letter: str, mark: str) -> bool:
    """Whether a mark makes another letter: vowels of India's scripts, voiced kana, й and ї."""
    first, last = _KEEPS_MARKS
    if first <= letter <= last or first <= mark <= last or mark in "\u3099\u309a":
        return True
    return (mark == "\u0306" and letter == "и") or (mark == "\u0308" and letter == "і")


def picture(emoji: str) -> str:
    """The term of an emoji, whatever its tone of skin and its form of writing."""
    bare = emoji.translate(_DROPPED)
    return PICTURE + "x".join(f"{ord(c):x}" for c in bare if c not in "♂♀" or len(bare) == 1) + END


@lru_cache(maxsize=200_000)
def kept(term: str) -> str:
    """A term as SQLite's tokenizer leaves it alone: marks are moved to private letters, nothing is stemmed again."""
    if not term.isascii():
        term = unicodedata.normalize("NFD", term) if _LATIN_LETTER.match(term) else term
        term = _mark().sub(lambda mark: chr(MARKS + ord(mark.group())), term)
    return term + END if term and term[-1].isascii() else term


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(f"[{marks()}]")


@cache
def language_marks() -> dict[str, str]:
    """By its mark, each of the languages that are told apart."""
    return {SPOKEN + language + END: language for language in LATIN}
