"""Facts in French."""

from __future__ import annotations

import re

from secondme.facts.lexicon import NAME
from secondme.facts.tongues.oblique import french
from secondme.facts.tongues.tongue import CLAUSE, Answer, Inquiry, Saying, Tongue

_KIN = {
    "femme": "wife", "épouse": "wife", "mari": "husband", "époux": "husband", "conjoint": "partner",
    "conjointe": "partner", "compagnon": "partner", "compagne": "partner", "copine": "girlfriend",
    "copain": "boyfriend", "petite amie": "girlfriend", "petit ami": "boyfriend", "fiancée": "fiancée",
    "fiancé": "fiancé", "fille": "daughter", "fils": "son", "mère": "mother", "maman": "mum", "père": "father",
    "papa": "dad", "sœur": "sister", "soeur": "sister", "frère": "brother", "grand-mère": "grandmother",
    "grand-père": "grandfather", "mamie": "grandma", "papi": "grandpa", "tante": "aunt", "oncle": "uncle",
    "cousine": "cousin", "cousin": "cousin", "nièce": "niece", "neveu": "nephew",
}  # fmt: skip
_PARTNERS = "femme|épouse|mari|époux|conjointe?|compagnon|compagne|copine|copain|petite amie|petit ami|fiancée?"
_CHILDREN = "fille|fils|fille aînée|fils aîné|petite fille|fille cadette|fils cadet"
_END = (
    r"(?=\s*(?:[,.;:!?()…\n]|[-–—]\s|$)|\s+(?:et|mais|car|parce|depuis|jusqu|avec|à|au|en|maintenant|aujourd|hier"
    r"|il y a|quand"
    r"|où|comme|aussi|beaucoup|surtout|pour|ou|que|qui|actuellement|cette|ce|dans|chez)\b)"
)
_LOW = (
    rf"(?!(?:une?|le|la|les|mon|ma|mes|ce|cette|leur|deux|trois|peu|côté|plein|part|nouveau"
    rf"|l)\b)[a-zàâçéèêëîïôûùœ-]{{3,}}{_END}"
)

FRENCH = Tongue(
    code="fr",
    hint=r"(?i)\b(?:je|j['’]\w+|nous|on|mon|ma|mes|notre|nos|habite|vit|travaille|s['’]appelle|aime|adore|déteste"
    r"|allergique"
    r"|allergie|anniversaire|né|née|marié\w*|moi|donnent|provoquent|rien ne vaut|m['’]\w+)\b",
    phrases={
        "GAP": r"( (?!à\b|en\b|au\b|aux\b|dans\b|chez\b|pour\b|plus\b|pas\b)[\w’'.-]+){0,5}?",
        "NAME": rf"{NAME}(?: (?:du |des |d['’]){NAME})?",
        "WHO": (
            rf"(\b([Mm]on|[Mm]a|[Nn]otre) (?P<k>(?i:{'|'.join(sorted(_KIN, key=len, reverse=True))}))"
            r"( <n:NAME>|, <m:NAME>,)?|(^|[,;:.!?–-] ?|\b(et|mais|que|car) )(?!M(a|on) )<s:NAME>)"
        ),
        "OF": r"\b([Mm]on|[Mm]a|[Nn]otre)",
        "PARTNER": rf"(?i:{_PARTNERS})",
        "CHILD": rf"(?i:{_CHILDREN})",
        "IN": r"(à|en|au|aux|dans l[ae]|près de|du côté de)",
        "PLACE": rf"((la |le |les |l')?{NAME}|{_LOW})",
        "AT": r"(chez|pour|à la|à l'|au) ?(le |la |les |l')?",
        "THING": rf"[^,.;:!?()\"“”\n]{{2,40}}?{_END}",
        "LIST": r"[\w'’ -]{2,30}?(, [\w'’ -]{2,30}?)*( et [\w'’ -]{2,30}?)?(?=\s*[,.;:!?()\n]|\s*$|\s+(depuis|mais)\b)",
        "DAY": r"(\d{1,2}|1er) [a-zéû]{3,9}\.?( \d{4})?|\d{1,2}/\d{1,2}(/\d{4})?",
        "WHOM": rf"((mon|ma) (?P<k>{'|'.join(sorted(_KIN, key=len, reverse=True))})( (?P<n>[\w-]+))?"
        r"|(?!(je|il|elle|on|ce|le|la|mon|ma|que|j)\b)(?P<s>[\w-]+( (?-i:[A-ZÉÈÀÂÎÔ])[\w-]+)?))",
        "NOW": r"(maintenant|actuellement|aujourd'hui|déjà|en ce moment)",
        "BEFORE": r"(avant|auparavant|autrefois|à l'époque|en \d{4})",
        "TO": r"(à la |à l'|aux |au |à )",
        "HOME": r"(appartement|maison|domicile|logement|studio|adresse|ville|foyer|chez-moi)",
        "JOB": (
            r"(?!premi|derni|étrang|particuli)[a-zéèêç]+(ier|ière|eure?|euse|rice|iste|ien|ienne|cin|aire|able"
            r"|ecte|ogue|hef|heffe)( [a-zéèêç]+)?"
        ),
        "NEW": r"(nouvel|nouvelle|nouveau)",
        "SOME": r"( (?!pas\b|plus\b|jamais\b|à\b|en\b|au\b|aux\b|chez\b|avec\b)[\w’'.-]+){0,4}?",
        **CLAUSE,
    },
    sayings=(
        # What someone is called.
        Saying("name", r"(^\W*|[,;:.!?] ?|\b(bonjour|salut|et|moi) )([Mm]oi,? )?[Jj]e m'appelle <o:NAME>", called=True),
        Saying("name", r"\b[Mm]on (nom|prénom)( complet)?( est|,? c'est) <o:NAME>"),
        Saying("name", r"\b([Tt]out le monde|[Mm]es amis|[Oo]n) m'appelle(nt)? (toujours )?<o:NAME>", called=True),
        # Where someone lives.
        Saying(
            "lives_in",
            r"\b([Jj]'habite|[Jj]e vis|[Jj]e réside|[Oo]n habite|[Oo]n vit|[Nn]ous habitons|[Nn]ous vivons)<GAP> "
            r"<IN> <o:PLACE>",
        ),
        Saying("lives_in", r"^\W*([Hh]abite)<GAP> <IN> <o:PLACE>"),
        Saying(
            "lives_in",
            r"\b([Jj]'ai|[Oo]n a|[Nn]ous avons) (déménagé|emménagé)<GAP>( de [\w-]+)? (à|en|au|aux|dans l[ae]) "
            r"<o:PLACE>",
        ),
        Saying("lives_in", r"\b([Jj]e me suis|[Oo]n s'est|[Nn]ous nous sommes) installée?s?<GAP> <IN> <o:PLACE>"),
        Saying("lives_in", r"\b([Jj]'ai|[Oo]n a|[Nn]ous avons) (déménagé) de <o:PLACE> (à|en|au) [\w-]+", ends=True),
        Saying("lives_in", r"<WHO> (habite|vit|réside)<GAP> <IN> <o:PLACE>"),
        Saying("lives_in", r"<WHO> a (déménagé|emménagé)<GAP> (à|en|au|aux) <o:PLACE>"),
        Saying(
            "lives_in",
            r"\b([Jj]e n'habite|[Jj]e ne vis|[Nn]ous n'habitons|[Oo]n n'habite|[Jj]'habite|[Jj]e vis) plus <IN> "
            r"<o:PLACE>",
            ends=True,
        ),
        Saying(
            "lives_in",
            r"\b([Jj]'habitais|[Jj]e vivais|[Nn]ous habitions|[Oo]n habitait)<GAP> <IN> <o:PLACE>",
            ends=True,
        ),
        Saying("lives_in", r"\b([Jj]'ai|[Nn]ous avons|[Oo]n a)<GAP> (habité|vécu)<GAP> <IN> <o:PLACE>", ends=True),
        Saying("lives_in", r"\b([Jj]'ai|[Nn]ous avons|[Oo]n a) quitté <o:PLACE>(?! des yeux)", ends=True),
        # Where someone works.
        Saying(
            "works_at",
            r"\b([Jj]e travaille|[Jj]e bosse)( (?!chez\b|pour\b|plus\b|pas\b|avec\b|au\b|à\b)[\w’'.-]+){0,5}? "
            r"<AT><o:NAME>",
        ),
        Saying(
            "works_at",
            r"\b([Jj]'ai (commencé|été embauchée?|trouvé un (travail|poste|emploi|job))|[Jj]e suis employée?)"
            r"( [\w]+){0,2}? (chez|à la|pour) <o:NAME>",
        ),
        Saying("works_at", r"\b[Mm]on (nouvel |nouveau )?(employeur|patron)( est|,? c'est) <o:NAME>"),
        Saying(
            "works_at",
            r"<WHO> (travaille|bosse)( (?!chez\b|pour\b|plus\b|pas\b|avec\b|au\b|à\b)[\w’'.-]+){0,5}? <AT><o:NAME>",
        ),
        Saying("works_at", r"\b([Jj]e ne travaille|[Jj]e travaille) plus <AT><o:NAME>", ends=True),
        Saying("works_at", r"\b([Jj]'ai travaillé|[Jj]e travaillais|[Jj]'ai bossé)<GAP> <AT><o:NAME>", ends=True),
        Saying(
            "works_at",
            r"\b([Jj]'ai démissionné (de|de chez)|[Jj]'ai quitté mon (travail|poste|emploi) chez) <o:NAME>",
            ends=True,
        ),
        # With whom someone lives.
        Saying("spouse", r"\b[Jj]e suis (mariée?|en couple|fiancée?|ensemble|pacsée?) (avec|à) <o:NAME>"),
        Saying("spouse", r"\b[Jj]e me suis (mariée?|pacsée?) avec <o:NAME>"),
        Saying("spouse", r"\b[Jj]'ai épousé <o:NAME>"),
        Saying(
            "spouse",
            r"<o:NAME> et moi (sommes|on est|nous sommes|,? on est) (mariés|mariées|en couple|ensemble|fiancés"
            r"|fiancées)",
        ),
        Saying("spouse", r"<OF> (?P<w><PARTNER>)( s'appelle|,? c'est|,)? <o:NAME>"),
        Saying("spouse", r"<o:NAME>,? (est|c'est) <OF> (?P<w><PARTNER>)(?=\W|$)"),
        Saying(
            "spouse", r"\b[Jj](e|'ai) (me suis (séparée?|divorcée?)|divorcé|rompu) (de|d'avec|avec) <o:NAME>", ends=True
        ),
        Saying(
            "spouse",
            r"<o:NAME> et moi,? (nous |on )?(avons (divorcé|rompu)|a (divorcé|rompu)|s'est séparés"
            r"|nous sommes séparés|sommes séparés)",
            ends=True,
        ),
        Saying("spouse", r"<o:NAME> n'est plus <OF> (?P<w><PARTNER>)\b", ends=True),
        # Children.
        Saying("child", r"<OF> (petite? )?(?P<w><CHILD>)( aînée?| cadette?)?( s'appelle|,? c'est|,)? <o:NAME>"),
        Saying("child", r"<o:NAME>,? (est|c'est) <OF> (?P<w><CHILD>)( aînée?| cadette?)?(?=\W|$)"),
        Saying(
            "child",
            r"\b(([Mm]es|[Nn]os) (enfants|filles|fils)( s'appellent|,? ce sont|,)|([Jj]'ai|[Nn]ous avons) (deux"
            r"|trois|quatre) (enfants|filles|fils) ?[,:]) (?P<o><NAME>(, <NAME>)* et <NAME>)",
            listed=True,
        ),
        Saying("child", r"\b([Jj]'ai|[Nn]ous avons) une? (fils|fille)( qui s'appelle|,| nommée?) <o:NAME>"),
        # What someone likes.
        Saying("dislikes", r"\b[Jj]e (n'aime|aime) (pas|vraiment pas|pas du tout) (?P<o><THING>)"),
        Saying("dislikes", r"\b[Jj]'aime (pas|vraiment pas|pas du tout) (?P<o><THING>)"),
        Saying("dislikes", r"\b[Jj]e (déteste|hais) (?P<o><THING>)"),
        Saying(
            "likes",
            r"\b[Jj]'(aime|adore)(?! pas| plus| vraiment pas)( beaucoup| bien| vraiment| énormément)? (?P<o><THING>)",
        ),
        Saying("likes", r"\b[Jj]e (suis (fan|fou|folle|passionnée?|friande?) d(e |u |es |'))(?P<o><THING>)"),
        Saying("likes", r"<WHO> (aime|adore)(?! pas| plus)( beaucoup| bien)? (?P<o><THING>)"),
        Saying("likes", r"\b([Jj]e n'aime|[Jj]'aime) plus (?P<o><THING>)", ends=True),
        # What someone can't have.
        Saying("allergic_to", r"\b[Jj]e suis<GAP> allergique <TO>(?P<o><LIST>)", listed=True),
        Saying("allergic_to", r"\b[Jj]'ai une (\w+ )?allergie <TO>(?P<o><LIST>)", listed=True),
        Saying("allergic_to", r"<WHO> (est<GAP> allergique|a une (\w+ )?allergie) <TO>(?P<o><LIST>)", listed=True),
        # Birthdays.
        Saying("birthday", r"\b[Mm]on anniversaire( est|,? c'est|,? tombe)( toujours)? le (?P<o><DAY>)"),
        Saying("birthday", r"\b[Jj]e suis née? (à [\w-]+ )?le (?P<o><DAY>)"),
        Saying("birthday", r"\b[Ll]'anniversaire de <s:NAME>( est|,? c'est) le (?P<o><DAY>)"),
        Saying(
            "birthday",
            rf"\b[Ll]'anniversaire de (mon|ma) (?P<k>(?i:{'|'.join(_KIN)}))( <n:NAME>)?( est|,? c'est) le "
            r"(?P<o><DAY>)",
        ),
        Saying("birthday", r"<WHO> est née? (à [\w-]+ )?le (?P<o><DAY>)"),
        # How old someone is.
        Saying("age", r"\b[Jj]'ai( \w+)? (?P<o>\d{1,3}) ans\b"),
        Saying("age", r"<WHO>,? a( \w+){0,2}? (?P<o>\d{1,3}) ans\b"),
        *french.OBLIQUE,
    ),
    kin=_KIN,
    no_objects={
        "": r"(?i)(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin"
        r"|juillet|août"
        r"|septembre|octobre|novembre|décembre|demain|noël|pâques)\b",
        "lives_in": r"(?i)(?:paix|ville|campagne|montagne|deux|temps|crédit|banlieue|couple|colocation|coloc"
        r"|location|famille"
        r"|l[ae]? ?(?:ville|rue|maison|peur|campagne|montagne|même|misère)|harmonie|cent|fond|plein|étage"
        r"|proximité|pied|autre"
        r"|étranger|bord|côté|dehors|part|ce|cette)\b",
        "works_at": r"(?i)(?:moi|maison|dieu|hasard|noël|bureau|temps)\b",
        "likes": r"(?i)(?:que|quand|ça|cela|ce|cette|comment|te|me|les? voir|bien|mieux|ton|ta|tes|son|sa|ses|toi"
        r"|lui|elle|à"
        r"|l['’]idée|être|l['’]ambiance)(?=\W|$)",
        "dislikes": r"(?i)(?:que|quand|ça|cela|ce|cette|comment|trop|ton|ta|tes|son|sa|ses|l['’]idée|être)(?=\W|$)",
        "allergic_to": r"(?i)(?:tout|rien|toi|ça|travail|gens)\b",
        "spouse": r"(?i)(?:est|c)\b",
        "child": r"(?i)(?:est|c|dieu)\b",
    },
    no_subjects=r"(?i)(?:le|la|les|l|une?|des|je|tu|il|elle|on|nous|vous|ils|elles|ce|c|ça|que|qui|quoi|où|quand"
    r"|comment"
    r"|pourquoi|mon|ma|mes|ton|ta|son|sa|notre|si|aujourd|hier|demain|ici|là|personne|tout\w*|chacun|quelqu|et"
    r"|mais|car|oui"
    r"|non|avant|maintenant|peut|dieu|moi|toi|cette|cet|ces|puis|alors)\b",
    drops=r"(?i)^(?:(?:le|la|les|un|une|des|du|de la|manger|boire|manger du|manger de la|manger des) (?=\S)|(?:l"
    r"|de l)['’](?=\S))",
    pair=re.compile(r",\s*(?:et )?(?:à la |à l['’]|aux |au )?|\s+et\s+(?:à la |à l['’]|aux |au |les |le |la )?"),
    asks=r"(?i)^\W*(?:et )?(?:où|quand|qui|comment|pourquoi|quels?|quelles?|combien|est-ce|qu['’]est-ce|tu sais "
    r"(?:si|où|quand)"
    r"|te souviens-tu)\b|\b(?:habité|vis|travaillé|suis|ai|aimé)-(?:je|t-il|t-elle)\b",
    denies=r"(?i)\b(?:(?<!rien )ne|n['’]\w+|pas|jamais|aucune?|ni|guère)\b",
    hearsay=r"(?i)\b(?:dit|disait|disent|prétend|prétendait|pense|croit|raconte|racontait|selon|d['’]après|paraît"
    r"|apparemment"
    r"|soi-disant|semble|affirme|écrit|entendu dire|on m['’]a dit|m['’]a dit|rumeur)\b",
    unsure=r"(?i)\b(?:si|s['’]il|peut-être|aimerais|aimerait|voudrais|voudrait|veux|veut|voulais|vais|allons|va"
    r"|habiterais"
    r"|habiterai|vivrais|vivrai|travaillerais|travaillerai|serais|serai|aurais|espère|espérons|rêve|rêvé|rêvais"
    r"|imagine"
    r"|imaginez|comme si|presque|failli|envisage|pense (?:à )?(?:m['’]installer|déménager)|projette|prochaine?"
    r"|demain|bientôt"
    r"|pourrais|pourrait|supposons|dans (?:mon|un|le) (?:roman|film|rêve|jeu)|personnage|narrateur|à partir de"
    r"|avant de)\b",
    unsure_after=r"(?i)^\W*(?:si |s['’]il|l['’]année prochaine|le mois prochain|la semaine prochaine|à partir de"
    r"|bientôt|peut-être"
    r"|l['’]an prochain)",
    jokes=r"(?i)\b(?:je plaisante|je rigole|blague|ironie|pour rire)\b",
    months=("jan", "fév|fev", "mar", "avr", "mai", "juin", "juil", "aoû|aou", "sep", "oct", "nov", "déc|dec"),
    since=r"(?i)\bdepuis\b",
    happens=r"(?i)\b(?:déménagé|emménagé|installée?s?|commencé|embauchée?|mariée?|épousé|quitté|démissionné"
    r"|séparée?|divorcé"
    r"|jusqu)",
    inquiries=(
        Inquiry(
            "lives_in",
            r"où (est-ce que j'habite|j'habite|habité-je|est-ce que je vis|je vis|est-ce que nous habitons)"
            r"( <NOW>)*|(dans|en) quelle ville (j'habite|est-ce que j'habite)( <NOW>)*",
        ),
        Inquiry("lives_in", r"où (habite|vit|est-ce qu'habite) (<NOW> )?<whom:WHOM>( <NOW>)*"),
        Inquiry(
            "lives_in",
            r"où (est-ce que j'habitais|j'habitais|ai-je (habité|vécu)|est-ce que j'ai (habité|vécu)|habitais-je)"
            r"( <BEFORE>)*",
            "before",
        ),
        Inquiry(
            "lives_in",
            r"depuis quand (est-ce que )?(j'habite|je vis)( <NOW>)* ((à|en|au) (?P<named>[\w -]+?)|ici|là)",
            "since",
        ),
        Inquiry("works_at", r"(où|chez qui|pour qui) (est-ce que je travaille|je travaille|travaillé-je)( <NOW>)*"),
        Inquiry("works_at", r"(où|chez qui|pour qui) travaille (<NOW> )?<whom:WHOM>( <NOW>)*"),
        Inquiry(
            "works_at",
            r"(où|chez qui) (est-ce que )?(je travaillais|j'ai travaillé|ai-je travaillé)( <BEFORE>)*",
            "before",
        ),
        Inquiry("works_at", r"depuis quand (est-ce que )?je travaille( <NOW>)* (chez (?P<named>[\w -]+?)|là)", "since"),
        Inquiry(
            "name",
            r"comment (je m'appelle|est-ce que je m'appelle|m'appelé-je|m'appelle-je)"
            r"|quel est mon (nom|prénom)|qui suis-je",
        ),
        Inquiry(
            "spouse",
            r"(comment s'appelle|qui est) (?P<w>(mon|ma) (femme|épouse|mari|époux|conjointe?|compagnon|compagne"
            r"|copine|copain|petite amie|petit ami|fiancée?))",
        ),
        Inquiry("spouse", r"avec qui (suis-je|je suis|est-ce que je suis) (mariée?|en couple)"),
        Inquiry("child", r"(comment s'appellent?|qui (est|sont)) (?P<w>(mon|ma|mes|nos) (fille|fils|enfants?|filles))"),
        Inquiry("likes", r"(qu'est-ce que j'(aime|adore)|qu'aimé-je|j'aime quoi)( <NOW>)*( manger| boire)?"),
        Inquiry("likes", r"qu'est-ce qu'aime <whom:WHOM>"),
        Inquiry("likes", r"qu'est-ce que <whom:WHOM> aime"),
        Inquiry("dislikes", r"qu'est-ce que je n'aime pas"),
        Inquiry("allergic_to", r"à quoi (est-ce que je suis|suis-je|je suis) allergique|quelles allergies ai-je"),
        Inquiry("allergic_to", r"à quoi (est-ce que )?<whom:WHOM> est(-il|-elle)? allergique"),
        Inquiry("allergic_to", r"à quoi est allergique <whom:WHOM>"),
        Inquiry(
            "birthday",
            r"(quand|quel jour) (est(-ce)? mon anniversaire|suis-je née?|est-ce que je suis née?)"
            r"|c'est quand mon anniversaire",
        ),
        Inquiry("age", r"quel âge (j'ai|ai-je)|j'ai quel âge"),
        Inquiry("age", r"quel âge a <whom:WHOM>"),
        Inquiry("birthday", r"quand (est l'anniversaire de|est née?) <whom:WHOM>"),
    ),
    answers={
        "name": Answer("Tu t’appelles {o}", "{s} s’appelle {o}"),
        "lives_in": Answer("Tu habites à {o}", "{s} habite à {o}", "Tu habitais à {o}", "{s} habitait à {o}"),
        "works_at": Answer(
            "Tu travailles chez {o}", "{s} travaille chez {o}", "Tu travaillais chez {o}", "{s} travaillait chez {o}"
        ),
        "spouse": Answer("{w} : {o}", "{w} : {o}", without_word="Tu es avec {o}"),
        "child": Answer("{w} : {o}", "{w} : {o}", without_word="Ton enfant : {o}"),
        "likes": Answer("Tu aimes : {o}", "{s} aime : {o}", "Tu aimais : {o}", "{s} aimait : {o}"),
        "dislikes": Answer("Tu n’aimes pas : {o}", "{s} n’aime pas : {o}"),
        "allergic_to": Answer("Tu es allergique : {o}", "{s} est allergique : {o}"),
        "age": Answer("Tu as {o} ans", "{s} a {o} ans"),
        "birthday": Answer("Ton anniversaire est le {o}", "L’anniversaire de {s} est le {o}"),
    },
    mine_to_yours=(
        (r"(?i)\bmon\b", "ton"),
        (r"(?i)\bma\b", "ta"),
        (r"(?i)\bmes\b", "tes"),
        (r"(?i)\bnotre\b", "votre"),
    ),
    and_=" et ",
    from_=" (depuis {})",
    until=" (jusqu’à {})",
    day="{d} {m}",
    day_of_year="{d} {m} {y}",
    month_of_year="{m} {y}",
    before=" (avant : {})",
    month_names=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
)
