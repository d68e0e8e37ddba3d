"""Sentences that say who someone is to someone ("my sister Clara"), read for every relation that has ties."""

from __future__ import annotations

import re
from collections.abc import Mapping

from secondme.facts.phrases import any_of, listed_words
from secondme.facts.relations import Relation, Relations

RANK = 12
"""The place of these sentences among the relations when a text is read; lists of several come right behind."""
OTHER_TITLES = ("Grandma", "Grandpa", "Granny")
"""They stand as a name does and have no relation."""
_ADJECTIVES = any_of("""
    little, older, younger, elder, big, eldest, youngest, oldest, new, best, dear, good, old, lovely, dearest, twin,
    only, late, line, direct, current, family, own, actual, real, proper, next-door, next door, upstairs, downstairs,
    first, second, third, fourth, firstborn, former, favourite, favorite, other, middle
""")
SENTENCES = (
    r"<MY>(?P<kin><KIN>)( here| now)?('?s name is|'?s called| name is| is called| is named| called| named|"
    r" name(?= [A-Z])|"
    r" is (a|this) (woman|man|guy|girl|lady|bloke) (called|named)) <o:TITLED>",
    r"<MY>(?P<kin><KIN>)( here)?( is|'s)( still| now)? <o:TITLED>(?=\s*([.,!;)]|$"
    r"|\b(and|from|at|in|on|who|s?hes|s?he's)\b))",
    r"<MY>(?P<kin><KIN>) <o:TITLED>(?!'s (<KIN>)\b)",
    r"\b([Mm]y|[Oo]ur) (?!(imaginary|invisible|fictional|dead|late)\b)"
    r"[a-z]+(ing|y|ed|ful|less|ous|ive|ic|ant) (?P<kin><FAMILY>),? <o:NAME>(?!'s)",
    # Without "my", at the beginning of a clause.
    r"(^\W*|[,;.!] (and )?)(?!doctor|nurse|partner)([Oo]ther |[Mm]e )?(?P<kin><FAMILY>) <o:NAME>"
    r"(?= [a-z]+\b|'s (an?|in|at|from|just)\b)",
    r"^\W*(?!Boss|Doctor|Partner|Mate|Pal|Twin)(?P<capital><FAMILY_CAPITAL>) <o:NAME>"
    r"(?= (is|was|has|had|got|came|and|can|just|who|from|in|at|[a-z]+ing|[a-z]+s)\b)",
    r"^\W*(Younger|Older|Little|Big|Elder|Eldest|Youngest|Twin|Middle|Only|Late) (?P<kin><FAMILY>) <o:NAME>",
    r"(^\W*|[,;.!] (and )?)(?P<kin><FAMILY>)( is|'s)( called| named)? <o:NAME>(?=\s*([.,!;)]|$"
    r"|\b(and|from|who|s?hes|s?he's|works|lives)\b))",
    r"(^\W*|[,;.!] (and )?|\b(and|but|so) )(?P<kin><FAMILY>)('?s)? name('s| is)? <o:NAME>(?!'s\b)",
    r"(^\W*|[,;.!] (and )?)(?P<kin><FAMILY>) ?= ?<o:NAME>",
    # "supervisor's a lass called Monika", "got a new gaffer on site called Phil", "new team lead since May: Jo"
    r"(^\W*|[,;.!] (and )?|\b(and|but|so) )(([Mm]y|[Oo]ur|[Tt]he) )?([Nn]ew )?(?P<kin><KIN>)('s|s| is)("
    r" now)? (an?|some|this)"
    r" ([a-z]+ )?(guy|bloke|lad|lass|woman|man|lady|girl|chap|fella)( called| named|,) <o:TITLED>",
    r"(^\W*|\b([Ii]|[Ww]e)(('ve|ve)? got|'ve|ve| have) |[,;.!] )([Gg]ot |[Tt]here's )?an? (new"
    r" )(?P<kin><KIN>)( (on|at|in) ([a-z]+ ?){1,2})?,?"
    r" (called|named) <o:TITLED>",
    r"^\W*[Nn]ew (?P<kin><KIN>)\b[^.!?:\n]{0,50}: <o:TITLED>",
    # "my other half's a plumber, Gaz"
    r"(<MY>|^\W*)(?P<kin><FAMILY>|misses|fella)('s|s| is) (an? [a-z]+( [a-z]+)?|[A-Z][a-z]+(ish|ian|ese|an"
    r"|ch)), <o:NAME>(?=\s*([.,!;)]|$))",
    r"<MY>(?P<kin><KIN>) ?[,(–—-] ?<o:TITLED>(?=\s*([,.;!?)–—-]|$))",
    r"<MY>(?P<kin><KIN>)( too| as well)?, <o:TITLED>,",
    r"^\W*([Nn]ew |[Mm]y |[Oo]ur )?((?P<kin><KIN>)|(?P<capital><KIN_CAPITAL>))( here| now)?: <o:TITLED>",
    r"(?<!has )(?<!have )(?<!with )\b([Mm]y|[Oo]ur|[Tt]he|an?) ([a-z]+"
    r" ){0,2}?(?P<kin><KIN>)\b((?!\b(<KIN>)\b)[^.?!\n]){0,60}?[.!,;]+ ?(([Hh]is|[Hh]er)"
    r" name( is|'s)|[Ss]?[Hh]e('s|s| is) (called|named)) <o:TITLED>",
    r"\b(I|i|We|we)('ve got| have| got) (a|an|one|two) ([a-z]+ ){0,2}(?P<kin><KIN>)( too)?,? (called |named )?<o:NAME>",
    r"\b(?P<kin><TITLES>)('s name is| ?[(,]) ?<o:NAME>\b",
    r"<o:TITLED>(,| \() ?(my|our) ([a-z]+ ){0,2}?(?P<kin><KIN>)\b(?!'s| (is|was|are|has|'s)\b| <NAME>)",
    r"(^\W*((oh|and|btw|so|also|ps) )*|[;.] (and )?)"
    r"(?!(Told|Met|Saw|Rang|Gave|Got|Sent|Lent|Took|Made|Let|Had|Has|[A-Z][a-z]+ed|[A-Z][a-z]+ing)\b)<o:NAME>"
    r" (my|our) ([a-z]+ ){0,2}?(?P<kin><KIN>)(?=\s*([,;.!)]|$))",
    r"\b(?P<o>[Hh]e|[Ss]he)('s|s| is)( now)? (my|our) ([a-z]+ ){0,2}?(?P<kin><KIN>)\b(?!')",
    # "Seth is in Perth with his wife Alice"
    r"(?<!\bin )(?<!\bat )(?<!\bto )(?<!\bfrom )(?<!\bnear )<s:NAME>\b[^.!?\nA-ZÀ-Þ]{0,60}"
    r"(\b(in|at|to|from|near) [A-ZÀ-Þ][\w-]+)?[^.!?\nA-ZÀ-Þ]{0,20}"
    r"\b(with|and) (his|her) ([a-z]+ ){0,2}?(?P<kin><KIN>),? <o:NAME>",
    r"<o:NAME>, <s:NAME>'s (?!an? )([a-z]+ ){0,2}?(?P<kin><KIN>)\b",
    r"^\W*[Nn]ew (?P<kin><KIN>) is <o:TITLED>",
    r"<o:TITLED>( is|'s| was)( now| still| officially| finally)? (my|our) ([a-z]+ ){0,2}?(?P<kin><KIN>)\b(?!')",
    r"<o:TITLED>( from [a-z ]+)?( is|'s| has become| became| was always)( now| still)? (an?|one of my|my)"
    r" ([a-z]+ ){0,3}?(?P<kin><OF_MINE>)( of mine|s)\b",
    r"\b(?P<kin><PRACTICES>)( is|'s)?:? (?P<o>Dr\.? <NAME>)",
    r"<s:NAME> has (a|an) ([a-z]+ ){0,2}?(?P<kin><KIN>),? (called |named )?<o:NAME>\b",
    r"<s:NAME>'s ([a-z]+ ){0,2}?(?P<kin><KIN>)( is|'s)?( called| named|,)? <o:NAME>(?! [A-Z])",
)
LISTS = (
    r"(\b[Mm]y|\b[Oo]ur|\b[Tt]he)( \w+)? (?P<kin><PLURALS>)( are( called)?| called|,|:| \(|' names are)? ?"
    r"(?P<o><NAME>(, <NAME>)*,? and <NAME>)"
)


def tie_phrases(relations: Relations) -> Mapping[str, str]:
    """The phrases that name the ties of relations, for patterns."""
    return {
        "MY": rf"\b([Mm]y|[Oo]ur|[Tt]he) ({_ADJECTIVES}[ -])*",
        "FAMILY": "|".join(relations.family),
        "FAMILY_CAPITAL": "|".join(word.capitalize() for word in relations.family),
        "KIN": "|".join(relations.ties),
        "KIN_CAPITAL": "|".join(word.capitalize() for word in relations.ties),
        "TITLES": f"({'|'.join(_titles(relations))})",
        "PRACTICES": "|".join(re.sub(r"^[a-z]", _either_case, word) for word in _practices(relations)),
        "OF_MINE": "|".join(
            word for relation in relations if relation.ties for word in [relation.ties.of_mine] if word
        ),
        "PLURALS": "|".join(plurals(relations)),
    }


def tie_words(relations: Relations) -> dict[str, Relation]:
    """The relation that each word in small letters names where a sentence has it beside a name."""
    found: dict[str, Relation] = {}
    for relation in relations:
        if relation.ties:
            others = f"{relation.ties.practices}, {relation.ties.titles}".strip(", ")
            for word in [*relation.tie_words, *listed_words(others)]:
                found.setdefault(word.lower(), relation)
    return found


def plurals(relations: Relations) -> dict[str, Relation]:
    """The relation that each word for several names: "sisters"."""
    return {word: relation for relation in relations if relation.ties for word in listed_words(relation.ties.plurals)}


def titles(relations: Relations) -> frozenset[str]:
    """Words that stand as a name does: "Mum"."""
    return frozenset((*_titles(relations), *OTHER_TITLES))


def _titles(relations: Relations) -> list[str]:
    return [word for relation in relations if relation.ties for word in listed_words(relation.ties.titles)]


def _practices(relations: Relations) -> list[str]:
    return [word for relation in relations if relation.ties for word in listed_words(relation.ties.practices)]


def _either_case(first: re.Match[str]) -> str:
    return f"[{first.group().upper()}{first.group()}]"
