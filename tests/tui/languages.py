"""A door to a memory in Chinese, Arabic, Hindi, Hebrew and emoji, for pictures and for a real terminal."""

from __future__ import annotations

from datetime import timedelta

from secondme.api import Chat, ChatSummary, Citation, DayEvent, FactView, SourceSummary, TreeNode
from tests.tui.samples import answer, hit, memory_life, message
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import NOW

TEXTS = {
    "zh": ("周末去湖边.md", "我们星期天上午十点在湖边见安娜，她会带帐篷。", "安娜"),
    "ar": ("رحلة البحيرة.md", "نلتقي آنا عند البحيرة يوم الأحد الساعة 10، وستحضر الخيمة.", "ليلى"),
    "hi": ("झील की यात्रा.md", "हम रविवार को सुबह दस बजे झील पर आना से मिलेंगे, वह तंबू लाएगी।", "प्रिया"),
    "he": ("טיול לאגם.md", "ניפגש עם אנה באגם ביום ראשון בשעה 10, והיא תביא אוהל.", "נועה"),
    "emoji": ("🏕️ trip 👩‍👩‍👧‍👦.md", "👩‍👩‍👧‍👦 at the 🏞️ on Sunday ☀️, 🇨🇭 tent ⛺ and tea 🫖!", "Ana 🌻"),
    "th": ("ทะเลสาบ.md", "เราจะพบแอนนาที่ทะเลสาบวันอาทิตย์ เธอจะเอาเต็นท์มา", "น้ำ"),
}
"""A file's title, a passage, a speaker."""


def lived_in_many_languages() -> ScriptedDoor:
    """The same small memory in each language."""
    door = ScriptedDoor()
    at = NOW.isoformat()
    door.summaries = [
        ChatSummary(f"chat-{number}", title.removesuffix(".md"), 2, at, (NOW - timedelta(hours=3 * number)).isoformat())
        for number, (title, _, _) in enumerate(TEXTS.values(), start=1)
    ]
    door.hits = [
        hit(number, text=text, title=title, uri=f"/home/mira/{title}", speaker=speaker, heading="")
        for number, (title, text, speaker) in enumerate(TEXTS.values(), start=1)
    ]
    for number, found in enumerate(door.hits, start=1):
        life = memory_life(number)
        door.lives[found.id] = life
        door.source_list.append(
            SourceSummary(f"source-{number}", "file", found.title, found.uri, "live", 12 * number, 0, at, 1)
        )
    cited = tuple(Citation(number, found) for number, found in enumerate(door.hits, start=1))
    said = answer("\n\n".join(f"{found.text} [{number}]" for number, found in enumerate(door.hits, start=1)))
    table = "| 语言 | النص | हिन्दी |\n| --- | --- | --- |\n| 湖 | بحيرة | झील |\n| ⛺ | خيمة | तंबू |"
    door.saved["chat-1"] = Chat(
        "chat-1",
        TEXTS["zh"][0],
        (
            message(1, "user", f"{TEXTS['ar'][1]} {TEXTS['zh'][1]}"),
            message(2, "assistant", f"{said.text}\n\n{table}", citations=cited),
        ),
    )
    door.trees[("topic", "")] = tuple(
        TreeNode(f"n{number}", title.removesuffix(".md"), 3 * number)
        for number, (title, _, _) in enumerate(TEXTS.values())
    )
    door.known_facts = [
        FactView(
            f"fact-{number}", text, speaker, "lives in", title.removesuffix(".md"), "2024-05-03", "", "states", 0.9, 1,
            f"span-{number}", text, title,
        )
        for number, (title, text, speaker) in enumerate(TEXTS.values(), start=1)
    ]  # fmt: skip
    day = NOW.date() - timedelta(days=1)
    door.calendar[day.isoformat()] = [
        DayEvent(f"{day}T0{number}:15+00:00", "said", text, speaker, title, "s", f"span-{number}", 1)
        for number, (title, text, speaker) in enumerate(TEXTS.values(), start=1)
    ]
    return door
