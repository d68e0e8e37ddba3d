"""What someone is called."""

from __future__ import annotations

from secondme.facts.relations.relation import Phrasing, Relation

NAME = Relation(
    name="name",
    reads="is called",
    reads_you="are called",
    timeless=True,
    renames=True,
    rank=1,
    triggers="name|it's |it’s |this is|i'm |i’m | im |i am | here|go by|called|known as|answer to|call me|calls me",
    phrasings=(
        Phrasing(r"\b[Mm]y (full |first |real )?name( is|'s) <o:NAME>"),
        Phrasing(
            r"^\W*([Hh]i|[Hh]ey|[Hh]ello|[Oo]i)?[\w ,]{0,24}?[,!. ]*\b([Ii]t's|[Tt]his is|[Ii]'m|[Ii] am) "
            r"(?P<o>[A-Z][\w'’-]+ ((de|da|van|von) )?[A-Z][\w'’-]+)(?= here\b|[,.!]|$| speaking\b)"
        ),
        Phrasing(r"(^|[,!.] )(?P<o>[A-Z][\w'’-]+ ((de|da|van|von) )?[A-Z][\w'’-]+) here\b"),
        Phrasing(
            r"\b(I('m| am)?|i('m| am)?) (usually |mostly |generally )?(go by|am called|called|known as|"
            r"answer to)( just)? <o:NAME>"
        ),
        Phrasing(
            r"\b([Pp]eople|[Ff]riends|[Ee]veryone|[Ee]verybody|[Mm]y friends|[Tt]hey all) "
            r"(just |usually |all |mostly )?calls? me <o:NAME>"
        ),
        Phrasing(r"\b(just |please )?[Cc]all me <o:NAME>(?=[,.!]|$)"),
    ),
    cues="name called",
    card=1,
    news=False,
)
ALIAS = Relation(
    name="alias",
    reads="is also called",
    reads_you="are also called",
    many=True,
    timeless=True,
    renames=True,
    person=True,
    rank=19,
    triggers="aka|a.k.a|known as|nicknam| call|or just|short for",
    phrasings=(
        Phrasing(
            r"<s:NAME>,? (\(?(aka|a\.k\.a\.|also known as|known as|nicknamed|whom? (we|I|everyone) calls?|"
            r"(everyone|everybody|we all|we|I) calls? (him|her)|or just|short for)) (?P<o>[A-Z][\w'’-]+)"
        ),
        Phrasing(r"([Ee]veryone|[Ee]verybody|[Ww]e all|[Ww]e|I) calls? <s:NAME> (?P<o>[A-Z][\w'’-]+)(?=[,.!]|$)"),
    ),
    cues="called nickname",
    introduces=False,
)
RELATIONS = (NAME, ALIAS)
