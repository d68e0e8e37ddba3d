"""Lines of a form or list that begin with a label: "Excess: £175 each claim"."""

from __future__ import annotations

import re

from secondme.chat.reader.answer_types import holds
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
