"""Exports of assistants and messengers, with the oddities that they are known for."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from secondme.readers.documents import ParsedDocument, Turn
from secondme.readers.exports.registry import reader_of_export
from secondme.readers.exports.tree import export_tree
from secondme.readers.exports.whatsapp import read_whatsapp
from secondme.readers.reader import Unreadable
from tests.secondme.readers.reading import NOBODY, read


def chat(name: str, data: Any, me: frozenset[str] = NOBODY) -> tuple[ParsedDocument, list[Turn]]:
    """The only chat of a JSON file."""
    (document,), _ = read(name, json.dumps(data).encode(), me)
    return document, list(document.turns)


def node(key: str, parent: str | None, children: list[str], message: dict[str, Any] | None) -> dict[str, Any]:
    return {key: {"id": key, "parent": parent, "children": children, "message": message}}


def said(key: str, role: str, text: Any, **more: Any) -> dict[str, Any]:
    content = text if isinstance(text, dict) else {"content_type": "text", "parts": [text]}
    return {"id": key, "author": {"role": role}, "create_time": 1714724100.5, "content": content, "weight": 1, **more}


CHATGPT = [
    {
        "title": "Sourdough",
        "conversation_id": "c-1",
        "current_node": "a2b",
        "mapping": {
            **node("r", None, ["s"], None),
            **node("s", "r", ["q1"], said("s", "system", "")),
            **node("q1", "s", ["a1"], said("q1", "user", "How long does dough rest?")),
            **node("a1", "q1", ["q2"], said("a1", "assistant", "Twelve hours.")),
            **node(
                "q2",
                "a1",
                ["a2a", "a2b"],
                said(
                    "q2",
                    "user",
                    {
                        "content_type": "multimodal_text",
                        "parts": [{"content_type": "image_asset_pointer"}, "And this one?"],
                    },
                ),
            ),
            **node("a2a", "q2", [], said("a2a", "assistant", "An answer that was regenerated.")),
            **node("a2b", "q2", [], said("a2b", "assistant", {"content_type": "strange_new_kind", "text": "Ten."})),
        },
    }
]


def test_chatgpt_follows_the_branch_that_was_shown() -> None:
    document, turns = chat("conversations.json", CHATGPT)
    assert document.chat_key == "chatgpt:c-1"
    assert [turn.key for turn in turns] == ["q1", "a1", "q2", "a2b"]
    assert [turn.role for turn in turns] == ["me", "assistant", "me", "assistant"]
    assert turns[2].text == "[image]\nAnd this one?"
    assert turns[0].happened_at == "2024-05-03T08:15:00.500Z"


def test_chatgpt_hides_what_was_hidden_and_survives_a_ring() -> None:
    data = json.loads(json.dumps(CHATGPT))
    mapping = data[0]["mapping"]
    mapping["a1"]["message"]["weight"] = 0
    mapping["q1"]["parent"] = "a2b"
    _, turns = chat("conversations.json", data)
    assert "a1" not in [turn.key for turn in turns]
    assert turns[-1].key == "a2b"


def test_claude_takes_the_path_of_the_last_message_and_attachments() -> None:
    messages = [
        {
            "uuid": "m1",
            "sender": "human",
            "text": "",
            "content": [{"type": "text", "text": "Read this"}],
            "created_at": "2024-05-03T10:00:00Z",
            "attachments": [{"file_name": "a.txt", "extracted_content": "The tide table."}],
            "parent_message_uuid": "00000000-0000-4000-8000-000000000000",
        },
        {
            "uuid": "m2",
            "sender": "assistant",
            "text": "Old answer",
            "created_at": "2024-05-03T10:01:00Z",
            "parent_message_uuid": "m1",
        },
        {
            "uuid": "m3",
            "sender": "assistant",
            "text": "New answer",
            "created_at": "2024-05-03T10:02:00Z",
            "parent_message_uuid": "m1",
        },
    ]
    document, turns = chat("conversations.json", [{"uuid": "u", "name": "Tides", "chat_messages": messages}])
    assert document.chat_key == "claude:u"
    assert [(turn.key, turn.role) for turn in turns] == [("m1", "me"), ("m1/0", "other"), ("m3", "assistant")]
    assert turns[0].text == "Read this\n[attached: a.txt]"


def test_telegram_joins_lists_and_knows_me_by_id() -> None:
    messages = [
        {"id": 1, "type": "service", "action": "create_group"},
        {
            "id": 2,
            "type": "message",
            "date_unixtime": "1714724100",
            "from": "Ana",
            "from_id": "user7",
            "text": ["See ", {"type": "link", "text": "this"}, "!"],
        },
        {
            "id": 3,
            "type": "message",
            "date_unixtime": "1714724160",
            "from": None,
            "from_id": "user8",
            "text": "",
            "photo": "p.jpg",
        },
    ]
    data = {
        "personal_information": {"user_id": 7},
        "chats": {"list": [{"name": "Boat", "id": 5, "type": "private_group", "messages": messages}]},
    }
    document, turns = chat("result.json", data)
    assert (document.title, document.chat_key) == ("Boat", "telegram:5")
    assert [(turn.speaker, turn.role, turn.text) for turn in turns] == [
        ("Ana", "me", "See this!"),
        ("Deleted account", "other", "[photo]"),
    ]
    _, single = chat("result.json", {"name": "Boat", "id": 5, "type": "personal_chat", "messages": messages})
    assert len(single) == 2


IOS = (
    "\u200e[03.05.24, 10:15:02] Ana B.: \u200eMessages and calls are end-to-end encrypted.\n"
    "[03.05.24, 10:15:03] Ana B.: First line\nsecond: line\n"
    "[25.05.24, 22:01:00] Tom: \u200eimage omitted\n"
    "[25.05.24, 22:01:30] Tom: late \u200e<This message was edited>\n"
)
ANDROID = (
    "5/3/24, 10:15\u202fPM - Messages and calls are end-to-end encrypted.\n"
    "5/3/24, 10:16\u202fPM - Ana: Hello\n5/25/24, 1:01\u202fAM - Tom: Good night\n"
    "5/25/24, 1:01\u202fAM - Tom: <Media omitted>\n"
)


@pytest.mark.parametrize(
    ("text", "me", "expected"),
    [
        (
            IOS,
            "ana b.",
            [
                ("2024-05-03", "First line\nsecond: line", "me"),
                ("2024-05-25", "[media]", "other"),
                ("2024-05-25", "late", "other"),
            ],
        ),
        (
            ANDROID,
            "tom",
            [("2024-05-03", "Hello", "other"), ("2024-05-25", "Good night", "me"), ("2024-05-25", "[media]", "me")],
        ),
    ],
)
def test_whatsapp_in_both_styles(
    text: str, me: str, expected: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    (document,) = read_whatsapp(text.encode(), "WhatsApp Chat with Ana", frozenset({me}))
    assert isinstance(document, ParsedDocument)
    assert document.title == "Ana"
    shown = [(turn.happened_at[:10], turn.text, turn.role) for turn in document.turns if "encrypted" not in turn.text]
    assert shown == expected
    assert len({turn.key for turn in document.turns}) == len(document.turns)


def test_whatsapp_is_recognised_among_text_files() -> None:
    (document,), _ = read("WhatsApp Chat with Ana.txt", ANDROID.encode())
    assert document.chat_key == "whatsapp:ana"
    (document,), _ = read("notes.txt", b"03.05.24, 10:15 - this is no chat\n")
    assert not document.chat_key


def write(root: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content))
    return root


SLACK = {
    "users.json": [
        {"id": "U1", "name": "ana", "real_name": "Ana B."},
        {"id": "U2", "name": "tom", "profile": {"display_name": "Tommy"}},
    ],
    "channels.json": [{"id": "C1", "name": "general", "members": ["U1", "U2"]}],
    "dms.json": [{"id": "D1", "members": ["U1", "U2"]}],
    "general/2024-05-03.json": [
        {
            "type": "message",
            "user": "U1",
            "ts": "1714724100.000100",
            "text": "Hi <@U2>, see <https://x.org|the plan> &amp; more",
        },
        {"type": "message", "subtype": "channel_join", "user": "U2", "ts": "1714724101.0", "text": "joined"},
    ],
    "general/2024-05-04.json": [
        {"type": "message", "user": "U2", "ts": "1714810500.000200", "text": "", "files": [{"name": "plan.pdf"}]}
    ],
    "D1/2024-05-03.json": [{"type": "message", "user": "U2", "ts": "1714724200.000100", "text": "psst"}],
}
DISCORD = {
    "account/user.json": {"username": "ana"},
    "messages/index.json": {"9": "general in Boats"},
    "messages/c9/channel.json": {"id": "9", "name": "general", "guild": {"name": "Boats"}},
    "messages/c9/messages.json": [
        {"ID": 11, "Timestamp": "2024-05-03 08:15:00", "Contents": "Ahoy", "Attachments": ""}
    ],
    "messages/c8/messages.csv": "ID,Timestamp,Contents,Attachments\n12,2024-05-03 08:15:00+00:00,Old style,\n",
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("files", "name"), [(SLACK, "slack"), (DISCORD, "discord")])
def test_folders_and_archives_of_many_files(tmp_path: Path, files: dict[str, Any], name: str, packed: bool) -> None:
    root = write(tmp_path / "export", files)
    path = root
    if packed:
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in sorted(root.rglob("*")):
                archive.write(file, file.relative_to(root))
    with export_tree(path) as tree:
        export = reader_of_export(tree)
        documents = [item for item in export.read(tree, frozenset({"ana b."})) if isinstance(item, ParsedDocument)]
    assert export.platform == name
    turns = {document.title: [(t.speaker, t.role, t.text) for t in document.turns] for document in documents}
    if name == "slack":
        assert turns == {
            "#general": [
                ("Ana B.", "me", "Hi @Tommy, see the plan (https://x.org) & more"),
                ("Tommy", "other", "[attached: plan.pdf]"),
            ],
            "Ana B. & Tommy": [("Tommy", "other", "psst")],
        }
    else:
        assert turns == {"general in Boats": [("ana", "me", "Ahoy")], "8": [("ana", "me", "Old style")]}


def test_discord_chat_exporter() -> None:
    data = {
        "guild": {"id": "1", "name": "Boats"},
        "channel": {"id": "2", "name": "general"},
        "messages": [
            {
                "id": "3",
                "type": "Default",
                "timestamp": "2024-05-03T10:15:00.1+02:00",
                "timestampEdited": None,
                "content": "Ahoy",
                "author": {"id": "4", "name": "ana", "nickname": "Captain"},
                "attachments": [],
            },
            {
                "id": "5",
                "type": "GuildMemberJoin",
                "timestamp": "2024-05-03T10:15:00+02:00",
                "content": "Joined",
                "author": {},
            },
        ],
    }
    document, (turn,) = chat("general.json", data, frozenset({"ana"}))
    assert (document.chat_key, turn.speaker, turn.role) == ("discord:2", "Captain", "me")


def test_a_folder_that_is_no_export_is_refused(tmp_path: Path) -> None:
    with export_tree(write(tmp_path / "x", {"a.json": {"b": 1}})) as tree, pytest.raises(Unreadable):
        reader_of_export(tree)
