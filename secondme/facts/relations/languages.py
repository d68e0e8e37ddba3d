"""Which languages someone speaks."""

from __future__ import annotations

import re

from secondme.facts.lexicon import LANGUAGES
from secondme.facts.relations.relation import ModelCue, Phrasing, Predicate, Relation, Told
from secondme.facts.statement import Candidate

_ENDING = re.compile(
    r"(?:ish|ese|ian|ic|ench|utch|eek|man|rdu|indi|amil|engali|abi|rew|ali|wahili|hai|orean|andarin|antonese|"
    r"zech|ovak|ovene|ene|atin|arsi|lugu|ulu|osa|ruba|aans|asque|elsh|alan|uese)$"
)


def _no_language(candidate: Candidate) -> bool:
    return not _ENDING.search(candidate.statement.object.lower().split()[0])


SPEAKS = Relation(
    name="speaks",
    reads="speaks",
    reads_you="speak",
    many=True,
    capital=True,
    rank=8,
    triggers="|".join(LANGUAGES).lower(),
    predicates=(
        Predicate(
            me=(
                r"(can )?(speak(ing)?|grew up speaking|fluent in|get by in|getting by in|"
                r"learn(ed|t) (to speak )?|picked up|know|understand|bilingual in|native in|raised in|"
                r"conversational in)( (fluent|some|a little|a bit of|decent|passable|good|basic|broken|rusty|"
                r"bits of|enough))? ?(?P<o>(?i:<TONGUE>))\b(?! (food|wine|class|film|music))"
            ),
            they=(
                r"(can )?(speaks?|grew up speaking|fluent in|gets by in)"
                r"( (fluent|some|a little|a bit of|decent|passable|good|basic|broken))? ?<o:TONGUE>\b"
            ),
        ),
    ),
    phrasings=(
        Phrasing(r"<o:TONGUE> is (what|the language) (I|i|we) (mostly |usually )?speak"),
        Phrasing(r"\b[Mm]y (mother tongue|native language|first language|native tongue) is <o:TONGUE>\b"),
    ),
    further=r"(?i:\b<TONGUE>)\b(?! (food|wine|class|film|music|people|man|woman|guy|girl))",
    overlap=True,
    vague=_no_language,
    model=ModelCue(
        r"speak(s|ing)?|spoke|language|fluent|accent|native|get(s|ting)? by|bilingual|mother tongue",
        fits=LANGUAGES.__contains__,
    ),
    cues="speak speaks language languages",
    questions=(r"(which|what) languages? <DO> <WHO> speak",),
    told=Told("Which languages do I speak?", "Who speaks {o}?", name=True),
)
RELATIONS = (SPEAKS,)
