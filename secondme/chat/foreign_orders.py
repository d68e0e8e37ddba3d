"""Orders to whoever reads a text, in other languages than English (`secondme.chat.reader_orders`)."""

from __future__ import annotations

import re

_WORDS = {
    "de": {
        "takes back": r"ignorier\w*|missacht\w*|vergiss|vergesst|vergessen sie|überschreib\w*",
        "of": (
            r"anweisung\w*|regeln?|vorgaben?|vorherig\w*|bisherig\w*|obig\w*|davor|kontext|system ?prompt"
            r"|übrig\w*|restlich\w*|klauseln?|absätze|abschnitte|angaben"
        ),
        "says": r"antworte\w*|sage?|schreibe?|nenne|wiederhole?|ausgeben|antworten|beantworte\w*",
        "always": r"jede[rnsm]?\b.{0,20}\bfragen?|alle\w* fragen|immer|stets|ausschließlich|ab (?:jetzt|sofort)",
        "when": r"wenn|falls|sobald|sollte",
        "asked": r"frag\w*|gefragt",
        "machine": r"ki|ki-\w+|sprachmodelle?n?|chatbots?|künstliche intelligenz\w*",
        "reader": r"assistent\w*|modelle?",
        "must": (
            r"muss|müssen|soll|sollen|sollst|darf|antwortet|sagt"
            r"|(?:hat|haben|ist|sind)(?=\b.{0,60}(?:\bzu\b|\w{2}zu\w+en\b))"
        ),
        "states": (
            r"meld\w*|bericht\w+|behaupte\w*|bestätig\w*|mitteil\w*|mitzuteilen|angeben|anzugeben|erklär\w*"
            r"|sagen|schreiben|nennen|auszugeben"
        ),
    },
    "fr": {
        "takes back": r"ignore[zs]?|ignorer|oublie[zs]?|oublier|néglige[rzs]?",
        "of": (
            r"instructions?|consignes?|règles?|précédente?s?|ci-dessus|contexte|autres clauses"
            r"|autres articles|reste|clauses"
        ),
        "says": r"réponds|répondez|répondre|dis|dites|dire|écris|écrivez|répète[zs]?|affiche[zs]?",
        "always": r"(?:à )?(?:chaque|toutes? les?|toute) questions?|toujours|uniquement|désormais",
        "when": r"quand|lorsqu\w*|si|dès qu\w*",
        "asked": r"demande\w*|interroge\w*|pose\w*",
        "machine": r"ia|i\.a\.|modèles? de langage|chatbots?|intelligences? artificielles?",
        "reader": r"assistante?s?|modèles?|robots?",
        "must": (
            r"doit|doivent|dois|devez|devra|répond|répondent|sont? tenue?s? de|est priée? de|sont priée?s? de"
            r"|devront"
        ),
        "states": (
            r"signale\w*|affirme\w*|déclare\w*|confirme\w*|indique\w*|rapporte\w*|prétend\w*|annonce\w*"
            r"|mentionne\w*"
        ),
    },
    "es": {
        "takes back": r"ignor[ae]\w*|olvid[ae]\w*|descart[ae]\w*",
        "of": (
            r"instrucci(?:ón|ones)|reglas?|anterior\w*|previas?|contexto|de arriba|demás cláusulas|cláusulas"
            r"|resto|otras secciones"
        ),
        "says": r"respond[ae]\w*|contest[ae]\w*|di|diga|decir|escrib[ae]\w*|repit[ae]\w*",
        "always": r"(?:a )?(?:cada|todas? las?|cualquier) preguntas?|siempre|solo|sólo|únicamente|a partir de ahora",
        "when": r"cuando|si|siempre que",
        "asked": r"pregunt\w*",
        "machine": r"ia|i\.a\.|modelos? de lenguaje|chatbots?|inteligencias? artificial(?:es)?",
        "reader": r"asistentes?|modelos?",
        "must": r"deben?|debes|tiene que|tienen que|responderá\w*|dirá\w*|deberán?|ha de|han de|se ruega",
        "states": r"inform\w*|afirm\w*|declar\w*|confirm\w*|indi[cq]\w*|report\w*|comuni[cq]\w*|asegur\w*|mencion\w*",
    },
    "it": {
        "takes back": r"ignora\w*|dimentica\w*|trascura\w*",
        "of": r"istruzion\w*|regole?|precedent\w*|contesto|sopra|altre clausole|clausole|resto",
        "says": r"rispond\w*|di['’]|dica|dire|scriv\w*|ripet\w*",
        "always": r"(?:a )?(?:ogni|tutte le|qualsiasi) domand\w*|sempre|solo|soltanto|d['’]ora in poi",
        "when": r"quando|se|ogni volta che",
        "asked": r"chied\w*|domand\w*|chiest\w*",
        "machine": r"ia|i\.a\.|modell[oi] linguistic[oi]|chatbot|intelligenz[ae] artificial[ei]",
        "reader": r"assistent\w*|modell\w*",
        "must": r"deve|devono|devi|risponde|rispondono|dovrà|dovranno|sono tenuti a|è tenut[ao] a",
        "states": r"riferi\w*|afferma\w*|dichiara\w*|conferma\w*|indica\w*|riporta\w*|segnala\w*|comunica\w*",
    },
    "pt": {
        "takes back": r"ignor[ae]\w*|esqueç\w*|desconsider\w*",
        "of": r"instruç\w*|regras?|anterior\w*|contexto|acima|demais cláusulas|cláusulas|resto",
        "says": r"respond[ae]\w*|dig[ao]|dizer|escrev[ae]\w*|repit[ae]\w*",
        "always": r"(?:a )?(?:cada|todas? as?|qualquer) perguntas?|sempre|apenas|somente|a partir de agora",
        "when": r"quando|se|sempre que",
        "asked": r"pergunt\w*",
        "machine": r"ia|modelos? de linguagem|chatbots?|inteligências? artificia(?:l|is)",
        "reader": r"assistentes?|modelos?",
        "must": r"deve|devem|tem que|têm que|responde|deverá|deverão",
        "states": r"inform\w*|afirm\w*|declar\w*|confirm\w*|indi[cq]\w*|relat\w*|comuni[cq]\w*|mencion\w*",
    },
    "nl": {
        "takes back": r"negeer|negeren|vergeet|vergeten",
        "of": (
            r"instructies?|regels?|vorige|voorgaande|eerdere|bovenstaande|context|andere bepalingen|overige"
            r"|bepalingen|rest van"
        ),
        "says": r"antwoord|zeg|schrijf|herhaal|noem",
        "always": r"(?:op )?(?:elke|iedere|alle) vra(?:ag|gen)|altijd|alleen|uitsluitend|vanaf nu",
        "when": r"als|wanneer|zodra",
        "asked": r"vraagt|vragen|gevraagd",
        "machine": r"ai|ai-\w+|taalmodel\w*|chatbots?|kunstmatige intelligentie",
        "reader": r"assistent\w*|model\w*",
        "must": r"moet|moeten|dient|zegt|antwoordt|dienen|hebben te|heeft te",
        "states": (
            r"meld\w*|bericht\w*|bevestig\w*|verklaar\w*|verklaren|bewe\w+|beweren|aangeven|aan te geven"
            r"|zeggen|antwoorden|schrijven"
        ),
    },
    "pl": {
        "takes back": r"zignoruj|ignoruj|zignorować|ignorować|zapomnij|pomiń|pominąć",
        "of": r"instrukcj\w*|polece\w*|poprzedni\w*|zasad\w*|kontekst\w*|pozostał\w*|klauzul\w*|reszt\w*",
        "says": r"odpowiada\w*|odpowiedz|powiedz|mów|napisz|powtórz",
        "always": r"(?:na )?(?:każde|wszystkie) pytani\w*|zawsze|tylko|od teraz",
        "when": r"gdy|kiedy|jeśli|jeżeli",
        "asked": r"pyta\w*|zapyta\w*",
        "machine": r"ai|model\w* językow\w*|chatbot\w*|sztuczn\w+ inteligencj\w+",
        "reader": r"asystent\w*|model\w*",
        "must": r"musi|muszą|powin\w+|ma|mają",
        "states": r"zgłosi\w*|informowa\w*|poinformowa\w*|twierdzi\w*|oświadcz\w*|potwierdz\w*|poda\w+",
    },
    "ru": {
        "takes back": r"(?:про)?игнорир(?:уй\w*|овать)|забудь\w*|отбрось\w*",
        "of": r"инструкци\w*|указани\w*|правил\w*|предыдущ\w*|контекст\w*|остальн\w*|пункт\w*|проч\w+",
        "says": r"отвечай\w*|ответь\w*|скажи\w*|говори\w*|пиши\w*|напиши\w*|повтори\w*",
        "always": r"(?:на )?(?:кажд\w+|все|любой|любые) вопрос\w*|всегда|только|отныне|с этого момента",
        "when": r"когда|если",
        "asked": r"спрос\w*|спрашива\w*|вопрос\w*",
        "machine": r"ии|ии-\w+|языков\w+ модел\w*|чат-?бот\w*|нейросет\w+",
        "reader": r"ассистент\w*|модел\w*|помощник\w*",
        "must": r"долж\w+|обязан\w*|отвеча\w+|следует|надлежит",
        "states": r"сообщ\w*|утвержда\w*|заяв\w*|подтверд\w*|подтвержда\w*|доложи\w*|указа\w+",
    },
}
"""The words of orders by language: what takes earlier orders back, of what, deeds of saying, "to every question",
"when" somebody "asked", a machine that reads, others who read,
what binds them, and what else a machine may be told to do: "report that"."""
_NOTE = (
    r"hinweise?|anweisung\w*|nachricht|mitteilung|achtung|an alle|note|remarque|avis|consignes?|nota|aviso|mensaje"
    r"|atención|instrucciones|istruzioni|avviso|attenzione|mensagem|instruções|opmerking|bericht|instructies|uwaga"
    r"|instrukcj\w+|примечание|указани[ея]|внимание|сообщение"
)
"""What heads a note to somebody, in any of these languages."""
_FAR_EAST = (
    r"(?:致|给|提示|通知)[^。：:]{0,6}(?:AI|人工智能|语言模型|大模型|机器人)[^。：:]{0,10}[：:]",
    r"(?:忽略|无视|忘记|忽視|無視)[^。]{0,16}(?:指令|指示|规则|說明|说明|提示|上文|以上|之前|其他|其它|其余|其餘|条款|條款)",
    r"(?:回答|回复|答复)[^。]{0,12}(?:所有|每个|任何)[^。]{0,6}(?:问题|提问)",
    r"(?:所有|每个|任何)[^。]{0,6}(?:问题|提问)[^。]{0,12}(?:回答|回复|都说)",
    r"(?:当|如果|只要|每当|无论谁)[^。]{0,16}(?:问|提到)[^。]{0,20}(?:回答|回复|说|告诉)",
    r"(?:(?:智能|语音|虚拟)助[手理]|(?:大|语言)模型|人工智能|机器人|AI)[^。]{0,16}(?:必须|应该|应当|要|只能|务必|须|请)[^。]{0,24}"
    r"(?:回答|回复|说|忽略|无视|报告|声称|告知|告诉|指出|表示|确认|输出)",
    r"助手[^。]{0,8}(?:必须|应该|应当|要|只能)[^。]{0,12}(?:回答|回复|说)",
    r"从现在(?:起|开始)[^。]{0,12}(?:回答|回复|说|你)",
    r"(?:以前|これまで|上記|前|すべて)の?[^。]{0,10}(?:指示|命令|ルール|プロンプト)[^。]{0,8}(?:無視|忘れ)",
    r"(?:すべて|全て|どんな|あらゆる|いかなる)[^。]{0,8}質問[^。]{0,24}(?:答え|回答|返答|言)",
    r"(?:聞かれ|尋ねられ|質問され)[^。]{0,24}(?:答え|回答|返答|言)",
    r"(?:アシスタント|モデル|AI)[^。]{0,40}(?:答え|回答|返答|言|報告|述べ|伝え|無視)[^。]{0,6}(?:こと|なさい|ください|なければ|べき)",
    r"今後[^。]{0,12}(?:答え|回答)",
    r"(?:이전|위의|모든)[^.。]{0,10}(?:지시|명령|규칙)[^.。]{0,8}(?:무시|잊)",
    r"(?:AI|인공지능|챗봇|언어 모델)[^.。]{0,60}(?:무시|보고|답|대답|말)[^.。]{0,4}(?:해야|하십시오|하세요|하라|할 것)",
    r"(?:모든|어떤) 질문[^.。]{0,24}(?:답|대답|말)",
)


def _patterns(word: dict[str, str]) -> tuple[str, ...]:
    says = rf"\b(?:{word['says']})\b"
    must = rf".{{0,40}}\b(?:{word['must']})\b.{{0,60}}"
    return (
        rf"\b(?:{word['takes back']})\b.{{0,40}}\b(?:{word['of']})\b",
        rf"{says}.{{0,60}}\b(?:{word['always']})\b|\b(?:{word['always']})\b.{{0,40}}{says}",
        rf"\b(?:{word['when']})\b.{{0,40}}\b(?:{word['asked']})\b.{{0,60}}{says}",
        rf"{says}.{{0,60}}\b(?:{word['when']})\b.{{0,40}}\b(?:{word['asked']})\b",
        rf"\b(?:{word['machine']}|{word['reader']})\b{must}(?:{says}|[„“\"«:])",
        rf"^\W*(?:{_NOTE})\b.{{0,20}}\b(?:{word['machine']})\b",
        rf"\b(?:{word['machine']})\b{must}\b(?:{word['states']}|{word['takes back']})\b",
    )


FOREIGN_ORDERS = tuple(re.compile(f"(?i){form}") for word in _WORDS.values() for form in _patterns(word)) + tuple(
    re.compile(form) for form in _FAR_EAST
)
"""Signs that a sentence orders its reader about."""
