"""What is said of a thing in a form, a list or a manual: behind its label ("Excess: £175 each claim"), or below
its name as a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.chat.reader.answer_types import holds
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.form import QuestionForm
from secondme.text.terms import content_stems

_LABELLED = re.compile(
    r"(?P<label>(?!(?i:what|who|when|where|why|how|which)\b)[^:：=|.!?]{2,40}?)\s*(?:[:：=]|\s[–—-]\s)\s*(?P<value>\S.*)"
)


def is_labelled(form: QuestionForm, text: str) -> bool:
    """Whether a line's label is what a question asks for, and what stands behind it may answer."""
    line = _LABELLED.match(text)
    if line is None or not form.stems:
        return False
    label = set(content_stems(line["label"]))
    return bool(label) and label <= set(form.stems) and holds(form, line["value"]) > 0


def labels_above(form: QuestionForm, found: Sequence[CandidateSentence]) -> list[str]:
    """Of each sentence the heading above it, where the question asks about that by its words and others stand below
    other headings; else nothing."""
    labels = [_label_above(form, one) for one in found]
    return labels if len(set(labels)) > 1 else [""] * len(found)


def _label_above(form: QuestionForm, found: CandidateSentence) -> str:
    label = found.hit.heading.rpartition(" > ")[2]
    named = set(content_stems(label))
    return label if named and named <= set(form.stems) and not found.heading else ""


def only_names(form: QuestionForm, found: CandidateSentence) -> bool:
    """Whether a heading says nothing but what the question says, and so answers nothing."""
    return found.heading and set(content_stems(found.text)) <= set(form.stems)
