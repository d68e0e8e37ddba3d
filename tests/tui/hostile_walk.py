"""A walk through all of the app: each page that the list of actions opens, and each action of each page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from tui.actions import ACTIONS
from tui.app import SecondMeApp
from tui.live import page_actions
from tui.messages import ForgetRequested, PassageRequested, WhyRequested
from tui.widgets.prompt import Prompt

LEAVES = ("quit", "suspend_process")
"""Actions that leave the app."""
ENDLESS = ("status", "indexing")
"""Groups of calls that the door ends only with the app."""
STEPS = 400

Look = Callable[[str], Awaitable[None]]
"""What is done at each place once it is drawn; it is told the place."""


async def settle(pilot: Pilot[Any]) -> None:
    """Let the app work until no call is under way and all is drawn."""
    for _ in range(STEPS):
        await pilot.pause(0)
        if all(worker.is_finished or worker.group in ENDLESS for worker in pilot.app.workers):
            break
        await asyncio.sleep(0.002)
    await pilot.pause(0)


def pages(app: SecondMeApp) -> dict[str, Callable[[], Any]]:
    """What opens each page and dialog, by name."""
    opened = {action.name: lambda name=action.name: app.action_open(name) for action in ACTIONS if action.opens}
    return opened | {
        "passage": lambda: app.post_message(PassageRequested("span-1")),
        "why": lambda: app.post_message(WhyRequested("span-1")),
        "forget": lambda: app.post_message(ForgetRequested("span-1")),
        "welcome": app.welcome,
        "help": app.action_help,
        "palette": app.action_command_palette,
    }


async def ask(pilot: Pilot[Any], app: SecondMeApp) -> None:
    """Ask, and wait for the answer."""
    prompt = app.home.query_one(Prompt)
    prompt.fill("What is it?")
    await prompt.run_action("send")
    await settle(pilot)


async def walk(pilot: Pilot[Any], app: SecondMeApp, look: Look) -> None:
    """Go everywhere, and `look` at each place."""
    await settle(pilot)
    await look("home")
    await ask(pilot, app)
    await look("answer")
    for name, way in pages(app).items():
        app._go_home()
        way()
        await settle(pilot)
        await look(name)
        page = app.screen
        for action, node in page_actions(page):
            if action.name in LEAVES or not node.is_attached:
                continue
            await app.run_action(action.call, node)
            await settle(pilot)
            await look(f"{name}, {action.id}")
            await _back_to(pilot, page)
            if app.screen is not page:
                break


async def _back_to(pilot: Pilot[Any], page: Screen[Any]) -> None:
    """Close what an action has opened on top of its page."""
    app = pilot.app
    while app.screen is not page and page in app.screen_stack:
        app.pop_screen()
        await settle(pilot)
