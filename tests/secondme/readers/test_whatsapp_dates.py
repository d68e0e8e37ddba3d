"""WhatsApp's dates and clocks as phones all over the world write them."""

from __future__ import annotations

import pytest

from secondme.readers.chat_dates import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, Order, WrittenDate, order_of
from secondme.readers.documents import ParsedDocument, Turn, Unread
from secondme.readers.exports.whatsapp import read_whatsapp
from tests.secondme.readers.reading import NOBODY


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")


def chat(text: str) -> tuple[list[Turn], list[str]]:
    """The messages of a chat's text and the remarks on it."""
    items = list(read_whatsapp(text.encode(), "WhatsApp Chat with Ida", NOBODY))
    turns = [turn for item in items if isinstance(item, ParsedDocument) for turn in item.turns]
    return turns, [item.reason for item in items if isinstance(item, Unread)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("27/3/24, 2:22 p. m. - Ida: x", "2024-03-27T14:22"),
        ("27.03.24, 14:22 - Ida: x", "2024-03-27T14:22"),
        ("3/27/24, 12:22\u202fAM - Ida: x", "2024-03-27T00:22"),
        ("3/27/24, 12:22\u202fPM - Ida: x", "2024-03-27T12:22"),
        ("27-03-2024 14:22 - Ida: x", "2024-03-27T14:22"),
        ("2024-03-27, 2:22 p.m. - Ida: x", "2024-03-27T14:22"),
        ("[2024-03-27 14 h 22 min 05 s] Ida: x", "2024-03-27T14:22"),
        ("[27.3.2024 klo 14.22.05] Ida: x", "2024-03-27T14:22"),
        ("14:22, 27/03/2024 - Ida: x", "2024-03-27T14:22"),
        ("2:22 CH, 27/03/2024 - Ida: x", "2024-03-27T14:22"),
        ("2024. 3. 27. 오후 2:22 - 이다: x", "2024-03-27T14:22"),
        ("24. 3. 27. 오전 12:22 - 이다: x", "2024-03-27T00:22"),
        ("[2024/3/27 下午2:22:05] 伊達: x", "2024-03-27T14:22"),
        ("2024/3/27 凌晨12:22 - 伊達: x", "2024-03-27T00:22"),
        ("[2024/03/27 午後2:22:05] 伊達: x", "2024-03-27T14:22"),
        ("\u200f٢٧\u200f/٠٣\u200f/٢٠٢٤، ٢:٢٢ م - سلمى: x", "2024-03-27T14:22"),
        ("۲۰۲۴/۳/۲۷،\u200f ۱۴:۲۲ - علی: x", "2024-03-27T14:22"),
        ("२७/०३/२४, २:२२ अपराह्न - राम: x", "2024-03-27T14:22"),
        ("27/3/24, 2:22 μ.μ. - Ida: x", "2024-03-27T14:22"),
        ("27.03.2024 ÖS 2:22 - Ida: x", "2024-03-27T14:22"),
        ("27/3/2024, 2:22 PTG - Ida: x", "2024-03-27T14:22"),
        ("27.03.24 г., 14:22 ч. - Ida: x", "2024-03-27T14:22"),
        ("[27/3/2567 14:22:05] Ida: x", "2024-03-27T14:22"),
    ],
)
def test_a_line_of_any_phone_has_its_date_and_time(line: str, expected: str) -> None:
    (turn,), remarks = chat(f"{line}\n")
    assert (turn.happened_at[:16], turn.text) == (expected, "x")
    assert not remarks


def written(*dates: str, half: str = "") -> list[WrittenDate]:
    """Dates as they stand in a file, with one separator."""
    separator = next(sign for sign in "./-" if sign in dates[0])
    found = [date.split(separator) for date in dates]
    return [WrittenDate((a, b, c), separator, half) for a, b, c in found]


@pytest.mark.parametrize(
    ("dates", "order", "sure"),
    [
        # Zeros before single digits and the year in four: no phone of the United States writes that.
        (written("07/08/2022", "08/08/2022", "09/08/2022", half="am"), DAY_FIRST, True),
        # The same without any other sign: days in a row are likelier than the same day of months in a row.
        (written("7/8/2022", "8/8/2022", "9/8/2022", half="PM"), DAY_FIRST, True),
        (written("7/8/22", "7/9/22", "7/10/22", half="PM"), MONTH_FIRST, True),
        # A chat never goes back.
        (written("1/2/22", "2/1/22", "3/4/22", "4/1/22"), MONTH_FIRST, True),
        # A number over 12, before or after.
        (written("07/08/22", "08/08/22", "13/08/22"), DAY_FIRST, True),
        (written("7/8/22", "7/8/22", "7/25/22"), MONTH_FIRST, True),
        (written("07.08.22"), DAY_FIRST, True),
        (written("2022-08-07"), YEAR_FIRST, True),
        # One date alone: the likelier, with a remark.
        (written("7/8/22", half="PM"), MONTH_FIRST, False),
        (written("7/8/22", half="p.m."), DAY_FIRST, False),
    ],
)
def test_the_order_of_day_and_month_is_decided_by_all_signs(dates: list[WrittenDate], order: Order, sure: bool) -> None:
    decision = order_of(dates)
    assert decision.order == order
    assert (decision.remark(dates[0]) == "") is sure


def test_dates_that_can_be_read_in_two_ways_are_remarked_with_both() -> None:
    (turn,), (remark,) = chat("7/8/22, 2:22 PM - Ida: x\n")
    assert turn.happened_at[:10] == "2022-07-08"
    assert "month/day/year (2022-07-08)" in remark and "2022-08-07" in remark


def test_a_word_of_a_clock_that_is_not_known_is_remarked() -> None:
    (turn,), remarks = chat("27/03/2024, 2:22 qwx - Ida: x\n")
    assert turn.text == "x"
    assert any("qwx" in remark for remark in remarks)


def test_lines_that_were_pasted_from_another_chat_stay_in_their_message() -> None:
    turns, _ = chat(
        "27/03/2024, 14:22 - Ida: look\n[10:01, 3/1/2024] Bo: I live in Turku\n28/03/2024, 9:00 - Bo: indeed\n"
    )
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Ida", "look\n[10:01, 3/1/2024] Bo: I live in Turku"),
        ("Bo", "indeed"),
    ]


def test_what_whatsapp_wrote_itself_is_nobodys_message() -> None:
    turns, _ = chat(
        "[27.03.24, 10:00:00] Chor: \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb\n"
        "[27.03.24, 10:00:01] Ida: \u200eIda hat die Gruppe „Chor“ erstellt\n"
        "[27.03.24, 10:00:02] Bo Ek: Bo Ek bu grubu oluşturdu\n"
        "[27.03.24, 10:01:00] Ida: \u200e<Anhang: 00000012-PHOTO-2024.jpg>\n"
        "[27.03.24, 10:01:00] Ida: \u200eBild weggelassen\n"
        "[27.03.24, 10:01:01] Ida: görüntü dahil edilmedi\n"
        "[27.03.24, 10:02:00] Bo Ek: \u200eVerpasster Sprachanruf\n"
        "[27.03.24, 10:03:00] Bo Ek: Este mensaje fue eliminado\n"
        "[27.03.24, 10:04:00] Bo Ek: Noten.pdf (Datei angehängt)\nfür morgen\n"
        "[27.03.24, 10:05:00] Ida: bis dann <Diese Nachricht wurde bearbeitet>\n"
    )
    assert [turn.text for turn in turns] == [
        "[attached: 00000012-PHOTO-2024.jpg]",
        "[media]",
        "[media]",
        "[Verpasster Sprachanruf]",
        "[attached: Noten.pdf]\nfür morgen",
        "bis dann",
    ]


@pytest.mark.parametrize(
    "text", ["我会忽略他的意见", "We omitted that", "the last page was omitted", "Ida here, new number"]
)
def test_words_that_look_like_those_of_whatsapp_stay(text: str) -> None:
    (turn,), _ = chat(f"27/03/2024, 14:22 - Ida: {text}\n")
    assert turn.text == text
