"""People whom someone has for something: a mentor, a landlord, a trainer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondme.facts.phrases import listed_words

_WORDS = """
    study partner, gym partner, training partner, walking partner, PA, personal assistant, support worker, warden,
    sponsor, chiropodist, churchwarden, head of year, head, house help,
    home help, helper, au pair, childcare worker, doc, obstetrician, paediatrician, pediatrician, urologist,
    haematologist, neurologist, rheumatologist, endocrinologist, specialist nurse, audiologist,
    mentor, landlord, landlady, trainer, coach, tutor, teacher, instructor,
    decorator, builder, joiner, roofer, handyman, dispatcher, bandleader, conductor, skipper, skip,
    consultant, dermatologist, oncologist, periodontist, orthodontist, podiatrist, ear doctor, eye doctor,
    accountant, lawyer, solicitor, notary,
    hairdresser, barber, mechanic, electrician, plumber, gardener, cleaner, carer, nanny, babysitter, childminder,
    caretaker, agent, editor, union rep, shop steward, case worker, social worker, adviser, advisor,
    counsellor, surgeon, cardiologist, midwife, optician, chiropractor, osteopath, vet, buddy, running partner,
    business partner, lodger, tenant, treasurer, chairman, chairwoman, captain, farrier, supervisor, financial adviser,
    cook, maid, chimney sweep, sweep, fishmonger, butcher, gas engineer, speech therapist, occupational therapist,
    pharmacist, biokineticist, physiotherapist, choirmaster, choir director, organist,
    tower captain,
    ward manager, head teacher, headteacher, health visitor, nutritionist, dietitian, psychiatrist, psychologist,
    dog walker,
    cat sitter, painter, hygienist, keyworker, key worker, doubles partner, lab partner,
    locksmith, vicar, priest, rabbi, imam, piano tuner, window cleaner, milkman, postman, boilerman, boiler man,
    recruiter, publisher, apprentice, assistant, secretary, bandmate, teammate, penpal, pen pal, godfather, godmother,
    Vermieter, Vermieterin, Trainer, Trainerin, Lehrer, Lehrerin, Mentor, Mentorin, Anwalt, Anwältin, Steuerberater,
    Steuerberaterin, Friseur, Friseurin, Hebamme, Betreuer, Betreuerin, Hausmeister, Tierarzt, Tierärztin,
    casero, casera, entrenador, entrenadora, profesor, profesora, abogado, abogada, peluquero, peluquera, mentora,
    tutora, gestor, gestora, comadrona,
    propriétaire, entraîneur, entraîneuse, prof, professeur, professeure, avocat, avocate, coiffeur, coiffeuse,
    comptable, sage-femme, tuteur, tutrice
"""
ROLE_WORDS = tuple(word.lower() for word in listed_words(_WORDS))
_WORD = "|".join(sorted((re.escape(word) for word in listed_words(_WORDS)), key=len, reverse=True))
_MY = r"my|our|meine?[nrm]?|unsere?[nrm]?|mi|nuestr[oa]|mon|ma|notre"
_OTHERS = r"his|her|their|your|its|whose|seine?[nrm]?|ihre?[nrm]?|sus?|son|sa|leur|ton|ta"
_LEADING = r"an?|the|eine?n?|der|die|una?|el|la|une?|le"
_ROLE = re.compile(
    rf"(?i)(?:\b(?P<my>{_MY})\s+|\b(?:{_LEADING})\s+|^\W*)"
    rf"(?:(?:new|old|lovely|dear|poor|neue[rn]?|nuev[oa]|nouvel(?:le)?|nouveau)\s+)*"
    rf"(?P<kind>(?!(?:{_MY}|{_OTHERS}|{_LEADING})\b)(?:[\w-]+\s+)?(?:{_WORD}))\b(?!['’]s)"
)
_I_AM = re.compile(
    r"(?i)(?:['’]s|\bother halfs|\bwifes|\bis|\bwas)\s+$|\b(?:am|i['’]?m|as|be|being|become|became|made me|bin"
    r"|bin jetzt|als|soy|como|suis|comme)\s+$"
)
ROLE = f"(?i:{_WORD})"
"""A word for a role, for patterns."""
GONE = re.compile(
    r"(?i)\b(?:quit|left(?!-)|died|dead"
    r"|retired(?! (?!in |from |last |at |this |on |to |now |after )[a-z])|resigned|passed"
    r"|gone|former|ex|sacked|fired|gekündigt|gestorben|verlassen"
    r"|murió|muerto|dejó|mort|morte|parti|partie|quitté)\b"
)


@dataclass(frozen=True)
class Role:
    """For what a sentence says that someone is had, up to where it says so, and whether it is I who has them."""

    kind: str
    end: int
    mine: bool


def roles(sentence: str) -> Iterator[Role]:
    """The roles that a sentence names: "my mentor", "a new piano teacher", "the landlord"; not "her coach", nor what I
    am, nor whom one no longer has."""
    if GONE.search(sentence):
        return
    for match in _ROLE.finditer(sentence):
        if not _I_AM.search(sentence[: match.start()]):
            yield Role(" ".join(match["kind"].split()), match.end(), bool(match["my"]))
