"""Words that a sentence must hold before the rules of a relation are tried on it."""

from __future__ import annotations

from secondme.facts.lexicon import KIN, LANGUAGES
from secondme.facts.rules import PET

TRIGGERS: dict[str, tuple[str, ...]] = {
    relation: tuple(words.split("|"))
    for relation, words in {
        "name": "name|it's |it’s |this is|i'm |i’m | im |i am | here|go by|called|known as|answer to|call me|calls me",
        "lives_in": " liv| mov|reloc| based|settl|resid| rent|lease|place|flat|house|apart|room|studio|home| left| base ",
        "from": " from |born|grew|raised|brought up|hometown",
        "works_at": " work|start|began|begun|employ|joined|hired|taken on| job|role|position|contract|switched|signed"
        "|since|these days|quit| left |resign|laid|fired|let go|let me go|notice|retired|company|firm|office|sacked|redundant"
        "|first week|first day|first month|second week|new job| at | for ",
        "works_as": " work|train|employ|qualif|hired|i'm a|i’m a|im a |i am a| is a|'s a|’s a|profession|occupation|title|trade|as a|are both",
        "studies": "stud|major|enrol|degree|master|bachelor|phd|course|diploma|graduated|dropped",
        "birthday": "birthday|bday|born",
        "likes": "love|like|enjoy|ador|prefer| fan|fond|mad about|crazy|nuts|keen| into |partial|addict|obsess|hooked|big on|sucker"
        "|enough of|soft spot|weakness|thing|passion|sweet tooth|favorite|favourite|my jam|happy place|nothing|idea of|live for|went off|gone off",
        "dislikes": "hate|dislike|detest|loath|despis|abhor| stand | bear |abide|stomach|care for|not a |not into|not fond|not keen|not big"
        "|n't like|n’t like|nt like|n't enjoy|n’t enjoy|never like|n't really like|n’t really like|not like|my thing|cup of tea|for me|taste|make me|makes me|creeps",
        "allergic_to": "allerg",
        "speaks": "|".join(LANGUAGES).lower(),
        "owns": " own|bought|driv| ride| riding| got |purchas|treated|inherit|picked up| have |'ve |’ve | has |sold|gave|rid of|scrap|wreck|totalled|crash|traded|stolen|nicked|written off",
        "pet": PET[3:-1] + "|died|passed|name is|name's|name’s",
        "boss": "report|answer to|boss|manager|supervisor",
        "spouse": "married|engaged|dating|seeing|going out|together|relationship|broke|split|divorced|separated|couple|tied|husband|wife|partner|friend",
        "doctor": "doctor|dentist| gp",
        "kin": "|".join((*(word.lower() for word in KIN), "mama", "papa", "mummy", "daddy", " vet")),
        "kids": "kids|children|boys|girls|sons|daughters|twins|sisters|brothers|siblings|parents",
        "alias": "aka|a.k.a|known as|nicknam| call|or just|short for",
    }.items()
}
"""What a sentence has to hold for the rules of a relation to be tried: most sentences hold nothing of it."""
