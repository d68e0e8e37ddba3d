"""Facts in Spanish."""

from __future__ import annotations

import re

from secondme.facts.lexicon import NAME
from secondme.facts.tongues.oblique import spanish
from secondme.facts.tongues.tongue import CLAUSE, Answer, Inquiry, Saying, Tongue

_KIN = {
    "mujer": "wife", "esposa": "wife", "marido": "husband", "esposo": "husband", "pareja": "partner",
    "novia": "girlfriend", "novio": "boyfriend", "prometida": "fiancée", "prometido": "fiancé", "hija": "daughter",
    "hijo": "son", "madre": "mother", "mamá": "mum", "padre": "father", "papá": "dad", "hermana": "sister",
    "hermano": "brother", "abuela": "grandma", "abuelo": "grandpa", "tía": "aunt", "tío": "uncle", "prima": "cousin",
    "primo": "cousin", "sobrina": "niece", "sobrino": "nephew", "nieta": "granddaughter", "nieto": "grandson",
}  # fmt: skip
_PARTNERS = "mujer|esposa|marido|esposo|pareja|novia|novio|prometida|prometido|compañera|compañero"
_CHILDREN = "hija|hijo|hija mayor|hijo mayor|hija menor|hijo menor|hijita|hijito"
_END = (
    r"(?=\s*(?:[,.;:!?()…\n]|[-–—]\s|$)|\s+(?:y|e|pero|porque|desde|hasta|con|en|ahora|hoy|ayer|hace|cuando|donde"
    r"|como|ya"
    r"|también|mucho|sobre todo|los|por|para|o|que|actualmente|este|esta)\b)"
)
_LOW = (
    rf"(?!(?:un\w*|el|la|los|las|mi|tu|su|este|esta|casa|paz|familia|directo|serio|general|pareja|común"
    rf"|línea)\b)[a-záéíóúñ]{{3,}}{_END}"
)
_CITIES = (
    "Madrid|Barcelona|Sevilla|Valencia|Bilbao|Zaragoza|Málaga|Granada|Murcia|Salamanca|Vigo|España|México|Argentina"
    "|Chile"
    "|Perú|Colombia|Bogotá|Medellín|Lima|Quito|Ecuador|Santiago|Montevideo|Uruguay|Caracas|Venezuela|Guadalajara"
    "|Monterrey|Buenos Aires|Rosario|Córdoba|Berlín|París|Londres|Roma|Alemania|Francia|Italia|Portugal|Lisboa|La "
    "Habana"
)
_ARTICLES = "mi tu el un de su al del este ese en otro nuevo buen gran"
_NOT_A_NOUN = "".join(f"(?<!\\b{word} )" for word in (*_ARTICLES.split(), *_ARTICLES.title().split()))

SPANISH = Tongue(
    code="es",
    hint=r"(?i)\b(?:yo|estamos|no hay (?:nada|nadie)"
    r"|soporto|aguanto|estoy|llev\w+|mi|mis|me|nos|nuestr[oa]s?|vivo|vivimos|vive|viví\w*|trabaj\w+"
    r"|llamo|llama|soy|alérgic[oa]"
    r"|alergia"
    r"|cumpleaños|cumplo|cumple|nací|nació|tengo|tenemos|casad[oa]|amo|odio|adoro|mudé|gusta[n]?|encanta[n]?"
    r"|resid\w+|acab\w+ de|sal(?:go|imos)|disfruto|padezco|sufro|celebro|festejo|conseguí|encontré|puedo"
    r"|obtuve|aborrezco|comparto|contraje|formo)\b",
    phrases={
        "GAP": r"( (?!en\b|a\b|con\b|para\b)[\w’'.-]+){0,5}?",
        "HOW": r"( (?!en\b)[\w’'.-]+){0,6}?",
        "WHO": (
            rf"(\b([Mm]i|[Nn]uestr[oa]) (?P<k>(?i:{'|'.join(_KIN)}))( <n:NAME>|, <m:NAME>,)?"
            r"|(^|[,;:.!?¡¿–-] ?|\b(y|pero|que|porque) )(?![Mm]i )<s:NAME>)"
        ),
        "OF": r"\b([Mm]i|[Nn]uestr[oa])",
        "PARTNER": rf"(?i:{_PARTNERS})",
        "CHILD": rf"(?i:{_CHILDREN})",
        "PLACE": rf"((el |la |los |las )?{NAME}|{_LOW})",
        "ORG": rf"(la empresa |el |la |los )?(?P<o>(?!(?:{_CITIES})\b){NAME})",
        "THING": rf"[^,.;:!?()\"“”\n]{{2,40}}?{_END}",
        "LIST": r"[\wáéíóúñ -]{2,24}?(, [\w -]{2,24}?)*( (y|e) [\w -]{2,24}?)?(?=\s*[,.;:!?()\n]|\s*$|\s+(desde|pero"
        r"|y por)\b)",
        "DAY": r"(\d{1,2} de [a-z]{4,10}|\d{1,2}/\d{1,2})( de \d{4}|/\d{4})?",
        "WHOM": rf"(mi (?P<k>{'|'.join(_KIN)})( (?P<n>[\wáéíóúñ-]+))?"
        r"|(?!(yo|él|ella|el|la|mi|tu)\b)(?P<s>[\w-]+( (?-i:[A-ZÁÉÍÓÚÑ])[\w-]+)?))",
        "NOW": r"(ahora|hoy|actualmente|yo|en este momento|ahora mismo|todavía)",
        "BEFORE": r"(antes|yo|entonces|anteriormente|en \d{4})",
        "HOME": r"(casa|hogar|residencia|domicilio|piso|vivienda|ciudad|apartamento|departamento)",
        "JOB": (
            r"(?!extranjer|primer|estudiant|pacient|client)[a-záéíóúñ]+(er[oa]|or|ora|ista|ic[oa]|ente|ent[ae]"
            r"|ari[oa]|ólog[oa]|tiva|tivo|efe|efa|gad[oa])( [a-záéíóúñ]+)?"
        ),
        "NEW": r"(nuev[oa]|actual)",
        "SOME": r"( (?!no\b|nunca\b|en\b|con\b|a\b)[\w’'.-]+){0,4}?",
        **CLAUSE,
        "VIVO": r"(?<!en )\b[Vv]iv(o|imos)",
        "TRABAJO": rf"{_NOT_A_NOUN}\b[Tt]rabajo",
    },
    sayings=(
        # What someone is called.
        Saying("name", r"(^\W*|[,;:.!?] |\b(hola|y|yo) )[Mm]e llamo <o:NAME>", called=True),
        Saying("name", r"\b[Mm]i nombre( completo)? es <o:NAME>"),
        Saying("name", r"\b([Tt]odos|[Mm]is amigos|[Mm]e) (me )?(llaman|dicen) <o:NAME>", called=True),
        # Where someone lives.
        Saying("lives_in", r"<VIVO><HOW> en <o:PLACE>"),
        Saying("lives_in", r"\b[Rr]esido<GAP> en <o:PLACE>"),
        Saying(
            "lives_in",
            r"\b([Mm]e (mudé|he mudado|trasladé|he trasladado)|[Nn]os (mudamos|hemos mudado|trasladamos))"
            r"<GAP>( de [\w]+)? a <o:PLACE>",
        ),
        Saying(
            "lives_in",
            r"\b([Mm]e|[Nn]os) (mudé|he mudado|mudamos|hemos mudado)( (?!a\b|de\b)[\w.]+){0,4}? de <o:PLACE> a "
            r"[\w]+",
            ends=True,
        ),
        Saying("lives_in", r"\b([Mm]i|[Nn]uestra) (casa|piso|departamento)( nuev[oa])? está en <o:PLACE>"),
        Saying("lives_in", r"<WHO> (vive|reside)<GAP> en <o:PLACE>"),
        Saying("lives_in", r"<WHO> se (mudó|ha mudado)<GAP> a <o:PLACE>"),
        Saying("lives_in", r"\b[Yy]a no viv(o|imos) en <o:PLACE>", ends=True),
        Saying("lives_in", r"\b[Vv]iv(í|ía|íamos)<GAP> en <o:PLACE>", ends=True),
        Saying("lives_in", r"\b([Hh]e|[Hh]emos) vivido<GAP> en <o:PLACE>", ends=True),
        Saying("lives_in", r"\b([Mm]e fui|[Nn]os fuimos) de <o:PLACE>(?= para siempre| definitivamente)", ends=True),
        Saying("lives_in", r"\b[Ll]lev(o|amos) [\w ]{3,20} viviendo en <o:PLACE>"),
        # Where someone works.
        Saying(
            "works_at",
            r"<TRABAJO>( (?!en\b|para\b|con\b|de\b)[\w’'.-]+){0,4}?( (de|como) [\w ]{3,30}?)? (en|para) <ORG>",
        ),
        Saying("works_at", r"\b([Ee]mpecé|[Hh]e empezado)( a trabajar)?( [\w]+)? en <ORG>"),
        Saying("works_at", r"\b[Mm]e (contrataron|han contratado) en <ORG>"),
        Saying("works_at", r"\b[Mm]i empresa (es|se llama) <o:NAME>"),
        Saying("works_at", r"<WHO> trabaja( (?!en\b|para\b|con\b)[\w’'.-]+){0,5}? (en|para) <ORG>"),
        Saying("works_at", r"\b[Yy]a no trabajo (en|para) <ORG>", ends=True),
        Saying("works_at", r"\b([Tt]rabajé|[Tt]rabajaba|[Hh]e trabajado)<GAP> (en|para) <ORG>", ends=True),
        Saying("works_at", r"\b([Dd]ejé|[Hh]e dejado)( mi trabajo en| el trabajo en| de trabajar en) <ORG>", ends=True),
        Saying("works_at", r"\b[Rr]enuncié (en|a) <ORG>", ends=True),
        # With whom someone lives.
        Saying("spouse", r"\b[Ee]stoy (casad[oa]|comprometid[oa]|saliendo|en pareja|junt[oa]) con <o:NAME>"),
        Saying("spouse", r"\b[Mm]e (casé|he casado)<GAP> con <o:NAME>"),
        Saying(
            "spouse",
            r"<o:NAME> y yo (estamos (casados|casadas|comprometidos|comprometidas|juntos|juntas|saliendo)"
            r"|nos (casamos|hemos casado)|somos (pareja|novios|novias))",
        ),
        Saying("spouse", r"<OF> (?P<w><PARTNER>)( se llama| es|,)? <o:NAME>"),
        Saying("spouse", r"<o:NAME> es <OF> (?P<w><PARTNER>)(?=\W|$)"),
        Saying("spouse", r"\b[Mm]e (separé|divorcié|he separado|he divorciado) de <o:NAME>", ends=True),
        Saying(
            "spouse",
            r"<o:NAME> y yo (nos (separamos|divorciamos|hemos separado|hemos divorciado)|terminamos|rompimos)",
            ends=True,
        ),
        Saying("spouse", r"<o:NAME> ya no es <OF> (?P<w><PARTNER>)\b", ends=True),
        Saying("spouse", r"\b[Ee]stoy (divorciad[oa]|separad[oa]) de <o:NAME>", ends=True),
        # Children.
        Saying("child", r"<OF> (pequeñ[oa] )?(?P<w><CHILD>)( mayor| menor| pequeñ[oa])?( se llama| es|,)? <o:NAME>"),
        Saying("child", r"<o:NAME> es <OF> (?P<w><CHILD>)( mayor| menor)?(?=\W|$)"),
        Saying(
            "child",
            r"\b(([Mm]is|[Nn]uestr[oa]s) (hijos|hijas|niños)( se llaman| son|,)|([Tt]engo|[Tt]enemos) (dos|tres"
            r"|cuatro) (hijos|hijas|niños)[,:]) (?P<o><NAME>(, <NAME>)* (y|e) <NAME>)",
            listed=True,
        ),
        Saying("child", r"\b([Tt]engo|[Tt]enemos) un[a]? (hijo|hija)( que se llama|,| llamad[oa]) <o:NAME>"),
        # What someone likes.
        Saying("dislikes", r"\b[Nn]o me gustan? (nada )?(?P<o><THING>)"),
        Saying("dislikes", r"\b([Oo]dio|[Dd]etesto) (?P<o><THING>)"),
        Saying("dislikes", r"\b[Nn]o (soporto|aguanto) (?P<o><THING>)"),
        Saying(
            "likes",
            r"(?<!no )(?<!No )\b[Mm]e (gustan?|encantan?|fascinan?)( mucho| muchísimo| bastante)? (?P<o><THING>)",
        ),
        Saying("likes", r"\b([Aa]doro|[Ss]oy (muy )?(fan|fanátic[oa]) de) (?P<o><THING>)"),
        Saying("likes", r"\b[Aa] <s:NAME> le (gustan?|encantan?)( mucho)? (?P<o><THING>)"),
        Saying(
            "likes",
            rf"\b[Aa] (mi|nuestr[oa]) (?P<k>(?i:{'|'.join(_KIN)}))( <n:NAME>)? le (gustan?|encantan?)( mucho)? "
            r"(?P<o><THING>)",
        ),
        Saying("likes", r"\b[Yy]a no me gustan? (?P<o><THING>)", ends=True),
        # What someone can't have.
        Saying("allergic_to", r"\b[Ss]oy<GAP> alérgic[oa] (al |a la |a los |a las |a )(?P<o><LIST>)", listed=True),
        Saying("allergic_to", r"\b[Tt]engo( una)? alergia (al |a la |a los |a las |a )(?P<o><LIST>)", listed=True),
        Saying(
            "allergic_to",
            r"<WHO> (es<GAP> alérgic[oa]|tiene( una)? alergia) (al |a la |a los |a las |a )(?P<o><LIST>)",
            listed=True,
        ),
        # Birthdays.
        Saying("birthday", r"\b[Mm]i cumpleaños (es|cae)( siempre)? (el )?(?P<o><DAY>)"),
        Saying("birthday", r"\b[Ee]l (?P<o><DAY>) es mi cumpleaños\b"),
        Saying("birthday", r"\b[Cc]umplo( los)? (\w+ )?años (el )(?P<o><DAY>)"),
        Saying("birthday", r"\b[Nn]ací (en [\w ]+ )?el (?P<o><DAY>)"),
        Saying("birthday", r"\b[Ee]l cumpleaños de <s:NAME> es (el )?(?P<o><DAY>)"),
        Saying("birthday", rf"\b[Ee]l cumpleaños de mi (?P<k>(?i:{'|'.join(_KIN)}))( <n:NAME>)? es (el )?(?P<o><DAY>)"),
        Saying("birthday", r"<WHO> (nació (en [\w ]+ )?el|cumple( los)? (\w+ )?años el) (?P<o><DAY>)"),
        # How old someone is.
        Saying("age", r"\b[Tt]engo( \w+)? (?P<o>\d{1,3}) años\b"),
        Saying("age", r"<WHO>,?( ya| solo| aún)? tiene( \w+){0,2}? (?P<o>\d{1,3}) años\b"),
        *spanish.OBLIQUE,
    ),
    kin=_KIN,
    no_objects={
        "": r"(?i)(?:quien|quién|lunes|martes|miércoles|jueves|viernes|sábado|domingo|enero|febrero|marzo|abril"
        r"|mayo|junio"
        r"|julio|agosto"
        r"|septiembre|octubre|noviembre|diciembre|hoy|mañana|navidad)\b",
        "lives_in": r"(?i)(?:venta|obras|reforma|ruinas|casa|paz|armonía|alquiler|pareja|familia|comunidad"
        r"|el campo|la ciudad|la calle|las nubes"
        r"|el centro|el pasado|el presente|un\w*|la playa|la costa|la montaña|el extranjero|pobreza|otro|otra"
        r"|mundo|función"
        r"|el mundo|el tercer\w*|el primer\w*|la misma|el mismo|base|verdad|realidad)\b",
        "works_at": r"(?i)(?:casa|equipo|turno|jornada|oficina|navidad|remoto|verano)\b",
        "likes": r"(?i)(?:vida|la vida|que|es|son|cuando|cómo|como|esto|eso|ese|esa|este|esta|tú|él|ella|lo que"
        r"|más|menos|si"
        r"|mucho|tu"
        r"|tus|su|sus"
        r"|la idea|el plan|nada)\b",
        "dislikes": r"(?i)(?:que|cuando|cómo|como|esto|eso|lo que|más|si|tu|tus|su|sus|nada|la idea)\b",
        "name": r"(?i)(?:dios|aries|tauro|géminis|cáncer|leo|virgo|libra|escorpio|sagitario|capricornio|acuario|piscis"
        r"|español\w*|mexican\w+|argentin\w+|cuando|si)\b",
        "allergic_to": r"(?i)(?:todo|nada|ti|algo|esto|eso|la gente|trabajar|los lunes)\b",
        "spouse": r"(?i)(?:es|médic\w*|profesor\w*)\b",
        "child": r"(?i)(?:es|dios)\b",
    },
    no_subjects=r"(?i)(?:el|la|los|las|un\w*|yo|tú|él|ella|ellos|nosotros|que|quien|quién|qué|dónde|donde|cómo"
    r"|cuándo|mi|tu"
    r"|su|si|cuando|hoy|ayer|mañana|aquí|allí|nadie|todo\w*|alguien|aunque|porque|pero|y|no|sí|antes|ahora|ojalá"
    r"|quizás?"
    r"|dios|gente|también|ya|este|esta|ese|esa)\b",
    drops=r"(?i)^(?:el|la|los|las|un|una|comer|beber|tomar) (?=\S)",
    pair=re.compile(
        r",\s*(?:y )?(?:a (?:la|los|las) |al )?|\s+(?:y|e)\s+(?:a (?:la|los|las) |al )?(?:el |la |los "
        r"|las )?"
    ),
    asks=r"^\W*¿|¿[^?]*$|(?i:^\W*(?:y )?(?:dónde|cuándo|quién|cómo|qué|cuál|por qué|sabes (?:si|dónde|cuándo)"
    r"|recuerdas"
    r"|te acuerdas)\b|,? (?:verdad|no|cierto)\W*\?$)",
    denies=r"(?i)\b(?:no(?! hay nada (?:mejor )?(?:como|que))|nunca|jamás|tampoco|ni|nadie|ningun\w*)\b",
    hearsay=r"(?i)\b(?:dice|dijo|dicen|cree|creen|piensa|piensan|según|supuestamente|al parecer|aparentemente|parece"
    r"|cuentan|contó|cuenta|afirma|asegura|escribe|escribió|he oído|oí|me (?:dijeron|han dicho|contaron)|se "
    r"rumorea)\b",
    unsure=r"(?i)\b(?:si|ojalá|quizás?|tal vez|a lo mejor|quiero|queremos|quisiera|quería|gustaría|encantaría|voy "
    r"a|vamos a"
    r"|viviría|trabajaría|viviré|trabajaré|espero|esperamos|sueño|soñé|imagina|imagínate|como si|casi|pensando en"
    r"|pienso"
    r"|planeo|plan|próxim[oa]|mañana|pronto|puede que|podría|supongamos|en (?:mi|una|la) (?:novela|película|historia)"
    r"|personaje|narrador|antes de|sería|fuera|estuviera|tuviera)\b",
    unsure_after=r"(?i)^\W*(?:si |el próximo|la próxima|el año que viene|el mes que viene|a partir de|quizás?|tal "
    r"vez)",
    jokes=r"(?i)\b(?:es broma|en broma|bromeo|bromeando|mentira|ironía)\b",
    months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep|set", "oct", "nov", "dic"),
    since=r"(?i)\bdesde\b",
    happens=r"(?i)\b(?:mudé|mudado|mudamos|mudó|trasladé|empecé|empezado|casé|casado|dejé|dejado|renuncié|separé"
    r"|hasta)\b",
    inquiries=(
        Inquiry("lives_in", r"(en )?d[oó]nde (vivo|vivimos|resido)( yo)?( <NOW>)*|en qué ciudad vivo( <NOW>)*"),
        Inquiry("lives_in", r"(en )?d[oó]nde vive (<NOW> )?<whom:WHOM>( <NOW>)*"),
        Inquiry("lives_in", r"(en )?d[oó]nde (vivía|viví|he vivido)( yo)?( <BEFORE>)*", "before"),
        Inquiry("lives_in", r"desde cuándo vivo (<NOW> )*(en (?P<named>[\w -]+?)|aquí|ahí|allí)", "since"),
        Inquiry("works_at", r"(en |para )?(d[oó]nde|quién|qué empresa) trabajo( yo)?( <NOW>)*"),
        Inquiry("works_at", r"(en |para )?(d[oó]nde|quién|qué empresa) trabaja (<NOW> )?<whom:WHOM>( <NOW>)*"),
        Inquiry("works_at", r"(en |para )?d[oó]nde (trabajaba|trabajé|he trabajado)( <BEFORE>)*", "before"),
        Inquiry("works_at", r"desde cuándo trabajo (<NOW> )*(en (?P<named>[\w -]+?)|ahí|allí)", "since"),
        Inquiry("name", r"c[oó]mo me llamo|cuál es mi nombre|quién soy( yo)?"),
        Inquiry(
            "spouse",
            r"(c[oó]mo se llama|quién es) (?P<w>mi (mujer|esposa|marido|esposo|pareja|novia|novio|prometid[oa]))",
        ),
        Inquiry("spouse", r"con quién estoy casad[oa]( <NOW>)*"),
        Inquiry(
            "child",
            r"(c[oó]mo se llaman?|quién(es)? (es|son)) (?P<w>(mis?|nuestr[oa]s?) (hija|hijo|hijos|hijas|niños))",
        ),
        Inquiry("likes", r"qué me (gusta|encanta)( <NOW>)*( comer| beber| hacer)?"),
        Inquiry("likes", r"qué le (gusta|encanta) a <whom:WHOM>"),
        Inquiry("dislikes", r"qué no me gusta"),
        Inquiry("allergic_to", r"a qué (soy alérgic[oa]|tengo alergia)|qué alergias tengo"),
        Inquiry("allergic_to", r"a qué (es alérgic[oa]|tiene alergia) <whom:WHOM>"),
        Inquiry("birthday", r"cuándo (es mi cumpleaños|nací|cumplo años)"),
        Inquiry("age", r"(cuántos años|qué edad) tengo( ahora| ya)?"),
        Inquiry("age", r"(cuántos años|qué edad) tiene( ahora| ya)? <whom:WHOM>( ahora| ya)?"),
        Inquiry("birthday", r"cuándo (es el cumpleaños de|nació|cumple años) <whom:WHOM>"),
    ),
    answers={
        "name": Answer("Te llamas {o}", "{s} se llama {o}"),
        "lives_in": Answer("Vives en {o}", "{s} vive en {o}", "Vivías en {o}", "{s} vivía en {o}"),
        "works_at": Answer("Trabajas en {o}", "{s} trabaja en {o}", "Trabajabas en {o}", "{s} trabajaba en {o}"),
        "spouse": Answer("{w}: {o}", "{w}: {o}", without_word="Tu pareja: {o}"),
        "child": Answer("{w}: {o}", "{w}: {o}", without_word="Tu hijo o hija: {o}"),
        "likes": Answer("Te gusta: {o}", "A {s} le gusta: {o}", "Te gustaba: {o}", "A {s} le gustaba: {o}"),
        "dislikes": Answer("No te gusta: {o}", "A {s} no le gusta: {o}"),
        "allergic_to": Answer("Tienes alergia a: {o}", "{s} tiene alergia a: {o}"),
        "age": Answer("Tienes {o} años", "{s} tiene {o} años"),
        "birthday": Answer("Tu cumpleaños es el {o}", "El cumpleaños de {s} es el {o}"),
    },
    mine_to_yours=((r"(?i)\bmis\b", "tus"), (r"(?i)\bmi\b", "tu"), (r"(?i)\bnuestr([oa]s?)\b", r"vuestr\1")),
    and_=" y ",
    from_=" (desde {})",
    until=" (hasta {})",
    day="{d} de {m}",
    day_of_year="{d} de {m} de {y}",
    month_of_year="{m} de {y}",
    before=" (antes: {})",
    month_names=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
)
