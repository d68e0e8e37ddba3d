"""Whose words an export holds, and that none of them is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from secondme.readers.documents import ParsedDocument, Turn, Unread
from secondme.readers.exports.registry import reader_of_export
from secondme.readers.exports.tree import export_tree
from tests.secondme.readers.reading import NOBODY


def said(tmp_path: Path, files: dict[str, Any], me: frozenset[str] = NOBODY) -> tuple[list[Turn], list[Unread]]:
    """The messages of an export, which is a folder of these files, and the remarks on it."""
    for name, content in files.items():
        path = tmp_path / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    with export_tree(tmp_path / "export") as tree:
        items = list(reader_of_export(tree).read(tree, me))
    turns = [turn for item in items if isinstance(item, ParsedDocument) for turn in item.turns]
    return turns, [item for item in items if isinstance(item, Unread)]


def shown(turns: list[Turn]) -> list[tuple[str, str, str, str]]:
    return [(turn.speaker, turn.role, turn.place, turn.text) for turn in turns]


# --- ChatGPT ------------------------------------------------------------------------------------


def gpt(*messages: dict[str, Any]) -> dict[str, Any]:
    """A conversation of messages in a row."""
    ids = [f"m{i}" for i in range(len(messages))]
    mapping: dict[str, Any] = {}
    for i, (key, message) in enumerate(zip(ids, messages, strict=True)):
        author = {"role": message.get("role", "assistant"), "name": message.get("name")}
        content = message["content"]
        parts = content if isinstance(content, dict) else {"content_type": "text", "parts": [content]}
        metadata = {"attachments": message.get("attachments", [])}
        recipient = message.get("recipient", "all")
        body = {"id": key, "author": author, "content": parts, "metadata": metadata, "recipient": recipient}
        parent, children = ids[i - 1] if i else None, ids[i + 1 : i + 2]
        mapping[key] = {"id": key, "message": body, "parent": parent, "children": children}
    return {"title": "T", "conversation_id": "c", "current_node": ids[-1], "mapping": mapping}


def test_chatgpt_gives_documents_file_names_and_thoughts_as_words(tmp_path: Path) -> None:
    written = {"name": "jam", "type": "document", "content": "Plum jam\nStone 900 grams of plums"}
    code = {"content_type": "code", "language": "unknown", "text": json.dumps(written)}
    thoughts = {"content_type": "thoughts", "thoughts": [{"summary": "Weighing", "content": "Sugar keeps it"}]}
    quote = {"content_type": "tether_quote", "title": "Jam page", "text": "Boil it long", "url": "https://x.org"}
    conversation = gpt(
        {"role": "user", "content": "See these", "attachments": [{"name": "Lease Mill Lane.pdf", "id": "f"}]},
        {"content": code, "recipient": "canmore.create_textdoc"},
        {"content": thoughts},
        {"role": "tool", "name": "browser", "content": quote},
        {"content": 'Boil it \ue200cite\ue202turn0search0\ue201for \ue200entity\ue202["food","plum jam"]\ue201.'},
    )
    turns, remarks = said(tmp_path, {"conversations.json": [conversation]})
    assert [turn.text for turn in turns] == [
        "See these\n[attached: Lease Mill Lane.pdf]",
        "jam\nPlum jam\nStone 900 grams of plums",
        "Weighing\nSugar keeps it",
        "Jam page\nBoil it long",
        "Boil it for plum jam.",
    ]
    assert not remarks


def test_files_that_every_chatgpt_export_has_are_no_failures(tmp_path: Path) -> None:
    files = {
        "conversations.json": [gpt({"role": "user", "content": "The key is blue"})],
        "shared_conversations.json": [{"id": "s", "conversation_id": "c", "title": "T"}],
        "user.json": {"id": "u"},
        "chat.html": "<html></html>",
        "dalle/lamp.png": "x",
    }
    turns, (remark,) = said(tmp_path, files)
    assert [turn.text for turn in turns] == ["The key is blue"]
    assert (remark.failed, "lamp.png" in remark.reason, "shared" in remark.reason) == (False, True, False)


# --- Claude -------------------------------------------------------------------------------------


def test_claude_gives_documents_results_projects_and_memories(tmp_path: Path) -> None:
    artifact = {"type": "tool_use", "name": "artifacts", "input": {"id": "p", "title": "Plan", "content": "# Oil it"}}
    result = {"type": "tool_result", "content": [{"type": "text", "text": "Linseed costs 12 euros"}]}
    messages = [
        {"uuid": "1", "sender": "human", "text": "Plan it"},
        {"uuid": "2", "sender": "assistant", "text": "", "content": [artifact, result]},
        {
            "uuid": "3",
            "sender": "human",
            "text": "",
            "attachments": [{"file_name": "a.txt", "extracted_content": "I live in Vaasa"}],
        },
    ]
    project = {
        "uuid": "p",
        "name": "Loom",
        "description": "A loom for Vaasa",
        "docs": [{"filename": "w.md", "content": "Warp 40"}],
    }
    files = {
        "conversations.json": [{"uuid": "u", "name": "N", "chat_messages": messages}],
        "projects/p.json": project,
        "memories.json": [{"conversations_memory": "The user weaves.", "account_uuid": "a"}],
        "users.json": [{"uuid": "a", "full_name": "P"}],
    }
    turns, remarks = said(tmp_path, files)
    assert shown(turns) == [
        ("Me", "me", "", "Plan it"),
        ("Claude", "assistant", "", "Plan\n# Oil it"),
        ("Claude", "assistant", "", "Linseed costs 12 euros"),
        ("Me", "me", "", "[attached: a.txt]"),
        ("a.txt", "other", "attached", "I live in Vaasa"),
        ("Claude", "assistant", "attached", "The user weaves."),
        ("Loom", "other", "attached", "A loom for Vaasa"),
        ("w.md", "other", "attached", "Warp 40"),
    ]
    assert not remarks


# --- Telegram -----------------------------------------------------------------------------------


def test_telegram_never_takes_forwarded_words_for_those_of_the_sender(tmp_path: Path) -> None:
    def message(key: int, **more: Any) -> dict[str, Any]:
        sent = {"id": key, "type": "message", "date_unixtime": "1714724100", "from": "Ida", "from_id": "user7"}
        return {**sent, "text": "I live in Vaasa", **more}

    messages = [
        message(1),
        message(2, forwarded_from="Bo"),
        message(3, forwarded_from=None),
        message(4, via_bot="@weather"),
        message(5, text="", contact_information={"first_name": "Liv", "last_name": "Ek", "phone_number": "+47 1"}),
        message(6, text="", todo_list={"title": "Pack", "answers": [{"id": 1, "text": "rope"}]}),
        message(7, text="", location_information={"latitude": 60.1, "longitude": 5.2}),
    ]
    saved = {"type": "saved_messages", "id": 7, "messages": [message(1, saved_from="Bo"), message(2, text="Buy wax")]}
    data = {
        "personal_information": {"user_id": 7},
        "contacts": {"about": "", "list": [{"first_name": "Liv", "phone_number": "+47 1"}]},
        "stories": {"about": "", "list": [{"caption": "At sea"}]},
        "chats": {"list": [{"name": "Boat", "id": 5, "type": "private_group", "messages": messages}, saved]},
    }
    turns, (remark,) = said(tmp_path, {"result.json": data})
    assert shown(turns) == [
        ("Ida", "me", "", "I live in Vaasa"),
        ("Bo", "other", "forwarded", "I live in Vaasa"),
        ("unknown", "other", "forwarded", "I live in Vaasa"),
        ("@weather", "other", "forwarded", "I live in Vaasa"),
        ("Ida", "me", "", "[contact: Liv Ek +47 1]"),
        ("Ida", "me", "", "[todo: Pack rope]"),
        ("Ida", "me", "", "[location: 60.1, 5.2]"),
        ("Bo", "other", "forwarded", "I live in Vaasa"),
        ("Ida", "me", "", "Buy wax"),
        ("Telegram contacts", "other", "attached", "Liv +47 1"),
    ]
    assert (remark.failed, "stories" in remark.reason) == (False, True)


# --- Slack --------------------------------------------------------------------------------------


def test_slack_reads_blocks_and_attachments_and_tells_bots_and_shares_from_people(tmp_path: Path) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Dam at 9 m"}, "fields": [{"text": "Gate: 4"}]}
    pieces = [{"type": "text", "text": "bring "}, {"type": "user", "user_id": "U1"}]
    listed = {"type": "rich_text_list", "elements": [{"type": "rich_text_section", "elements": pieces}]}
    rich = {"type": "rich_text", "elements": [listed]}
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "sluice"}, {"type": "raw_text", "text": "open"}]]}
    share = {"is_share": True, "author_name": "Bo", "text": "I live in Vaasa", "fallback": "I live in Vaasa"}
    alarm = {"pretext": "Watch", "fields": [{"title": "Hall", "value": "nine"}], "fallback": "Damp in hall nine"}
    file = {"name": "a.pdf", "title": "Plan", "initial_comment": {"comment": "see page 3"}}

    def message(number: int, **more: Any) -> dict[str, Any]:
        return {"type": "message", "ts": f"171472410{number}.1", "text": "", **more}

    days = [
        message(0, user="U1", blocks=[rich]),
        message(1, user="U1", text="Look", attachments=[share]),
        message(2, user="U1", bot_id="B1", username="Gauge", text="Dam", blocks=[section]),
        message(3, bot_id="B2", subtype="bot_message", blocks=[table], attachments=[alarm]),
        message(4, user="U1", files=[file]),
    ]
    files = {
        "users.json": [{"id": "U1", "name": "ida", "real_name": "Ida"}],
        "channels.json": [{"id": "C1", "name": "dam"}],
        "dam/2024-05-03.json": days,
        "canvases.json": [],
    }
    turns, (remark,) = said(tmp_path, files, frozenset({"ida"}))
    assert shown(turns) == [
        ("Ida", "me", "", "bring @Ida"),
        ("Ida", "me", "", "Look"),
        ("Bo", "other", "forwarded", "Bo\nI live in Vaasa"),
        ("Gauge", "other", "", "Dam\nDam at 9 m\nGate: 4"),
        ("B2", "other", "", "sluice\nopen\nWatch\nHall: nine\nDamp in hall nine"),
        ("Ida", "me", "", "see page 3\nPlan\n[attached: a.pdf]"),
    ]
    assert (remark.failed, "canvases.json" in remark.reason) == (False, True)


# --- Discord ------------------------------------------------------------------------------------


def test_discord_reads_embeds_polls_stickers_and_forwarded_messages(tmp_path: Path) -> None:
    def message(key: str, author: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"id": key, "type": "Default", "timestamp": "2024-05-03T10:15:00+02:00", "author": author, **more}

    ida, bot = {"id": "4", "name": "ida"}, {"id": "9", "name": "ida", "isBot": True}
    embed = {"title": "Storm", "description": "", "fields": [{"name": "Where", "value": "Vaasa"}]}
    poll = {"question": {"text": "Sail?"}, "answers": [{"text": "yes"}, {"text": "no"}]}
    messages = [
        message("1", ida, content="see", embeds=[embed]),
        message("2", bot, content="", embeds=[embed]),
        message("3", ida, content="", poll=poll, stickers=[{"name": "Happy seal"}]),
        message("4", ida, content="", forwardedMessage={"content": "I live in Vaasa"}),
    ]
    data = {"guild": {"name": "Boats"}, "channel": {"id": "2", "name": "general"}, "messages": messages}
    turns, remarks = said(tmp_path, {"general.json": data}, frozenset({"ida"}))
    assert shown(turns) == [
        ("ida", "me", "", "see"),
        ("unknown", "other", "attached", "Storm\nWhere: Vaasa"),
        ("ida", "other", "", "Storm\nWhere: Vaasa"),
        ("ida", "me", "", "[poll: Sail? yes, no]\n[sticker: Happy seal]"),
        ("unknown", "other", "forwarded", "I live in Vaasa"),
    ]
    assert not remarks


@pytest.mark.parametrize("folder", ["Messages", "Nachrichten", "messages"])
def test_a_discord_package_is_recognised_in_any_language(tmp_path: Path, folder: str) -> None:
    files = {
        f"{folder}/index.json": {"123456": "general in Boats"},
        f"{folder}/c123456/messages.json": [{"ID": 1, "Timestamp": "2024-05-03 08:15:00", "Contents": "Ahoy"}],
    }
    turns, remarks = said(tmp_path, files)
    assert [turn.text for turn in turns] == ["Ahoy"]
    assert not remarks
