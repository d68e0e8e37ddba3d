"""The Markdown of an answer: unsupported sentences show, and nothing in it leads anywhere but to passages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.content import Content
from textual.style import Style
from textual.widgets.markdown import MarkdownBlock

from secondme.api import AnswerSentence
from tests.tui.samples import answer
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.widgets.answer_markdown import AnswerMarkdown


async def markdown_of(text: str, *unsupported: str, count: int = 2) -> list[tuple[str, Content]]:
    """The drawn blocks of an answer, with those sentences marked as unsupported."""
    door = ScriptedDoor()
    sentences = tuple(
        AnswerSentence(text.index(piece), text.index(piece) + len(piece), (), 0.0) for piece in unsupported
    )
    final = replace(answer(text, count=count), sentences=sentences)
    async with staged(door) as stage:
        await stage.ask_and_answer(door, final)
        blocks = stage.answers[0].query_one(AnswerMarkdown).query(MarkdownBlock)
        return [(block._content.plain, block._content) for block in blocks if block._content.plain]


def marked(content: Content) -> list[str]:
    """The pieces of a block that are drawn as unsupported."""
    return [content.plain[span.start : span.end] for span in content.spans if span.style == ".s"]


@pytest.mark.parametrize(
    ("text", "unsupported", "drawn"),
    [
        ("It is so [1]. It is not.", "It is not.", "It is so [1]. It is not. [?]"),
        ("**It is bold.** Rest [1].", "**It is bold.**", "It is bold. [?] Rest [1]."),
        ("It has *two* `codes` here. Rest.", "It has *two* `codes` here.", "It has two codes here. [?] Rest."),
        (r"A \*star\* is here. Rest.", r"A \*star\* is here.", "A *star* is here. [?] Rest."),
        ("It breaks\nits line. Rest.", "It breaks\nits line.", "It breaks its line. [?] Rest."),
    ],
)
async def test_an_unsupported_sentence_is_marked_through_markdown(text: str, unsupported: str, drawn: str) -> None:
    blocks = await markdown_of(text, unsupported)
    assert [plain for plain, _ in blocks] == [drawn]
    whole = "".join(marked(blocks[0][1]))
    assert whole.endswith("[?]")
    assert "Rest" not in whole
    assert "It is so" not in whole


async def test_unsupported_sentences_in_lists_tables_and_headings_are_marked_where_they_stand() -> None:
    text = "# A head\n\n- One is true [1].\n- One is not.\n\n> Quoted, and wrong.\n\n1. One is not."
    second = text.rindex("One is not.")
    blocks = await markdown_of(text, "Quoted, and wrong.")
    assert [plain for plain, _ in blocks if "[?]" in plain] == ["Quoted, and wrong. [?]"]
    door = ScriptedDoor()
    final = replace(answer(text), sentences=(AnswerSentence(second, len(text), (), 0.0),))
    async with staged(door) as stage:
        await stage.ask_and_answer(door, final)
        drawn = [block._content.plain for block in stage.answers[0].query(MarkdownBlock)]
        assert [plain for plain in drawn if "[?]" in plain] == ["One is not. [?]"]
        assert drawn.count("One is not.") == 1


@pytest.mark.parametrize(
    "text",
    [
        "See [1](http://evil.example/x) and [2][1].",
        "[1]: http://evil.example\n\nSee [1].",
        "An ![image](http://evil.example/p.png) here.",
        "Go to <http://evil.example> or http://evil.example now.",
        "A <b>tag</b> and &#x202e;reversed&#27;[31m.",
    ],
)
async def test_links_images_tags_and_entities_stay_the_text_they_are(text: str) -> None:
    drawn = " ".join(plain for plain, _ in await markdown_of(text))
    assert drawn.split() == text.split()


async def test_only_known_citations_are_links_and_none_leads_anywhere_else() -> None:
    blocks = await markdown_of("Known [1] (see notes), unknown [7], [1][2].")
    content = blocks[0][1]
    actions = [str(span.style.meta["@click"]) for span in content.spans if isinstance(span.style, Style)]
    assert actions == ["link('cite:1')", "link('cite:1')", "link('cite:2')"]
