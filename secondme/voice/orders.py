"""The orders to which an own message would be the text, made by rules from the message: a model learns from both.

One order gives what the message says in plain words, another only its words that carry meaning. Names, numbers and
days are in each, so that what is learnt is to take them from the order, and not to make them up.
"""

from __future__ import annotations

import re

from secondme.text.terms import content_words

_TEXTS = "note|message|e-?mail|mail|letter|text|reply|answer|card|postcard|apology|invitation|reminder|post"
_BEFORE_MATTER = "about|that|for|on|saying|asking|because|where|with|regarding"
_FRAME = re.compile(
    rf"(?i)(?:an? |the |my )?(?:[\w-]+ ){{0,2}}?(?:{_TEXTS})\b"
    rf"(?: (?:to|for) (?:(?!(?:about|that|for)\b)\S+ ?){{1,3}}?(?=$|\b(?:{_BEFORE_MATTER})\b))?"
    rf"\s*(?:(?:that (?:says|asks)|saying|asking)\b(?: whether| if| that)?:?|(?:{_BEFORE_MATTER})\b:?)?"
)
LEAST_WORDS, MOST_WORDS = 4, 80
"""Of a message to learn from: "ok, see you" says nothing of how to write, and a long text is hardly a message."""
MOST_KEY_WORDS = 10
_WORD = re.compile(r"[^\W_][\w'’:.,-]*[^\W_]|[^\W_]")
_GREETING = re.compile(
    r"(?i)^\W*(?:(?:hey+a?|hi+(?:ya)?|hello|dear|yo|oi|morning|good (?:morning|evening|day|afternoon)|hallo|liebe[rs]?"
    r"|hola|salut|bonjour|cher|chère|moin|servus)\b(?:\s+(?:all|there|everyone|you|mate|[A-Z]\w*))?[\s,!.:–-]*)+"
)
_FAREWELL = re.compile(
    r"(?i)[\s,.!–-]*\b(?:x+|xo+x*|cheers|thanks|thank you|thx|ta|love|(?:kind|best|warm) regards|best wishes|best"
    r"|yours(?: \w+)?|lg|vg|mfg|gruss|grüße|bisous|besos)\b[\s,.!]*(?:[A-Z]\w*)?\W*$"
)
_PLAIN = {
    "u": "you", "ur": "your", "r": "are", "im": "I'm", "ive": "I've", "ill": "I'll", "i": "I", "dont": "don't",
    "cant": "can't", "wont": "won't", "didnt": "didn't", "doesnt": "doesn't", "isnt": "isn't", "thats": "that's",
    "its": "it's", "gonna": "going to", "wanna": "want to", "gotta": "have to", "kinda": "kind of", "tmrw": "tomorrow",
    "tmr": "tomorrow", "pls": "please", "plz": "please", "thx": "thanks", "cos": "because", "bc": "because",
    "coz": "because", "w": "with", "abt": "about", "bday": "birthday", "mins": "minutes", "min": "minutes",
    "yep": "yes", "yeah": "yes", "yup": "yes", "nope": "no", "nah": "no", "def": "definitely", "prob": "probably",
    "ok": "", "okay": "", "so": "", "well": "", "oh": "", "haha": "", "hahaha": "", "lol": "", "hmm": "", "ugh": "",
}  # fmt: skip
"""What people type, and the plain words for it; empty: it says nothing. Words of no other language are like these."""
_OPENS = ("ok", "okay", "so", "well", "oh", "haha", "hahaha", "lol", "hmm", "ugh")
"""These say nothing where a message begins with them, and often something within it."""


def matter(order: str) -> str:
    """What an order to write is about, without what is to be written and to whom: "the boat" of "a note to Lena about
    the boat"."""
    found = _FRAME.match(order)
    return order[found.end() :].strip() or order if found else order


def is_lesson(text: str) -> bool:
    """Whether a message is long and short enough to learn from."""
    return LEAST_WORDS <= len(text.split()) <= MOST_WORDS


def orders(text: str, to: str = "") -> list[str]:
    """Orders to write a message to someone (empty: nobody is named), as a person may give them."""
    whom = f" to {to}" if to else ""
    said = plain_words(text)
    keys = ", ".join(key_words(text))
    asks = text.rstrip().endswith("?")
    found = [f"a message{whom} that asks: {said}" if asks else f"a message{whom} that says: {said}"]
    if keys:
        found.append(f"a note{whom} about {keys}")
    return found


def plain_words(text: str) -> str:
    """What a message says, without greeting, farewell and pictures, in whole words and plain marks."""
    body = _FAREWELL.sub("", _GREETING.sub("", text)) or text
    words = _WORD.findall(body)
    while len(words) > 1 and words[0].casefold() in _OPENS:
        words.pop(0)
    plain = [_PLAIN.get(word.casefold(), word) if word.casefold() not in _OPENS else word for word in words]
    return " ".join(word for word in plain if word)


def key_words(text: str) -> list[str]:
    """Its words that carry meaning, each once and in their order."""
    body = _FAREWELL.sub("", _GREETING.sub("", text)) or text
    words = {word.casefold(): word for word in reversed(_WORD.findall(body))}
    meaning = set(content_words(words))
    in_order = dict.fromkeys(word.casefold() for word in _WORD.findall(body))
    return [words[word] for word in in_order if word in meaning and word not in _PLAIN][:MOST_KEY_WORDS]
