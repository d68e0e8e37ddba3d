"""The server of the app in a browser answers nobody but the browser that has its link."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, CookieJar, web

from secondme.errors import SecondMeError
from tui.web.server import HOST, NO_KEY, WRONG_PLACE, WebServer


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    """A server that answers in this process."""
    made = WebServer(0)
    runner = web.AppRunner(await made._make_app())
    await runner.setup()
    await web.SockSite(runner, made._socket).start()
    yield made
    await runner.cleanup()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    """A browser without cookies."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as opened:  # unsafe: also for addresses of numbers
        yield opened


PATHS = ("/", "/ws", "/static/js/textual.js", "/page/focus.js", "/download/1", "/?key=guessed", "/missing")


@pytest.mark.parametrize("path", PATHS)
async def test_without_the_key_every_address_says_where_the_link_is(
    server: WebServer, session: ClientSession, path: str
) -> None:
    async with session.get(server.public_url + path, headers={"Origin": server.public_url}) as response:
        assert (response.status, await response.text()) == (401, f"{NO_KEY}\n")


async def test_the_link_lets_a_browser_in_and_its_page_takes_nothing_from_elsewhere(
    server: WebServer, session: ClientSession
) -> None:
    async with session.get(server.link) as response:
        assert response.status == 200
        assert "key" not in response.url.query, "the key stays in no history"
        page = await response.text()
        policy = response.headers["Content-Security-Policy"]
    named = re.findall(r"\w+://[^/\"' ]+", page)
    assert len(named) >= 5
    assert {urlsplit(address).netloc for address in named} == {f"{HOST}:{server.port}"}
    assert policy.startswith("default-src 'self';")
    for path in set(re.findall(r'"((?:http:/)?/[^"]+\.(?:js|css|ttf))"', page)):
        async with session.get(path if path.startswith("http") else server.public_url + path) as response:
            assert response.status == 200, path
            if not path.endswith(".ttf"):
                assert "//fonts." not in await response.text()


async def test_a_link_that_was_handed_to_a_browser_opens_once(server: WebServer, session: ClientSession) -> None:
    link = server.link_for_once()
    async with session.get(link) as response:
        assert response.status == 200
    async with session.get(link) as response:
        assert response.status == 401
    async with session.get(server.link) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"Host": "rebound.example"}),
        ("/", {"Host": "localhost"}),
        ("/", {"Origin": "https://elsewhere.example"}),
        ("/", {"Origin": "null"}),
        ("/ws", {"Origin": "http://127.0.0.1:1"}),
        ("/ws", {}),
    ],
    ids=str,
)
async def test_a_page_of_another_place_is_refused_even_with_the_key(
    server: WebServer, session: ClientSession, path: str, headers: dict[str, str]
) -> None:
    async with session.get(server.link) as response:
        assert response.status == 200
    async with session.get(server.public_url + path, headers=headers) as response:
        assert (response.status, await response.text()) == (403, f"{WRONG_PLACE}\n")


def test_a_port_that_is_in_use_is_one_sentence_with_a_remedy() -> None:
    first = WebServer(0)
    with pytest.raises(SecondMeError) as raised:
        WebServer(first.port)
    first._socket.close()
    assert raised.value.sentence() == (
        f"Port {first.port} is in use. Name another one with --port, or --port 0 for any that is free."
    )
