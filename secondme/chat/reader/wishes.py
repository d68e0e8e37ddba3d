"""What somebody only thinks, wants or advises: "my uncle thinks I should sell the boat" does not say that I do."""

from __future__ import annotations

import re

from secondme.chat.reader.form import QuestionForm, Wanted
from secondme.facts.phrases import any_of
from secondme.text.tongues import tongue

FARTHEST = 60
"""Characters between what somebody does and what they wish for."""


def _wish(doing: str, wished: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{any_of(doing)}\w*\b[^.;!?]{{0,{FARTHEST}}}\b{any_of(wished)}\b")


_WISHES = {
    "en": _wish(
        """think, thought, reckon, say, said, suggest, insist, want, wish, urg, beg, tell, told, advis, nag, push, hop,
        keep""",
        "(i|we) (should|ought|must|could|might), (me|us) (to|into)",
    ),
    "de": _wish("mein, find, sag, rät, will, möcht, dräng, schlag, schläg", r"soll\w*, müsst\w*, könnt\w*"),
    "fr": _wish(
        "pens, trouv, dit, dis, veu, voudr, conseill, suggèr, insist",
        "(je|on) (devrai[st]|doi[st]|pourrai[st]), nous devrions, que je, de (me|nous)",
    ),
    "es": _wish(
        "cre, piens, dic, quier, insist, sugier, aconsej",
        r"deber[ií]a\w*, podr[ií]a\w*, tengo que, tenemos que, que (yo|me|nos)",
    ),
    "zh": re.compile(r"(?:劝|怂恿|建议|催|希望|想让|觉得)我"),
}
_ASKS_OF_WISHES = re.compile(
    r"(?i)\b(?:should|could|would|might|may|must|wants?|thinks?|plan\w*|said|suggest\w*|going to|soll\w*|debería\w*"
    r"|devrai\w*)\b|该"
)
_DECIDES = re.compile(
    r"(?i)\b(?:not|never|no|nope|nicht|nie|kein\w*|pas|jamais|nunca|but|aber|mais|pero)\b|n['’]t\b|[不没但]"
)
"""Behind a wish, what became of it."""


_CHANGES = "(?:move|switch|change|sell|buy|leave|quit|go|start|get|take|join|open|close|marry|rent|swap|retire)"
_CONSIDERS = re.compile(
    r"(?i)\b(?:thinking (?:of|about)|considering|toying with the idea of|dreaming of|talking about|looking into)"
    rf" (?:\w+ ){{0,3}}?\w+ing\b|\b(?:might|may|(?:would|\w+'d) (?:like|love) to|hop(?:e|ing) to) (?:\w+ )?{_CHANGES}\b"
)
"""An idea, not yet a plan."""
_ASKS_WHAT_IS = re.compile(
    r"(?i)^\W*(?:\w+\W+){0,3}?(?:where|who|what|which|how)\b.*?(?:\b(?:is|are|am|do|does)\b|['’]s\b)"
)
_ASKS_OF_IDEAS = re.compile(
    r"(?i)\b(?:next|plan\w*|think\w*|consider\w*|idea\w*|dream\w*|might|may|hop(?:e|ing)|\w+ing to)\b"
)


def only_considers(question: str, text: str) -> bool:
    """Whether a question asks what is, and a sentence says only what somebody thinks of doing."""
    if not _CONSIDERS.search(text) or _ASKS_OF_WISHES.search(question) or _ASKS_OF_IDEAS.search(question):
        return False
    return bool(_ASKS_WHAT_IS.match(question))


def only_wished(form: QuestionForm, text: str) -> bool:
    """Whether a question asks what is, and a sentence says only what somebody would like to be."""
    if form.wanted is not Wanted.YES_OR_NO or _ASKS_OF_WISHES.search(form.text):
        return False
    wishes = [_WISHES[language] for language in {tongue(text), tongue(form.text)} & set(_WISHES)]
    return any(wish.search(text) for wish in wishes) and not _DECIDES.search(text)
