"""The words by which dates are found in texts of other languages than English. What they mean, `dateparser` knows.

To add a language: add a `DateWords` to `LATIN` or `OTHER`, with words that dateparser reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NUMBER_WORDS = {
    "ein": 1, "eine": 1, "einem": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
    "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "dois": 2,
    "duas": 2, "três": 3, "quatro": 4, "twee": 2, "drie": 3, "een": 1, "два": 2, "две": 2, "три": 3, "четыре": 4,
    "пять": 5, "шесть": 6, "一": 1, "两": 2, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
    "九": 9, "十": 10, "几": 3, "δύο": 2, "δυο": 2, "τρεις": 3, "τρία": 3, "τέσσερις": 4, "τέσσερα": 4, "πέντε": 5,
    "έξι": 6, "επτά": 7, "εφτά": 7, "οκτώ": 8, "οχτώ": 8, "εννέα": 9, "δέκα": 10, "έναν": 1, "ένα": 1, "μία": 1,
    "μια": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9, "สิบ": 10,
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "یک": 1,
    "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9, "ده": 10, "एक": 1, "दो": 2, "तीन": 3,
    "चार": 4, "पाँच": 5, "पांच": 5, "छह": 6, "सात": 7, "आठ": 8, "नौ": 9, "दस": 10,
}  # fmt: skip
"""Number words before a unit, as digits: dateparser does not read all of them."""


@dataclass(frozen=True)
class DateWords:
    """The words of a language (ISO 639-1). Alternatives are separated by |; they are regular expressions."""

    code: str
    months: str
    """Also their short forms and cases."""
    said: str = ""
    """Expressions that dateparser reads as they are: "gestern", "letzte Woche"."""
    counted: str = ""
    """Expressions with a number `N`: "vor N Wochen"."""
    in_month: str = ""
    """What stands before a month without a day: "im Mai"."""
    of: str = " "
    """A regular expression between a day and its month, and between the month and its year: "3 de mayo"."""
    weekdays: str = ""
    """Monday to Sunday, separated by spaces; each may hold alternatives."""
    last: str = ""
    """What makes the last of a weekday, before or behind it."""
    next: str = ""
    only_with: str = ""
    """Words of which a text holds one if `unsure` ones are of this language."""
    unsure: str = ""
    """Expressions of `said` that are words of other languages too."""
    bare_months: bool = False
    """Whether the name of a month alone is one: it is no other word."""
    spaced: bool = True
    """Whether words are parted by spaces."""
    units: str = ""
    """Words for day, week, month and year, separated by spaces, by which `counted` is read where dateparser cannot."""
    to_come: str = ""
    """What stands in expressions of `counted` that lie ahead."""
    either_way: Mapping[str, int] = field(default_factory=dict)
    """Expressions for a day so many days before or after, as the text leans."""


LATIN = (
    DateWords(
        "de",
        "januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember",
        said="gestern|vorgestern|heute|morgen|übermorgen|letzte woche|letzten monat|letztes jahr|nächste woche"
        "|nächsten monat|nächstes jahr|diese woche|diesen monat|dieses jahr",
        counted="vor N (?:tag|tagen|woche|wochen|monat|monaten|jahr|jahren)"
        "|in N (?:tag|tagen|woche|wochen|monat|monaten|jahr|jahren)",
        in_month="im|seit|ab|bis",
        of=r"\.? ?",
        weekdays="montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag",
        last="letzten|letzter|vergangenen|vorigen",
        next="nächsten|kommenden|nächster",
    ),
    DateWords(
        "es",
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre",
        said="ayer|anteayer|hoy|mañana|pasado mañana|la semana pasada|el mes pasado|el año pasado|la próxima semana"
        "|el próximo mes|el próximo año|esta semana|este mes|este año",
        counted="hace N (?:día|días|semana|semanas|mes|meses|año|años)"
        "|en N (?:día|días|semana|semanas|mes|meses|año|años)",
        in_month="en|desde|hasta",
        of=" (?:de |del )?",
        weekdays="lunes martes miércoles jueves viernes sábado domingo",
        last="pasado",
        next="próximo|que viene",
        unsure="mañana",
        only_with="el la los de en y que con por para me mi es está voy vamos tengo",
    ),
    DateWords(
        "fr",
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        said="hier|avant-hier|aujourd['’]hui|demain|après-demain"
        "|la semaine dernière|le mois dernier|l['’]année dernière"
        "|la semaine prochaine|le mois prochain|l['’]année prochaine|cette semaine|ce mois-ci|cette année",
        counted="il y a N (?:jours?|semaines?|mois|ans?)|dans N (?:jours?|semaines?|mois|ans?)",
        in_month="en|depuis|jusqu['’]en",
        weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche",
        last="dernier",
        next="prochain",
        unsure="hier|cette année",
        only_with="je j nous la le les est et ai été une avec chez pour du au on il elle où quand quoi qui",
    ),
    DateWords(
        "it",
        "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
        said="ieri|l['’]altro ieri|oggi|domani|dopodomani|la settimana scorsa|il mese scorso|l['’]anno scorso"
        "|la prossima settimana|il prossimo mese|il prossimo anno",
        counted="N (?:giorni|giorno|settimane|settimana|mesi|mese|anni|anno) fa",
        in_month="a|in|da",
        weekdays="lunedì martedì mercoledì giovedì venerdì sabato domenica",
        last="scorso|scorsa",
        next="prossimo|prossima",
    ),
    DateWords(
        "pt",
        "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
        said="ontem|anteontem|hoje|amanhã|depois de amanhã|semana passada|mês passado|ano passado|próxima semana"
        "|próximo mês|próximo ano",
        counted="há N (?:dias?|semanas?|meses|mês|anos?)",
        in_month="em|desde",
        of=" (?:de )?",
        weekdays="segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        last="passada|passado",
        next="próxima|próximo",
    ),
    DateWords(
        "nl",
        "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
        said="gisteren|eergisteren|vandaag|morgen|overmorgen|vorige week|vorige maand|vorig jaar|volgende week"
        "|volgende maand|volgend jaar",
        counted="N (?:dagen|dag|weken|week|maanden|maand|jaar) geleden",
        in_month="in|sinds",
        weekdays="maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        last="vorige|afgelopen",
        next="volgende|komende",
    ),
    DateWords(
        "pl",
        "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia",
        said="wczoraj|przedwczoraj|dzisiaj|jutro|pojutrze|w zeszłym tygodniu|w zeszłym miesiącu|w zeszłym roku",
        counted="N (?:dni|dzień|tygodni|tygodnie|miesiące|miesięcy|lata|lat|rok) temu",
    ),
    DateWords(
        "sv",
        "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
        said="igår|i går|förrgår|idag|i dag|imorgon|i morgon|förra veckan|förra månaden|förra året|nästa vecka",
        counted="för N (?:dagar|dag|veckor|vecka|månader|månad|år) sedan",
        in_month="i|sedan",
    ),
    DateWords(
        "da",
        "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december",
        said="i går|i dag|i morgen|sidste uge|sidste måned|sidste år|næste uge",
        counted="for N (?:dage|dag|uger|uge|måneder|måned|år) siden",
        in_month="i|siden",
        of=r"\.? ?",
    ),
    DateWords(
        "tr",
        "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
        said="dün|bugün|yarın|geçen hafta|geçen ay|geçen yıl|gelecek hafta|gelecek ay|gelecek yıl",
        counted="N (?:gün|hafta|ay|yıl) önce",
    ),
    DateWords(
        "fi",
        "tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta"
        "|marraskuuta|joulukuuta",
        said="eilen|toissapäivänä|tänään|huomenna|ylihuomenna|viime viikolla|viime kuussa|viime vuonna|ensi viikolla",
        of=r"\.? ?",
    ),
    DateWords(
        "cs",
        "ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince",
        said="včera|předevčírem|dnes|zítra|pozítří|minulý týden|minulý měsíc|minulý rok|příští týden",
        of=r"\.? ?",
    ),
    DateWords(
        "vi",
        "tháng 10|tháng 11|tháng 12|tháng 1|tháng 2|tháng 3|tháng 4|tháng 5|tháng 6|tháng 7|tháng 8|tháng 9"
        "|tháng mười một|tháng mười hai|tháng một|tháng giêng|tháng hai|tháng ba|tháng tư|tháng năm|tháng sáu"
        "|tháng bảy|tháng tám|tháng chín|tháng mười",
        said="hôm qua|hôm kia|hôm nay|ngày mai|ngày kia|tuần trước|tuần rồi|tháng trước|năm ngoái|(?<!nhiều )năm trước"
        "|tuần sau|tuần tới|tháng sau|tháng tới|năm sau|năm tới|tuần này|tháng này|năm nay|tối qua",
        counted="N (?:ngày|tuần|tháng|năm) trước|cách đây N (?:ngày|tuần|tháng|năm)|N (?:ngày|tuần|tháng|năm) nữa",
        of="(?: |, | năm |/)",
        weekdays="thứ.hai|thứ.2 thứ.ba|thứ.3 thứ.tư|thứ.4 thứ.năm|thứ.5 thứ.sáu|thứ.6 thứ.bảy|thứ.7 chủ.nhật",
        last="tuần trước|vừa rồi|vừa qua",
        next="tuần sau|tuần tới|tới",
        bare_months=True,
        units="ngày tuần tháng năm",
        to_come="nữa",
    ),
)
OTHER = (
    DateWords(
        "ru",
        "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
        "|январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре",
        said="вчера|позавчера|сегодня|завтра|послезавтра|на прошлой неделе|в прошлом месяце|в прошлом году"
        "|на следующей неделе|в следующем месяце|в следующем году|на этой неделе",
        counted="N (?:день|дня|дней|недели|неделю|недель|месяц|месяца|месяцев|год|года|лет) назад",
        in_month="в|во|с",
        weekdays="понедельник вторник среду|среда четверг пятницу|пятница субботу|суббота воскресенье",
        last="прошлый|прошлую|прошлое|прошлой",
        next="следующий|следующую|следующее",
    ),
    DateWords(
        "uk",
        "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
        said="вчора|позавчора|сьогодні|завтра|післязавтра|минулого тижня|минулого місяця|минулого року",
        counted="N (?:днів|дні|день|тижні|тижнів|тиждень|місяці|місяців|роки|років|рік) тому",
    ),
    DateWords(
        "ar",
        "يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر",
        said="أمس|اليوم|غدا|غداً|بعد غد|الأسبوع الماضي|الشهر الماضي|السنة الماضية|الأسبوع القادم|الشهر القادم",
        in_month="في",
    ),
    DateWords(
        "he",
        "בינואר|בפברואר|במרץ|באפריל|במאי|ביוני|ביולי|באוגוסט|בספטמבר|באוקטובר|בנובמבר|בדצמבר",
        said="אתמול|שלשום|היום|מחר|מחרתיים|השבוע שעבר|שבוע שעבר|בשבוע שעבר|חודש שעבר|בחודש שעבר|שנה שעברה|בשנה שעברה",
    ),
    DateWords(
        "hi",
        "जनवरी|फरवरी|फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर",
        said="आज|पिछले सप्ताह|पिछले हफ़्ते|पिछले हफ्ते|पिछले महीने|पिछले साल|पिछले वर्ष|अगले सप्ताह|अगले हफ़्ते|अगले हफ्ते"
        "|अगले महीने|अगले साल|अगले वर्ष|इस हफ़्ते|इस हफ्ते|इस सप्ताह|इस महीने|इस साल",
        counted="N (?:दिन|हफ़्ते|हफ्ते|हफ़्ता|हफ्ता|सप्ताह|महीने|महीना|साल|वर्ष) (?:पहले|बाद)",
        weekdays="सोमवार मंगलवार बुधवार गुरुवार|बृहस्पतिवार शुक्रवार शनिवार रविवार|इतवार",
        last="पिछले|बीते",
        next="अगले|आने वाले",
        units="दिन हफ़्त|हफ्त|सप्ताह महीन साल|वर्ष",
        to_come="बाद",
        either_way={"कल": 1, "परसों": 2},
    ),
    DateWords(
        "el",
        "ιανουαρίου|φεβρουαρίου|μαρτίου|απριλίου|μαΐου|ιουνίου|ιουλίου|αυγούστου|σεπτεμβρίου|οκτωβρίου|νοεμβρίου"
        "|δεκεμβρίου|ιανουάριο|φεβρουάριο|μάρτιο|απρίλιο|μάιος|μάιο|μάη|ιούνιο|ιούλιο|αύγουστο|σεπτέμβριο|οκτώβριο"
        "|νοέμβριο|δεκέμβριο",
        said="χθες|χτες|προχθές|προχτές|σήμερα|αύριο|μεθαύριο|την περασμένη εβδομάδα|την προηγούμενη εβδομάδα"
        "|τον περασμένο μήνα|τον προηγούμενο μήνα|πέρυσι|πέρσι|του χρόνου|την επόμενη εβδομάδα|την άλλη εβδομάδα"
        "|τον επόμενο μήνα|αυτή την εβδομάδα|αυτόν τον μήνα|φέτος",
        counted="πριν (?:από )?N (?:ημέρα|ημέρες|μέρα|μέρες|εβδομάδα|εβδομάδες|βδομάδες|μήνα|μήνες|χρόνο|χρόνια|έτη)"
        "|σε N (?:ημέρα|ημέρες|μέρα|μέρες|εβδομάδα|εβδομάδες|μήνα|μήνες|χρόνο|χρόνια)",
        in_month="τον|στον|από τον|μέχρι τον",
        of=" (?:του )?",
        weekdays="δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
        last="περασμένη|περασμένο|προηγούμενη|προηγούμενο",
        next="επόμενη|επόμενο|ερχόμενη|ερχόμενο",
        units="μέρ εβδομάδ|βδομάδ μήν χρόν|έτη",
        to_come="σε ",
    ),
    DateWords(
        "th",
        "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|ม.ค.|ก.พ.|มี.ค."
        "|เม.ย.|พ.ค.|มิ.ย.|ก.ค.|ส.ค.|ก.ย.|ต.ค.|พ.ย.|ธ.ค.",
        said="เมื่อวานซืน|เมื่อวานนี้|เมื่อวาน|วันนี้|พรุ่งนี้|มะรืนนี้|สัปดาห์ที่แล้ว|อาทิตย์ที่แล้ว|สัปดาห์ก่อน|อาทิตย์ก่อน|เดือนที่แล้ว|เดือนก่อน"
        "|(?<!หลาย)(?<!สิบ)(?<!ร้อย)ปีที่แล้ว|(?<!หลาย)(?<!สิบ)(?<!ร้อย)ปีก่อน|สัปดาห์หน้า|อาทิตย์หน้า|เดือนหน้า|ปีหน้า"
        "|สัปดาห์นี้|อาทิตย์นี้|เดือนนี้|ปีนี้",
        counted="N ?(?:วัน|สัปดาห์|อาทิตย์|เดือน|ปี)(?:ที่แล้ว|ก่อน|ที่ผ่านมา)|อีก ?N ?(?:วัน|สัปดาห์|อาทิตย์|เดือน|ปี)",
        of=" ?",
        weekdays="วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี|วันพฤหัส วันศุกร์ วันเสาร์ วันอาทิตย์",
        last="ที่แล้ว|ก่อน|ที่ผ่านมา",
        next="หน้า",
        bare_months=True,
        spaced=False,
        units="วัน สัปดาห์|อาทิตย์ เดือน ปี",
        to_come="อีก",
    ),
    DateWords(
        "fa",
        "ژانویه|فوریه|مارس|آوریل|مه|می(?= (?:19|20)\\d\\d)|ژوئن|ژوئیه|جولای|اوت|آگوست|سپتامبر|اکتبر|نوامبر|دسامبر",
        said="دیروز|پریروز|امروز|فردا|پس\u200cفردا|پس فردا|پسفردا|هفته گذشته|هفته پیش|هفته قبل|ماه گذشته|ماه پیش"
        "|ماه قبل|سال گذشته|سال پیش|سال قبل|پارسال|هفته آینده|هفته بعد|ماه آینده|ماه بعد|سال آینده|سال بعد|این هفته"
        "|این ماه|امسال|دیشب",
        counted="N (?:روز|هفته|ماه|سال) (?:پیش|قبل|دیگر|بعد)",
        weekdays="دو.?شنبه سه.?شنبه چهار.?شنبه پنج.?شنبه جمعه شنبه یک.?شنبه",
        last="گذشته|پیش|قبل",
        next="آینده|بعد",
        units="روز هفته ماه سال",
        to_come="دیگر|بعد",
    ),
    DateWords(
        "zh",
        "",
        said="昨天|前天|今天|明天|后天|後天|上周|上週|上个?星期|上個星期|上个月|上個月|去年|今年|明年|下周|下週|下个星期|下个月"
        "|下個月|这周|本周|本月|这个月|昨晚|昨日",
        counted="N ?(?:天|周|週|个?星期|个?月|個月|年)(?:以?前|之前)",
        weekdays="一 二 三 四 五 六 日|天",
        spaced=False,
    ),
    DateWords(
        "ja",
        "",
        said="昨日|一昨日|おととい|今日|明日|明後日|先週|先月|去年|昨年|今年|来年|来週|来月|今週|今月",
        counted="N ?(?:日|週間|か月|ヶ月|年)前",
        weekdays="月曜 火曜 水曜 木曜 金曜 土曜 日曜",
        spaced=False,
    ),
    DateWords(
        "ko",
        "",
        said="어제|그저께|오늘|내일|모레|지난주|지난 주|지난달|지난 달|작년|내년|다음 주|다음 달|이번 주|이번 달",
        counted="N ?(?:일|주|개월|달|년) 전",
        weekdays="월요일 화요일 수요일 목요일 금요일 토요일 일요일",
        spaced=False,
    ),
)
SAME_AS = {
    "pasado mañana": "in 2 days", "l'altro ieri": "2 days ago", "dopodomani": "in 2 days",
    "la settimana scorsa": "1 week ago", "il mese scorso": "1 month ago", "l'anno scorso": "1 year ago",
    "la prossima settimana": "in 1 week", "il prossimo mese": "in 1 month", "il prossimo anno": "in 1 year",
    "depois de amanhã": "in 2 days", "toissapäivänä": "2 days ago", "ylihuomenna": "in 2 days",
    "بعد غد": "in 2 days", "מחרתיים": "in 2 days", "שבוע שעבר": "1 week ago", "בשבוע שעבר": "1 week ago",
    "חודש שעבר": "1 month ago", "בחודש שעבר": "1 month ago", "שנה שעברה": "1 year ago", "בשנה שעברה": "1 year ago",
    "पिछले सप्ताह": "1 week ago", "पिछले हफ़्ते": "1 week ago", "पिछले महीने": "1 month ago", "पिछले वर्ष": "1 year ago",
    "अगले सप्ताह": "in 1 week", "अगले महीने": "in 1 month", "后天": "in 2 days", "後天": "in 2 days",
    "这周": "0 weeks ago", "本周": "0 weeks ago", "上星期": "1 week ago", "모레": "in 2 days",
    "पिछले हफ्ते": "1 week ago", "अगले हफ़्ते": "in 1 week", "अगले हफ्ते": "in 1 week", "अगले वर्ष": "in 1 year",
    "इस हफ़्ते": "0 weeks ago", "इस हफ्ते": "0 weeks ago", "इस सप्ताह": "0 weeks ago", "इस महीने": "0 months ago",
    "इस साल": "0 years ago", "χτες": "1 day ago", "προχθές": "2 days ago", "προχτές": "2 days ago",
    "μεθαύριο": "in 2 days", "την περασμένη εβδομάδα": "1 week ago", "την προηγούμενη εβδομάδα": "1 week ago",
    "τον περασμένο μήνα": "1 month ago", "τον προηγούμενο μήνα": "1 month ago", "πέρυσι": "1 year ago",
    "του χρόνου": "in 1 year", "την επόμενη εβδομάδα": "in 1 week", "την άλλη εβδομάδα": "in 1 week",
    "τον επόμενο μήνα": "in 1 month", "αυτή την εβδομάδα": "0 weeks ago", "αυτόν τον μήνα": "0 months ago",
    "φέτος": "0 years ago", "มะรืนนี้": "in 2 days", "อาทิตย์ที่แล้ว": "1 week ago", "สัปดาห์ก่อน": "1 week ago",
    "อาทิตย์ก่อน": "1 week ago", "เดือนก่อน": "1 month ago", "ปีก่อน": "1 year ago", "อาทิตย์หน้า": "in 1 week",
    "สัปดาห์นี้": "0 weeks ago", "อาทิตย์นี้": "0 weeks ago", "เดือนนี้": "0 months ago", "ปีนี้": "0 years ago",
    "hôm kia": "2 days ago", "ngày kia": "in 2 days", "tuần rồi": "1 week ago", "năm trước": "1 year ago",
    "tuần tới": "in 1 week", "tháng tới": "in 1 month", "năm tới": "in 1 year", "tuần này": "0 weeks ago",
    "tháng này": "0 months ago", "năm nay": "0 years ago", "tối qua": "1 day ago", "پریروز": "2 days ago",
    "پس\u200cفردا": "in 2 days", "پس فردا": "in 2 days", "پسفردا": "in 2 days", "هفته پیش": "1 week ago",
    "هفته قبل": "1 week ago", "ماه قبل": "1 month ago", "سال پیش": "1 year ago", "سال قبل": "1 year ago",
    "پارسال": "1 year ago", "هفته بعد": "in 1 week", "ماه بعد": "in 1 month", "سال بعد": "in 1 year",
    "این هفته": "0 weeks ago", "این ماه": "0 months ago", "امسال": "0 years ago", "دیشب": "1 day ago",
}  # fmt: skip
"""Expressions that dateparser does not read, in English, which it does."""
