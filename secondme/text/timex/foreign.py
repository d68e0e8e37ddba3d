"""Dates of texts in other languages than English: found by the words of `foreign_words`, read by `dateparser`.

A text is looked at only where a digit or one of those words makes a date likely; a text in English costs a look at its
words. What an expression means is asked of dateparser once and counted from each text's day by `calendar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from secondme.text.timex.calendar import (
    Kind,
    Period,
    TimeContext,
    day_period,
    month_period,
    nearest_date,
    period_around,
    shift_day,
    year_period,
)
from secondme.text.timex.foreign_words import LATIN, NUMBER_WORDS, OTHER, SAME_AS, DateWords
from secondme.text.timex.jalali import JALALI, jalali_period
from secondme.text.timex.names import MONTHS
from secondme.text.timex.relative import day_of_month

_UNITS = {"day": "day", "week": "week", "month": "month", "year": "year"}
_BASE = datetime(2000, 6, 14, 12)
"""A Wednesday in the middle of a year, from which dateparser counts: it tells how far away an expression is."""
_ENGLISH_TOO = frozenset("a an ans ar ay en fa for hier i il in lat mars mart mayo mei rok tag week y".split())
"""Words of dates in other languages that texts in English have, or that are short enough to be anything."""
_WITH_A_DIGIT = frozenset("mars mart mayo mei".split())
"""Those of them that may be months beside a digit."""
_ENGLISH = frozenset("the and with he she they said you to".split())
_SHARED_MONTHS = frozenset(("april", "august", "september", "november"))
_GERMAN = frozenset("am der dem den im ist und bis vom zum ab seit wir ich war bin das die".split())
_FRENCH = frozenset(next(one for one in LATIN if one.code == "fr").only_with.split())
_AGO_IN_FRENCH = frozenset(("il", "y", "a"))
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_LETTERS = re.compile(
    "[\u0370-\u04ff\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)
_LETTERS = {
    "ru": re.compile("[\u0400-\u04ff]"),
    "uk": re.compile("[іїєґІЇЄҐ]|вчора|тому|серпня|травня|червня|липня|жовтня|лютого"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "zh": re.compile("[\u3400-\u9fff]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "el": re.compile("[\u0386-\u03ce]{2}"),
    "th": re.compile("[\u0e01-\u0e4e]"),
    "fa": re.compile("[\u0600-\u06ff]"),
}
"""Of what a text holds one letter at least in each of the other languages."""
_MONTH_CASES = {"мае": "мая", "μάη": "μάιος"}
"""Months whose other cases begin otherwise."""
_EASTERN = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d) ?[年년] ?)?(?P<m>1[0-2]|0?[1-9]) ?[月월](?:份)?"
    r" ?(?:(?P<d>3[01]|[12]\d|0?[1-9]) ?[日号號일])?"
    r"|(?P<y2>(?:19|20)\d\d) ?[年년]"
)
_DOTTED = re.compile(
    r"(?<![\d.,:/-])(?P<d>3[01]|[12]\d|0?[1-9])\.(?P<m>1[0-2]|0?[1-9])\.(?P<y>(?:19|20)\d\d)?(?![\d.,]*\d)"
)
_BARE_GERMAN_DAY = re.compile(
    r"(?i)\b(?:am|den|dem|der|zum|vom|beim) (?P<d>3[01]|[12]\d|0?[1-9])\.(?=\s+[a-zäöüß]|\s*$|[,;!?)])"
    r"(?!\s+(?:jan|feb|mär|maer|apr|mai|jun|jul|aug|sep|okt|nov|dez|stock|klasse|platz|mal|jahr|monat|tag|woche))"
)
"""Of "auf den 29. verschoben": a day of this month, or of the nearest that has it."""
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3400-\u9fff]")
_DIGITS = str.maketrans("０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙", "0123456789" * 5)
BUDDHIST = 543
"""Years that the calendar of Thailand is ahead."""
_MARKS = "\u0900-\u0963\u200c"
"""Of words beside letters and digits: vowel signs of Hindi, and what joins two parts of a Persian word."""
DIGIT = "0"
"""Stands among the words of a text that has digits (`rules.DIGIT`)."""
Found: TypeAlias = tuple[int, int, Period]


class _Away(NamedTuple):
    """How far away an expression is from the day when it was said."""

    unit: str
    number: int


def may_be_dated(text: str, words: set[str]) -> bool:
    """Whether a text may hold a date in another language. `words`: its words in lower case."""
    if not words.isdisjoint(_triggers()) or (DIGIT in words and not words.isdisjoint(_WITH_A_DIGIT)):
        return True
    if DIGIT in words and not words.isdisjoint(_SHARED_MONTHS) and not words.isdisjoint(_GERMAN):
        return True
    if ("hier" in words and not words.isdisjoint(_FRENCH)) or words >= _AGO_IN_FRENCH:
        return True
    if DIGIT in words and (_DOTTED.search(text) or _BARE_GERMAN_DAY.search(text)):
        return True
    return not text.isascii() and bool(_OTHER_LETTERS.search(text))


def foreign_dates(text: str, words: set[str], context: TimeContext) -> Iterator[Found]:
    """The dates of a text (start, end, period), which may overlap."""
    text = text if text.isascii() else text.translate(_DIGITS)
    german = not words.isdisjoint(_SHARED_MONTHS) and not words.isdisjoint(_GERMAN)
    known = [one for one in LATIN if not words.isdisjoint(_telling_words(one.code)) or (german and one.code == "de")]
    if not text.isascii() and _OTHER_LETTERS.search(text):
        known += [one for one in OTHER if _LETTERS[one.code].search(text)]
        for match in _EASTERN.finditer(text):
            yield from _dated(match.span(), _eastern(match, context))
        for match in JALALI.finditer(text):
            yield from _dated(match.span(), jalali_period(match, context))
    for language in known:
        for match in _pattern(language.code).finditer(text):
            if not _is_doubtful(language, match, words):
                yield from _dated(match.span(), _period(language, match, context))
    if not words.isdisjoint(_GERMAN):
        for match in _BARE_GERMAN_DAY.finditer(text):
            yield from _dated(match.span(), day_of_month(match, context))
    for match in _DOTTED.finditer(text):
        year = int(match["y"]) if match["y"] else None
        yield from _dated(match.span(), _day(int(match["d"]), int(match["m"]), year, context))


def _dated(span: tuple[int, int], period: Period | None) -> Iterator[Found]:
    if period is not None and period.first < period.stop:
        yield *span, period


def _is_doubtful(language: DateWords, match: re.Match[str], words: set[str]) -> bool:
    """Whether an expression is of this language only in a text with other words of it: "hier", "3. April"."""
    month = match["m"]
    if month and month.casefold() in _SHARED_MONTHS:
        return language.code != "de" or words.isdisjoint(_GERMAN)
    if month and month.casefold() in _WITH_A_DIGIT:
        return not words.isdisjoint(_ENGLISH)
    said = match["said"]
    if said and language.unsure and re.fullmatch(language.unsure, said, re.IGNORECASE):
        return words.isdisjoint(language.only_with.split())
    return False


def _period(language: DateWords, match: re.Match[str], context: TimeContext) -> Period | None:
    found = match.groupdict()
    try:
        if found["d"]:
            month = _month(language.code, found["m"])
            return _day(int(found["d"]), month, _year(found["y"]), context) if month else None
        if found["alone"]:
            month = _month(language.code, found["alone"])
            if not month:
                return None
            year = _year(found["y2"]) or nearest_date(lambda y: date(y, month, 1), context).year
            return month_period(year, month, "absolute" if found["y2"] else "relative")
        if found["weekday"]:
            return _weekday(language, match, context)
        if found["either"]:
            number = language.either_way[found["either"]]
            return day_period(context.anchor + timedelta(number if context.lean == "future" else -number))
        away = _away(language.code, _plain(found["said"])) if found["said"] else _count(language, found["counted"])
        if away is None:
            return None
        return period_around(shift_day(context.anchor, away.unit, away.number), away.unit)
    except (ValueError, OverflowError):
        return None


def _year(written: str | None) -> int | None:
    """A year as it is written, also by the calendar of Thailand."""
    year = int(re.sub(r"\D", "", written)) if written else None
    return year - BUDDHIST if year and year >= 2400 else year


def _day(day: int, month: int, year: int | None, context: TimeContext) -> Period | None:
    kind: Kind = "absolute" if year else "relative"
    try:
        return day_period(
            date(year, month, day) if year else nearest_date(lambda y: date(y, month, day), context), kind
        )
    except (ValueError, OverflowError):
        return None


def _eastern(match: re.Match[str], context: TimeContext) -> Period | None:
    """A date in Chinese, Japanese or Korean: "2024年5月3日", "5月", "2024年"."""
    if match["y2"]:
        return year_period(int(match["y2"]), "absolute")
    month, year = int(match["m"]), int(match["y"]) if match["y"] else None
    if match["d"]:
        return _day(int(match["d"]), month, year, context)
    near = year or nearest_date(lambda y: date(y, month, 1), context).year
    return month_period(near, month, "absolute" if year else "relative")


def _weekday(language: DateWords, match: re.Match[str], context: TimeContext) -> Period | None:
    """The day of the week that is meant: the last, the next, or the one towards which the text leans."""
    number = next(
        place
        for place, names in enumerate(language.weekdays.split())
        if re.fullmatch(names, match["weekday"], re.IGNORECASE)
    )
    now, side = context.anchor, match["side"] or match["side2"] or ""
    if language.code == "zh" and side:  # 上周五 is the Friday of last week
        weeks = -1 if re.match(language.last, side) else 1 if re.match(language.next, side) else 0
        return day_period(now + timedelta(number - now.weekday() + 7 * weeks))
    ahead = bool(side and re.fullmatch(language.next, side, re.IGNORECASE)) or (not side and context.lean == "future")
    if ahead:
        return day_period(now + timedelta((number - now.weekday()) % 7 or 7))
    return day_period(now - timedelta((now.weekday() - number) % 7 or 7))


def _plain(said: str) -> str:
    """An expression in lower case."""
    return " ".join(said.lower().replace("’", "'").split())  # casefold would part "χθες" from what dateparser knows


def _count(language: DateWords, said: str) -> _Away | None:
    """How far away an expression with a number is, by the language's words for units, or as dateparser reads it."""
    said = _plain(said)
    if not re.search(r"\d", said):
        said = _number_word(language.spaced).sub(lambda word: str(NUMBER_WORDS[word.group()]), said, count=1)
    number = re.search(r"\d+", said)
    for unit, words in zip(_UNITS, language.units.split(), strict=False):
        if number and re.search(words, said):
            return _Away(unit, int(number.group()) * (1 if re.search(language.to_come, said) else -1))
    return _away(language.code, said)


@cache
def _number_word(spaced: bool) -> re.Pattern[str]:
    """A number word: one of those that stand between spaces, or one of the others."""
    words = sorted((word for word in NUMBER_WORDS if bool(_UNSPACED.match(word)) != spaced), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)" if spaced else "|".join(words))


@lru_cache(maxsize=4096)
def _away(code: str, said: str) -> _Away | None:
    """How far away an expression is, as dateparser reads it; None where it does not."""
    found = _read(said, code) or (_read(SAME_AS[said], "en") if said in SAME_AS else None)
    if found is None:
        return None
    day, unit = found
    days = (day.date() - _BASE.date()).days
    months = 12 * (day.year - _BASE.year) + day.month - _BASE.month
    if unit == "week":
        return _Away("week", round(days / 7))
    if unit == "month":
        return _Away("month", months)
    return _Away("year", round(months / 12)) if unit == "year" else _Away("day", days)


@lru_cache(maxsize=1024)
def _month(code: str, name: str) -> int:
    """The number of a month by its name; 0 where dateparser does not know it."""
    name = name.lower()
    found = _read(f"5 {name} 2001", code)
    if found is None:  # another case of it: "в январе"
        beginning = _MONTH_CASES.get(name, name)[:3]
        language = next(one for one in (*LATIN, *OTHER) if one.code == code)
        known = next((one for one in language.months.split("|") if one.startswith(beginning) and one != name), "")
        found = _read(f"5 {known} 2001", code) if known else None
    return found[0].month if found else 0


def _read(text: str, code: str) -> tuple[datetime, str] | None:
    day = _parser(code).get_date_data(text)
    return (day.date_obj, _UNITS.get(day.period, "day")) if day and day.date_obj else None


@cache
def _parser(code: str):  # type: ignore[no-untyped-def]
    # Loaded only where a text needs it: it takes a quarter of a second.
    from dateparser.date import DateDataParser

    return DateDataParser(languages=[code], settings={"RELATIVE_BASE": _BASE, "PREFER_DATES_FROM": "past"})


@cache
def _words_of(code: str) -> frozenset[str]:
    """The words of a language of which a text with a date holds one."""
    language = next(one for one in LATIN if one.code == code)
    telling = [*language.months.split("|"), *re.split(r"[| ]", language.weekdays)]
    telling += [max(_WORD.findall(said.replace("['’]", " ")), key=len) for said in language.said.split("|")]
    telling += _WORD.findall(language.counted.replace("jours?|semaines?|mois|ans?", "jour jours semaine semaines mois"))
    return frozenset(word for said in telling for word in _WORD.findall(said)) - {"N"}


@cache
def _telling_words(code: str) -> frozenset[str]:
    """Those of them that English does not have."""
    return _words_of(code) - frozenset(MONTHS)


@cache
def _triggers() -> frozenset[str]:
    """Words that make a date in another language likely, and that a text in English does not have."""
    every = frozenset(word for language in LATIN for word in _words_of(language.code))
    return every - _ENGLISH_TOO - frozenset(MONTHS)


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """Every date of a language: a day with its month, a month, an expression, a count, a weekday."""
    language = next(one for one in (*LATIN, *OTHER) if one.code == code)
    edge, end = (rf"(?<![\w{_MARKS}])", rf"(?![\w{_MARKS}])") if language.spaced else ("", "")
    never = "(?!)"
    year = r"(?:19|20)\d\d" if code != "th" else r"(?:(?:ค\.ศ\. ?)?(?:19|20)\d\d|(?:พ\.ศ\. ?)?2[45]\d\d)"
    number = rf"(?:\d{{1,3}}|{_number_word(language.spaced).pattern})"
    counted = language.counted.replace("N", number) or never
    days = "|".join(sorted("|".join(language.weekdays.split()).split("|"), key=len, reverse=True)) or never
    if code == "zh":
        weekday = rf"(?P<side>上个?|下个?|这个?|本)?(?:周|週|星期|礼拜|禮拜)(?P<weekday>{days})(?P<side2>(?!))?"
        language = DateWords(code, "", last="上", next="下", weekdays=language.weekdays)
    else:
        gap = " " if language.spaced else " ?"
        weekday = (
            rf"(?:(?P<side>{language.last or never}|{language.next or never}){gap})?(?P<weekday>{days})"
            rf"(?:{gap}(?P<side2>{language.last or never}|{language.next or never}))?"
        )
    months = language.months or never
    before_month = "" if language.bare_months else rf"(?:{language.in_month or never}) "
    either = "|".join(language.either_way) or never
    parts = (
        rf"(?P<d>3[01]|[12]\d|0?[1-9])(?:º|er|\.)?{language.of}(?P<m>{months})(?:(?:{language.of}|,? )(?P<y>{year}))?",
        rf"(?:{before_month}(?P<alone>{months})(?:(?:{language.of}|,? )(?P<y2>{year}))?)",
        rf"(?P<counted>{counted})",
        weekday,
        rf"(?P<either>{either})",
        rf"(?P<said>{_said(code)})",
    )
    return re.compile(rf"(?i){edge}(?:{'|'.join(parts)}){end}")


def _said(code: str) -> str:
    language = next(one for one in (*LATIN, *OTHER) if one.code == code)
    return "|".join(sorted(language.said.split("|"), key=len, reverse=True)) or "(?!)"
