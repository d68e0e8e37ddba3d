"""Contacts of many programs: every field is kept or noted, and a damaged card loses itself only."""

from __future__ import annotations

import pytest

from tests.secondme.readers.reading import read


def cards(*bodies: str, version: str = "3.0") -> tuple[list[str], list[str]]:
    """(text of each contact, notes) of a file with these cards."""
    data = "".join(f"BEGIN:VCARD\r\nVERSION:{version}\r\n{body}\r\nEND:VCARD\r\n" for body in bodies)
    (document,), notes = read("a.vcf", data.encode())
    return [document.text[block.start : block.end] for block in document.blocks], notes


def test_groups_with_labels_escapes_and_addresses_are_read() -> None:
    (text,), notes = cards(
        "FN:Ida Ek\r\nitem1.TEL;type=pref:+45 555\r\nitem1.X-ABLabel:_$!<Barn>!$_\r\nORG:Rope\\; Sails;Loft\r\n"
        "item2.ADR;type=HOME:;;Pier 4;Svendborg;;5700;Denmark\r\nNOTE:nuts\\; never\\, ever\\nthe dog is Bo\r\n"
        "URL:https://r.example\r\nX-SOCIALPROFILE;type=twitter:https://t.example/ida\r\nX-HOBBY:knots"
    )
    assert text.splitlines() == [
        "Name: Ida Ek", "Phone: +45 555 (Barn)", "Company: Rope; Sails", "Department: Loft",
        "Address: Pier 4, 5700 Svendborg, Denmark (home)", "City: Svendborg", "Note: nuts; never, ever",
        "the dog is Bo", "Link: https://r.example", "Profile: https://t.example/ida (twitter)", "Hobby: knots",
    ]  # fmt: skip
    assert notes == []


def test_version_2_1_has_bare_types_and_quoted_printable_over_several_lines() -> None:
    (first, second), notes = cards(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\nTEL;CELL;PREF:+49 170\r\n"
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Schl=C3=BCssel beim=0D=0A=\r\nNach=\r\nbarn",
        "N;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Bj=F6rk;Siv\r\nPHOTO;JPEG;BASE64:\r\n /9j/4AAQ\r\n/9j/4BBQ\r\n\r\n"
        "EMAIL;INTERNET:siv@example.org",
        version="2.1",
    )
    assert first.splitlines() == ["Name: Jörg Müller", "Phone: +49 170 (cell)", "Note: Schlüssel beim", "Nachbarn"]
    assert second.splitlines() == ["Name: Siv Björk", "Email: siv@example.org"]
    assert notes == []


def test_version_4_has_addresses_for_values_and_quoted_types() -> None:
    (text,), _ = cards(
        'FN:Ida Ek\r\nTEL;VALUE=uri;TYPE="voice,work":tel:+45-555\r\nRELATED;TYPE=friend;VALUE=text:Bo\r\n'
        "IMPP:xmpp:ida@x\r\nLANG:da\r\nBDAY:--0517\r\nANNIVERSARY:20100612\r\nGENDER:F\r\nX-PHONETIC-FIRST-NAME:EE-da",
        version="4.0",
    )
    for line in ("Phone: +45-555 (work)", "Related: Bo (friend)", "Chat: xmpp:ida@x", "Birthday: 17 May"):
        assert line in text.splitlines()
    for line in ("Anniversary: 2010-06-12", "Language: da", "Gender: F", "Phonetic first name: EE-da"):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("BDAY:1990-05-03", "1990-05-03"),
        ("BDAY:19900503", "1990-05-03"),
        ("BDAY:1990-05-03T00:00:00Z", "1990-05-03"),
        ("BDAY:1604-05-17", "17 May"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-17", "17 May"),
        ("BDAY:--05-17", "17 May"),
        ("BDAY:--0517", "17 May"),
        ("BDAY:0000-05-17", "17 May"),
        ("BDAY:--0229", "29 February"),
        ("BDAY:1990-05", "May 1990"),
        ("BDAY:1990", "1990"),
        ("BDAY:17.05.1964", "1964-05-17"),
        ("BDAY:17.05.64", "1964-05-17"),
        ("BDAY:05/17/64", "1964-05-17"),
        ("BDAY:64-05-17", "1964-05-17"),
        ("BDAY:05/06/64", "05/06/64"),
        ("BDAY;VALUE=text:circa 1800", "circa 1800"),
        ("BDAY:1990-13-45", "1990-13-45"),
    ],
)
def test_birthdays_with_and_without_a_year_are_told(written: str, read_as: str) -> None:
    (text,), _ = cards(f"FN:Ida Ek\r\n{written}")
    assert f"Birthday: {read_as}" in text.splitlines()


def test_a_damaged_card_loses_only_itself_and_is_noted() -> None:
    texts, notes = cards(
        "FN:Ida", "nothing here", "FN:Bo\r\nbroken line\r\nTEL:1234", "N:;;;;\r\nEMAIL:siv@example.org"
    )
    assert texts == ["Name: Ida", "Name: Bo\nPhone: 1234", "Name: siv@example.org\nEmail: siv@example.org"]
    assert notes == ["1 of its 4 contacts are damaged or have no name", "2 lines of its contacts are damaged"]


def test_a_card_that_is_never_ended_and_one_in_an_old_charset_are_read() -> None:
    data = "BEGIN:VCARD\nFN:Jörg Müller\nBEGIN:VCARD\nFN:Siv Ek\nTEL:12\n".encode("cp1252")
    (document,), _ = read("a.vcf", data)
    assert document.text.split("\n\n")[:2] == ["Name: Jörg Müller", "Name: Siv Ek\nPhone: 12"]
