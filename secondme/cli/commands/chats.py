"""`chats`: the list of chats, or one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from secondme.cli.root import cli
from secondme.cli.terminal import json_option, open_engine, print_result, print_rows

if TYPE_CHECKING:
    from secondme.api import ChatSummary


@cli.command()
@json_option()
@click.argument("chat_id", required=False)
def chats(chat_id: str | None, as_json: bool) -> None:
    """List your chats, or print the one with CHAT_ID."""
    engine = open_engine()
    if chat_id:
        chat = engine.chat(chat_id)
        lines = (f"{message.role} ({message.at[:16]}): {message.text}\n" for message in chat.messages)
        print_result(chat, lines, as_json=as_json)
        return
    empty = "There are no chats yet; `secondme ask` starts one."
    print_rows(engine.chats(), _chat_text, as_json=as_json, empty=empty)


def _chat_text(chat: ChatSummary) -> str:
    away = " (put away)" if chat.archived else ""
    return f"{chat.id}  {chat.last_at[:16]}  {chat.messages:3} messages  {chat.title}{away}"
