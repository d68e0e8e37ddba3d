"""Annotating a span once it is acknowledged: its words, form, times and entities. No model takes part."""

from __future__ import annotations

from secondme.analysis import analyse
from storage.annotations import Annotation, SpanText


def about(kind: str, title: str, heading: str, speaker: str) -> str:
    """What counts as words of a span besides its text: a file's name and heading say what it is about."""
    return "" if speaker or kind != "file" else f"{title} {heading}"


def annotate(span: SpanText) -> Annotation:
    """Everything that is derived from a span's text alone."""
    analysis = analyse(span.text, about(span.kind, span.title, span.heading, span.speaker))
    return Annotation(span.seq, analysis.words, int(analysis.form))
