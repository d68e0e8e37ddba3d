"""What someone does for a living, where, and what they study."""

from __future__ import annotations

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import (
    ARTICLES,
    INTRODUCTION,
    ModelCue,
    Phrasing,
    Predicate,
    Relation,
    Told,
    by_place,
    by_stems,
    is_ordinary,
)

OCCUPATIONS = any_of("""
    nurse, teacher, doctor, engineer, lawyer, writer, designer, developer, programmer, manager, student, chef, cook,
    baker, driver, pilot, painter, plumber, electrician, carpenter, gardener, farmer, librarian, journalist, editor,
    translator, accountant, architect, dentist, vet, veterinarian, pharmacist, scientist, researcher, professor,
    lecturer, musician, photographer, salesperson, consultant, analyst, therapist, psychologist, firefighter,
    paramedic, waiter, waitress, barista, mechanic, tailor, florist, actor, actress, dancer, producer, director,
    technician, surgeon, judge, secretary, assistant, coach, trainer, midwife, physiotherapist, physio, bookkeeper,
    joiner, roofer, welder, butcher, brewer, cashier, postman, policeman, policewoman, soldier, sailor, fisherman,
    hairdresser, barber, optician, interpreter, tutor, auditor, banker, broker, clerk, cleaner, courier, curator,
    economist, estate agent, real estate agent, guide, illustrator, insurance agent, investigator, janitor, lab tech,
    lifeguard, logistics planner, machinist, mathematician, nanny, notary, owner, physicist, chemist, biologist,
    geologist, historian, planner, project lead, team lead, receptionist, recruiter, reporter, sculptor,
    security guard, singer, social worker, software dev, actuary, ranger, draughtsperson, paralegal, anaesthetist,
    anesthetist, blacksmith, bricklayer, chiropractor, conductor, crane operator, decorator, dietitian, DJ,
    embroiderer, fundraiser, goldsmith, groundskeeper, locksmith, mason, mayor, miller, model, negotiator,
    nutritionist, orthodontist, osteopath, patissier, podiatrist, potter, priest, printer, radiographer,
    referee, sommelier, stonemason, student nurse, tattooist, taxidermist, toolmaker, tree surgeon, undertaker, vicar,
    weaver, product owner, scrum master, archivist, [a-z]+(grapher|ologist|iatrist|smith|keeper), glazier, luthier,
    estimator, boatbuilder, head of [a-z]+, director of [a-z]+, [a-z]+(tician|wright|ologist|uctor|builder),
    botanist, pianist, violinist, cellist, dental hygienist, linguist,
    solicitor, statistician, supervisor, surveyor, tester, tiler, tram driver, upholsterer, usher, volunteer,
    watchmaker, artist, [a-z-]+ artist, headmaster, headmistress, postie, fisherman, sparky, copywriter,
    screenwriter, songwriter, deckhand, [a-z]+ officer, sound engineer, civil engineer,
    chief executive, vet tech, vet nurse, dental nurse, care worker, zookeeper, buyer, roaster, beekeeper, counsel,
    purchaser, foreman, dispatcher, trucker, pastry chef,
    sous chef, head chef, line cook, charge nurse, ward sister, data engineer, team manager, case worker, carer,
    childminder, bus driver, train driver, truck driver, postwoman, firewoman, intern, trainee, apprentice,
    [a-z]+ mechanic, head of [a-z]+ [a-z]+, farrier, shoemaker, cobbler, piano tuner, signwriter, sign painter, porter,
    night porter, inspector, [a-z]+ inspector, caretaker, handyman, scaffolder, plasterer, dressmaker,
    seamstress, groom, jockey, stable hand, farmhand, shepherd, ferryman, skipper, bosun, chauffeur, cabbie,
    taxi driver, lorry driver, van driver, forklift driver, warehouse worker, shop assistant, teaching assistant,
    lollipop lady, dinner lady, housekeeper, chambermaid, bartender, barman, barmaid, bouncer, doorman, caterer,
    postgraduate, phd student, childcare worker, beautician, nail technician, masseur, masseuse, pharmacy assistant,
    phlebotomist, sonographer, [a-z]+ therapist, speech therapist, headteacher, deputy head, lecturer, bishop, curate,
    organist, choirmaster, busker, drummer, roadie, rigger, diver, docker, miner, quarryman, forester, arborist,
    vintner, winemaker, cheesemaker, bookbinder, framer, engraver, jeweller, silversmith, thatcher, hedger, landscaper,
    [a-z]+ aide, aide, head teacher, deputy head teacher, bricky, brickie, chippy, chippie, steelworker,
    [a-z]+worker, [a-z]+ worker,
    web dev, chef de partie, team leader, group leader, nail tech, [a-z]+ tech, qa tester, software tester,
    dog groomer, groomer, operator, [a-z]+ operator, operative, administrator, office administrator, instructor,
    [a-z]+ instructor, adviser, advisor, sales rep, account executive, representative, specialist, strategist,
    coordinator, co-ordinator, organiser, merchandiser, stylist, auctioneer, bookseller, shopkeeper, grocer,
    greengrocer, fishmonger, ironmonger, milkman, binman, bin man, [a-z]+ fitter, fitter, pipefitter, steward,
    stewardess, flight attendant, air hostess, fireman, detective, constable, sergeant, barrister, magistrate,
    politician, pastor, minister, imam, rabbi, monk, nun, chaplain, missionary, author, novelist, poet, playwright,
    presenter, broadcaster, cameraman, comedian, magician, footballer, cricketer, boxer, registrar, GP,
    healthcare assistant, HCA, care assistant, doula, acupuncturist, counsellor, psychotherapist, embalmer, gravedigger,
    crofter, rancher, shearer, lumberjack, millwright, packer, shelf stacker, warehouseman, storeman, labourer,
    laborer, site manager, quantity surveyor, draughtsman, astronomer, trader, underwriter, bank teller, bursar,
    custodian, sysadmin, call handler, telephonist, salesman, saleswoman, realtor, dealer, croupier, bookie, publican,
    hotelier, concierge, kitchen porter, dishwasher, butler, saddler, milliner, signaller, train guard,
    prison guard, air traffic controller, controller, baggage handler, stevedore, seaman, deckhand, trawlerman,
    pensions clerk, civil servant, lorry driver, hgv driver, delivery driver, cab driver, window cleaner,
    swimming teacher, hospital porter, dental technician, dental hygienist, hygienist, statistician, social media
    manager, estate manager, park ranger, gas engineer, kiln operator, ship broker, loss adjuster, lab technician,
    psychiatric nurse, junior doctor, vet student, violin maker, [a-z]+ maker, [a-z]+ rep, cabin crew, supply teacher,
    wedding planner, event planner, flooring contractor, contractor, builder, bricklayer, oil worker, shoe
    repairer, watch repairer, restorer, conservator, animator, game designer, podcaster, freelancer, entrepreneur
""")
_RANKS = any_of("manager, engineer, developer, designer, teacher, assistant, director, driver, nurse, coach, trainer")
_NO_OCCUPATIONS = any_of(r"""
    mother, father, brother, sister, daughter, grand\w+, step\w+, member, lover, beginner, believer, loner,
    newcomer, foreigner, stranger, winner, loser, sucker, talker, listener, sleeper, swimmer, hiker, climber,
    gamer, smoker, drinker, eater, customer, passenger, user, survivor, visitor, neighbor, minor, terror,
    monster, disaster, master, sinner, prisoner, number, teenager, pensioner, reader, cyclist, pessimist,
    optimist, feminist, perfectionist, minimalist, realist, atheist, tourist, human, christian, vegetarian,
    morning person, person, newbie, giant, infant, dinner, elephant, restaurant, fighter, runner, walker,
    quitter, player, hoarder, night owl, partner, bother, better, regular, star, supporter, subscriber, donor,
    follower, woman, man, caretaker of
""")
_NO_WORKPLACES = any_of("""
    moment, weekend, weekends, time, computer, desk, kitchen, table, same, minute, office, end, beginning, back,
    house, best, worst, most, other, next, last, day, night, money, benefit, good, fun, man
""")
_PREMISES = any_of("""
    surgery, practice, office, depot, school, hospital, factory, shop, store, site, clinic, garage, branch, warehouse,
    library, centre, center, hotel, studio, salon, pub, bar, cafe, café, restaurant, farm, bakery, pharmacy,
    brewery, gym
""")
_SHORT_TRADE = rf"((?!\w+ing\b|(a|an|the|my|not|your|his|her|our|their|no|off|like|such)\b)[a-z-]+ )?{OCCUPATIONS}"
"""An occupation without an article: "from today I am night nurse at the animal hospital"."""
_PHRASES = {
    "NO_EMPLOYER": any_of("""
        same, first, second, dream, whole, other, best, full, part, night, weekend, shop, summer, christmas, saturday,
        sunday, paper, office, main, lead, actual, right, perfect, ideal, temp, remote, hybrid, better, worst, last
    """),
    "WORKPLACE": rf"<PLACE>( {_PREMISES}\b)?",
    "EMPLOYER": r"(?!(They|He|She|We|Who|It|Nobody|Someone|Everyone)\b)<NAME>",
    "TITLE": r"[a-z][a-z' -]{2,40}?(?= (from|starting|as of|in|on)\b|\s*[.,;!]|$)",
    "RISEN": (
        r"(senior|junior|lead|head|chief|principal|assistant|deputy|associate|staff|regional|shift) [a-z]+( [a-z]+)??"
    ),
    "PROMOTED": r"promoted( to|,| -| –|:|!+|\.+| ?[^\w\s.,;:?!'’\"]+)+",
    **INTRODUCTION,
    "OCCUPATION": rf"([a-z-]+ ){{0,3}}?{OCCUPATIONS}( {_RANKS}|'s (assistant|apprentice|mate|helper|labourer))?",
    "OCC": rf"(?!me\b){OCCUPATIONS}",
    "NATION": r"[A-Z][a-z]+(ish|ian|ese|ch|an|i|ic)",
    "PROFESSION": r"[a-z][a-z-]+( [a-z][a-z-]+){0,2}",
    "NO_JOB": rf"{_NO_OCCUPATIONS}\b",
    "NO_WORKPLACE": rf"{_NO_WORKPLACES}\b",
}

WORKS_AT = Relation(
    name="works_at",
    reads="works at",
    reads_you="work at",
    reads_past="worked at",
    identity=by_place,
    rank=3,
    triggers=(
        " work|start|began|begun|employ|join|hired|taken on| job|role|position|contract|switched|signed"
        "|since|these days|quit| left |resign|laid|fired|let go|let me go|notice|retired|company|firm|office|sacked"
        "|as of|qualified|been made|been promoted|got"
        " the|poached|headhunted|settl|transferred|offer|gig|company|firm|it is"
        "|redundant|hired me|took me|made me|want me|wants me|need me|last shift|last day|first week|first day"
        "|first month|second week|new job| at | for "
    ),
    phrases=_PHRASES,
    predicates=(
        Predicate(
            me=(
                r"(work|working|(?<=ve )worked|employed|started|start|starting|begun|began)"
                r"( (a|my) new job| work| working| part time| full time)? (at|for|by) <o:WORKPLACE>"
            ),
            they=(
                r"<FIRST>(works|working|employed|started|began)"
                r"( (a|his|her) new job| work| working| part time| full time| nights| days| mornings| evenings"
                r"| weekends| shifts)? (at|for) (an? )?<o:WORKPLACE>"
            ),
        ),
        Predicate(
            me=(
                r"(join(ed|ing)?|hired (by|at)|taken on (by|at)|"
                r"(got|took|have|landed|accepted|found|started) (a|the|my) "
                r"(<WORD> )?(job|role|position|post|gig|contract) (at|with)|switched (jobs )?to|signed "
                r"(on )?with|got (hired|taken on|poached) (by|at)|poached by|headhunted by|settling in at|settled in at"
                r"|moved over to|transferred to) <o:PLACE>"
                r"(?! (for|on) (a|the|dinner|lunch)| (?i:([a-z]+ )?(ramblers|walkers|anglers|club|choir"
                r"|group|team|society"
                r"|band|league|union|army|party|gym|church)))"
            ),
            they=(
                r"(join(s|ed|ing)?|hired (by|at)|taken on (by|at)|got (hired|taken on) (by|at)|"
                r"got (a|the) (<WORD> )?(job|role|position) (at|with)) <o:PLACE>"
            ),
        ),
        Predicate(
            me=(
                r"(work|working|started|started working|got (a|the) job)( as (a|an) [a-z' -]{2,40}?)? (at|for) the "
                r"(?P<o>(?!<NO_WORKPLACE>)[a-z]+( [a-z]+)?)<END>"
            ),
            they=(
                r"<FIRST>(works|working|started working|got (a|the) job)( as (a|an) [a-z' -]{2,40}?)? (at|for) the "
                r"(?P<o>(?!<NO_WORKPLACE>)[a-z]+( [a-z]+)?)<END>"
            ),
        ),
        Predicate(
            me=(
                r"(work|working|started|start|starting|started working|got (a|the) job|took a job)( part"
                r" time| full time)? at an? "
                r"(?P<o>(?!<NO_WORKPLACE>)[a-z]+( [a-z-]+){0,2}?)(<END>|(?= in ))"
            ),
            they=(
                r"(works|working|started|got (a|the) job|is)( part time| full time)? at an? "
                r"(?P<o>(?!<NO_WORKPLACE>)(?!(loss|crossroads|standstill|distance|party|wedding|friend)\b)"
                r"[a-z]+( [a-z-]+){0,2}?)(<END>|(?= in ))"
            ),
            bare=r"got (a job|the job|work) at an? (?P<o>(?!<NO_WORKPLACE>)[a-z]+( [a-z-]+){0,2}?)(<END>|(?= in ))",
        ),
        Predicate(
            me=r"(start|starting) (at|in) the (?P<o>(?!<NO_WORKPLACE>)[a-z]+( [a-z]+)?)(?= on\b| as\b|,)",
            they=r"got a job\W{1,4}(at|in) the (?P<o>(?!<NO_WORKPLACE>)[a-z]+( [a-z]+)?)<END>",
        ),
        Predicate(
            me=(
                r"(work|working|(?<=ve )worked|employed|started|start|starting|began|hired|taken on|be)"
                r"( out| now| freelance| part time| full time)* as ((a|an|the|their) )?[a-z][a-z' -]{2,40}? "
                r"(at|for|with) <o:PLACE>"
            ),
            they=(
                r"<FIRST>(works|working|employed|started|starts|starting|began)( now| part time| full time)* as "
                r"((a|an|the|their) )?[a-z][a-z' -]{2,40}? (at|for|with) <o:PLACE>"
            ),
        ),
        Predicate(
            me=r"(at|with) <o:PLACE>(?= (since|now|these days|for ([a-z]+|\d+) (week|month|year)s?\b))",
            bare=r"(been |still )(at|with) <o:PLACE>(?= (since|now|these days|for))",
        ),
        Predicate(
            me=r"<A> <OCCUPATION> (at|for|with) <o:PLACE>",
            they=r"<A> <OCCUPATION> (at|for|with) <o:PLACE>",
            bare=None,
            copula=True,
        ),
        Predicate(
            me=(
                r"(a|an) ([a-z-]+ )?(?!<NO_JOB>)[a-z]{3,}(er|or|ist|ian|ant|eer|man|woman|person) "
                r"(at|for) <o:PLACE>"
            ),
            they=r"(a|an) ([a-z-]+ )?(?!<NO_JOB>)[a-z]{3,}(er|or|ist|ian|eer|woman|person) (at|for) <o:PLACE>",
            bare=None,
            copula=True,
        ),
        Predicate(
            me=r"((no longer|don'?t|do not) work|not working) (at|for) <o:PLACE>",
            they=r"(no longer works|doesn'?t work) (at|for) <o:PLACE>",
            ends=True,
        ),
        Predicate(
            me=(
                r"(quit( my job at| working (at|for))?|left my job at|resigned from|"
                r"(was |got |been )?(laid off (by|from)|fired (from|by)|let go (by|from))|"
                r"handed in my notice at|retired from) <o:PLACE>"
            ),
            they=(
                r"(quit( his job at| her job at)?|resigned from|"
                r"(was |got |been )?(laid off (by|from)|fired (from|by)|let go (by|from))|retired from) "
                r"<o:PLACE>"
            ),
            ends=True,
        ),
        Predicate(
            me=r"left <o:PLACE>(?! (for good|behind))",
            they=r"left <o:PLACE>(?! (for good|behind))",
            ends=True,
        ),
    ),
    phrasings=(
        # "got the Shopee job!!!", "took the Intercom offer"
        Phrasing(
            r"(^\W*|\b([Ii]|[Ii]'ve|[Ww]e) |[,;.!] )(?i:(just |finally )?(got|took|accepted|landed|taken))"
            r" the <o:EMPLOYER>"
            r" (job|offer|gig|role|position)\b"
        ),
        Phrasing(
            r"(^\W*|\b([Ii]|[Ii]'ve) |[,;.!] )(?i:(just |finally )?(got|landed|accepted)) the"
            r" (?P<o>(?!<OCC>|<NO_EMPLOYER>\b"
            r"|[a-z]+(ing|er)\b)[a-z]{4,}) job(?=\W*$|[!.,]+| start)"
        ),
        Phrasing(r"\b([Ll]eft|[Qq]uit|[Cc]hanged jobs|[Dd]one with)\b[^.!?\n]*, (now )?at <o:PLACE> now\b"),
        # "I'm at Axis in Lund now", "with British Gas now"
        Phrasing(
            r"\b([Ii]'?m|[Ii] am) (now )?(at|with) <o:PLACE>( in <NAME>)?( (now|these days|since|as (a|an) ))(?!for)"
        ),
        Phrasing(r"\b([Cc]ompany|[Ff]irm|[Ee]mployer)( is|'s)( called)? <o:EMPLOYER>(?=\s*([,.;!]|$))"),
        Phrasing(r"(^\W*|[.;!] )<o:EMPLOYER> it is(?=\s*[.!,]|$)(?=[^\n]*\b(start|job|manager|team|boss)\b)"),
        Phrasing(r"(^\W*|[.;!,] )(?i:(started|starting|working)( work)? at) <o:WORKPLACE>"),
        Phrasing(
            rf"\b([Ii]'?m|[Ii] am) (now |still )?{_SHORT_TRADE} at the "
            r"(?P<o>(?!<NO_WORKPLACE>)[a-z]+( [a-z]+)??)(<END>|(?= on ))"
        ),
        Phrasing(r"(?<!I )(?<!we )(?P<s>(?!I\b|We\b)<NAME>), (who )?works (at|for) <o:PLACE>"),
        Phrasing(
            r"\b([Nn]ew (job|one|role|gig|position)|(got|landed|took|accepted|found)( myself)? (a|the|another)( new)? "
            r"(job|one|role|gig|position))\b[ :,.!–—-]+(as )?(a |an )?[a-z][a-z' -]{2,40}? (at|with|for) <o:PLACE>"
        ),
        Phrasing(r"\b(week|month|day|year|shift) as (a |an |the )?[a-z][a-z' -]{2,40}? (at|with|for) <o:PLACE>"),
        Phrasing(r"\b[Nn]ew job (in|on) the [a-z ]{3,20} (at|with|for) <o:PLACE>"),
        Phrasing(r"<INTRO>[^.!?\n]{0,40}?\b<OCCUPATION> (at|for|with) <o:PLACE>"),
        Phrasing(r"<o:NAME>,? where ([Ii]|[Ww]e)('ve|'m| have| am)?( now| been)? work(ing)?\b"),
        Phrasing(r"\b[Mm]y (new |current )?(employer|company|workplace|firm|office)( now)? is <o:PLACE>"),
        Phrasing(r"\b([Mm]y|[Tt]he) (new |current |day )?(job|position|role|gig)( is|'s) (now )?(at|with) <o:PLACE>"),
        Phrasing(r"\b([Ff]irst|[Ss]econd|[Nn]ew) (day|shift|week|month|year|job) at <o:PLACE>"),
        Phrasing(
            r"\b[Ff]irst (day|shift|week)( of work)? at (the|my new) (?P<o>(?!<NO_WORKPLACE>)[a-z]+"
            r"( (?!(done|over|went|was)\b)[a-z]+)?)(<END>|(?= (done|over|went|was)\b))"
        ),
        Phrasing(r"<o:EMPLOYER> (has |have |just )*(hired me|took me on|taken me on|appointed me)\b"),
        Phrasing(
            r"<o:EMPLOYER> (rang|called|phoned|wrote|emailed)\b[^.!?\n]{0,20}\b(they|he|she)"
            r" (wants?|will have|'ll have|needs?) me as <TITLE>"
        ),
        Phrasing(r"<o:EMPLOYER> (wants?|needs?|will have) me as <TITLE>"),
        Phrasing(r"\b([Mm]y|[Tt]he) last (day|shift|week)( at| with| in) <o:PLACE>", ends=True),
        Phrasing(r"\b[Hh]anded [^.,!?\n]{2,25} my notice (at|to) <o:PLACE>", ends=True),
        Phrasing(r"<o:NAME> (let me go|laid me off|fired me|sacked me|made me redundant)\b", ends=True),
    ),
    label=r"company|employer|organi[sz]ation|works at|firm\Z",
    model=ModelCue(
        r"work(s|ing)?|job|office|employer|contract|hired|joined|team|payroll|employed|desk|shift|colleagues",
        stands="behind a preposition",
    ),
    cues="work works working job company employer office",
    questions=(
        r"where <DO> <WHO> <NOW>work(ing)?",
        r"who <DO> <WHO> <NOW>work(ing)? for",
        r"who (employs|pays) (?P<s>me|us|(?-i:[A-Z])[\w-]+)",
        r"(which|what) company <DO> <WHO> <NOW>work(ing)? (for|at)",
    ),
    card=4,
    plannable=True,
    of_the_living=True,
    told=Told("Where do I work?", "Who works at {o}?", name=True),
)
WORKS_AS = Relation(
    name="works_as",
    reads="works as",
    reads_you="work as",
    reads_past="worked as",
    article=True,
    drops=(ARTICLES,),
    rank=5,
    triggers=(
        "hes a|hes now|shes a|shes now"
        "| now| as of| from |made |qualified| work|train|employ|qualif|hired|i'm a|i’m a|im a |i"
        " am a| is a|'s"
        " a|’s a|profession|occupation|title|trade"
        "|as a|me as |me on as|are both| at the |promot|new job|new one|new role|made me| as |, a |(a | who is| who's"
        "| now|called|named"
    ),
    trigger_pattern=r"^\W*(?:(?:hi|hey|hello|ok|so)\b\W*)?(?:(?:i['’]?m|i am|this is) [\w'-]+,|[\w'-]+ here\b)",
    phrases=_PHRASES,
    predicates=(
        Predicate(
            me=(
                r"(work|working|(?<=ve )worked|started|trained|employed|qualified|hired|began)"
                r"( out| now| freelance| part time| full time)* as (a|an|the) "
                r"(?P<o>(?!team\b|group\b)<PROFESSION>?)(<END>|(?= (at|for|with|in) ))(?! of (a|the) day)"
            ),
            they=(
                r"<FIRST>(works|working|trained|employed|qualified)( now| freelance| part time| full time)* as "
                r"(a|an|the) (?P<o><PROFESSION>?)(<END>|(?= (at|for|with|in) ))"
            ),
        ),
        Predicate(
            me=r"(work|working|start|started|starting|began) as <o:OCCUPATION>\b(?= (at|for|with) )",
            they=r"(works|working|started) as <o:OCCUPATION>\b(?= (at|for|with) )",
        ),
        Predicate(
            me=(
                r"(starts?|started|starting|work|working|join|joining) (at |with |for )?<PLACE>( [a-z]+){0,3} "
                r"as (a|an|the) <o:OCCUPATION>\b"
            ),
            they=r"(starts|started|starting|works) (at|with|for) <PLACE>( [a-z]+){0,3} as (a|an|the) <o:OCCUPATION>\b",
        ),
        Predicate(
            me=r"(got |been |just )*<PROMOTED> (?P<o>((a|an|the|their) )?(<RISEN>|<OCCUPATION>))<END>",
            they=r"(got |was |been |just )*<PROMOTED> (?P<o>((a|an|the) )?(<RISEN>|<OCCUPATION>))<END>",
        ),
        Predicate(me=r"(the |a |an )?(?P<o>(senior|junior|lead|head|chief|principal|deputy) [a-z]+( [a-z]+)?) now\b"),
        Predicate(
            me=r"(a|an|the) <o:OCCUPATION>\b(?! (of|for) (a|the) day|'s|-\w| (in|of) my (dream|novel))",
            they=r"(now )?(a|an|the) <o:OCCUPATION>\b(?!'s|-\w)",
            bare=None,
            copula=True,
        ),
        Predicate(
            me=(
                r"(a|an) (?P<o>([a-z-]+ )?(?!<NO_JOB>)[a-z]{3,}(er|or|ist|ian|ant|eer|man|woman|person))"
                r"(?= (now\b|at [A-Z]|for [A-Z]|with [A-Z]))"
            ),
            they=(
                r"(a|an) (?P<o>([a-z-]+ )?(?!<NO_JOB>)[a-z]{3,}(er|or|ist|ian|eer|woman|person))"
                r"(?= (now\b|at [A-Z]|for [A-Z]|with [A-Z]))"
            ),
            bare=None,
            copula=True,
        ),
        Predicate(
            me=r"(a|an) <o:PROFESSION> by (trade|profession|training)",
            they=r"(a|an) <o:PROFESSION> by (trade|profession|training)",
            bare=None,
            copula=True,
        ),
        Predicate(
            me=(
                r"(no longer work|(don'?t|do not) work|not working|stopped working) as (a|an) "
                r"(?P<o><PROFESSION>?)<END>"
            ),
            ends=True,
        ),
    ),
    phrasings=(
        Phrasing(rf"\b([Ii]'?m|[Ii] am) (now |still )?(?P<o>{_SHORT_TRADE}) (at|in|for) "),
        # "done it, sous chef as of monday", "practice nurse now", "fully qualified electrician now"
        Phrasing(
            r"(^\W*|[,;.!] )(?P<o>(?!(my|our|his|her|the|a|an|no|not|new|is|was|fully|newly|finally|still"
            r"|also|im|as|i'm|officially)\b)([a-z-]+ ){0,2}?<OCC>)"
            r"(?= (as of|from|starting) (monday|tuesday|wednesday|thursday|friday|the \d|next|now|today"
            r"|tomorrow|january"
            r"|february|march|april|may|june|july|august|september|october|november|december|\d)"
            r"| now\s*([.,;!]|$))"
        ),
        Phrasing(r"\b([Ii]'?m|[Ii] am)( now)? (the |a )?<o:OCC>(?= (as of|from|starting) )"),
        Phrasing(
            r"(^\W*|[,;.!] )((fully|newly|finally|now|officially) )+(qualified|certified|registered|licensed)"
            r" <o:OCC>\b"
        ),
        Phrasing(
            r"(^\W*|[,;.!–-] |\b([Ii]'?ve|[Ii] have|[Ii]|[Ii] was|[Ii] got) )((just|finally|been|got) )*([Bb]een )?"
            r"(made|promoted to|appointed)( up to)? (a |an |the )?(?P<o>([a-z-]+ ){0,2}?<OCC>)(?=\s*([,.;!]|$)|"
            r" (at|of|in|now|from|starting|and)\b)"
        ),
        Phrasing(
            r"\b[Mm]y (new |current |day )?(job( title)?|profession|occupation|title|trade) is "
            r"(a |an |now )?<o:OCCUPATION>"
        ),
        Phrasing(
            r"\b([Nn]ew (job|one|role|gig|position)|(got|landed|took|accepted|found)( myself)? (a|the|another)( new)? "
            r"(job|one|role|gig|position))\b[ :,.!–—-]+(as )?(?P<o>(a |an )?(?i:<RISEN>|<OCCUPATION>))"
            r"(?= (at|with|for|on|in|aboard|from|starting)\b|[.,;!?]|$)"
        ),
        Phrasing(r"\b(week|month|day|year|shift) as (a |an |the )?<o:OCCUPATION>\b(?! of (a|the) day)"),
        Phrasing(r"(?<!about )(?<!of )(?<!like )\ban? <o:OCCUPATION>,? (called|named) <s:NAME>\b"),
        Phrasing(r"\b[Tt]hey('ve| have)? (just )?made me (a |an |the |their )?<o:OCCUPATION>\b"),
        Phrasing(r"<s:NAME> \((an? )?<o:OCCUPATION>\)"),
        Phrasing(
            r"(?<!\b(?:in|on|at|to) )(?<!\d )(?<!from )(?<!near )(?<!called )<s:NAME>, (an? |the"
            r" )<o:OCCUPATION>(?=[,.;]|\s*$)"
        ),
        Phrasing(r"<s:NAME>,? who('s| is) an? <o:OCCUPATION>\b"),
        Phrasing(r"<s:NAME> lives in [^.,;!?\n]{2,30} and is an? <o:OCCUPATION>\b"),
        Phrasing(r"<INTRO>, \d\d,( <PLACE>,)?( an?)? <o:OCCUPATION>\b(?!'s)"),
        Phrasing(r"<INTRO>,( an?)? <o:OCCUPATION>\b(?!'s)"),
        Phrasing(r"<INTRO>, \d\d,( an?)? (?P<o>(<OCCUPATION>|[a-z]{3,}(keeper|grapher|smith|ologist)))\b"),
        Phrasing(
            r"\b([Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]he) ([a-z]+ ){0,2}(<KIN>),? <s:NAME>"
            r"(, (\d\d, )?| \(|,? (who )?(is |'s ))(now )?an? (<NATION> |\d\d-year-old )?(?P<o><OCCUPATION>)\b"
        ),
        Phrasing(r"\b[Tt]hey (have|hired|took|made) me (on )?as (a|an|the) (?P<o><PROFESSION>?)<END>"),
        Phrasing(
            r"\b(hired|took|taken|wants?|needs?|appointed|have) me (on )?as (a |an |the |their )?"
            r"(?P<o>(<RISEN>|<OCCUPATION>))<END>"
        ),
    ),
    excluded=r"(?i)(.* model$|retired|former|ex-?|one-?time|aspiring|would-?be|failed|wannabe)\b",
    label=r"job(?: title)?|occupation|profession|role|position|title\Z",
    model=ModelCue(
        r"work(s|ing)? as|profession|trained|for a living|by trade|job title|career|qualified", fits=is_ordinary
    ),
    cues="work job profession occupation career living",
    questions=(
        r"what <DO> <WHO> do for (a living|work)",
        r"what( is|'s) <WHOSE> (new |current )?"
        r"(job title|job|profession|occupation|title|position|role|trade|line of work)( at work)?",
        r"what <DO> <WHO> do(?=[\s?!.]*$)",
    ),
    card=3,
    plannable=True,
    of_the_living=True,
    told=Told("What is my job?", "Who is {o}?"),
)
STUDIES = Relation(
    name="studies",
    reads="studies",
    reads_you="study",
    reads_past="studied",
    identity=by_stems,
    drops=(ARTICLES,),
    rank=20,
    triggers="stud|major|enrol|degree|master|bachelor|phd|course|diploma|graduated|dropped|doing|did|reading",
    predicates=(
        Predicate(
            me=(
                r"(study|studying|majoring in|major in|enrolled in|enrolled for|"
                r"doing (a|my) (<WORD>'?s? )?(degree|masters?|master's|bachelor'?s?|phd|PhD|course|diploma) "
                r"(in|on)) (?P<o>[a-zA-Z][\w ]{2,40}?)<END>"
            ),
            they=(
                r"(studies|studying|majoring in|"
                r"(at|goes to) ([\w]+ )?(uni|university|college|med school|law school|<NAME>( uni)?)"
                r" (doing|studying|reading)|"
                r"doing (a|his|her) (<WORD>'?s? )?(degree|masters?|master's|phd|PhD) in) "
                r"(?P<o>[a-zA-Z][\w ]{2,40}?)<END>"
            ),
        ),
        Predicate(
            me=(
                r"(changed|switched|swapped)( my)? (course|degree|major)( from <WORD>( <WORD>)?)? (to|onto) "
                r"(?P<o>[a-z][a-z ]{3,30}?)<END>"
            ),
        ),
        Predicate(
            me=r"(no longer|stopped|quit|not) studying (?P<o>[a-zA-Z][\w ]{2,40}?)<END>",
            ends=True,
        ),
        Predicate(
            me=(
                r"(dropped out of|gave up|quit|finished|graduated in|stopped studying) "
                r"(the |my )?(?P<o>[a-zA-Z][\w ]{2,40}?)( course| degree| studies| class(es)?)<END>"
            ),
            ends=True,
        ),
    ),
    phrasings=(
        Phrasing(
            r"(^\W*|[,;.] |\b[Mm]y |\b[Ii]'?m doing (a|my) )([Mm]asters?|[Mm]aster's|MSc|MA|BA|BSc|MBA|PhD"
            r"|[Dd]egree|[Dd]iploma"
            r"|[Aa]pprenticeship) in (?P<o>[a-zA-Z][\w ]{2,40}?)<END>"
        ),
    ),
    model=ModelCue(r"stud(y|ies|ying)|degree|course|thesis|enrolled|major(ing)?", fits=is_ordinary),
    cues="study studies studying degree course university major",
    questions=(r"what <DO> <WHO> study(ing)?",),
    told=Told("What do I study?", "Who studies {o}?"),
)
DRIVES = Relation(
    name="drives",
    reads="drives",
    reads_you="drive",
    reads_past="drove",
    article=True,
    many=True,
    identity=by_stems,
    drops=(ARTICLES,),
    rank=6,
    triggers="drive| driving",
    phrases={
        "FLEET": any_of(
            "ambulance, bus, coach, tram, taxi, cab, lorry, train, forklift, digger, crane, school bus, night bus, "
            "delivery van, fire engine, snowplough, snow plough, hearse, minicab, road train, mobile library, "
            "library van, minibus, gritter, bin lorry, milk float, post van, ice cream van, tanker, low loader"
        )
    },
    predicates=(
        Predicate(
            me=r"(drive|driving) (an?|the)( [a-z]+)? <o:FLEET>s?\b(?! (home|there|into|driver|to (the|work)))",
            they=r"(drives?) (an?|the)( [a-z]+)? <o:FLEET>s?\b(?! (home|there|into|to (the|work)))",
            bare=None,
        ),
    ),
    cues="drive drives driver job work",
    introduces=True,
    of_the_living=True,
)
TEACHES = Relation(
    name="teaches",
    reads="teaches",
    reads_you="teach",
    reads_past="taught",
    many=True,
    identity=by_stems,
    rank=6,
    triggers="teach",
    phrases={
        "SUBJECT": any_of("""
            maths?, mathematics, physics, chemistry, biology, science, history, geography, music, art, drama, english,
            french, german, spanish, italian, latin, russian, chinese, japanese, philosophy, economics, sociology,
            year \\d+, reception, [a-z]+ grade, grade \\d+, kindergarten, special needs,
            psychology, law, politics, religion, PE, IT, computing, computer science, programming, literature, piano,
            guitar, violin, cello, yoga, pilates, swimming, pottery, ballet, dance, primary school, nursery
        """)
    },
    predicates=(
        Predicate(
            me=r"(teach|teaching) ([a-z]+ )??(?P<o>(?i:<SUBJECT>)( and (?i:<SUBJECT>))?)\b",
            they=r"(teaches|teach|teaching) ([a-z]+ )??(?P<o>(?i:<SUBJECT>)( and (?i:<SUBJECT>))?)\b",
            bare=None,
        ),
    ),
    cues="teach teaches teacher subject job work",
    questions=(r"what (subjects? )?<DO> <WHO> teach",),
    of_the_living=True,
)
RELATIONS = (WORKS_AT, WORKS_AS, STUDIES, DRIVES, TEACHES)
