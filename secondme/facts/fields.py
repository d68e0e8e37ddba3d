"""Facts in fields: contacts, tables with a column of names, heads of mail, birthdays in a calendar, and blocks such as
"Name: … / Phone: …" in someone's own notes.

They are about whom they name: in this way a file can't say anything about the user.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache

from secondme.facts.relations import Relation, Relations, all_relations, relation
from secondme.facts.statement import Statement
from storage.facts import Unread

_NAME_LABEL = re.compile(r"(?i)(?:full |first |contact |display )?name|contact|person|who\Z")
_LINE = re.compile(r"(?m)^[ \t*-]*([A-Za-z][A-Za-z .-]{1,24}?)[ \t]*:[ \t]*(\S[^\n]*?)[ \t]*$")
_WHICH = re.compile(r" \([^()\d]{2,40}\)\Z")
"""Which of several a field is: "(home)"."""
_PERSON = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,4}\Z")
_ADDRESS = re.compile(r"([^\n<>,:]{2,60}?) <([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
_HEADERS = re.compile(r"(?m)^(?:From|To): .*$")
_GUESTS = re.compile(r"(?m)^(?:With|Organizer): .*$")
_BIRTHDAY = re.compile(
    r"(?:(?P<of>[^\W\d_][\w’' -]{1,40}?)['’]s (?:\d+(?:st|nd|rd|th) )?[Bb]irthday"
    r"|[Bb]irthday(?: of|:) (?P<after>[^\W\d_][\w' -]{1,40}))"
)
_WHEN = re.compile(r"(?m)^When: \w+ (\d{2} \w+)")
_NOBODY = re.compile(
    r"(?i)\b(?:john|jane) (?:q\.? )?(?:doe|public|smith)\b|\bmax mustermann\b"
    r"|\b(?:example|sample|test|your|foo|bar|lorem|user)\b|no-?reply"
)
"""People of forms and examples."""
FEWEST_FIELDS = 2
"""A block in a note needs so many fields to be read."""


def records(span: Unread) -> Iterator[Statement]:
    """What the fields of a span state."""
    if span.media == "text/calendar":
        yield from _event(span.text)
    elif span.media == "text/vcard":
        yield from _block(span.text, fewest=1)
    elif span.media == "text/csv":
        yield from _rows(span.text, span.heading)
    elif span.media in ("message/rfc822", "application/mbox") and span.speaker:  # what it quotes has none
        yield from _addresses(span.text, _HEADERS)
    elif span.role == "me":
        yield from _block(span.text, fewest=FEWEST_FIELDS)


@cache
def _labels(relations: Relations) -> list[tuple[re.Pattern[str], Relation]]:
    """Patterns for the names of fields, with the relations that they hold."""
    return [(re.compile(f"(?i){about.label}"), about) for about in relations if about.label]


def _labelled(label: str) -> Relation | None:
    """The relation that a field of this name holds."""
    return next((about for form, about in _labels(all_relations()) if form.match(label)), None)


def _statement(name: str, about: Relation, value: str, start: int, end: int) -> Iterator[Statement]:
    if not _PERSON.match(name) or _NOBODY.search(name) or not value:
        return
    if not about.shape or re.match(about.shape, value):
        yield Statement(name, about.name, value, start, end, confidence=0.95)


def _block(text: str, fewest: int) -> Iterator[Statement]:
    """Lines "Label: value" after a name."""
    name = ""
    found: list[tuple[Relation, str, int, int]] = []
    for match in _LINE.finditer(text):
        label, value = match[1].strip(), _WHICH.sub("", match[2].strip())
        if _NAME_LABEL.fullmatch(label):
            name = value
            continue
        about = _labelled(label)
        if about is not None and name:
            found.append((about, value, match.start(), match.end()))
    if len(found) >= fewest:
        for about, value, start, end in found:
            yield from _statement(name, about, value, start, end)


def _rows(text: str, heading: str) -> Iterator[Statement]:
    """Rows of a table by the names of its columns, which the heading gives."""
    columns = [column.strip() for column in heading.split(", ")]
    names = [i for i, column in enumerate(columns) if _NAME_LABEL.fullmatch(column)]
    if not names:
        return
    relations = [_labelled(column) for column in columns]
    delimiter = max(",;\t|", key=text.count)
    begin = 0
    for line in text.splitlines(keepends=True):
        try:
            cells = [cell.strip() for cell in next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])]
        except csv.Error:  # a damaged row, or a quoted cell over several lines: its text is kept, no field is read
            cells = []
        if len(cells) == len(columns) and cells != columns:
            name = " ".join(cells[i] for i in names)
            for about, cell in zip(relations, cells, strict=True):
                at = line.find(cell)
                if about is not None and cell and at >= 0:
                    yield from _statement(name, about, cell, begin + at, begin + at + len(cell))
        begin += len(line)


def _addresses(text: str, lines: re.Pattern[str]) -> Iterator[Statement]:
    """Names with their addresses, in lines such as those of a message's head."""
    for line in lines.finditer(text):
        begin = line.start() + line.group().index(": ") + 2
        for match in _ADDRESS.finditer(text[begin : line.end()]):
            if not _NOBODY.search(match[2].partition("@")[0]):
                name = match[1].strip(" \"'")
                yield from _statement(name, relation("email"), match[2], begin + match.start(), begin + match.end())


def _event(text: str) -> Iterator[Statement]:
    """Birthdays, and the addresses of who takes part."""
    title = text.partition("\n")[0]
    birthday, day = _BIRTHDAY.search(title), _WHEN.search(text)
    if birthday and day:
        name = (birthday["of"] or birthday["after"]).strip()
        yield from _statement(name, relation("birthday"), day[1], 0, len(title))
    yield from _addresses(text, _GUESTS)
