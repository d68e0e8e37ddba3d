"""What has a shape of its own: a telephone number has digits, an e-mail address its sign. A sentence without it that
names whose it is does not answer.

Only what is never told in words is here: a rule like this for lengths, times or prices refuses too many right answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.form import QuestionForm, Wanted
from secondme.chat.reader.yes_or_no import asks_yes_or_no

_COLOURS = "|".join(
    """
    red blue green yellow orange purple violet pink brown black white gr[ea]y beige cream gold silver turquoise teal
    navy maroon burgundy crimson scarlet indigo magenta cyan ochre khaki olive mint lilac lavender mauve tan ivory
    bronze copper charcoal amber blond ginger dark light colou?rless rot blau grün gelb lila violett rosa braun
    schwarz wei(?:ß|ss) grau türkis silber rouge bleue? verte? jaune rose brune? marron noire? blanc grise? dorée?
    roj[oa] azul verde amarill[oa] naranja morad[oa] violeta marrón negr[oa] gris turquesa dorad[oa] platead[oa]
    """.split()
)
_SHAPES = tuple(
    (re.compile(rf"(?i)(?:{asked})"), re.compile(shape))
    for asked, shape in (
        (
            r"\b(?:tele)?phone (?:number|no)\b|\b(?:mobile|cell|landline|fax|whatsapp) (?:number|no)\b"
            r"|\b(?:telefon|handy|mobil|fax)nummer\b|\bnúmero de (?:teléfono|móvil|celular)\b"
            r"|\bnuméro de (?:téléphone|portable|mobile)\b|\bnumero di telefono\b|(?:电话|手机)号|电话是|電話番号",
            r"\d[\d ()/+.-]{2,}\d",
        ),
        (
            r"\be-?mail (?:address|for)\b|['’]s e-?mail\W*$|\be-?mail-?adresse\b|\badresse e-?mail\b"
            r"|\bdirección de correo\b|\bindirizzo e-?mail\b|邮箱地?址?是|メールアドレス",
            r"@|\[at\]|\(at\)",
        ),
        (r"\b(?:web|website|internet) address\b|\burl\b|['’]s website\W*$|网址", r"\w\.[a-z]{2,}\b|://"),
        (r"\b(?:post|zip|postal) ?code\b|\bpostleitzahl\b|\bcódigo postal\b|\bcode postal\b|邮编", r"\d"),
        (
            r"\biban\b|\b(?:account|policy|serial|order|booking|reference|membership|passport|licen[cs]e|registration"
            r"|customer|insurance|tax|card|invoice) (?:number|no)\b|\b(?:konto|kunden|rechnungs|vertrags|pass)nummer\b"
            r"|\bnúmero de (?:cuenta|póliza|pedido)\b|\bnuméro de (?:compte|police|commande)\b|账号|订单号",
            r"\d|\b[A-Z]{2,}\b",
        ),
        (
            r"\b(?:door|gate|safe|alarm|lock(?:er)?|padlock|access|entry|security) (?:pin|code)\b"
            r"|\bcombination (?:of|for)\b|\b(?:tür|alarm|zugangs)code\b|\bcódigo de (?:la )?(?:puerta|alarma|entrada)\b"
            r"|\bcode (?:de (?:la )?porte|d['’]entrée|de l['’]alarme)\b|密码锁|门禁",
            r"\d|\b[A-Z]{2,}\b|[\"“”„«]",
        ),
        (
            r"\b(?:what|which) colou?rs?\b|\bcolou?rs? (?:is|was|are|were|of)\b|\bwelche farbe\b|\bde qué color\b"
            r"|\bquelle couleur\b|什么颜色|啥颜色",
            rf"(?i)\b(?:{_COLOURS})(?:e[mnrs]?|s|d?ish)?\b|[红蓝绿黄橙紫粉棕褐黑白灰金银]",
        ),
        (
            r"\bhow long (?:has|have|had) \w.* been\b",
            r"(?i)\b(?:(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|wk|fortnight|month|mth|term|season|year|yr|decade|night"
            r"|weekend|centur\w+)s?|since|from|until|till|ever|always|for ?ever|li(?:fe|ves)|child\w*|ago|born|age"
            r"|school|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|(?:19|20)\d\d|spring|summer|autumn|winter"
            r"|january|february|march|april|may|june|july|august|september|october|november|december|long|new|just"
            r"|seit|jahre?n?|monate?n?|wochen?|tagen?|depuis|ans?|mois|desde|hace|años?|meses)\b|\d(?:st|nd|rd|th)\b|[年月日天]",
        ),
        (
            r"\bblood (?:type|group)\b|\bblutgruppe\b|\bgrupo sanguíneo\b|\bgroupe sanguin\b|血型",
            r"\b(?:AB|A|B|O|0)\b ?(?:[+−–-]|(?i:pos|neg|plus|minus|rh))|\bAB\b|\b[ABO] ?型",
        ),
    )
)
"""What is asked for, and what every answer holds."""
_PRICE_ASKED = re.compile(
    r"(?i)\b(?:what|how much|which)\b.{0,30}\b(?:rent|pay|paid|cost|costs|price|fee|charge|charged|owe|earn|salary)\b"
)
_NUMBER = re.compile(r"\d[\d.,]*(?<![.,])")
_UNIT_OF_NO_MONEY = re.compile(
    r"(?i) ?(?:kilos?|kg|grams?|g|stone|lbs?|km|miles?|metres?|meters?|m|cm|mm|lit(?:re|er)s?|ml|minutes?|mins?|hours?"
    r"|hrs?|days?|weeks?|months?|years?|degrees?|°|%|[ap]m|o['’]clock|people|guests|pages?|st|nd|rd|th)\b"
)
_OF_HAVING = re.compile(
    r"(?i)\b(?:have|has|had|got|know|is there|was there|remember|habe|hast|hat|gibt|tengo|hay|ai|有)\b|有"
)
"""Of yes or no, what asks whether it is known; "did I change my number" needs no digits."""
_ASKED_FOR = frozenset({Wanted.THING, Wanted.AMOUNT, Wanted.NAME, Wanted.PLACE})


def lacks_its_shape(form: QuestionForm, leading: Sequence[CandidateSentence]) -> bool:
    """Whether a question asks for something with a shape of its own, and no sentence holds that."""
    if _PRICE_ASKED.search(form.text) and _measures_only(leading):
        return True
    decides = asks_yes_or_no(form.text)
    asks = bool(_OF_HAVING.search(form.text)) if decides else form.wanted in _ASKED_FOR
    if form.wanted is Wanted.DURATION:
        asks = True
    if not asks or form.text.lower().startswith("where"):
        return False
    shape = next((shape for asked, shape in _SHAPES if asked.search(form.text)), None)
    return shape is not None and not any(shape.search(f"{found.before} {found.text}") for found in leading)


def _measures_only(leading: Sequence[CandidateSentence]) -> bool:
    """Whether all numbers of sentences, of which there is one, measure something else than money: "61 kilos"."""
    numbers = [(found.text, number.end()) for found in leading for number in _NUMBER.finditer(found.text)]
    return bool(numbers) and all(_UNIT_OF_NO_MONEY.match(text, end) for text, end in numbers)
