"""Sentences in which someone promises something."""

from __future__ import annotations

import re

_PROMISE = re.compile(
    r"(?i)\b(?:I|we)(?:['’]ll| will| shall| promise|['’]ve promised)\b(?! (?:not|never)\b(?! forget))"
    r"|\b(?:promised|promise to|deadline|due (?:on|by)|appointment|remind me|don['’]t forget)\b"
)


def has_promise(text: str) -> bool:
    """Whether a text commits someone to do something."""
    return bool(_PROMISE.search(text))
