"""Where the lines of a list are looked for: by words, by meaning, by time, by document. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from secondme.chat.list_question import Window
from secondme.chat.lists.lines import Line, is_header, lines_of, without_repeats
from secondme.chat.lists.verbs import forms
from secondme.chat.put_right import put_right_in_chat
from secondme.clock import instant
from secondme.facts.extraction import unread_statements
from secondme.facts.identity import Identities
from secondme.facts.intervals import Fact, known_facts
from secondme.facts.profile import said_tie
from secondme.recall.search import Recall
from secondme.text.terms import STOP_WORDS, content_stems, stem
from storage.records import FoundSpan
from storage.store import Store

BY_WORDS = 120
"""Spans that are looked for by their words."""
BY_MEANING = 30
BY_TIME = 400
UNREAD = 100
"""Most spans that are read for facts because the job has not read them yet."""
WHOLE = 400
"""Spans of a document that are read."""
NEAR = 20
"""Turns on each side in which it shows who takes part in a chat."""
NAMES_IT = 0.5
"""The least share of a topic's words that the name or the heading of a document holds which it names."""


class Sources:
    """Looks for what may belong on a list."""

    def __init__(self, store: Store, recall: Recall, names: Callable[[], Sequence[str]]) -> None:
        """`names`: those of the person."""
        self._store = store
        self._recall = recall
        self._names = names

    def spans(
        self,
        *,
        words: Iterable[str] = (),
        meaning: str = "",
        window: Window | None = None,
        now: datetime,
        but: Iterable[str] = (),
    ) -> list[FoundSpan]:
        """Live spans that may be evidence, the oldest first. `words`: any of them occurs. `meaning`: what recall finds
        for this. `window`: said then, or of then. `but`: ids of spans to leave out."""
        store = self._store
        tokens = list(dict.fromkeys(words))
        seqs = [seq for seq, _ in store.words.search(tokens, BY_WORDS)]
        seqs += [seq for seq, _ in store.words.search(tokens, BY_WORDS, faded=True)] if tokens else []
        if window is not None:
            begins, ends = instant(window.begins), instant(window.ends)
            seqs += store.annotations.seqs_within(begins, ends, BY_TIME, faded=True)
        found = store.spans.by_seq(list(dict.fromkeys(seqs)))
        if meaning:
            scored = self._recall.find(meaning, BY_MEANING, evidence_only=True, asked_at=now)
            found.update({hit.span.seq: hit.span for hit in scored.hits})
        left_out = set(but)
        evidence = [span for span in found.values() if is_evidence(span) and span.span.id not in left_out]
        told = [put_right_in_chat(store, span)[0] for span in evidence]
        return sorted(
            {span.span.id: span for span in told}.values(),
            key=lambda span: (span.span.happened_at or "", span.seq),
        )

    def document(self, topic: str, now: datetime, *, by_meaning: bool = True) -> tuple[str, list[FoundSpan]]:
        """(name, spans) of the document, or of its section, that a topic names; of several the newest. ("", []) if
        there is none."""
        words = set(content_stems(topic))
        if not words:
            return "", []
        near = self._recall.find(topic, BY_MEANING, evidence_only=True, asked_at=now).hits if by_meaning else []
        seqs = [
            seq for seq, _ in self._store.words.search([w for w in topic.lower().split() if w not in STOP_WORDS], 60)
        ]
        spans = {hit.span.seq: hit.span for hit in near} | self._store.spans.by_seq(seqs)
        best: tuple[float, float, str, FoundSpan, bool] | None = None
        for found in spans.values():
            if (
                not is_evidence(found)
                or found.kind not in ("file", "note", "import")
                or (found.span.speaker and found.kind != "note")
            ):
                continue
            for name, is_section in ((found.span.heading, True), (_file_name(found), False)):
                held = set(content_stems(name.replace("-", " ").replace("_", " ").replace("/", " ")))
                share = len(words & held) / len(words)
                if share < NAMES_IT:
                    continue
                rank = (share, -abs(len(held) - len(words)) / 100, found.span.happened_at or "", found, is_section)
                if best is None or rank[:3] > best[:3]:
                    best = rank
        if best is None:
            return "", []
        chosen, is_section = best[3], best[4]
        everything = [
            found for found in self._store.spans.of_document(chosen.span.document_id, 0, WHOLE) if is_evidence(found)
        ]
        heads = {found.span.heading for found in everything}
        if is_section and len(heads) > 1 and chosen.span.heading != everything[0].span.heading:
            everything = [found for found in everything if found.span.heading.startswith(chosen.span.heading)]
        trail = chosen.span.heading.split(" > ")
        name = (trail[-1] if is_section else trail[0]) or chosen.title
        return chosen.title if is_header(next(iter(lines_of(everything[:1])), None)) else name, everything

    def facts(self, about: Sequence[str] = ()) -> tuple[list[Fact], Identities]:
        """All facts, or those about these names, with what was said since they were last read."""
        unread = unread_statements(self._store, UNREAD)
        return known_facts(self._store, self._names(), about=about, also=unread)

    def tie(self, fact: Fact) -> str:
        """The word that was said for what someone is to the person."""
        return said_tie(self._store, fact)

    def by_id(self, span_ids: Sequence[str]) -> list[FoundSpan]:
        """Spans by id, in this order."""
        found = self._store.spans.by_id(span_ids)
        return [found[span_id] for span_id in dict.fromkeys(span_ids) if span_id in found]

    def around(self, found: FoundSpan) -> list[FoundSpan]:
        """The spans around one in its document."""
        span = found.span
        return self._store.spans.of_document(span.document_id, span.ordinal - NEAR, span.ordinal + NEAR)

    def told(self, line: Line, name: str) -> bool:
        """Whether a line was said to someone: in a chat with them, or by its own words ("I told Mo that …")."""
        words = line.stems()
        if stem(name.lower()) in words and words & forms(["tell", "say", "write", "mention"]):
            return True
        others = {found.span.speaker.lower() for found in self.around(line.span) if found.span.role == "other"}
        return any(name.lower() in speaker.split() for speaker in others)

    def once(self, spans: Sequence[FoundSpan]) -> list[FoundSpan]:
        """Spans that may be evidence, each once, in their order."""
        return [found for found in {found.span.id: found for found in spans}.values() if is_evidence(found)]

    def lines_of_facts(self, facts: Sequence[Fact]) -> list[Line]:
        """The lines that state facts, each once."""
        found = [self.line_of(fact) for fact in facts]
        return without_repeats([line for line in found if line is not None])

    def line_of(self, fact: Fact) -> Line | None:
        """The line that states a fact: the newest of them."""
        row = fact.statements[-1]
        for line in lines_of(self.by_id([row.span_id])):
            if line.start <= row.start < line.end:
                return line
        return None

    def closeness(self, query: str, texts: Sequence[str]) -> list[float]:
        """How near texts are to a query, by meaning and words."""
        return self._recall.closeness(query, texts) if texts else []


def is_evidence(found: FoundSpan) -> bool:
    """Whether a span may be listed: the person's questions and the assistant's words may not."""
    return found.live and found.span.evidence and found.span.role != "assistant"


def _file_name(found: FoundSpan) -> str:
    path = found.title if found.kind != "file" else f"{found.title} {' '.join(found.uri.split('/')[-2:])}"
    return re.sub(r"\.\w{1,5}\b", " ", path)
