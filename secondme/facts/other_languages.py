"""Statements in other languages than English that `tongues` does not read: in German, French, Spanish and Chinese who
else and which animals belong to me and how old somebody is, in five more languages also where I live and what I do.
What is in doubt in its clause (a denial, a plan, a wish, what others say) is left out.

To add a language: give its words to `_latin`, or write a `Tongue` where its order of words is another, and give it its
line in `TONGUES`, by the name that `text.tongues` has for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from secondme.facts.passing import told_in_passing
from secondme.facts.phrases import any_of, listed_words
from secondme.facts.statement import Statement
from secondme.text.sentences import Sentence

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
_PLACE = rf"(?:(?:Bad|Sankt|San|Santa|São|Los|Las|La|Le|Den|New|Rio|Saint) (?:de |do )?)?{_CAPITAL}"
_LATIN = {
    "PLACE": _PLACE,
    "NAME": rf"(?:(?:Herrn?|Frau|Se[nñ]ora?|Don|Doña|Monsieur|Madame|Signora?) )?{_CAPITAL}",
    "JOB": r"[^\W\d]+(?:[ -][^\W\d]+)?",
    "LOWER": r"[^\W\d_]{3,}",
}
_HAN = {"PLACE": r"[一-鿿]{2,5}?", "NAME": r"[一-鿿]{2,3}"}
_KANA = {"PLACE": r"[一-鿿ァ-ヶー]{2,8}", "NAME": r"[一-鿿ぁ-んァ-ヶー]{1,6}?"}
_HANGUL = {"PLACE": r"[가-힣]{2,5}?", "NAME": r"[가-힣]{2,4}?"}


@dataclass(frozen=True)
class Tongue:
    """How a language states things. <PLACE>, <NAME>, <JOB> stand for what they name; the group `o` is the object, `f`
    the place that was left, `s` the person spoken of.

    `doubts`: words that put a statement in doubt. `ties`, `pets`: words by the relation that they name, and how they
    stand beside a name, with <WORD> for the word.
    """

    doubts: str
    lives: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    pets: tuple[str, ...] = ()
    ties: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    forms: Mapping[str, str] = field(default_factory=lambda: _LATIN)
    nobody: str = ""
    """What is no name where one may stand."""

    @cached_property
    def doubted(self) -> re.Pattern[str]:
        """What puts a statement in doubt."""
        return re.compile(rf"(?i){self.doubts}")

    @cached_property
    def rules(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """(relation, pattern) of all that it states."""
        words = tuple(
            (name, form.replace("<WORD>", any_of(listed))) for name, listed in self.ties.items() for form in self.beside
        )
        places = tuple(("lives_in", form) for form in self.lives)
        jobs = tuple(("works_as", form) for form in self.works)
        ages = tuple(("age", form) for form in self.ages)
        pets = tuple(("pet", form) for form in self.pets)
        return tuple((name, re.compile(self._spelt(form))) for name, form in (*places, *jobs, *ages, *pets, *words))

    @cached_property
    def nameless(self) -> frozenset[str]:
        """`nobody` as words."""
        return frozenset(listed_words(self.nobody))

    def _spelt(self, form: str) -> str:
        for name, expression in self.forms.items():
            form = form.replace(f"<o:{name}>", f"(?P<o>{expression})").replace(f"<f:{name}>", f"(?P<f>{expression})")
            form = form.replace(f"<s:{name}>", f"(?P<s>{expression})").replace(f"<{name}>", f"(?:{expression})")
        return form


def _latin(
    *,
    doubts: str,
    my: str,
    called: str,
    is_: str,
    and_: str,
    aged: str,
    one: str,
    named: str,
    ties: Mapping[str, str],
    live: str = "",
    now: str = "",
    since: str = "",
    in_: str = "",
    moved: str = "",
    work: str = "",
    as_: str = "",
) -> Tongue:
    """A language in Latin letters, which all say these things in one order of words: "my brother is called Paolo",
    "Paolo is my brother", "a dog that is called Fido", "Paolo is 4 years old", "I live now in Turin", "I work as a
    nurse".

    Words are regular expressions. `aged`: with `N` for the number. `one`: the article before a pet, `named` what stands
    before its name. `moved`: the whole pattern, because its order differs. Without `live` and `work` nothing is read
    of homes and jobs.
    """
    begins, word = rf"(?:^\W*|[,;.!] |\b{and_} )", r"(?:\w+ )?<WORD>"
    pets = any_of(ties["pet"])
    return Tongue(
        doubts=rf"\b(?:{doubts})\b",
        lives=(rf"\b(?i:{live})(?: {now}| {since} [\w ]{{2,15}}?)? (?:{in_}) <o:PLACE>", moved) if live else (),
        works=(rf"\b(?i:{work})(?: {now})? {as_} <o:JOB>",) if work else (),
        ages=(rf"{begins}<s:NAME> {aged.replace('N', r'(?P<o>[0-9]{1,3})')}",),
        pets=(rf"\b(?:{one}) (?:\w+ )?{pets}(?: \w+)?(?:{named}) <o:NAME>",),
        ties=ties,
        beside=(
            rf"\b(?i:{my}) {word}(?: (?:{called if is_ == 'ist' else f'{called}|{is_}'})|,)? <o:NAME>",
            rf"(?:^\W*|[,;.!] )<o:NAME>(?: (?:{is_})|,) (?:{my}) {word}\b",
        ),
    )


_GERMAN = _latin(
    doubts=r"nicht|kein\w*|nie|überleg\w*|vielleicht|würde\w*|könnte\w*|möchte\w*|wollen|will|plan\w*|falls|wenn"
    r"|angeblich|behaupte\w*|sollen?|soll|hätte\w*|wäre\w*|früher|damals|träum\w*|sagt\w*|meint\w*|werden?|wird|ob",
    my="meine?|unsere?",
    called="heißt|heisst",
    is_="ist",
    and_="und",
    aged=r"ist (?:jetzt |schon |erst |nun )?N(?= Jahre(?: alt)?\b|[^!?\n]{0,40}\bwird (?:sie|er|es) \d)",
    one="einen?|eine",
    named=",? namens|,? (?:der|die|das|er|sie|es) heißt|:|,(?: (?:die|der|das)(?= [A-ZÄÖÜ]))?",
    ties={
        "parent": "Mutter, Mama, Vater, Papa",
        "sibling": "Schwester, Bruder",
        "relative": "Cousine, Cousin, Tante, Onkel, Nichte, Neffe, Enkel, Enkelin",
        "grandparent": "Oma, Opa, Großmutter, Großvater",
        "boss": "Chef, Chefin",
        "colleague": "Kollege, Kollegin",
        "neighbour": "Nachbar, Nachbarin",
        "flatmate": "Mitbewohner, Mitbewohnerin",
        "pet": "Hund, Hündin, Katze, Kater, Kaninchen, Hamster, Papagei, Pferd, Welpen, Dackel, Pudel, Mops,"
        " Schäferhund, Labrador,"
        " Terrier, Wellensittich, Meerschweinchen, Hase, Welpe, Kätzchen, Dackelhündin, Mischling, Stute, Wallach",
    },
)
_FRENCH = _latin(
    doubts=r"pas|jamais|plus|peut-être|voudrais|voulons|aimerais|pens\w+ à|si|envisag\w+|projet\w*|avant|autrefois"
    r"|dit|disent|paraît|vais|va|allons",
    my="mon|ma|notre",
    called="s['’]appelle",
    is_="est|c['’]est",
    and_="et",
    aged=r"a N ans\b",
    one="une?",
    named=",? qui s['’]appelle|,? nommée?",
    ties={
        "parent": "mère, père, maman, papa",
        "sibling": "sœur, soeur, frère",
        "relative": "cousine, cousin, tante, oncle, nièce, neveu",
        "grandparent": "grand-mère, grand-père, mamie, papi",
        "boss": "chef, cheffe, patron, patronne",
        "colleague": "collègue",
        "neighbour": "voisine, voisin",
        "flatmate": "coloc, colocataire",
        "pet": "chien, chienne, chat, chatte, chaton, chiot, lapin, cheval",
    },
)
_SPANISH = _latin(
    doubts=r"no|nunca|quizás?|tal vez|quiero|queremos|quisiera|gustaría|si|pens\w+|plane\w+|antes|dice\w*|voy"
    r"|vamos|supuestamente",
    my="mi|nuestr[oa]",
    called="se llama",
    is_="es",
    and_="y",
    aged=r"tiene N años\b",
    one="una?",
    named=",? (?:que )?(?:se llama|llamad[oa])",
    ties={
        "parent": "madre, padre, mamá, papá",
        "sibling": "hermana, hermano",
        "relative": "prima, primo, tía, tío, sobrina, sobrino, nieta, nieto",
        "grandparent": "abuela, abuelo",
        "boss": "jefa, jefe",
        "colleague": "colega, compañera, compañero",
        "neighbour": "vecina, vecino",
        "pet": "perro, perra, gato, gata, gatito, gatita, cachorro, cachorra, conejo, caballo",
    },
)
_ITALIAN = _latin(
    doubts="non|mai|forse|vorrei|vogliamo|se|penso|pensiamo|prima|dice|dicono|pare|andrò|andremo",
    my="(?:il |la )?(?:mi|nostr)[oa]",
    called="si chiama",
    is_="è",
    and_="e",
    aged=r"ha N anni\b",
    one="un[oa]?",
    named=",? (?:che )?si chiama|,? di nome",
    live="abito|abitiamo|vivo|viviamo",
    now="(?:ora|adesso|qui)",
    since="da",
    in_="a|in",
    moved=r"\b(?i:mi sono trasferit[oa]|ci siamo trasferit[ie])(?: da <f:PLACE>)? (?:a|in) <o:PLACE>",
    work="lavoro",
    as_="come",
    ties={
        "spouse": "marito, moglie, compagna, compagno, fidanzata, fidanzato",
        "child": "figlia, figlio",
        "parent": "madre, padre, mamma, papà",
        "sibling": "sorella, fratello",
        "relative": "cugina, cugino, zia, zio, nipote",
        "grandparent": "nonna, nonno",
        "boss": "capo",
        "colleague": "collega",
        "neighbour": "vicina, vicino",
        "flatmate": "coinquilina, coinquilino",
        "pet": "cane, gatto, gatta, coniglio, cavallo",
    },
)
_PORTUGUESE = _latin(
    doubts="não|nunca|talvez|quero|queremos|gostaria|se|penso|antes|diz|dizem|vou|vamos",
    my="(?:[oa] )?(?:meu|minha|nosso|nossa)",
    called="se chama|chama-se",
    is_="é",
    and_="e",
    aged=r"tem N anos\b",
    one="uma?",
    named=",? (?:que )?(?:se chama|chamad[oa])",
    live="moro|moramos|vivo|vivemos",
    now="(?:agora|aqui)",
    since="desde",
    in_="em|no|na",
    moved=r"\b(?i:mudei(?:-me)?|me mudei|nos mudamos|mudámo-nos)(?: de <f:PLACE>)? para (?:o |a )?<o:PLACE>",
    work="trabalho",
    as_="como",
    ties={
        "spouse": "marido, mulher, esposa, esposo, namorada, namorado",
        "child": "filha, filho",
        "parent": "mãe, pai",
        "sibling": "irmã, irmão",
        "relative": "prima, primo, tia, tio, sobrinha, sobrinho, neta, neto",
        "grandparent": "avó, avô",
        "boss": "chefe",
        "colleague": "colega",
        "neighbour": "vizinha, vizinho",
        "pet": "cão, cadela, cachorro, cachorra, gato, gata, coelho, cavalo",
    },
)
_DUTCH = _latin(
    doubts=r"niet|geen|nooit|misschien|zou\w*|wil|willen|als|vroeger|zegt|zeggen|denk\w*|ga|gaan|van plan",
    my="mijn|onze|ons",
    called="heet",
    is_="is",
    and_="en",
    aged=r"is (?:nu |al )?N jaar\b",
    one="een",
    named=",? (?:die|dat) heet|,? genaamd",
    live="ik woon|wij wonen|we wonen|woon ik|wonen we",
    now="(?:nu|hier)",
    since="sinds",
    in_="in",
    moved=r"\b(?i:ben|zijn)\b[^.!?\n]{0,40}?\b(?:van <f:PLACE> )?naar <o:PLACE> verhuisd\b",
    work="werk(?: ik)?",
    as_="als",
    ties={
        "spouse": "man, vrouw, partner, vriendin",
        "child": "dochter, zoon",
        "parent": "moeder, vader, mama, papa",
        "sibling": "zus, broer, zusje, broertje",
        "relative": "nicht, neef, tante, oom",
        "grandparent": "oma, opa",
        "boss": "baas, chef",
        "colleague": "collega",
        "neighbour": "buurman, buurvrouw",
        "flatmate": "huisgenoot, huisgenote",
        "pet": "hond, kat, poes, kater, konijn, paard",
    },
)
_CHINESE = Tongue(
    doubts="不|没|别|想|打算|考虑|可能|也许|如果|要是|听说|据说|以前|之前|原来|将|会|要(?=搬|住|去)|说(?!错)",
    ages=(r"(?:^|[，。,])<s:NAME>(?:今年|已经|现在)*(?P<o>\d{1,3})岁",),
    pets=(
        r"(?:猫|狗|小猫|小狗|兔子|仓鼠)[，,\s]*(?:它)?(?:名字)?(?:就)?叫<o:NAME>(?=[，。,！!\s]|$)",
        r"(?:我|我们)家?(?:的)?(?:猫|狗|兔子)(?:名字)?叫<o:NAME>(?=[，。,！!\s]|$)",
    ),
    ties={
        "parent": "妈妈, 爸爸, 妈, 爸",
        "sibling": "哥哥, 姐姐, 弟弟, 妹妹",
        "boss": "老板, 上司",
        "colleague": "同事",
        "flatmate": "室友",
        "neighbour": "邻居",
    },
    beside=(
        r"(?:我|我们)(?:的)?<WORD>(?:名字)?叫<o:NAME>(?=[，。,！!\s]|$|在|是)",
        r"(?:我|我们)(?:的)?<WORD><o:NAME>(?=在|是|也|今年)",
    ),
    forms=_HAN,
    nobody="现在, 今天, 明天, 昨天, 最近, 已经, 一直, 这里, 那里, 家里, 这儿, 那儿, 新家, 就是, 可能, 好像, 以前, 什么",
)
_JAPANESE = Tongue(
    doubts="ない|ません|たい|つもり|予定|かも|らしい|そうです|もし|昔|前は|考えて|言って",
    lives=(
        r"<f:PLACE>から<o:PLACE>[へに](?:引っ越し|越し|移り)",
        r"(?:^|[、。\s]|私は|今は|いまは|現在)<o:PLACE>に(?:引っ越しました|引っ越した|住んで)",
    ),
    ages=(r"(?:^|[、。])<s:NAME>は(?P<o>\d{1,3})歳(?:です|になりました|になった)",),
    pets=(r"(?:猫|犬|うさぎ)を飼(?:って|い)[^。]{0,8}[。、]?(?:名前は|なまえは)<o:NAME>(?=です|だ|、|。|$)",),
    ties={
        "spouse": "夫, 妻, 旦那, 主人, 彼氏, 彼女",
        "child": "息子, 娘",
        "parent": "母, 父",
        "sibling": "兄, 姉, 弟, 妹",
        "colleague": "同僚",
        "boss": "上司",
        "neighbour": "隣人",
        "pet": "愛犬, 愛猫, うちの犬, うちの猫, 飼い猫, 飼い犬",
    },
    beside=(r"(?:^|[、。\s]|私の|うちの)<WORD>の<o:NAME>(?=は|が|も|と)",),
    forms=_KANA,
    nobody="名前, 家, 誕生日, 仕事, 友達, 会社, 部屋, 学校, こと, ほう",
)
_KOREAN = Tongue(
    doubts="안 |않|싶|생각|예정|계획|아마|만약|예전|전에는|래요|대요",
    lives=(
        r"<f:PLACE>에서 <o:PLACE>(?:으)?로 이사(?:했|왔|갔)",
        r"(?:^|\s|저는 |나는 |우리는 )<o:PLACE>에 (?:살고 있|살아|삽니다)",
    ),
    ties={
        "spouse": "남편, 아내, 남자친구, 여자친구",
        "child": "아들, 딸",
        "sibling": "형, 오빠, 누나, 언니, 동생",
        "colleague": "동료",
    },
    beside=(r"(?:^|\s|제 |내 |우리 )<WORD>(?: 이름은| 이름이)? <o:NAME>(?=[은는이가]\s)",),
    forms=_HANGUL,
    nobody="이름, 생일, 집, 회사",
)
TONGUES: Mapping[str, Tongue] = {
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "it": _ITALIAN,
    "pt": _PORTUGUESE,
    "nl": _DUTCH,
    "zh": _CHINESE,
    "ja": _JAPANESE,
    "ko": _KOREAN,
}
_SIGNS = tuple(
    (re.compile(rf"\b{any_of(words)}\b", re.IGNORECASE), language)
    for words, language in (
        (
            "ist, ich, hab, bin, wir, haben, arbeite, wohne, wohnen, lebe, heißt, gezogen, meine, mein, unsere, unser",
            "de",
        ),
        (
            "j'habite, j’habite, j'ai, j’ai, je, on a, nous avons, moi c'est, moi c’est, s'appelle,"
            " s’appelle, mon, ma, notre",
            "fr",
        ),
        (
            "tengo, tenemos, soy, tomo, ahora, hemos, trabajo, vivo, vivimos, me mudé, me he, nos"
            " mudamos, nos hemos, se llama, mi",
            "es",
        ),
        (
            "sono, ho, abbiamo, faccio, ciao, abito, abitiamo, lavoro, mi sono, ci siamo, si chiama,"
            " mio, mia, nostra, nostro",
            "it",
        ),
        (
            "sou, tenho, temos, olá, moro, moramos, trabalho, mudei, mudámo-nos, nos mudamos para, sou casada,"
            " sou casado, se chama, chama-se, meu, minha, nosso, nossa",
            "pt",
        ),
        ("ik, wij, hebben, we hebben, woon, werk, verhuisd, heet, mijn, onze", "nl"),
    )
)
"""Words that a short statement may hold nothing else of its language but."""
_PASSING = frozenset(("de", "fr", "es", "it", "pt", "nl"))
"""Languages of `told_in_passing`."""
_ANY_SIGN = re.compile("|".join(sign.pattern for sign, _ in _SIGNS), re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.!?，。！？、\n]|\s[–—-]\s")


def may_be_of_another(text: str) -> bool:
    """Whether a text may be in another language than English; quick, because most texts are not."""
    return not text.isascii() or bool(_ANY_SIGN.search(text))


def other_statements(sentence: Sentence, language: str) -> Iterator[Statement]:
    """What a sentence states that is probably of a language; nothing of a question."""
    text = sentence.text
    if text.rstrip().endswith(("?", "？")):
        return
    signs = [other for sign, other in _SIGNS if sign.search(text)]
    likely = list(dict.fromkeys((*([language] if language != "en" else []), *signs)))
    if not _PASSING.isdisjoint(likely):
        yield from told_in_passing(sentence)
    for tongue in (TONGUES[name] for name in likely if name in TONGUES):
        yield from _stated(tongue, sentence)


def _stated(tongue: Tongue, sentence: Sentence) -> Iterator[Statement]:
    text = sentence.text
    for name, rule in tongue.rules:
        for match in rule.finditer(text):
            end = _CLAUSE_END.search(text, match.end())
            if tongue.doubted.search(text, 0, end.start() if end else len(text)):
                continue
            groups = match.groupdict()
            begins, stops = sentence.start + match.start(), sentence.start + match.end()
            subject = groups.get("s") or "me"
            if groups["o"] in tongue.nameless or subject in tongue.nameless:
                continue
            if groups.get("f"):
                yield Statement("me", name, groups["f"], begins, stops, ends=True, confidence=0.8)
            yield Statement(subject, name, groups["o"], begins, stops, confidence=0.8)
