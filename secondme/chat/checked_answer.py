"""The answer of a larger model while it comes: each sentence is checked before it is shown.

A sentence that memory holds gets the numbers of its passages. One that nothing holds is shown with a mark, unless it
names what nobody said: then the model has begun to invent, and the answer ends before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondme.api import AnswerSentence
from secondme.chat.answer_check import AnswerCheck, says_unknown
from secondme.text.sentences import sentences, strip_citations

_OPEN = re.compile(
    r"(?i)\bwhy\b|\bhow\b(?! (?:much|many|long|old|often|far|big|tall|high|late|soon)\b)|\bshould\b"
    r"|\bcould (?:i|you|we)\b"
    r"|\b(?:summari[sz]e|sum up|explain|describe|suggest|recommend|write|draft|compose|compare|advise|advice|think|feel"
    r"|idea|ideas|plan|tell me (?:about|more)|translate)\b"
)
"""Questions whose answer may say more than memory does."""


@dataclass(frozen=True)
class Shown:
    """A piece of the answer that may be shown: its text with numbers, and whether nothing in memory holds it."""

    text: str
    unsupported: bool


def is_open(question: str) -> bool:
    """Whether a question asks for more than what someone said: reasons, advice, a text."""
    return bool(_OPEN.search(question))


class Numbering:
    """Numbers from 1, in the order in which they are asked for."""

    def __init__(self) -> None:
        self.given: dict[int, int] = {}

    def __call__(self, number: int) -> int:
        """The number that is shown for this one."""
        return self.given.setdefault(number, len(self.given) + 1)


class CheckedAnswer:
    """Takes what a model writes, and gives the sentences that may be shown."""

    def __init__(self, check: AnswerCheck, numbering: Numbering, *, lenient: bool = False) -> None:
        """`numbering` gives the number that the screen shows for a passage's. `lenient`: what nothing
        holds is marked and shown even where it comes first."""
        self._check = check
        self.numbering = numbering
        self._lenient = lenient
        self._held = self._gap = ""
        self.text = ""
        """What is shown so far, with numbers."""
        self.said = ""
        """The same without numbers."""
        self.sentences: list[AnswerSentence] = []
        self.refuses = False
        """Whether the model says that memory does not hold it."""
        self.invents = False
        """Whether its first sentence names what nobody said."""
        self.ended = False

    def anew(self) -> CheckedAnswer:
        """The same check before anything came: what came was none of the answer."""
        return CheckedAnswer(self._check, Numbering(), lenient=self._lenient)

    def add(self, text: str) -> list[Shown]:
        """Take a piece; returns the sentences that are complete by now."""
        self._held += text
        found = sentences(self._held)
        if len(found) < 2:
            return []
        cut = found[-1].start
        whole, self._held = self._held[:cut], self._held[cut:]
        return self._take(whole)

    def rest(self) -> list[Shown]:
        """The last sentence."""
        whole, self._held = self._held, ""
        return self._take(whole)

    def stopped(self) -> list[Shown]:
        """What came of a sentence in which the person stopped the answer: it is kept as it is, with its mark."""
        text, self._held = strip_citations(self._held).rstrip(), ""
        if self.ended or not text.strip():
            return []
        self.said += text
        start = len(self.text) + len(text) - len(text.lstrip())
        self.text += text
        self.sentences.append(AnswerSentence(start, len(self.text), (), 0.0))
        return [Shown(text, unsupported=True)]

    def _take(self, text: str) -> list[Shown]:
        shown: list[Shown] = []
        text = strip_citations(text)
        at = 0
        for sentence in sentences(text):
            if self.ended:
                break
            self._gap += text[at : sentence.start]
            at = sentence.end
            shown += self._sentence(self._gap if self.text else "", sentence.text)
        self._gap += text[at:]
        return shown

    def _sentence(self, before: str, sentence: str) -> list[Shown]:
        if says_unknown(sentence):
            # Later in an answer it takes back nothing of what was said, and adds nothing.
            self.refuses, self.ended = not self.text, not self.text
            return []
        verdict = self._check.sentence(sentence)
        if verdict.invented or (not verdict.numbers and not self._lenient and not self.text):
            self.invents, self.ended = bool(verdict.invented) and not self.text, True
            return []
        numbers = tuple(map(self.numbering, verdict.numbers))
        marks = "".join(f" [{number}]" for number in numbers)
        self._gap = ""
        start = len(self.text) + len(before)
        self.text += f"{before}{sentence}{marks}"
        self.said += f"{before}{sentence}"
        self.sentences.append(AnswerSentence(start, len(self.text), numbers, verdict.support))
        return [Shown(f"{before}{sentence}{marks}", not numbers)]
