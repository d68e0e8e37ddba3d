"""Sentences in which someone promises something."""

from __future__ import annotations

import re

_PROMISE = re.compile(
    r"(?i)\b(?:I|we)(?:['’]ll| will| shall| promise|['’]ve promised)\b"
    r"|\b(?:promised|promise to|deadline|due (?:on|by)|appointment|remind me|don['’]t forget)\b"
)


def promised(text: str) -> bool:
    """Whether a text commits someone to something still to be done."""
    return bool(_PROMISE.search(text))
