"""Times of day as phones write them: the words of 12-hour clocks, digits of other scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

_MORNING = """
    am a.m. vm fm f.h. dop. de. i. ap. e.paradites pd пр.об. дп пп. прет. претпл. препладне преподне π.μ. öö
    sa pg ص صباحا صباحاً ق.ظ قبلازظهر قب.ظ. לפנהצ לפנה״צ בבוקר पूर्वाह्न म.पू. सकाळी পূর্বাহ্ণ সকাল ਪੂ.ਦੁ.
    முற்பகல் ఉ ಪೂರ್ವಾಹ್ನ രാവിലെ පෙ.ව. ก่อนเที่ยง ກ່ອນທ່ຽງ နံနက် ព្រឹក ጥዋት ጠዋት
    上午 凌晨 清晨 早上 半夜 午前 오전 կա ү.ө. to
    priešpiet priekšp. antemeridiem asubuhi gh
"""
_AFTERNOON = """
    pm p.m. nm em e.h. odp. du. ip. u. e.pasdites md сл.об. пп попл. попладне поподне μ.μ. ös ch ptg م مساء مساءً
    ب.ظ بعدازظهر אחהצ אחה״צ בערב अपराह्न म.उ. दुपारी संध्याकाळी অপরাহ্ণ বিকেল রাত ਬਾ.ਦੁ. பிற்பகல் సా ಅಪರಾಹ್ನ വൈകുന്നേരം ප.ව.
    หลังเที่ยง ຫຼັງທ່ຽງ ညနေ ល្ងាច ከሰዓት
    下午 中午 晚上 傍晚 午後 오후 կհ ү.х. tk popiet pēcp. postmeridiem jioni gd
"""
"""The words for before and after noon in the short times of CLDR (the Unicode locale data)."""
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_LEFT_OUT = re.compile(r"[\s.\u200b\u200c\u200d]+")


def after_noon(word: str) -> bool | None:
    """Whether a word of a 12-hour clock means after noon; None for an unknown word."""
    return _halves().get(_LEFT_OUT.sub("", word).casefold())


def hour_of(hour: int, after: bool | None) -> int:
    """The hour of the day, 0 to 23, of an hour with a word of a 12-hour clock, or without one (None)."""
    if after is None or hour > 12:  # some phones write 下午 15:50
        return hour
    return hour % 12 + 12 * after


def ascii_digits(text: str) -> str:
    """The text with each decimal digit of another script as an ASCII digit; its length stays the same."""
    return text.translate(_digits()) if not text.isascii() and _OTHER_DIGIT.search(text) else text


@cache
def _halves() -> Mapping[str, bool]:
    words = ((word, after) for words, after in ((_MORNING, False), (_AFTERNOON, True)) for word in words.split())
    return {_LEFT_OUT.sub("", word).casefold(): after for word, after in words}


@cache
def _digits() -> Mapping[int, str]:
    # None lies in the planes of rare Chinese characters and above, which are most of Unicode.
    return {code: str(unicodedata.decimal(chr(code))) for code in range(128, 0x20000) if chr(code).isdecimal()}
