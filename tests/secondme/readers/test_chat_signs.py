"""Chats of programs that are not known are told from other texts."""

from __future__ import annotations

import json

import pytest

from secondme.readers.chat_signs import looks_like_chat, looks_like_chat_json
from tests.secondme.readers.reading import read

CHATS = [
    "2024년 3월 5일 오후 2:15, 김하늘 : 안녕\n2024년 3월 5일 오후 2:16, 박준호 : 네\n",
    "[김하늘] [오후 2:15] 안녕\n[박준호] [오후 2:16] 네\n",
    "2024/03/05(Tue)\n14:22\tHana\tThe loom is warped\n14:23\tKen\tfine\n14:25\tHana\tbye\n",
    "[05.03.2024, 14:22] Hana: Der Webstuhl steht\n[05.03.2024, 14:23] Ich: gut\n",
    "2024-03-05T14:22:01Z Hana: The loom\n2024-03-05T14:23:01Z Ken: ok\n",
    "Hana, [05.03.24 14:22]\nThe loom is warped\n\nKen, [05.03.24 14:23]\nok\n",
    "[14:22] <hana> The loom\n[14:23] <ken> ok\n",
    "[05-Mar-24 02:15 PM] hana\nThe loom\n\n[05-Mar-24 02:16 PM] ken\nok\n",
    "Hana — 03/05/2024 2:15 PM\nThe loom\nKen — Today at 2:16 PM\nok\n",
    "14:22:01\t From  Hana Sato : The loom\n14:23:01\t From  Ken : ok\n",
    "林小雨 2024-03-05 14:22:01\n织机\n\n王大同 2024-03-05 14:23:01\n好\n",
    "Hana: I live in Oslo\nKen: me too\nHana: nice\nKen: yes\nHana: bye\nKen: bye\n",
    "[٢٠٢٤-٠٣-٠٥ ١٤:٢٢] سلمى: مرحبا\n[٢٠٢٤-٠٣-٠٥ ١٤:٢٣] كريم: اهلا\n",
]
OTHERS = [
    "2024-03-05 14:22:01 INFO: started\n2024-03-05 14:22:02 ERROR: failed\n",
    "Mar  5 14:22:01 host sshd[123]: Accepted\nMar  5 14:22:02 host kernel: up\n",
    "[2024-03-05 14:22:01,123] INFO main.py: start\n[2024-03-05 14:22:02,001] WARNING db.py: slow\n",
    "Meeting 14:00\nWe talked about the loom: it is warped.\nNext one at 15:30 in the barn.\n",
    "Butter: 200 g\nSugar: 100 g\nFlour: 300 g\nEggs: 3\nSalt: a bit\nMilk: some\nLemon: 1\n",
    "5 March 2024, 14:22: Lunch with Ana. It rained.\nLater we went home.\n\n6 March: I stayed.\n",
    "Mon 09:00 - Swim: lane 3\nTue 10:00 - Doctor: Dr. Holm\nWed 11:00 - Ana: lunch\nThu 12:00 - Bank: sign\n",
    "I live in Oslo. My sister Ana said: come over. The train leaves at 14:22.\n",
    "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:02,000 --> 00:00:04,000\nBye\n",
]


@pytest.mark.parametrize("text", CHATS)
def test_a_chat_is_told_by_its_lines(text: str) -> None:
    assert looks_like_chat(text)


@pytest.mark.parametrize("text", OTHERS)
def test_logs_plans_diaries_and_recipes_are_no_chats(text: str) -> None:
    assert not looks_like_chat(text)


def test_records_of_who_said_what_are_a_chat() -> None:
    assert looks_like_chat_json(
        {"messages": [{"sender_name": "A", "content": "x"}, {"sender_name": "B", "content": "y"}]}
    )
    assert looks_like_chat_json([{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}])
    assert not looks_like_chat_json([{"name": "a", "value": 1}, {"name": "b", "value": 2}])
    assert not looks_like_chat_json([{"author": "A", "text": "x"}, {"author": "B", "text": "y"}])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("talk.txt", CHATS[0]),
        ("talk.md", CHATS[3]),
        ("message_1.json", json.dumps([{"sender": "A", "text": "x"}, {"sender": "B", "text": "y"}])),
        ("talk.jsonl", '{"role": "user", "content": "x"}\n{"role": "assistant", "content": "y"}\n'),
    ],
)
def test_a_chat_that_is_not_known_has_a_remark_and_no_words_of_the_owner(name: str, data: str) -> None:
    (document,), (remark,) = read(name, data.encode())
    assert "looks like a chat" in remark
    assert {block.role for block in document.blocks} == {"other"}
    assert not document.turns
