"""A headless Chromium that a test drives by the DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
SECONDS = 60.0


class Browser:
    """One page. It keeps the addresses that were asked for, and the text that the server sent to the terminal."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._session = ""
        self._news = asyncio.Event()
        self.requested: list[str] = []
        self.received = bytearray()
        self.errors: list[str] = []

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the protocol."""
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        message = {"id": number, "method": method, "params": parameters}
        await self._socket.send_json(message | ({"sessionId": self._session} if self._session else {}))
        return await asyncio.wait_for(self._waiting[number], SECONDS)

    async def attach(self, width: int, height: int) -> None:
        """Make a page of this size in pixels."""
        target = await self.call("Target.createTarget", url="about:blank")
        attached = await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            await self.call(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.call("Emulation.setDeviceMetricsOverride", **size)

    async def read(self) -> None:
        """Take in what the browser says, until it ends."""
        async for message in self._socket:
            self._take(message.json())
            self._news.set()

    def _take(self, said: dict[str, Any]) -> None:
        parameters = said.get("params", {})
        match said.get("method"):
            case None:
                waiting = self._waiting.pop(said["id"])
                if "error" in said:
                    waiting.set_exception(RuntimeError(said["error"]["message"]))
                else:
                    waiting.set_result(said["result"])
            case "Network.requestWillBeSent":
                self.requested.append(parameters["request"]["url"])
            case "Network.webSocketFrameReceived" if parameters["response"]["opcode"] == 2:
                self.received += base64.b64decode(parameters["response"]["payloadData"])
            case "Log.entryAdded":
                self.errors.append(parameters["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.errors.append(str(parameters["exceptionDetails"]))

    async def open(self, address: str) -> None:
        """Go to an address."""
        await self.call("Page.navigate", url=address)

    async def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until `holds`, which is asked whenever the browser says something."""
        async with asyncio.timeout(SECONDS):
            while not holds():
                self._news.clear()
                try:
                    await asyncio.wait_for(self._news.wait(), 1)
                except TimeoutError:
                    continue
        assert holds(), what

    async def value(self, expression: str) -> Any:
        """The value of an expression in the page."""
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result["result"].get("value")

    async def type(self, text: str) -> None:
        """Type text, then Enter."""
        for character in text:
            await self.call("Input.dispatchKeyEvent", type="char", text=character)
        await self.press("Enter", "\r", 13)

    async def press(self, key: str, text: str, code: int) -> None:
        """Press one key."""
        pressed = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **pressed)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **pressed)

    async def picture(self) -> bytes:
        """The page as PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(shot["data"])


@asynccontextmanager
async def browsing(width: int = 1200, height: int = 800) -> AsyncIterator[Browser]:
    """A browser with one empty page."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            *(CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"),
            *("--disable-background-networking", "--remote-debugging-port=0", f"--user-data-dir={profile}"),
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            assert process.stderr is not None
            async with asyncio.timeout(SECONDS):
                while b"DevTools listening on " not in (line := await process.stderr.readline()):
                    assert line, "the browser did not start"
            address = line.decode().rpartition(" ")[2].strip()
            draining = asyncio.create_task(process.stderr.read())
            async with aiohttp.ClientSession() as session, session.ws_connect(address, max_msg_size=0) as socket:
                browser = Browser(socket)
                reading = asyncio.create_task(browser.read())
                await browser.attach(width, height)
                yield browser
                reading.cancel()
            draining.cancel()
        finally:
            process.kill()
            await process.wait()
