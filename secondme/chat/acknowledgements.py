"""Replies to what asks nothing: what the person tells is noted, an order to forget is answered. No model takes part."""

from __future__ import annotations

from collections.abc import Iterator

from secondme.api import AskEvent
from secondme.chat.message_kind import ordered_removal, tells
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.facts.identity import ME
from secondme.facts.patterns import statements
from secondme.facts.relations import relation
from secondme.facts.statement import Statement
from secondme.text.clean import join_words

NOTED = "Noted."
NOT_KEPT = "This chat is off the record: I do not keep that."
HOW_TO_FORGET = (
    "I have not forgotten anything yet. `secondme forget ID` hides a source, chat, message or note, and can be undone; "
    "`secondme purge ID` erases it. `secondme recall` lists ids, and the page of sources in the app does both."
)
HOW_TO_STOP_WATCHING = (
    "I still watch it. `secondme watch remove FOLDER` stops that, and asks whether its memories stay."
)


class Acknowledgement:
    """Acknowledges what the person tells: with the facts that were understood, else with a word.

    It needs no model, and takes the message from each: a small model would only contradict it.
    """

    def __init__(self, tools: Tools) -> None:
        self._me = tools.me
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the message asks, orders or makes small talk."""
        if not tells(turn.question):
            return None
        if not turn.remember:
            return self._replies.remark(turn, NOT_KEPT)
        text = acknowledgement(turn.question, self._me()) or NOTED
        return self._replies.state(turn, text, turn.asked_spans)


class RemovalOrder:
    """Says how something is forgotten when a message orders it: a chat removes nothing by itself."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the message orders no removal."""
        verb = ordered_removal(turn.question)
        if not verb:
            return None
        how = HOW_TO_STOP_WATCHING if verb == "stop watching" else HOW_TO_FORGET
        return self._replies.remark(turn, how)


def acknowledgement(message: str, me: str) -> str:
    """What to say to a message that states something and asks nothing; empty for any other message."""
    found = [statement for statement in statements(message, me) if isinstance(statement, Statement)]
    if not found or "?" in message or any(statement.ends or statement.stance != "said" for statement in found):
        return ""
    clauses = []
    for statement in found:
        owner, _, kin = statement.subject.partition("/")
        mine = owner == ME and not kin
        who = "you" if mine else f"your {kin}" if kin else statement.subject
        kind = relation(statement.relation)
        told = (
            kind.clause(statement.object, you=mine) if not statement.planned else kind.plan(statement.object, you=mine)
        )
        clauses.append(f"{who} {told}")
    return f"Noted: {join_words(list(dict.fromkeys(clauses)))}."
