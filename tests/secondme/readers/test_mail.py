"""Mail: which parts are read, in which charset, and whose words they are."""

from __future__ import annotations

import email.message

import pytest

from secondme.readers.documents import ParsedDocument
from tests.secondme.readers.reading import read, where

ME = frozenset({"ida ek"})
HEAD = b"From: Ida Ek <ida@example.org>\nTo: bo@example.org\nSubject: Boat\nDate: Mon, 4 Mar 2024 09:00:00 +0100\n"


def mail(body: bytes, kind: str = "text/plain", *more: bytes) -> tuple[ParsedDocument, list[str]]:
    """A message with one part, through its reader."""
    head = HEAD + b"MIME-Version: 1.0\nContent-Type: " + kind.encode() + b"\n" + b"".join(more) + b"\n"
    (document,), notes = read("a.eml", head + body, ME)
    return document, notes


def parts(kind: str, *bodies: tuple[str, str]) -> tuple[ParsedDocument, list[str]]:
    """A message with parts (headers, body), through its reader."""
    text = "".join(f"--b\n{headers}\n\n{body}\n" for headers, body in bodies) + "--b--\n"
    return mail(text.encode(), f"multipart/{kind}; boundary=b")


def block_with(document: ParsedDocument, words: str) -> tuple[str, str]:
    """(role, speaker) of the block that holds these words."""
    for block in document.blocks:
        if words in document.text[block.start : block.end]:
            return block.role, block.speaker
    raise AssertionError(words)


def test_a_sentence_that_begins_with_from_begins_no_message() -> None:
    box = (
        b"From ida@example.org Mon Mar  4 09:00:00 2024\n" + HEAD + b"\nPlan.\n\n"
        b"From Vienna the train leaves on Tue Mar 5 at 10:30.\nBring: a torch.\n\nFrom here on we walk.\n\n"
        b"From Monday 9:00 to Tuesday 11:00\n\n"
        b"From - Tue Mar 05 10:00:00 2024\nX-Status: 0\n" + HEAD.replace(b"Boat", b"Second") + b"\nThe pier.\n"
    )
    (document,), notes = read("a.mbox", box)
    assert notes == []
    for words in ("From Vienna the train", "Bring: a torch", "From here on we walk", "From Monday 9:00"):
        assert where(document, words) == ("message 1", "Boat")
    assert where(document, "The pier.") == ("message 2", "Second")


@pytest.mark.parametrize(
    "envelope",
    [
        b"From 1790012@xxx Tue Mar 05 10:00:00 +0000 2024",
        b"From MAILER-DAEMON Tue Mar  5 10:00:00 2024",
        b"From ???@??? Tue Mar 05 10:00:00 2024",
        b"From ida at example.org  Tue Mar  5 10:00:00 2024",
        b"From ida@example.org 2024-03-05 10:00:00",
        b"From nobody",
    ],
)
def test_envelopes_of_many_programs_begin_a_message(envelope: bytes) -> None:
    (document,), _ = read("a.mbox", (envelope + b"\n" + HEAD + b"\nOne.\n\n") * 2)
    assert {block.place for block in document.blocks} == {"message 1", "message 2"}


def test_quoted_lines_of_a_mailbox_lose_one_mark_and_counted_bodies_are_taken_as_they_stand() -> None:
    rd = b"From a@b Mon Mar  4 09:00:00 2024\n" + HEAD + b"\n>From now\n>>From then\n\n"
    (document,), _ = read("a.mbox", rd)
    assert document.text.split()[-4:] == ["From", "now", ">From", "then"]
    body = b"Hello\n\nFrom a@b Tue Mar  5 09:00:00 2024\nFrom: pasted\nSubject: pasted\n"
    counted = b"From a@b Mon Mar  4 09:00:00 2024\n" + HEAD + b"Content-Length: %d\n\n" % len(body) + body + b"\n"
    (document,), _ = read("a.mbox", counted + rd)
    assert where(document, "Subject: pasted")[0] == "message 1"
    assert where(document, "From now")[0] == "message 2"


def test_a_plain_part_that_says_nothing_gives_way_to_the_page() -> None:
    document, notes = parts(
        "alternative",
        ("Content-Type: text/plain", "This message needs a program that shows HTML."),
        ("Content-Type: text/html", "<p>Ferry 12 leaves Bergen at 06:45 from pier 9</p>"),
    )
    assert (document.text.count("Ferry 12"), "needs a program" in document.text, notes) == (1, False, [])


def test_alternatives_that_say_the_same_are_told_once() -> None:
    document, _ = parts(
        "alternative",
        ("Content-Type: text/plain", "Ferry 12 leaves Bergen at 06:45."),
        ("Content-Type: text/html", "<table><tr><td><p>Ferry 12 leaves <b>Bergen</b> at 06:45.</p></td></tr></table>"),
    )
    assert document.text.count("Bergen") == 1


def test_an_invitation_and_attached_texts_are_read_and_what_is_not_read_is_named() -> None:
    event = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240312T090000Z\nSUMMARY:Budget in the mill\nEND:VEVENT\nEND:VCALENDAR"
    )
    document, notes = parts(
        "mixed",
        ("Content-Type: text/plain", "see below"),
        ("Content-Type: text/calendar; method=REQUEST", f"BEGIN:VCALENDAR\n{event}\nEND:VCALENDAR"),
        ("Content-Type: text/plain; name=key.txt\nContent-Disposition: attachment", "The key is behind the lamp"),
        ("Content-Type: application/octet-stream; name=list.csv\nContent-Disposition: attachment", "a,b\n1,2"),
        ("Content-Type: application/pdf; name=bill.pdf\nContent-Transfer-Encoding: base64", "eJ8+Ig=="),
        ("Content-Type: message/rfc822", "From: Bo <bo@example.org>\nSubject: Will\n\nI live in Drammen"),
    )
    for words in ("Budget in the mill", "behind the lamp", "a,b", "Attached: key.txt, list.csv, bill.pdf"):
        assert words in document.text
    assert block_with(document, "I live in Drammen") == ("other", "")
    assert block_with(document, "behind the lamp") == ("other", "")
    assert block_with(document, "see below") == ("me", "Ida Ek")
    assert notes == ["of its messages these parts were not read: bill.pdf"]


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        ("朱镕基大街的瓷器店叫陈喆。", "gb18030", "gb2312"),
        ("㈱アサヒ商店の①番", "cp932", "shift_jis"),
        ("Grüße aus “Köln” – bald", "cp1252", "iso-8859-1"),
        ("Grüße aus Österreich kamen an.", "cp1252", "unknown-8bit"),
        ("Grüße aus Österreich kamen an.", "cp1252", "us-ascii"),
        ("Grüße aus Österreich kamen an.", "utf-8", "iso-8859-1"),
        ("Grüße aus Österreich kamen an.", "utf-8", "us-ascii"),
        ("Привет из Твери, дорогая Ида", "koi8-r", "koi8-r"),
        ("좋은 아침입니다 똠방각하", "cp949", "ks_c_5601-1987"),
        ("日本語の手紙です", "iso2022_jp", "x-nothing"),
    ],
)
def test_a_part_is_read_in_the_charset_that_it_is_in(text: str, codec: str, declared: str) -> None:
    document, notes = mail(text.encode(codec), f"text/plain; charset={declared}", b"Content-Transfer-Encoding: 8bit\n")
    assert text in document.text
    assert notes == []


def test_a_damaged_byte_costs_its_character() -> None:
    document, _ = mail("Grüße aus Köln, und bring die Äpfel mit".encode() + b"\xc3", "text/plain; charset=utf-8")
    assert "Grüße aus Köln, und bring die Äpfel mit" in document.text


def test_headers_without_or_with_a_wrong_charset_are_read() -> None:
    raw = HEAD.replace(b"Boat", "Café Müller".encode("cp1252"))
    (document,), _ = read("a.eml", raw + b"\nx")
    assert document.title == "Café Müller"
    raw = HEAD.replace(b"Boat", b"=?gb2312?B?" + b"s8KGtA==" + b"?=").replace(
        b"Ida Ek", b'"Ek, =?utf-8?q?S=C3=B8ren?="'
    )
    (document,), _ = read("a.eml", raw + b"\nx")
    assert (document.title, document.author) == ("陈喆", "Ek, Søren")


def test_what_is_quoted_in_text_or_page_is_not_mine() -> None:
    document, _ = mail(b"Congratulations!\n\n-----Original Message-----\nFrom: Bo\nI am allergic to nuts.\n")
    assert block_with(document, "Congratulations") == ("me", "Ida Ek")
    assert block_with(document, "allergic") == ("other", "")
    page = (
        b"<p>I live in Oslo.</p><div>On 4 March 2024 Bo wrote:</div><blockquote>I live in Rome.<blockquote>Deep."
        b"</blockquote></blockquote><p>I am a baker.</p><div id=divRplyFwdMsg><b>Bo</b></div><p>I like snow.</p>"
    )
    document, _ = mail(page, "text/html")
    roles = [block_with(document, words)[0] for words in ("Oslo", "Rome", "Deep", "baker", "snow")]
    assert roles == ["me", "other", "other", "me", "other"]


def test_a_forwarded_message_without_a_mark_is_not_mine() -> None:
    (document,), _ = read("a.eml", HEAD.replace(b"Boat", b"Fwd: Boat") + b"\nI live in Rome.\n", ME)
    assert block_with(document, "Rome") == ("other", "")


def test_flowing_text_has_whole_lines() -> None:
    document, _ = mail(b"The mill stands \nbehind the hill.\n-- \nIda\n", "text/plain; format=flowed")
    assert "The mill stands behind the hill.\n--" in document.text


def test_encrypted_parts_are_noted() -> None:
    _, notes = parts(
        "encrypted",
        ("Content-Type: application/pgp-encrypted", "Version: 1"),
        ("Content-Type: application/octet-stream; name=encrypted.asc", "-----BEGIN PGP MESSAGE-----"),
    )
    assert "encrypted.asc" in notes[0]


def test_more_parts_than_are_read_are_noted() -> None:
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "bo@example.org", "Many"
    message.set_content("first")
    for i in range(210):
        message.add_attachment(f"text {i}", filename=f"{i}.txt")
    (document,), notes = read("a.eml", bytes(message))
    assert "text 150" in document.text
    assert notes == ["of its messages these parts were not read: all parts after the first 200"]
