"""Facts in French that are said in a roundabout way: "Telcora est mon employeur"."""

from __future__ import annotations

from secondme.facts.tongues.tongue import sayings

OBLIQUE = (
    *sayings(
        "name",
        r"<START>[Mm]oi,? c'est <o:NAME>",
        r"\b([Tt]u peux|[Vv]ous pouvez) m'appeler <o:NAME>",
        r"\b[Aa]ppelle(z)?-moi <o:NAME>",
        r"\b[Mm]es parents m'ont (appelée?|nommée?|prénommée?) <o:NAME>",
        r"\b([Oo]n|[Tt]out le monde) me connaît( ici)? (sous le nom de|comme) <o:NAME>",
        r"\b[Jj]e (me prénomme|me nomme) <o:NAME>",
        r"\b[Jj]e suis <o:NAME>,? (enchantée?|ravie? de)\b",
        r"<START><o:NAME> est mon (prénom|nom|surnom)\b",
    ),
    *sayings(
        "lives_in",
        r"\b([Mm]on|[Mm]a|[Nn]otre) (<NEW> )?<HOME> (est|se trouve|se situe|c'est)<SOME> (<IN> )?<o:NAME>",
        r"\b([Jj]e suis|[Nn]ous sommes|[Oo]n est)<SOME> (installée?s?|domiciliée?s?|établie?s?|logée?s?)<SOME> "
        r"<IN> <o:PLACE>",
        r"\b([Jj]e loge|[Jj]e demeure|[Jj]e crèche|[Nn]ous logeons|[Oo]n loge)<SOME> <IN> <o:PLACE>",
        r"\b([Jj]e me suis|[Oo]n s'est|[Nn]ous nous sommes) (posée?s?|établie?s?|fixée?s?)<SOME> <IN> <o:PLACE>",
        r"\b([Jj]e viens|[Nn]ous venons|[Oo]n vient) (de (déménager|emménager)|de m'installer|de nous installer"
        r"|de s'installer)<SOME> <IN> <o:PLACE>",
        r"\b[Jj]'habite (?!Rue|Avenue|Place|Boulevard|Impasse|Chemin|Quai|Allée|Cours)<o:NAME>",
        r"\b[Cc]hez (moi|nous),? c'est (<IN> )?<o:PLACE>",
        r"\b[Cc]'est <IN> <o:PLACE> que (j'habite|je vis|nous habitons|nous vivons|je réside)\b",
        r"\b[Dd]epuis [\w ]{3,24}?,? (nous sommes|je suis|on est)( installée?s?)? (à|en|au) <o:NAME>",
        r"<START><o:NAME> est (maintenant )?(ma ville|mon chez-moi|notre ville|mon lieu de vie)\b",
    ),
    *sayings(
        "works_at",
        r"<START><o:NAME> est mon (nouvel )?(employeur|entreprise|lieu de travail)\b",
        r"\b[Jj]e gagne (ma vie|mon pain)<SOME> <AT><o:NAME>",
        r"\b[Jj]e suis (salariée?|employée?|en poste|en CDI|embauchée?|agent)<SOME> (de|d'|chez|par|à la|à l') "
        r"?<o:NAME>",
        r"\b[Jj]e suis <JOB> (chez |au |à la |à l')<o:NAME>",
        r"<START><o:NAME> m'(a|avait) (embauchée?|recrutée?|engagée?)\b",
        r"\b[Cc]'est (chez|pour) <o:NAME> que je (travaille|bosse)\b",
        r"\b[Jj]'ai (décroché|obtenu|trouvé|signé)<SOME> (poste|emploi|job|boulot|contrat|CDI) (chez|à la) "
        r"<o:NAME>",
        r"\b[Jj]'ai été (recrutée?|embauchée?|engagée?) (par|chez) <o:NAME>",
        r"\b[Mm]on (nouveau )?(boulot|travail|job|poste) est (chez|à la) <o:NAME>",
    ),
    *sayings(
        "spouse",
        r"\b[Jj]e partage ma vie avec <o:NAME>",
        r"\b[Mm]a (moitié|tendre moitié) (s'appelle|c'est|est) <o:NAME>",
        r"<o:NAME> et moi (formons un couple|sommes (mari et femme|en couple|pacsés|pacsées|mariés|mariées))\b",
        r"\b[Jj]e sors<SOME> avec <o:NAME>(?= depuis\b)",
        r"\b[Jj]'ai dit oui à <o:NAME>",
        r"\b[Jj]e vis (en couple|maritalement) avec <o:NAME>",
        r"\b[Jj]e suis (mariée?|fiancée?|pacsée?)<SOME> (à|avec) <o:NAME>",
        r"<o:NAME> est (l'homme|la femme|celui|celle) que j'ai épousée?\b",
    ),
    *sayings(
        "child",
        r"\b[Jj]e suis (la |le )?(maman|mère|papa|père)( d'une? (fille|fils|enfant|garçon))?( de | d'|,? qui "
        r"s'appelle |,? nommée? )<o:NAME>",
        r"<OF> (petite?|bébé|enfant|gamine?|aînée?|cadette?|puce) (s'appelle|c'est|,) ?<o:NAME>",
        r"\b([Jj]'ai|[Nn]ous avons|[Oo]n a) une? (fils|fille|garçon|enfant|bébé)( qui s'appelle|,| nommée?| du "
        r"nom de) <o:NAME>",
        r"\b([Nn]ous avons|[Oo]n a|[Jj]'ai) (appelé|nommé|prénommé) (notre|mon|ma) (fils|fille|enfant|bébé) "
        r"<o:NAME>",
        r"<START><o:NAME>, <OF> (petite? )?(?P<w><CHILD>)( aînée?| cadette?)?,",
    ),
    *sayings(
        "dislikes",
        r"\b[Jj]'ai horreur d(es|u|e la|e l'|e) ?(?P<o><THING>)",
        r"\b[Jj]e ne supporte (pas|plus) (?P<o><THING>)",
        r"<START>[Ll](es|e|a|') ?(?P<o>[a-zéèêàâîôûç]+)( \w+)?, (je (déteste|hais) ça|j'ai horreur de ça|je "
        r"n'aime pas( ça)?|j'aime pas( ça)?)\b",
    ),
    *sayings(
        "likes",
        r"\b[Mm](on|a|es) [a-zéèêç]+s? préférée?s? (est|sont|c'est|,? c'est) (?P<o><THING>)",
        r"<START>[Ll](e|a|es|') ?(?P<o>[a-zéèêàâîôûç]+( de [a-z]+)?) (est|sont) m(on|a|es) [a-zéèêç]+s? "
        r"préférée?s?\b",
        r"\b[Rr]ien ne vaut (le |la |les |l'|un |une )(?P<o>[a-zéèêàâîôûç]+)<STOP>",
        r"\b[Jj]e raffole d(es|u|e la|e l'|e) ?(?P<o><THING>)",
        r"<START>[Ll](es|e|a|') ?(?P<o>[a-zéèêàâîôûç]+)( \w+)?, (j'adore( ça)?|j'aime( beaucoup| bien)? ça|je "
        r"raffole de ça|c'est mon truc)\b",
        r"\b[Jj]e suis (amateur|amatrice|mordue?|accro|un grand fan|une grande fan) (d(e |es |u |e la |'|e l')"
        r"|aux |au |à la |à l')(?P<o><THING>)",
        r"\b[Jj]e ne me lasse (pas|jamais) d(es |u |e la |e l'|e )(?P<o><THING>)",
        r"\b[Cc]e que je préfère,? c'est (?P<o><THING>)",
    ),
    *sayings(
        "allergic_to",
        r"\b[Jj]e (fais|souffre d'|développe)( de| d')? ?une (\w+ )?allergie <TO>(?P<o><LIST>)",
        r"\b[Jj]e suis<SOME> allergique( depuis [\w ]{3,18}?| (très|vraiment|assez) \w+)? <TO>(?P<o><LIST>)",
        r"<START>[AÀ](u|ux| la| l') ?(?P<o>[a-zéèêàâîôûç]+),? je suis( très)? allergique\b",
        r"\b[Oo]n m'a (diagnostiqué|trouvé) une (\w+ )?allergie <TO>(?P<o><LIST>)",
        listed=True,
    ),
    *sayings(
        "allergic_to",
        r"<START>[Ll](es|e|a|') ?(?P<o>[a-zéèêàâîôûç]+) me (donnent?|provoquent?|causent?|déclenchent?) (de "
        r"l'urticaire|des? allergies?|une allergie|des plaques)",
        r"\b[Jj]e ne peux pas (manger|boire|prendre|toucher)( de| d'| le| la| les| du| des)+ "
        r"?(?P<o>[a-zéèêàâîôûç]+), (car |parce que )?(je suis|j'y suis) allergique\b",
    ),
    *sayings(
        "birthday",
        r"\b[Ll]e (?P<o><DAY>),? (c'est|est) mon anniversaire\b",
        r"\b[Ll]e (?P<o><DAY>),? (j'aurai|je vais avoir|je fête mes|j'ai) [\w-]+ ans\b",
        r"\b[Mm]a date de naissance (est|c'est)( le)? (?P<o><DAY>)",
        r"\b[Jj]e fête mon (anniversaire|anniv) le (?P<o><DAY>)",
        r"\b[Ll]e (?P<o><DAY>),? je fête mon (anniversaire|anniv)\b",
        r"\b[Jj]'ai vu le jour le (?P<o><DAY>)",
        r"\b[Jj]e suis du (?P<o><DAY>)<STOP>",
    ),
)
