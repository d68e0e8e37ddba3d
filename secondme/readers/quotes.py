"""What a message quotes or forwards of others, told from what its sender wrote, in whichever program and language.

Three marks tell it: signs before lines, lines that begin a quotation ("On Tuesday Sam wrote:"), and a block of headers
("From: … Sent: … Subject: …"). Most are told by their shape, which no language changes; words come beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from secondme.readers.quote_words import END_OF_MESSAGE, FORWARD_SUBJECT, HEADERS, HEADERS_WITHIN, OTHER_MESSAGE, WROTE

LONGEST = 500
"""A line that introduces a quotation has no more characters."""
HEADER_LINES = 40
"""A block of headers has no more lines."""
SENDER_WITHIN = 4
"""Among so many headers the sender is."""
STACKED = 14
"""Headers with lines of their own take no more lines."""
BEGIN, END = "\ue000", "\ue001"
"""Where a quotation begins and ends in text drawn out of markup; private characters, which no text means."""

_MARKED = re.compile(r"[ \t]{0,3}(?:[A-Z][A-Za-z]{0,3})?(?:>|＞)")
_PIPED = re.compile(r"[ \t]{0,3}[|¦│]|[ \t]{4,}\S")
_RULE = re.compile(r"[ \t]*(?:_{10,}|-{10,}|={10,}|\*{10,})[ \t]*\Z")
_TITLED = re.compile(r"[ \t]*[-_=*—–~+]{2,}[ >\t]*(?P<title>[^\W\d_][^\n]{2,70}?)[ <\t]*[-_=*—–~+]{2,}[ \t]*\Z")
"""A line such as "----- Original Message -----"."""
_LABEL = re.compile(
    r"[ \t]*\*{0,2}(?P<label>[^\W\d_][^\n:：@/<>]{0,24}?)\*{0,2}[ \t\u00a0]{0,2}[:：]\*{0,2}[ \t\u00a0]*(?P<value>.*)"
)
_ADDRESS = re.compile(r"[^\s<>@\[(]+@[^\s<>@\])]+\.\w{2,}")
_TIME = re.compile(r"\b[012]?\d[:.h][0-5]\d\b")
_DATE = re.compile(
    r"""
    \b(?:19|20)\d\d\b | \b\d{1,2}[./-][ ]?\d{1,2}[./-][ ]?\d{2,4}\b | \d{1,2}\s?[月월]
    | \b\d{1,2}\.?[ ](?:de[ ])?[^\W\d_]{3,} | [^\W\d_]{3,}\.?[ ]\d{1,2}\b
    """,
    re.VERBOSE,
)
_NAMED = re.compile(r"[^\W\d_a-z][\w'’.-]*(?: [^\W\d_a-z][\w'’.-]*){0,3},? \S+(?: \S+)?[:：]\Z")
"""A name and a verb, and nothing else: "Sam Berg wrote:"."""


def is_forward(subject: str) -> bool:
    """Whether a subject says that the message was forwarded."""
    return bool(FORWARD_SUBJECT.match(subject.strip()))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """(text, whether it is another's) of a message, in order; nothing is left out but marks of this module."""
    lines = text.split("\n")
    others = _others(lines)
    begin = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or others[i] != others[begin]:
            piece = "\n".join(lines[begin:i]).replace(BEGIN, "").replace(END, "")
            if piece.strip():
                yield piece, others[begin]
            begin = i


def _others(lines: Sequence[str]) -> list[bool]:
    """For each line whether it is another's. An empty line goes with the line before it."""
    found = [False] * len(lines)
    depth = 0
    rest = False
    i = 0
    while i < len(lines):
        line = lines[i]
        opened, closed = line.count(BEGIN), line.count(END)
        if depth > 0 or opened or rest or _MARKED.match(line):
            found[i] = True
            if rest and _is_end(line):
                rest = False
        elif not line.strip():
            found[i] = i > 0 and found[i - 1]
        elif len(line) <= LONGEST and (stop := _introduction(lines, i)):
            found[i:stop] = [True] * (stop - i)
            rest = not _marked_follows(lines, stop)
            i = stop
            continue
        depth = max(0, depth + opened - closed)
        i += 1
    return found


def _is_end(line: str) -> bool:
    titled = _TITLED.match(line)
    return bool(titled and END_OF_MESSAGE.search(titled["title"]))


def _marked_follows(lines: Sequence[str], at: int) -> bool:
    """Whether the next line that holds something is marked as quoted, so that marks tell how far the quotation goes."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at < len(lines) and bool(_MARKED.match(lines[at]) or BEGIN in lines[at])


def _introduction(lines: Sequence[str], at: int) -> int:
    """Behind the lines that say "here begins what another wrote", or 0 where nothing says so at this line."""
    titled = _TITLED.match(lines[at])
    if titled and not END_OF_MESSAGE.search(titled["title"]):
        stop = _header_block(lines, at + 1, fewest=1)
        if stop and (OTHER_MESSAGE.search(titled["title"]) or _header_block(lines, at + 1, fewest=2)):
            return stop
        if OTHER_MESSAGE.search(titled["title"]):
            return at + 1
    if _RULE.match(lines[at]):
        return _header_block(lines, at + 1, fewest=2)
    if OTHER_MESSAGE.search(lines[at]) and lines[at].rstrip().endswith((":", "：")) and len(lines[at]) < 80:
        stop = _header_block(lines, at + 1, fewest=2)  # "Begin forwarded message:"
        if stop:
            return stop
    return _header_block(lines, at, fewest=3) or _attribution(lines, at) or _stacked_headers(lines, at)


def _header_block(lines: Sequence[str], at: int, *, fewest: int) -> int:
    """Behind a block of at least so many headers that begins here (blank lines before it count not), or 0."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    begin = at
    kinds: set[str] = set()
    labels = 0
    limit = min(len(lines), at + HEADER_LINES)
    while at < limit and (found := _LABEL.match(lines[at])):
        labels += 1
        label = " ".join(found["label"].split())
        kinds |= {kind for kind, form in HEADERS.items() if form.match(label)}
        at += 1
        if labels > SENDER_WITHIN and "from" not in kinds and not any(map(_ADDRESS.search, lines[begin : begin + 2])):
            return 0
        # A long list of people goes on in the next line.
        while at < limit and lines[at].strip() and _ADDRESS.search(lines[at]) and not _LABEL.match(lines[at]):
            at += 1
    block = "\n".join(lines[begin:at])
    if labels == 0:
        return at + 1 if begin < len(lines) and fewest > 1 and _is_header_line(lines[begin]) else 0
    if len(kinds) >= min(fewest, 2) and ("from" in kinds or len(kinds) > 2) and labels >= fewest:
        return at
    first = any(_ADDRESS.search(line) for line in lines[begin : begin + 2])
    if labels >= max(fewest, 3) and first and (_DATE.search(block) or _TIME.search(block)):
        return at
    return at if _is_header_line(block) else 0


def _stacked_headers(lines: Sequence[str], at: int) -> int:
    """Behind headers whose names have lines of their own, as Notes writes them below a name and a date; or 0."""
    if lines[at].count("/") < 2 and not _ADDRESS.search(lines[at]):
        return 0
    near = [line.strip().rstrip(":") for line in lines[at + 1 : at + STACKED]]
    if not any(_DATE.search(line) and _TIME.search(line) for line in near[:2]):
        return 0
    named = [i for i, line in enumerate(near) if HEADERS["subject"].match(line)]
    return at + 1 + named[0] + 1 if named and any(HEADERS["to"].match(line) for line in near) else 0


def _is_header_line(line: str) -> bool:
    """Whether a line holds headers one after another: "From: Sam Sent: Tuesday To: Ana Subject: The boat"."""
    if len(line) > 1000 or not (first := HEADERS_WITHIN["from"].match(line.strip())) or first.start():
        return False
    return sum(bool(form.search(line)) for form in HEADERS_WITHIN.values()) > 2


def _attribution(lines: Sequence[str], at: int) -> int:
    """Behind "On 5 March 2024 at 10:00, Sam <sam@example.org> wrote:", which may run over three lines, or 0."""
    for stop in range(at + 1, min(at + 4, len(lines) + 1)):
        part = [line.strip() for line in lines[at:stop]]
        text = " ".join(part)
        if not part[-1] or len(text) > 300:
            return 0
        if not text.endswith((":", "：")) and not WROTE.search(text):
            continue
        marked = _marked_follows(lines, stop)
        if text.endswith((":", "：")) or marked:
            # A line of one's own before it is no part of it.
            if len(part) > 1 and (part[0].endswith((".", "!", "?", "。")) or not _DATE.search(part[0])):
                return 0
            return stop if _introduces(text, marked, lines[stop] if stop < len(lines) else "") else 0
    return 0


def _introduces(text: str, marked: bool, following: str) -> bool:
    """Whether a line that ends with a colon says who wrote what follows, and when."""
    timed, signed = bool(_TIME.search(text)), bool(_ADDRESS.search(text))
    dated = timed or bool(_DATE.search(text))
    wrote = bool(WROTE.search(text))
    if wrote:
        return dated or signed or marked or bool(_NAMED.match(text) or _PIPED.match(following))
    return marked or (timed and signed and bool(_DATE.search(text)))
