"""Bare corrections in other languages than English ("Nein, am Dienstag", "6日じゃなくて8日です")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from secondme.text.terms import words_of
from secondme.text.tongues import tongue

LONGEST = 14
"""Words of a message that may be a bare correction; of a script without spaces, pairs of characters."""
BESIDE_VALUE = 4
"""Characters beside a value in what only corrects one."""


@dataclass(frozen=True)
class _Language:
    """How a language corrects: what takes back (`marks`), forms with the `new` and the `old` value, words that stand
    around a value (`small`), and the sorts of values."""

    marks: str
    explicit: Sequence[str]
    small: str
    sorts: Sequence[str]


_NUMBER = r"(?<![\d.,:])\d+(?:[.,:]\d+)*(?![\d:])"
_VALUE = r"(?:[^,;:.!?。、，！？]|(?<=\d)[.,:](?=\d)){1,30}?\.?"
_NEW, _OLD = f"(?P<new>{_VALUE})", f"(?P<old>{_VALUE})"
_END = r"\s*[.!…]*$"
_GERMAN_MONTHS = "januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
_FRENCH_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DUTCH_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_ITALIAN_MONTHS = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
_PORTUGUESE_MONTHS = "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro"
_SPANISH_MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"


def _dates(months: str, of: str, ending: str = "") -> str:
    """Days of a month, with or without its name."""
    return rf"\b\d{{1,2}}(?:{ending})?{of}(?:{months})\b"


_LANGUAGES = {
    "de": _Language(
        marks=(
            r"nein|nee|ne|nö|ach|doch|quatsch|schmarrn|blödsinn|unsinn|mist|halt|stopp|moment|warte|sorry|entschuldigung|verzeihung|pardon|korrektur"
            r"|falsch|stimmt nicht|ich mein(?:e|te)|vertan|vertippt|verschrieben|versprochen|verwechselt|mein fehler"
            r"|oh|äh|ähm|hm"
        ),
        explicit=(
            rf"{_NEW},? (?:und )?nicht {_OLD}{_END}",
            rf"nicht {_OLD},? (?:sondern|es ist|es sind) {_NEW}{_END}",
            rf"{_NEW},? (?:statt|anstatt|und nicht) {_OLD}{_END}",
        ),
        small=(
            r"am|um|im|in|den|der|die|das|dem|es|er|sie|ist|sind|war|waren|erst|schon|doch|natürlich|mit|bei|auf|für"
            r"|sondern"
            r"|eigentlich|jetzt|ab|bis|vom|zum|meinte|heißt|kommt|kommen|wird|findet|beginnt|geht"
        ),
        sorts=(
            _dates(_GERMAN_MONTHS, " ", r"\."),
            r"\b\d{1,2}\.(?:\d{1,2}\.)?(?!\d)",
            r"\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)s?\b|\b(?:heute|morgen|übermorgen"
            r"|gestern)\b",
            rf"\b(?:{_GERMAN_MONTHS})\b",
            r"\b(?:halb |viertel (?:vor|nach) )?(?:\d{1,2}(?::\d\d)?|ein|eins|zwei|drei|vier|fünf|sechs|sieben|acht"
            r"|neun|zehn|elf|zwölf)(?: uhr)\b|\b\d{1,2}:\d\d\b",
            rf"{_NUMBER}|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\b",
        ),
    ),
    "fr": _Language(
        marks=(
            r"non|ah|oh|euh|pardon|désolée?|excuse-moi|excusez-moi|attends?|zut|mince|erreur|correction|faux|plutôt"
            r"|je veux dire|je voulais dire|je me suis trompée?|enfin|en fait"
        ),
        explicit=(
            rf"{_NEW},? (?:et )?(?:pas|non pas) {_OLD}{_END}",
            rf"(?:ce n['’]est |c['’]est )?pas {_OLD},? (?:mais|c['’]est) {_NEW}{_END}",
            rf"{_NEW},? au lieu (?:de |du |d['’]){_OLD}{_END}",
        ),
        small=r"le|la|les|l|l['’]|à|a|au|aux|en|de|du|un|une|c['’]est|c['’]était|ce sera|est|plutôt|mais|dans"
        r"|chez|pour|ça|elle|il|vient|sera|finalement",
        sorts=(
            _dates(_FRENCH_MONTHS, " ", "er|e"),
            r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b|\b(?:aujourd['’]hui|demain|hier)\b",
            r"\b\d{1,2} ?(?:h|heures?)(?: ?\d\d)?\b",
            rf"\b(?:{_FRENCH_MONTHS})\b",
            rf"{_NUMBER}|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze)\b",
        ),
    ),
    "es": _Language(
        marks=(
            r"no|ay|ah|oh|perdón|perdona|perdone|espera|disculpa|error|corrección|mentira|quiero decir|quería decir"
            r"|quise decir|me equivoqué|me he equivocado|mejor dicho|en realidad|bueno"
        ),
        explicit=(
            rf"no (?:es |era |el |la )*{_OLD},? (?:sino|es|era) {_NEW}{_END}",
            rf"{_NEW},? (?:y )?no {_OLD}{_END}",
            rf"{_NEW},? en (?:vez|lugar) de(?:l)? {_OLD}{_END}",
        ),
        small=r"el|la|los|las|a|al|en|de|del|un|una|es|era|son|será|sino|que|para|con|viene|finalmente|ahora",
        sorts=(
            _dates(_SPANISH_MONTHS, " de "),
            r"\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|\b(?:hoy|mañana|ayer)\b",
            r"\ba las? (?:\d{1,2}(?::\d\d)?|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\b",
            rf"\b(?:{_SPANISH_MONTHS})\b",
            rf"{_NUMBER}|\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\b",
        ),
    ),
    "nl": _Language(
        marks=(
            r"nee|neen|nou nee|wacht|ho|sorry|pardon|oeps|foutje|correctie|klopt niet|bedoel ik|ik bedoel(?:de)?|fout"
            r"|vergist|mijn fout|toch niet|eigenlijk|verkeerd"
        ),
        explicit=(
            rf"{_NEW},? (?:en )?niet {_OLD}{_END}",
            rf"(?:het is )?niet {_OLD},? (?:maar|het is) {_NEW}{_END}",
            rf"{_NEW},? in plaats van {_OLD}{_END}",
        ),
        small=r"de|het|een|om|op|in|aan|te|is|was|zijn|wordt|komt|begint|maar|hij|zij|ze|dat|met|bij|voor|naar|pas|al|nu",
        sorts=(
            _dates(_DUTCH_MONTHS, " ", "e"),
            r"\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b"
            r"|\b(?:vandaag|morgen|overmorgen|gisteren)\b",
            r"\b(?:(?:half|kwart (?:voor|over)) )(?:\d{1,2}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf"
            r"|twaalf)\b|\b(?:\d{1,2}(?::\d\d)?|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf) uur\b"
            r"|\b\d{1,2}:\d\d\b",
            rf"\b(?:{_DUTCH_MONTHS})\b",
            rf"{_NUMBER}|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\b",
        ),
    ),
    "it": _Language(
        marks=(
            r"no|anzi|aspetta|scusa|scusate|scusi|ops|errore|correzione|volevo dire|intendevo"
            r"|mi sono sbagliat[oa]|sbagliato"
            r"|mi correggo|in realtà|cioè"
        ),
        explicit=(
            rf"{_NEW},? (?:e )?non {_OLD}{_END}",
            rf"non (?:è |era |il |la |le )*{_OLD},? (?:ma|è|bensì) {_NEW}{_END}",
            rf"{_NEW},? invece (?:di |del |della ){_OLD}{_END}",
        ),
        small=r"il|lo|la|i|gli|le|un|una|a|al|alle|all|in|di|da|è|era|sono|sarà|per|con|ma|viene|inizia|comincia|ora",
        sorts=(
            _dates(_ITALIAN_MONTHS, " ", "º|°"),
            r"\b(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b|\b(?:oggi|domani|dopodomani|ieri)\b",
            r"\balle (?:\d{1,2}(?:[:.]\d\d)?|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici)"
            r"(?: e (?:mezza|un quarto|\d\d))?(?!\w)",
            rf"\b(?:{_ITALIAN_MONTHS})\b",
            rf"{_NUMBER}|\b(?:due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici)\b",
        ),
    ),
    "pt": _Language(
        marks=(
            r"não|nao|espera|espere|desculpa|desculpe|perdão|ops|erro|correção"
            r"|quer dizer|quero dizer|queria dizer|enganei-me"
            r"|me enganei|aliás|na verdade|melhor dizendo"
        ),
        explicit=(
            rf"não (?:é |era |o |a )*{_OLD},? (?:mas|é|e sim) {_NEW}{_END}",
            rf"{_NEW},? (?:e )?não {_OLD}{_END}",
            rf"{_NEW},? em vez d[eoa] {_OLD}{_END}",
        ),
        small=r"o|a|os|as|um|uma|ao|à|às|em|no|na|de|do|da|é|era|são|será|para|com|mas|vem|agora|começa",
        sorts=(
            _dates(_PORTUGUESE_MONTHS, " de "),
            r"\b(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?\b|\b(?:sábado|domingo|hoje|amanhã|ontem)\b",
            r"\bàs? (?:\d{1,2}(?:[:h]\d\d)?|uma|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze)"
            r"(?:h| horas)?(?!\w)",
            rf"\b(?:{_PORTUGUESE_MONTHS})\b",
            rf"{_NUMBER}|\b(?:dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze)\b",
        ),
    ),
    "ja": _Language(
        marks=(
            r"いや|いいえ|いえ|ううん|あ|違う|違った|違います|違いました|ちがう|間違えた|間違えました|間違い|ごめん(?:なさい)?"
            r"|すみません|訂正|やっぱり|じゃなくて|ではなく(?:て)?|正しくは|本当は"
        ),
        explicit=(
            r"(?P<old>[^、。！!\s]{1,14}?)(?:じゃなくて?|ではなくて?|でなく)、?(?P<new>[^、。！!\s]{1,14}?)(?:です|でした|だった|だ|だよ|の間違い)?$",
        ),
        small=r"です|でした|だった|だよ|だ|ね|に|は|が|の|を|で|から",
        sorts=(
            r"(?:\d{1,2}|[一二三四五六七八九十]+)月(?:\d{1,2}|[一二三四五六七八九十]+)日",
            r"(?:\d{1,2}|[一二三四五六七八九十]+)日",
            r"[月火水木金土日]曜日?|今日|明日|明後日|昨日",
            r"(?:午前|午後)?(?:\d{1,2}|[一二三四五六七八九十]+)時(?:半|\d{1,2}分)?",
            r"(?:\d{1,2}|[一二三四五六七八九十]+)月",
            r"\d+(?:[.,]\d+)?",
        ),
    ),
    "zh": _Language(
        marks=r"说错|写错|记错|搞错|看错|错了|不对|应该是|其实是|更正|改成|改到|改为|改了|换到|变了|不是|不，|哦不",
        explicit=(r"不是(?P<old>[^，,。是]{1,12})[，,]?\s*(?:而)?是(?P<new>[^，,。！!]{1,12})$",),
        small=r"是|在|了|的|才|来|到|去",
        sorts=(
            r"[\d一二三四五六七八九十]+月[\d一二三四五六七八九十]+[日号]",
            r"(?:周|星期|礼拜)[一二三四五六日天]",
            r"[\d一二三四五六七八九十]+[点号日]",
            r"[\d一二三四五六七八九十百千万]+",
        ),
    ),
}
_UNSPACED = ("ja", "zh")
_CLAUSES = re.compile(r"[!?;\n–—]+|(?<!\d)\.(?=\s|$)|:(?=\s)|[。！？，；：]")


def foreign_correction(message: str, told: str) -> tuple[int, int, str] | None:
    """(start, end, new): the place in what was `told` of the value that a message in another language corrects, and the
    right one. None where it corrects none."""
    if "?" in message or "？" in message:
        return None
    if len(words_of(message)) > LONGEST * (2 if tongue(message) in _UNSPACED else 1):
        return None
    spoken = (tongue(told), tongue(message))
    for language in _LANGUAGES:
        if spoken == ("en", "en") and not _shares_a_day(language, message, told):
            continue
        found = _correction(language, message, told)
        if found is not None:
            return found
    return None


def _shares_a_day(language: str, message: str, told: str) -> bool:
    """Whether both name a day, month or hour in words of a language: notes may be too short to tell it otherwise."""
    return any(
        any(re.search(r"[^\W\d_]{3}", match.group()) for match in sort.finditer(message)) and sort.search(told)
        for sort in _forms(language).sorts
    )


def _correction(language: str, message: str, told: str) -> tuple[int, int, str] | None:
    forms = _forms(language)
    marked = forms.marks.search(message) is not None
    if not marked and not any(form.search(message) for form in forms.explicit):
        # A message that the language does not mark corrects where a clause behind the first is nothing but a value.
        return (
            _of_value(forms, message, told, beside=0)
            if language in (tongue(message), tongue(told)) or _shares_a_day(language, message, told)
            else None
        )
    parts = [message.strip(), *(part.strip() for part in _CLAUSES.split(message))]
    for clause in (*parts, *(_trimmed(forms, part) for part in parts)):
        for both in filter(None, (form.search(clause) for form in forms.explicit)):
            old, new = _trimmed(forms, both["old"]), _trimmed(forms, both["new"])
            place = told.casefold().rfind(old.casefold()) if old else -1
            if place >= 0 and new:
                return *_whole(forms, told, place, place + len(old), new), new
    return _of_value(forms, message, told, beside=BESIDE_VALUE) if marked else None


def _of_value(forms: _Forms, message: str, told: str, *, beside: int) -> tuple[int, int, str] | None:
    """The place of the value that a clause puts right which holds a value of the same sort and at most `beside`
    characters more."""
    clauses = [clause for clause in _CLAUSES.split(message) if clause.strip()]
    for clause in clauses if beside else clauses[1:]:
        value = _trimmed(forms, clause)
        for sort in forms.sorts:
            new_value = sort.search(value)
            if new_value is None:
                continue
            if len(value) - len(new_value.group()) > beside:
                break
            places = list(sort.finditer(told))
            if places:
                return places[-1].start(), places[-1].end(), new_value.group()
            break
    return None


def _whole(forms: _Forms, told: str, start: int, end: int, new: str) -> tuple[int, int]:
    """All of the value in what was told, where the new one is of the same sort: "3 mai", not "3", for "5 mai"."""
    for sort in forms.sorts:
        if sort.fullmatch(new):
            return next((m.span() for m in sort.finditer(told) if m.start() <= start and end <= m.end()), (start, end))
    return start, end


@dataclass(frozen=True)
class _Forms:
    marks: re.Pattern[str]
    explicit: tuple[re.Pattern[str], ...]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    sorts: tuple[re.Pattern[str], ...]


@cache
def _forms(language: str) -> _Forms:
    """The patterns of a language, made when a message first calls for them."""
    of = _LANGUAGES[language]
    unspaced = language in _UNSPACED
    before, edge = ("", "") if unspaced else (r"(?<!\w)", r"(?!\w)")
    return _Forms(
        re.compile(rf"(?i){before}(?:{of.marks}){edge}"),
        tuple(re.compile(f"(?i){form}") for form in of.explicit),
        re.compile(rf"(?i)^[\s,、，:.…-]*(?:(?:{of.marks}|{of.small}){edge}[\s,、，:.…-]*)*"),
        re.compile(
            rf"(?i)(?:[\s,、]*(?:{of.small})){{0,2}}[\s!。！…]*$"
            if unspaced
            else rf"(?i)(?:[\s,]+(?:{of.marks}){edge})*[\s!…]*$"
        ),
        tuple(re.compile(f"(?i){sort}") for sort in of.sorts),
    )  # fmt: skip


def _trimmed(forms: _Forms, text: str) -> str:
    """A clause without what takes back and the small words before a value."""
    return forms.trailing.sub("", forms.leading.sub("", text.strip(), count=1), count=1).strip()
