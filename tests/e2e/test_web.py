"""`secondme web`: the app in a real browser, with the real engine and the bundled model."""

from __future__ import annotations

import asyncio
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar
from PIL import Image

from tests.e2e.browser import CHROMIUM, Browser, browsing
from tests.e2e.home import Home

SEQUENCE = re.compile(r"\x1b\[[0-9;?$]*[a-zA-Z]")


@contextmanager
def served(home: Home) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, and the link that it prints. Afterwards it is ended as ctrl+c does."""
    with subprocess.Popen(
        [sys.executable, "-m", "secondme", "web", "--port", "0", "--no-open"],
        env=home.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)


@pytest.fixture
def used_home(home: Home) -> Home:
    """A home that somebody uses, so that the first run's questions do not come up."""
    home.ok("remember", "My dentist is Dr. Okafor in Linden Street.")
    return home


def text_of(browser: Browser) -> str:
    """What the terminal of the page was given, without the sequences that place and colour it."""
    return SEQUENCE.sub("", browser.received.decode(errors="replace"))


def colours(png: bytes) -> int:
    """How many colours a picture has."""
    found = Image.open(BytesIO(png)).convert("RGB").getcolors(1 << 24)
    assert found is not None
    return len(found)


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
async def test_a_question_typed_in_a_browser_is_answered_and_nothing_is_asked_of_anybody_else(used_home: Home) -> None:
    with served(used_home) as (process, link):
        async with browsing() as browser:
            await browser.open(link)
            await browser.until(lambda: "passage from 1 source" in text_of(browser), "the app is not drawn")
            empty = await browser.picture()
            await browser.type("Who is my dentist?")
            await browser.until(lambda: "Your dentist is" in text_of(browser), "no answer")
            await browser.until(lambda: "Okafor" in text_of(browser), "no answer")
            shown = await browser.picture()
            assert await browser.value("document.body.classList.contains('-closed')") is False
            assert {urlsplit(address).netloc for address in browser.requested} == {urlsplit(link).netloc}
            assert [error for error in browser.errors if "WebGL" not in error] == []
        assert colours(empty) > 20, "text has shades at its edges"
        assert empty != shown
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0


@asynccontextmanager
async def window(link: str) -> AsyncIterator[ClientWebSocketResponse]:
    """A window as a browser opens it, with its app drawn."""
    own = link.partition("/?")[0]
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        async with session.get(link) as response:
            assert response.status == 200
        async with session.ws_connect(f"{own}/ws?width=80&height=24", origin=own) as socket:
            drawn = b""
            async with asyncio.timeout(60):
                while b"all commands" not in drawn:
                    drawn += await socket.receive_bytes()
            yield socket


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_two_windows_are_two_apps_that_leave_with_the_server(used_home: Home, by: signal.Signals) -> None:
    with served(used_home) as (process, link):
        async with window(link), window(link):
            waiting = [os.pidfd_open(pid) for pid in used_home.processes("tui.web.window")]
            assert len(waiting) == 2
            process.send_signal(by)
            assert await asyncio.to_thread(process.wait, 30) == (0 if by != signal.SIGKILL else -by)
            for descriptor in waiting:
                assert (await asyncio.to_thread(select.select, [descriptor], [], [], 30))[0], "a window runs on"
                os.close(descriptor)
        assert process.stderr is not None
        said = process.stderr.read()
    assert "Traceback" not in said
    assert said.endswith("Closed.\n") == (by != signal.SIGKILL)
