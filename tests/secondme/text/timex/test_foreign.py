"""Dates in texts and questions of other languages than English, each checked by hand against a calendar."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from secondme.text.timex.expressions import expressions
from secondme.text.timex.lean import lean_of
from secondme.text.timex.query import time_query

WEDNESDAY = datetime(2024, 6, 12, 15, tzinfo=UTC)
# text | the words of the date | first day | day behind the last
TABLE = """
Der Zahnarzt ist am 3. Mai um acht.|3. Mai|2024-05-03|2024-05-04
Am 3. April war ich krank.|3. April|2024-04-03|2024-04-04
Wir sind seit dem 3. Mai 2021 hier.|3. Mai 2021|2021-05-03|2021-05-04
gestern war es heiß|gestern|2024-06-11|2024-06-12
Der Termin wurde auf den 11. verschoben|den 11.|2024-06-11|2024-06-12
letzte Woche in Rom|letzte Woche|2024-06-03|2024-06-10
Letzten Freitag kam Oma.|Letzten Freitag|2024-06-07|2024-06-08
Das war vor zwei Wochen.|vor zwei Wochen|2024-05-27|2024-06-03
im Mai 2023 umgezogen|im Mai 2023|2023-05-01|2023-06-01
Treffen am 03.05.2023|03.05.2023|2023-05-03|2023-05-04
Nos vemos el 3 de mayo.|3 de mayo|2024-05-03|2024-05-04
hace dos semanas fui a Roma|hace dos semanas|2024-05-27|2024-06-03
ayer comimos paella|ayer|2024-06-11|2024-06-12
El viernes pasado llovió.|viernes pasado|2024-06-07|2024-06-08
le 3 mai à huit heures|3 mai|2024-05-03|2024-05-04
la semaine dernière il a plu|la semaine dernière|2024-06-03|2024-06-10
hier j'ai mangé des pâtes|hier|2024-06-11|2024-06-12
il y a deux semaines|il y a deux semaines|2024-05-27|2024-06-03
5月3日去看牙医|5月3日|2024-05-03|2024-05-04
2023年5月3日搬家|2023年5月3日|2023-05-03|2023-05-04
上周我们去了海边|上周|2024-06-03|2024-06-10
上周五开会|上周五|2024-06-07|2024-06-08
昨天下雨了|昨天|2024-06-11|2024-06-12
两周前搬家|两周前|2024-05-27|2024-06-03
５月３日に歯医者|５月３日|2024-05-03|2024-05-04
昨日は雨だった|昨日|2024-06-11|2024-06-12
5월 3일 치과|5월 3일|2024-05-03|2024-05-04
어제 비가 왔다|어제|2024-06-11|2024-06-12
3 мая у меня врач|3 мая|2024-05-03|2024-05-04
вчера был дождь|вчера|2024-06-11|2024-06-12
на прошлой неделе|на прошлой неделе|2024-06-03|2024-06-10
в январе|в январе|2024-01-01|2024-02-01
3 مايو عند الطبيب|3 مايو|2024-05-03|2024-05-04
٣ مايو عند الطبيب|٣ مايو|2024-05-03|2024-05-04
أمس كان حارا|أمس|2024-06-11|2024-06-12
il 3 maggio|3 maggio|2024-05-03|2024-05-04
la settimana scorsa|la settimana scorsa|2024-06-03|2024-06-10
3 maja u lekarza|3 maja|2024-05-03|2024-05-04
3 Mayıs randevu|3 Mayıs|2024-05-03|2024-05-04
३ मई को|३ मई|2024-05-03|2024-05-04
אתמול היה חם|אתמול|2024-06-11|2024-06-12
Στις 3 Μαΐου 2023 μετακόμισα.|3 Μαΐου 2023|2023-05-03|2023-05-04
χθες έβρεχε|χθες|2024-06-11|2024-06-12
Πριν από δύο εβδομάδες πήγα στην Πάτρα.|Πριν από δύο εβδομάδες|2024-05-27|2024-06-03
την περασμένη Παρασκευή ήρθε η γιαγιά|περασμένη Παρασκευή|2024-06-07|2024-06-08
τον Μάη του 2023|τον Μάη του 2023|2023-05-01|2023-06-01
เมื่อวานฝนตก|เมื่อวาน|2024-06-11|2024-06-12
เมื่อวันที่ 3 พฤษภาคม 2566 ฉันย้ายบ้าน|3 พฤษภาคม 2566|2023-05-03|2023-05-04
๓ พ.ค. ๒๕๖๗|๓ พ.ค. ๒๕๖๗|2024-05-03|2024-05-04
เดือนพฤษภาคม พ.ศ. 2566|พฤษภาคม พ.ศ. 2566|2023-05-01|2023-06-01
สองสัปดาห์ก่อนไปทะเล|สองสัปดาห์ก่อน|2024-05-27|2024-06-03
วันศุกร์ที่แล้วยายมา|วันศุกร์ที่แล้ว|2024-06-07|2024-06-08
Ngày 3 tháng 5 năm 2023 tôi chuyển nhà.|3 tháng 5 năm 2023|2023-05-03|2023-05-04
hôm qua trời mưa|hôm qua|2024-06-11|2024-06-12
năm năm trước|năm năm trước|2019-01-01|2020-01-01
cách đây ba ngày|cách đây ba ngày|2024-06-09|2024-06-10
thứ sáu tuần trước bà đến|thứ sáu tuần trước|2024-06-07|2024-06-08
tháng mười hai năm 2023|tháng mười hai năm 2023|2023-12-01|2024-01-01
دیروز هوا گرم بود|دیروز|2024-06-11|2024-06-12
۳ مه ۲۰۲۳|۳ مه ۲۰۲۳|2023-05-03|2023-05-04
۱۴ اردیبهشت ۱۴۰۲ به شیراز رفتم|۱۴ اردیبهشت ۱۴۰۲|2023-05-04|2023-05-05
در خرداد ۱۴۰۲|خرداد ۱۴۰۲|2023-05-22|2023-06-22
تاریخ ۱۴۰۳/۰۱/۰۱|۱۴۰۳/۰۱/۰۱|2024-03-20|2024-03-21
۳۰ اسفند|۳۰ اسفند|2021-03-20|2021-03-21
دو هفته پیش رفتم|دو هفته پیش|2024-05-27|2024-06-03
پنج‌شنبه گذشته|پنج‌شنبه گذشته|2024-06-06|2024-06-07
दो हफ़्ते पहले मैं गया|दो हफ़्ते पहले|2024-05-27|2024-06-03
पिछले शुक्रवार दादी आई थी|पिछले शुक्रवार|2024-06-07|2024-06-08
कल बारिश हुई थी|कल|2024-06-11|2024-06-12
il y a un an|il y a un an|2023-01-01|2024-01-01
"""


@pytest.mark.parametrize("row", TABLE.strip().split("\n"), ids=lambda row: row.split("|")[0])
def test_a_date_in_another_language_means_its_interval(row: str) -> None:
    text, words, first, stop = row.split("|")
    (found,) = expressions(text, WEDNESDAY)
    assert (text[found.start : found.end], found.begins.date(), found.ends.date()) == (
        words,
        date.fromisoformat(first),
        date.fromisoformat(stop),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Mars is red.",
        "mayo on toast",
        "He said 3 mars bars.",
        "version 10.5.2",
        "Hier steht das Rad.",
        "the dag of the mart",
        "हम आजकल घर पर हैं",
        "ساعت ۵ می\u200cروم",
        "۳۱ مهر",
        "หลายปีที่แล้ว",
        "nhiều năm trước",
        "Tôi có ba con mèo",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert expressions(text, WEDNESDAY) == []


@pytest.mark.parametrize(
    "question",
    [
        "Was war am 3. Mai?",
        "¿Qué pasó el 3 de mayo?",
        "5月3日发生了什么？",
        "Что было 3 мая?",
        "Τι έγινε στις 3 Μαΐου;",
        "เกิดอะไรขึ้นเมื่อวันที่ 3 พฤษภาคม",
        "Chuyện gì xảy ra ngày 3 tháng 5?",
        "۱۴ اردیبهشت چه شد؟",
        "३ मई को क्या हुआ?",
    ],
)
def test_a_question_asks_for_the_day_that_it_names(question: str) -> None:
    begins = datetime(2024, 5, 3, tzinfo=UTC)
    assert time_query(question, WEDNESDAY).interval == (begins, begins + timedelta(days=1))


@pytest.mark.parametrize(
    ("question", "relation"),
    [
        ("Was war vor dem 3. Mai?", "before"),
        ("Was war nach dem 3. Mai?", "after"),
        ("¿Qué comí antes del 3 de mayo?", "before"),
        ("¿Dónde estuve después del 3 de mayo?", "after"),
        ("Où étais-je avant le 3 mai ?", "before"),
        ("Qu'ai-je acheté après le 3 mai ?", "after"),
        ("5月3日之前我去了哪里？", "before"),
        ("5月3日以降に何を買いましたか", "after"),
        ("Что было до 3 мая?", "before"),
        ("ماذا حدث بعد 3 مايو؟", "after"),
        ("Τι έγινε πριν από τις 3 Μαΐου;", "before"),
        ("Tôi đã làm gì sau ngày 3 tháng 5?", "after"),
        ("३ मई के बाद क्या हुआ?", "after"),
        ("เกิดอะไรขึ้นก่อนวันที่ 3 พฤษภาคม", "before"),
        ("Was war am 3. Mai?", "within"),
    ],
)
def test_a_question_may_ask_for_what_was_before_or_after_a_day(question: str, relation: str) -> None:
    asked = time_query(question, WEDNESDAY)
    assert asked.interval is not None
    assert asked.interval[0].date() == date(2024, 5, 3)
    assert asked.relation == relation


def test_a_question_that_leans_ahead_asks_for_the_next_such_day() -> None:
    asked = time_query("Was muss ich am Freitag tun?", WEDNESDAY)
    assert asked.interval is not None
    assert asked.interval[0].date() == date(2024, 6, 14)


def test_a_word_for_yesterday_and_tomorrow_is_read_as_the_text_leans() -> None:
    assert lean_of("कल मैं डॉक्टर के पास जाऊँगा") == "future"
    (found,) = expressions("कल मैं डॉक्टर के पास जाऊँगा", WEDNESDAY, lean="future")
    assert found.begins.date() == date(2024, 6, 13)


def test_a_text_in_english_loads_nothing_for_it() -> None:
    code = (
        "import sys; from datetime import datetime, UTC; from secondme.text.timex.expressions import expressions;"
        "expressions('We met on 3 May 2023, last week and in August, I am sure.', datetime(2024, 6, 12, tzinfo=UTC));"
        "print('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
