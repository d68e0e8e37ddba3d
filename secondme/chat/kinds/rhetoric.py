"""Questions that nobody is to answer: "did I ever tell you I lived in Kyoto? It was in 2011", "what do I owe him?
NOTHING!", "they made me head of the ward, crazy, right?"."""

from __future__ import annotations

import re

from secondme.text.sentences import sentences
from secondme.text.timex.expressions import named_times

_OPENS = re.compile(
    r"(?i)^\W*(?:(?:so|and|oh|hey|well|also|btw|by the way)\W+)*"
    r"(?:(?:did i (?:ever )?(?:tell you|mention)|have i (?:ever )?(?:told you|mentioned))"
    r" (?:that |about how )?(?!(?:what|when|where|who|whose|which|how|why|if|whether|about)\b)\w"
    r"|(?:do )?you know what\W*$|guess what\W*$|know what\W*$"
    r"|habe? ich (?:dir |euch )?(?:schon |je |mal |eigentlich )*(?:erzählt|gesagt), dass\b"
    r"|(?:est-ce que )?je t['’]ai (?:déjà )?(?:dit|raconté) que\b|¿?te (?:he contado|conté|dije) (?:ya )?que\b)"
)
"""How a story begins that is told whether or not anybody wants it."""
_TO_ONESELF = re.compile(
    r"(?i)\b(?:what am i (?:saying|like|talking about)|what was i (?:thinking|saying)|who am i kidding|what do i know"
    r"|how (?:silly|stupid|daft) of me|where(?: i)?s my head|where is my head)\b"
)
"""What nobody is asked who tells something besides."""
_SHOUTS = re.compile(
    r"^\W*(?!(?i:asap|urgent|please|pls|help|quick|hurry|thank|cheers|need|i need|tell me|dringend|bitte|danke|urgente?"
    r"|por favor|gracias|merci|vite|s['’]il)\b)(?:[A-ZÄÖÜÉÈÑ]{3,}\b|(?:\S+\s+){0,3}\S+!)"
)
"""An answer in capitals, or in a few words with a mark; but none that only presses."""
_TAG = re.compile(
    r"(?:[–—,.!;:]|\s-)\s*(?:(?:how|wie|so|total|völlig|très|muy|pretty|totally|just) )?[a-zäöüßéèçñ]{4,}"
    r"\s*,?\s+(?:right|eh|huh|no|innit|isn['’]t it|oder|gell|ne|nicht wahr|non|hein|n['’]est-ce pas|¿?verdad|¿no)\?\W*$"
)
"""What one thinks of what was just said, and wants to hear confirmed."""
_NO_THOUGHT = re.compile(r"(?i)\b(?:still|again|there|here|maybe|really|wirklich|vraiment)\W+\S+(?: it)?\?\W*$")
"""What asks of the fact itself; so does a day ("…, tomorrow, right?")."""
TOLD = 5
"""Words at the least before such a thought."""


def only_tells(text: str) -> bool:
    """Whether a message tells something and asks only as people do who answer themselves."""
    parts = [part.text for part in sentences(text)]
    if any(part.rstrip().endswith("?") for part in parts[1:-1]):
        return False
    if _TO_ONESELF.search(text) and "?" not in text:
        return True
    thought = _TAG.search(text)
    told = text[: thought.start()] if thought else ""
    if len(told.split()) >= TOLD and not _NO_THOUGHT.search(text) and not named_times(text[len(told) :]):
        return "?" not in told
    if len(parts) < 2 or not parts[0].rstrip().endswith("?") or parts[-1].rstrip().endswith("?"):
        return False
    return bool(_OPENS.match(parts[0].rstrip()) or _SHOUTS.match(parts[1]))
