"""What a model sends is checked before it is asked for, and what is wrong with it is said without repeating it."""

from __future__ import annotations

from typing import Any

import pytest

from secondme.doors.tools import TOOLS, tool
from secondme.errors import UsageError


def checked(name: str, **given: Any) -> dict[str, Any]:
    """The arguments of a call as they go to the engine."""
    one = tool(name)
    assert one is not None
    return one.checked(given)


def test_there_are_five_tools_and_none_of_them_takes_a_path_or_erases() -> None:
    assert [one.name for one in TOOLS] == ["recall", "read", "facts", "ask", "remember"]
    assert [one.name for one in TOOLS if not one.reads_only] == ["remember"]
    names = {argument.name for one in TOOLS for argument in one.arguments}
    assert not names & {"path", "file", "folder", "uri", "url"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"query": "key"}, {"query": "key", "limit": 6}),
        ({"q": "key", "k": 3}, {"query": "key", "limit": 3}),
        ({"query": "key", "limit": "20"}, {"query": "key", "limit": 20}),
        ({"query": "key", "limit": 4.0, "since": None}, {"query": "key", "limit": 4}),
        ({"query": "key", "since": "2024-05-03T08:00:00Z"}, {"query": "key", "limit": 6, "since": "2024-05-03"}),
        ({"query": "key", "until": ""}, {"query": "key", "limit": 6, "until": ""}),
    ],
)
def test_arguments_come_under_either_name_and_with_defaults(given: dict[str, Any], expected: dict[str, Any]) -> None:
    assert checked("recall", **given) == expected


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"query": "   "},
        {"query": None},
        {"query": ["SECRET"]},
        {"query": "SECRET" * 400},
        {"query": "key", "limit": 0},
        {"query": "key", "limit": 21},
        {"query": "key", "limit": -3},
        {"query": "key", "limit": 2.5},
        {"query": "key", "limit": True},
        {"query": "key", "limit": "SECRET"},
        {"query": "key", "limit": "9" * 100_000},
        {"query": "key", "limit": "٣"},
        {"query": "key", "limit": float("nan")},
        {"query": "key", "limit": 1e308},
        {"query": "key", "since": "SECRET"},
        {"query": "key", "since": "2024-02-30"},
        {"query": "key", "SECRET": 1},
        {"query": "key", "path": "/etc/passwd"},
    ],
)
def test_a_wrong_argument_is_refused_in_words_that_do_not_repeat_it(given: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as refused:
        checked("recall", **given)
    assert "SECRET" not in refused.value.sentence()
    assert "passwd" not in refused.value.sentence()
    assert len(refused.value.sentence()) < 120


def test_the_longest_text_is_taken() -> None:
    assert len(checked("recall", query="x" * 2000)["query"]) == 2000
    assert len(checked("remember", text="x" * 2000)["text"]) == 2000
    assert checked("read", id="sp1", around=4000)["around"] == 4000


def test_a_text_that_could_steer_a_terminal_or_is_half_a_letter_is_made_harmless() -> None:
    assert checked("recall", query="key\x1b]52;c\x07\ud800")["query"] == "key␛]52;c␇\ufffd"
