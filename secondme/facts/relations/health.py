"""What someone can't have, and what they take."""

from __future__ import annotations

import re

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import (
    ARTICLES,
    ModelCue,
    Phrasing,
    Predicate,
    Relation,
    Told,
    by_stems,
    is_ordinary,
)
from secondme.facts.statement import Candidate

ALLERGIC_TO = Relation(
    name="allergic_to",
    reads="is allergic to",
    reads_you="are allergic to",
    many=True,
    identity=by_stems,
    drops=(ARTICLES,),
    rank=11,
    triggers="allerg",
    phrases={
        "DEGREE": r"(really |very |badly |terribly |severely |quite |so |mildly |seriously |super |deathly |highly )*",
    },
    predicates=(
        Predicate(
            me=r"<DEGREE>allergic to <OBJECT>",
            they=r"<DEGREE>allergic to <OBJECT>",
            copula=True,
        ),
        Predicate(
            me=(
                r"(have|got|ve got|developed) (a|an) "
                r"(bad |severe |mild |serious )?(?P<o>[a-z]+( [a-z]+)?) allergy\b"
            ),
            they=r"has (a|an) (bad |severe |mild |serious )?(?P<o>[a-z]+( [a-z]+)?) allergy\b",
        ),
    ),
    phrasings=(
        Phrasing(
            r"(^\W*|\b[Ii]'?m |\b[Ii] am )([a-z]+ )?[Aa]llergic to "
            r"(?P<o>[a-z]+( [a-z]+)?(, [a-z]+( [a-z]+)?)*,? and [a-z]+( pollen| nuts| stings| milk)?)"
            r"(?=\s*([,.;!?)]|$)|\s+(btw|now|too|so)\b)",
            listed=True,
        ),
        Phrasing(r"(^\W*|[,;:] )[Aa]llergic to <o:THING><END>"),
        Phrasing(r"\b[Mm]y (?P<o>[a-z]+( [a-z]+)?) allergy\b"),
    ),
    model=ModelCue(r"allergic|allergy|allergies|intoleran(t|ce)", fits=is_ordinary),
    cues="allergic allergy allergies",
    questions=(r"what (am|is) <WHO> allergic to",),
    card=8,
    excluded=r"(?i)(the )?(maths?|(hard )?work|mornings?|mondays?|people|exercise|school|housework|homework"
    r"|ironing|effort|commitment|fun|spending|small talk|bullshit|fools)\b",
    told=Told("What am I allergic to?", "Who is allergic to {o}?"),
)
MEDICINES = any_of("""
    insulin, aspirin, paracetamol, warfarin, lithium, digoxin, morphine, codeine, tramadol, gabapentin, pregabalin,
    levetiracetam, lamotrigine, valproate, methotrexate, tacrolimus, tamoxifen, ritalin, melatonin, antihistamines?,
    novorapid, lantus, tresiba, humalog, levemir, toujeo, apidra, fiasp, ozempic, wegovy, mounjaro, jardiance,
    trulicity,
    lipitor, crestor, zocor, plavix, eliquis, xarelto, pradaxa, flomax, viagra, cialis, ventolin, salbutamol, symbicort,
    seretide, trelegy, fostair, clenil, humira, enbrel, methadone, suboxone, concerta, elvanse, adderall, vyvanse,
    strattera,
    zoloft, prozac, lexapro, xanax, valium, ambien, seroquel, abilify, visanne, mirena, microgynon, cerazette, evorel,
    estrogel, utrogestan, synthroid, l-thyroxin, euthyrox, nexium, omeprazole, gaviscon, colchicine, allopurinol,
    sumatriptan,
    propranolol, donepezil, levodopa, sinemet, baclofen, bumetanide, furosemide, spironolactone, clopidogrel,
    finasteride,
    nitrofurantoin, folic acid, creon, mesalazine, azathioprine, hydroxychloroquine, prednisolone, prednisone, buscopan,
    mebeverine, tamsulosin, pentasa, keppra, epilim, lamictal, botox, celecoxib, ibuprofen, naproxen, diclofenac,
    fexofenadine,
    [a-z]+(?:dron|fen|fol|exam|salicyl)ic acid, antibiotics, statins?, antidepressants, beta blockers?, blood
    thinners?, iron tablets, vitamin [a-dk]\\d*, hrt
""")
STEMS = any_of("""
    pril, sartan, olol, statin, prazole, oxetine, pramine, pram, azepam, azolam, cillin, mycin, formin, gliptin,
    gliflozin, glutide, parin, xaban, gatran, grel, profen, thyroxine, dipine, triptan, setron, mab, tinib, losin,
    ciclovir,
    conazole, floxacin, cycline, sone, solone, terol, lukast, dronate, thiazide, semide, tadine, fenadine, tirizine,
    rizine, traline,
    icam, coxib,
    ipiprazole, tiapine, zosin, osterone
""")
"""Endings of the international names of medicines (WHO, The use of stems in the selection of INN)."""
_DOSE = r"\d[\d.,]* ?(mg|mcg|µg|micrograms?|milligrams?|ml|g|units|iu|IU)\b"
_MEDICINE = rf"(?i:{MEDICINES}\b|[a-z]{{2,}}{STEMS}\b)"
TAKES = Relation(
    name="takes",
    reads="takes",
    reads_you="take",
    reads_past="took",
    many=True,
    overlap=True,
    rank=11,
    trigger_pattern=rf"(?:{STEMS}|\b{MEDICINES})\b|{_DOSE}".replace("IU", "iu"),
    further=rf"(?<=and ){_MEDICINE}|(?<=, ){_MEDICINE}|(?<=and a ){_MEDICINE}|(?<=plus ){_MEDICINE}|(?<=& ){_MEDICINE}",
    phrases={
        "CHANGED": "(switched|changed|moved|swapped|gone) (over )?",
        # By its name, or with its dose beside it: "take the bus" is no medicine.
        "MEDICINE": rf"(?i:{MEDICINES}\b|[a-z]{{2,}}{STEMS}\b|(?!the|a|my)[a-z]{{4,}}(?=,? {_DOSE}))",
        "STRONG": rf"(({_DOSE}|the|my|some|daily|a low dose of) )*",
    },
    predicates=(
        Predicate(
            me=(
                r"(on|take|taking|now take|started( on| taking)?|start( on| taking)?|put on|switched to|moved to"
                r"|changed( over)? to|prescribed|back on|swapped to) <STRONG><o:MEDICINE>"
            ),
            they=r"(on|takes|taking|started( on| taking)?|put on|switched to|prescribed|back on) <STRONG><o:MEDICINE>",
        ),
        Predicate(
            me=r"(off|came off|come off|stopped( taking)?|quit( taking)?|no longer (on|take)|done with) <o:MEDICINE>",
            they=r"(off|came off|stopped( taking)?|no longer (on|takes)) <o:MEDICINE>",
            ends=True,
        ),
        Predicate(
            me=r"<CHANGED>from <MEDICINE>[^.!?\n]{0,12} (to|onto|for) <o:MEDICINE>",
            they=r"(switched|changed|moved) from <MEDICINE>[^.!?\n]{0,12} to <o:MEDICINE>",
        ),
        Predicate(
            me=r"<CHANGED>from <o:MEDICINE>[^.!?\n]{0,12} (to|onto|for) <MEDICINE>",
            they=r"(switched|changed|moved) from <o:MEDICINE>[^.!?\n]{0,12} to <MEDICINE>",
            ends=True,
        ),
    ),
    phrasings=(
        Phrasing(
            r"\b(put|started|got|has|have)( poor| old| our| my)? <s:NAME> (back )?on(to)? (the )?<STRONG><o:MEDICINE>"
        ),
        Phrasing(
            r"\b(took|taken|takes|has|have)( poor| old| our| my)? <s:NAME> off (the )?<STRONG><o:MEDICINE>", ends=True
        ),
        Phrasing(r"\b(put|putting|started|has) me (back )?on(to)? <STRONG><o:MEDICINE>"),
        Phrasing(r"\b(switched|changed|moved|swapped) me (over )?(from <MEDICINE> )?(to|onto) <STRONG><o:MEDICINE>"),
        Phrasing(r"\b(switched|changed|moved|swapped) me (over )?from <o:MEDICINE> (to|onto)\b", ends=True),
        Phrasing(r"\bprescribed (me|us) <STRONG><o:MEDICINE>"),
        # "the doctor changed the amlodipine to ramipril", "apixaban changed to edoxaban"
        Phrasing(
            r"(?<!would )\b(changed|switched|swapped|replaced|moved) (the|my|me from the|me from|me off("
            r" the)?) <MEDICINE>"
            r"[^.!?\n]{0,12} (to|for|with|onto) <STRONG><o:MEDICINE>"
        ),
        Phrasing(
            r"(^\W*((and|so|oh|my|the) )*|[,;.!] (and |so )?|\b(and|but|so) )((?i:my|the) )?<MEDICINE>("
            r" has| have)?( been| got|'s| was| is)*"
            r" (changed|switched|swapped|replaced)( over)? (to|for|by|with) <STRONG><o:MEDICINE>"
        ),
        Phrasing(
            r"(^\W*|[,;.!] )(and )?(now )?(on|back on) (to )?<STRONG><o:MEDICINE>(?= instead| now| again"
            r"|[,.;!]|$)"
        ),
        Phrasing(r"(^\W*|[,;.!] )<o:MEDICINE>( now)? instead\b"),
        Phrasing(r"(^\W*|[.!] )<o:MEDICINE> (now|twice a day|every (day|morning|night)|\d times? a day|\dx)\b"),
        Phrasing(r"\b(?<!\w )([Ii]'m|[Ii]m|[Ii]|[Ww]e) (now )?(inject|injecting|use|using|have) <STRONG><o:MEDICINE>"),
        Phrasing(
            r"^\W*((?i:i'm|im|i've got|ive got|i have|got|have|a|and|with|my|also|btw) )*([Tt]ype [12](?!"
            r" diabetes)( diabetic)?|[Dd]iabetic|[Dd]iabetes|[Aa]sthma|[Aa]sthmatic|COPD|[Gg]out"
            r"|[Aa]rthritis|blood pressure"
            r"|[Mm]igraines?|[Ee]pilepsy|[Hh]ypothyroidism|palsy)\W{1,3}(and )?(so )?(i'm |im |I'm )?(on "
            r"|take |taking |use )?<STRONG>"
            r"<o:MEDICINE>"
        ),
        Phrasing(r"\b[Ii]nhalers?( are| is|:) (<MEDICINE> and )?<o:MEDICINE>"),
        Phrasing(r"\b[Ii]nhalers?( are| is|:) <o:MEDICINE> and\b"),
        Phrasing(r"\b(took|taken|taking) me off (the )?<o:MEDICINE>", ends=True),
        Phrasing(
            r"\b([Ii]'m|[Ii]m|[Ii] am|[Ii]) off <MEDICINE>(,| and| so)( now)? (and )?(on|onto) <STRONG><o:MEDICINE>"
        ),
        Phrasing(r"\b(gave|given) me <STRONG><o:MEDICINE>"),
        Phrasing(r"(^\W*|[.!] )[Tt]ablets,? <o:MEDICINE>"),
        Phrasing(
            r"\b[Mm]y ([\w-]+ ){0,3}?(tablets?|pills?|medicine|medication|meds|inhaler) (have|has|were|was)("
            r" been)? (changed|switched)"
            r" to <o:MEDICINE>"
        ),
        Phrasing(
            r"\b[Mm]y (new |current |usual )?(tablets?|pills?|medicine|medication|meds)( now)?( is| are|:) <o:MEDICINE>"
        ),
    ),
    cues="take tablets pills medicine medication prescribed dose",
    questions=(r"(what|which) (tablets|pills|medicines?|medication|meds|drugs) <DO> <WHO> <NOW>(take|taking|on)",),
    of_the_living=True,
    told=Told("Which medicine do I take?", "Who takes {o}?"),
)
_ILLNESSES = any_of("""
    asthma, coeliac, sickle cell( trait| disease)?, eczema, psoriasis, arthritis, rheumatoid arthritis,
    osteoarthritis, epilepsy, migraines, diabetes,
    type 1 diabetes,
    type 2 diabetes, coeliac disease, celiac disease, crohn'?s( disease)?, colitis, IBS, endometriosis, PCOS, ADHD,
    autism,
    dyslexia, dyspraxia, tinnitus, vertigo, glaucoma, cataracts?, sciatica, fibromyalgia, ME, MS,
    parkinson'?s( disease)?,
    alzheimer'?s( disease)?, dementia, COPD, angina, atrial fibrillation, high blood pressure, low blood pressure, high
    cholesterol, an underactive thyroid, an overactive thyroid, hypothyroidism, hyperthyroidism, lupus, gout, anaemia,
    hay ?fever, rosacea, insomnia, (moderate |mild |severe |sleep )*apnoea, (moderate |mild |severe |sleep )*apnea,
    depression,
    anxiety, bipolar( disorder)?, OCD, PTSD, a pacemaker, a hearing aid, hearing aids, a stoma, a frozen shoulder,
    a heart murmur, (a )?stress fracture( in (the|my|his|her) [a-z]+)?, plantar fasciitis, tennis elbow, a hernia,
    (an? )?[a-z]+ intolerance, carpal tunnel( syndrome)?, long covid, scoliosis, osteoporosis, reynaud'?s,
    gestational diabetes, cerebral palsy, multiple sclerosis, cystic fibrosis, a bad heart, a bad back, heart failure,
    kidney disease, emphysema, bronchitis, a slipped disc, ulcerative colitis, raynaud'?s, a thyroid problem,
    type (one|two) diabetes, pre-?diabetes, vitiligo, narcolepsy, polycystic ovaries
""")
_STATES = any_of("""
    coeliac, celiac, diabetic, type 1 diabetic, type 2 diabetic, asthmatic, epileptic, dyslexic, autistic, an?emic,
    colou?r-?blind,
    lactose intolerant, gluten intolerant, lactose-intolerant, gluten-intolerant, left-handed, deaf, deaf in one ear,
    hard of hearing, partially sighted, blind, short-sighted, long-sighted, teetotal, hypertensive, bipolar, dyspraxic,
    a type 1 diabetic, a type 2 diabetic, registered blind
""")
HAS_CONDITION = Relation(
    name="condition",
    reads="has",
    reads_you="have",
    reads_past="had",
    many=True,
    identity=by_stems,
    ordinary=True,
    rank=11,
    trigger_pattern=_ILLNESSES.replace("(", "(?:").replace("'", "['’]").lower(),
    phrases={"ILLNESS": f"(?i:{_ILLNESSES})"},
    predicates=(
        Predicate(
            me=r"((have|ve got|got|suffer from|diagnosed with|live with|ve had) (the )?(got )?)<o:ILLNESS>(?![\w'’-])",
            they=r"((has|has got|got|suffers from|diagnosed with|lives with) (the )?)<o:ILLNESS>(?![\w'’-])",
            bare=r"diagnosed with <o:ILLNESS>(?![\w'’-])",
        ),
    ),
    phrasings=(
        Phrasing(r"\b[Mm]y <o:ILLNESS>(?=\s*([,.;!]|$)|\s+(is|has|was|means|flared|'s)\b)"),
        Phrasing(
            r"\b((sleep )?clinic|doctor|GP|consultant|physio|specialist|hospital|Dr <NAME>) (says|said"
            r"|reckons|thinks) (it'?s |I have"
            r" |I've got )?<o:ILLNESS>(?![\w'’-])"
        ),
        Phrasing(
            r"^\W*((and|also|btw|oh|ok|so|have|got|with|still|my) )*(?P<o>(?!MS\b|ME\b|me\b|ms\b)<ILLNESS>)"
            r"(?=\s*([,.;!]|$)| (and|but|since|confirmed|so|means|again|for|something|awful|bad|badly|terrible)\b)"
        ),
        Phrasing(r"(^\W*|[.!] )(?P<o>[Ss]tress fracture in (the|my) [a-z]+)(?=\W|$)"),
    ),
    cues="ill illness condition diagnosis suffer health",
)


def _was_once(candidate: Candidate) -> bool:
    return re.search(r"\b(?:was|has been)\b", candidate.quote) is not None


IS_IN_STATE = Relation(
    name="health",
    reads="is",
    reads_you="are",
    reads_past="was",
    many=True,
    identity=by_stems,
    ordinary=True,
    rank=11,
    trigger_pattern=_STATES.replace("(", "(?:").lower(),
    phrases={"STATE": f"(?i:{_STATES})"},
    predicates=(
        Predicate(
            me=r"<o:STATE>(?![\w-])(?! (to|from|side|spot|date|bread|food))",
            they=r"<o:STATE>(?![\w-])(?! (to|from|side|spot|date|bread|food))",
            bare=None,
            copula=True,
        ),
    ),
    phrasings=(
        Phrasing(
            r"^\W*((and|also|btw|oh|ok|so|still|very|mildly|severely) )*(?P<o>(?!(deaf|blind|teetotal)\b)<STATE>)"
            r"(?=\s*([,.;!]|$)| (and|but|since|so|btw|from|too|for|now)\b)"
        ),
        Phrasing(r"\b([Ii]'m|[Ii]m|[Ii] am)\b[^.!?\n]{0,60}, (and |also )?<o:STATE>(?=\s*([,.;!]|$)| (and|btw|too)\b)"),
    ),
    vague=_was_once,
    cues="health condition coeliac diabetic",
)
RELATIONS = (ALLERGIC_TO, TAKES, HAS_CONDITION, IS_IN_STATE)
