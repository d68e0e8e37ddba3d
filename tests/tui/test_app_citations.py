"""Citations open their source at the span; sentences that nothing supports show, whatever the Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.content import Content
from textual.style import Style
from textual.widgets import Static
from textual.widgets.markdown import MarkdownBlock

from secondme.api import Answer, AnswerSentence
from tests.tui.scripted_door import ScriptedDoor, answer, hit, passage_view, whole_answer
from tests.tui.stage import Stage, staged
from tui.screens.passage import PassageScreen, passage_heading, passage_text
from tui.widgets.answer_markdown import AnswerMarkdown
from tui.widgets.citations import CitationList


async def answered(stage: Stage, door: ScriptedDoor, final: Answer | None = None) -> None:
    await stage.ask("When?")
    door.answers.send(*whole_answer(final))
    await stage.until(lambda: stage.idle)


async def passage_opened(stage: Stage) -> None:
    await stage.until(lambda: isinstance(stage.app.screen, PassageScreen) and "plan-1" in stage.shown())


async def test_alt_and_a_digit_opens_the_passage_scrolled_to_its_span() -> None:
    door = ScriptedDoor()
    door.views["span-1"] = passage_view(1)
    async with staged(door) as stage:
        await answered(stage, door)
        await stage.press("alt+1")
        await passage_opened(stage)
        page = stage.app.screen
        assert door.called("passage") == [("span-1",)]
        assert "Then: We meet Ana at the lake on Sunday. And so on." in stage.shown()
        await stage.until(lambda: page.query_one("#document").scroll_y > 0)
        assert page.query_one("#document").region.contains_region(page.query_one("#span").region)
        await stage.press("escape")
        assert stage.at_home


async def test_enter_on_a_focused_citation_and_a_click_in_the_text_open_it() -> None:
    door = ScriptedDoor()
    door.views["span-1"] = passage_view(1)
    async with staged(door) as stage:
        await answered(stage, door)
        await stage.app.home.run_action("open_citations")
        await stage.until(lambda: isinstance(stage.app.focused, CitationList))
        await stage.press("down", "home", "enter")
        await passage_opened(stage)
        await stage.press("escape")
        paragraph = stage.answers[0].query("MarkdownParagraph").first()
        column = str(paragraph.render()).index("[1]") + 1
        await stage.pilot.click(paragraph, offset=(column, 0))
        await passage_opened(stage)
        assert len(door.called("passage")) == 2


async def test_a_passage_that_is_gone_says_so() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await answered(stage, door)
        await stage.press("alt+2")
        await stage.until(lambda: "This passage is gone. Ask again." in stage.shown())


async def test_a_passage_whose_source_changed_since_is_marked() -> None:
    assert "has changed since" in passage_heading(passage_view(archived=True)).plain
    assert "has changed since" not in passage_heading(passage_view()).plain


async def test_a_passage_keeps_every_character_of_its_document_in_order() -> None:
    view = passage_view()
    before, middle, after = (part.plain for part in passage_text(view))
    assert f"{before}\n{middle}\n{after}" == view.before + view.hit.text + view.after


async def markdown_of(text: str, *unsupported: str, count: int = 2) -> list[tuple[str, Content]]:
    """The drawn blocks of an answer, with those sentences marked as unsupported."""
    door = ScriptedDoor()
    sentences = tuple(
        AnswerSentence(text.index(piece), text.index(piece) + len(piece), (), 0.0) for piece in unsupported
    )
    final = replace(answer(text, count=count), sentences=sentences)
    async with staged(door) as stage:
        await answered(stage, door, final)
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
        await answered(stage, door, final)
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


async def test_a_line_of_a_chat_says_who_said_it_and_when() -> None:
    from tui.screens.passage import speaker_and_time

    assert speaker_and_time(hit(speaker="Ana")) == "Ana, 2024-05-03"
    assert speaker_and_time(hit(precision="year")) == "2024"
    assert speaker_and_time(hit(happened_at=None)) == ""


async def test_static_pages_have_no_markup() -> None:
    door = ScriptedDoor()
    door.views["span-1"] = passage_view(1)
    async with staged(door) as stage:
        await answered(stage, door)
        await stage.press("alt+1")
        await passage_opened(stage)
        assert all(not widget._render_markup for widget in stage.app.screen.query("#document > Static").results(Static))
