"""A script of a conversation runs through a whole engine, and each step is judged by what the reply itself says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from secondme.errors import UsageError
from secondme.evaluation.scripts import ConversationReport, evaluate_conversations, load_scripts, statement_of

SCRIPT: dict[str, Any] = {
    "id": "toy",
    "me": "Mira",
    "files": [
        {"path": "shed.md", "text": "# Shed\n\nThe ladder stands behind the shed.\n", "modified": "2026-03-01T10:00:00"}
    ],
    "steps": [
        {"at": "2026-03-02T10:00:00", "chat": "A", "say": "I live in Lisbon.", "category": "telling",
         "wrong": ["Oslo"]},
        {"at": "2026-03-03T10:00:00", "do": "night"},
        {"at": "2026-03-04T10:00:00", "do": "facts", "right": ["lives in Lisbon"], "wrong": ["Oslo"]},
        {"at": "2026-03-04T11:00:00", "chat": "B", "ask": "Where do I live?", "category": "new-chat", "also": ["city"],
         "right": ["Lisbon"], "wrong": [], "refuse": False},
        {"at": "2026-03-04T11:01:00", "chat": "B", "ask": "Where does Zebediah keep the yacht?", "category": "unknown",
         "right": [], "wrong": ["yacht is"], "refuse": True},
        {"at": "2026-03-04T11:02:00", "do": "purge", "target": {"file": "shed.md"}},
        {"at": "2026-03-04T11:03:00", "do": "forget", "target": {"chat": "A"}},
        {"at": "2026-03-04T11:04:00", "do": "facts", "right": [], "wrong": ["Lisbon"]},
        {"at": "2026-03-04T11:05:00", "do": "undo-forget", "target": {"chat": "A"}},
        {"at": "2026-03-04T11:06:00", "do": "facts", "right": ["Lisbon"], "wrong": []},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConversationReport]:
    """The report of the script, without a model."""
    events = list(evaluate_conversations([SCRIPT], tmp_path_factory.mktemp("none") / "config.toml", model="none"))
    assert isinstance(events[-1], ConversationReport)
    yield events[-1]


def test_each_step_that_can_be_judged_is(report: ConversationReport) -> None:
    assert [result.kind for result in report.results] == ["say", "facts", "ask", "refuse", "facts", "facts"]
    assert [result.right for result in report.results] == [True] * 6, report.results
    assert report.right == 1.0 and report.steps == 6
    assert report.by_kind["facts"] == (1.0, 3)
    assert report.by_category["city"] == (1.0, 1)


def test_a_line_of_the_dump_names_the_step(report: ConversationReport) -> None:
    line = json.loads(report.results[2].line())
    assert line.keys() == {"script", "step", "kind", "text", "statement", "shown", "right"}
    assert (line["script"], line["step"]) == ("toy", 3)
    assert "Lisbon" in line["statement"]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("You live in **Lisbon**. [1]\n\n> I live in Lisbon. [1]", "You live in Lisbon."),
        ("> only a quote", ""),
        ("You mentioned:\n- a boat [1]\n- a tent [2]\n\nMore.", "You mentioned:\n- a boat\n- a tent"),
        ("First.\n- not its list", "First."),
    ],
)
def test_the_statement_is_what_the_reply_itself_says(text: str, statement: str) -> None:
    assert "\n".join(line.strip() for line in statement_of(text).replace("- ", "").splitlines()) == statement.replace(
        "- ", ""
    )


def test_another_format_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('{"format": "memory-eval/1"}')
    with pytest.raises(UsageError, match="conversation-eval/1"):
        load_scripts(file)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda script: script.pop("me"), "lacks me"),
        (lambda script: script["steps"][0].pop("wrong"), "step 0, lacks wrong"),
        (lambda script: script["steps"][3].pop("refuse"), "step 3, lacks refuse"),
        (lambda script: script["steps"][1].pop("at"), "step 1, lacks at"),
    ],
)
def test_a_script_without_what_it_needs_is_refused_in_a_sentence(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    script = json.loads(json.dumps(SCRIPT))
    change(script)
    file = tmp_path / "scripts.json"
    file.write_text(json.dumps({"format": "conversation-eval/1", "scripts": [script]}))
    with pytest.raises(UsageError, match=said):
        load_scripts(file)
