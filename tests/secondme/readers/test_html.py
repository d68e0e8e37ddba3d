"""Web pages: where words end, what is hidden, what a table only places."""

from __future__ import annotations

import pytest

from tests.secondme.readers.reading import read


def text_of(body: str) -> str:
    """The text of a page with this body, its blocks one below the other."""
    (document,), notes = read("x.html", f"<!doctype html><meta charset=utf-8><body>{body}".encode())
    assert not notes
    for block in document.blocks:
        assert document.text[block.start : block.end].strip() == document.text[block.start : block.end] != ""
    return "\n".join(document.text[block.start : block.end] for block in document.blocks)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<h1>The old<br>water tower</h1>", "The old water tower"),
        ("<h2><span>Ferry</span> to<br/>Ærø</h2><p>Daily", "Ferry to Ærø\nDaily"),
        ("<p>Bakery Lind<br>Quay 4<br>Ystad</p>", "Bakery Lind\nQuay 4\nYstad"),
        (
            "<table><tr><td><ul><li>yeast<li>flour</ul></td><td>oven<br>bowl</td></tr></table>",
            "yeast flour | oven bowl",
        ),
        ("<table><tr><td><p>Ida</p><p>Holm</p></td><td><div>Pier</div>7</td></tr></table>", "Ida Holm | Pier 7"),
        ("<pre>one<br>two\n  three</pre>", "one\ntwo\n  three"),
        ("<p>私は<ruby>京<rt>きょう</rt>都<rt>と</rt></ruby>に行く</p>", "私は京都(きょうと)に行く"),
        ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>", "漢(kan)"),
        ("<p>Donau&shy;dampf&shy;schiff</p>", "Donaudampfschiff"),
        ("<p>clinker<sup><a href='#n'>1</a></sup> and CO<sub>2</sub></p>", "clinker 1 and CO2"),
        ("<span style='display:block'>left</span><span style='display: flex'>right</span>", "left\nright"),
        ("<select><option>red</option><option>blue</option></select>", "red\nblue"),
        ("<dl><dt>Term<dd>What it means</dl>", "Term\nWhat it means"),
    ],
)
def test_words_of_two_blocks_never_touch(body: str, text: str) -> None:
    assert text_of(body) == text


def test_a_page_within_a_form_is_read() -> None:
    page = "<form action=x><h1>Rota</h1><p>Tove has keys.</p><input value='Room 12'><input type=hidden value=t></form>"
    assert text_of(page) == "Rota\nTove has keys.\nRoom 12"


def test_tables_that_place_things_are_read_once_and_their_data_row_by_row() -> None:
    inner = "<table><tr><td>Booking</td><td>QX71</td></tr><tr><td>Gate</td><td>B<br>22</td></tr></table>"
    page = f"<table><tr><td><table><tr><td>{inner}</td></tr></table></td><td>Bon voyage</td></tr></table>"
    assert text_of(page) == "Booking | QX71\nGate | B 22\nBon voyage"


def test_what_is_hidden_is_left_out() -> None:
    page = "<p style='margin:0; display : none'>a</p><div hidden>b</div><b style='visibility:hidden'>c</b><p>seen</p>"
    assert text_of(page) == "seen"


def test_a_page_that_a_script_would_show_is_read_though_it_is_hidden() -> None:
    assert text_of("<div style='display:none'><p>Open from nine to five</p></div>") == "Open from nine to five"


def test_letters_are_stored_composed() -> None:
    assert text_of("<p>Cafe\u0301 in Ko\u0308ln</p>") == "Café in Köln"


def test_a_label_that_spans_rows_stands_in_each_of_them() -> None:
    table = (
        "<table><tr><td rowspan=3>March<td>Rope<td>40<tr><td>Tar<td>25<tr><td>Oil<td>3"
        "<tr><td>April<td>Sail<td rowspan=2>paid<tr><td>May<td>Mast</table>"
    )
    assert (
        text_of(table) == "March | Rope | 40\nMarch | Tar | 25\nMarch | Oil | 3\nApril | Sail | paid\nMay | Mast | paid"
    )


def test_a_label_ends_with_its_table_however_many_rows_it_claims() -> None:
    tables = "<table><tr><td rowspan=9>A<td>b</table><table><tr><td>c<td>d</table>"
    assert text_of(tables) == "A | b\nc | d"


def test_a_page_within_the_page_is_read_and_its_menu_is_not_unless_it_is_all_there_is() -> None:
    page = "<nav>Home</nav><p>Seen</p><iframe srcdoc='&lt;p&gt;Inner words&lt;/p&gt;'>old browser</iframe>"
    assert text_of(page) == "Seen\nInner words"
    assert text_of("<nav><p>Chapter one</p><p>Chapter two</p></nav>") == "Chapter one\nChapter two"
