"""The words in a value of JSON whose shape is not known: what a program wrote for a person to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

DEPTH = 12
_TECHNICAL = re.compile(
    r"(?i)(?:\A|_)(?:id|ids|uuid|type|kind|url|uri|href|color|colour|width|height|size|style|status|index|hash|token|"
    r"mime|command|version|timestamp|created|updated|date|emoji|icon|thumbnail|proxy|language|pointer|at|ts|offset|"
    r"signature|position|verbatim)\Z|(?:Id|Url|Type|At|Index|Color|Hash)\Z"
)
"""Keys whose values are for programs."""
_WORD = re.compile(r"\w+")


def words_of(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts in a value in their order, without those under keys that only programs read."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, dict) and depth < DEPTH:
        for key, inner in value.items():
            if not _TECHNICAL.search(str(key)):
                yield from words_of(inner, depth + 1)
    elif isinstance(value, list) and depth < DEPTH:
        for inner in value:
            yield from words_of(inner, depth + 1)


def text_of(value: Any) -> str:
    """The texts in a value, a line each; a text that repeats the one before it only once."""
    lines: list[str] = []
    for text in words_of(value):
        if not lines or lines[-1] != text:
            lines.append(text)
    return "\n".join(lines)


def text_of_json(text: str) -> str:
    """The texts in a JSON object or list that is written as a text; any other text as it is."""
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return text_of(json.loads(text)) or text
    except (ValueError, RecursionError):
        return text


def add_new(parts: Iterable[str]) -> str:
    """Texts one below the other, without those whose words all stand in what is above."""
    kept: list[str] = []
    seen: set[str] = set()
    for part in parts:
        words = set(_WORD.findall(part.casefold()))
        if part.strip() and not (words and words <= seen):
            kept.append(part.strip())
            seen |= words
    return "\n".join(kept)
