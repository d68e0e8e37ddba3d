"""Answers from tables."""

from __future__ import annotations

from collections.abc import Iterator

from secondme.api import AskEvent
from secondme.chat.tables.answers import TableQuestions
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn


class TableAnswerer:
    """Answers from tables and shows the query, or says why they give no certain number."""

    def __init__(self, tools: Tools) -> None:
        self._tables = TableQuestions(tools.store)
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where no table is asked for a number."""
        table = self._tables.answer(turn.full_question, turn.now)
        if table is None:
            return None
        if not table.sql:
            return self._replies.refuse(turn, table.text)
        return self._replies.state(turn, table.text, table.span_ids, after=f"\n\n```sql\n{table.sql}\n```")
