"""What the engine returned, as plain text for another program's model.

Every line that comes from memory begins with `>`, and names stand in “ ”, so no text in a file can end its quote and
pass for ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from secondme.api import Answer, Citation, FactView, FoundFacts, FoundPassages, Hit, PassageView, Remembered
from secondme.api.answers import marked_text

LONGEST = 16_000
"""Characters of a result."""
LONGEST_QUOTE = 600
LONGEST_NAME = 100
_ROOM = 200
"""Characters kept free for the lines about what was left out."""
_DATE_LENGTHS = {"year": 4, "month": 7}

_NO_QUOTES = str.maketrans("“”", "''")

Item = TypeVar("Item")


def passages_text(found: FoundPassages) -> str:
    """The passages of a search, numbered: `[n] id · source · place · day · speaker` and a quote."""
    if not found.hits:
        return "Nothing was found." + _left_out(found.left_out)
    return _list(found.hits, _hit_text, found.left_out)


def passage_text(view: PassageView) -> str:
    """A passage in its place."""
    state = f"version {view.version}" + (
        ", as it was: its source has changed or is gone since" if view.archived else ""
    )
    head = f"{place_line(view.hit)} · {state}"
    room = LONGEST - len(head) - _ROOM
    passage, left = _cut(view.hit.text, room)
    rest = room - len(passage)
    before = _end(view.before, rest // 2)
    after, _ = _cut(view.after, rest // 2)
    parts = [head]
    parts += [f"Before it:\n{quoted(before)}"] if before.strip() else []
    parts += [f"The passage:\n{quoted(passage)}"]
    parts += [f"{left:,} more characters."] if left else []
    parts += [f"After it:\n{quoted(after)}"] if after.strip() else []
    return _fit("\n".join(parts))


def facts_text(found: FoundFacts) -> str:
    """Facts, numbered: the sentence, when it holds, the id of the passage, and a quote."""
    if not found.facts:
        return "Nothing was said of that." + _left_out(found.left_out)
    return _list(found.facts, _fact_text, found.left_out)


def answer_text(answer: Answer) -> str:
    """An answer with its marks, and its sources below it."""
    said = quoted(marked_text(answer))
    cited = cited_in(answer)
    if not cited:
        return _fit(said)
    sources = "\n".join(f"[{citation.number}] {place_line(citation.hit)}" for citation in cited)
    if len(said) + len(sources) + _ROOM > LONGEST:
        said = _fit(said, LONGEST - min(len(sources), LONGEST // 2) - _ROOM)
    return _fit(f"{said}\n\nSources:\n{sources}")


def cited_in(answer: Answer) -> list[Citation]:
    """The passages whose numbers stand in an answer; others were read for it, but it does not rest on them."""
    return [citation for citation in answer.citations if f"[{citation.number}]" in answer.text]


def remembered_text(done: Remembered) -> str:
    """What became of a proposed note."""
    if done.state == "kept":
        return f"It is kept as a note ({done.id})."
    return f"It waits for the person's approval ({done.id}); until then it is not part of the memory."


def place_line(hit: Hit) -> str:
    """`id · source · place · day · speaker`, as far as each is known. What a file or a chat names so is in “ ”.

    A note has its own words as its title, and those are in the quote.
    """
    source = "note" if hit.kind == "note" else _name(hit.title)
    place = f"line {hit.line}" if hit.kind == "file" and not hit.place else _name(hit.place or hit.heading)
    day = (hit.happened_at or "")[: _DATE_LENGTHS.get(hit.precision, 10)]
    return " · ".join(part for part in (hit.id, source, place, day, _name(hit.speaker)) if part)


def quoted(text: str) -> str:
    """Text from memory: each of its lines, however they end, begins with `>`."""
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _hit_text(number: int, hit: Hit) -> str:
    return f"[{number}] {place_line(hit)}\n{quoted(_shortened(hit.text))}"


def _fact_text(number: int, fact: FactView) -> str:
    since = f"since {fact.valid_from}" if fact.valid_from else ""
    until = f"until {fact.valid_to}" if fact.valid_to else ""
    validity = " ".join(part for part in (since, until) if part)
    head = " · ".join(part for part in (fact.span_id, validity) if part)
    sentence, quote = (_shortened(" ".join(text.split())) for text in (fact.sentence, fact.quote))
    return f"[{number}] {head}\n> {sentence}\n> “{quote}”"


def _list(items: Sequence[Item], text: Callable[[int, Item], str], left_out: int) -> str:
    """Items as far as there is room, cut between two of them, and how many more there are."""
    texts: list[str] = []
    room = LONGEST - _ROOM
    for number, item in enumerate(items, start=1):
        made = text(number, item)
        room -= len(made) + 2
        if room < 0:
            break
        texts.append(made)
    return "\n\n".join(texts) + _left_out(left_out + len(items) - len(texts))


def _left_out(count: int) -> str:
    return f"\n\n{count:,} more." if count else ""


def _cut(text: str, limit: int) -> tuple[str, int]:
    """At most `limit` characters of a text once it is quoted, cut between words where there are any; and how many
    characters were cut off."""
    text = text.strip()
    kept = text[:limit]
    kept = kept[: max(limit - 2 * kept.count("\n"), 0)]
    if len(kept) < len(text):
        space = kept.rfind(" ", len(kept) - 40)
        kept = kept[:space] if space > 0 else kept
    return kept, len(text) - len(kept)


def _end(text: str, limit: int) -> str:
    """At most the last `limit` characters of a text once it is quoted."""
    kept = text.strip()[max(len(text.strip()) - limit, 0) :]
    return kept[2 * kept.count("\n") :] if len(kept) == limit else kept


def _shortened(text: str) -> str:
    """A text as a quote in a list."""
    kept, left = _cut(text, LONGEST_QUOTE)
    return f"{kept}…" if left else kept


def _fit(text: str, limit: int = LONGEST) -> str:
    """A text within the limit, cut at a line where it would be longer."""
    if len(text) <= limit:
        return text
    end = text.rfind("\n", 0, limit - _ROOM)
    kept = text[: end if end > 0 else limit - _ROOM]
    return f"{kept}\n{len(text) - len(kept):,} more characters."


def _name(text: str) -> str:
    """A name that memory holds, on one line, cut short, in “ ”, which it cannot end itself."""
    line = " ".join(text.translate(_NO_QUOTES).split())
    return f"“{line if len(line) <= LONGEST_NAME else f'{line[: LONGEST_NAME - 1]}…'}”" if line else ""
