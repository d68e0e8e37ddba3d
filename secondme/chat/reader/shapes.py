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
    )
)
"""What is asked for, and what every answer holds."""
_OF_HAVING = re.compile(
    r"(?i)\b(?:have|has|had|got|know|is there|was there|remember|habe|hast|hat|gibt|tengo|hay|ai|有)\b|有"
)
"""Of yes or no, what asks whether it is known; "did I change my number" needs no digits."""
_ASKED_FOR = frozenset({Wanted.THING, Wanted.AMOUNT, Wanted.NAME, Wanted.PLACE})


def lacks_its_shape(form: QuestionForm, leading: Sequence[CandidateSentence]) -> bool:
    """Whether a question asks for something with a shape of its own, and no sentence holds that."""
    decides = asks_yes_or_no(form.text)
    asks = bool(_OF_HAVING.search(form.text)) if decides else form.wanted in _ASKED_FOR
    if not asks or form.text.lower().startswith("where"):
        return False
    shape = next((shape for asked, shape in _SHAPES if asked.search(form.text)), None)
    return shape is not None and not any(shape.search(f"{found.before} {found.text}") for found in leading)
