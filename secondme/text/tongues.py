"""The language of a short message and whether it asks, by its commonest words and marks. Much shorter texts can be told
apart so than `secondme.text.language` can, and it loads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from storage.tokens.languages import language_by_words

QUESTION_MARKS = ("?", "？", "؟", "՞", "፧")

_COMMON: Mapping[str, str] = {
    "en": """the a an i my me you your is are was were do does did have has had of to in on at and but it he she we they
        what who where when how which why not with for from that this no yes ok so as be me on at by an if or us our his
        her its their there here now then just more some any all wait sorry same time will can would""",
    "de": """ich du er sie es wir ihr der die das den dem ein eine einen und oder aber nicht mein meine meinen meiner
        dein deine ist sind war bin hat habe haben mit von zu im am auf für wo wer wann wie warum wieso welche welcher
        heute morgen jetzt auch noch schon danke dank vielen schönen besten sehr bitte guten in was will an so""",
    "fr": """je tu il elle nous vous le la les un une des du de et ou mais ne pas mon ma mes ton ta est sont suis ai as
        avec pour dans sur chez en par au aux sans où qui quand comment pourquoi quel quelle quoi que merci bonjour
        c'est j'ai j'habite aujourd'hui""",
    "es": """yo tú él ella nosotros el la los las un una de del y o pero no mi mis tu es son soy está estoy tengo con
        para en por qué quién dónde cuándo cómo cuál cuánto cuánta cuántos vivo se me gracias hola hoy mañana""",
    "pt": """eu você ele ela nós o os as um uma de do da e ou mas não meu minha meus é são sou está estou tenho com para
        em por quem onde quando como qual quanto que moro obrigado obrigada olá hoje""",
    "it": """io tu lui lei noi il lo la gli un una di del e o ma non mio mia miei è sono sei ho con per in su chi dove
        quando come quale quanto perché che abito grazie ciao oggi""",
    "nl": """ik jij je hij zij wij het een de en of maar niet mijn jouw is zijn ben heb heeft met van op voor in waar
        wie wanneer hoe welke waarom wat dank hallo vandaag""",
    "pl": """ja ty on ona my i lub ale nie mój moja moje jest są był była mam ma z w na do kto gdzie kiedy jak jaki
        jaka dlaczego co czy ile dzięki dziękuję dzień dobry dziś mieszkam""",
    "tr": """ben sen o biz ve ama değil benim bir bu var yok için ile kim nerede ne nasıl hangi neden kaç mi mı mu mü
        teşekkürler merhaba bugün""",
}
_ASKING: Mapping[str, str] = {
    "de": r"(?:(?:in|an|mit|für|bei|von|zu|um|ab|auf|aus|nach|unter|über|gegen|seit|bis) )?"
    r"(?:wo(?:gegen|für|mit|von|zu|durch|nach|bei|rauf|her|hin)?|wer|wen|wem|wessen|wann|warum|wieso|weshalb|wie|was"
    r"|welche[rsnm]?|wie ?viele?|(?:ist|sind|war|waren|bin|hat|habe|haben|hatte|kann|muss|soll|will|wird|darf|gibt|mag"
    r"|weißt|kennst) (?:ich|du|er|sie|es|wir|ihr|das|der|die|mein\w*|dein\w*|sein\w*))",
    "fr": r"(?:où|d['’]où|qui|quand|comment|pourquoi|quels?|quelles?|combien|est-ce|qu['’]est-ce|que|quoi|depuis quand"
    r"|(?!rendez-vous)\w+-(?:je|tu|il|elle|nous|vous|ils|elles|on))",
    "es": r"(?:(?:a |de |en |desde |hasta |con )?(?:qué|qui[eé]n(?:es)?|d[oó]nde|cuándo|cómo|cu[aá]l(?:es)?"
    r"|cu[aá]nt[oa]s?|por qué))",
    "pt": r"(?:(?:de |em |desde |até |com )?(?:o que|quem|onde|quando|como|qual|quais|quant[oa]s?|por que|que))",
    "it": r"(?:(?:da |di |in |fino a |con )?(?:chi|dove|dov['’]è|quando|come|com['’]è|quale|quali|quant[oaie]|perché"
    r"|che cosa|cosa))",
    "nl": r"(?:waar|wie|wanneer|hoe|hoeveel|welke|waarom|wat|sinds wanneer|(?:is|was|heb|heeft|ben|kan|moet) (?:ik|jij"
    r"|je|hij|zij|het|mijn))",
    "sv": r"(?:var|vart|vem|vems|vad|när|hur|varför|vilken|vilket|vilka"
    r"|(?:är|har|kan|ska) (?:jag|du|han|hon|vi|det|den))",
    "da": r"(?:hvor|hvem|hvis|hvad|hvornår|hvordan|hvorfor|hvilken|hvilket|hvilke"
    r"|(?:er|har|kan|skal) (?:jeg|du|han|hun|vi))",
    "no": r"(?:hvor|hvem|hva|når|hvordan|hvorfor|hvilken|hvilket|hvilke"
    r"|(?:er|har|kan|skal) (?:jeg|du|han|hun|vi))",
    "fi": r"(?:mikä|mitä|mit[äk]\w*|kuka|kenen|ketkä|missä|mistä|mihin|milloin|koska|miten|kuinka|miksi"
    r"|mont[ao]\w*|\w+k[oö])",
    "cs": r"(?:(?:od |do |s |v |na )?(?:kdo|koho|komu|co|čeho|kde|kam|odkud|kdy|jak|jak[ýáéou]\w*|kter[ýáéou]\w*"
    r"|proč|kolik|čí))",
    "hu": r"(?:ki|kit|kinek|kivel|mi|mit|mikor|hol|hova|hová|honnan|hogyan|hogy|miért|melyik|mennyi\w*|hány\w*|meddig)",
    "ro": r"(?:(?:de |cu |la |pe |din )?(?:ce|cine|cui|unde|când|cum|care|cât|câtă|câți|câte|de ce))",
    "vi": r"(?:.*(?:\bgì|ở đâu|đâu|\bai|khi nào|bao giờ|bao nhiêu|tại sao|vì sao|thế nào|mấy|nào|không)\W*$"
    r"|ai|tại sao|khi nào)",
    "id": r"(?:apa|apakah|siapa|(?:di |ke |dari )?mana|kapan|bagaimana|mengapa|kenapa|berapa)",
    "ca": r"(?:(?:a |de |amb |en )?(?:què|qui|quan|on|com|quin[ae]?s?|quant[ae]?s?|per què))",
    "pl": r"(?:(?:od |do |z |w )?(?:kto|kogo|gdzie|kiedy|jak|jaki|jaka|jakie|która|który|dlaczego|co|czy|ile|czyj))",
}
_ASKING_ANYWHERE: Mapping[str, re.Pattern[str]] = {
    "zh": re.compile(
        r"[吗呢嘛]\s*[?？。!！]*$|什么|哪|谁|怎么|怎样|为什么|为何|多少|多大|几[点岁个月天号年次]|何时|是不是|有没有"
        r"|多久|能不能|来着"
    ),
    "ja": re.compile(
        r"(?:です|ます|ました|でした|ません)か|か\s*[?？。]*$|何[時歳人]?(?:です|が|を|に|の|曜)"
        r"|どこ|誰|だれ|いつ(?!も)|なぜ|どう(?:し|や)|いくら|いくつ|どの|どれ"
    ),
    "ko": re.compile(r"(?:까|나요|가요|니)\s*[?？.]*$|무엇|뭐|어디|누구|언제|왜|어떻게|얼마|몇"),
    # Also Ukrainian and Bulgarian.
    "ru": re.compile(
        r"(?i)^\W*(?:а |и |но |в |во |с |со |на |у |о |от |до |для |з |із |до |від |за )?"
        r"(?:кто|кого|кому|кем|что|чего|чем|где|куда|откуда|когда|как|как(?:ой|ая|ое|ие|ого|ому|ом|им|ую|их)"
        r"|котор\w+|почему"
        r"|зачем|сколько|скольки\w*|чей|чья|чьё|чьи|хто|що|де|куди|звідки|коли|як|як(?:ий|а|е|і|ого|у)|чому|скільки|чи"
        r"|кой|коя|кое|кои|къде|кога|колко|защо|какво)\b|\bли\b"
    ),
    "ar": re.compile(
        r"^\W*[وفبل]?(?:هل|من|ما|ماذا|بماذا|أين|اين|متى|متي|كيف|كم|لماذا|أي|أية|اي|إلى أين|من أين|منذ متى)\b"
    ),
    # Also Urdu.
    "fa": re.compile(
        r"(?:^|\s)(?:کجا\w*|چه|چی|کی|چرا|چطور|چگونه|چند|کدام|آیا|چقدر|کیا|کون|کہاں|کب|کیوں|کیسے|کتن\w+|کس)(?!\w)"
    ),
    "he": re.compile(
        r"^\W*(?:ו|ב|ל|מ|עם |של |על |את )?(?:מה|מי|איפה|היכן|לאן|מאיפה|מתי|איך|כיצד|למה|מדוע|כמה|איזה|איזו|אילו|האם)\b"
    ),
    "el": re.compile(
        r"(?i)^\W*(?:και |σε |με |από |για )?(?:ποι(?:ος|α|ο|οι|ες|ον|αν)|πού|που|πότε|ποτε|πώς|πως|γιατί|γιατι"
        r"|πόσ\w+|τι)\b|;\s*$"
    ),
    "hi": re.compile(
        r"(?<!\S)(?:क्या|कौन|कहाँ|कहां|कब|क्यों|कैसे|कितन[ाीे]|किस|किसने|किसका|किसकी|किसके|किन)(?!\S*"
        r"[क-ह])"
    ),
    "bn": re.compile(r"(?<!\S)(?:কী|কি|কে|কার|কোথায়|কখন|কবে|কেন|কিভাবে|কীভাবে|কত|কোন)(?=[\s?।]|$)"),
    "ta": re.compile(r"(?<!\S)(?:என்ன|யார்|எங்கே|எங்கு|எப்போது|ஏன்|எப்படி|எந்த|எத்தனை|எவ்வளவு)"),
    "th": re.compile(
        r"อะไร|ไหน|เมื่อ(?:ไหร่|ไร|ใด)|ใคร|ทำไม|อย่างไร|ยังไง|เท่า(?:ไหร่|ไร|ใด)|กี่|ไหม|มั้ย|หรือ"
        r"(?:เปล่า|ไม่|ยัง)"
    ),
    "lo": re.compile(r"ຫຍັງ|ໃສ|ໃຜ|ເມື່ອໃດ|ຈັກ|ເທົ່າໃດ|ແນວໃດ|ບໍ\W*$"),
    "km": re.compile(r"អ្វី|ណា|ហេតុអ្វី|ប៉ុន្មាន|យ៉ាងដូចម្តេច|ឬទេ|ទេ\W*$"),
    "my": re.compile(r"ဘာ|ဘယ်|ဘယ|လား\W*$|လဲ\W*$"),
    "ka": re.compile(r"^\W*(?:რა|ვინ|სად|როდის|როგორ|რატომ|რამდენი|რომელი|ვის)(?!\w)"),
    "hy": re.compile(r"(?i)^\W*(?:ինչ|ով|որտեղ|ուր|երբ|ինչպես|ինչու|քանի|որ)(?!\w)|՞"),
    "tr": re.compile(
        r"(?i)\b(?:kimin?|nere(?:de|ye|den)|ne zaman|nasıl|hangi|neden|niçin|kaç|ne(?! (?:güzel|iyi|hoş|mutlu|yazık)"
        r")|m[iıuü](?:y[iıuü]m|s[iı]n)?)\b"
        r"[^.!]*$"
    ),
}
_MARKS = (
    (re.compile(r"[ßÄÖäö]"), "de"),
    (re.compile(r"[ñ¿¡]"), "es"),
    (re.compile(r"[ãõ]"), "pt"),
    (re.compile(r"[łżśąęźć]"), "pl"),
    (re.compile(r"[ğşı]"), "tr"),
    (re.compile(r"[èêàçùîœ]"), "fr"),
)
_SCRIPTS = (
    (re.compile(r"[぀-ヿ]"), "ja"),
    (re.compile(r"[가-힣]"), "ko"),
    (re.compile(r"[一-鿿]"), "zh"),
    (re.compile(r"[а-яА-ЯёЁ]"), "ru"),
    (re.compile(r"[پچژگکیہے]"), "fa"),
    (re.compile(r"[؀-ۿ]"), "ar"),
    (re.compile(r"[א-ת]"), "he"),
    (re.compile(r"[α-ωά-ώ]"), "el"),
    (re.compile(r"[ऀ-ॿ]"), "hi"),
    (re.compile(r"[ঀ-৿]"), "bn"),
    (re.compile(r"[஀-௿]"), "ta"),
    (re.compile(r"[ก-๎]"), "th"),
    (re.compile(r"[ກ-ໝ]"), "lo"),
    (re.compile(r"[ក-៓]"), "km"),
    (re.compile(r"[က-႟]"), "my"),
    (re.compile(r"[ა-ჿ]"), "ka"),
    (re.compile(r"[ա-և]"), "hy"),
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LEAD = r"^\W*(?:(?:und|also|aber|et|mais|y|pero|e|ma|mas|en|maar|a|i)\b[\s,]*)?"


_BEGINNINGS = (
    (
        re.compile(
            r"(?i)^\W*(?:wann|warum|weshalb|wieso|(?:um |für |seit |in )?wie ?viele?r?|bis wann|seit wann|ab wann"
            r"|um welche|welche[rsnm]|wo(?:rauf|hin|her|mit|durch|rin|von|für|zu|ran|rüber))\b"
        ),
        "de",
    ),
)
"""First words that only one language has: the other words of a short question in it may all be nouns and names."""
_QUESTIONS = (
    (
        re.compile(r"(?i)^\W*(?:und )?(?:wogegen|wofür|womit|wovon|wozu|wodurch|wonach|woher|wohin|weshalb|wieso)\b"),
        "de",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:(?:combien|pourquoi|où|d['’]où|quand|quels?|quelles?|est-ce)(?!\w)|qu['’](?:est|a|ont|as|ai|en|y)\w*"
            r"|qui (?!è\b)|comment (?:ça|se|il|elle|je|tu|va|vas|vont|allez|est|sont|a|as|ont|fait|faire|fonctionne"
            r"|marche|\w+-\w+)\b|comment s['’]"
            r"|que (?:fait|fais|font|faire|dit|disent|sais|sait|veut|pense|contient|signifie|doit|dois|devient|s['’])"
            r"|(?:à|a|avec|chez|pour|depuis|jusqu['’]à|de|en) (?:qui|quand|quoi|quelle?s?|combien)\b)"
            r"|\b\w+-(?:t-(?:il|elle|on)|ils?|elles?|tu)\b"
        ),
        "fr",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:(?:a|con|de|desde|hasta|en|para) )?(?:cu[aá]ndo|cu[aá]nt[oa]s?|a?d[oó]nde|qui[eé]n(?:es)?"
            r"|cu[aá]l(?:es)?|por qué|qué|cómo|como se llama|que (?:hace|hizo|dijo|dice|tiene|pasó|quiere|compr\w+))\b"
        ),
        "es",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:(?:a|com|de|desde|até|em|para) )?(?:quem|onde|aonde|quais|o que|por que|qual (?:é|foi|o|a)"
            r"|como se chama|quant[oa]s? (?:custa|custou|é|foi|gast\w+|pag\w+|tempo|anos|dias|vezes|dinheiro)"
            r"|quando (?:é|foi|chega|chegou|vem|volta|começa|termina|nasceu|vou|fui|o|a|meu|minha))\b"
        ),
        "pt",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:(?:a|con|di|da|fino a|per) )?(?:chi (?:è|ha|sono|era|mi|ti|ci|viene|abita|vive|lavora|deve"
            r"|porta|può|vuole)|dov['’]è|dove (?:si|è|ho|hai|ha|abit\w+|viv\w+|lavor\w+|sono|va|sta|era|devo|posso)"
            r"|come (?:si|sta|stai|va|è)|com['’]è|cosa|che cosa|cos['’]è|perché|qual è|quale|quali"
            r"|quand['’]è|quando (?:è|arriva|parte|viene|torna|ho|ha|si|compie|comincia|finisce|sono)"
            r"|quant[oaie] (?:costa|costano|è|ho|ha|anni|tempo|giorni|volte|pag\w+))(?!\w)"
        ),
        "it",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:waar|wanneer|waarom|hoeveel|welke?|wat|sinds wanneer|hoe (?:heet|oud|laat|lang|vaak|ver"
            r"|gaat|was|is|heb|werkt|veel|kan|groot|duur)|wie (?:is|heeft|zijn|heb|kan|moet|woont|komt|zei|gaf"
            r"|betaalt\w*|werkt|belt|heet))\b"
        ),
        "nl",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:wo|wer|wen|wem|wessen|woher|wohin|wie|was (?:ist|sind|war|macht|machen|hat|haben|habe|hatte"
            r"|kostet\w*|sagt\w*|will|wollte|soll|kann|muss|weiß|gibt|steht|passiert\w*|isst|trinkt|ich|du|wir|heißt"
            r"|bedeutet|schreibt|mag|fehlt|bringt|kommt|geht|liegt))\b"
        ),
        "de",
    ),
    (
        re.compile(r"(?i)^\W*(?:gdzie|kiedy|dlaczego|kto|ile|czy|który|która|jak (?:się|ma)|co (?:to|jest|robi))\b"),
        "pl",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:vem|vad|varför|vilk(?:en|et|a)|när|hur (?:mycket|många|mår|gammal|länge|är|går)"
            r"|var (?:bor|är|ligger|finns|jobbar|kommer))\b"
        ),
        "sv",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:milloin|missä|mistä|mihin|miksi|miten|kuinka|kuka|kenen|kenelle|keneltä|kenellä|mikä|mitä"
            r"|millä|miltä"
            r"|monelta|montako|monta|paljonko|kumpi|\w+kö|(?:on|oli|ovat|olen|olin|saa|saan|voi|voin|tulee|tuli|meni"
            r"|jäi"
            r"|tarvitse\w*|muista\w*|löysi|löyty[iy]\w*)ko)\b"
        ),
        "fi",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:kuhu|kust|millal|miks|kuidas|kellele|kelle|kellega|kellelt|millega|mitu|kumb|mida|kui "
            r"(?:palju|kaua"
            r"|vana|tihti|kaugel)|kus (?:on|mu|mul|ma|minu|sa|see|asub|meie|oli|elab)|kes (?!est\b|que\b)\w+|mis "
            r"(?:on|oli|kell"
            r"|ajal|päeval|värvi|ma|sa|mu)|kas (?:mul|ma|sa|on|see|ta|meil|mu|keegi|oli|homme|täna|te|me))\b"
        ),
        "et",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:mikor|hánykor|honnan|hová|hova|kinek|kivel|kitől|kié|kiknek|kihez|mennyi\w*|hány\w*|miért"
            r"|hogyan"
            r"|melyik\w*|merre|meddig|mióta|ki (?:a|az|volt|van|lesz|\w+(?:ja|ta|te|tt|ott|ett|ik|ál|ít|ol|öl|eti"
            r"|ati))|mi (?:az?"
            r"|volt|lesz|van|történt)|hol (?:van|vannak|az?|lesz|volt|\w+(?:om|em|am|öm|ok|ik|nek|nak))|mit (?=.*"
            r"(?:\baz?\b"
            r"|[őű]))\w+|\w+-e)\b"
        ),
        "hu",
    ),
    (
        re.compile(
            r"(?i)\b(?:ne zaman|ne kadar(?! güzel| iyi| hoş)|nere(?:de|ye|den|si)\w*|hangi\w*|kaç(?:ta|a|ıncı|tan)?"
            r"|niçin|nasıl"
            r"|kime|kimin|kimden|adı ne|kim \w+(?:yor|[dt][ıiuü]|m[ıiuü]ş|[ea]cek|[ea]cak)|(?:var|yok|değil|\w+yor"
            r"|\w+[dt][ıiuü])"
            r" m[ıiuü]\w*)\b(?=[^.!]*$)"
        ),
        "tr",
    ),
    (
        re.compile(
            r"(?i)^\W*(?:kur|kad|kas|cik) (?:ir|bija|mans|mana|manas|mani|es|tu|sauc|maksā)\b|^\W*(?:kāpēc|kurš)\b"
        ),
        "lv",
    ),
    (re.compile(r"(?i)^\W*(?:kur|kas|kiek) (?:yra|mano|buvo|aš|tu|kainuoja)\b|^\W*(?:kodėl|kiek|kuris|kuri)\b"), "lt"),
    (re.compile(r"(?i)^\W*(?:gdje|gde|kada|tko|što|šta|zašto|koliko|je li|da li|čij[aei]?)\b"), "hr"),
    (re.compile(r"(?i)^\W*(?:kje|kdaj|zakaj|kateri|katera)\b"), "sl"),
    (re.compile(r"(?i)^\W*(?:kedy|prečo|koľko|ktorý|ktorá|ktoré|kde|čo)\b"), "sk"),
    (re.compile(r"(?i)^\W*(?:hvar|hvenær|hvernig|hvað|hvaða|hvers)\b"), "is"),
    (re.compile(r"(?i)^\W*(?:noiz|zergatik|zenbat|non d\w+|nor da|zer da)\b"), "eu"),
    (re.compile(r"(?i)^\W*(?:ku (?:janë|është|e|i)|kush|çfarë|pse)\b"), "sq"),
    (re.compile(r"(?i)^\W*(?:ble (?:mae|oedd)|pryd|pwy (?:yw|sy\w*|oedd)|beth (?:yw|oedd|sy\w*)|faint)\b"), "cy"),
)
"""How a question begins in one language and in no other, or what stands in it there: it needs no question mark."""


@lru_cache(maxsize=16)
def _words(language: str) -> frozenset[str]:
    return frozenset(_COMMON[language].split())


@lru_cache(maxsize=256)
def tongue(text: str) -> str:
    """The likely language of a message (ISO 639-1); English where nothing tells another."""
    for sign, language in (*_SCRIPTS, *_BEGINNINGS):
        if sign.search(text):
            return language
    if asked := _asked_in(text):
        return asked
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    scores = {language: sum(word in _words(language) for word in words) for language in _COMMON}
    for mark, language in _MARKS:
        if mark.search(text):
            scores[language] += 1
    english = scores.pop("en")
    language = max(scores, key=lambda name: scores[name])
    # One word in common is an accident, unless there is little else.
    told = scores[language] > english and (scores[language] > 1 or 2 * scores[language] >= len(words))
    more = language_by_words(text)
    if more in _ASKING and more not in _COMMON and not (told and text.isascii()):
        return more
    return language if told else "en"


@lru_cache(maxsize=256)
def _asked_in(text: str) -> str:
    """The language of which a message is a question beyond doubt; empty where it is of none."""
    return next((language for sign, language in _QUESTIONS if sign.search(text)), "")


@lru_cache(maxsize=16)
def _asking(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?i){_LEAD}{_ASKING[language]}\b")


def question_words(text: str) -> str:
    """The words with which a question in a language of Europe other than English begins: "seit wann", "où"."""
    language = tongue(text)
    match = _asking(language).match(text) if language in _ASKING else None
    return re.sub(_LEAD, "", match.group(), count=1, flags=re.IGNORECASE) if match else ""


def asks_in_its_tongue(text: str) -> bool:
    """Whether a sentence in another language than English asks by its words; a question mark is not needed."""
    if _asked_in(text):
        return True
    language = tongue(text)
    if language in _ASKING_ANYWHERE:
        return bool(_ASKING_ANYWHERE[language].search(text))
    return language in _ASKING and bool(_asking(language).match(text))
