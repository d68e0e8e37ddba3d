"""The footnotes of an answer."""

from __future__ import annotations

from secondme.api import Citation
from tests.tui.samples import hit
from tui.widgets.citations import citation_line, source_facts


def test_a_file_is_named_with_its_line_or_page_and_its_date() -> None:
    assert source_facts(hit(1)) == ["notes/plan-1.md", "line 13", "3 May 2024"]
    assert source_facts(hit(1, place="page 4", precision="month")) == ["notes/plan-1.md", "page 4", "May 2024"]
    assert source_facts(hit(1, happened_at=None)) == ["notes/plan-1.md", "line 13"]


def test_two_messages_of_one_chat_are_told_apart() -> None:
    said = {"kind": "chat", "title": "Weekend", "precision": "second"}
    first = hit(1, **said, role="me", speaker="Mira", happened_at="2024-05-03T10:02:11+00:00")
    second = hit(2, **said, role="assistant", speaker="Second Me", happened_at="2024-05-03T10:05:40+00:00")
    assert source_facts(first)[1:] == ["you", "3 May 2024 10:02"]
    assert source_facts(second)[1:] == ["Second Me", "3 May 2024 10:05"]


def test_a_message_from_elsewhere_says_who_wrote_it_and_when() -> None:
    message = hit(1, kind="import", title="Family", role="other", speaker="Ana", precision="minute", place="forwarded")
    assert source_facts(message) == ["Family", "Ana", "forwarded", "3 May 2024 10:00"]


def test_a_long_title_leaves_room_for_place_and_date() -> None:
    line = citation_line(Citation(1, hit(1, title="notes/" + "very-" * 30 + "long.md"))).plain
    assert line.startswith("[1] notes/very-very-")
    assert "… · line 13 · 3 May 2024  We meet Ana" in line[:80]


def test_a_time_that_is_none_is_left_out() -> None:
    assert source_facts(hit(1, happened_at="soon")) == ["notes/plan-1.md", "line 13"]
