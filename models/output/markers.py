"""Marks that models write around their output: control tokens of any chat template, and tags of thoughts."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Marker: TypeAlias = Literal["opens thoughts", "closes thoughts", "control"]

_TAG = r"(?:think|thinking|thought|thoughts|reasoning|reflection|seed:think)"
_OPENS = rf"<{_TAG}>|\[THINK\]|◁think▷|<\|(?:begin_of_thought|think|thinking)\|>"
_CLOSES = rf"</{_TAG}>|\[/THINK\]|◁/think▷|<\|(?:end_of_thought|/think|/thinking)\|>"
_CONTROL = "|".join(
    (
        r"<\|[^|<>\s]{1,40}\|>",  # ChatML, Llama 3, Phi, Command, gpt-oss
        r"<｜[^｜<>\s]{1,40}｜>",  # DeepSeek
        r"</?s>",  # Llama 2, Mistral
        r"<(?:start|end)_of_(?:turn|utterance|text|image)>",  # Gemma, SmolVLM
        r"<(?:bos|eos|pad|unk|eot|sep|cls|mask|unused\d+|extra_id_\d+)>",  # Gemma, BERT, T5
        r"\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|gMASK)\]",  # Llama 2, Mistral, GLM
        r"<</?SYS>>",  # Llama 2
    )
)
PATTERN = re.compile(f"(?P<opens>{_OPENS})|(?P<closes>{_CLOSES})|(?P<control>{_CONTROL})")
ROLE = re.compile(r"(?:assistant|model|user|system|start|final)?[ \t]*\r?\n?")
"""What a template writes after the control token that begins a turn."""
ROLES = ("assistant", "model", "user", "system", "start", "final")
_OPENED = re.compile(rf"({_OPENS})\s*$")
_OPEN_END = re.compile(r"(?:<<[^\s<>]{0,8}>?|<[^\s<>]{0,44}|\[[/A-Za-z_]{0,18}|◁[/a-z]{0,8})$")
"""The end of a text that may still become a mark. Marks hold no blank, so an ordinary "<" is released by the next
one."""


def kind_of(found: re.Match[str]) -> Marker:
    """What a match of PATTERN is."""
    if found["opens"]:
        return "opens thoughts"
    return "closes thoughts" if found["closes"] else "control"


def certain_length(text: str) -> int:
    """How many characters of a text belong to no mark that may be on its way."""
    found = _OPEN_END.search(text)
    return found.start() if found else len(text)


def is_tag(text: str) -> bool:
    """Whether a text is a tag that opens or closes thoughts."""
    found = PATTERN.fullmatch(text)
    return found is not None and not found["control"]


def opened_tag(prompt: str) -> str:
    """The tag with which a prompt opens the thoughts that come next; empty where it does not."""
    found = _OPENED.search(prompt[-80:])
    return found[1] if found else ""
