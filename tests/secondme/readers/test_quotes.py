"""What a message quotes and forwards, told from what its sender wrote."""

from __future__ import annotations

import pytest

from secondme.readers.quotes import is_forward, pieces

QUOTED = [
    "-----Original Message-----\nFrom: Bo\nOTHER",
    "-------- Weitergeleitete Nachricht --------\nBetreff: Boot\nVon: Bo <bo@example.org>\n\nOTHER",
    "----- Mensaje original -----\nDe: Bo\nEnviado: lunes\nOTHER",
    "---------- Forwarded message ---------\nFrom: Bo\nDate: Mon, 4 Mar 2024\nSubject: x\n\nOTHER",
    "Begin forwarded message:\n\nFrom: Bo <bo@example.org>\nSubject: Boat\nDate: 4 March 2024\n\nOTHER",
    "Von: Bo Ek\nGesendet: Montag, 4. März 2024 09:12\nAn: Ida\nBetreff: AW: Boot\n\nOTHER",
    "________________________________\nDe : Bo\nEnvoyé : lundi 4 mars 2024\nÀ : Ida\nObjet : bateau\n\nOTHER",
    "*From:* Bo\n*Sent:* Monday\n*To:* Ida\n*Subject:* Boat\n\nOTHER",
    "发件人： 博 <bo@example.org>\n发送时间： 2024年3月4日\n收件人： Ida\n主题： 船\n\nOTHER",
    "От: Бо <bo@example.org>\nДата: понедельник, 4 марта 2024 г.\nКому: Ida\nТема: Лодка\n\nOTHER",
    "Nga: Bo <bo@example.org>\nDërguar: 4 mars 2024 09:12\nPër: Ida\nTema e re: Varka\n\nOTHER",
    "From: Bo Sent: Monday, 4 March 2024 To: Ida Subject: Boat\n\nOTHER",
    "On Mon, 4 Mar 2024 at 09:12, Bo Ek <bo@example.org> wrote:\nOTHER",
    "On Mon, 4 Mar 2024 at 09:12, Bo Ek\n<bo@example.org> wrote:\n\nOTHER",
    "Am 04.03.24 um 09:12 schrieb Bo Ek:\nOTHER",
    "Le lun. 4 mars 2024 à 09:12, Bo <bo@example.org> a écrit :\n\nOTHER",
    "El lun, 4 mar 2024 a las 9:12, Bo (<bo@example.org>) escribió:\nOTHER",
    "Il giorno lun 4 mar 2024 alle ore 09:12 Bo <bo@example.org> ha scritto:\nOTHER",
    "Op ma 4 mrt. 2024 om 09:12 schreef Bo <bo@example.org>:\nOTHER",
    "2024年3月4日(月) 9:12 Bo <bo@example.org>:\nOTHER",
    "在 2024年3月4日，09:12，Bo <bo@example.org> 写道：\nOTHER",
    "пн, 4 мар. 2024 г. в 09:12, Bo <bo@example.org>:\nOTHER",
    "2024년 3월 4일 (월) 오전 9:12, Bo <bo@example.org>님이 작성:\nOTHER",
    "Bo Ek wrote:\nOTHER",
    "Bo Ek/OSL/ACME\n04.03.2024 09:00\n\nTo\nIda Ek/OSL/ACME@ACME\ncc\n\nSubject\nBoat\n\nOTHER",
    "* Bo Ek <bo@example.org> [2024-03-04 09:12]:\n> OTHER",
    "-------- Original message --------\nFrom: Bo <bo@example.org>\nDate: 04/03/2024 09:12 (GMT+01:00)\n\nOTHER",
    "> OTHER\n>> OTHER too",
    "BE> OTHER",
]


@pytest.mark.parametrize("quoted", QUOTED)
def test_what_follows_a_mark_of_quoting_is_anothers(quoted: str) -> None:
    found = list(pieces(f"MINE is this.\n\n{quoted}"))
    assert ["MINE" in text for text, _ in found] == [True, False]
    assert [others for _, others in found] == [False, True]
    assert "OTHER" in found[1][0]


@pytest.mark.parametrize(
    "quoted", ["> OTHER one\n", "Bo wrote:\n\n> OTHER one\n", "On 4 March 2024 Bo wrote:\n> OTHER\n"]
)
def test_answers_between_quoted_lines_are_mine(quoted: str) -> None:
    found = list(pieces(f"{quoted}MINE first\n> OTHER two\nMINE second"))
    assert [others for _, others in found] == [True, False, True, False]
    assert all(("MINE" in text) != others for text, others in found)


def test_what_follows_the_end_of_a_forwarded_message_is_mine() -> None:
    text = "----- Forwarded message -----\nFrom: Bo\nSubject: x\n\nOTHER\n\n----- End forwarded message -----\n\nMINE"
    assert [(others, "MINE" in piece) for piece, others in pieces(text)] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Shopping list:\n    milk\n    bread",
        "As Goethe wrote: the sea is deep.",
        "Where: the old pier\nWhen: Friday\nBring: a torch",
        "-- \nIda Ek\nTel: 0123",
        "Three things:\n1. tea\n2. bread",
        "--- Plan ---\nFirst the boat.",
    ],
)
def test_ones_own_lists_and_signatures_stay_ones_own(text: str) -> None:
    assert not any(others for _, others in pieces(text))


def test_no_line_is_lost() -> None:
    for quoted in QUOTED:
        text = f"MINE\n\n{quoted}\nlast"
        assert "\n".join(piece for piece, _ in pieces(text)).split() == text.split()


def test_a_subject_says_that_it_was_forwarded() -> None:
    assert all(is_forward(subject) for subject in ("Fwd: x", "WG: x", "[Fwd: x]", "RV: x", "转发：x", "TR : x"))
    assert not any(is_forward(subject) for subject in ("Re: Fwd: x", "Forward planning", "I am here", "Trip: x"))
