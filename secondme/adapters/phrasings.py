"""How a fact is asked for, by relation: phrasings to learn, and others that are kept aside to see what was learnt.

To teach a relation: give it a line in PHRASINGS. `{who}` is "I" or a name, `{whom}` "me" or a name, `{whose}` "my" or
"Tom's", `{own}` "my" or "their"; `{do}`, `{am}` are the verbs that go with it; `{s}`, `{es}`, `{ies}` end a verb;
`{tie}` is a word such as "sister", `{kind}` the kind of the object ("cheese").
"""

from __future__ import annotations

from dataclasses import dataclass

HELD_OUT = 2
"""The last phrasings of each relation are never learnt: they show whether the fact was, or only its wording."""

PHRASINGS: dict[str, tuple[str, ...]] = {
    "lives_in": (
        "Where {do} {who} live?",
        "Which town {do} {who} live in?",
        "Where is {whose} home?",
        "Tell me where {who} live{s}.",
        "In which place {do} {who} live now?",
        "Do you know where {who} live{s}?",
        "Where can {who} be found living?",
        "What is {whose} home town now?",
    ),
    "from": (
        "Where {do} {who} come from?",
        "Where {am} {who} from?",
        "Which place {do} {who} come from?",
        "Tell me where {who} come{s} from.",
        "What place {am} {who} from originally?",
        "Do you know where {who} come{s} from?",
        "What place did {who} come from?",
        "Where {do} {who} hail from?",
    ),
    "works_at": (
        "Where {do} {who} work?",
        "Who {do} {who} work for?",
        "Which company {do} {who} work for?",
        "Tell me where {who} work{s}.",
        "What is {whose} workplace?",
        "At which place {do} {who} work now?",
        "Who is {whose} employer?",
        "Where is it that {who} work{s}?",
    ),
    "works_as": (
        "What {do} {who} do for a living?",
        "What is {whose} job?",
        "What {do} {who} work as?",
        "Tell me what {who} do{es} for work.",
        "What is {whose} profession?",
        "As what {do} {who} work?",
        "What is {whose} occupation?",
        "Which job {do} {who} have?",
    ),
    "studies": (
        "What {do} {who} study?",
        "What {am} {who} studying?",
        "Which subject {do} {who} study?",
        "Tell me what {who} stud{ies}.",
        "What is {whose} course of study?",
        "In which field {do} {who} study?",
        "Which subject {am} {who} reading?",
        "What is it that {who} stud{ies}?",
    ),
    "birthday": (
        "When is {whose} birthday?",
        "On which day is {whose} birthday?",
        "What is the date of {whose} birthday?",
        "Tell me {whose} birthday.",
        "When {do} {who} have {own} birthday?",
        "Which day is {whose} birthday on?",
        "What day {do} {who} celebrate {own} birthday?",
        "Do you know {whose} birthday?",
    ),
    "born": (
        "What year was {who} born?",
        "When was {who} born?",
        "In which year was {who} born?",
        "Tell me {whose} year of birth.",
        "What is {whose} birth year?",
        "Which year was {who} born in?",
        "What is the year of {whose} birth?",
        "Do you know when {who} was born?",
    ),
    "phone": (
        "What is {whose} phone number?",
        "Which number can {who} be called at?",
        "Tell me {whose} number.",
        "What is {whose} telephone number?",
        "How can {who} be reached by phone?",
        "At which number {do} {who} answer?",
        "What number do I dial for {whom}?",
        "Do you have {whose} phone number?",
    ),
    "email": (
        "What is {whose} email address?",
        "What is {whose} email?",
        "Tell me {whose} email address.",
        "Where can {who} be written to?",
        "Which address {do} {who} use for email?",
        "At which address {do} {who} get email?",
        "How is {whose} email spelled?",
        "Do you have {whose} email?",
    ),
    "likes": (
        "What {do} {who} like?",
        "What {do} {who} love?",
        "What {do} {who} enjoy?",
        "Tell me what {who} like{s}.",
        "What is to {whose} liking?",
        "Which things {do} {who} like?",
        "What {am} {who} fond of?",
        "What makes {whom} happy?",
    ),
    "dislikes": (
        "What {do} {who} dislike?",
        "What {do} {who} hate?",
        "What {do} {who} not like?",
        "Tell me what {who} dislike{s}.",
        "What is not to {whose} liking?",
        "Which things {do} {who} dislike?",
        "What can {who} not stand?",
        "What {do} {who} want to avoid?",
    ),
    "favourite": (
        "What is {whose} favourite {kind}?",
        "Which {kind} {do} {who} like best?",
        "What is the {kind} that {who} like{s} most?",
        "Tell me {whose} favourite {kind}.",
        "Which is {whose} favourite {kind}?",
        "What {kind} {do} {who} prefer?",
        "What would {who} call {own} favourite {kind}?",
        "Do you know {whose} favourite {kind}?",
    ),
    "allergic_to": (
        "What {am} {who} allergic to?",
        "What allergy {do} {who} have?",
        "Tell me what {who} {am} allergic to.",
        "To what {am} {who} allergic?",
        "Which allergy {do} {who} have?",
        "What {do} {who} have an allergy to?",
        "What can {who} not eat or touch because of an allergy?",
        "Which allergies {do} {who} have?",
    ),
    "takes": (
        "What medicine {do} {who} take?",
        "Which tablets {do} {who} take?",
        "What medication {am} {who} on?",
        "Tell me which medicine {who} take{s}.",
        "What pills {do} {who} take?",
        "Which drugs {do} {who} take?",
        "What was {who} prescribed?",
        "What is {whose} medication?",
    ),
    "speaks": (
        "What languages {do} {who} speak?",
        "Which language {do} {who} speak?",
        "Tell me what {who} speak{s}.",
        "In which languages {am} {who} fluent?",
        "What language can {who} speak?",
        "Which tongues {do} {who} know?",
        "What languages {do} {who} know?",
        "Which language can one talk to {whom} in?",
    ),
    "drives": (
        "What {do} {who} drive?",
        "Which car {do} {who} drive?",
        "What car {do} {who} have?",
        "Tell me what {who} drive{s}.",
        "What kind of car {do} {who} drive?",
        "What is {whose} car?",
        "Which vehicle {do} {who} drive?",
        "What stands in {whose} garage?",
    ),
    "figure": (
        "What is {whose} {kind}?",
        "How much is {whose} {kind}?",
        "Tell me {whose} {kind}.",
        "What {kind} {do} {who} have?",
        "What does {whose} {kind} come to?",
        "Which {kind} {do} {who} have?",
        "How high is {whose} {kind}?",
        "Do you know {whose} {kind}?",
    ),
}
TIES = (
    "Who is {whose} {tie}?",
    "What is the name of {whose} {tie}?",
    "What is {whose} {tie} called?",
    "Tell me the name of {whose} {tie}.",
    "What is {whose} {tie}'s name?",
    "Which name does {whose} {tie} have?",
    "How is {whose} {tie} named?",
    "Do you know who {whose} {tie} is?",
)
"""Of relations that are asked for by a word for their object: "sister", "dog"."""


@dataclass(frozen=True)
class Asking:
    """The phrasings of the questions that a fact answers."""

    learnt: tuple[str, ...]
    held_out: tuple[str, ...]


def asking(relation: str, name: str = "", *, kind: str = "", tie: str = "") -> Asking | None:
    """How something is asked for of someone named, or of the owner (no `name`); None where nobody wrote phrasings."""
    forms = TIES if tie else PHRASINGS.get(relation)
    if forms is None or ("{kind}" in forms[0] and not kind):
        return None
    mine = not name
    words = {
        "who": name or "I",
        "whom": name or "me",
        "whose": f"{name}'s" if name else "my",
        "own": "their" if name else "my",
        "do": "do" if mine else "does",
        "am": "am" if mine else "is",
        "s": "" if mine else "s",
        "es": "" if mine else "es",
        "ies": "y" if mine else "ies",
        "tie": tie,
        "kind": kind,
    }
    filled = [form.format(**words) for form in forms]
    said = tuple(text[:1].upper() + text[1:] for text in filled)
    return Asking(said[:-HELD_OUT], said[-HELD_OUT:])
