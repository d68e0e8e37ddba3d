"""Facts in German."""

from __future__ import annotations

import re

from secondme.facts.lexicon import NAME
from secondme.facts.phrases import any_of
from secondme.facts.tongues.oblique import german
from secondme.facts.tongues.tongue import CLAUSE, Answer, Inquiry, Saying, Tongue

_KIN = {
    "frau": "wife", "ehefrau": "wife", "mann": "husband", "ehemann": "husband", "partner": "partner",
    "partnerin": "partner", "freundin": "girlfriend", "freund": "boyfriend", "verlobte": "fiancée",
    "verlobter": "fiancé", "tochter": "daughter", "sohn": "son", "mutter": "mother", "mama": "mum", "vater": "father",
    "papa": "dad", "schwester": "sister", "bruder": "brother", "oma": "grandma", "opa": "grandpa",
    "großmutter": "grandmother", "großvater": "grandfather", "tante": "aunt", "onkel": "uncle", "cousine": "cousin",
    "cousin": "cousin", "nichte": "niece", "neffe": "nephew", "enkel": "grandson", "enkelin": "granddaughter",
}  # fmt: skip
_PARTNERS = "frau|ehefrau|mann|ehemann|partnerin|partner|verlobte|verlobter|lebensgefährtin|lebensgefährte"
_CHILDREN = "tochter|sohn|älteste|ältester|jüngste|jüngster"
_END = (
    r"(?=\s*(?:[,.;:!?()…\n]|[-–—]\s|$)|\s+(?:und|aber|weil|denn|seit|bis|mit|in|im|am|auf|als|wo|jetzt|nun|heute"
    r"|gestern"
    r"|schon|noch|wieder|zusammen|allein|alleine|gezogen|umgezogen|angefangen|wohne|lebe|arbeite|wohnen|leben"
    r"|arbeiten|wohnt"
    r"|lebt|arbeitet|oder|nicht|sehr|auch|über|total|besonders|am liebsten|nicht mehr|ist|sind|für|beim?|zum?|zur)\b)"
)
_ARTICLES = any_of("der, die, das, den, dem, des, ein, eine, einen, einem, einer, kein, keine, keinen, mein, meine")
_LOW = rf"(?!{_ARTICLES}\b|(?:m?ein\w*|uns\w+|dies\w+|frieden|ordnung|eile|der)\b)[a-zäöüß][\w-]{{2,}}"

GERMAN = Tongue(
    code="de",
    hint=r"(?i)\b(?:ich|wir|mein\w*|unser\w*|wohn[est]\w*|leb(?:e|t|te|en)|arbeitet?|heißt?|heisst?|mag|liebt|isst"
    r"|trinkt"
    r"|hasst|nenn\w+|allergisch|allergie|geburtstag|verheiratet|gezogen|umgezogen|mir|mich|namens"
    r"|nichts geht|ist \d{1,2}|wird (?:er|sie|es))\b|\w+allergie\b",
    phrases={
        "GAP": r"( (?!nach\b|in\b|bei\b|beim\b|mit\b)[\w’'.-]+){0,6}?",
        "HOW": r"( (?!nach\b|in\b)[\w’'.-]+){0,8}?",
        "ICH": r"\b[Ii]ch( (?!nicht\b)[\w’'.-]+){0,2}?",
        "WIR": r"\b[Ww]ir( (?!nicht\b)[\w’'.-]+){0,2}?",
        "WHO": (
            rf"(\b([Mm]ein|[Uu]nser)e? (?P<k>(?i:{'|'.join(sorted(_KIN, key=len, reverse=True))}))"
            r"( <n:NAME>|, <m:NAME>,)?|(^|[,;:.!?–-] ?|\b(und|aber|dass|weil|denn|doch) )(?![MmUu](ein|nser)e? "
            r")<s:NAME>)"
        ),
        "OF": r"\b([Mm]ein|[Uu]nser)(e|en|em|er|es)?",
        "PARTNER": rf"(?i:{_PARTNERS})",
        "CHILD": rf"(?i:{_CHILDREN})",
        "PLACE": rf"({NAME}|{_LOW}{_END})",
        "IN": (
            r"in( der Nähe von)?( der(?= (Schweiz|Türkei|Ukraine|Slowakei|Toskana|Bretagne|Provence|Pfalz|Eifel))"
            r"| den(?= (Niederlanden|USA|Vereinigten)))?"
        ),
        "AT": r"(bei|beim|für)( der| dem| den| die| das)?",
        "THING": rf"[^,.;:!?()\"“”\n]{{2,40}}?{_END}",
        "LIST": r"[\wäöüß -]{2,24}(, [\w -]{2,24})*( und [\w-]{2,24})?(?=\s*[,.;:!?()\n]|\s*$)",
        "DAY": r"(\d{1,2}\. ?(?i:[a-zäöü]{3,9}\b|\d{1,2}\.?)( ?\d{4})?)",
        "STILL": r"( (noch|schon|jetzt|nun|gerade|erst|bald|inzwischen|mittlerweile|immer|heute|fast))*",
        "YEARS": r"(?P<o>\d{1,3})( Jahre( alt)?)?(?=\s*([,;!)]|\.(?![\d ]*\w)|$|\. [A-ZÄÖÜ])|\s+(und|geworden)\b)",
        "HEISS": r"(heißt|heisst)",
        "HOME": r"(Wohnort|Wohnsitz|Zuhause|Heimat|Wahlheimat|Lebensmittelpunkt|Heimatstadt|Hauptwohnsitz)",
        "JOB": (
            r"(?!Kund|Mitglied|Gast\b|Stammgast|Patient|Fan\b|Besuch|Teilnehm|Zuschau|Abonnent|Schüler|Student)"
            r"[A-ZÄÖÜ][a-zäöüß]{3,}( [a-zäöüß]+)?"
        ),
        "NOWADAYS": r"( (jetzt|nun|heute|seit [\w ]{2,20}?|mittlerweile|inzwischen|immer noch|noch|wieder"
        r"|derzeit|aktuell))?",
        "NOUN": r"[A-ZÄÖÜ][\w-]+",
        "SOME": r"( (?!nicht\b|nie\b|kein)[\w’'.-]+){0,4}?",
        **CLAUSE,
        "WHOM": rf"(mein(e|er|em|en)? (?P<k>{'|'.join(sorted(_KIN, key=len, reverse=True))})( (?P<n>[\w-]+))?"
        r"|(?!(ich|er|sie|es|man|das|die|der)\b)(?P<s>[\w-]+( (?-i:[A-ZÄÖÜ])[\w-]+)?))",
        "NOW": r"(jetzt|zurzeit|zur zeit|gerade|heute|eigentlich|momentan|derzeit|nun|inzwischen|denn|noch( mal| "
        r"einmal)?|nochmal)",
        "BEFORE": r"(früher|vorher|davor|zuvor|damals|vorher|denn|eigentlich|(im jahr )?\d{4})",
    },
    sayings=(
        # What someone is called.
        Saying(
            "name",
            r"(^\W*|[,;:.!?] |\b(hallo|hi|hey|und|also) )(?i:ich) (heiße|heisse) (übrigens )?<o:NAME>",
            called=True,
        ),
        Saying("name", r"\b[Mm]ein (voller |richtiger )?Name ist <o:NAME>"),
        Saying(
            "name",
            r"\b([Aa]lle|[Mm]eine Freunde|[Mm]an|[Ff]reunde) (nennen|nennt) mich( immer| nur| einfach)? <o:NAME>",
            called=True,
        ),
        Saying("name", r"\b[Ii]ch werde( von allen| meistens| immer)* <o:NAME> genannt", called=True),
        # Where someone lives.
        Saying("lives_in", r"\b([Ii]ch|[Ww]ir) (wohnen?|leben?)<HOW> <IN> <o:PLACE>"),
        Saying("lives_in", r"\b([Ww]ohnen?|[Ll]eben?) (ich|wir)<HOW> <IN> <o:PLACE>"),
        Saying("lives_in", r"(^\W*|\bund )([Ww]ohne|[Ll]ebe)<HOW> <IN> <o:PLACE>"),
        Saying("lives_in", r"\b([Ii]ch|[Ww]ir)<HOW> <IN> <o:PLACE> (wohnen?|leben?)\b"),
        Saying("lives_in", r"<WHO> (wohnt|lebt)<HOW> <IN> <o:PLACE>"),
        Saying(
            "lives_in",
            r"(\b([Ii]ch|[Ww]ir) |^\W*|\b)([Bb]in|[Ss]ind)( ich| wir)?( (?!in\b|mit\b)[\w’'.-]+){0,5}? "
            r"nach <o:PLACE>( um| zurück)? ?(um|zurück)?gezogen\b",
        ),
        Saying("lives_in", r"\b([Ii]ch|[Ww]ir) (zog|zogen)<GAP> nach <o:PLACE>"),
        Saying("lives_in", r"<WHO> ist( (?!in\b|mit\b)[\w’'.-]+){0,5}? nach <o:PLACE> (um|zurück)?gezogen\b"),
        Saying(
            "lives_in",
            r"\b([Bb]in|[Ss]ind)( ich| wir)?( (?!in\b|mit\b)[\w’'.-]+){0,4}? (von|aus) <o:PLACE> "
            r"nach [\w-]+ (um|zurück)?gezogen\b",
            ends=True,
        ),
        Saying(
            "lives_in",
            r"\b([Bb]in|[Ss]ind)( ich| wir)?( [\w’'.-]+){0,4}? (von|aus) <o:PLACE> "
            r"(weggezogen|fortgezogen|ausgezogen)\b",
            ends=True,
        ),
        Saying(
            "lives_in",
            r"\b([Ii]ch|[Ww]ir) (wohnen?|leben?)( [\w’'.-]+){0,3}? nicht (mehr|länger) <IN> <o:PLACE>",
            ends=True,
        ),
        Saying("lives_in", r"\b([Ii]ch|[Ww]ir) (wohnten?|lebten?)<HOW> <IN> <o:PLACE>", ends=True),
        Saying("lives_in", r"\b([Ww]ohnten?|[Ll]ebten?) (ich|wir)<HOW> <IN> <o:PLACE>", ends=True),
        Saying("lives_in", r"\b([Ii]ch|[Ww]ir)<HOW> <IN> <o:PLACE> (wohnten?|lebten?)\b", ends=True),
        Saying(
            "lives_in",
            r"\b(([Ii]ch|[Ww]ir) (habe|haben)|([Hh]abe|[Hh]aben) (ich|wir))<GAP> <IN> <o:PLACE> "
            r"(gewohnt|gelebt)\b",
            ends=True,
        ),
        Saying("lives_in", r"\b([Ww]ir haben uns|[Ii]ch habe mich)( [\w’'.-]+){0,4}? <IN> <o:PLACE> niedergelassen\b"),
        # Where someone works.
        Saying(
            "works_at",
            r"\b([Ii]ch arbeite|[Aa]rbeite ich)( (?!bei\b|beim\b|für\b|nicht\b)[\w’'.-]+){0,6}? <AT> <o:NAME>",
        ),
        Saying("works_at", r"^\W*[Aa]rbeite( (?!bei\b|beim\b|für\b|nicht\b)[\w’'.-]+){0,6}? <AT> <o:NAME>"),
        Saying(
            "works_at",
            r"\b[Ii]ch( (?!nicht\b)[\w’'.-]+){0,5}? <AT> <o:NAME> (arbeite|angestellt bin|beschäftigt bin)\b",
        ),
        Saying(
            "works_at", r"\b([Ii]ch bin|[Bb]in ich)( [\w’'.-]+){0,5}? <AT> <o:NAME> (angestellt|beschäftigt|tätig)\b"
        ),
        Saying("works_at", r"\b([Ii]ch habe|[Hh]abe( ich)?)( [\w’'.-]+){0,5}? <AT> <o:NAME> angefangen\b"),
        Saying("works_at", r"\b[Mm]ein (neuer |jetziger )?Arbeitgeber (ist|heißt)( jetzt)? (die |der |das )?<o:NAME>"),
        Saying("works_at", r"<WHO> arbeitet( (?!bei\b|beim\b|für\b|nicht\b)[\w’'.-]+){0,6}? <AT> <o:NAME>"),
        Saying(
            "works_at",
            r"\b([Ii]ch arbeite|[Aa]rbeite ich)( [\w’'.-]+){0,3}? nicht (mehr|länger) <AT> <o:NAME>",
            ends=True,
        ),
        Saying(
            "works_at",
            r"\b([Ii]ch habe|[Hh]abe ich)( [\w’'.-]+){0,5}? <AT> <o:NAME> (gearbeitet|gekündigt|aufgehört)\b",
            ends=True,
        ),
        Saying("works_at", r"\b([Ii]ch arbeitete|[Aa]rbeitete ich)( [\w’'.-]+){0,5}? <AT> <o:NAME>", ends=True),
        Saying("works_at", r"\b[Bb]ei <o:NAME> arbeite ich( [\w’'.-]+){0,4}? nicht mehr\b", ends=True),
        Saying("works_at", r"\b[Bb]ei <o:NAME> arbeite ich\b(?! [^.,]*\bnicht\b)"),
        # With whom someone lives.
        Saying("spouse", r"\b([Ii]ch bin|[Bb]in ich)<GAP> mit <o:NAME> (verheiratet|zusammen|verlobt|liiert)\b"),
        Saying("spouse", r"\b[Ii]ch habe<GAP> <o:NAME> geheiratet\b"),
        Saying(
            "spouse",
            r"<o:NAME> und ich (sind( [\w.]+){0,3}? (verheiratet|verlobt|zusammen|ein Paar)|haben( [\w.]+){0,4}? "
            r"(geheiratet|uns verlobt))\b",
        ),
        Saying("spouse", r"<OF> (?P<w><PARTNER>) (<HEISS> |ist die |ist der )?<o:NAME>"),
        Saying("spouse", r"<OF> (?P<w>(?i:freundin|freund)) <HEISS> <o:NAME>"),
        Saying("spouse", r"<o:NAME> ist( jetzt)? <OF> (neue[rn]? |feste[rn]? )?(?P<w>(?i:<PARTNER>|freundin))(?=\W|$)"),
        Saying("spouse", r"\b([Ii]ch habe|[Hh]abe) mich<GAP> von <o:NAME> (getrennt|scheiden lassen)\b", ends=True),
        Saying("spouse", r"<o:NAME> und ich haben uns( [\w.]+){0,3}? (getrennt|scheiden lassen)\b", ends=True),
        Saying("spouse", r"<o:NAME> ist nicht mehr <OF> (?P<w><PARTNER>|(?i:freundin|freund))\b", ends=True),
        Saying("spouse", r"\b[Mm]it <o:NAME> bin ich( [\w’'.-]+){0,5}? (verheiratet|zusammen|verlobt)\b"),
        # Children.
        Saying(
            "child", r"<OF> (kleine[rn]? |große[rn]? |jüngste[rn]? |älteste[rn]? )?(?P<w><CHILD>) (<HEISS> )?<o:NAME>"
        ),
        Saying(
            "child", r"<o:NAME> ist <OF> (kleine[rn]? |große[rn]? |jüngste[rn]? |älteste[rn]? )?(?P<w><CHILD>)(?=\W|$)"
        ),
        Saying(
            "child",
            r"(<OF> (beiden |zwei |drei )?(Kinder|Töchter|Söhne) (heißen|sind)|\b[Ii]ch habe (zwei|drei|vier) "
            r"(Kinder|Töchter|Söhne)[,:]) (?P<o><NAME>(, <NAME>)* und <NAME>)",
            listed=True,
        ),
        # What someone likes.
        Saying("dislikes", r"\b([Ii]ch mag|[Mm]ag ich) (überhaupt |wirklich |gar )*kein(e|en)? (?P<o><THING>)"),
        Saying("dislikes", r"\b[Ii]ch (hasse|verabscheue) (?P<o><THING>)"),
        Saying("dislikes", r"\b[Ii]ch mag (?P<o><THING>) (überhaupt |gar )?nicht\b(?! mehr)"),
        Saying(
            "likes",
            r"\b[Ii]ch mag( sehr| total| besonders| am liebsten| echt)* (?P<o><THING>)(?! (überhaupt |gar )?nicht)"
            r"(?! nicht)",
        ),
        Saying("likes", r"(^\W*|[,;] )(?P<o>[A-ZÄÖÜ][\w-]+( [\w-]+)?) mag ich (sehr|gern|gerne|total|am liebsten)"),
        Saying("likes", r"\b[Ii]ch liebe( sehr| total)* (?P<o><THING>)"),
        Saying(
            "likes",
            r"\b[Ii]ch (esse|trinke|höre|lese|spiele|gucke|schaue)( \w+)?( sehr| total)? "
            r"(gern|gerne|am liebsten) (?P<o><THING>)",
        ),
        Saying("likes", r"\b[Ii]ch (bin|bin ein) (ein )?(großer |riesen |echter )?Fan von (?P<o><THING>)"),
        Saying("likes", r"<WHO> (mag|liebt)( sehr| total)? (?P<o>(?!kein)<THING>)(?! (überhaupt |gar )?nicht)"),
        Saying("likes", r"<WHO> (isst|trinkt|hört|liest)( sehr| total)? (gern|gerne|am liebsten) (?P<o><THING>)"),
        Saying("likes", r"\b[Ii]ch mag (?P<o><THING>) nicht mehr\b", ends=True),
        Saying("likes", r"\b[Aa]m liebsten (esse|trinke|höre|lese) ich (?P<o><THING>)"),
        Saying("likes", r"\b(esse|trinke|höre|lese) ich (sehr )?(gern|gerne) (?P<o><THING>)"),
        # What someone can't have.
        Saying(
            "allergic_to",
            r"\b([Ii]ch bin|[Bb]in ich|^\W*[Bb]in)<GAP> allergisch (gegen|auf) (?P<o><LIST>)",
            listed=True,
        ),
        Saying(
            "allergic_to",
            r"\b([Ii]ch bin|[Bb]in ich)( [\w’'.-]+){0,3}? (gegen|auf) (?P<o>[\w-]+( und [\w-]+)?) "
            r"allergisch\b",
            listed=True,
        ),
        Saying(
            "allergic_to", r"\b([Ii]ch habe|[Hh]abe ich)<GAP> eine (\w+ )?Allergie gegen (?P<o><LIST>)", listed=True
        ),
        Saying("allergic_to", r"\b([Ii]ch habe|[Hh]abe ich)<GAP> eine (\w+ )?(?P<o>[A-ZÄÖÜ][a-zäöüß]+)-?allergie\b"),
        Saying("allergic_to", r"<WHO> ist<GAP> allergisch (gegen|auf) (?P<o><LIST>)", listed=True),
        Saying(
            "allergic_to",
            r"<WHO> ist( [\w’'.-]+){0,3}? (gegen|auf) (?P<o>[\w-]+( und [\w-]+)?) allergisch\b",
            listed=True,
        ),
        Saying("allergic_to", r"<WHO> hat eine (\w+ )?(?P<o>[A-ZÄÖÜ][a-zäöüß]+)-?allergie\b"),
        # Birthdays.
        Saying("birthday", r"\b([Ii]ch habe|[Hh]abe ich)( [\w’'-]+)? am <o:DAY> Geburtstag\b"),
        Saying("birthday", r"\b[Aa]m <o:DAY> habe ich Geburtstag\b"),
        Saying("birthday", r"\b[Mm]ein Geburtstag (ist|fällt auf)( immer)?( am| der| den)? <o:DAY>"),
        Saying(
            "birthday", r"\b([Ii]ch bin|[Bb]in ich|[Ii]ch wurde)( [\w’'-]+)? am <o:DAY>( in [\w-]+)? (geboren|zur Welt)"
        ),
        Saying("birthday", r"<WHO> hat( [\w’'-]+)? am <o:DAY> Geburtstag\b"),
        Saying("birthday", r"<WHO> (ist|wurde)( [\w’'-]+)? am <o:DAY>( in [\w-]+)? (geboren|zur Welt)"),
        # How old someone is.
        Saying("age", r"\b([Ii]ch bin|[Bb]in ich)<STILL> <YEARS>"),
        Saying("age", r"<WHO>,? ist<STILL> <YEARS>"),
        Saying("birthday", r"<WHO>\b[^.!?]{0,40}, am <o:DAY>(?= (feiert|wird) (er|sie|es)\b)"),
        *german.OBLIQUE,
    ),
    kin=_KIN,
    no_objects={
        "": r"(?i)(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|märz|april|mai"
        r"|juni|juli"
        r"|august|september|oktober|november|dezember|morgen|heute)\b",
        "lives_in": r"(?i)(?:bau|planung|arbeit|schuss|sicht|reichweite|unordnung|ordnung|miete|untermiete"
        r"|frieden|angst|armut|ruhe|sorge|trennung|scheidung|beziehung|partnerschaft"
        r"|freiheit|gedanken|sünde|rente|hoffnung|erwartung|einklang|harmonie|elternzeit|gefahr|saus|hause?|wg"
        r"|wohngemeinschaft|deren|dessen|dem|der|einem|diesem|dieser)\b",
        "works_at": r"(?i)(?:nacht|tag|regen|wind|bedarf|freunden|hitze|kälte|licht|musik|geld|zeit|menschen|leute"
        r"|kunden"
        r"|kinder|wochenende|stunden|euro|frieden|chef|kollegen|eltern|familie|schule|prüfung|klausur)\b",
        "name": r"(?i)(?:programm|nicht|morgen|bitte|das|die|der|alle|gast|gäste|euch|dich|sie)\b",
        "likes": r"(?i)(?:dich|ihn|sie|es|das|euch|uns|mich|dir|ihm|ihr|wenn|wie|was|dass|nicht|kein\w*|so|zu|nur"
        r"|den|die"
        r"|der|diese\w*|eigentlich|mir|gern\w*|lieber|dort|hier|heute|morgen|jetzt|auch)(?:$|\s(?![A-ZÄÖÜ])|$)",
        "dislikes": r"(?i)(?:dich|ihn|sie|es|das|euch|uns|mich|wenn|wie|was|dass|nicht|so|nur|diese\w*|gern\w*)\b",
        "allergic_to": r"(?i)(?:dich|ihn|sie|es|alles|nichts|das|so|solche\w*|irgend\w*|etwas|was|dumm\w+|lügen)\b",
        "spouse": r"(?i)(?:ist|hat|und|wird|mag|doktor|gottes|arzt|ärztin|lehrer\w*)\b",
        "child": r"(?i)(?:ist|hat|und|wird|mag|gottes|arzt|ärztin|lehrer\w*)\b",
    },
    no_subjects=r"(?i)(?:das|die|der|den|dem|ein\w*|kein\w*|sie|er|es|wir|ihr|ich|man|wer|was|wo|hier|dort|heute"
    r"|gestern"
    r"|morgen|jetzt|mein\w*|unser\w*|dein\w*|sein\w*|wenn|falls|niemand|jeder|alle|jemand|und|aber|vielleicht|dann"
    r"|so|ja"
    r"|nein|wie|warum|wann|welche\w*|dies\w*|keiner|ob|damals|früher|nur|auch|gott|team|firma|familie|mutter|vater)\b",
    drops=r"(?i)^(?:den|die|das|der|dem|ein|eine|einen|frische[nrs]?|sehr) (?=\S)",
    pair=re.compile(r",\s*(?:und )?|\s+(?:und|sowie|&)\s+"),
    asks=r"(?i)^\W*(?:(?:und|aber|also|sag mal|hey),? )?(?:wer|was|wo|wann|warum|wie|welche\w*|wohin|woher|wen|wem"
    r"|(?:wohne|lebe|arbeite|bin|habe|mag|heiße|kann|soll|muss|hat|ist|wohnt|lebt|mag) (?:ich|wir|er|sie)\b)"
    r"|\b(?:weißt du|erinnerst du|frag(?:e|t)? mich),? (?:noch )?(?:ob|wo|wie|wann)\b|, oder\W*$",
    denies=r"(?i)\b(?:nicht|nie|niemals|kein\w*\b(?! \w+ geht\b)|weder|keineswegs|kaum)\b",
    hearsay=r"(?i)\b(?:sagt|sagte|meint|meinte|behauptet|behauptete|erzählt|erzählte|denkt|dachte|glaubt|findet"
    r"|schreibt|schrieb|laut|gehört|angeblich|anscheinend|offenbar|gerücht\w*|heißt es|soll|sollen|hat (?:mir )?"
    r"(?:gesagt"
    r"|erzählt|geschrieben|behauptet))\b",
    unsure=r"(?i)\b(?:wenn|falls|sofern|ob|vielleicht|eventuell|würde\w*|hätte\w*|wäre\w*|könnte\w*|möchte\w*|will"
    r"|wollte\w*"
    r"|wollen|werde|werden|wird|wünsch\w*|hoffe\w*|träum\w*|traum|stell dir vor|angenommen|fast|beinahe|überleg\w*"
    r"|plan\w*"
    r"|vorhabe?|demnächst|bald|nächste[nsm]? (?:jahr|monat|woche|sommer|winter|frühling|herbst)|ab (?:nächste\w*|dem"
    r"|morgen|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)|morgen"
    r"|als ob|in (?:meinem|einem|dem) (?:roman|film|buch|spiel|traum)|meine figur|der erzähler|rollenspiel|eigentlich"
    r"|wahrscheinlich|wohl|möglicherweise|immer(?= in \w+ (?:gewohnt|gelebt)))\b",
    unsure_after=r"(?i)^\W*(?:(?:und )?(?:wenn|falls|ab (?:nächste\w*|morgen|dem)|würde\w*|hätte|könnte\w*|ziehen"
    r"|werde\w*"
    r"|zu (?:wohnen|leben|arbeiten)|wohnen (?:will|würde|möchte|werde|kann)|vielleicht))\b",
    jokes=r"(?i)\b(?:scherz|nur spaß|kleiner spaß|witz|ironie|nicht ernst)\b",
    months=("jan|jän", "feb", "mär|maerz|mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"),
    since=r"(?i)\bseit(?:dem)?\b",
    happens=r"(?i)\b(?:gezogen|umgezogen|zog|zogen|angefangen|geheiratet|gekündigt|aufgehört|getrennt|weggezogen"
    r"|bis)\b",
    inquiries=(
        Inquiry("lives_in", r"wo (wohne|lebe|wohnen|leben) (ich|wir)( <NOW>)*"),
        Inquiry("lives_in", r"in welcher stadt (wohne|lebe) ich( <NOW>)*"),
        Inquiry("lives_in", r"wo (wohnt|lebt) (<NOW> )?<whom:WHOM>( <NOW>)*"),
        Inquiry(
            "lives_in",
            r"wo (habe ich|haben wir) (<BEFORE> )*(gewohnt|gelebt)|wo (wohnte|lebte) ich( <BEFORE>)*",
            "before",
        ),
        Inquiry("lives_in", r"wo hat <whom:WHOM> (<BEFORE> )*(gewohnt|gelebt)", "before"),
        Inquiry("lives_in", r"seit wann (wohne|lebe) ich( <NOW>)* (in (?P<named>[\w -]+?)|hier|dort)", "since"),
        Inquiry("works_at", r"(wo|bei wem|für wen|bei welcher firma) arbeite ich( <NOW>)*"),
        Inquiry("works_at", r"(wo|bei wem|für wen|bei welcher firma) arbeitet (<NOW> )?<whom:WHOM>( <NOW>)*"),
        Inquiry("works_at", r"(wo|bei wem|für wen) habe ich (<BEFORE> )*gearbeitet", "before"),
        Inquiry("works_at", r"seit wann arbeite ich( <NOW>)* (bei (?P<named>[\w -]+?)|dort)", "since"),
        Inquiry("name", r"wie heiße ich|wie heisse ich|was ist mein name|wie ist mein name|wer bin ich"),
        Inquiry(
            "spouse",
            r"(wie (heißt|heisst)|wer ist) (?P<w>meine? (frau|ehefrau|mann|ehemann|partnerin|partner|freundin"
            r"|freund|verlobte|verlobter))",
        ),
        Inquiry("spouse", r"mit wem bin ich (<NOW> )?(verheiratet|zusammen|verlobt)"),
        Inquiry(
            "child",
            r"(wie (heißt|heisst|heißen)|wer (ist|sind)) (?P<w>meine? (tochter|sohn|kinder|kind|töchter|söhne))",
        ),
        Inquiry("likes", r"was (mag|liebe|esse|trinke) ich( gern| gerne| am liebsten| <NOW>)*"),
        Inquiry("likes", r"was mag <whom:WHOM>( gern| gerne| am liebsten)?"),
        Inquiry("dislikes", r"was (mag|esse) ich (nicht|nicht gern|nicht gerne)"),
        Inquiry(
            "allergic_to", r"(wogegen|worauf|auf was|gegen was) bin ich( <NOW>)* allergisch|welche allergien habe ich"
        ),
        Inquiry("allergic_to", r"(wogegen|worauf|auf was|gegen was) ist <whom:WHOM>( <NOW>)* allergisch"),
        Inquiry("birthday", r"wann habe ich geburtstag|wann ist mein geburtstag|wann (bin|wurde) ich geboren"),
        Inquiry("age", r"wie alt bin ich( <NOW>)*"),
        Inquiry("age", r"wie alt ist( <NOW>)* <whom:WHOM>( <NOW>)*"),
        Inquiry("birthday", r"wann hat <whom:WHOM> geburtstag"),
        Inquiry("birthday", r"wann (ist|wurde) <whom:WHOM> geboren"),
    ),
    answers={
        "name": Answer("Du heißt {o}", "{s} heißt {o}"),
        "lives_in": Answer("Du wohnst in {o}", "{s} wohnt in {o}", "Du hast in {o} gewohnt", "{s} hat in {o} gewohnt"),
        "works_at": Answer(
            "Du arbeitest bei {o}", "{s} arbeitet bei {o}", "Du hast bei {o} gearbeitet", "{s} hat bei {o} gearbeitet"
        ),
        "spouse": Answer("{w} heißt {o}", "{w} heißt {o}", "{w} war {o}", "{w} war {o}", "Du bist mit {o} zusammen"),
        "child": Answer("{w}: {o}", "{w}: {o}", without_word="Dein Kind: {o}"),
        "likes": Answer("Du magst {o}", "{s} mag {o}", "Du mochtest {o}", "{s} mochte {o}"),
        "dislikes": Answer("Du magst nicht: {o}", "{s} mag nicht: {o}"),
        "allergic_to": Answer("Du bist allergisch gegen {o}", "{s} ist allergisch gegen {o}"),
        "age": Answer("Du bist {o} Jahre alt", "{s} ist {o} Jahre alt"),
        "birthday": Answer("Du hast am {o} Geburtstag", "{s} hat am {o} Geburtstag"),
    },
    mine_to_yours=((r"(?i)\bmein(e?)\b", r"dein\1"), (r"(?i)\bunser(e?)\b", r"euer\1")),
    and_=" und ",
    from_=" (seit {})",
    until=" (bis {})",
    day="{d}. {m}",
    day_of_year="{d}. {m} {y}",
    month_of_year="{m} {y}",
    before=" (vorher: {})",
    month_names=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
)
