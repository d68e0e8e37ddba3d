"""Facts in Spanish that are said in a roundabout way: "Telcora es mi empresa"."""

from __future__ import annotations

from secondme.facts.tongues.tongue import sayings

OBLIQUE = (
    *sayings(
        "name",
        r"\b[Mm]i (nombre de pila|apellido|apodo) es <o:NAME>",
        r"\b([Pp]uedes|[Pp]odéis|[Pp]ueden) llamarme <o:NAME>",
        r"\b[Ll]lámame <o:NAME>",
        r"<START>[Yy]o soy <o:NAME><STOP>",
        r"\b[Mm]e (bautizaron|pusieron)( como| de nombre)? <o:NAME>",
        r"\b([Tt]odo el mundo|[Tt]odos|[Aa]quí) me (conocen?|llama) (como )?<o:NAME>",
        r"<START><o:NAME> es mi (nombre|apellido|apodo)\b",
    ),
    *sayings(
        "lives_in",
        r"\b([Mm]i|[Nn]uestr[oa]) (<NEW> )?<HOME>( <NEW>)?( ahora)? (está|se encuentra|queda|es)<SOME> (en "
        r")?<o:NAME>",
        r"\b([Tt]engo|[Tt]enemos) (mi|nuestra|la) (casa|residencia|vivienda)<SOME> en <o:PLACE>",
        r"\b[Rr]esid(o|imos)<SOME> en <o:PLACE>",
        r"\b([Mm]e|[Nn]os) (instalé|instalamos|he instalado|hemos instalado|establecí|he establecido|afinqué"
        r"|asenté)<SOME> en <o:PLACE>",
        r"\b([Aa]cabo|[Aa]cabamos) de (mudar|trasladar|instalar)(me|nos)<SOME> (a|en) <o:PLACE>",
        r"\b([Ee]stoy|[Ee]stamos) (instalad|afincad|empadronad|establecid|domiciliad)[oa]s?<SOME> en <o:PLACE>",
        r"\b[Ss]oy (vecin[oa]|residente|habitante) de <o:NAME>",
        r"\b([Dd]esde [\w ]{2,20}?|[Aa]hora|[Aa]ctualmente),? <o:NAME> es mi <HOME>\b",
        r"<START><o:NAME> es (ahora )?mi <HOME>\b",
        r"\b[Dd]esde [\w ]{3,24}? (estamos|vivimos|estoy viviendo) (ya )?en <o:NAME>",
    ),
    *sayings(
        "works_at",
        r"<START><o:NAME> es mi (empresa|compañía|empleador|empleadora|lugar de trabajo)\b",
        r"\b([Ss]oy|[Ee]stoy) (empleada|empleado|contratada|contratado|trabajadora|trabajador)( fij[oa])? (de|en"
        r"|por|para) <ORG>",
        r"\b[Ss]oy <JOB> en <ORG>",
        r"<START>(En )?<o:NAME> me (ha contratado|contrató|contrataron|han contratado|dio trabajo|paga el "
        r"sueldo)\b",
        r"\b[Qq]uien me (paga( el sueldo)?|emplea|da trabajo) es <ORG>",
        r"\b[Mm]e gano (la vida|el pan|el sueldo)<SOME> en <ORG>",
        r"\b([Ee]ntré|[Hh]e entrado|[Cc]omencé) a trabajar<SOME> en <ORG>",
        r"\b([Cc]onseguí|[Hh]e conseguido|[Ee]ncontré|[Oo]btuve|[Tt]engo) (un |mi )?(nuevo )?(puesto|trabajo"
        r"|empleo|contrato)( fijo)? en <ORG>",
        r"\b[Ff]ormo parte (de la plantilla|del equipo|del personal) de <ORG>",
        r"\b[Mm]i (nuevo )?(trabajo|puesto|empleo|empleador) (está en|es en|es) <ORG>",
    ),
    *sayings(
        "spouse",
        r"\b[Cc]omparto (mi|la) vida con <o:NAME>",
        r"\b[Mm]i media naranja (se llama|es) <o:NAME>",
        r"\b([Cc]ontraje|[Hh]emos contraído|[Hh]e contraído) matrimonio con <o:NAME>",
        r"\b[Ll]levo [\w ]{3,18} (casad[oa]|saliendo|junt[oa]) con <o:NAME>",
        r"<o:NAME> y yo (somos (un )?(matrimonio|pareja|marido y mujer)|llevamos [\w ]{3,18} (casados|casadas"
        r"|juntos|juntas))\b",
        r"<o:NAME> es (el hombre|la mujer|la persona) con (quien|el que|la que) (me casé|estoy casad[oa]|comparto "
        r"mi vida)\b",
        r"\b[Ee]stoy (prometid|casad|comprometid|emparejad)[oa]<SOME> con <o:NAME>",
        r"\b[Ss]algo<SOME> con <o:NAME>(?= desde\b)",
        r"<START>[Mm]i (esposo|esposa|marido|mujer|pareja|novio|novia), <o:NAME>,",
    ),
    *sayings(
        "child",
        r"\b[Ss]oy (la |el )?(orgullos[oa] )?(madre|padre|mamá|papá) de <o:NAME>",
        r"\b[Ss]oy (la |el )?(madre|padre|mamá|papá) de un[a]? (niñ[oa]|hij[oa]|bebé)( que se llama| llamad[oa]"
        r"|,) <o:NAME>",
        r"<OF> (peque|bebé|niñ[oa]|chiquitín|chiquitina|primogénit[oa]|retoño) (se llama|es) <o:NAME>",
        r"\b([Tt]engo|[Tt]enemos) un[a]? (hij[oa]|niñ[oa]|bebé)( que se llama| llamad[oa]|,|:) <o:NAME>",
        r"\b[Aa] (nuestr[oa]|mi) (hij[oa]|bebé|niñ[oa]) (le|lo|la) (pusimos|puse|llamamos)( de nombre)? <o:NAME>",
        r"<START><o:NAME>, <OF> (?P<w><CHILD>)( mayor| menor| pequeñ[oa])?,",
    ),
    *sayings(
        "dislikes",
        r"<START>(El|La|Los|Las) (?P<o>[a-záéíóúñ]+( de [a-záéíóúñ]+)?) no me gustan?( nada)?<STOP>",
        r"\b[Nn]o puedo ni ver (?P<o><THING>)",
        r"\b[Mm]e dan? asco (?P<o><THING>)",
        r"\b([Aa]borrezco|[Nn]o trago|[Tt]engo manía a) (?P<o><THING>)",
    ),
    *sayings(
        "likes",
        r"\b[Mm]i(s)? (?!persona|amig|compañer|prof|tí[oa]|prim[oa])[a-záéíóúñ]+s? (favorit|preferid)[oa]s? (es"
        r"|son|siempre ha sido) (?P<o><THING>)",
        r"<START>([Ee]l|[Ll]a|[Ll]os|[Ll]as) (?P<o>[a-záéíóúñ]+( de [a-záéíóúñ]+)?) (es|son) mi(s)? [a-záéíóúñ]+ "
        r"(favorit|preferid)[oa]s?\b",
        r"\b(?<!no )[Mm]e (vuelven? loc[oa]|chiflan?|apasionan?|pirran?|entusiasman?|flipan?) (?P<o><THING>)",
        r"<START>([Ee]l|[Ll]a|[Ll]os|[Ll]as) (?P<o>[a-záéíóúñ]+( de [a-záéíóúñ]+)?) me (encantan?|chiflan?"
        r"|apasionan?|gustan?( mucho| muchísimo))<STOP>",
        r"\b[Ss]oy (muy |un gran |una gran )?(aficionad[oa]|adict[oa]|devot[oa]) (al |a la |a los |a las |a "
        r")(?P<o><THING>)",
        r"\b[Nn]o hay (nada|[a-záéíóúñ]+) (mejor )?(que|como) (el |la |los |las )(?P<o>[a-záéíóúñ]+)<STOP>",
        r"\b[Dd]isfruto( mucho| muchísimo)? (del |de la |de los |de las |de )(?P<o><THING>)",
    ),
    *sayings(
        "allergic_to",
        r"\b([Pp]adezco|[Ss]ufro|[Tt]engo)( de)?( una| mucha)? alergia( \w+)? (al |a la |a los |a las |a "
        r")(?P<o><LIST>)",
        r"<START>[Aa](l| la| los| las) (?P<o>[a-záéíóúñ]+) (soy|le tengo)( muy)? (alérgic[oa]|alergia)\b",
        r"\b[Mm]e (diagnosticaron|han diagnosticado)( una)? alergia (al |a la |a los |a las |a )(?P<o><LIST>)",
        listed=True,
    ),
    *sayings(
        "allergic_to",
        r"<START>(El|La|Los|Las) (?P<o>[a-záéíóúñ]+) me (da|dan|provoca|provocan|produce|producen)( mucha)? "
        r"(alergia|urticaria|ronchas)\b",
        r"\b[Mm]e (da|dan|produce|producen)( mucha)? (alergia|urticaria) (el |la |los |las "
        r")?(?P<o>[a-záéíóúñ]+)<STOP>",
        r"\b[Nn]o puedo (comer|tomar|beber|tocar)( el| la| los| las)? (?P<o>[a-záéíóúñ]+),?( porque| ya que| "
        r"pues)? (soy|me da|me dan) (alérgic[oa]|alergia)\b",
    ),
    *sayings(
        "birthday",
        r"\b[Ee]l (?P<o><DAY>) es mi (cumple|cumpleaños|aniversario de nacimiento)\b",
        r"\b[Mm]i cumple (es|cae)( siempre)? (el )?(?P<o><DAY>)",
        r"\b[Ee]l (?P<o><DAY>) cumplo( los)?( \w+)?( años)?\b",
        r"\b[Mm]i fecha de nacimiento es( el)? (?P<o><DAY>)",
        r"\b([Cc]elebro|[Ff]estejo) mi (cumple|cumpleaños) el (?P<o><DAY>)",
        r"\b[Ee]l (?P<o><DAY>) (celebro|festejo) mi (cumple|cumpleaños)\b",
        r"\b[Vv]ine al mundo el (?P<o><DAY>)",
    ),
)
