"""A chat as a document."""

from __future__ import annotations

from secondme.api import Chat, Citation, Hit, Message
from secondme.chat.markdown import chat_markdown

HIT = Hit("s1", "We meet\nat the lake.", "f1", "plan.md", "", "file", 0, 9, 12, "", "", "author", None, "", 0.0)


def test_a_chat_is_written_with_its_times_footnotes_and_what_broke_off() -> None:
    chat = Chat(
        "c",
        "The  lake\n",
        (
            Message("1", "user", "Where?", "2026-01-02T10:00:00Z", "complete"),
            Message("2", "assistant", "At the *lake* [1].", "2026-01-02T10:01:00Z", "stopped", (Citation(1, HIT),)),
            Message("3", "assistant", "", "2026-01-02T10:02:00Z", "removed"),
        ),
    )
    assert chat_markdown(chat) == (
        "# The lake\n\n## You, 2026-01-02 10:00 UTC\n\nWhere?\n\n"
        "## Second Me, 2026-01-02 10:01 UTC\n\nAt the *lake* [1].\n\n(stopped: this is what was written)\n\n"
        "- [1] plan.md:12: We meet at the lake.\n\n"
        "## Second Me, 2026-01-02 10:02 UTC\n\n(removed)\n"
    )


def test_an_empty_chat_is_a_title() -> None:
    assert chat_markdown(Chat("c", " ", ())) == "# Untitled\n"
