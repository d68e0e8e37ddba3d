"""What and which animals someone has."""

from __future__ import annotations

from secondme.facts.phrases import any_of, listed_words
from secondme.facts.relations.relation import (
    ARTICLES,
    INTRODUCTION,
    ModelCue,
    Phrasing,
    Predicate,
    Relation,
    Told,
    by_stems,
)

_ANIMALS = """
    dog, cat, pup, kitty, greyhound, whippet, beagle, husky, corgi, pug, bulldog, setter, sheepdog, mongrel, tabby,
    mare, puppy, kitten, parrot, rabbit, bunny, hamster, horse, pony, tortoise, turtle, goldfish, budgie,
    guinea pig, ferret, canary,
    hound, terrier, labrador, poodle, dachshund, spaniel, collie, retriever, tomcat, gecko, lizard, snake, hen,
    goat, donkey, rat, mouse, cockatiel, chinchilla, labradoodle, cockapoo, cavapoo, cockerpoo, chihuahua, rottweiler,
    dobermann, doberman, staffy, staffie, westie, border terrier, jack russell, shih tzu, schnauzer, lurcher, alsatian,
    german shepherd, sausage dog, heeler, mastiff, great dane, spitz, pomeranian, malamute, dalmatian,
    chickens?, duck, goldfish, koi, axolotl, bearded dragon, iguana, cockatoo, macaw, parakeet, lovebird,
    gerbil, hedgehog, stick insect, tarantula, siamese, ragdoll, persian, maine coon, moggy, golden lab, mutt, pooch
"""
ANIMALS = listed_words(_ANIMALS)
_POSSESSIONS = any_of("""
    car, dinghy, yacht, narrowboat, motorboat, sailboat, tent, 3D printer, chainsaw, lawnmower, hot tub, greenhouse,
    shed, van, bike, bicycle, motorbike, motorcycle, scooter, boat, kayak, canoe, caravan, camper, house, flat,
    apartment, cottage, cabin, allotment, laptop, phone, tablet, computer, camera, piano, guitar, violin, cello,
    drum kit, typewriter, telescope, sewing machine, tractor, trailer, truck, pickup, motorhome, campervan,
    record player, turntable, e-reader, kindle, printer, drone, synth, keyboard, saxophone, accordion, harp, flute,
    surfboard, tandem
""")
MAKES = any_of("""
    Alfa Romeo, Astra, Audi, Berlingo, BMW, Bezza, Civic, Clio, Cooper, Cadillac, Chevrolet, Chevy, Citroën, Citroen,
    Corsa, Corolla, Cupra, Econoline, Sprinter, Caddy, Kangoo, Trafic, Vivaro, Combo, Doblo, Ducato, Octavia, Fabia,
    Picanto, Micra, Ibiza, Leon, Tiguan, Qashqai, Duster, Sandero, Yeti, Outback, Forester, Hilux, Tacoma, Silverado,
    Dacia, Ducati, Fiat,
    Fiesta, Focus, Ford, Golf, Honda, Hyundai, Jaguar, Jeep, Kawasaki, Kenworth, Kia, Land Rover, Lexus, Mazda,
    Mercedes, Mini, Mitsubishi, Nissan, Opel, Panda, Passat, Peterbilt, Peugeot, Polo, Porsche, Prius, Renault, Saab,
    Scania, Seat, Skoda, Škoda, Subaru, Suzuki, Tesla, Toyota, Transit, Triumph, Vauxhall, Vespa, Volkswagen, Volvo,
    VW, Yamaha, Yaris, Accord, Altima, Camaro, Camry, Captur, Carens, Carnival, Jimny, Isuzu, Juke, Kuga, Jogger,
    MG, MG4,
    Mustang, Navara, Punto, Scenic, Sienna, Sorento, Sportage, Twingo, Wrangler, Zafira, Merc, Chrysler, Buick,
    GMC, Dodge,
    Pontiac, Daihatsu, Bentley, Aston Martin, Lada, Polestar, Rivian, BYD, Brompton, Harley, Harley-Davidson, Piaggio,
    Lambretta, Aprilia, Iveco, Freightliner, F-150
""")
_VEHICLE = any_of("""
    car, van, truck, bike, pick-?up, pick up, motorbike, moped, quad, boat, scooter, ride, motor, wheels, runaround,
    camper, caravan, tractor, ute, family car, work van
""")
_LOWER_MAKES = any_of("""
    astra, audi, bmw, corsa, civic, clio, corolla, dacia, fiat( \\d+)?, fiesta, honda( [a-z]+)?, hyundai( [a-z]+)?,
    kia( [a-z]+)?, land rover( [a-z]+)?, lexus, mazda( [a-z\\d-]+)?, merc, mercedes( [a-z]+)?, micra, nissan( [a-z]+)?,
    octavia, passat, peugeot( \\d+)?, polo, porsche, prius, qashqai, renault( [a-z]+)?, skoda( [a-z]+)?, subaru, suzuki,
    tesla, toyota( [a-z]+)?, transit, vauxhall( [a-z]+)?, vespa, vivaro, volvo, vw( [a-z]+)?, yamaha, yaris, zafira
""")
"""Makes that are known in small letters."""
_NO_POSSESSIONS = any_of("""
    tram, bus, train, taxi, cab, lorry, ambulance, forklift, moon, world, future, mistake, place, night, stage,
    number, time, idea, clue, patience, energy, yogh?urt, sandwich, coffee, beer, biscuit, apple, banana, pizza,
    cake, cup, pen, spoon, sock, problem, day
""")
_CONDITION = r"(?:(?:brand[ -])?new|old|second[ -]?hand|used|beat[ -]up|battered|ancient|rusty) "

OWNS = Relation(
    name="owns",
    reads="owns",
    reads_you="own",
    article=True,
    many=True,
    identity=by_stems,
    drops=(ARTICLES, _CONDITION),
    overlap=True,
    rank=18,
    triggers=(
        " own|bought|driv| ride| riding| got |purchas|treated|inherit|picked up| have |'ve |’ve | has |sold|gave|rid of"
        "|scrap|wreck|totalled|crash|traded|stolen|nicked|written off|swapped|exchanged|me and |picked|collected"
        "|car |car's|car’s|van |van's|truck |truck's|truck’s|bike |bike's|quad |pick up |pickup |wheels |motor"
        " |boat |upgraded"
        "|changed|gone for|went for|leasing|copped|in a |in an |swapped|we've an|i've an|we've a |i've a "
        "|fetched|mine's|mine’s|mine is|play|gone to|battered|rusty|faithful|trusty|vintage"
    ),
    phrases={
        "VEHICLE": _VEHICLE,
        "CAR": rf"(?P<o>((new|old|used|second-?hand|electric|little|white|black|red|blue|silver|grey|'?\d\d) ){{0,2}}"
        rf"({MAKES}( [A-Z0-9][\w-]*){{0,2}}( estate| van| hatchback| pickup)?|(?i:{_LOWER_MAKES})))(?![\w'’-])",
        "MAKE": rf"((?!(and|but|or|with|in|at|for)\b)[a-z'’-]+ ){{0,3}}?{MAKES}"
        r"( [A-Z0-9][\w-]*| estate| van| hatchback| pickup)?",
        "MAKE_ALONE": rf"{MAKES}( [A-Z0-9][\w-]*)?",
        "POSSESSION": _POSSESSIONS,
        # "a start at the bike workshop" is no bike.
        "DESCRIBED": r"(?!(at|in|on|for|from|of|with|to|by)\b)[\w'’-]+ ",
        "ALONE": r"(?! (shops?|workshop|ride|insurance|park|parts?|lessons?|keys?|licence|teacher|app|case|lock)\b)",
        "FLEET": rf"(\w+ )?{_NO_POSSESSIONS}\b",
    },
    predicates=(
        Predicate(
            me=(
                r"(own|bought( myself| ourselves)?|drive|ride|got (myself|ourselves)|purchased|"
                r"treated (myself|ourselves) (to|and bought)|inherited|picked up|have|ve got|got) <A> "
                r"(brand )?(?P<o>(<DESCRIBED>){0,3}?<POSSESSION>)\b<ALONE>"
            ),
            they=(
                r"(owns|bought|drives|rides|got (himself|herself)|has|has got|purchased|inherited) <A> "
                r"(?P<o>(<DESCRIBED>){0,3}?<POSSESSION>)\b<ALONE>"
            ),
        ),
        Predicate(
            me=r"(own|bought|got|have|ve got|picked up|drive|ride|took delivery of|ve) (an?|my|our|another) <o:MAKE>\b",
            they=(
                r"(owns|bought|has|has got|drives|rides) (an?|his|her|their|another) <o:MAKE>\b"
                r"(?!( [A-Z]\w*)? (for|at) ([£$€\d]|sale))"
            ),
        ),
        Predicate(me=r"(sold|scrapped|got rid of|traded in) (the|my|our|that) <o:MAKE>\b", ends=True),
        Predicate(
            me=(
                r"bought( myself| ourselves)? an? (?P<o>(?!(Mars|Twix|Big|Guardian|Times|Coke|Guinness|Costa)\b)<NAME>)"
                r"(?=\s*([,.;!]|$))"
            ),
        ),
        Predicate(
            me=(
                r"(picked|collected|fetched)( up)? (the|our|my) (new )?<o:MAKE>( up)?\b"
                r"(?! (from the (garage|workshop)|after))"
            ),
        ),
        Predicate(
            me=(
                r"(drive|driving|play|playing|ride|riding)( around| about| on)? (my|an?|our|the) "
                r"(old |new |trusty |battered |faithful |beloved )*<o:NAME>(?=\s*([,.;!]|$|since|these|for|now|about))"
            ),
        ),
        Predicate(
            me=r"(traded|swapped|exchanged|changed|part[ -]exchanged|upgraded)( in)? (the|my|our) [^.,;:!?\n]{2,30}?"
            r" (in )?(for|to) (an?|another|the) <CAR>",
        ),
        Predicate(
            me=(
                r"(traded|swapped|exchanged|changed|part[ -]exchanged)( in)? (the|my|our) <o:MAKE> (in )?for"
                r" (an?|the)\b"
            ),
            ends=True,
        ),
        Predicate(
            me=(
                r"(driving|drive|riding|ride|bought|got|picked up|have|ve got|gone for|went for|went and got|ended up"
                r" with|copped|leasing|in)( myself| ourselves)? (an?|another|my|our|the|mums?|dads?|his|her)"
                r" ((?!(and|but|with)\b)[a-z'’-]+ ){0,3}?<CAR>"
                r"(?! (for|at) ([£$€\d]|sale)| (to|dealer|garage|man|fan))"
            ),
        ),
        Predicate(
            me=(
                r"(own|bought (myself|ourselves)|(drive|ride)(?! the\b)|ve been driving|purchased) "
                r"(<A>|two|three|four|several) (?P<o>(?!<FLEET>)<THING>)<END>"
            ),
            they=r"(owns|drives|rides) <A> (?P<o>(?!<FLEET>)<THING>)<END>",
        ),
        Predicate(
            me=(
                r"(have|ve got|got|drive|bought|copped|picked up) an? (old|new|used|second-?hand|battered"
                r"|ancient|rusty|beat up|red|"
                r"blue|white|black|green|silver|\d+-year-old) <o:NAME>"
                r"(?=\s*([,.;!]|$|that|which|with|and|but|from|now))"
            ),
        ),
        Predicate(
            me=(
                r"(sold|gave away|got rid of|scrapped|wrecked|totalled|crashed|traded in|no longer own|"
                r"no longer have|(don'?t|do not) (have|own)) (the|my|our|that) "
                r"(?P<o>(?!(old |new )?<FLEET>)<THING>)((?= any ?more)|<END>)"
            ),
            they=r"(sold|gave away|got rid of|scrapped|traded in|no longer owns) (the|his|her|their) <o:THING><END>",
            ends=True,
        ),
        Predicate(
            me=r"gave (the|my|our) (?P<o>[\w -]{2,30}?) away",
            ends=True,
        ),
    ),
    phrasings=(
        Phrasing(
            r"\b([Mm]y|[Oo]ur) (old |new |poor )?<o:MAKE_ALONE>\b(?!'s (gone|sold)| (is|was|has|'s) (been )?"
            r"(sold|gone|scrapped|stolen))"
        ),
        Phrasing(
            r"(^\W*((and|so|oh|btw) )?|[.;,!] (and )?|\b(and|but) )((?i:my|our|the) )?(new |old |work "
            r"|family )*(?i:<VEHICLE>)"
            r"('s| is|s)( now)?( just)? (an?|my) ((?!(bit|lot|nightmare|mess|wreck|write)\b)[a-z'’-]+"
            r" ){0,4}?('?\d\d )?(?P<o>"
            r"[A-Z][\w-]*( [A-Z0-9][\w-]*){0,2})(?=\s*([,.;!(]|$)| (and|but|with|estate|from|which|that|now|reg)\b)"
        ),
        Phrasing(r"\b([Ii]|[Ww]e)'ve an? ((?!(and|but|with)\b)[a-z'’-]+ ){0,3}?<CAR>"),
        Phrasing(rf"\b[Mm]ine('s| is) (the|an?) (?P<o>(?i:{MAKES}))\b"),
        Phrasing(
            r"(^\W*|\b[Ii] )([Bb]ought|[Gg]ot|[Pp]icked up) an? ([a-z]+ )?(van|car|bike|motorbike|truck|pickup)"
            r"( [a-z]+day| today| last week)?,? an? ('?\d\d )?<o:MAKE>"
        ),
        Phrasing(r"\b[Ii] (drive|own|ride)\b[^.;!?\n]{0,40} and an? ([a-z]+ )*<o:MAKE>\b"),
        Phrasing(
            r"(^\W*|\b[Ii] )([Bb]ought|[Gg]ot|[Pp]icked up) a (refurbished|second-?hand|used|new) <o:NAME>"
            r"(?=\s*[,.;!]|$)"
        ),
        Phrasing(
            r"\b([Mm]y|[Oo]ur) (battered|beat-?up|rusty|faithful|trusty|second-?hand|vintage) (old )?<o:NAME>"
            r"(?! (road|street|self|friend))"
        ),
        Phrasing(r"\b([Mm]y|[Oo]ur|me and <NAME>,? the) (trusty |faithful )?(old|trusty|faithful|ancient) <o:MAKE>\b"),
        Phrasing(
            r"(^\W*|[.!;] )([Mm]y |[Tt]he |[Oo]ur )?(?P<o><WORD>( <WORD>){0,2}?) "
            r"(was |got |has been |has just been |been )?(stolen|nicked|scrapped|written off)\b",
            ends=True,
        ),
        Phrasing(
            r"(^\W*|[.!;,] )([Mm]y |[Tt]he |[Oo]ur )?(old )?<o:MAKE>('s| is| has|s)( been)? (gone|sold|given)"
            r" (to|off)\b",
            ends=True,
        ),
    ),
    cues="own owns car bike vehicle possess",
    told=Told("What do I own?", "Who owns {o}?"),
)
PET = Relation(
    name="pet",
    reads="has the pet",
    reads_you="have the pet",
    many=True,
    rank=15,
    phrases={
        **INTRODUCTION,
        "PET": any_of(_ANIMALS),
        "PET_ALONE": r"([Cc]at|[Dd]og|[Rr]abbit|[Hh]amster|[Pp]arrot|[Hh]orse)",
        "PET_NAME": r"[A-Z][a-z]{2,}",
    },
    triggers="|".join(
        [
            *listed_words(_ANIMALS),
            "isnt",
            "is not",
            "n't our",
            "n’t our",
            "n't mine",
            "died",
            "passed",
            "called",
            "named",
            "name is",
            "name's",
            "name’s",
        ]
    ),
    predicates=(
        Predicate(
            me=(
                r"(have|ve got|got|adopted|bought|rescued|own)( just)?( adopted)? (a|an|our|my|two|this)"
                r"( new)? ([a-z]+ ){0,3}?<PET>s?(,? (named|called) |, ?|: ?| \()(?P<o>[A-Z][\w'’-]+)"
            ),
            they=r"(has|adopted|bought|got) (a|an) ([a-z]+ ){0,3}?<PET>,? (named|called) (?P<o>[A-Z][\w'’-]+)",
        ),
    ),
    phrasings=(
        Phrasing(
            r"<PET> (?P<o>[A-Z][\w-]+)( had to be| was| has been| got) (put down|put to sleep|run over|rehomed)\b",
            ends=True,
        ),
        Phrasing(
            r"\b([Mm]y|[Oo]ur) ([a-z]+ ){0,2}?<PET>"
            r"('s name is|'s called| is called| is named| called| named|,? \(?)? ?(?P<o>[A-Z][\w'’-]+)(?![\w'’])"
        ),
        Phrasing(
            r"\b([Mm]e and|[Uu]s and|[Jj]ust me and|[Ww]ith|[Gg]ot|[Hh]ave) (a|an|my|our) ([a-z]+ ){0,3}?<PET>,?"
            r" (called|named|by the name of|who answers to) (?P<o>[A-Z][\w-]+)"
        ),
        Phrasing(
            r"\b([Ww]ith|[Pp]lus|[Aa]nd|[Gg]ot|[Hh]ave|,)( our| my| an?)? ((?!(his|her|their|your|whose"
            r"|the|i|we)\b)[a-z]+ ){0,2}?<PET>,?"
            r" (called |named )?(?P<o>(?!(I|Im)\b)[A-Z][a-zà-ÿ]{2,})(?=\s*([,.;!]|$)| (and|who|is|in)\b)"
        ),
        Phrasing(
            r"(\b([Mm]y|[Oo]ur) |^\W*|[,;.!] (and )?)([a-z]+ )?(?i:<PET>)('s|s| is) an? (?i:([a-z]+"
            r" ){0,2}?[a-z]+)(,| called| named|,"
            r" called) (?P<o>[A-Z][a-zà-ÿ]{2,})(?=\s*([,.;!]|$)| (and|who)\b)"
        ),
        Phrasing(
            r"(^\W*((and|also|oh|btw|got) )*|[,;.!] )((my|our|a|an|the) )?([A-Za-z]+ ){0,2}?(?i:<PET>)('s"
            r"|s| is)?,? (called|named)"
            r" (?P<o>[A-Z][a-zà-ÿ]{2,})"
        ),
        Phrasing(r"(?P<o>[A-Z][\w-]+) is (my|our) ([a-z]+ ){0,2}?<PET>\b"),
        Phrasing(r"(?P<o>[A-Z][\w-]+), (my|our) ([a-z]+ ){0,2}?<PET>\b"),
        Phrasing(r"<s:NAME>'s ([a-z]+ ){0,2}?<PET>( is|'s)?,? (called |named )?(?P<o>[A-Z][\w-]+)(?![\w'’])"),
        Phrasing(
            r"(<s:NAME> ?('s got|has|got|bought|adopted) (a|an|her|his) ([a-z]+ ){0,3}?)?\b<PET>\b[^.?\n]{0,40}?[.!,;]+"
            r" ?(([Hh]e|[Ss]he|[Ii]t)( is|'s|s) (called|named)|([Hh]is|[Hh]er|[Ii]ts) name( is|'s|s)|"
            r"((we|We|i|I)('ve|ve)? )?([Nn]amed|[Cc]alled|[Cc]all|[Cc]alling|[Nn]aming) (him|her|it))"
            r" (?P<o>[A-Z][\w-]+)"
        ),
        Phrasing(
            r"^\W*(assistance |guide |rescue |family |house |my |our )*(?i:<PET_ALONE>) <o:PET_NAME>(?=\s*[.,;!(]|$)"
        ),
        Phrasing(r"(^\W*|[,;.] )([Tt]he )?<PET_ALONE>(:| is|'s|'s called| is called)? <o:PET_NAME>(?=\s*[.,;!]|$)"),
        Phrasing(r"\b[Ii] (keep|have) [^.!?:\n]{0,20}<PET>s?\b[^.!?:\n]{0,30}: (?P<o>[A-Z][\w'’-]+)"),
        Phrasing(
            r"\b([Ii]|[Ww]e)('ve got| keep| have)\b[^.!?\n]*\ban? ([a-z]+ ){0,2}<PET> (named|called) "
            r"(?P<o>[A-Z][\w'’-]+)"
        ),
        Phrasing(r"<INTRO>[^.!?\n]*?\b(one|an?|our|my) ([a-z]+ ){0,3}?<PET> (named|called) (?P<o>[A-Z][\w-]+)"),
        Phrasing(r"(?P<o>[A-Z][\w-]+)( has)? (died|passed away|passed)\b", ends=True),
        Phrasing(r"(?P<o>[A-Z][\w-]+) (is not|isn'?t|'s not) (my|our) ([a-z]+ )?<PET>\b", ends=True),
    ),
    model=ModelCue(
        r"dog|cat|puppy|kitten|rabbit|hamster|parrot|horse|tortoise|ferret|pup|greyhound|hound|terrier|bunny",
        stands="anywhere",
        owned=True,
    ),
    asked="pet, cat, dog, rabbit, parrot, hamster, horse",
    cues="pet pets dog dogs cat cats animal animals name",
    section="people",
    card=7,
    told=Told("What is my pet called?", "Who has a pet called {o}?", name=True),
)
RELATIONS = (OWNS, PET)
