"""Messages in other languages than English that ask without a question mark: by an order ("montre-moi les factures",
"회의 요약해 줘"), or by naming a value that is looked for ("code du portail", "Geburtstag von Anna").

A language is not told first: such messages are short, and mostly nouns and names.
"""

from __future__ import annotations

import re

LONGEST = 9
"""Words of a message that only names what is looked for; a longer one tells something."""
_TELLS = re.compile(r"[\d:=!]|\b(?:est|sont|était|ist|sind|war|es|era|está|è|são|é|jest|был[аои]?|har|är|er|is|was)\b")
"""What stands in a message that gives a value, not in one that looks for it."""

_ORDERS = (
    # French; but "rappelle-moi de …" is to be kept, and "fais une tarte" is no order to a memory
    r"(?:donne|montre|dis|indique|affiche|explique|raconte|trouve|cherche|liste|résume)(?:[- ]moi|[- ]nous)\b",
    r"(?:résume|liste|énumère|cherche|retrouve|affiche|récapitule)[rz]? (?:le|la|les|l['’]|mes|mon|ma|tou(?:s|tes))",
    r"(?:fais|faites|fait)(?:[- ](?:moi|nous))? (?:un(?:e)?|le|la) (?:résumé|récap\w*|synthèse|liste|bilan|total)\b",
    # German
    r"(?:zeig|sag|nenn|gib|erzähl|such|find|erklär|list)e?n?(?: sie)? (?:mir|uns)\b",
    r"(?:fass|fasse)\b.*\bzusammen\W*$",
    r"(?:liste|zähle?)\b.*\bauf\W*$",
    # Spanish, Portuguese, Italian
    r"(?:dime|dame|muéstrame|muestrame|enséñame|búscame|resúmeme|explícame|cuéntame|díganos|encuéntrame)\b",
    r"(?:resume|resumen de|enumera|lista|busca|muestra|haz un resumen de?) (?:el|la|los|las|mis?|tod[ao]s)\b",
    r"(?:me )?(?:diga|mostre|dê|conte|explique)[- ](?:me )?(?:o|a|os|as|onde|quem|quando)\b",
    r"(?:resum[ae]|list[ae]|procur[ae]|mostr[ae]) (?:o|a|os|as)\b|(?:faz|faça) um resumo d",
    r"(?:dimmi|dammi|mostrami|fammi (?:vedere|un)|trovami|elencami|riassumimi|spiegami|raccontami)\b",
    r"(?:riassumi|elenca|cerca|mostra|trova) (?:il|la|lo|i|gli|le|l['’]|tutt)",
    # Dutch, Polish, Russian, Turkish
    r"(?:geef|toon|laat|zeg|vertel|noem|zoek|vind)(?: me| mij| ons)\b",
    r"vat\b.*\bsamen\W*$",
    r"(?:pokaż|powiedz|podaj|podsumuj|znajdź|wymień|wyświetl|streść)\b",
    r"(?:покажи|скажи|назови|найди|перечисли|расскажи|подведи|выведи|перескажи|суммируй)(?:те)?\b",
    r".*\b(?:göster|söyle|özetle|listele|bul|anlat|sırala)(?:r mısın|yin|in|sene)?\W*$",
    # Korean, Japanese, Chinese
    r".*(?:알려|보여|요약해|찾아|정리해|말해|설명해|골라)\s?(?:줘|줘요|주세요|줄래|줄래요|봐|봐요|라|다오)\W*$",
    r".*(?:教えて|見せて|要約して|まとめて|探して|調べて|挙げて)(?:ください|下さい|くれ|ほしい|もらえる|よ|ね)?\W*$",
    r"(?:请|帮我|给我|麻烦)*(?:总结|概括|列出|列举|告诉我|查一下|找一下|显示|總結|列出|告訴我|查詢)",
)
_DECIDED = re.compile(rf"(?i)^\W*(?:{'|'.join(_ORDERS)})")

_OWNER = {
    "fr": r"(?:de|du|des|d['’]|de la|de l['’]|pour|chez)",
    "de": r"(?:von|vom|der|des|meiner?|meines|für|im|in|bei)",
    "es": r"(?:del?|de la|de los|de mi|para)",
    "pt": r"(?:d[eoa]s?|da minha|do meu|para)",
    "it": r"(?:di|del|della|dello|dell['’]|dei|degli|per)",
    "nl": r"(?:van|voor)",
}
_VALUES = {
    "fr": "num[ée]ro|t[ée]l[ée]phone|code|adresse|mot de passe|prix|co[ûu]t|montant|date|anniversaire|nom|heures?"
    "|taille|mail|rendez-vous|liste|total|somme|r[ée]sum[ée]|d[ée]penses|ville|salaire|loyer|horaires?|échéance",
    "de": r"\w*(?:nummer|adresse|passwort|kennwort|code|preis|kosten|betrag|datum|geburtstag|termine?|name|uhrzeit"
    r"|größe|liste|summe|ausgaben|zusammenfassung|gehalt|miete|frist|öffnungszeiten)",
    "es": "n[úu]mero|tel[ée]fono|c[óo]digo|direcci[óo]n|contraseña|clave|precio|costo|coste|importe|fecha|cumpleaños"
    "|nombre|hora|talla|correo|cita|lista|total|suma|resumen|gastos|sueldo|alquiler|horario",
    "pt": "n[úu]mero|telefone|c[óo]digo|endereço|senha|preço|custo|valor|data|aniversário|nome|hora|tamanho|e-?mail"
    "|consulta|lista|total|soma|resumo|gastos|despesas|salário|aluguel|horário",
    "it": "numero|telefono|codice|indirizzo|password|prezzo|costo|importo|data|compleanno|nome|ora|taglia|e-?mail"
    "|appuntamento|lista|totale|somma|riassunto|spese|stipendio|affitto|orari[oi]?",
    "nl": r"\w*(?:nummer|adres|wachtwoord|code|prijs|kosten|bedrag|datum|verjaardag|afspraak|naam|maat|lijst|totaal"
    r"|samenvatting|uitgaven|salaris|huur)",
}
_ARTICLE = (
    r"(?:l[eao]s?|l['’]|el|il|lo|i|gli|os?|as?|der|die|das|de|het|mon|ma|mes|mein\w*|mis?|me[ua]s?|minhas?|mi[oae]i?)"
)
_OF_SOMETHING = re.compile(
    "(?i)^(?:"
    + "|".join(rf"(?:{_ARTICLE}\s*)?(?:{values})s? {_OWNER[language]}\b.*" for language, values in _VALUES.items())
    # German and Dutch put it into one word, and French says whose by "mon"
    + r"|(?:mon|ma|mes|mein\w*|mi|mis|mia|mio|meu|minha|mijn) (?:"
    + "|".join(_VALUES.values())
    + r"))\W*$"
)
_FAR_EAST = re.compile(
    r"^[^\d。.!！?？,，、:：]{1,24}(?:"
    r"번호|주소|비밀번호|이름|가격|날짜|생일|시간|일정|암호|연락처|목록|요약"
    r"|番号|住所|予約|パスワード|名前|値段|価格|日付|誕生日|時間|予定|連絡先|一覧"
    r"|号码|密码|地址|名字|价格|日期|生日|时间|联系方式|列表|總結|号|電話|电话)\s*$"
)


def requests(text: str) -> bool:
    """Whether a sentence in another language than English orders to tell or show something, or only names the value
    that is looked for."""
    text = text.strip()
    if _DECIDED.match(text):
        return True
    if len(text.split()) > LONGEST or _TELLS.search(text):
        return False
    return bool(_OF_SOMETHING.match(text) or _FAR_EAST.match(text))
