"""Sentences that may answer: those of the passages that were found, each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from secondme.api import Hit
from secondme.chat.prompt import Candidate
from secondme.chat.reader_orders import without_orders
from secondme.text.lines import is_full, is_header_line, is_ragged
from secondme.text.sentences import sentences
from secondme.text.tongues import QUESTION_MARKS

MOST_SENTENCES = 40
"""Of so many sentences at most the vectors are computed, those of the best passages first."""
NARROWEST = 28
"""Characters of the narrowest column that text is wrapped to; shorter lines are lists."""
_HEADING = re.compile(r"^\s*#{1,6}\s")
_MARKS = re.compile(r"^(?:#{1,6}|[-*+>•]|\d+[.)])\s+")
_POINTS_BACK = re.compile(
    r"(?i)(?:and |but |so |however,? )?(?:he|she|it|they|him|her|his|its|their|this|that|these|those|such|both|there"
    r"|the (?:former|latter)|as such|another|then|one of (?:them|these|those)|one(?=['’]s| is| was| has| lives| works)"
    r"|the (?:other|first|second|third)(?: one)?(?=['’]s| (?:is|was|has|\w+s)\b))\b(?! is where)"
)
LACKS_ITS_SUBJECT = re.compile(
    r"(?i)(?:and |but |so |also |then )?(?:is|was|has|does|goes|comes|gets|starts|begins|works|lives|wants|needs|loves"
    r"|hates|likes|says|moves|wears|plays|studies|teaches|runs|owns|drives|turns|costs|takes|leaves|arrives|opens|closes|ends"
    r"|finishes|weighs|pays|earns|makes|keeps|stays|speaks)\b(?! (?:it|that|this|there)\b)"
    r"|(?i:due|back|off|away|out) (?:in|on|at|by|from|till|until)\b"
)
"""Begins what goes on about the sentence before: "Ann got the job! starts 5 October"."""
_OPENS = re.compile(r"(?i)(?:and )?(?:the first|one)\b")
_GOES_ON = re.compile(r"(?i)(?:and |but |while )?the (?:other|second|third)\b")
"""Of "two Evas: one sings, the other paints", each tells of an Eva, and the sentence before it does not name her."""
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?\s*")
"""What stands below the names of the columns in Markdown."""
_PHOTO = "[photo:"
"""So the readers of chats write what a photo shows."""
_WORD = re.compile(r"[^\W_]+")
_BLANK = re.compile(r"((?:^|\n)[ \t]*(?:\n[ \t]*)*(?:\n|$))")


@dataclass(frozen=True)
class CandidateSentence:
    """A sentence of passage `number`: its text, what stands before it, and its place in the passage."""

    number: int
    text: str
    before: str
    """The sentence before it in the same passage, or what the speaker said last before."""
    place: int
    hit: Hit
    heading: bool

    @property
    def whole(self) -> str:
        """The sentence, after what stands before it where it begins with a pronoun that stands for something there, or
        lacks its subject.
        What a person asked just before names nothing that they tell."""
        asked = self.hit.role == "me" and self.before.endswith(QUESTION_MARKS)
        back = _POINTS_BACK.match(self.text) or (self.hit.role == "me" and LACKS_ITS_SUBJECT.match(self.text))
        follows = bool(self.before) and not asked and bool(back)
        return f"{_pointed_at(self.before)} {self.text}".lstrip() if follows else self.text


def candidate_sentences(passages: Sequence[Candidate]) -> list[CandidateSentence]:
    """The sentences of passages in their order, MOST_SENTENCES at most."""
    found: list[CandidateSentence] = []
    for number, passage in enumerate(passages, start=1):
        before = " ".join(passage.before.split())
        body = unwrap(passage.hit.text)
        if passage.hit.role != "me":
            body = without_orders(body)  # what tells its reader what to say is no answer
        said = sentences(body)
        headers = {
            place
            for place, (one, below) in enumerate(pairwise(said))
            if is_header_line(one.text, below.text) or _RULE.fullmatch(body, one.end, below.start)
        }
        opened = ""
        title = passage.hit.heading.rpartition(" > ")[2]  # Word, HTML and Evernote mark theirs by other means than "#"
        for place, sentence in enumerate(said):
            if place in headers:
                continue  # names of columns answer nothing
            text = _MARKS.sub("", " ".join(sentence.text.split()).strip("=-~_* ")).strip()
            if not _WORD.search(text):
                continue
            heading = bool(_HEADING.match(sentence.text)) or text == title
            opened = before if _OPENS.match(text) else opened if _GOES_ON.match(text) else ""
            found.append(CandidateSentence(number, text, opened or before, place, passage.hit, heading))
            before = text
    return found[:MOST_SENTENCES]


def _pointed_at(before: str) -> str:
    """The end of a text that a pronoun after it points at: from its last sentence that begins with none. What a photo
    shows is nothing that was said."""
    said = [sentence.text for sentence in sentences(before) if not sentence.text.startswith(_PHOTO)]
    first = next((at for at in reversed(range(len(said))) if not _POINTS_BACK.match(said[at])), 0)
    return " ".join(said[first:])


def unwrap(text: str) -> str:
    """Join a full line with the next where that goes on in small letters, so that a sentence that was wrapped to a
    narrow column is found whole; the length stays the same. Wider ones are known to `sentences`.

    A marked heading stays a line of its own, and so do a row with columns and the lines of a list without marks.
    """
    return "".join(piece if _BLANK.fullmatch(piece) else _unwrapped(piece) for piece in _BLANK.split(text))


def _unwrapped(block: str) -> str:
    lines = block.split("\n")
    width = max(len(line.rstrip()) for line in lines)
    full = [is_full(line, after, width) for line, after in pairwise(lines)]
    if width < NARROWEST or is_ragged(full):
        return block
    joined = lines[0]
    for (line, after), fills in zip(pairwise(lines), full, strict=True):
        goes_on = fills and after[0].islower() and "|" not in line and not _HEADING.match(line)
        joined += f"{' ' if goes_on else chr(10)}{after}"
    return joined
