"""Rules that find what a text states: predicates said of the speaker, of someone named and of a relative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondme.facts.lexicon import FAMILY, KIN, LANGUAGES, NAME, WORD

_PLACE = rf"(?:the )?{NAME}(?:, {NAME})?"
_THING = r"[^,.;:!?()\"“”\n]{2,60}?"
_END = (
    r"(?=\s*(?:[,.;:!?()\"“”\n…]|[-–—]\s|$|\b(?:and|but|because|since|so|when|while|which|who|that|as|for|with|after|before|though"
    r"|although|now|these days|nowadays|anymore|any more|any longer|too|as well|again|instead|lately|recently|today|yesterday"
    r"|tomorrow|tonight|last|next|this|in \d{4}|on [A-Z]|on the|in the|at the|from|until|to|at home|a lot|very much|so much|more than|at the moment"
    r"|part[- ]time|full[- ]time|on the side|in the evenings?|right now|at last|already|anyway|honestly|officially|outright|or)\b))"
)
_OCCUPATION = (
    r"(?:[a-z-]+ ){0,3}?(?:nurse|teacher|doctor|engineer|lawyer|writer|designer|developer|programmer|manager|student|chef|cook"
    r"|baker|driver|pilot|painter|plumber|electrician|carpenter|gardener|farmer|librarian|journalist|editor|translator"
    r"|accountant|architect|dentist|vet|veterinarian|pharmacist|scientist|researcher|professor|lecturer|musician|photographer"
    r"|salesperson|consultant|analyst|therapist|psychologist|firefighter|paramedic|waiter|waitress|barista|mechanic|tailor"
    r"|florist|actor|actress|dancer|producer|director|technician|surgeon|judge|secretary|assistant|coach|trainer|midwife"
    r"|physiotherapist|physio|bookkeeper|joiner|roofer|welder|butcher|brewer|cashier|postman|policeman|policewoman|soldier"
    r"|sailor|fisherman|hairdresser|barber|optician|interpreter|tutor|auditor|banker|broker|clerk|cleaner|courier|curator"
    r"|economist|estate agent|real estate agent|guide|illustrator|insurance agent|investigator|janitor|lab tech|lifeguard"
    r"|logistics planner|machinist|mathematician|nanny|notary|owner|physicist|chemist|biologist|geologist|historian|planner"
    r"|project lead|team lead|receptionist|recruiter|reporter|sculptor|security guard|singer|social worker|software dev"
    r"|actuary|ranger|draughtsperson|paralegal|anaesthetist|anesthetist|blacksmith|bricklayer|chiropractor|conductor|crane operator|dancer|decorator|dietitian|DJ|DJ|embroiderer|fundraiser|goldsmith|groundskeeper|joiner|locksmith|mason|mayor|miller|model|negotiator|nutritionist|orthodontist|osteopath|patissier|pilot|podiatrist|potter|priest|printer|radiographer|referee|sommelier|stonemason|student nurse|tattooist|taxidermist|toolmaker|tree surgeon|undertaker|vicar|weaver|product owner|scrum master|archivist|[a-z]+(?:grapher|ologist|iatrist|smith|keeper)|glazier|luthier|estimator|boatbuilder|head of [a-z]+|director of [a-z]+|[a-z]+(?:tician|wright|ologist|uctor|builder)|solicitor|statistician|supervisor|surveyor|tester|tiler|tram driver|upholsterer|usher|volunteer|watchmaker|zookeeper)(?: (?:manager|engineer|developer|designer|teacher|assistant|director|driver|nurse|coach|trainer))?"
)
_PROFESSION = r"[a-z][a-z-]+(?: [a-z][a-z-]+){0,2}"
_NO_JOB = r"(?:mother|father|brother|sister|daughter|grand\w+|step\w+|member|lover|beginner|believer|loner|newcomer|foreigner|stranger|winner|loser|sucker|talker|listener|sleeper|swimmer|hiker|climber|gamer|smoker|drinker|eater|customer|passenger|user|survivor|visitor|neighbor|minor|terror|monster|disaster|master|sinner|prisoner|number|teenager|pensioner|reader|cyclist|pessimist|optimist|feminist|perfectionist|minimalist|realist|atheist|tourist|human|christian|vegetarian|morning person|person|newbie|giant|infant|dinner|elephant|restaurant|fighter|runner|walker|quitter|player|hoarder|night owl|partner|bother|better|regular|star|supporter|subscriber|donor|follower|woman|man|caretaker of)\b"
_FLEET = r"(?:\w+ )?(?:tram|bus|train|taxi|cab|lorry|ambulance|forklift|moon|world|future|mistake|place|night|stage|number|time|idea|clue|patience|energy|yogh?urt|sandwich|coffee|beer|biscuit|apple|banana|pizza|cake|cup|pen|spoon|sock|problem|day)\b"
_NO_WORKPLACE = r"(?:moment|weekend|weekends|time|computer|desk|kitchen|table|same|minute|office|end|beginning|back|house|best|worst|most|other|next|last|day|night|money|benefit|good|best|fun|man)\b"
PET = r"(?:dog|cat|pup|kitty|greyhound|whippet|beagle|husky|corgi|pug|bulldog|setter|sheepdog|mongrel|tabby|mare|puppy|kitten|parrot|rabbit|bunny|hamster|horse|pony|tortoise|turtle|goldfish|budgie|guinea pig|ferret|canary|hound|terrier|labrador|poodle|dachshund|spaniel|collie|retriever|tomcat|gecko|lizard|snake|hen|goat|donkey|rat|mouse|cockatiel|chinchilla)"
_POSSESSION = r"(?:car|dinghy|yacht|narrowboat|motorboat|sailboat|tent|3D printer|chainsaw|lawnmower|hot tub|greenhouse|shed|van|bike|bicycle|motorbike|motorcycle|scooter|boat|kayak|canoe|caravan|camper|house|flat|apartment|cottage|cabin|allotment|laptop|phone|tablet|computer|camera|piano|guitar|violin|cello|drum kit|typewriter|telescope|sewing machine|tractor|trailer|truck|pickup|motorhome|campervan|record player|turntable|e-reader|kindle|printer|drone|synth|keyboard|saxophone|accordion|harp|flute|surfboard|tandem)"
PHONE = r"\+?\(?\d[\d ()./-]{5,18}\d"
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_DAY = (
    r"(?:(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b|(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? (?:the )?\d{1,2}(?:st|nd|rd|th)?)"
)
TONGUE = rf"(?:{'|'.join(LANGUAGES)})"
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
_TITLED = rf"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?{NAME}"
_ADVERB = (
    r"(?:(?:really|just|now|also|still|actually|currently|recently|finally|always|absolutely|truly|both|already|do|did|only"
    r"|officially|properly|honestly|totally|completely|quite|so|very|pretty|rather|mostly|basically|at last|once more|all|even"
    r"|kind of|sort of|secretly|genuinely|simply|apparently|now officially|of course|these days|lately|then|in fact|a bit) )*"
)
_I = r"\b(?:[Ii]|[Ww]e)(?:['’](?:ve|m|re)|m|ve| have| am| are)?(?: both| all)?(?: been| just been| now been)? "
_BARE = (
    r"(?:^\W*(?:(?:[Nn]ews|[Uu]pdate|[Nn]ote|PS|[Bb]tw|[Oo]h|[Aa]nd|[Bb]ut|[Ss]o|[Oo]k|[Yy]es|[Yy]eah|[Ww]ell|[Hh]i|[Hh]ey|[Tt]urns out|[Tt]oday|[Yy]esterday"
    r"|[Aa]lso|[Ff]inally|[Bb]ig news|[Ss]mall news)\b[ ,:!–—-]*)*|[,:;–—]\s+(?:and |but |so )?|\b(?:and|but|then) )(?:[Hh]ave |[Bb]een )?"
)
"""Where "I" may be left out: at the beginning, or after a comma or "and" when the sentence speaks of me."""
_WHO = rf"(?:(?P<s>{NAME})|\b[Mm]y (?:{WORD} ){{0,2}}(?P<k>{'|'.join(FAMILY)})(?: (?P<n>{NAME})|, (?P<m>{NAME}),)?)(?:, (?:my|our|his|her|an? old)\b[^,.!?\n]{{2,30}},)?"
_IS = r"(?:['’]s| is| has| was)?(?: been)? "
_COPULA = r"(?:['’]s| is| was| has been) "
_A = r"(?:a|an|my|our|this|the|some|another)"
_DEGREE = r"(?:really |very |badly |terribly |severely |quite |so |mildly |seriously |super |deathly |highly )*"


@dataclass(frozen=True)
class Rule:
    """A pattern with `o` for the object and, where it is about someone named, `s` for him."""

    relation: str
    pattern: re.Pattern[str]
    ends: bool = False
    bare: bool = False
    """Whether its "I" is left out."""


def _predicates(
    relation: str, mine: str, theirs: str = "", *, ends: bool = False, bare: str | None = "", copula: bool = False
) -> Iterator[Rule]:
    """Rules for a predicate as it is said of me (`mine`), of me without the "I" (`bare`; empty: as with it, None: not at all)
    and of others (`theirs`; with `copula` only behind "is")."""
    if mine:
        yield Rule(relation, re.compile(rf"{_I}{_ADVERB}(?:{mine})"), ends)
    if bare is not None and (bare or mine):
        yield Rule(relation, re.compile(rf"{_BARE}{_ADVERB}(?:{bare or mine})"), ends, bare=True)
    if theirs:
        verb = _COPULA if copula else _IS
        yield Rule(relation, re.compile(rf"{_WHO}{verb}{_ADVERB}(?:{theirs})"), ends)


_PLACE_O = rf"(?P<o>{_PLACE})"
_THING_O = rf"(?:the (?:smell|taste|sound|sight|thought|idea) of )?(?P<o>{_THING}){_END}"
_LOVE = (
    "mad about|crazy about|nuts about|keen on|really into|into|fond of|partial to|addicted to|obsessed with|hooked on|big on"
    "|(?:a )?(?:(?:big|huge|massive|great|real|total|lifelong) )?(?:fan of|fans of|sucker for)"
)
PREDICATE_RULES = (
    *_predicates(
        "lives_in",
        rf"(?:live|living|(?<=ve )lived|based|settled|settling|settle|reside|residing|rent|renting)(?: now| again| full time| permanently)?(?: over| out| up| down| here| there)? (?:in|at|near|outside) {_PLACE_O}",
        rf"(?:lives|living|(?<=has )lived|based|settled|resides)(?: now| again)?(?: over| out| up| down)? (?:in|at|near|outside) {_PLACE_O}",
    ),
    *_predicates(
        "lives_in",
        rf"(?:moved|relocated|move|moving) (?:back |over |away |out |house |home |all the way )?(?:from {_PLACE} )?(?:to|into) {_PLACE_O}(?! (?:for|on) (?:a|the) (?:week|weekend|month|holiday))",
        rf"(?:moved|relocated|moving) (?:back |over |away |out )?(?:from {_PLACE} )?to {_PLACE_O}",
        bare=rf"(?:moved|relocated) (?:back |over |away |out |house |home |all the way )?(?:from {_PLACE} )?to {_PLACE_O}",
    ),
    *_predicates(
        "lives_in",
        rf"(?:signed (?:the|a|our|my) lease (?:on|for|in)(?: (?:a|the) {WORD}(?: {WORD})? in)?|(?:bought|rented|got|found|have|took) (?:a|our|my|the) (?:{WORD} )?(?:place|flat|house|apartment|room|studio) (?:in|near)) {_PLACE_O}",
    ),
    *_predicates("from", "", rf"(?:comes|hails) (?:originally )?from {_PLACE_O}", bare=None),
    *_predicates("from", rf"(?:come |came |hail )?(?:originally )?from {_PLACE_O}(?! (?:to|until|on|at|by|till)\b)", rf"(?:originally |actually )*from {_PLACE_O}(?! (?:to|until|on|at|by|till)\b)", bare=None, copula=True),
    *_predicates("from", rf"(?:was |were )?(?:born(?: and (?:raised|bred|grew up))?|grew up|raised|brought up)(?: (?:on a farm|by the sea))? (?:in|near|outside) {_PLACE_O}", rf"(?:born(?: and (?:raised|bred|grew up))?|grew up|raised|brought up) (?:in|near|outside) {_PLACE_O}"),
    *_predicates(
        "works_at",
        rf"(?:work|working|(?<=ve )worked|employed|started|start|starting|begun|began)(?: (?:a|my) new job| work| working| part time| full time)? (?:at|for|by) {_PLACE_O}",
        rf"(?:works|working|employed|started|began)(?: (?:a|his|her) new job| work| working| part time| full time)? (?:at|for) {_PLACE_O}",
    ),
    *_predicates(
        "works_at",
        rf"(?:joined|hired (?:by|at)|taken on (?:by|at)|(?:got|took|have|landed|accepted|found|started) (?:a|the|my) (?:{WORD} )?(?:job|role|position|post|gig|contract) (?:at|with)|switched (?:jobs )?to|signed (?:on )?with|got (?:hired|taken on) (?:by|at)) {_PLACE_O}(?! (?:for|on) (?:a|the|dinner|lunch))",
        rf"(?:joined|hired (?:by|at)|taken on (?:by|at)|got (?:hired|taken on) (?:by|at)|got (?:a|the) (?:{WORD} )?(?:job|role|position) (?:at|with)) {_PLACE_O}",
    ),
    *_predicates("works_at", rf"(?:work|working|started working|got (?:a|the) job) (?:at|for) the (?P<o>(?!{_NO_WORKPLACE})[a-z]+(?: [a-z]+)?){_END}", rf"(?:works|working|started working|got (?:a|the) job) (?:at|for) the (?P<o>(?!{_NO_WORKPLACE})[a-z]+(?: [a-z]+)?){_END}"),
    *_predicates("works_at", rf"(?:at|with) {_PLACE_O}(?= (?:since|now|these days|for (?:[a-z]+|\d+) (?:week|month|year)s?\b))", bare=rf"(?:been |still )(?:at|with) {_PLACE_O}(?= (?:since|now|these days|for))"),
    *_predicates("works_at", rf"{_A} {_OCCUPATION} (?:at|for|with) {_PLACE_O}", rf"{_A} {_OCCUPATION} (?:at|for|with) {_PLACE_O}", bare=None, copula=True),
    *_predicates(
        "works_as",
        rf"(?:work|working|(?<=ve )worked|started|trained|employed|qualified|hired|began)(?: out| now| freelance| part time| full time)* as (?:a|an|the) (?P<o>(?!team\b|group\b){_PROFESSION}?){_END}(?! of (?:a|the) day)",
        rf"(?:works|working|trained|employed|qualified)(?: now| freelance| part time| full time)* as (?:a|an|the) (?P<o>{_PROFESSION}?){_END}",
    ),
    *_predicates("works_as", rf"(?:a|an|the) (?P<o>{_OCCUPATION})\b(?! (?:of|for) (?:a|the) day|['’]s|-\w| (?:in|of) my (?:dream|novel))", rf"(?:now )?(?:a|an|the) (?P<o>{_OCCUPATION})\b(?!['’]s|-\w)", bare=None, copula=True),
    *_predicates("works_as", rf"(?:a|an) (?P<o>(?:[a-z-]+ )?(?!{_NO_JOB})[a-z]{{3,}}(?:er|or|ist|ian|ant|eer|man|woman|person))(?= (?:now\b|at [A-Z]|for [A-Z]|with [A-Z]))", rf"(?:a|an) (?P<o>(?:[a-z-]+ )?(?!{_NO_JOB})[a-z]{{3,}}(?:er|or|ist|ian|eer|woman|person))(?= (?:now\b|at [A-Z]|for [A-Z]|with [A-Z]))", bare=None, copula=True),
    *_predicates("works_at", rf"(?:a|an) (?:[a-z-]+ )?(?!{_NO_JOB})[a-z]{{3,}}(?:er|or|ist|ian|ant|eer|man|woman|person) (?:at|for) {_PLACE_O}", rf"(?:a|an) (?:[a-z-]+ )?(?!{_NO_JOB})[a-z]{{3,}}(?:er|or|ist|ian|eer|woman|person) (?:at|for) {_PLACE_O}", bare=None, copula=True),
    *_predicates("works_as", rf"(?:a|an) (?P<o>{_PROFESSION}) by (?:trade|profession|training)", rf"(?:a|an) (?P<o>{_PROFESSION}) by (?:trade|profession|training)", bare=None, copula=True),
    *_predicates(
        "studies",
        rf"(?:study|studying|majoring in|major in|enrolled in|enrolled for|doing (?:a|my) (?:{WORD}['’]?s? )?(?:degree|masters?|master['’]s|bachelor['’]?s?|phd|PhD|course|diploma) (?:in|on)) (?P<o>[a-zA-Z][\w ]{{2,40}}?){_END}",
        rf"(?:studies|studying|majoring in|doing (?:a|his|her) (?:{WORD}['’]?s? )?(?:degree|masters?|master['’]s|phd|PhD) in) (?P<o>[a-zA-Z][\w ]{{2,40}}?){_END}",
    ),
    *_predicates("age", r"(?:turned |turning )?(?P<o>\d{1,3})(?: years old| yrs old|yo)?(?=\s*(?:[,.!;)]|$|now\b|today\b|yesterday\b|last\b|this\b|and (?:my|I|still|feel)|in (?:January|February|March|April|May|June|July|August|September|October|November|December|a)|on (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|the)|next\b|years old))", r"(?:turned |turning )?(?P<o>\d{1,3})(?: years old| yrs old)?(?=\s*(?:[,.!;)]|$|now\b|today\b|yesterday\b|last\b|already\b|years old|and ))", bare=r"(?:turned|turning) (?P<o>\d{1,3})\b(?! (?:minutes|pages|degrees|percent))", copula=True),
    *_predicates("birthday", rf"was born (?:on )?(?P<o>{_DAY})", rf"born on (?P<o>{_DAY})", bare=None),
    *_predicates("likes", rf"(?:love|(?<!re )like|enjoy|adore|prefer|(?<=ve )(?:always )?loved|{_LOVE}) {_THING_O}", rf"(?:loves|likes|enjoys|adores|prefers) {_THING_O}", bare=rf"(?:love|adore|(?:mad|crazy|nuts) about|obsessed with|addicted to|big fan of|huge fan of) {_THING_O}"),
    *_predicates("likes", "", rf"(?:{_LOVE}) {_THING_O}", bare=None, copula=True),
    *_predicates("likes", rf"(?:(?:can['’]?t|cannot|could never|never) get enough of|(?:have|got|ve got) (?:a )?(?:soft spot|weakness|thing|sweet tooth|passion|love) for|live for) {_THING_O}", rf"(?:(?:can['’]?t|cannot) get enough of|has a (?:soft spot|weakness|thing|passion) for|lives for) {_THING_O}"),
    *_predicates(
        "dislikes",
        rf"(?:hate|dislike|detest|loathe|despise|abhor|(?:can['’]?t|cannot|can not|could never|never could|couldn['’]?t) (?:stand|bear|abide|stomach)|don['’]?t care for|do not care for|not (?:a |much of a )?(?:(?:big|huge|great) )?(?:fan of|into|fond of|keen on|big on)|(?:don['’]?t|do not|never)(?: really| much)? (?:like|liked|enjoy|enjoyed|love)) {_THING_O}",
        rf"(?:hates|dislikes|detests|loathes|despises|(?:can['’]?t|cannot) (?:stand|bear|abide)|doesn['’]?t care for|doesn['’]?t (?:really |much )?(?:like|enjoy)|not (?:a )?(?:(?:big|huge) )?(?:fan of|into|fond of|keen on)) {_THING_O}",
    ),
    *_predicates("allergic_to", rf"{_DEGREE}allergic to {_THING_O}", rf"{_DEGREE}allergic to {_THING_O}", copula=True),
    *_predicates("allergic_to", r"(?:have|got|ve got|developed) (?:a|an) (?:bad |severe |mild |serious )?(?P<o>[a-z]+(?: [a-z]+)?) allergy\b", r"has (?:a|an) (?:bad |severe |mild |serious )?(?P<o>[a-z]+(?: [a-z]+)?) allergy\b"),
    *_predicates(
        "speaks",
        rf"(?:can )?(?:speak(?:ing)?|grew up speaking|fluent in|get by in|getting by in|learn(?:ed|t) (?:to speak )?|picked up|know|understand|bilingual in|native in|raised in|conversational in)(?: (?:fluent|some|a little|a bit of|decent|passable|good|basic|broken|rusty|bits of|enough))? ?(?P<o>(?i:{TONGUE}))\b(?! (?:food|wine|class|film|music))",
        rf"(?:can )?(?:speaks?|grew up speaking|fluent in|gets by in)(?: (?:fluent|some|a little|a bit of|decent|passable|good|basic|broken))? ?(?P<o>{TONGUE})\b",
    ),
    *_predicates(
        "owns",
        rf"(?:own|bought(?: myself| ourselves)?|drive|ride|got (?:myself|ourselves)|purchased|treated (?:myself|ourselves) (?:to|and bought)|inherited|picked up|have|ve got|got) {_A} (?:brand )?(?P<o>(?:[\w'’-]+ ){{0,3}}?{_POSSESSION})\b",
        rf"(?:owns|bought|drives|rides|got (?:himself|herself)|has|has got|purchased|inherited) {_A} (?P<o>(?:[\w'’-]+ ){{0,3}}?{_POSSESSION})\b",
    ),
    *_predicates(
        "owns",
        rf"(?:own|bought (?:myself|ourselves)|drive|ride|ve been driving|purchased) (?:{_A}|two|three|four|several) (?P<o>(?!{_FLEET}){_THING}){_END}",
        rf"(?:owns|drives|rides) {_A} (?P<o>(?!{_FLEET}){_THING}){_END}",
    ),
    *_predicates("owns", rf"(?:have|ve got|got|drive) an? (?:old|new|used|second-?hand|battered|ancient|rusty|beat up|red|blue|white|black|green|silver|\d+-year-old) (?P<o>{NAME})(?=\s*(?:[,.;!]|$|that|which|with|and|but|from|now))"),
    *_predicates("pet", rf"(?:have|ve got|got|adopted|bought|rescued|own)(?: just)?(?: adopted)? (?:a|an|our|my|two|this)(?: new)? (?:[a-z]+ ){{0,3}}?{PET}s?,? (?:named|called) (?P<o>[A-Z][\w'’-]+)", rf"(?:has|adopted|bought|got) (?:a|an) (?:[a-z]+ ){{0,3}}?{PET},? (?:named|called) (?P<o>[A-Z][\w'’-]+)"),
    *_predicates("birthday", "", bare=rf"born on (?P<o>{_DAY})"),
    *_predicates("age", rf"(?:turned |turning )?(?P<o>{_COUNT})(?= (?:years old|today|now|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|!)", rf"(?P<o>{_COUNT})(?=\s*(?:[.!]|$|now\b|today\b|years old))", bare=rf"(?:turned|turning) (?P<o>{_COUNT})(?= (?:today|now|on)\b|[.!,]|$)", copula=True),
    *_predicates("age", "", rf"(?:turns|turned) (?P<o>{_COUNT})(?= (?:today|now|on|last|this)\b|[.!,]|$)", bare=None),
    *_predicates("age", "", r"(?:turns|turned) (?P<o>\d{1,3})\b(?! (?:minutes|pages|degrees|percent))", bare=None),
    *_predicates("boss", rf"(?:report|reporting|answer) to (?:a (?:woman|man|guy|lady) (?:named|called) )?(?P<o>{_TITLED})", rf"reports to (?P<o>{_TITLED})"),
    *_predicates("spouse", rf"(?:(?:got )?(?:married|engaged) to|dating|seeing|married|going out with|together with|in a relationship with) (?P<o>{NAME})(?! (?:for|about|at|on)\b)", rf"(?:(?:got )?(?:married|engaged) to|dating|married|going out with|together with) (?P<o>{NAME})"),
    # --- what is over
    *_predicates("lives_in", rf"(?:(?:no longer|don['’]?t|do not) live|no longer resident|not living) in {_PLACE_O}", rf"(?:no longer lives|doesn['’]?t live) in {_PLACE_O}", ends=True),
    *_predicates("lives_in", rf"(?:moved away from|moved out of|gave up (?:the|our|my) (?:flat|house|place) in) {_PLACE_O}", rf"(?:moved away from|moved out of) {_PLACE_O}", ends=True),
    *_predicates("lives_in", rf"left {_PLACE_O}(?= for good| behind)", rf"left {_PLACE_O}(?= for good| behind)", ends=True),
    *_predicates("works_at", rf"(?:(?:no longer|don['’]?t|do not) work|not working) (?:at|for) {_PLACE_O}", rf"(?:no longer works|doesn['’]?t work) (?:at|for) {_PLACE_O}", ends=True),
    *_predicates("works_at", rf"(?:quit(?: my job at| working (?:at|for))?|left my job at|resigned from|(?:was |got |been )?(?:laid off (?:by|from)|fired (?:from|by)|let go (?:by|from))|handed in my notice at|retired from) {_PLACE_O}", rf"(?:quit(?: his job at| her job at)?|resigned from|(?:was |got |been )?(?:laid off (?:by|from)|fired (?:from|by)|let go (?:by|from))|retired from) {_PLACE_O}", ends=True),
    *_predicates("works_as", rf"(?:no longer work|(?:don['’]?t|do not) work|not working|stopped working) as (?:a|an) (?P<o>{_PROFESSION}?){_END}", ends=True),
    *_predicates("works_at", rf"left {_PLACE_O}(?! (?:for good|behind))", rf"left {_PLACE_O}(?! (?:for good|behind))", ends=True),
    *_predicates("likes", rf"(?:no longer (?:like|enjoy|love)|(?:don['’]?t|do not) (?:like|enjoy|love)) (?P<o>{_THING})(?= any ?more| these days| any longer)", ends=True),
    *_predicates("likes", rf"(?:went|gone|going) (?:right )?off {_THING_O}", ends=True),
    *_predicates("owns", rf"(?:sold|gave away|got rid of|scrapped|wrecked|totalled|crashed|traded in|no longer own|no longer have|(?:don['’]?t|do not) (?:have|own)) (?:the|my|our|that) (?P<o>(?!(?:old |new )?{_FLEET}){_THING})(?:(?= any ?more)|{_END})", rf"(?:sold|gave away|got rid of|scrapped|traded in|no longer owns) (?:the|his|her|their) (?P<o>{_THING}){_END}", ends=True),
    *_predicates("studies", rf"(?:no longer|stopped|quit|not) studying (?P<o>[a-zA-Z][\w ]{{2,40}}?){_END}", ends=True),
    *_predicates("owns", r"gave (?:the|my|our) (?P<o>[\w -]{2,30}?) away", ends=True),
    *_predicates("studies", rf"(?:dropped out of|gave up|quit|finished|graduated in|stopped studying) (?:the |my )?(?P<o>[a-zA-Z][\w ]{{2,40}}?)(?: course| degree| studies| class(?:es)?){_END}", ends=True),
    *_predicates("spouse", rf"(?:broke up with|split (?:up )?(?:with|from)|divorced(?: from)?|separated from) (?P<o>{NAME})", ends=True),
)  # fmt: skip
_KINS = "|".join(KIN)
_CAPITAL_KINS = "|".join(word.capitalize() for word in KIN)
_MY = r"\b(?:[Mm]y|[Oo]ur|[Tt]he) (?:(?:little|older|younger|elder|big|eldest|youngest|oldest|new|best|dear|good|old|lovely|dearest|twin|only|late|line|direct|current|family|own)[ -])*"
OTHER_RULES = (
    Rule("name", re.compile(rf"\b[Mm]y (?:full |first |real )?name(?: is|['’]s) (?P<o>{NAME})")),
    Rule("name", re.compile(r"^\W*(?:[Hh]i|[Hh]ey|[Hh]ello|[Oo]i)?[\w ,]{0,24}?[,!. ]*\b(?:[Ii]t['’]s|[Tt]his is|[Ii]['’]m|[Ii] am) (?P<o>[A-Z][\w'’-]+ (?:(?:de|da|van|von) )?[A-Z][\w'’-]+)(?= here\b|[,.!]|$| speaking\b)")),
    Rule("name", re.compile(r"(?:^|[,!.] )(?P<o>[A-Z][\w'’-]+ (?:(?:de|da|van|von) )?[A-Z][\w'’-]+) here\b")),
    Rule("name", re.compile(rf"\b(?:I(?:['’]m| am)?|i(?:['’]m| am)?) (?:usually |mostly |generally )?(?:go by|am called|called|known as|answer to)(?: just)? (?P<o>{NAME})")),
    Rule("name", re.compile(rf"\b(?:[Pp]eople|[Ff]riends|[Ee]veryone|[Ee]verybody|[Mm]y friends|[Tt]hey all) (?:just |usually |all |mostly )?calls? me (?P<o>{NAME})")),
    Rule("name", re.compile(rf"\b(?:just |please )?[Cc]all me (?P<o>{NAME})(?=[,.!]|$)")),
    Rule("lives_in", re.compile(rf"\b(?:[Mm]y |[Oo]ur )?(?:[Hh]ome|[Bb]ase)(?: (?:now|these days|for now|at the moment))*(?: is|['’]s)(?: now| in| these days)* (?P<o>{_PLACE})(?! time\b)")),
    Rule("lives_in", re.compile(rf"(?P<o>{NAME}),? where (?:[Ii]|[Ww]e)(?:['’]ve|['’]m| have| am)?(?: now| been)? liv(?:e|ing)\b")),
    Rule("works_at", re.compile(rf"(?P<o>{NAME}),? where (?:[Ii]|[Ww]e)(?:['’]ve|['’]m| have| am)?(?: now| been)? work(?:ing)?\b")),
    Rule("lives_in", re.compile(rf"\b[Mm]y (?:new |current )?(?:flat|home|house|apartment|place|address) is (?:now |still )?in (?P<o>{_PLACE})")),
    Rule("lives_in", re.compile(rf"(?P<o>{NAME})(?:['’]s| is| has)(?: now)?(?: been)? (?:my|our) (?:new )?home\b(?! town)")),
    Rule("from", re.compile(rf"\b[Mm]y home ?town is (?P<o>{_PLACE})")),
    Rule("works_at", re.compile(rf"\b[Mm]y (?:new |current )?(?:employer|company|workplace|firm|office)(?: now)? is (?P<o>{_PLACE})")),
    Rule("works_at", re.compile(rf"\b(?:[Mm]y|[Tt]he) (?:new |current |day )?(?:job|position|role|gig)(?: is|['’]s) (?:now )?(?:at|with) (?P<o>{_PLACE})")),
    Rule("works_at", re.compile(rf"\b(?:[Ff]irst|[Ss]econd|[Nn]ew) (?:day|week|month|year|job) at (?P<o>{_PLACE})")),
    Rule("works_as", re.compile(rf"\b[Mm]y (?:new |current |day )?(?:job(?: title)?|profession|occupation|title|trade) is (?:a |an |now )?(?P<o>{_OCCUPATION})")),
    Rule("works_as", re.compile(rf"\b[Tt]hey (?:have|hired|took|made) me (?:on )?as (?:a|an|the) (?P<o>{_PROFESSION}?){_END}")),
    Rule("age", re.compile(r"\b(?:I['’]m|i['’]m|I am|me) (?P<o>\d{1,3}) years (?:old|of age)")),
    Rule("birthday", re.compile(rf"\b[Mm]y (?:own )?b(?:irth)?day(?: is|['’]s|:)(?: on)? (?P<o>{_DAY})")),
    Rule("birthday", re.compile(rf"(?:^|[,;.] )[Bb](?:irth)?day(?: is|['’]s|:)(?: on)? (?P<o>{_DAY})")),
    Rule("birthday", re.compile(rf"(?P<s>{NAME})['’]s b(?:irth)?day(?: is|['’]s|:)?(?: on)? (?P<o>{_DAY})")),
    Rule("speaks", re.compile(rf"(?P<o>{TONGUE}) is (?:what|the language) (?:I|i|we) (?:mostly |usually )?speak")),
    Rule("speaks", re.compile(rf"\b[Mm]y (?:mother tongue|native language|first language|native tongue) is (?P<o>{TONGUE})\b")),
    Rule("likes", re.compile(rf"\b[Mm]y (?:all-time |absolute |new )?favou?rite (?:[a-z]+ ){{0,3}}(?:is|are|has to be|will always be) (?P<o>{_THING}){_END}")),
    Rule("likes", re.compile(rf"(?:^\W*|[,;] )(?P<o>{WORD}(?: {WORD}){{0,3}}) (?:is|are) my (?:absolute |all-time |new |biggest |great |secret )?(?:favou?rite|passion|weakness|guilty pleasure|thing|jam|idea of a (?:perfect|great|good)|happy place|obsession|great love|first love)")),
    Rule("likes", re.compile(rf"\b[Nn]othing (?:beats|better than|compares to|like) (?P<o>{_THING}){_END}")),
    Rule("likes", re.compile(rf"\b(?:the thing|what) [Ii] (?:really )?(?:love|like|enjoy)(?: the)? most[^,.;!?]{{0,30}}? (?:is|are) (?:the )?(?P<o>{_THING}){_END}")),
    Rule("dislikes", re.compile(rf"\b[Ww]hat [Ii] (?:really |absolutely )?(?:hate|can['’]?t (?:stand|bear)|dislike|loathe)(?: the)?(?: most)? (?:is|are) (?P<o>{_THING}){_END}")),
    Rule("dislikes", re.compile(rf"(?:^\W*|[,;] )(?P<o>{WORD}(?: {WORD}){{0,2}}) (?:isn['’]?t|is not|aren['’]?t|are not|just isn['’]?t|has never been) (?:really )?(?:my (?:thing|cup of tea|style|bag)|for me)\b")),
    Rule("dislikes", re.compile(rf"(?:^\W*|[,;] )(?P<o>{WORD}(?: {WORD}){{0,2}}) (?:tastes? like (?:soap|cardboard|feet|dirt|mud)|makes? me (?:sick|gag|nauseous)|turns? my stomach|gives? me the creeps)")),
    Rule("allergic_to", re.compile(rf"(?:^\W*|[,;:] )[Aa]llergic to (?P<o>{_THING}){_END}")),
    Rule("allergic_to", re.compile(r"\b[Mm]y (?P<o>[a-z]+(?: [a-z]+)?) allergy\b")),
    # --- who belongs to whom
    *(
        Rule("kin", re.compile(form))
        for form in (
            rf"{_MY}(?P<kin>{_KINS})(?: here| now)?(?:['’]s name is|['’]s called| is called| is named| called| named| is (?:a|this) (?:woman|man|guy|girl|lady|bloke) (?:called|named)) (?P<o>{_TITLED})",
            rf"{_MY}(?P<kin>{_KINS})(?: here)?(?: is|['’]s)(?: still| now)? (?P<o>{_TITLED})(?=\s*(?:[.,!;)]|$|\b(?:and|from|at|in|who)\b))",
            rf"{_MY}(?P<kin>{_KINS}) (?P<o>{_TITLED})(?!['’]s (?:{_KINS})\b)",
            rf"{_MY}(?P<kin>{_KINS}) ?[,(–—-] ?(?P<o>{_TITLED})(?=\s*(?:[,.;!?)–—-]|$))",
            rf"{_MY}(?P<kin>{_KINS})(?: too| as well)?, (?P<o>{_TITLED}),",
            rf"^\W*(?:[Nn]ew |[Mm]y |[Oo]ur )?(?:(?P<kin>{_KINS})|(?P<kin2>{_CAPITAL_KINS}))(?: here| now)?: (?P<o>{_TITLED})",
            rf"\b(?:[Mm]y|[Oo]ur|an?) (?:[a-z]+ ){{0,2}}?(?P<kin>{_KINS})\b[^.?!\n]{{0,40}}?[.!,;]+ ?(?:[Hh]is|[Hh]er) name(?: is|['’]s) (?P<o>{_TITLED})",
            rf"\b(?:I|i|We|we)(?:['’]ve got| have| got) (?:a|an|one|two) (?:[a-z]+ ){{0,2}}(?P<kin>{_KINS})(?: too)?,? (?:called |named )?(?P<o>{NAME})",
            rf"\b(?P<kin>(?:Mum|Mom|Dad|Mama|Papa|Mummy|Daddy))(?:['’]s name is| ?[(,]) ?(?P<o>{NAME})\b",
            rf"(?P<o>{_TITLED})(?:,| \() ?(?:my|our) (?:[a-z]+ ){{0,2}}?(?P<kin>{_KINS})\b(?!['’]s)",
            rf"(?P<o>{NAME}), (?P<s>{NAME})['’]s (?:[a-z]+ ){{0,2}}?(?P<kin>{_KINS})\b",
            rf"^\W*[Nn]ew (?P<kin>{_KINS}) is (?P<o>{_TITLED})",
            rf"(?P<o>{_TITLED})(?: is|['’]s| was)(?: now| still| officially| finally)? (?:my|our) (?:[a-z]+ ){{0,2}}?(?P<kin>{_KINS})\b(?!['’])",
            rf"(?P<o>{_TITLED})(?: from [a-z ]+)?(?: is|['’]s| has become| became| was always)(?: now| still)? (?:an?|one of my|my) (?:[a-z]+ ){{0,3}}?(?P<kin>friend)(?: of mine|s)\b",
            rf"\b(?P<kin>[Dd]entist|[Dd]octor|GP|[Vv]et|[Pp]hysio)(?: is|['’]s)?:? (?P<o>Dr\.? {NAME})",
            rf"(?P<s>{NAME}) has (?:a|an) (?:[a-z]+ ){{0,2}}?(?P<kin>{_KINS}),? (?:called |named )?(?P<o>{NAME})\b",
            rf"(?P<s>{NAME})['’]s (?:[a-z]+ ){{0,2}}?(?P<kin>{_KINS})(?: is|['’]s)?(?: called| named|,)? (?P<o>{NAME})(?! [A-Z])",
        )
    ),
    Rule("kids", re.compile(rf"(?:\b[Mm]y|\b[Oo]ur|\b[Tt]he)(?: \w+)? (?P<kin>kids|children|boys|girls|sons|daughters|twins|sisters|brothers|siblings|parents)(?: are(?: called)?| called|,|:| \(|['’] names are)? ?(?P<o>{NAME}(?:, {NAME})*,? and {NAME})")),
    Rule("spouse", re.compile(rf"(?P<o>{NAME}) and (?:I|i) (?:got (?:married|engaged)|are (?:together|married|engaged|dating|a couple)|moved in together|have been (?:together|married)|tied the knot)")),
    Rule("spouse", re.compile(rf"(?P<o>{NAME}) and (?:I|i) (?:broke up|split up|split|are (?:divorced|separated|no longer together)|got divorced|separated|have (?:split|separated|broken up))"), ends=True),
    Rule("pet", re.compile(rf"\b(?:[Mm]y|[Oo]ur) (?:[a-z]+ ){{0,2}}?{PET}(?:['’]s name is|['’]s called| is called| is named| called| named|,? \(?)? ?(?P<o>[A-Z][\w'’-]+)(?![\w'’])")),
    Rule("pet", re.compile(rf"(?P<o>[A-Z][\w-]+) is (?:my|our) (?:[a-z]+ ){{0,2}}?{PET}\b")),
    Rule("pet", re.compile(rf"(?P<o>[A-Z][\w-]+), (?:my|our) (?:[a-z]+ ){{0,2}}?{PET}\b")),
    Rule("pet", re.compile(rf"(?P<s>{NAME})['’]s (?:[a-z]+ ){{0,2}}?{PET}(?: is|['’]s)?,? (?:called |named )?(?P<o>[A-Z][\w-]+)(?![\w'’])")),
    Rule("pet", re.compile(rf"\b{PET}\b[^.?\n]{{0,40}}?[.!,;]+ ?(?:(?:[Hh]e|[Ss]he|[Ii]t)(?: is|['’]s) (?:called|named)|(?:[Hh]is|[Hh]er|[Ii]ts) name(?: is|['’]s)|(?:we|We) (?:named|called|call) (?:him|her|it)) (?P<o>[A-Z][\w-]+)")),
    Rule("works_at", re.compile(rf"(?P<o>{NAME}) (?:let me go|laid me off|fired me|sacked me|made me redundant)\b"), ends=True),
    *(
        Rule(relation, re.compile(rf"(?P<o>{NAME}) (?:isn['’]?t|is not|is no longer) my (?:[a-z]+ ){{0,2}}?(?:{words})\b"), ends=True)
        for relation, words in (
            ("boss", "boss|manager|supervisor"),
            ("spouse", "husband|wife|partner|girlfriend|boyfriend"),
            ("doctor", "doctor|dentist|GP"),
        )
    ),
    Rule("pet", re.compile(r"(?P<o>[A-Z][\w-]+)(?: has)? (?:died|passed away|passed)\b"), ends=True),
    Rule("owns", re.compile(rf"(?:^\W*|[.!;] )(?:[Mm]y |[Tt]he |[Oo]ur )?(?P<o>{WORD}(?: {WORD}){{0,2}}) (?:was |got |has been )?(?:stolen|nicked|scrapped|written off)\b"), ends=True),
    # --- names that are one
    Rule("alias", re.compile(rf"(?P<s>{NAME}),? (?:\(?(?:aka|a\.k\.a\.|also known as|known as|nicknamed|whom? (?:we|I|everyone) calls?|(?:everyone|everybody|we all|we|I) calls? (?:him|her)|or just|short for)) (?P<o>[A-Z][\w'’-]+)")),
    Rule("alias", re.compile(rf"(?:[Ee]veryone|[Ee]verybody|[Ww]e all|[Ww]e|I) calls? (?P<s>{NAME}) (?P<o>[A-Z][\w'’-]+)(?=[,.!]|$)")),
)  # fmt: skip
