"""Files of text formats, messages, calendars and chats with a numbered marker in every place for words."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from email.message import EmailMessage
from typing import Any

from tests.secondme.readers.markers import Marks, docx, picture


def html(mark: Marks) -> bytes:
    """A web page."""
    inline = "".join(
        f" <{tag}>{mark(tag)}</{tag}>" for tag in "b i em strong code kbd mark q s u ins abbr time".split()
    )
    blocks = "".join(
        f"<{tag}>{mark(tag)}</{tag}>"
        for tag in "p div section article aside header footer main address blockquote pre h1 h2 form center".split()
    )
    return (
        f"<html><head><title>{mark('title')}</title><meta name=author content={mark('author')}></head><body>{blocks}"
        f"<p>{inline}<br>{mark('after a line break')}</p><img alt='{mark('alternative text')}'>"
        f"<ul><li>{mark('entry')}<ul><li>{mark('entry in an entry')}</li></ul></li></ul>"
        f"<dl><dt>{mark('term')}</dt><dd>{mark('definition')}</dd></dl>"
        f"<table><caption>{mark('caption of a table')}</caption><tr><th>{mark('head of a column')}</th><th>x</th></tr>"
        f"<tr><td><ul><li>{mark('list in a cell')}</li><li>{mark('second entry')}</li></ul></td><td>a<br>"
        f"{mark('line break in a cell')}</td></tr></table><ruby>{mark('base')}<rt>{mark('ruby')}</rt></ruby>"
        f"<details><summary>{mark('summary')}</summary>{mark('details')}</details>"
        f"<figure><figcaption>{mark('caption')}</figcaption></figure><textarea>{mark('text area')}</textarea>"
        f"<select><option>{mark('option')}</option></select><input value='{mark('input')}'></body></html>"
    ).encode()


def evernote(mark: Marks) -> bytes:
    """Notes as Evernote exports them."""
    page = (
        f"<en-note><div>{mark('line')}</div><div><en-todo checked='true'/>{mark('what is done')}</div>"
        f"<div><en-todo/>{mark('what is to be done')}</div><table><tr><td>{mark('cell')}</td></tr></table></en-note>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/export4.dtd">'
        f"<en-export><note><title>{mark('title of a note')}</title><created>20240503T081500Z</created>"
        f"<tag>{mark('tag')}</tag><note-attributes><author>{mark('author of a note')}</author>"
        f"<source-url>https://example.org/{mark('address')}</source-url></note-attributes>"
        f"<content><![CDATA[{page}]]></content><resource><data>AAAA</data><mime>application/pdf</mime>"
        f"<resource-attributes><file-name>{mark('name of a file')}</file-name></resource-attributes></resource></note>"
        f"<note><title>second</title><content><![CDATA[<en-note>{mark('second note')}</en-note>]]></content></note>"
        "</en-export>"
    ).encode()


def markdown(mark: Marks) -> bytes:
    """A note in Markdown."""
    return (
        f"---\ntags: [{mark('tag of the front matter')}]\naliases:\n  - {mark('alias')}\n---\n# {mark('heading')}\n\n"
        f"{mark('paragraph')} **{mark('bold')}** [{mark('link')}](https://example.org) `{mark('code')}`\n\n"
        f"- {mark('entry')}\n  - {mark('entry in an entry')}\n- [ ] {mark('task')}\n\n> {mark('quotation')}\n\n"
        f"| a | b |\n|---|---|\n| {mark('cell')} | {mark('next cell')} |\n\n```\n{mark('block of code')}\n```\n\n"
        f"{mark('heading underlined')}\n=====\n\nnote[^1]\n\n[^1]: {mark('footnote')}\n\n"
        f"![{mark('picture')}](a.png)\n\n"
        f"<div>{mark('markup')}</div>\n\n<!-- {mark('comment')} -->\n\n$$ {mark('formula')} $$\n"
    ).encode()


def plain(mark: Marks) -> bytes:
    """A plain text."""
    lines = f"{mark('first line')}\n\n\t{mark('indented')}\r\n{mark('after another line end')}\n{mark('last line')}"
    return lines.encode()


def _message(mark: Marks) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"{mark('name of the sender')} <a@example.org>"
    message["To"] = f"{mark('name of a receiver')} <b@example.org>"
    message["Cc"] = f"{mark('name of one in copy')} <c@example.org>"
    message["Subject"] = mark("subject")
    message["Date"] = "Fri, 3 May 2024 10:15:00 +0200"
    message.set_content(f"{mark('text')}\n\n> {mark('quotation')}\n\n-- \n{mark('signature')}\n")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = f"{mark('sender of a message within')} <d@example.org>", mark("subject within")
    inner.set_content(mark("text within"))
    message.add_attachment(inner)
    message.add_attachment(mark("attached text", noted="more.txt"), filename="more.txt")
    message.add_attachment(picture(), maintype="image", subtype="png", filename=f"{mark('name of a file')}.png")
    return message


def eml(mark: Marks) -> bytes:
    """A message by Python's email package."""
    return bytes(_message(mark))


def html_mail(mark: Marks) -> bytes:
    """A message that is a page."""
    message = EmailMessage()
    message["From"], message["Subject"] = "Zoë <z@example.org>", mark("subject")
    message.set_content(f"<p>{mark('paragraph')}</p><table><tr><td>{mark('cell')}<br>{mark('line')}</td></tr></table>"
                        f"<blockquote>{mark('quotation')}</blockquote>", subtype="html")  # fmt: skip
    return bytes(message)


def mbox(mark: Marks) -> bytes:
    """A mailbox of two messages."""
    start = b"From a@example.org Fri May  3 10:15:00 2024\n"
    return b"\n".join(start + bytes(_message(mark)).replace(b"\nFrom ", b"\n>From ") + b"\n" for _ in range(2))


def ics(mark: Marks) -> bytes:
    """A calendar by icalendar."""
    from icalendar import Calendar, Event, Journal, Todo, vCalAddress

    calendar = Calendar()
    calendar.add("prodid", "-//x//y//")
    calendar.add("version", "2.0")
    for kind, name in ((Event, "event"), (Todo, "task"), (Journal, "journal")):
        entry: Any = kind()
        entry.add("uid", name)
        entry.add("dtstart", datetime(2024, 5, 3, 10) if name != "journal" else date(2024, 5, 3))
        for field in ("summary", "description", "comment", "contact"):
            entry.add(field, mark(f"{field} of the {name}"))
        entry.add("categories", [mark(f"category of the {name}")])
        if name != "journal":
            entry.add("location", mark(f"location of the {name}"))
        for field in ("attendee", "organizer"):
            person = vCalAddress("mailto:a@example.org")
            person.params["CN"] = mark(f"{field} of the {name}")
            entry.add(field, person)
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def vcf(mark: Marks) -> bytes:
    """Contacts of three versions."""
    cards = []
    for version in ("2.1", "3.0", "4.0"):
        fields = (f"{name}:{mark(f'{name} of {version}')}"
                  for name in "NICKNAME ORG TITLE ROLE NOTE CATEGORIES X-CUSTOM".split())  # fmt: skip
        lines = [
            "BEGIN:VCARD", f"VERSION:{version}", f"N:{mark('name')};{mark('first name')};{mark('second name')};;",
            f"FN:{mark('whole name')}", *fields, f"ADR;TYPE=HOME:;;{mark('street')};{mark('town')};;;{mark('country')}",
            f"EMAIL:{mark('address')}@example.org", f"URL:https://{mark('page')}.example.org",
            f"item1.TEL:{mark('number')}", f"item1.X-ABLabel:{mark('label')}", "END:VCARD",
        ]  # fmt: skip
        cards.append("\r\n".join(lines))
    return "\r\n".join(cards).encode()


def table(mark: Marks) -> bytes:
    """A CSV file by Python's csv package."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([mark("column"), mark("second column"), "n"])
    writer.writerow([f"{mark('cell')}\n{mark('second line')}", mark("next cell"), 1])
    writer.writerow([mark("cell of the last row"), f'"{mark("quoted")}", {mark("after a comma")}', 2])
    return out.getvalue().encode()


def _values(mark: Marks) -> dict[str, Any]:
    return {mark("key"): mark("value"), "a": [mark("in a list"), {"b": {"c": mark("deep")}}], "n": 1}


def json_file(mark: Marks) -> bytes:
    """Nested JSON."""
    return json.dumps([_values(mark), _values(mark)]).encode()


def json_lines(mark: Marks) -> bytes:
    """JSON line by line."""
    return b"\n".join(json.dumps(_values(mark)).encode() for _ in range(2))


def notebook(mark: Marks) -> bytes:
    """A Jupyter notebook."""
    output = {"output_type": "stream", "name": "stdout", "text": [mark("output", noted="outputs")]}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": [f"# {mark('heading')}\n", mark("text")]},
        {"cell_type": "code", "metadata": {}, "source": f"x = '{mark('code')}'", "outputs": [output]},
        {"cell_type": "raw", "metadata": {}, "source": mark("raw cell")},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def attached(mark: Marks) -> bytes:
    """A message with a Word file."""
    message = EmailMessage()
    message["From"], message["Subject"] = "Zoë <z@example.org>", mark("subject")
    message.set_content(mark("text"))
    inside = docx(Marks())
    message.add_attachment(inside, maintype="application", subtype="msword", filename="offer.docx")
    mark("attached file", noted="offer.docx")
    return bytes(message)
