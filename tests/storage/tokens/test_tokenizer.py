"""The words of a text: what they are, where they stand, and that SQLite's tokenizer makes the same of them."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest

from storage.tokens.tokenizer import END, MARKS, index_text, is_plain, query_words, terms, tokens, word_terms

LANGUAGES: dict[str, tuple[str, list[tuple[int | str, ...]]]] = {
    "en": (
        "Running keys, 2 naïve cafés",
        [(0, 7, "run"), (8, 12, "kei"), (14, 15, "2"), (16, 21, "naiv"), (22, 27, "cafe")],
    ),
    "de": (
        "Die Häuser und die Straße sind schön",
        [
            (0, 3, "die"),
            (4, 10, "hauser", "haus"),
            (11, 14, "und"),
            (15, 18, "die"),
            (19, 25, "strass"),
            (26, 30, "sind"),
            (31, 36, "schon"),
        ],
    ),
    "fr": (
        "Les élèves et les œuvres sont dans la forêt",
        [
            (0, 3, "le"),
            (4, 10, "elev", "élev"),
            (11, 13, "et"),
            (14, 17, "le"),
            (18, 24, "oeuvr", "œuvr"),
            (25, 29, "sont"),
            (30, 34, "dan"),
            (35, 37, "la"),
            (38, 43, "foret", "forêt"),
        ],
    ),
    "es": (
        "Los niños y las canciones están en el jardín",
        [
            (0, 3, "lo", "los"),
            (4, 9, "nino", "niñ"),
            (10, 11, "y"),
            (12, 15, "la", "las"),
            (16, 25, "cancion"),
            (26, 31, "estan"),
            (32, 34, "en"),
            (35, 37, "el"),
            (38, 44, "jardin"),
        ],
    ),
    "pt": (
        "As estações e os pães são do João",
        [
            (0, 2, "as"),
            (3, 11, "estaco", "estaçõ"),
            (12, 13, "e"),
            (14, 16, "os"),
            (17, 21, "pae", "pã"),
            (22, 25, "sao", "sã"),
            (26, 28, "do"),
            (29, 33, "joao", "joã"),
        ],
    ),
    "pl": (
        "Łódź i książki są na półce",
        [
            (0, 4, "lodz", "łódz"),
            (5, 6, "i"),
            (7, 14, "ksiazki", "książk"),
            (15, 17, "sa", "są"),
            (18, 20, "na"),
            (21, 26, "polc", "półc"),
        ],
    ),
    "cs": (
        "Klíče jsou v zásuvce a na stole",
        [
            (0, 5, "klice", "klíč"),
            (6, 10, "jsou"),
            (11, 12, "v"),
            (13, 20, "zasuvc", "zásuvk"),
            (21, 22, "a"),
            (23, 25, "na"),
            (26, 31, "stole", "stol"),
        ],
    ),
    "tr": (
        "Işık ve kitaplar bu İstanbul için",
        [(0, 4, "isik"), (5, 7, "ve"), (8, 16, "kitaplar"), (17, 19, "bu"), (20, 28, "istanbul"), (29, 33, "icin")],
    ),
    "vi": (
        "Chìa khóa của tôi ở trong và ngoài",
        [
            (0, 4, "chia", "chìa"),
            (5, 9, "khoa", "khóa"),
            (10, 13, "cua", "của"),
            (14, 17, "toi", "tôi"),
            (18, 19, "o", "ở"),
            (20, 25, "trong"),
            (26, 28, "va", "và"),
            (29, 34, "ngoai", "ngoài"),
        ],
    ),
    "sv": (
        "Nycklarna är på hyllan och båten",
        [
            (0, 9, "nycklarna", "nyckl"),
            (10, 12, "ar", "är"),
            (13, 15, "pa", "på"),
            (16, 22, "hyllan"),
            (23, 26, "och"),
            (27, 32, "baten", "båt"),
        ],
    ),
    "hu": (
        "A kulcsok és a házak egy fiókban vannak",
        [
            (0, 1, "a"),
            (2, 9, "kulcsok", "kulcs"),
            (10, 12, "es", "és"),
            (13, 14, "a"),
            (15, 20, "hazak", "ház"),
            (21, 24, "egi", "egy"),
            (25, 32, "fiokban", "fió"),
            (33, 39, "vannak", "van"),
        ],
    ),
    "ru": (
        "Ёлки и ключи",
        [(0, 4, "елк"), (5, 6, "и"), (7, 12, "ключ")],
    ),
    "uk": (
        "їжаки",
        [(0, 5, "їжак")],
    ),
    "el": (
        "Τα κλειδιά Σπίτια",
        [(0, 2, "τα"), (3, 10, "κλειδ"), (11, 17, "σπιτ")],
    ),
    "ar": (
        "المَفاتيح ٢٠٢٤",
        [(0, 9, "مفاتيح"), (10, 14, "2024")],
    ),
    "fa": (
        "کتاب\u200cها",
        [(0, 4, "كتاب"), (5, 7, "ها")],
    ),
    "he": (
        "וְהַבַּיִת",
        [(0, 10, "והבית", "הבית", "בית")],
    ),
    "hi": (
        "किताबें",
        [(0, 7, "किताब")],
    ),
    "bn": (
        "চাবিটি",
        [(0, 6, "চাবিটি")],
    ),
    "ta": (
        "வீட்டில்",
        [(0, 8, "வீடு")],
    ),
    "th": (
        "กุญแจน้ำ",
        [(0, 3, "กุญ"), (2, 4, "ญแ"), (3, 5, "แจ"), (4, 7, "จน้"), (5, 8, "น้ํา")],
    ),
    "lo": (
        "ນ້ຳເຢັນ",
        [(0, 3, "ນ້ໍາ"), (2, 4, "ໍາເ"), (3, 6, "ເຢັ"), (4, 7, "ຢັນ")],
    ),
    "km": (
        "សោរផ្ទះ",
        [(0, 3, "សោរ"), (2, 5, "រផ្"), (3, 7, "ផ្ទះ")],
    ),
    "my": (
        "သော့အိမ်",
        [(0, 6, "သော့အိ"), (4, 8, "အိမ်")],
    ),
    "zh": (
        "买iPhone15了",
        [(0, 1, "买"), (1, 9, "iphone15"), (9, 10, "了")],
    ),
    "ja": (
        "鍵はｶﾞｲﾄﾞ",
        [(0, 1, "鍵"), (0, 2, "鍵は"), (1, 4, "はガ"), (2, 5, "ガイ"), (4, 7, "イド")],
    ),
    "ko": (
        "열쇠는 집에",
        [(0, 1, "열"), (0, 2, "열쇠"), (1, 2, "쇠"), (4, 5, "집"), (4, 6, "집에"), (5, 6, "에")],
    ),
    "a run of Latin letters and digits within Thai": (
        "ถึงปี2567ที่iPhone",
        [(0, 3, "ถึง"), (2, 5, "งปี"), (5, 9, "2567"), (9, 12, "ที่"), (12, 18, "iphon")],
    ),
    "the same within Korean": (
        "한국어를 iOS17에서",
        [
            (0, 1, "한"),
            (0, 2, "한국"),
            (1, 2, "국"),
            (1, 3, "국어"),
            (2, 3, "어"),
            (5, 10, "ios17"),
            (10, 11, "에"),
            (10, 12, "에서"),
            (11, 12, "서"),
        ],
    ),
    "compatibility forms": ("Ünïcode ＡＢＣ ﬁn ½", [(0, 7, "unicod"), (8, 11, "abc"), (12, 14, "fin"), (15, 16, "12")]),
    "digits of another script": ("ভাষা ২০২৪", [(0, 4, "ভাষা"), (5, 9, "2024")]),
    "ka": (
        "სახლში",
        [(0, 6, "სახლ")],
    ),
    "hy": (
        "բանալիներ",
        [(0, 9, "բան")],
    ),
    "it": (
        "Le città e gli alberi sono più belli",
        [
            (0, 2, "le"),
            (3, 8, "citta", "citt"),
            (9, 10, "e"),
            (11, 14, "gli"),
            (15, 21, "alberi", "alber"),
            (22, 26, "sono", "son"),
            (27, 30, "piu", "più"),
            (31, 36, "belli", "bell"),
        ],
    ),
    "nl": (
        "De fietsen zijn van één buurman",
        [
            (0, 2, "de"),
            (3, 10, "fietsen", "fiets"),
            (11, 15, "zijn"),
            (16, 19, "van"),
            (20, 23, "een", "één"),
            (24, 31, "buurman"),
        ],
    ),
    "ro": (
        "Cărțile sunt în casă și la școală",
        [
            (0, 7, "cartil", "cărț"),
            (8, 12, "sunt"),
            (13, 15, "in", "în"),
            (16, 20, "casa", "cas"),
            (21, 23, "si", "și"),
            (24, 26, "la"),
            (27, 33, "scoala", "școal"),
        ],
    ),
    "fi": (
        "Avaimet ovat pöydällä ja se on",
        [
            (0, 7, "avaimet", "avaim"),
            (8, 12, "ovat", "ova"),
            (13, 21, "poydalla", "pöydä"),
            (22, 24, "ja"),
            (25, 27, "se"),
            (28, 30, "on"),
        ],
    ),
}
"""By language, a text and its tokens: start, end, first form, second forms."""


def shown(term: str) -> str:
    """A term as a person writes it: marks are marks again."""
    marked = "".join(chr(ord(c) - MARKS) if ord(c) > MARKS else c for c in term.removesuffix(END))
    return unicodedata.normalize("NFC", marked)


def in_sqlite(text: str) -> set[str]:
    """The terms that FTS5 makes of what it is given for a text."""
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE VIRTUAL TABLE t USING fts5(x, tokenize="porter unicode61 remove_diacritics 2")')
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, row)")
    connection.execute("INSERT INTO t VALUES (?)", (index_text(text),))
    return {row[0] for row in connection.execute("SELECT term FROM v")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_its_tokens_at_their_offsets(language: str) -> None:
    text, expected = LANGUAGES[language]
    found = [(token.start, token.end, shown(token.term), *map(shown, token.more)) for token in tokens(text)]
    assert found == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_sqlite_holds_the_terms_of_a_text_and_no_others(language: str) -> None:
    text = LANGUAGES[language][0]
    assert in_sqlite(text) == set(terms(text))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("鍵🔑と", [(0, 1), (1, 2), (2, 3)]),
        ("👍🏽 ok 🇫🇷 👩\u200d💻", [(0, 2), (3, 5), (6, 8), (9, 12)]),
        ("a❤️b", [(0, 1), (1, 3), (3, 4)]),
    ],
)
def test_an_emoji_is_a_word_with_all_of_its_signs(text: str, places: list[tuple[int, int]]) -> None:
    assert [(token.start, token.end) for token in tokens(text)] == places


@pytest.mark.parametrize("text", ["Anna's 2nd boat, don't_go!", "“Well” — it’s 20 €…", ""])
def test_text_in_ascii_stays_as_sqlite_has_always_read_it(text: str) -> None:
    assert is_plain(text)
    assert index_text(text) is text
    assert in_sqlite(text) == set(terms(text))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("冰箱上的钥匙", "钥匙"),
        ("수납장에서는", "수납장"),
        ("ลิ้นชักบน", "ลิ้นชัก"),
        ("Die Häuser sind über und unter uns", "häuser"),
        ("Naïve", "naive"),
        ("naive", "naïve"),
        ("Schlüssel", "Schlüssel"),
        ("ＡＢＣ４２", "abc42"),
        ("٤٢", "42"),
        ("४२", "42"),
        ("ﬁsch", "fisch"),
        ("STRASSE", "straße"),
        ("iPhone15を買う", "iphone15"),
        ("👍🏽", "👍"),
        ("❤️", "❤"),
        ("🇫🇷", "🇫🇷"),
        ("בבית", "בית"),
        ("كِتَابٌ", "كتاب"),
        ("Łódź", "lodz"),
        ("ключами", "ключ"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("한국어를", "한국어"),
    ],
)
def test_a_word_is_found_however_it_is_written(text: str, asked: str) -> None:
    held = set(terms(text))
    assert all(held & set(word_terms(word, ["de"])) for word in query_words(asked))


@pytest.mark.parametrize("name", ["دمشق", "القاهرة", "بيروت", "مراكش", "الجامعة", "طرابلس"])
@pytest.mark.parametrize("before", ["و", "ب", "ل", "ف", "ك"])
def test_an_arabic_name_is_found_behind_a_preposition_and_the_other_way_round(name: str, before: str) -> None:
    joined = before + (name if not name.startswith("ال") or before != "ل" else "ل" + name[2:])
    assert set(terms(f"ذهبت سلمى {joined} أمس")) & set(word_terms(name))
    assert set(terms(f"ذهبت سلمى {name} أمس")) & set(word_terms(joined))


def test_a_short_arabic_word_keeps_its_first_letter() -> None:
    assert word_terms("بيت") == ("بيت",)
    assert word_terms("ولد") == ("ولد",)


@pytest.mark.parametrize(
    ("text", "other"), [("冰箱", "水箱"), ("ma", "cái má"), ("👍", "👎"), ("й", "и"), ("กุ้ง", "กาง")]
)
def test_words_that_differ_stay_apart(text: str, other: str) -> None:
    assert set(word_terms(text)) != set(word_terms(other))


def test_phrases_that_only_ask_are_not_looked_for() -> None:
    assert query_words("冰箱在哪里？") == ["冰", "冰箱", "箱", "箱在", "在"]
    assert "ที่" not in "".join(query_words("กุญแจอยู่ที่ไหน"))


def test_letters_that_nobody_uses_do_not_reach_the_index() -> None:
    assert terms("caf\u00e9 \ue001de\ue000 \U000f0301") == ["cafe", "de"]
