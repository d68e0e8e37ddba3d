"""Recognising the messages of a chat that has no ids: under another name of a person, from another phone or zone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from secondme.readers.documents import Turn
from secondme.readers.exports.whatsapp_words import same_words
from storage.records import Span
from storage.store import Store

WITHOUT_IDS = "whatsapp:"
"""Chats whose messages have no ids have keys that begin so."""
SAMPLES = 40
"""So many messages are looked up to find the chat they are of."""
SAME_CHAT = 0.6
"""At least so many of the samples of a stretch of time have to be in a chat for it to be the same one."""
CERTAIN = 5
"""So many equal messages of one person make a chat the same; of two people, two do."""
TELLING = 8
"""Texts of at least so many characters show by how much the clocks of two exports differ."""
QUARTER = 15
"""Zones differ by a multiple of so many minutes."""

_SPACE = re.compile(r"\s+")


@dataclass
class _Message:
    """A stored message: its pieces joined. `live`: it is in recall."""

    origin: str
    speaker: str
    minute: int
    words: str
    live: bool
    taken: bool = field(default=False)


@dataclass(frozen=True)
class Recognition:
    """`held`: keys of turns that are stored already. `origins`: by key of others, the stored message that they are:
    edited since, or taken out of recall with their file."""

    held: frozenset[str]
    origins: Mapping[str, str]


def recognise(
    turns: Sequence[Turn], stored: Iterable[tuple[Span, bool]], origin_of: Callable[[str], str]
) -> Recognition:
    """Which turns of a chat are stored. `stored`: (span, archived) of the chat's source. `origin_of`: the id that a
    message has by its key.

    A message is the same with the same words in the same minute, whoever is said to have said it. What is left over
    with the same words and key was dated otherwise before; what is left over in a minute from one person was edited.
    """
    messages = _messages(stored)
    shift = _shift(turns, messages)
    by_words: dict[tuple[int, str], deque[_Message]] = defaultdict(deque)
    for one in messages:
        by_words[(one.minute, one.words)].append(one)
    held: set[str] = set()
    origins: dict[str, str] = {}
    named: dict[str, Counter[str]] = defaultdict(Counter)
    left: list[Turn] = []
    for turn in turns:
        message = _of_speaker(by_words.get((_minute(turn.happened_at, shift), _words(turn.text)), ()), turn.speaker)
        if message is None:
            left.append(turn)
            continue
        message.taken = True
        named[turn.speaker][message.speaker] += 1
        if message.live:
            held.add(turn.key)
        else:
            origins[turn.key] = message.origin
    free: dict[tuple[int, str], deque[_Message]] = defaultdict(deque)
    for one in messages:
        if not one.taken and one.live:
            free[(one.minute, one.speaker)].append(one)
    by_origin = {message.origin: message for message in messages}
    for turn in left:
        by_key = by_origin.get(origin_of(turn.key))
        known_as = named[turn.speaker].most_common(1)[0][0] if named[turn.speaker] else turn.speaker
        edited = free.get((_minute(turn.happened_at, shift), known_as))
        if by_key is not None and not by_key.taken and by_key.words == _words(turn.text):
            by_key.taken = True
            origins[turn.key] = by_key.origin
        elif edited and turn.happened_at:
            origins[turn.key] = edited.popleft().origin
        elif by_key is not None:
            origins[turn.key] = origin_of(f"{turn.key}|{_words(turn.text)}")  # the key counts, and means another now
    return Recognition(frozenset(held), origins)


def earlier_chat(turns: Sequence[Turn], store: Store) -> str:
    """The id of the stored chat that these turns continue under another title, or empty."""
    telling = [turn for turn in turns if turn.happened_at and len(turn.text) <= 600 and not turn.text.startswith("[")]
    samples = telling[:: max(1, len(telling) // SAMPLES)]
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for i, turn in enumerate(samples):
        begin = turn.happened_at[:16]
        end = f"{(datetime.fromisoformat(begin) + timedelta(minutes=1)).isoformat()[:16]}"
        for source_id in store.spans.chats_that_hold(turn.text, begin, end):
            found[source_id].append((i, turn.speaker))
    for source_id, hits in sorted(found.items(), key=lambda item: -len(item[1])):
        places = [i for i, _ in hits]
        speakers = {speaker for _, speaker in hits}
        stretch = places[-1] - places[0] + 1
        enough = len(hits) >= CERTAIN or (len(hits) >= 2 and len(speakers) >= 2)
        if enough and len(hits) >= SAME_CHAT * stretch:
            return source_id
    return ""


def _messages(stored: Iterable[tuple[Span, bool]]) -> list[_Message]:
    live: dict[str, list[Span]] = defaultdict(list)
    archived: dict[str, list[Span]] = defaultdict(list)
    for span, away in stored:
        (archived if away else live)[span.origin or span.id].append(span)
    return [
        _Message(origin, spans[0].speaker, _minute(spans[0].happened_at or ""), _words(_joined(spans)), origin in live)
        for origin, spans in {**archived, **live}.items()
    ]


def _joined(spans: Sequence[Span]) -> str:
    return " ".join(span.text for span in spans)


def _of_speaker(same: Iterable[_Message], speaker: str) -> _Message | None:
    """The first message that nobody took yet, rather of this speaker."""
    free = [message for message in same if not message.taken]
    return next((message for message in free if message.speaker == speaker), free[0] if free else None)


def _shift(turns: Sequence[Turn], messages: Sequence[_Message]) -> int:
    """By how many minutes the turns are later than what is stored: exports tell the time of the phone's zone."""
    once = _once((_words(turn.text), _minute(turn.happened_at)) for turn in turns)
    before = _once((message.words, message.minute) for message in messages)
    differences = Counter(once[words] - before[words] for words in once.keys() & before.keys())
    if not differences:
        return 0
    shift, count = differences.most_common(1)[0]
    whole = shift % QUARTER == 0 and abs(shift) <= 26 * 60
    return shift if whole and count >= 2 and count > differences.total() / 2 else 0


def _once(texts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, list[int]] = defaultdict(list)
    for words, minute in texts:
        if len(words) >= TELLING and minute:
            found[words].append(minute)
    return {words: minutes[0] for words, minutes in found.items() if len(minutes) == 1}


def _minute(happened_at: str, shift: int = 0) -> int:
    """The minute since 1970, brought back by `shift`; 0 without a time."""
    return int(datetime.fromisoformat(happened_at).timestamp() // 60) - shift if happened_at else 0


def _words(text: str) -> str:
    return _SPACE.sub("", same_words(text))
