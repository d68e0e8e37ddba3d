"""A chat as a Markdown document, with the passages that each answer cites as its footnotes."""

from __future__ import annotations

from collections.abc import Iterator

from secondme.api import Chat, Citation, Message


def chat_markdown(chat: Chat) -> str:
    """The version of a chat that is shown, from the first message to the last."""
    return "\n".join(_lines(chat)) + "\n"


def _lines(chat: Chat) -> Iterator[str]:
    yield f"# {' '.join(chat.title.split()) or 'Untitled'}"
    for message in chat.messages:
        yield ""
        yield f"## {'You' if message.role == 'user' else 'Second Me'}, {message.at[:16].replace('T', ' ')} UTC"
        yield ""
        yield message.text if message.state != "removed" else "(removed)"
        yield from _ending(message)


def _ending(message: Message) -> Iterator[str]:
    """What stands below a message: that it broke off, and its passages."""
    if message.state in ("stopped", "failed"):
        yield ""
        yield f"({message.state}: this is what was written)"
    if message.citations:
        yield ""
        yield from (_footnote(citation) for citation in message.citations)


def _footnote(citation: Citation) -> str:
    words = " ".join(citation.hit.text.split())
    return f"- [{citation.number}] {citation.hit.location()}: {words[:200]}{'…' if len(words) > 200 else ''}"
