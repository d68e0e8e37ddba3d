"""What a model has read is known by digests, so that what is left to read is known before it reads."""

from __future__ import annotations

from pathlib import Path

from secondme.chat.prompt_cache import PromptCache


def test_of_a_prompt_the_part_that_differs_is_to_be_read(tmp_path: Path) -> None:
    file = tmp_path / "states" / "read.json"
    cache = PromptCache(lambda: file)
    parts = ["system", "- one", "- two", "question"]
    assert cache.unread("m", parts) == 24
    cache.note("m", parts)
    assert PromptCache(lambda: file).unread("m", parts) == 0
    assert cache.unread("m", [*parts[:3], "- three", "question"]) == 15
    assert cache.unread("m", ["other", *parts[1:]]) == 23, "nothing after a difference is known"
    assert cache.unread("another", parts) == 24
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("no JSON")
    assert PromptCache(lambda: file).unread("m", parts) == 24


def test_what_is_erased_while_it_is_read_is_dropped_when_the_reading_ends() -> None:
    drops: list[str] = []
    cache = PromptCache(forget=lambda: drops.append("all"))
    erasures = cache.erasures
    cache.end(erasures)
    assert drops == []
    cache.erase()
    cache.note("m", ["system"])
    cache.end(erasures)
    assert drops == ["all", "all"]
    assert cache.unread("m", ["system"]) == 6
