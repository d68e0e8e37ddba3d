"""Whether a text or JSON looks like a chat of a program that is not known: its words are not the reader's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from secondme.readers.clock_words import ascii_digits
from secondme.readers.documents import ParsedDocument, ReadItem, Unread

LOOKED_AT = 400
"""So many lines are looked at."""
SHARE = 0.3
"""At least so many of the lines begin a message."""
REMARK = (
    "it looks like a chat of a program that is not known; its text is kept without speakers, and none of it as yours"
)

_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\.\d{1,6})?"
_STAMP = rf"(?=[^\n]{{0,40}}?{_CLOCK})[^\n]{{0,48}}?"
_NAME = r"(?P<name>[^\W\d_][^:：\[\]<>{}=/\\|\t\n]{0,40}?|\+\d[\d ()\-]{6,20})"
_MESSAGES = (
    # Viber, Skype, Signal, LINE, Zoom: a time, then a name before a colon or a tab.
    re.compile(rf"\[?{_STAMP}{_CLOCK}[^:：\t\n]{{0,14}}?[\]),\t\-–—> ]+\s*{_NAME}\s?(?:[:：]\s|\t)"),
    # KakaoTalk on a computer: [name] [time] text.
    re.compile(rf"\[{_NAME}\]\s\[[^\]\d]{{0,6}}\s?{_CLOCK}[^\]]{{0,6}}\]\s\S"),
    # IRC: [time] <name> text.
    re.compile(rf"\[?{_STAMP}{_CLOCK}[^\n]{{0,6}}?\]?\s<[ @+~&%]?(?P<name>[^<>\s]{{1,30}})>\s"),
    # Telegram, Discord and Teams as copied, DiscordChatExporter: a name and a time alone on a line.
    re.compile(rf"{_NAME}(?:,\s\[|\s[—–-]\s|\s{{2,}}\[?|\s\[)[^\n]{{0,24}}?{_CLOCK}[^\n]{{0,8}}\Z"),
    re.compile(rf"\[[^\]\n]{{0,24}}?{_CLOCK}[^\]\n]{{0,8}}\]\s{_NAME}\Z"),
    re.compile(rf"{_NAME}\s(?:\d{{1,4}}[./-]){{2}}\d{{1,4}},?\s{_CLOCK}\Z"),
    # A name, a date and a time in brackets, then the text.
    re.compile(rf"{_NAME}\s\([^()\n]{{0,24}}?{_CLOCK}[^()\n]{{0,8}}\):\s"),
)
_HAS_CLOCK = re.compile(r"\d[:.]\d\d")
_DAY_BEFORE = r"(?:[\d./\-]{4,10}[T,]?\s?|\d{1,2},?\s(?:\d{4},?\s+)?)?"
_TIME_ALONE = re.compile(rf"\[?(?:[^\W\d_]{{2,9}}[.,]?\s)?{_DAY_BEFORE}{_CLOCK}(?:\s?[APap]\.?[Mm]\.?)?[^\n]{{0,12}}\Z")
_NAME_ALONE = re.compile(r"[^\W\d_][^\d.!?:;,]{0,30}\Z")
TIMES = 0.15
"""At least so many of the lines are a time and nothing else."""
_NO_NAMES = frozenset(
    """
    info information warn warning error err debug trace fatal critical notice verbose severe fine log kernel systemd
    cron todo note date time start end to subject
    """.split()
)
"""Words before a colon in logs and mail, where chats have a name."""
_FILE = re.compile(r"\.\w{1,4}\Z")
_ALONE = re.compile(r"(?P<name>[^\W\d_][\w .’'-]{0,24}):\s\S")
_SPOKEN = 6
"""So many lines `Name: text` without any time show a talk, where two or more names take turns."""
_SPEAKERS = frozenset(
    "sender sender_name sendername from author user username speaker role nick nickname from_name by name".split()
)
_LOOSE = frozenset({"name", "user", "by", "author", "from"})
"""Those that records which are no messages have too."""
_WORDS = frozenset("text content message body msg parts value".split())


def without_speakers(document: ParsedDocument, *, chat: bool | None = None) -> Iterator[ReadItem]:
    """A text as it is; one that looks like a chat after a remark, and as nobody's own words.

    `chat`: whether it looks like one, where that is known.
    """
    if looks_like_chat(document.text) if chat is None else chat:
        yield Unread(REMARK, failed=False)
        document = replace(document, blocks=tuple(replace(block, role="other") for block in document.blocks))
    yield document


def looks_like_chat(text: str) -> bool:
    """Whether the lines of a text are messages with speakers."""
    lines = [line.strip("\u200b \r") for line in text[: LOOKED_AT * 200].split("\n")]
    lines = [line for line in lines if line][:LOOKED_AT]
    names = [name for line in lines if (name := _name(line))]
    if len(names) >= 2 and len(names) >= SHARE * len(lines) and _few(names):
        return True
    return _takes_turns(lines) or _has_times_between(lines)


def looks_like_chat_json(value: Any) -> bool:
    """Whether a JSON value holds a list of messages with a speaker and words."""
    return any(_is_talk(entries) for entries in _lists(value, 0))


def _name(line: str) -> str:
    head = ascii_digits(line[:120])
    if _HAS_CLOCK.search(head) is None:
        return ""
    for pattern in _MESSAGES:
        match = pattern.match(head)
        if match is not None and _may_be_name(match["name"].strip()):
            return str(match["name"]).strip()
    return ""


def _may_be_name(name: str) -> bool:
    first = name.split()[0].casefold() if name else ""
    return bool(first) and first not in _NO_NAMES and not _FILE.search(name)


def _few(names: list[str]) -> bool:
    """Whether two or more names come back, as the people of a chat do; what stands in a log or plan hardly does."""
    return len(set(names)) >= 2 and (len(names) < 4 or len(set(names)) <= max(2, len(names) // 2))


def _has_times_between(lines: list[str]) -> bool:
    """Whether times stand alone on lines, and names come back beside them, as on the pages of exports."""
    times = [i for i, line in enumerate(lines) if len(line) <= 40 and _TIME_ALONE.match(ascii_digits(line))]
    if len(times) < 3 or len(times) < TIMES * len(lines):
        return False
    beside = Counter(lines[j] for i in times for j in (i - 2, i - 1, i + 1) if 0 <= j < len(lines))
    names = [line for line, count in beside.items() if count >= 2 and _NAME_ALONE.match(line)]
    return len(names) >= 2


def _takes_turns(lines: list[str]) -> bool:
    found = [str(match["name"]) for line in lines if (match := _ALONE.match(line))]
    spoken = [name for name in found if name.casefold() not in _NO_NAMES]
    count: Counter[str] = Counter(spoken)
    if len(spoken) < _SPOKEN or len(spoken) < 0.8 * len(lines) or not 2 <= len(count) <= len(spoken) // 3:
        return False
    changes = sum(1 for one, other in pairwise(spoken) if one != other)
    return changes >= len(spoken) // 2


def _lists(value: Any, depth: int) -> Iterator[list[Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        yield value
        for inner in value[:20]:
            yield from _lists(inner, depth + 1)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _lists(inner, depth + 1)


def _is_talk(entries: list[Any]) -> bool:
    sample = [entry for entry in entries[:50] if isinstance(entry, dict)]
    return len(sample) >= 2 and sum(_is_message(entry) for entry in sample) > len(sample) / 2


def _is_message(entry: dict[Any, Any]) -> bool:
    keys = {str(key).casefold() for key, value in entry.items() if value not in (None, "")}
    speakers, words = keys & _SPEAKERS, keys & _WORDS
    # A `name` with a `value` is any record; a chat says when, or that it is a role.
    timed = any("time" in key or "date" in key or key in ("ts", "at", "created_at") for key in keys)
    return bool(words and speakers and (timed or "role" in speakers or speakers - _LOOSE))
