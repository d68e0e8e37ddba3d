"""The words of follow-ups in languages of Europe: "Und mein Bruder?", "¿Y antes?", "Et pour Léa ?".

To add a language, add its entry; each value is an alternation of a regular expression that ignores case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FollowUpWords:
    """`joins`: what begins a follow-up. `same`: "the same question for". `mine`: "my". `before`, `now`: times. `until`,
    `at`: what stands before a time. `they`: pronouns that stand for a person. `theirs`: "his", "her". `of`: what stands
    before whose it is.

    `empty`: words that say nothing besides a time, as in "which one was it before". `no_name`: what stands before a
    noun that is no name, where every noun is written large.
    """

    joins: str
    same: str
    mine: str
    before: str
    now: str
    until: str
    at: str
    empty: str
    they: str
    theirs: str
    of: str
    no_name: str = ""


WORDS: Mapping[str, FollowUpWords] = {
    "de": FollowUpWords(
        joins="und|ach und|aber|oder",
        same=(
            r"was ist mit|was war mit|wie (?:ist|steht|war) es (?:mit|um|bei)|wie sieht es (?:mit|bei)|für|bei"
            r"|(?:die )?(?:gleiche|selbe|dieselbe) frage (?:für|zu|bei)|(?:das ?selbe|das gleiche) (?:für|bei|mit)"
        ),
        mine="mein(?:e[nmrs]?)?|unser(?:e[nmrs]?)?",
        before="davor|vorher|früher|zuvor|damals|vordem",
        now="jetzt|heute|derzeit|momentan|aktuell|zurzeit|gerade|inzwischen|mittlerweile",
        until="bis(?: zum| zu)?|vor(?: dem)?",
        at="am|im|an|in",
        empty="welche[rsnm]?|was|wo|wer|wie|es|das|er|sie|war|waren|denn|dann|noch",
        they="er|sie|ihm|ihn|ihr",
        theirs="sein(?:e[nmrs]?)?|ihr(?:e[nmrs]?)",
        of="von",
        no_name="der|die|das|den|dem|des|ein|eine|einen|einem|einer|im|am|zum|zur|vom|beim|kein|keine|welche|welcher",
    ),
    "fr": FollowUpWords(
        joins="et|mais|ou|et puis",
        same=r"qu['’]en est-il (?:de|pour)|(?:la )?même (?:question|chose) pour|pareil pour|pour|chez|quant à",
        mine="mon|ma|mes|notre|nos",
        before="avant(?: (?:ça|cela))?|auparavant|autrefois|jadis|précédemment",
        now="maintenant|aujourd['’]hui|actuellement|en ce moment|à présent|désormais",
        until=r"jusqu['’](?:à|au|en)|avant(?: le)?",
        at="le|en|au|à",
        empty="quel|quelle|lequel|laquelle|quoi|où|qui|c['’]était|était-ce|était|il|elle|ce",
        they="il|elle|lui",
        theirs="son|sa|ses",
        of="de",
    ),
    "es": FollowUpWords(
        joins="y|e|pero|o",
        same=(
            r"qué (?:hay|pasa|tal) (?:de|con)|(?:la )?misma pregunta (?:para|sobre)|lo mismo (?:para|de|con)"
            r"|en cuanto a|para"
        ),
        mine="mis?|nuestr[oa]s?",
        before="antes(?: de eso)?|anteriormente|previamente|antiguamente",
        now="ahora(?: mismo)?|actualmente|hoy(?: en día)?|en este momento",
        until="hasta(?: el| la)?|antes del?",
        at="el|la|en(?: el)?",
        empty="cuál|qué|dónde|quién|cómo|era|fue|eso|ello",
        they="él|ella",
        theirs="sus?",
        of="de",
    ),
    "it": FollowUpWords(
        joins="e|ma|o",
        same=r"(?:la )?stessa (?:domanda|cosa) per|lo stesso per|che ne è di|per|quanto a",
        mine="(?:il |la |i |le )?(?:mi[oae]|miei|nostr[oaie])",
        before="prima(?: di (?:ciò|quello))?|in precedenza|precedentemente",
        now="ora|adesso|oggi|attualmente|in questo momento",
        until="fino (?:a|al|alla)|prima (?:di|del)",
        at="il|la|a|in|di",
        empty="quale|qual|cosa|dove|chi|era|è stato|ciò",
        they="lui|lei",
        theirs="(?:il |la |i |le )?su(?:o|a|oi|e)",
        of="di",
    ),
    "pt": FollowUpWords(
        joins="e|mas|ou",
        same=r"(?:a )?mesma pergunta (?:para|sobre)|o mesmo para|quanto a|para",
        mine="(?:o |a |os |as )?(?:meus?|minhas?|nossos?|nossas?)",
        before="antes(?: disso)?|anteriormente|previamente",
        now="agora|atualmente|hoje(?: em dia)?|neste momento",
        until="até(?: o| a| à| ao)?|antes d[eoa]",
        at="em|no|na",
        empty="qual|que|onde|quem|era|foi|isso",
        they="ele|ela",
        theirs="(?:o |a )?(?:seu|sua)s?",
        of="de",
    ),
    "nl": FollowUpWords(
        joins="en|maar|of",
        same=r"hoe zit het met|(?:de)?zelfde vraag voor|hetzelfde voor|voor|bij",
        mine="mijn|onze|ons",
        before="daarvoor|vroeger|eerder|voorheen|tevoren",
        now="nu|momenteel|tegenwoordig|vandaag|op dit moment",
        until="tot(?: en met)?|vóór|voor",
        at="op|in",
        empty="welke|wat|waar|wie|was|het|dat|toen",
        they="hij|zij|ze|hem|haar",
        theirs="zijn(?= [a-z])|haar(?= [a-z])",
        of="van",
    ),
}
