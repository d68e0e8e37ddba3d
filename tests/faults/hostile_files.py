"""Files that want to break a reader: bombs, loops, garbage, and mutations of good files."""

from __future__ import annotations

import email.message
import io
import json
import os
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.worlds.documents import CORPUS

ICS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Dentist\r\nDTSTART:20240503T081500Z\r\n"
    b"DTEND:20240503T090000Z\r\nRRULE:FREQ=YEARLY\r\nATTENDEE;CN=Ana:mailto:a@b\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
VCF = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\n"
    b"TEL;CELL:+49 170\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Ana\r\nitem1.ADR;TYPE=home:;;Pier 4;Oslo;;5700;Norway\r\n"
    b"BDAY:--0517\r\nEND:VCARD\r\n"
)
RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset128 M;}}{\info{\title T}}{\header H}"
    rb"\pard\outlinelevel0 Head\par\pard Gr\'fc\u223\'dfe{\footnote n}{\f1 \'93\'fa}\par\trowd\intbl a\cell b\cell\row}"
)
MHTML = (
    b"From: <Saved by a browser>\r\nSubject: Soup\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="-=b"\r\n\r\n---=b\r\nContent-Type: text/html; '
    b"charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<table><tr><td rowspan=3D2>a<td>f=C3=BCr</tr>"
    b"<tr><td>b</tr></table>\r\n---=b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBOR\r\n"
    b"---=b--\r\n"
)
VTT = (
    b"WEBVTT\n\nNOTE by hand\n\n1\n00:00:01.000 --> 00:00:02.500 align:start\n<v Ana>The <b>ferry</b> leaves\n\n"
    b"00:00:03.000 --> 00:00:04.000\nat noon.\n"
)
SRT = (
    b"1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>The ferry</i> leaves\r\n\r\n2\r\n"
    b"00:00:03,000 --> 00:00:04,000\r\nat noon.\r\n"
)
ENEX = (
    b"<en-export><note><title>Head</title><created>20240503T081500Z</created><content><![CDATA[<en-note><div>words</div>"
    b"</en-note>]]></content><resource><mime>image/png</mime></resource></note></en-export>"
)
CANVAS = json.dumps(
    {"nodes": [{"id": "a", "type": "text", "text": "# Head\nwords", "x": 0, "y": 0},
               {"id": "g", "type": "group", "label": "Group"}, {"id": "f", "type": "file", "file": "Note.md"}],
     "edges": [{"id": "e", "fromNode": "a", "toNode": "g", "label": "leads to"}]}
).encode()  # fmt: skip
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODP = {
    "mimetype": b"application/vnd.oasis.opendocument.presentation",
    "content.xml": (
        f"<office:document-content xmlns:office='{_OASIS}:office:1.0' xmlns:text='{_OASIS}:text:1.0' "
        f"xmlns:draw='{_OASIS}:drawing:1.0'><office:body><office:presentation><draw:page draw:name='one'><draw:frame>"
        "<draw:text-box><text:p>Herons<text:line-break/>counted</text:p></draw:text-box></draw:frame></draw:page>"
        "</office:presentation></office:body></office:document-content>"
    ).encode(),
}
CHATGPT = json.dumps(
    [{"title": "t", "conversation_id": "c", "current_node": "b", "mapping": {
        "a": {"parent": None, "children": ["b"], "message": {"id": "a", "author": {"role": "user"},
            "create_time": 1.5e9, "content": {"content_type": "text", "parts": ["Hello there"]}}},
        "b": {"parent": "a", "children": [], "message": {"id": "b", "author": {"role": "assistant"},
            "content": {"content_type": "text", "parts": ["Hi"]}}}}}]
).encode()  # fmt: skip
TELEGRAM = json.dumps(
    {"name": "n", "id": 4, "type": "personal_chat", "messages": [{"id": 1, "type": "message",
        "date_unixtime": "1714724100", "from": "A", "from_id": "u1", "text": ["x", {"type": "bold", "text": "y"}]}]}
).encode()  # fmt: skip
CLAUDE = json.dumps(
    [{"uuid": "u", "name": "n", "chat_messages": [{"uuid": "m", "sender": "human", "text": "Hello",
        "created_at": "2024-05-03T10:00:00Z"}]}]
).encode()  # fmt: skip
WHATSAPP = b"[03.05.24, 10:15:03] Ana: First line\nsecond line\n[04.05.24, 10:15:03] Tom: \xe2\x80\x8eimage omitted\n"
CHAT = b'{"chat_id": "c", "message_id": "1", "speaker": "A", "text": "hi", "at": "2024-05-03T10:00:00Z"}\n' * 3


def seeds() -> dict[str, bytes]:
    """A good file for each reader, by name."""
    made = {file.name: file.read_bytes() for file in sorted((CORPUS / "made").iterdir())}
    message = email.message.EmailMessage()
    message["From"], message["Subject"], message["Date"] = "Zoë <z@x>", "The boat", "Fri, 3 May 2024 10:15:00 +0200"
    message.set_content("The engine is repaired.")
    message.add_alternative("<p>The engine is <b>repaired</b>.</p>", subtype="html")
    mail = bytes(message)
    notebook = {"cells": [{"cell_type": "markdown", "source": ["# T\n", "x"]}, {"cell_type": "code", "source": "1"}]}
    return {
        **made,
        "expenses.csv": (CORPUS / "expenses.csv").read_bytes(),
        "text.md": (CORPUS / "text.md").read_bytes(),
        "text.txt": (CORPUS / "text.md").read_bytes(),
        "code.py": Path(__file__).read_bytes()[:4000],
        "a.rtf": RTF,
        "a.mhtml": MHTML,
        "a.vtt": VTT,
        "a.srt": SRT,
        "a.canvas": CANVAS,
        "a.enex": ENEX,
        "a.odp": zipped(ODP),
        "a.eml": mail,
        "a.mbox": b"From z@x Fri May  3 10:15:00 2024\n" + mail + b"\n\n",
        "a.ics": ICS,
        "a.vcf": VCF,
        "a.json": json.dumps({"a": [{"b": 1}, {"c": [1, 2]}], "d": "text"}).encode(),
        "a.jsonl": b'{"a": 1}\n{"b": {"c": 2}}\n',
        "chat.jsonl": CHAT,
        "a.ipynb": json.dumps(notebook).encode(),
        "conversations.json": CHATGPT,
        "claude.json": CLAUDE,
        "result.json": TELEGRAM,
        "WhatsApp Chat with Ana.txt": WHATSAPP,
    }


def mutated(data: bytes, source: random.Random) -> bytes:
    """A file with some of its bytes flipped, cut, repeated, moved or replaced by what is likely to hurt."""
    changed = bytearray(data)
    for _ in range(source.choice((1, 2, 5, 20))):
        if not changed:
            break
        at = source.randrange(len(changed))
        kind = source.randrange(6)
        if kind == 0:
            changed[at] ^= 1 << source.randrange(8)
        elif kind == 1:
            del changed[at : at + source.randrange(1, 64)]
        elif kind == 2:
            changed[at:at] = changed[at : at + source.randrange(1, 256)] * source.randrange(1, 4)
        elif kind == 3:
            changed[at : at + 4] = source.choice(
                (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"[[[[", b"{{{{")
            )
        elif kind == 4:
            del changed[at:]
        else:
            changed[at : at + 8] = source.randbytes(8)
    return bytes(changed)


def zipped(files: dict[str, bytes], level: int = 9) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def bombs(share: int = 1) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of files that unpack to far more than they are, or that never end.

    `share`: divides the size of those that are only long.
    """
    zeros = bytes(100_000_000)
    yield "zeros.docx", zipped({"word/document.xml": zeros})
    yield "zeros.xlsx", zipped({"xl/workbook.xml": zeros, "xl/worksheets/sheet1.xml": zeros})
    yield "zeros.epub", zipped({"META-INF/container.xml": zeros})
    yield "many.odt", zipped({f"f{i}": b"" for i in range(30_000)})
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (98 + i, *[97 + i] * 10) for i in range(12)
    ) + b"]><l>&m;</l>"  # fmt: skip
    for name, part in (
        ("laughs.docx", "word/document.xml"),
        ("laughs.pptx", "ppt/presentation.xml"),
        ("laughs.odt", "content.xml"),
        ("laughs.epub", "META-INF/container.xml"),
    ):
        yield name, zipped({part: laughs, "[Content_Types].xml": laughs, "_rels/.rels": laughs})
    yield (
        "outside.docx",
        zipped({"word/document.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'}),
    )
    yield "deep.json", b"[" * 2_000_000
    yield "deep2.json", b'{"a":' * 300_000 + b"1" + b"}" * 300_000
    yield "deep.html", b"<div>" * 300_000 + b"down here"
    yield "deep.rtf", b"{\\rtf1" + b"{" * 2_000_000 + b"down here"
    yield "binary.rtf", b"{\\rtf1\\bin99999999999 x" + b"\\u-99999999 \\'zz" * 1000
    yield "deep.ipynb", b'{"cells":' * 100_000
    yield "wide.csv", b"a," * 3_000_000 + b"\n" + b"1," * 3_000_000
    yield "quote.csv", b'a,b\n"' + b"x,y\n" * (500_000 // share)
    yield "line.txt", b"word " * (2_000_000 // share)
    yield "solid.txt", b"x" * (10_000_000 // share)
    yield "solid.md", b"#" * (5_000_000 // share)
    yield (
        "nested.eml",
        b"Content-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 20_000,
    )
    yield "header.eml", b"Subject: " + b"=?utf-8?q?" + b"=41" * 500_000 + b"?=\n\nx"
    yield "rule.ics", ICS.replace(b"FREQ=YEARLY", b"FREQ=SECONDLY;COUNT=99999999")
    yield (
        "names.pdf",
        b"%PDF-1.7\n" + b"1 0 obj<</Type/Pages/Kids[1 0 R]/Count 99999999>>endobj\n" * 3 + b"trailer<</Root 1 0 R>>",
    )
    yield "noise.pdf", b"%PDF-1.4\n" + random.Random(1).randbytes(200_000)
    yield "noise.txt", random.Random(2).randbytes(200_000)
    yield "empty.docx", b""
    yield "empty.pdf", b""
    yield "dates.ics", ICS.replace(b"20240503T081500Z", b"99999999T999999Z")


def odd_files(folder: Path) -> list[str]:
    """Make what is no ordinary file: pipes, links in a ring, names that are no UTF-8. Returns their names."""
    os.mkfifo(folder / "pipe.pdf")
    (folder / "ring-a.md").symlink_to(folder / "ring-b.md")
    (folder / "ring-b.md").symlink_to(folder / "ring-a.md")
    (folder / "up").symlink_to(folder.parent)
    (folder / "null.txt").symlink_to("/dev/zero")
    Path(os.fsdecode(os.fsencode(folder) + b"/bad-\xff\xfe.pdf")).write_bytes(b"%PDF-nothing")
    return ["pipe.pdf", "ring-a.md", "ring-b.md", "up", "null.txt", "bad-\\u{dcff}\\u{dcfe}.pdf"]
