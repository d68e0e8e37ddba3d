"""What people tell of themselves in passing in German, French, Spanish, Italian, Portuguese and Dutch: what they drive
and take, whom they are with, what a relative does, where they work now.

The words of all six languages stand together in each pattern: what is read is known by its form (a make, a medicine,
a name behind a tie), so that none of them means something else in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondme.facts.phrases import any_of
from secondme.facts.relations.belongings import MAKES
from secondme.facts.relations.health import MEDICINES, STEMS
from secondme.facts.statement import Statement
from secondme.text.sentences import Sentence

_NAME = r"(?:(?:Herr|Frau|Sr\.|Sra\.|Mme) )?[A-ZÀ-ÖØ-Þ][\w'’-]+"
_DOUBT = re.compile(
    r"(?i)\b(?:nicht|kein\w*|nie|vielleicht|würde\w*|könnte\w*|möchte\w*|will|wollen|falls|wenn|angeblich|sollte?|hätte\w*"
    r"|wäre\w*|früher|pas|jamais|plus|peut-être|voudrai\w*|aimerai\w*|si|avant|autrefois|no|nunca|quizás?|quiero|queremos"
    r"|quisiera|gustaría|quiere|veut|antes|non|mai|forse|vorrei\w*|vuole|se|prima|não|talvez|gostava|gostaria|quer\w*|niet"
    r"|geen|nooit|misschien|zou\w*|wil|als|vroeger|denkt|denken|pens\w+)\b|\?"
)
_ARTICLES = any_of("""
    ein, eine, einen, einem, den, die, das, meinen, meine, unseren, unsere, un, una, une, uno, mi, mon, ma, notre,
    el, la,
    le, il, lo, o, a, um, uma, meu, minha, een, de, het, mijn, onze, nuestro, nuestra, il mio, la mia, la nostra, o meu
""")
_HAVE = any_of("""
    fahre, fahren, fahr, fahren wir, fahre ich, habe, hab, haben, gekauft, tengo, tenemos, conduzco, compré, compramos,
    he comprado, hemos comprado, j['’]ai, on a, nous avons, je roule en, roule en, je conduis, acheté, ho, abbiamo,
    guido,
    ho comprato, abbiamo comprato, tenho, temos, comprei, comprámos, compramos, conduzo, rijd, rijden, rij, heb, hebben,
    gekocht, ahora conducimos, nous roulons en
""")
_NOW = r"(?: (?:jetzt|nun|mir|uns|maintenant|ahora|agora|adesso|ora|nu|inzwischen|wir|ich))*"
_CARS = any_of("""
    Auto, Wagen, coche, carro, voiture, macchina, auto, bagnole, Motorrad, moto, Roller
""")
_INSTRUMENTS = any_of("""
    violino, chitarra, pianoforte, flauto, batteria, basso, violín, guitarra, piano, flauta, batería, bajo, violon,
    guitare,
    flûte, batterie, basse, Geige, Gitarre, Klavier, Flöte, Schlagzeug, Bass, Cello, Trompete, Saxophon, Saxofon,
    violão,
    bateria, baixo, viool, gitaar, fluit, drums, trompeta, trompette, tromba, sax, violoncello, violoncelle, accordéon
""")
_PETS = any_of("""
    chat, chatte, chien, chienne, lapin, gato, gata, perro, perra, conejo, cachorro, gatto, gatta, cane, coniglio, cão,
    hond, kat, poes, konijn, paard, cheval
""")
_STEMS = re.sub(r"(\w{4,})e(?=[|)])", r"\1", STEMS).replace("thyroxin", "th?[yi]roxin")
"""Endings of the names of medicines, as they are before the vowel with which each language ends them."""
_MEDICINE = rf"(?i:{MEDICINES}|[a-zà-ÿ]{{2,}}{_STEMS}[aeo]?)(?![\w-])"
_MALE_AND_FEMALE = any_of("""
    Mann, Frau, Freund, Freundin, Bruder, Schwester, Sohn, Tochter, Vater, Mutter, Partner, Partnerin, Opa, Oma, mari,
    femme, copain, copine, frère, sœur, soeur, fils, fille, père, mère, marido, mujer, esposa, novio, novia, hermano,
    hermana, hijo, hija, padre, madre, marito, moglie, ragazzo, ragazza, fratello, sorella, figlio, figlia, esposo,
    namorado, namorada, irmão, irmã, filho, filha, pai, mãe, man, vrouw, vriend, vriendin, broer, zus, zoon, dochter,
    vader, moeder, compagno, compagna, mulher
""")
_MY = (
    r"(?:[Mm]eine?|[Uu]nsere?|[Mm]on|[Mm]a|[Nn]otre|[Mm]i|[Nn]uestr[oa]|(?:[Ii]l |[Ll]a )?[Mm]i[oa]|(?:[OoAa]"
    r" )?[Mm]eu|(?:[Aa] )?[Mm]inha|[Mm]ijn|[Oo]nze)"
)
_IS = (
    r"(?:ist|est|es|è|é|is|trabaja (?:de|como)|travaille comme|arbeitet als|lavora come|fa (?:il|la|l['’])"
    r"|trabalha como|werkt als)"
)
_TRADE = (
    r"(?:(?:ein|eine|un|una|une|uno|um|uma|een|o|a) )?(?P<o>[A-ZÄÖÜ][a-zäöüß]+(?:er|in|mann|frau|ist|ent"
    r"|ant|eur|wirt|arzt"
    r"|ärztin|loge|kraft|koch|ling|helfer)|[a-zà-ÿ]+(?:ero|era|or|ora|ista|ico|ica|ier|ière|eur|euse|iste|ien|ienne|tore"
    r"|trice|aio|iere|iera|nte|eiro|eira|rice|ogo|oga|ado|ada|aar|ster|kundige|leraar|arts|er|ère|iro|fe|eto|eta|tto|tta|to|ta))"
)
_NO_SUBJECTS = any_of("""
    Je, Ich, Er, Sie, Il, Elle, On, Es, Das, Ik, Hij, Zij, El, Él, Ella, Lui, Lei, Mein, Meine, Unser, Unsere, Der,
    Die, Le,
    La, Ce, Este, Esta, Mi, Yo, Wir, Ihr, Nous, Vous, Ele, Ela, Heute, Hier, Da, Dort, Hoy, Qui, Aujourd'hui, Wer,
    Was, Wo,
    Wie, Man, So, Dann, Jetzt, Ahora, Maintenant, Mon, Ma, Notre, Nuestro, Nuestra, Mijn, Onze, Het, De, Il, Lo,
    Un, Una, Une
""")
_STOP = r"(?=\s*(?:[,.;!?]|$)|\s(?:in|bei|en|em|à|a|chez|im|am|und|y|et|e|op|bij|aan|no|na|da|do|al|alla|del|de)\b)"
_PARTNERED = (
    r"(?:[Vv]erheiratet|[Vv]erlobt|[Cc]asad[oa]|[Cc]omprometid[oa]|[Mm]ariée?|[Ff]iancée?|[Ss]posat[oa]"
    r"|[Gg]etrouwd|[Vv]erloofd)"
)
_FORMS = tuple(
    (name, re.compile(form))
    for name, form in (
        ("spouse", rf"\b{_PARTNERED} (?:mit|con|avec|com|met)(?: o| a)? (?P<o>{_NAME})"),
        (
            "spouse",
            rf"\b(?i:woon|wonen|ik woon|wohne|lebe|vivo|moro|habite) (?:samen|zusammen) (?:met|mit) (?P<o>{_NAME})",
        ),
        (
            "spouse",
            r"\b(?:(?:il )?mio ragazzo|(?:la )?mia ragazza|mon copain|ma copine|mijn vriend|mi novi[oa]|mi pareja"
            rf"|[oa] m(?:eu|inha) namorad[oa]|meine? Freund(?:in)? (?=\w+ und ich)) (?P<o>{_NAME})",
        ),
        (
            "owns",
            rf"(?i:\b{_HAVE}){_NOW} (?:{_ARTICLES} )?(?:[a-zà-ÿ]+ )?(?P<o>(?:VW )?{MAKES}(?: [A-Z0-9][\w-]*){{0,2}})",
        ),
        (
            "owns",
            rf"\b(?i:{_ARTICLES}) {_CARS} {_IS} (?:{_ARTICLES} )?(?P<o>(?:VW )?{MAKES}(?: [A-Z0-9][\w-]*){{0,2}})",
        ),
        (
            "owns",
            rf"\b(?:[Uu]nser|[Mm]ein) (?:Auto|Wagen) ist (?:{_ARTICLES} )?(?P<o>{MAKES}(?: [A-Z0-9][\w-]*){{0,2}})",
        ),
        (
            "takes",
            r"(?:\b(?i:ich nehme|nehm[e]?|nehme ich|tomo|je prends|prends|prendo|neem|ik neem|ik slik|slik"
            r"|estoy con|tomando))"
            rf"{_NOW} (?:[a-zà-ÿ]+ ){{0,2}}?(?P<o>{_MEDICINE})",
        ),
        (
            "allergic_to",
            r"\b(?i:sono allergic[oa]) (?:al|alle|agli|ai|alla|allo|all['’])\s?(?P<o>[a-zà-ÿ]{3,}(?: di [a-zà-ÿ]+)?)",
        ),
        ("allergic_to", r"\b(?i:ben allergisch voor) (?P<o>[a-zà-ÿ]{3,})"),
        ("allergic_to", r"\b(?i:sou al[ée]rgic[oa]) (?:a|ao|à|aos|às) (?P<o>[a-zà-ÿ]{3,}(?: d[eo] [a-zà-ÿ]+)?)"),
        (
            "works_at",
            rf"\b(?i:lavoro)(?: ora| adesso)? (?:per|alla|in|presso|da|al|allo)(?: la| il)?"
            rf" (?P<o>{_NAME}(?: {_NAME})*)",
        ),
        (
            "works_at",
            rf"\b(?i:trabalho)(?: agora)? (?:na|no|para [ao]|em) (?P<o>{_NAME}(?: (?:de |da |do )?{_NAME})*)",
        ),
        (
            "works_at",
            rf"\b(?i:werk)(?: ik)?(?: nu| sinds kort)? (?:op|bij|voor) (?:het |de )?(?P<o>{_NAME}(?: {_NAME})*)",
        ),
        (
            "works_at",
            r"\b(?i:bin ich|ich bin|bin)(?: jetzt| nun| ab \w+| seit [\w ]{2,15}?)* bei (?:der |dem |den )?(?:Firma )?"
            rf"(?P<o>(?!(?:uns|mir|dir|euch|Freunden|Familie|meine\w*|Oma|Opa|Mama|Papa)\b){_NAME}(?:"
            rf" {_NAME})*)(?=\s*[,.;!]|\s*$| angefangen)",
        ),
        (
            "works_at",
            rf"\b(?i:je bosse|je suis|on bosse)(?: maintenant| désormais)? chez (?P<o>(?!moi|toi|mes|ma|mon){_NAME})",
        ),
        (
            "works_at",
            rf"\b(?i:ahora (?:estoy|trabajo)|empecé|he empezado) en (?:el |la )?(?P<o>{_NAME}(?:"
            rf" {_NAME})*)(?= de \w+|\s*[,.;!]|\s*$)"
            r"(?<!en Casa)",
        ),
        (
            "pet",
            rf"\b(?:un|une|una|um|uma|een) {_PETS},? (?:een \w+,? )?(?:genaamd |heet |qui s['’]appelle "
            rf"|nommée? |di nome "
            r"|de nombre |chamad[oa] |llamad[oa] )?(?P<o>[A-ZÀ-Þ][\wà-ÿ]+)",
        ),
        (
            "plays",
            r"\b(?i:suono|toco|je joue|ich spiele|spiele|ik speel|speel) (?:il |lo |la |l['’]|o |a |el |du"
            r" |de la |de l['’])?"
            rf"(?P<o>(?i:{_INSTRUMENTS}))(?![\w-])",
        ),
        ("works_as", rf"\b{_MY} {_MALE_AND_FEMALE},? (?P<s>{_NAME}),? {_IS} {_TRADE}{_STOP}"),
        ("works_as", rf"^\W*(?:O |A )?(?P<s>(?!{_NO_SUBJECTS}\b){_NAME}) {_IS} {_TRADE}{_STOP}"),
    )
)
_ALSO_TAKEN = re.compile(rf"\b(?:y|et|und|e|en|plus|sowie) (?:[a-zà-ÿ]+ ){{0,2}}?(?P<o>{_MEDICINE})")
_NOT_DENIED = re.compile(r"\b[Vv]ertrage kein(?:e|en)? (?P<o>[A-ZÄÖÜ][a-zäöüß]{2,})")
_CLAUSE = re.compile(r"[,;:.!?\n]|\s[–—-]\s|\b(?:aber|pero|mais|ma|mas|maar)\b")
_NO_TRADE = re.compile(
    r"(?i)(?:rentner\w*|pensionär\w*|.*(?:liker|immer|wieder|leider|aber|sauer|teuer|hier|unser|ander|super|lecker|müder?|älter|jünger|größer|besser"
    r"|verheiratet|casad[oa]|mariée?|sposat[oa]|enamorad[oa]|contento|contenta|molesto|molesta|muerto|muerta|malato|malata"
    r"|stato|stata|tutto|tutta|tanto|tanta|cansad[oa]|enfad\w+|embarazada|parado|jubilad[oa]|alto|alta|listo|lista|bonito"
    r"|bonita|perfetto|perfetta|mejor|mayor|menor|peor|interessante|importante|intelligente|elegante|meilleur\w*|grande|claro"
    r"|verdad|inte[lr]\w*nte|kaputt\w*|später|schwanger|lieber|in|mein|sein|weiter|fertig))"
)


def told_in_passing(sentence: Sentence) -> Iterator[Statement]:
    """What a sentence in one of the languages states by one of the forms; nothing of a question or in doubt."""
    text = sentence.text
    if text.rstrip().endswith("?"):
        return
    for match in _NOT_DENIED.finditer(text):
        yield _statement("allergic_to", match, sentence)
    for name, form in _FORMS:
        for match in form.finditer(text):
            start = max((cut.end() for cut in _CLAUSE.finditer(text, 0, match.start())), default=0)
            stop = _CLAUSE.search(text, match.end())
            if _DOUBT.search(text, start, stop.start() if stop else len(text)):
                continue
            if name == "works_as" and _NO_TRADE.fullmatch(match["o"]):
                continue
            yield _statement(name, match, sentence)
            if name == "takes":
                for more in _ALSO_TAKEN.finditer(text, match.end(), stop.start() if stop else len(text)):
                    yield _statement(name, more, sentence)


def _statement(name: str, match: re.Match[str], sentence: Sentence) -> Statement:
    about = match.groupdict().get("s") or "me"
    start, end = sentence.start + match.start(), sentence.start + match.end("o")
    return Statement(about, name, match["o"], start, end, confidence=0.8)
