"""What stands in the app for a command of the command line."""

from __future__ import annotations

import re

import pytest

from secondme.errors import UsageError
from tests.tui.breaking_door import BreakingDoor
from tests.tui.samples import answer
from tests.tui.screens.test_forget import HANGING
from tests.tui.scripted_door import ScriptedDoor
from tests.tui.stage import staged
from tui.actions import ACTIONS
from tui.commands import PAGES, Offer, in_app, read_offers
from tui.screens.find import FindScreen
from tui.screens.forget import ForgetScreen
from tui.widgets.offers import OfferButton, Offers

FRUIT = 'Twenty: apple, pear.\n\nand 18 more: `secondme recall "What fruit do I grow?"`'
MEANT = "Nothing is forgotten yet: this means “the plum”.\n\n`secondme forget span-1` hides it, and can be undone."


def test_every_page_and_key_that_is_named_exists() -> None:
    known = {action.id for action in ACTIONS}
    named = {name for _, shown in PAGES for name in re.findall(r"@([a-z_.]+)", shown)}
    assert named <= known


async def test_a_remedy_names_the_page_of_the_app_and_what_only_a_terminal_can_do_stays() -> None:
    async with staged(ScriptedDoor()) as stage:
        assert in_app(stage.app, "`secondme runs` lists them.") == "Activity (F5) lists them."
        assert (
            in_app(stage.app, "Wait, or stop it with `secondme jobs stop`.") == "Wait, or stop it with Activity (F5)."
        )
        assert in_app(stage.app, "See `secondme doctor`.") == "See `secondme doctor`."
        assert (
            in_app(stage.app, "`secondme programs add NAME` lets it in.") == "`secondme programs add NAME` lets it in."
        )


async def test_an_error_of_the_engine_names_the_page() -> None:
    door = BreakingDoor()
    async with staged(door) as stage:
        door.error = UsageError("Nothing is called this.", "`secondme sources` lists what there is.")
        await stage.press("ctrl+f", "t")
        await stage.until(lambda: "Nothing is called this. Sources (F4) lists what there is." in stage.shown())


def test_what_an_answer_offers_is_read_off_its_commands() -> None:
    assert read_offers(FRUIT, cites=True) == (
        "Twenty: apple, pear.\n\nand 18 more.",
        [Offer("find", "Show them in Find", "What fruit do I grow?")],
    )
    two = "It may mean 2 things.\n\n- “a plum”: `secondme purge s-1`\n- “a pear”: `secondme purge s-2`\n\nNot yet."
    assert read_offers(two, cites=False) == (
        "It may mean 2 things.\n\n- “a plum”\n- “a pear”\n\nNot yet.",
        [Offer("forget", "Erase “a plum”", "s-1"), Offer("forget", "Erase “a pear”", "s-2")],
    )
    assert read_offers("Run `secondme forget` yourself.", cites=False) == ("Run `secondme forget` yourself.", [])


def test_commands_that_a_passage_holds_offer_nothing() -> None:
    assert read_offers(MEANT, cites=True) == (MEANT, [])


@pytest.mark.parametrize("key", ["enter", "click"])
async def test_the_rest_of_a_long_list_is_a_thing_to_press(key: str) -> None:
    door = ScriptedDoor()
    async with staged(door, size=(80, 24)) as stage:
        await stage.ask_and_answer(door, answer(FRUIT))
        assert "secondme recall" not in stage.shown()
        assert "and 18 more." in stage.answers[0].markdown.source
        button = stage.conversation.query_one(OfferButton)
        if key == "enter":
            button.focus()
            await stage.press("enter")
        else:
            assert await stage.pilot.click(OfferButton)
        await stage.until(lambda: isinstance(stage.app.screen, FindScreen))
        await stage.until(lambda: door.called("recall")[-1:] == [("What fruit do I grow?",)])


async def test_what_an_order_means_is_forgotten_from_a_button_below_it() -> None:
    door = ScriptedDoor()
    door.hanging = HANGING
    async with staged(door) as stage:
        await stage.ask_and_answer(door, answer(MEANT, count=0))
        assert "The button below hides it, and can be undone." in stage.answers[0].markdown.source
        assert str(stage.conversation.query_one(OfferButton).label) == "▸ Forget “the plum”"
        stage.conversation.query_one(OfferButton).press()
        await stage.until(lambda: isinstance(stage.app.screen, ForgetScreen))
        assert door.called("dependents") == [("span-1",)]


async def test_an_answer_that_offers_nothing_has_no_buttons() -> None:
    door = ScriptedDoor()
    async with staged(door) as stage:
        await stage.ask_and_answer(door, answer("A plum."))
        assert not stage.conversation.query_one(Offers).display
