"""Annotating a span once it is acknowledged: its words, form, times and names. No model takes part."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from secondme.clock import instant
from secondme.text.entities import mentions
from secondme.text.forms import analyse
from secondme.text.timex.expressions import expressions
from storage.annotations import Annotation, EntityMention, SpanText, Time


def about(kind: str, title: str, heading: str, speaker: str) -> str:
    """The words of a span besides its text: the name and the heading of a file say what it is about."""
    return "" if speaker or kind != "file" else f"{title} {heading}"


def annotate(span: SpanText) -> Annotation:
    """Everything that is derived from a span's text alone."""
    analysis = analyse(span.text, about(span.kind, span.title, span.heading, span.speaker))
    named = [
        EntityMention(mention.kind, mention.key, mention.name, mention.start, mention.end)
        for mention in mentions(span.text)
    ]
    return Annotation(span.seq, analysis.words, int(analysis.form), times(span), named)


def times(span: SpanText) -> list[Time]:
    """The intervals that a text mentions, counted from when it was said. The date of a file says nothing of that."""
    if span.happened_at is None or span.precision == "mtime":
        return []
    zone = UTC if span.happened_offset is None else timezone(timedelta(minutes=span.happened_offset))
    said = datetime.fromisoformat(span.happened_at).astimezone(zone)
    return [
        Time(time.start, time.end, instant(time.begins), instant(time.ends))
        for time in expressions(span.text, said)
        if time.kind != "vague"
    ]
