"""Capitals that people leave out or put where none belong when they type in haste.

The patterns of facts know names by their capitals. `restored` gives them back where a phrase says that a name stands
there ("my boss is called karl", "living in rotterdam since 2015"), letter for letter, so that every offset stays.
"""

from __future__ import annotations

import re

from secondme.facts.phrases import Pattern, any_of
from secondme.text.terms import STOP_WORDS

_GIVEN = any_of("""
    adam, alan, alex, alice, amy, andrea, andrew, andy, angela, anna, anne, anton, ben, bernd, beth, bill, bob, brian,
    carla, carlos, carol, caroline, charlie, chloe, chris, claire, clara, daniel, dave, david, deborah, dennis, diana,
    diego, dirk, ed, elena, eliza, ella, emil, emily, emma, eric, erik, eva, eve, felix, fiona, frank, fred, george,
    gina, greg, greta, hans, harry, helen, henry, ian, ingrid, isabel, ivan, jack, jakob, james, jamie, jan, jane,
    jenny, jens, jess, jim, jo, joe, john, jonas, jose, josh, julia, karen, karl, kate, kevin, klaus, lars, laura, leo,
    lena, liam, lily, linda, lisa, louis, lucy, luis, luke, maria, marie, marta, martin, mary, matt, max, mia, mike,
    mohammed, nadia, nick, nina, noah, oliver, olivia, omar, oscar, pablo, paul, pavel, pedro, peter, phil, rachel,
    rebecca, richard, rita, rob, robert, rosa, ruth, sam, samira, sara, sarah, simon, sofia, sophie, stefan, steve,
    sue, susan, sven, tara, ted, thomas, tim, tina, tom, tomas, tony, vera, vicky, walter, will, yusuf, zoe,
    aaron, abby, abdul, abigail, agnes, ahmed, aisha, aidan, aleksandra, alejandro, alfie, ali, alisha, alison, amanda,
    amelia, amina, anders, andre, ania, anita, annie, anthony, antonio, anya, arjun, archie, arthur, asha, ashley,
    astrid,
    audrey, barbara, barry, becky, bella, bernard, bianca, billy, boris, brandon, brenda, brianna, bruno, callum,
    cameron,
    camille, caitlin, cathy, cedric, charlotte, chidi, christina, ciara, cian, colin, connor, courtney, craig, damian,
    darren, darryl, deepa, denise, derek, dimitri, dmitri, dominic, donna, doreen, dorothy, doug, duncan, dylan, eddie,
    edith, eileen, elaine, eleanor, elif, elijah, ellen, ellie, elsa, emeka, emir, enrique, ethan, eugene, evelyn,
    farah,
    fatima, fergus, finn, finlay, francesca, freddie, gareth, gary, gavin, gemma, geoff, gerald, giovanni, giulia,
    gloria,
    gordon, graham, gwen, hamza, hannah, harriet, hasan, hector, hugo, hussein, ibrahim, imran, ines, isaac, isabella,
    isla, jackie, jacob, jaden, jake, jamal, janet, janice, jason, javier, jayden, jeff, jenna, jennifer, jeremy,
    jerome,
    jessica, jill, joanna, joanne, jodie, joel, joseph, joyce, juan, judith, julian, julie, juliet, justin, kareem,
    katie,
    kathleen, kayla, kaylee, keira, keisha, keith, kelly, ken, kenny, kerry, khalid, kieran, kim, kirsty, kofi, kwame,
    kyle, latoya, lauren, leah, leanne, leon, leona, leroy, lewis, lorenzo, lorraine, louise, luca, lucas, lucia, lydia,
    maggie, malik, marco, marcus, margaret, marek, mariam, marion, marlon, martina, mateo, matthew, maureen, meera,
    megan,
    mei, melanie, melissa, michael, michelle, miguel, mila, millie, miriam, mohamed, moira, molly, monika, morag,
    muhammad, nancy, natalie, natasha, nathan, neil, niamh, nicholas, nicola, nicole, nigel, nikhil, noel, nora, norman,
    olga, ollie, orla, oskar, owen, patricia, patrick, paula, pauline, penelope, philip, philippa, pierre, piotr, priya,
    rachid, rajesh, ralph, ravi, raymond, reggie, rhys, ricardo, ricky, robbie, robert, roberto, rodney, roger, ronnie,
    rory, rosie, russell, ryan, sabrina, sadie, saira, sally, salma, samantha, samuel, sandra, sanjay, sasha, saskia,
    scott, sean, sebastian, shane, shanice, shannon, sharon, shaun, sheila, shirley, siobhan, sinead, sophia, stacey,
    stella, stephanie, stephen, steven, stewart, stuart, sunita, susie, suzanne, sylvia, tamsin, tanya, tariq, tasha,
    teresa, terry, theo, theresa, tiffany, timothy, toby, tobi, tommy, tracey, travis, trevor, tristan, tyler, tyrone,
    vanessa, veronica, victor, viktor, vincent, vijay, wayne, wendy, wesley, yasmin, youssef, yuki, yvonne, zack, zara,
    zainab
""")
_KIN = any_of("""
    wife, husband, partner, girlfriend, boyfriend, bf, gf, hubby, missus, bestie, bff, baby, gran, nan, grandma,
    mam, lad,
    lass, fiancé, fiancée, daughter, son, boy, girl, sister, brother, mum, mom,
    dad, mother, father, cousin, aunt, uncle, niece, nephew, boss, manager, friend, mate, flatmate, housemate, roommate,
    roomie, neighbour, neighbor, colleague, dog, cat, kitten, puppy
""")
_NO_PLACES = any_of("""
    sin, peace, fear, hope, harmony, poverty, luxury, squalor, darkness, town, london's, style, comfort, exile, hiding,
    debt, denial, pain, silence, chaos, limbo, student, halls, digs, college, university, school, hospital, prison,
    care, bed, work, bits, fact, real, total, complete, constant, interesting, different, various, another, each, other,
    some, many, such, shared, rented, separate, social, sheltered, temporary, tents, caravans, boxes, cramped, small,
    tiny, huge, nice, lovely, what, which, where, here, there, home, next, last, this, that, two, three, four, general,
    part, parts, between, together, abroad, upstairs, downstairs, outside, inside, near, close, central, north, south,
    east, west, northern, southern, eastern, western, person, winter, summer, spring, autumn, january, february, march,
    april, june, july, august, september, october, november, december, monday, tuesday, wednesday, thursday, friday,
    saturday, sunday, weeks, months, years, days, plan, marketing, sales, finance, management, teaching, nursing, tears
""")
_NO_WORKPLACES = any_of("""
    home, night, nights, weekends, lunch, noon, dawn, sea, school, college, university, uni, hospital, work, least,
    last, first, once, full, part, half, minimum, free, peanuts, money, myself, ourselves, fun, life, clients, both,
    customers, height, heights, speed, midnight, seven, eight, nine, five, six, ten, being, keeping, what, anyone,
    everyone, someone
""")
_NO_NAMES = any_of("""
    back, away, home, far, different, free, fresh, tired, exempt, late, absent, originally, also, actually, not, safe,
    fine, sick, off, over, out, sore, drunk, red, dizzy, weak, numb, stiff, one, someone, somebody
""")
_NO_SUBJECTS = any_of("""
    it, he, she, they, who, which, that, this, everyone, everybody, someone, somebody, nobody, anyone, one, all, both,
    what, nothing, everything, something, never, always, also, still, now, then, she'?s, he'?s, but, and, so, because,
    landlord, landlady, doctor, dentist, teacher, coach, guy, man, woman, lady, bloke, kids, children, people, most,
    some, about, around, back, over, only, just, nearly, almost, them, him, her, out, off, deposit, tip, rent, bill,
    another, extra, exactly, roughly, vet, plumber, mum, dad, gran, grandma, grandpa, nan, boyfriend, girlfriend, aunty,
    auntie, the, each, another, money, cash, tenant, tenants, lodger, cook, maid, cleaner, work, council, bank
""")
_END = (
    r"(?=\s*([,.;!?)\n]|$)"
    r"|\s+(since|with|w|now|for|on|from|until|last|this|yesterday|today|and|but|cos|where|again|as)\b)"
)
_WORD = r"[a-zß-öø-ÿ][\w'’-]{2,}"
_PLACE = rf"(?P<n>(?!{_NO_PLACES}\b){_WORD}( (?!{_NO_PLACES}\b){_WORD})?){_END}"
_CASUAL = re.compile(r"^\W*[a-zß-öø-ÿ]|\b(?:i|im|ive|dont)\b|[.!?]\s+[a-z]")
_LEFT_OUT = (
    # Where someone lives or goes to live.
    Pattern(
        r"\b([Ll]iv(e|es|ed|ing)|[Bb]ased|[Rr]esid(e|es|ing)|[Mm]ov(e|es|ed|ing)( back| over)?|[Rr]elocat(ed|ing)"
        rf"|[Bb]ack home|born|raised|grew up|(flat|house|place|room|studio|apartment|home))( here)? (in|to) {_PLACE}"
    ),
    # Where someone works.
    Pattern(
        r"\b([Ww]ork(s|ed|ing)?|[Ss]tart(s|ed|ing)?|[Jj]ob|[Jj]oin(s|ed|ing)?)( at| for)? "
        rf"(?<=(?:at|or|ed|ng) )(?P<n>(?!{_NO_WORKPLACES}\b){_WORD}){_END}"
    ),
    # What someone is called.
    Pattern(rf"\b(is|was|are|s|'s) (called|named) (?P<n>{_WORD}){_END}"),
    Pattern(rf"^\W*((hi|hey|hello|ok)\b\W*)?(?P<n>(?!(i|we|me|over|out|right|still|its|it's)\b){_WORD}) here(?=,)"),
    Pattern(rf"\b(name is|name's|names) (?P<n>{_WORD}){_END}"),
    Pattern(rf"\b([Mm]y|[Oo]ur|[Hh]is|[Hh]er) ([a-z]+ )?{_KIN}( is| is called|'s|,)? (?P<n>{_GIVEN})\b"),
    Pattern(
        rf"(^\W*|[,;.!?\n] *|\b(and|but|so|wi|with|w|cos) )((the|me) )?{_KIN}( is|s|'s| called| is called"
        rf"|'s called| named|"
        rf"'s name is|s name is|,)? (?P<n>{_GIVEN})\b"
    ),
    Pattern(
        rf"(^\W*|[.!?;,\n] *|\b(and|but|so|cos|because|oh|btw) )(?P<n>{_GIVEN})(?=('?s)? (out|left|moved"
        rf"|got the|and (i|me)\b|broke"
        r"|dumped|quit|just|works?|lives?|said|came|turned))"
    ),
    Pattern(rf"\b{_KIN}( is|'s) (?P<n>(?!({_NO_NAMES}|[a-z]+(ed|ing|en))\b){_WORD})(?= from \w)"),
    Pattern(rf"^\W*(hi |hey |hello )?(im|i'm|i am|this is) (?P<n>{_GIVEN})\b"),
    Pattern(
        rf"(^\W*|[.!?;\n] *|\b(and|but|so|btw|oh) )(?P<n>{_GIVEN})"
        r"(?=('?s)? (is|has|was|lives?|works?|moved|got|left)\b)"
    ),
    # "mrs pemberton", "dr shah"
    Pattern(r"(^\W*|[\s(])(?P<n>(mrs?|ms|dr|mdm)\.? (?!who|and|says)[a-zß-öø-ÿ][\w'’-]{2,})\b"),
    # Who does something at the beginning of a clause: "pranav owes me 40", "zubin works at the docks".
    Pattern(
        rf"(^\W*|[.!?;\n] *|, (and )?|\b(and|but|so|cos) )(?P<n>(?!({_KIN}|{_NO_SUBJECTS})\b){_WORD})"
        r"(?= (still |now |also )?(owes (me|us)|works (at|as|in|for)|lives (in|near|with)|(is|was) allergic to"
        r"|(can'?t|doesn'?t|does not|won'?t) (eat|drink)|plays the|teaches|restores|(is|has been) diagnosed)\b)"
    ),
    Pattern(rf"\b([Ll]ent|[Ll]oaned) (?P<n>(?!({_KIN}|{_NO_SUBJECTS})\b){_WORD})(?= (my|our|the) )"),
    Pattern(rf"\b([Oo]we|[Ll]ent|[Pp]aid|[Gg]ave|[Rr]epaid) (?P<n>(?!({_KIN}|{_NO_SUBJECTS})\b){_WORD})(?= [£$€]?\d)"),
    # A parent who is spoken of as by a name.
    Pattern(
        r"(^\W*|[,.;!?\n] *|\b(and|but|so|btw|oh|that|because|cos) )(?P<n>mum|mom|dad|gran|grandma|grandpa|granny|nan)"
        r"(?=('?s)? [a-z])(?! (of|jokes?|and dad|and mum|and mom))"
    ),
    Pattern(r"\b(?P<n>mum|mom|dad|gran|grandma|grandpa|granny|nan)(?='?s b(irth)?day)"),
)


_MY = (
    Pattern(
        r"\b(?P<d>[Mm]a)(?= [a-z])(?! [a-zà-ÿ]+ (s'appelle|est|habite|a|travaille)\b)(?! (is|was|said|says"
        r"|and|has|had|will|would)\b)"
    ),
    Pattern(
        rf"\b(?P<d>[Mm]e)(?= (old |new |first |last |wee |own |auld )*({_KIN}|mum|mate|missus|phone|mind|job|name)\b)"
    ),
)
"""How "my" is spelt in Scots, Irish, Australian and northern English; as long as "my" itself."""


def restored(text: str) -> str:
    """A text of the same length with the capitals that its names lack, and "my" for "ma" and "me"."""
    if not _CASUAL.search(text):
        return text
    text = with_my(text)
    for pattern in _LEFT_OUT:
        text = pattern.regex.sub(_capitalised, text)
    return text


def with_my(text: str) -> str:
    """A text of the same length with "my" for "ma" and "me" where those are how it is said."""
    for dialect in _MY:
        text = dialect.regex.sub(lambda match: f"{match['d'][0]}y", text)
    return text


def is_shouted(name: str) -> bool:
    """Whether a name may be an ordinary word in capitals: "the ward SISTER"."""
    return len(name) > 3 and name.isupper()


def _capitalised(found: re.Match[str]) -> str:
    name = found["n"]
    if name.split()[0].lower() in STOP_WORDS:
        return found.group()
    begin, end = found.start("n") - found.start(), found.end("n") - found.start()
    words = re.sub(r"\b[a-zß-öø-ÿ]", lambda first: first.group().upper(), name)
    whole = found.group()
    return f"{whole[:begin]}{words}{whole[end:]}" if len(words) == len(name) else whole
