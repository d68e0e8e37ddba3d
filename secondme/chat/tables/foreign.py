"""Questions to tables in French, German, Spanish, Italian and Portuguese, in the words of English.

Only the words of the grammar are put into English; names and values stay as the table spells them. A word that is not
listed stays too, and stops the question there as an English one does.
"""

from __future__ import annotations

import re

from secondme.text.timex.names import MONTHS
from secondme.text.tongues import tongue

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_WORDS = {
    "fr": (
        (
            r"combien (?:est-ce que )?(?:j['’]ai|ai-je|nous avons|avons-nous|on a|a-t-on)(?: d['’]argent)?",
            "how much did i",
        ),
        (r"combien d(?:e |['’])", "how many "),
        (r"combien", "how much"),
        (r"dépensée?s?|dépenses?|payée?s?|coûté|coûtent|coûte", "spent"),
        (r"au total|en tout|le total|la somme|total|somme", "total"),
        (r"en moyenne|moyenne|moyen", "average"),
        (r"(?:le|la) plus (?:chère?|élevée?|grande?|haute?)", "highest"),
        (r"(?:le|la) (?:moins (?:chère?|élevée?)|plus (?:basse?|petite?))", "lowest"),
        (r"le plus souvent", "most often"),
        (r"le plus", "most"),
        (r"plus de (?=\d)", "more than "),
        (r"quel(?:le)?s? (?:est|sont|était|étaient)", "what is"),
        (r"quel(?:le)?s?", "which"),
        (r"par mois", "per month"),
        (r"sans|sauf|hors", "without"),
        (r"depuis|à partir d(?:e |['’])", "since "),
        (r"avant", "before"),
        (r"après", "after"),
        (r"jusqu['’](?:à|en|au)", "until"),
        (r"entre", "between"),
        (r"et", "and"),
        (r"(?:chez|dans|pour|sur|en|aux?|à|pendant)", "in"),
        (r"l['’]|d['’]", ""),
        (r"le|la|les|du|des?|mes|mon|ma|est|sont|était|y a-t-il|il y a|ai-je|j['’]ai|ai|je", ""),
    ),
    "de": (
        (r"wie ?viel geld|wie ?viel", "how much"),
        (r"wie viele|wieviele", "how many"),
        (r"(?:wie hoch|was) (?:ist|sind|war|waren)", "what is"),
        (r"gesamtausgaben", "total spent"),
        (r"ausgegeben|ausgaben|gezahlt|bezahlt|gekostet|kosten|kostete", "spent"),
        (r"habe? ich|haben wir", "did i"),
        (r"insgesamt|gesamt|summe", "total"),
        (r"im durchschnitt|im schnitt|durchschnittlich\w*|durchschnitt", "average"),
        (r"teuerste\w*|höchste\w*|größte\w*", "highest"),
        (r"billigste\w*|günstigste\w*|niedrigste\w*|kleinste\w*", "lowest"),
        (r"am häufigsten", "most often"),
        (r"am meisten|meisten", "most"),
        (r"(?:mehr als|über) (?=\d)", "more than "),
        (r"welche[rsnm]?", "which"),
        (r"(?:pro|im) monat", "per month"),
        (r"ohne|außer", "without"),
        (r"seit", "since"),
        (r"vor", "before"),
        (r"nach", "after"),
        (r"bis", "until"),
        (r"zwischen", "between"),
        (r"und", "and"),
        (r"im|in|bei|für|an|am|auf|beim|während", "in"),
        (r"der|die|das|den|dem|des|ein|eine[rnm]?|von|vom|mein\w*|ist|sind|war|waren|ich|gibt es|es", ""),
    ),
    "es": (
        (r"cu[aá]nto (?:dinero )?(?:he|hemos)", "how much did i"),
        (r"cu[aá]nto (?:dinero )?", "how much "),
        (r"cu[aá]nt[oa]s", "how many"),
        (r"gast(?:é|ado|os?|amos)|pag(?:ué|ado|amos)|cost(?:ó|aron|ado)", "spent"),
        (r"en total|el total|la suma|total|suma", "total"),
        (r"de media|en promedio|promedio|media", "average"),
        (r"(?:el |la )?más (?:car[oa]|alt[oa]|grande)", "highest"),
        (r"(?:el |la )?más (?:barat[oa]|baj[oa]|pequeñ[oa])", "lowest"),
        (r"más a menudo", "most often"),
        (r"más de (?=\d)", "more than "),
        (r"más", "most"),
        (r"cu[aá]l(?:es)? (?:es|son|fue|fueron)", "what is"),
        (r"qué|cuál(?:es)?", "which"),
        (r"por mes|al mes", "per month"),
        (r"sin|excepto|salvo", "without"),
        (r"desde", "since"),
        (r"antes de", "before"),
        (r"después de", "after"),
        (r"hasta", "until"),
        (r"entre", "between"),
        (r"y", "and"),
        (r"en|para|durante", "in"),
        (r"del?|el|la|los|las|mis?|al?|fue|es|son|hay|yo", ""),
    ),
    "it": (
        (r"quanto (?:denaro )?(?:ho|abbiamo)", "how much did i"),
        (r"quant[ie]", "how many"),
        (r"quanto", "how much"),
        (r"speso|pagat[oaei]|costat[oaei]|costa(?:no)?", "spent"),
        (r"in totale|il totale|la somma|totale|somma", "total"),
        (r"in media|media", "average"),
        (r"(?:il |la )?più (?:car[oa]|alt[oa]|grande)", "highest"),
        (r"(?:il |la )?(?:più (?:economic[oa]|bass[oa]|piccol[oa])|meno car[oa])", "lowest"),
        (r"più di (?=\d)", "more than "),
        (r"di più", "most"),
        (r"qual è|quali sono|quant'è", "what is"),
        (r"quale|quali|che", "which"),
        (r"al mese", "per month"),
        (r"senza|tranne|escluso", "without"),
        (r"prima di", "before"),
        (r"dopo", "after"),
        (r"fino a", "until"),
        (r"e", "and"),
        (r"in|a|ad|da|per|nel|nella|durante", "in"),
        (r"l['’]|dell['’]|all['’]", ""),
        (r"di|del|della|dei|delle|il|lo|la|i|gli|le|mi[ao]|miei|è|sono|ho|ci", ""),
    ),
    "pt": (
        (r"quanto (?:dinheiro )?(?:é que )?(?:eu )?", "how much "),
        (r"quant[oa]s", "how many"),
        (r"gast(?:ei|amos|os?)|pag(?:uei|amos|o)|cust(?:ou|aram|a)|despesas?", "spent"),
        (r"no total|ao todo|o total|a soma|total|soma", "total"),
        (r"em média|média", "average"),
        (r"mais (?:car[oa]|alt[oa])|maior", "highest"),
        (r"mais (?:barat[oa]|baix[oa])|menor", "lowest"),
        (r"mais de (?=\d)", "more than "),
        (r"mais", "most"),
        (r"qual (?:é|foi)|quais (?:são|foram)", "what is"),
        (r"qual|quais|que", "which"),
        (r"por mês", "per month"),
        (r"sem|exceto|fora", "without"),
        (r"desde", "since"),
        (r"antes de", "before"),
        (r"depois de", "after"),
        (r"até", "until"),
        (r"entre", "between"),
        (r"e", "and"),
        (r"em|n[oa]s?|para|durante|com", "in"),
        (r"d[eoa]s?|os?|as?|meus?|minhas?|é|são|foi|há|eu", ""),
    ),
}
"""What stands in a question, the longer first, and the English for it; "" for words that ask nothing."""


def _reader(language: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    months = tuple(zip(_MONTHS[language].split(), MONTHS, strict=True))
    pairs = (*months, *_WORDS[language])
    parts = "|".join(f"({words})" for words, _ in pairs)
    return re.compile(rf"(?i)(?<!\w)(?:{parts})(?:(?<=['’ ])|(?!\w))"), tuple(english for _, english in pairs)


_READERS = {language: _reader(language) for language in _WORDS}


def in_english(question: str) -> str:
    """A question with the words of the grammar in English; itself in any other language."""
    reader = _READERS.get(tongue(question))
    if reader is None:
        return question
    pattern, english = reader
    said = pattern.sub(lambda match: english[(match.lastindex or 1) - 1], question)
    return " ".join(said.split())
