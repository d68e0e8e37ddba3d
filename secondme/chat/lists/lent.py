"""What others have of the person: what was lent, borrowed, or is still with somebody, and did not come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from secondme.chat.list_question import ListQuestion
from secondme.chat.lists.gathered import Gathered, gathered
from secondme.chat.lists.lines import Line, is_noise, lines_of
from secondme.chat.lists.sources import Sources
from secondme.facts.phrases import Pattern
from secondme.text.entities import mentions
from secondme.text.terms import stem, words_of

_WORDS = (
    "lent", "lend", "loaned", "borrowed", "borrow", "borrows", "has", "have", "still", "keeps", "kept", "got", "gave",
    "mine", "took", "back", "returned", "holds",
)  # fmt: skip
_MINE = r"(my|our) (?!(word|love|advice|notice|best|life|heart|mind|name|number|address|trust|regards)\b)"
_IS_AWAY = Pattern(
    r"(?i)\b(I|we)('ve| have)? (just |also |already )?(lent|loaned)\b|\b(on loan (to|with)|lent out)\b"
    r"|\bborrow(ed|s|ing)\b[^.;]*\b(my|our|from (me|us)|mine)\b"
    rf"|\b(?<!I )(?<!we )(has|have|had|keeps?|holds?|got|took|taken|looks? after)\b (still |also )?[^.,;]*?"
    rf"\b({_MINE}|of (mine|ours)\b)|\b{_MINE}[\w' -]{{2,40}}? (is|are) (still |now )?(with|at) (?-i:[A-Z])[\w']+"
    rf"|\b(gave|given)\b[^.;]*\b(for a while|until|till|gives? (it|them) back|to use)\b"
)
"""What says that somebody else has a thing of the person."""
_WAS_BORROWED = Pattern(r"(?i)\b(I|we)('ve| have| also| just)* borrow(ed)?\b|\b(lent|loaned) (me|us)\b")
_IS_BACK = Pattern(
    r"(?i)\b(returned|gave|given|brought|handed|got|have|has come|came|is|are|sent|dropped)\b[^.;]*\bback\b"
    r"|\b(returned|dropped off|collected|fetched|picked up|got back)\b"
)
_LATER = Pattern(r"(?i)\b(will|'ll|going to|promis\w+|wants? to|back (by|on|in|after|before)|gives? (it|them) back)\b")
_VERBS = frozenset(map(stem, "lent lend borrow borrowed still return returned give gave back brought got".split()))


def gather_lent(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered:
    """What is with others, in the order in which it was told."""
    spans = sources.spans(words=_WORDS, meaning=asked.text, now=now, but=but)
    lines = [line for line in lines_of(spans) if line.mine and not is_noise(line)]
    away = [line for line in lines if _IS_AWAY.search(line.straight) and not _WAS_BORROWED.search(line.straight)]
    back = [line for line in lines if _IS_BACK.search(line.straight) and not _LATER.search(line.straight)]
    still = [line for line in away if not any(_returns(other, line) for other in back)]
    if not still:
        return Gathered(asked, missing="nothing in it says that somebody has a thing of yours")
    return gathered(asked, still, title="With others")


def _returns(back: Line, away: Line) -> bool:
    """Whether a later line names what is away, which then came back."""
    if back is away or back.said is None or away.said is None or back.said <= away.said:
        return False
    people = {stem(word) for named in mentions(away.text) for word in words_of(named.key)}
    return bool((back.topic() & away.topic()) - people - _VERBS)
