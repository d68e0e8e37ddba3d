"""Words as the word index holds them, in every language (`storage.tokens`), and which of them carry meaning."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from storage.tokens.languages import ENGLISH, language_by_words, other_stop_words, stop_words
from storage.tokens.scripts import unspaced
from storage.tokens.tokenizer import is_plain, query_words, terms, tokens, word_terms

STOP_WORDS = ENGLISH


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The first form of a lower-case word in the word index."""
    return word_terms(word)[0]


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of all words of a text, in order. Cached: the same passages are candidates again and again."""
    return tuple(token.term for token in tokens(text, ""))


@lru_cache(maxsize=2_000)
def index_terms(text: str) -> tuple[str, ...]:
    """All terms of a text as the word index holds them: also stems by the rules of its language, and its mark."""
    return tuple(terms(text))


def words_of(text: str) -> list[str]:
    """The words that a text asks for or says, in lower case and in order, repeated as they occur; of scripts without
    spaces the pairs of letters."""
    if is_plain(text):
        return [text[token.start : token.end].lower() for token in tokens(text)]
    return query_words(text)


def content_words(words: Iterable[str]) -> list[str]:
    """The words that are not stop words, in English or in the language that they are of; all words where only stop
    words are left ("who are you")."""
    everything = list(words)
    none = _stop_words(" ".join(everything))
    return [word for word in everything if word not in none] or everything


def content_stems(text: str) -> list[str]:
    """Stems of the words of a text that carry meaning, in order."""
    none = _stop_words(text)
    return [stem(word) for word in words_of(text) if word not in none]


def _stop_words(text: str) -> frozenset[str]:
    """Stop words of English, of the language of a text, and of those in other letters than Latin."""
    if text.isascii():
        language = language_by_words(text)
        return STOP_WORDS | stop_words(language) if language else STOP_WORDS
    return STOP_WORDS | other_stop_words() | stop_words(language_by_words(text))


def word_count(text: str) -> int:
    """About how many words a text has; in scripts without spaces a word counts two letters."""
    spaced = len(text.split())
    return spaced if text.isascii() else spaced + len(unspaced().findall(text)) // 2
