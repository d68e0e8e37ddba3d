"""Contacts: vCards 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350) in the dialects that telephones and programs write.

The cards are told apart first, so that a damaged one loses only itself. Parsers for calendars refuse version 2.1.
"""

from __future__ import annotations

import contextlib
import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from secondme.readers.dates import day_first, whole_year
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.mail_text import codec_of, text_of
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable

_CARD = re.compile(rb"(?im)^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$")
_LINE = re.compile(rb"""\s*(?:([\w-]+)\.)?([A-Za-z][\w-]*)[ \t]*((?:;(?:"[^"]*"|[^":;])*)*):(.*)""", re.DOTALL)
_BINARY = re.compile(rb"(?i);(?:ENCODING=)?(?:BASE64|B)(?:;|\Z)")
_PARAMETER = re.compile(rb""";((?:"[^"]*"|[^";])*)""")
_SILENT = frozenset(
    """
    BEGIN END VERSION PRODID UID REV SOURCE PROFILE NAME CLASS MAILER SORT-STRING CLIENTPIDMAP XML KIND KEY
    X-ABLABEL X-ABADR X-ABUID X-ABSHOWAS X-IMAGEHASH X-IMAGETYPE X-SHARED-PHOTO-DISPLAY-PREF X-ACTIVITY-ALERT
    X-APPLE-SUBLOCALITY PHOTO LOGO SOUND X-ADDRESSBOOKSERVER-KIND AGENT FN N CREATED CALURI FBURL
    CALADRURI X-MOZILLA-HTML X-EVOLUTION-FILE-AS X-SONYERICSSON-UID
    """.split()
)
"""What programs keep for themselves, pictures and keys; the name has a line of its own."""
_LABELS = {
    "TEL": "Phone", "EMAIL": "Email", "BDAY": "Birthday", "ORG": "Company", "TITLE": "Job", "ROLE": "Role",
    "ADR": "Address", "LABEL": "Address label", "NICKNAME": "Nickname", "NOTE": "Note", "URL": "Link",
    "CATEGORIES": "Groups", "ANNIVERSARY": "Anniversary", "X-ANNIVERSARY": "Anniversary", "DEATHDATE": "Died",
    "BIRTHPLACE": "Born in", "DEATHPLACE": "Died in", "IMPP": "Chat", "RELATED": "Related", "GENDER": "Gender",
    "LANG": "Language", "TZ": "Time zone", "GEO": "Position", "X-ABDATE": "Date", "X-ABRELATEDNAMES": "Related",
    "X-SOCIALPROFILE": "Profile", "X-SPOUSE": "Spouse", "X-MANAGER": "Manager", "X-ASSISTANT": "Assistant",
}  # fmt: skip
_TYPES_UNSAID = frozenset("pref internet voice text uri date quoted-printable base64 b 8bit 7bit vcard".split())
_APPLE = re.compile(r"_\$!<(.*)>!\$_")
_NO_YEAR = frozenset((0, 1, 4, 1604))
"""Years that stand for none: Apple writes 1604, the first leap year of its calendar; others write 0 or 1."""
_DIGITS = re.compile(r"(?:(\d{4})|--)-?(\d\d)?-?(\d\d)?(?:[T ].*)?\Z")
_NUMBERS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\Z")


@dataclass(frozen=True)
class _Property:
    """A line of a card: its group, name, parameters and value, as text with the escapes still in."""

    group: str
    name: str
    types: tuple[str, ...]
    parameters: dict[str, str]
    value: str


class VcfReader:
    """Reads contacts (vCard)."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document, its places are people."""
        cards = _cards(source.data())
        prose = Prose(source.name)
        bad = lost = 0
        for number, card in enumerate(cards, start=1):
            properties, damaged = _properties(card)
            lines = _card(properties)
            lost += damaged
            bad += not lines
            if lines:
                prose.new_section()
                prose.paragraph("\n".join(lines), f"contact {number}", heading=lines[0].partition(": ")[2])
        if bad:
            yield Unread(f"{bad} of its {len(cards)} contacts are damaged or have no name")
        if lost:
            yield Unread(f"{lost} lines of its contacts are damaged")
        if not prose.blocks:
            raise Unreadable("it holds no contacts")
        yield ParsedDocument("text/vcard", source.name, prose.text(), tuple(prose.blocks))


def _cards(data: bytes) -> list[bytes]:
    """The lines of each card; one that is never ended ends where the next begins."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"CHARSET" not in data.upper():
        with contextlib.suppress(Unreadable):  # each value is then read for itself
            data = text_of(data, None).encode()
    return _CARD.split(data)[1:]


def _properties(card: bytes) -> tuple[list[_Property], int]:
    """The properties of a card, and how many lines are none."""
    found: list[_Property] = []
    damaged = 0
    for line in _unfolded(card):
        match = _LINE.match(line)
        if match is None:
            damaged += 1
            continue
        name = match[2].decode().upper()
        if name == "END":
            break
        types, parameters = _parameters(match[3])
        try:
            value = _value(match[4], parameters)
        except (Unreadable, ValueError):
            damaged += 1
            continue
        found.append(_Property((match[1] or b"").decode().lower(), name, types, parameters, value))
    return found, damaged


def _unfolded(card: bytes) -> Iterator[bytes]:
    """Lines of a card with those that go on in the next joined: folded ones, and soft ends of quoted-printable."""
    line = b""
    soft = False
    for part in card.split(b"\n"):
        if soft:
            line = line[:-1] + part.lstrip(b" \t")
        elif part[:1] in (b" ", b"\t") and line and part.strip():
            line += part[1:]
        elif part.strip() and b":" not in part and _BINARY.search(line.partition(b":")[0]):
            continue  # a picture that is not indented
        else:
            if line.strip():
                yield line
            line = part
        soft = line.rstrip().endswith(b"=") and b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()
        line = line.rstrip() if soft else line
    if line.strip():
        yield line


def _parameters(text: bytes) -> tuple[tuple[str, ...], dict[str, str]]:
    """(types in lower case, other parameters). Version 2.1 writes types without `TYPE=`."""
    types: list[str] = []
    parameters: dict[str, str] = {}
    for part in _PARAMETER.findall(text):
        written = part.decode("utf-8", "replace").strip()
        key, equals, value = written.partition("=")
        value = value.strip().strip('"')
        if not equals:
            key, value = (
                ("encoding", written) if written.upper() in ("QUOTED-PRINTABLE", "BASE64") else ("type", written)
            )
        if key.strip().lower() == "type":
            types += [one.strip().lower() for one in value.split(",") if one.strip()]
        else:
            parameters[key.strip().lower()] = value
    return tuple(types), parameters


def _value(data: bytes, parameters: dict[str, str]) -> str:
    """The text of a value, decoded as its parameters say. Raises Unreadable."""
    if parameters.get("encoding", "").upper() == "QUOTED-PRINTABLE":
        data = quopri.decodestring(data)
    charset = parameters.get("charset", "")
    text = text_of(data, charset if codec_of(charset) else None)
    return text.replace(" \n", "\n").strip()


def _card(properties: Sequence[_Property]) -> list[str]:
    """A contact's fields as lines; empty without a name."""
    name = _name(properties)
    if not name:
        return []
    labels = {one.group: _plain(one.value) for one in properties if one.name == "X-ABLABEL" and one.group}
    lines = [f"Name: {name}"]
    whole = _whole_name(properties)
    if not set(whole.casefold().split()) <= set(re.findall(r"[^\s,;]+", name.casefold())):
        lines.append(f"Full name: {whole}")
    for one in properties:
        if one.name not in _SILENT and not one.parameters.get("encoding", "").upper().startswith("B"):
            kind = _APPLE.sub(r"\1", labels.get(one.group, "")) or _types(one)
            lines += _lines(one, kind)
    return lines


def _name(properties: Sequence[_Property]) -> str:
    """The name as it is shown, else put together of its parts, else of what a contact without a name goes by."""
    shown = next((_plain(one.value) for one in properties if one.name == "FN" and _plain(one.value)), "")
    if shown:
        return " ".join(shown.split())
    whole = _whole_name(properties)
    if whole:
        return whole
    for name in ("ORG", "NICKNAME", "EMAIL", "TEL"):
        found = next((" ".join(filter(None, _parts(one.value))) for one in properties if one.name == name), "")
        if found:
            return " ".join(found.split())
    return ""


def _whole_name(properties: Sequence[_Property]) -> str:
    """The parts of the name in the order in which they are spoken; a contact may be shown under another one."""
    parts = next((_parts(one.value) for one in properties if one.name == "N"), [])
    family, given, middle, before, after = [*parts, "", "", "", "", ""][:5]
    return " ".join(" ".join(filter(None, (before, given, middle, family, after))).split())


def _lines(one: _Property, kind: str) -> Iterator[str]:
    """The lines of a property: its label, its value, and in brackets which of several it is."""
    label = _LABELS.get(one.name, one.name.removeprefix("X-").replace("-", " ").capitalize())
    which = f" ({kind})" if kind else ""
    if one.name == "ADR":
        parts = [*_parts(one.value), *[""] * 7][:7]
        city = parts[3]
        parts[2:6] = [parts[2], " ".join(filter(None, (parts[5], parts[3]))), parts[4], ""]
        address = ", ".join(filter(None, (" ".join(part.split()) for part in parts)))
        if address:
            yield f"{label}: {address}{which}"
        if city:
            yield f"City: {' '.join(city.split())}"
    elif one.name == "ORG":
        company, *units = _parts(one.value)
        if company:
            yield f"{label}: {' '.join(company.split())}"
        if any(units):
            yield f"Department: {', '.join(filter(None, units))}"
    elif one.name in ("BDAY", "ANNIVERSARY", "X-ANNIVERSARY", "DEATHDATE", "X-ABDATE"):
        day = _day(_plain(one.value), one.parameters, born=one.name == "BDAY")
        if day:
            yield f"{label}: {day}{which}"
    else:
        text = re.sub(
            r"(?i)^(?:tel|mailto|sip|geo):", "", _plain(one.value, separated=one.name.startswith("X-ANDROID"))
        )
        if text.strip():
            yield f"{label}: {text if one.name == 'NOTE' else ' '.join(text.split())}{which}"


def _types(one: _Property) -> str:
    """Which of several a property is, as its types say: "home, fax"."""
    named = [re.sub(r"(?i)^x-", "", kind) for kind in one.types if kind not in _TYPES_UNSAID]
    return ", ".join(dict.fromkeys(named))


def _parts(value: str) -> list[str]:
    """The parts of a value between semicolons that are not escaped."""
    return [_plain(part) for part in re.split(r"(?<!\\);", value)]


def _plain(value: str, *, separated: bool = False) -> str:
    r"""A value with its escapes undone: `\n`, `\,`, `\;`, `\:` and `\\`."""
    if separated:
        value = " ".join(part for part in re.split(r"(?<!\\);", value) if part and not part.isdigit())
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value, flags=re.DOTALL).strip()


def _day(text: str, parameters: dict[str, str], *, born: bool) -> str:
    """A date of a contact: "1990-05-03", "17 May" without a year, or what was written if it is no date."""
    digits = _DIGITS.match(text)
    omitted = parameters.get("x-apple-omit-year", "")
    if digits and not re.fullmatch(r"\d{1,3}|--", text):
        year = int(digits[1] or 0)
        year = 0 if year in _NO_YEAR or str(year) == omitted else year
        return _written(year, int(digits[2] or 0), int(digits[3] or 0)) or text
    bare = re.fullmatch(r"---(\d\d)", text)
    if bare:
        return f"the {int(bare[1])}th of a month"
    numbers = _NUMBERS.match(text)
    if numbers is None:
        return text
    first, second, third = map(int, numbers.groups())
    if first > 31:
        year, month, day, two = first, second, third, len(numbers[1]) == 2
    else:
        in_order = day_first([(first, second)])
        if in_order is None and "." not in text:
            return text
        day, month = (first, second) if in_order is not False else (second, first)
        year, two = third, len(numbers[3]) == 2
    if two:
        year = whole_year(year, month, day, today=date.today(), past=born)
    return _written(0 if year in _NO_YEAR else year, month, day) or text


def _written(year: int, month: int, day: int) -> str:
    """A date whose year, month or day may be unknown (0); empty for one that is none."""
    try:
        if month and day:
            date(year or 2000, month, day)
    except ValueError:
        return ""
    if month > 12:
        return ""
    name = _MONTHS[month - 1] if month else ""
    if year and month and day:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return " ".join(str(part) for part in (day or "", name, year or "") if part)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
