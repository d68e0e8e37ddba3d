"""Articles and questions of a file in the SQuAD 1.1 format, and its measures (Rajpurkar et al. 2016)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondme.errors import UsageError
from secondme.text.clean import clean

_ARTICLES = frozenset({"a", "an", "the"})
_WHITE_SPACE = re.compile(r"\s+")
_MARK = re.compile(r"\[\d{1,3}(?:[,;–-]\s*\d{1,3})*\]|[*_`#]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""A character of a script that writes no spaces between words: Thai, Lao, Khmer, Japanese, Chinese."""
_NOT_IN_A_NAME = re.compile(r"[^\w .,()'-]+")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of an article's Markdown text: characters `start` to `end` there."""

    article: str
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether most of a stretch of the article lies in this paragraph, or most of the paragraph in it: short
        paragraphs share a passage."""
        common = min(self.end, end) - max(self.start, start)
        return 2 * common > min(end - start, self.end - self.start)


@dataclass(frozen=True)
class Article:
    """An article as a Markdown file: its title as a heading, then a paragraph each."""

    file_name: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question, its paragraph, and the answers that are right; the first one is the one that counts for recall."""

    id: str
    text: str
    paragraph: Paragraph
    answers: tuple[str, ...]


def load_squad(path: Path) -> Mapping[str, Any]:
    """Read a file in the SQuAD 1.1 format. Raises UsageError when it is not."""
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for article in data["data"]:
            for paragraph in article["paragraphs"]:
                for asked in paragraph["qas"]:
                    _ = article["title"], paragraph["context"], asked["id"], asked["question"], asked["answers"]
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as a file of questions ({error}).") from error
    except (KeyError, TypeError) as error:
        raise UsageError(f"{path} is not in the SQuAD 1.1 format.") from error
    return data


def articles_and_questions(
    data: Mapping[str, Any], wordings: Mapping[str, Any] | None = None
) -> tuple[list[Article], list[Question]]:
    """The articles of a file and the questions about them that have an answer.

    `wordings`: another file that asks the same questions, known by their ids, in another language; others are left out.
    """
    articles, questions, names = [], [], set()
    asked_there = _wordings(wordings) if wordings is not None else None
    for number, article in enumerate(data["data"]):
        title = clean(article["title"], keep_newlines=False).replace("_", " ").strip()
        name = _NOT_IN_A_NAME.sub(" ", title).strip(" .") or f"Article {number}"
        file_name = f"{name}.md" if name not in names else f"{name} {number}.md"
        names.add(name)
        text = f"# {title}\n"
        for paragraph in article["paragraphs"]:
            context = clean(paragraph["context"])
            start = len(text) + 1
            text += f"\n{context}\n"
            place = Paragraph(file_name, start, start + len(context))
            for asked in paragraph["qas"]:
                wording = asked["question"] if asked_there is None else asked_there.get(asked["id"])
                answers = tuple(dict.fromkeys(clean(answer["text"]) for answer in asked["answers"]))
                if wording and answers:
                    questions.append(Question(asked["id"], wording, place, answers))
        articles.append(Article(file_name, text))
    return articles, questions


def _wordings(data: Mapping[str, Any]) -> dict[str, str]:
    return {
        asked["id"]: asked["question"]
        for article in data["data"]
        for paragraph in article["paragraphs"]
        for asked in paragraph["qas"]
    }


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether a text holds one of the answers, in NFKC, with white space folded, without marks and numbers in brackets.

    "2 [1] May" holds "2 May".
    """
    folded = _folded(text)
    return any(_folded(answer) in folded for answer in answers)


def _folded(text: str) -> str:
    return _WHITE_SPACE.sub(" ", _MARK.sub("", unicodedata.normalize("NFKC", text))).strip()


def squad_f1(said: str, answers: Sequence[str]) -> float:
    """F1 of words, that of the answer that fits best, 0 to 1.

    Words in lower case, without punctuation and articles; where no spaces are written, each character is a word
    (as in MLQA, Lewis et al. 2020).
    """
    mine = _words(said)
    return max((_f1(mine, _words(answer)) for answer in answers), default=0.0)


def _f1(mine: Sequence[str], theirs: Sequence[str]) -> float:
    if not mine or not theirs:
        return float(mine == theirs)
    common = sum((Counter(mine) & Counter(theirs)).values())
    return 2 * common / (len(mine) + len(theirs))


def _words(text: str) -> list[str]:
    kept = "".join(c for c in _folded(text).lower() if not unicodedata.category(c).startswith("P"))
    return [word for word in _UNSPACED.sub(r" \g<0> ", kept).split() if word not in _ARTICLES]
