"""Orders to whoever reads a text, in other languages than English (`secondme.chat.reader_orders`)."""

from __future__ import annotations

import re

_WORDS = {
    "de": {
        "takes back": r"ignorier\w*|missacht\w*|vergiss|vergesst|vergessen sie|überschreib\w*",
        "of": r"anweisung\w*|regeln?|vorgaben?|vorherig\w*|bisherig\w*|obig\w*|davor|kontext|system ?prompt",
        "says": r"antworte\w*|sage?|schreibe?|nenne|wiederhole?|ausgeben|antworten|beantworte\w*",
        "always": r"jede[rnsm]?\b.{0,20}\bfragen?|alle\w* fragen|immer|stets|ausschließlich|ab (?:jetzt|sofort)",
        "when": r"wenn|falls|sobald|sollte",
        "asked": r"frag\w*|gefragt",
        "reader": r"ki|ki-\w+|assistent\w*|sprachmodelle?n?|chatbots?|modelle?",
        "must": r"muss|müssen|soll|sollen|sollst|hat zu|darf|antwortet|sagt",
    },
    "fr": {
        "takes back": r"ignore[zs]?|ignorer|oublie[zs]?|oublier|néglige[zs]?",
        "of": r"instructions?|consignes?|règles?|précédente?s?|ci-dessus|contexte",
        "says": r"réponds|répondez|répondre|dis|dites|dire|écris|écrivez|répète[zs]?|affiche[zs]?",
        "always": r"(?:à )?(?:chaque|toutes? les?|toute) questions?|toujours|uniquement|désormais",
        "when": r"quand|lorsqu\w*|si|dès qu\w*",
        "asked": r"demande\w*|interroge\w*|pose\w*",
        "reader": r"ia|i\.a\.|assistante?s?|modèles?|chatbots?|robots?",
        "must": r"doit|doivent|dois|devez|devra|répond|répondent",
    },
    "es": {
        "takes back": r"ignor[ae]\w*|olvid[ae]\w*|descart[ae]\w*",
        "of": r"instrucci(?:ón|ones)|reglas?|anterior\w*|previas?|contexto|de arriba",
        "says": r"respond[ae]\w*|contest[ae]\w*|di|diga|decir|escrib[ae]\w*|repit[ae]\w*",
        "always": r"(?:a )?(?:cada|todas? las?|cualquier) preguntas?|siempre|solo|sólo|únicamente|a partir de ahora",
        "when": r"cuando|si|siempre que",
        "asked": r"pregunt\w*",
        "reader": r"ia|i\.a\.|asistentes?|modelos?|chatbots?",
        "must": r"deben?|debes|tiene que|tienen que|responderá\w*|dirá\w*",
    },
    "it": {
        "takes back": r"ignora\w*|dimentica\w*|trascura\w*",
        "of": r"istruzion\w*|regole?|precedent\w*|contesto|sopra",
        "says": r"rispond\w*|di['’]|dica|dire|scriv\w*|ripet\w*",
        "always": r"(?:a )?(?:ogni|tutte le|qualsiasi) domand\w*|sempre|solo|soltanto|d['’]ora in poi",
        "when": r"quando|se|ogni volta che",
        "asked": r"chied\w*|domand\w*|chiest\w*",
        "reader": r"ia|i\.a\.|assistent\w*|modell\w*|chatbot",
        "must": r"deve|devono|devi|risponde|rispondono",
    },
    "pt": {
        "takes back": r"ignor[ae]\w*|esqueç\w*|desconsider\w*",
        "of": r"instruç\w*|regras?|anterior\w*|contexto|acima",
        "says": r"respond[ae]\w*|dig[ao]|dizer|escrev[ae]\w*|repit[ae]\w*",
        "always": r"(?:a )?(?:cada|todas? as?|qualquer) perguntas?|sempre|apenas|somente|a partir de agora",
        "when": r"quando|se|sempre que",
        "asked": r"pergunt\w*",
        "reader": r"ia|assistentes?|modelos?|chatbots?",
        "must": r"deve|devem|tem que|têm que|responde",
    },
    "nl": {
        "takes back": r"negeer|vergeet",
        "of": r"instructies?|regels?|vorige|voorgaande|eerdere|bovenstaande|context",
        "says": r"antwoord|zeg|schrijf|herhaal|noem",
        "always": r"(?:op )?(?:elke|iedere|alle) vra(?:ag|gen)|altijd|alleen|uitsluitend|vanaf nu",
        "when": r"als|wanneer|zodra",
        "asked": r"vraagt|vragen|gevraagd",
        "reader": r"ai|assistent\w*|taalmodel\w*|chatbots?|model\w*",
        "must": r"moet|moeten|dient|zegt|antwoordt",
    },
    "pl": {
        "takes back": r"zignoruj|ignoruj|zapomnij|pomiń",
        "of": r"instrukcj\w*|polece\w*|poprzedni\w*|zasad\w*|kontekst\w*",
        "says": r"odpowiada\w*|odpowiedz|powiedz|mów|napisz|powtórz",
        "always": r"(?:na )?(?:każde|wszystkie) pytani\w*|zawsze|tylko|od teraz",
        "when": r"gdy|kiedy|jeśli|jeżeli",
        "asked": r"pyta\w*|zapyta\w*",
        "reader": r"ai|asystent\w*|model\w*|chatbot\w*",
        "must": r"musi|muszą|powin\w+",
    },
    "ru": {
        "takes back": r"игнорируй\w*|проигнорируй\w*|забудь\w*|отбрось\w*",
        "of": r"инструкци\w*|указани\w*|правил\w*|предыдущ\w*|контекст\w*",
        "says": r"отвечай\w*|ответь\w*|скажи\w*|говори\w*|пиши\w*|напиши\w*|повтори\w*",
        "always": r"(?:на )?(?:кажд\w+|все|любой|любые) вопрос\w*|всегда|только|отныне|с этого момента",
        "when": r"когда|если",
        "asked": r"спрос\w*|спрашива\w*|вопрос\w*",
        "reader": r"ии|ассистент\w*|модел\w*|чат-?бот\w*|помощник\w*",
        "must": r"долж\w+|обязан\w*|отвеча\w+",
    },
}
"""The words of orders by language: what takes earlier orders back, of what, deeds of saying, "to every question",
"when" somebody "asked", who reads, and what binds them."""
_FAR_EAST = (
    r"(?:忽略|无视|忘记|忽視|無視)[^。]{0,16}(?:指令|指示|规则|說明|说明|提示|上文|以上|之前)",
    r"(?:回答|回复|答复)[^。]{0,12}(?:所有|每个|任何)[^。]{0,6}(?:问题|提问)",
    r"(?:所有|每个|任何)[^。]{0,6}(?:问题|提问)[^。]{0,12}(?:回答|回复|都说)",
    r"(?:当|如果|只要|每当|无论谁)[^。]{0,16}(?:问|提到)[^。]{0,20}(?:回答|回复|说|告诉)",
    r"(?:助手|模型|人工智能|AI)[^。]{0,8}(?:必须|应该|应当|要|只能)[^。]{0,12}(?:回答|回复|说)",
    r"从现在(?:起|开始)[^。]{0,12}(?:回答|回复|说|你)",
    r"(?:以前|これまで|上記|前|すべて)の?[^。]{0,10}(?:指示|命令|ルール|プロンプト)[^。]{0,8}(?:無視|忘れ)",
    r"(?:すべて|全て|どんな|あらゆる|いかなる)[^。]{0,8}質問[^。]{0,24}(?:答え|回答|返答|言)",
    r"(?:聞かれ|尋ねられ|質問され)[^。]{0,24}(?:答え|回答|返答|言)",
    r"(?:アシスタント|モデル|AI)[^。]{0,24}(?:答え|回答|返答|言)[^。]{0,6}(?:こと|なさい|ください|なければ|べき)",
    r"今後[^。]{0,12}(?:答え|回答)",
    r"(?:이전|위의|모든)[^.。]{0,10}(?:지시|명령|규칙)[^.。]{0,8}(?:무시|잊)",
    r"(?:모든|어떤) 질문[^.。]{0,24}(?:답|대답|말)",
)


def _patterns(word: dict[str, str]) -> tuple[str, ...]:
    says = rf"\b(?:{word['says']})\b"
    return (
        rf"\b(?:{word['takes back']})\b.{{0,40}}\b(?:{word['of']})\b",
        rf"{says}.{{0,60}}\b(?:{word['always']})\b|\b(?:{word['always']})\b.{{0,40}}{says}",
        rf"\b(?:{word['when']})\b.{{0,40}}\b(?:{word['asked']})\b.{{0,60}}{says}",
        rf"{says}.{{0,60}}\b(?:{word['when']})\b.{{0,40}}\b(?:{word['asked']})\b",
        rf"\b(?:{word['reader']})\b.{{0,40}}\b(?:{word['must']})\b.{{0,60}}(?:{says}|[„“\"«:])",
    )


FOREIGN_ORDERS = tuple(re.compile(f"(?i){form}") for word in _WORDS.values() for form in _patterns(word)) + tuple(
    re.compile(form) for form in _FAR_EAST
)
"""Signs that a sentence orders its reader about."""
