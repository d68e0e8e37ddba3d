"""Where a model goes on with the dialogue by itself, or says the same again and again."""

from __future__ import annotations

import re

_TURN = ("user", "human", "question", "person", "q", "system", "context", "instruction", "instructions")
_OWN = ("assistant", "answer", "short answer", "a", "ai", "bot", "response", "second me")
_LABEL = re.compile(r"^[\s*_#>-]*(?P<label>[A-Za-z][A-Za-z ]{0,14})[*_]*\s*:[*_]*[ \t]*")
_MAY_BE_LABEL = re.compile(r"^[\s*_#>-]*(?P<begin>[A-Za-z][A-Za-z ]{0,14})?[*_ ]*$")
_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…](?!\s)[^.!?…\n]*)*(?:[.!?…]+(?=\s)|\n)")
_WORD = re.compile(r"\w+")
LEAST_WORDS = 4
"""A sentence of fewer words, such as an item of a list, may come twice."""
COPIES = 3
LONGEST_PERIOD = 24
FEW_WORDS = 3
FEW_WORDS_COPIES = 6
"""So few words may come so many times in a row ("no, no, no")."""


def words(text: str) -> str:
    """The words of a text in small letters, a blank between them."""
    return " ".join(_WORD.findall(text.lower()))


def loop_start(text: str) -> int | None:
    """Where the second copy begins of words that fill the end of a text COPIES times in a row; None without a loop."""
    found = list(_WORD.finditer(text))
    last = [match.group().lower() for match in found[-LONGEST_PERIOD * COPIES :]]
    for period in range(1, LONGEST_PERIOD + 1):
        copies = COPIES if period > FEW_WORDS else FEW_WORDS_COPIES
        length = period * copies
        if length <= len(last) and last[-length:] == last[-period:] * copies:
            first = len(found)
            while first > period and found[first - 1 - period].group().lower() == found[first - 1].group().lower():
                first -= 1
            return found[first].start() if first < len(found) else None
    return None


def without_loop(text: str) -> str:
    """A text whose end repeats itself, with one copy."""
    start = loop_start(text)
    return text if start is None else text[:start].rstrip(" \t\n,;:–—-")


class Dialogue:
    """Releases the text of an answer up to where another turn begins, or a sentence comes for the second time.

    `ended` is then true. What may still become either is held back.
    """

    def __init__(self) -> None:
        self.ended = False
        self._line = ""
        """The line so far, as long as it may become a label."""
        self._line_is_text = False
        self._first_line = True
        self._sentence = ""
        self._released = 0
        """Characters of the sentence that are out."""
        self._seen: set[str] = set()
        self._text = ""

    def add(self, text: str) -> str:
        """Take a piece; returns what is certain by now."""
        out = []
        for line in re.findall(r"[^\n]*\n|[^\n]+", text):
            if self.ended:
                break
            out.append(self._sentences(self._labels(line)))
        return "".join(out)

    def rest(self, *, cut: bool) -> str:
        """What was held back. `cut`: the output broke off, so a sentence that began like an earlier one is none."""
        held = "" if self.ended else self._line
        self._line = ""
        out = self._sentences(held)
        if self.ended:
            return out
        self.ended = True
        known = words(self._sentence)
        repeated = len(known.split()) >= LEAST_WORDS and (
            known in self._seen or (cut and any(seen.startswith(known) for seen in self._seen))
        )
        return out if repeated else out + self._sentence[self._released :]

    def _labels(self, piece: str) -> str:
        """The piece without a label that the answer begins with. Ends the answer at the label of another turn."""
        if self._line_is_text:
            self._line_is_text = not piece.endswith("\n")
            return piece
        self._line += piece
        line, whole = self._line, piece.endswith("\n")
        found = _LABEL.match(line)
        if found:
            label = " ".join(found["label"].lower().split())
            if label in _TURN or (label in _OWN and not self._first_line):
                self.ended, self._line = True, ""
                return ""
            if label in _OWN:
                line = line[found.end() :]
                if not line:
                    return ""  # a blank may follow the label
        elif not whole and self._may_become_label(line):
            return ""
        self._line, self._line_is_text = "", not whole
        self._first_line = self._first_line and not line.strip()
        return line

    @staticmethod
    def _may_become_label(line: str) -> bool:
        found = _MAY_BE_LABEL.match(line)
        if not found:
            return False
        begin = " ".join((found["begin"] or "").lower().split())
        return any(label.startswith(begin) for label in (*_TURN, *_OWN))

    def _sentences(self, text: str) -> str:
        """What of the text is no repetition."""
        out: list[str] = []
        self._sentence += text
        while not self.ended and (found := _SENTENCE.match(self._sentence)):
            sentence = found.group()
            known = words(sentence)
            if known in self._seen and len(known.split()) >= LEAST_WORDS:
                self.ended = True
                return "".join(out)
            out.append(sentence[self._released :])
            self._seen.add(known)
            self._sentence, self._released = self._sentence[found.end() :], 0
        known = words(self._sentence)
        if not any(seen.startswith(known) for seen in self._seen if len(seen.split()) >= LEAST_WORDS):
            out.append(self._sentence[self._released :])
            self._released = len(self._sentence)
        certain = "".join(out)
        self._text = (self._text + certain)[-4000:]
        if loop_start(self._text) is not None:
            self.ended = True
        return certain
