"""What stands beside a question and asks for nothing: what its answer is for, where its asker is, who wants to know, an
oath. A name there is not what memory is asked about."""

from __future__ import annotations

import re

_BEGINS = r"^\W*(?:(?:so|and|but|ok|okay|well|now|also)\b\W*)*"
_ENDS = r"\b[^:;,.?!–—]{0,40}(?:[:;,.!–—]|\s-)\s+"
"""What is left of an aside, and the mark that ends it."""
_PAPER = (
    r"(?:[\w'’-]+ ){0,3}(?:(?-i:[A-Z]{2,5})|\w*(?:forms?|applications?|applying|papers?|paperwork|records?|profile"
    r"|résumé|resume|questionnaire|registration|website|office|invoice|insurers?|insurance|visa|lebenslauf|formular"
    r"|antrag|curr[ií]culum|formulari[oa]|formulaire|dossier))"
)
"""What one fills in with an answer, or who wants one."""
_ASKS = r"(?:i|what|which|who|whose|when|where|why|how|do|does|did|is|are|was|were|has|have|had|can|will|would)"
_ASIDES = tuple(
    re.compile(f"(?i){pattern}")
    for pattern in (
        # "For my CV: …", "It's for the visa form, …", "…, for the DMV?"
        rf"{_BEGINS}(?:(?:it is|it['’]?s|this is|i need (?:it|this)|asking) )?(?:for|für|pour|para) {_PAPER}{_ENDS}",
        rf",\s+(?:for|für|pour|para) {_PAPER}(?=\W*$)",
        # "I'm at the DMV, …", "Hi from Lidl, …"
        rf"{_BEGINS}(?:i['’]?m|i am|we['’]?re|we are|here|hi|hello|greetings)"
        rf" (?:(?:just|still|now|back|here|standing|sitting|stuck|waiting) ){{0,2}}(?:at|in|on|from|outside){_ENDS}",
        # "Pastor's asking: …", "Kendra wants to know, …"
        rf"{_BEGINS}(?!{_ASKS}\b)(?:[\w'’]+ ){{1,4}}(?:asking|wondering|asks|wants to know|needs to know){_ENDS}",
        # "what in the Sam Hill did …", "where on Earth is …", "for Pete's sake, …"
        r",?\s+(?:in|on|for) (?:the )?(?:sam hill|earth|hell|blazes|tarnation"
        r"|(?:god|heaven|christ|pete|goodness)['’]?s? (?:name|sake))\b",
    )
)


def without_asides(question: str) -> str:
    """A question without what stands beside it. Where no question would be left, nothing is taken away."""
    for aside in _ASIDES:
        rest = aside.sub("", question, count=1)
        question = rest if len(rest.split()) > 1 else question
    return question
