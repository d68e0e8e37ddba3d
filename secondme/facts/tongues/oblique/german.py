"""Facts in German that are said in a roundabout way: "Telcora ist mein Arbeitgeber"."""

from __future__ import annotations

from secondme.facts.tongues.tongue import sayings

OBLIQUE = (
    *sayings(
        "name",
        r"\b[Mm]ein (Vorname|Nachname|Rufname|Spitzname) (ist|lautet) <o:NAME>",
        r"<START>(?!(Das|Dein|Wie|Ihr|Sein)\b)<o:NAME> ist mein (Vorn|N|Rufn|Spitzn)ame\b",
        r"\b([Dd]u kannst|[Ii]hr könnt|[Ss]ie können|[Nn]enn(t)?) mich( ruhig| einfach| gern)* <o:NAME>",
        r"\b([Mm]an|[Aa]lle)( hier)? (kennt|kennen) mich( hier| nur)* (als|unter dem Namen) <o:NAME>",
        r"\b([Ii]ch höre|[Gg]etauft (bin|wurde) ich|[Ii]ch (bin|wurde)) auf den Namen <o:NAME>",
    ),
    *sayings(
        "lives_in",
        r"<OF> ((neue[rs]?|jetzige[rs]?|fester?) )?<HOME> (ist|liegt|heißt)<NOWADAYS> (in )?<o:NAME>",
        r"<START>([Jj]etzt |[Nn]un )?<o:NAME> ist<SOME> <OF> (neue[rs]? )?<HOME>\b",
        r"\b([Ss]eit|[Nn]ach|[Vv]or) [\w ]{3,24}? ist <o:NAME> <OF> (neue[rs]? )?<HOME>\b",
        r"<OF> (neue[rs]? |kleine[rs]? )?(Wohnung|Haus|Häuschen|Zimmer|WG) (ist|liegt|steht|befindet "
        r"sich)<NOWADAYS> <IN> <o:NAME>",
        r"\b[Ii]n <o:NAME> (bin|sind|fühle?n?) (ich|wir)( mich| uns)?<SOME> (zu ?[Hh]ause|daheim)\b",
        r"\b([Zz]u ?[Hh]ause|[Dd]aheim) (bin|sind) (ich|wir)<SOME> <IN> <o:PLACE>",
        r"\b([Ii]ch bin|[Bb]in ich|[Ww]ir sind|[Ss]ind wir)<SOME> <IN> <o:PLACE> (zu ?[Hh]ause|daheim|ansässig"
        r"|sesshaft|gemeldet|heimisch|wohnhaft|gelandet)\b",
        r"\b([Ii]ch habe|[Hh]abe ich|[Ww]ir haben)<SOME> (meinen|unseren) (festen )?(Wohnsitz|Lebensmittelpunkt) "
        r"<IN> <o:PLACE>",
        r"\bhat es (mich|uns)<SOME> nach <o:PLACE> verschlagen\b",
        r"\b[Ss]eit [\w. ]{3,24}? (sind|bin) (wir|ich) (jetzt |nun )?in "
        r"(?P<o>(?!(Urlaub|Therapie|Behandlung|Kur|Quarantäne|Ausbildung|Teilzeit|Kurzarbeit|Mutterschutz)\b)<NAME>)",
        r"\b[Ww]ir haben( uns)? (ein Haus|eine Wohnung) in <o:PLACE>( gekauft| gemietet)? und wohnen\b",
    ),
    *sayings(
        "works_at",
        r"(<START>|\b[Dd]ie )<o:NAME> ist<SOME> mein(e (neue )?Firma| (neuer |jetziger )?Arbeitgeber)\b",
        r"\b([Vv]erdiene ich|[Ii]ch verdiene)<SOME> <AT>( Firma)? <o:NAME>",
        r"\b([Ii]ch jobbe|[Jj]obbe ich)<SOME> <AT> <o:NAME>",
        r"\b([Ii]ch bin|[Bb]in ich)( (?!nicht\b)[a-zäöüß]+){0,3}? <JOB> (bei|beim)( der| dem)?( Firma)? <o:NAME>",
        r"\b([Ii]ch bin|[Bb]in ich)<SOME> <AT> Firma <o:NAME> (angestellt|beschäftigt|tätig)\b",
        r"\b([Ii]ch stehe|[Ss]tehe ich)<SOME> <AT> <o:NAME> (auf der Gehaltsliste|in Lohn und Brot|unter "
        r"Vertrag)\b",
        r"\b([Ii]ch habe|[Hh]abe ich)<SOME> (Stelle|Job|Arbeit|Anstellung) <AT>( Firma)? <o:NAME> (bekommen"
        r"|gefunden|angetreten|angenommen|ergattert)\b",
        r"\b[Mm]ein (neuer )?(Arbeitsplatz|Job) ist<SOME> <AT> <o:NAME>",
        r"(<START>|\b[Dd]ie )<o:NAME> hat mich<SOME> (eingestellt|angestellt|angeheuert)\b",
    ),
    *sayings(
        "spouse",
        r"\b([Vv]erheiratet|[Vv]erlobt|[Ll]iiert|[Zz]usammen) bin ich<SOME> mit <o:NAME>",
        r"\b([Ii]ch habe|[Hh]abe ich)<SOME> <o:NAME> das Ja-?[Ww]ort gegeben\b",
        r"<o:NAME> ist (die Frau|der Mann), (mit der|mit dem|die|den) ich <SOME>(verheiratet bin|geheiratet habe"
        r"|zusammen bin)\b",
        r"\b([Dd]er Mann|[Dd]ie Frau) (an meiner Seite|meines Lebens|meines Herzens) (<HEISS>|ist) <o:NAME>",
        r"\b[Mm]eine bessere Hälfte (<HEISS> |ist )?<o:NAME>",
        r"<o:NAME> ist (meine bessere Hälfte|(der Mann|die Frau) (an meiner Seite|meines Lebens))\b",
        r"\b([Ii]ch teile|[Tt]eile ich)<SOME> mein Leben mit <o:NAME>",
    ),
    *sayings(
        "child",
        r"\b([Ii]ch bin|[Bb]in ich|[Aa]ls)( (die|der|stolze[rs]?|allein\w+))* (Mutter|Vater|Mama|Papa|Mami|Papi) "
        r"von <o:NAME>",
        r"<OF> (Kind|Kleine[rs]?|Große[rs]?|Baby|Nachwuchs|Jüngste[rs]?|Älteste[rs]?) (<HEISS>|ist) <o:NAME>",
        r"\b([Ww]ir haben|[Ii]ch habe|[Hh]aben wir) (eine (kleine )?Tochter|einen (kleinen )?Sohn|ein Kind)(,? "
        r"namens|, (die|der|das) <HEISS>|,) <o:NAME>",
        r"\b([Ww]ir haben|[Ii]ch habe) (unser|mein)e?n? (Tochter|Sohn|Kind|Baby) <o:NAME> genannt\b",
        r"<START><o:NAME>, <OF> (kleine[rn]? |große[rn]? )?(?P<w><CHILD>),",
    ),
    *sayings(
        "dislikes",
        r"\b[Mm]it <o:NOUN> kann man mich jagen\b",
        r"<START><o:NOUN> kann ich( [\w-]+){0,2}? nicht (ausstehen|leiden|ab|riechen)\b",
        r"\b[Ii]ch kann <o:NOUN>( [\w-]+)? nicht (ausstehen|leiden|riechen)\b",
        r"\b[Mm]ir schmeck(t|en) <o:NOUN>( (überhaupt|gar|wirklich|einfach))* nicht\b",
        r"<START><o:NOUN> schmeck(t|en) mir( (überhaupt|gar|wirklich|einfach))* nicht\b",
    ),
    *sayings(
        "likes",
        r"\b[Mm]eine? (absolute[rs]? )?Lieblings(?!mensch|person|kolleg)\w+ (ist|sind|bleibt|war schon immer) "
        r"(?P<o><THING>)",
        r"<START>(?P<o><NOUN>( [\w-]+)?) (ist|sind)( (?!nicht\b|kein)[\w-]+)? meine? Lieblings(?!mensch|person"
        r"|kolleg)\w+",
        r"\b[Ff]ür <o:NOUN> (lasse ich|lass ich) alles (stehen|liegen)\b",
        r"\b[Ii]ch (stehe( total| sehr| voll)? auf|schwärme für|begeistere mich für|interessiere mich( sehr)? "
        r"für) <o:NOUN><STOP>",
        r"\b[Ii]ch kann von <o:NOUN> nicht genug (bekommen|kriegen|haben)\b",
        r"\b[Vv]on <o:NOUN> kann ich nicht genug (bekommen|kriegen|haben)\b",
        r"<START><o:NOUN> schmeck(t|en) mir( (sehr|besonders|echt|richtig|am besten|immer|so|wirklich|gut))*<STOP>",
        r"\b[Mm]ir schmeck(t|en)( (sehr|besonders|immer|am besten|gut))* <o:NOUN>( (sehr|besonders) gut| am "
        r"besten)?<STOP>",
        r"\b[Aa]m liebsten mag ich (?P<o><THING>)",
        r"\b([Nn]ichts|[Kk]eine?r? [A-ZÄÖÜ]\w+) geht( mir)? über <o:NOUN>",
        r"<START><o:NOUN> ist (mein Ein und Alles|meine (große )?Leidenschaft)\b",
    ),
    *sayings(
        "allergic_to",
        r"\b([Gg]egen|[Aa]uf) (?P<o>[\w-]+( und [\w-]+)?) (bin|reagiere) ich( (?!nicht\b|nie\b)[\w-]+){0,3}? "
        r"allergisch\b",
        r"\b([Ii]ch reagiere|[Rr]eagiere ich)<SOME> allergisch (auf|gegen) (?P<o><LIST>)",
        r"\b([Bb]ei mir|[Mm]an hat bei mir)\b[^.;!?]{0,24}\bAllergie (gegen|auf) (?P<o>[\w-]+( und [\w-]+)?) "
        r"(festgestellt|diagnostiziert|entdeckt|gefunden)\b",
        listed=True,
    ),
    *sayings(
        "allergic_to",
        r"\b([Ii]ch vertrage|[Vv]ertrage ich)( \w+)? keine?n? <o:NOUN><STOP>",
        r"\b[Vv]on <o:NOUN> (bekomme|kriege) ich( \w+){0,2}? (Ausschlag|Atemnot|Quaddeln|Nesselsucht|Juckreiz"
        r"|Pusteln)\b",
        r"\b([Ii]ch leide|[Ll]eide ich)<SOME> (an|unter) einer (\w+ )?(?P<o>[A-ZÄÖÜ][a-zäöüß]+?)-?allergie\b",
    ),
    *sayings(
        "birthday",
        r"\b[Mm]ein (Geburtsdatum|Wiegenfest|Ehrentag) ist( \w+)? (am|der|den) <o:DAY>",
        r"\b([Dd]er|[Aa]m) <o:DAY> ist mein (Geburtstag|Wiegenfest|Ehrentag)\b",
        r"\b[Aa]m <o:DAY> (feiere|feier) ich( (immer|meinen|groß|\d+\.|\w+ten))* Geburtstag\b",
        r"\b[Ii]ch feiere( [\w-]+)? am <o:DAY>( (immer|meinen|groß|\d+\.|\w+ten))* Geburtstag\b",
        r"\b[Ii]ch feiere (meinen )?Geburtstag( immer)? am <o:DAY>",
        r"\b[Aa]m <o:DAY> werde ich( \w+)? (\d{1,3}|\w+(zehn|zig|hundert))\b",
        r"\b[Gg]eboren (bin|wurde) ich( \w+)? am <o:DAY>",
        r"\b([Ii]ch kam|[Kk]am ich)( \w+)? am <o:DAY>( in [\w-]+)? (auf die|zur) Welt\b",
    ),
)
