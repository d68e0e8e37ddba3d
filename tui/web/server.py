"""Serves the app to browsers of this computer: textual-serve, behind a key.

Whoever has the page has the whole memory, so that each request must come to 127.0.0.1 by that very name (a page of
the web cannot rename itself to it), from no page but ours, and from a browser that has been let in: the link carries a
key, which becomes a cookie. The link that is handed to a browser as an argument, where `ps` shows it, opens once.
"""

from __future__ import annotations

import asyncio
import errno
import hmac
import secrets
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from secondme.errors import SecondMeError

HOST = "127.0.0.1"
HEARTBEAT_SECONDS = 15.0
SHUTDOWN_SECONDS = 2.0
"""How long a window may take to close before it is cut off."""

NO_KEY = "This page opens with the link that secondme web printed in the terminal."
WRONG_PLACE = "This address is not the one that secondme web printed in the terminal."

POLICY = (
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",  # xterm.js makes styles as it goes
    "img-src 'self' data:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
"""What a browser may load for the page: nothing that is not ours."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Window(AppService):
    """The process of one window."""

    async def stop(self) -> None:
        """Ask the app to end, and end it when it does not; wait until it is gone."""
        process = self._process
        if process is None:
            return
        try:
            async with asyncio.timeout(SHUTDOWN_SECONDS):
                await super().stop()
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


class WebServer(Server):
    """Listens from the moment it is made; `serve` answers until ctrl+c."""

    def __init__(self, port: int) -> None:
        """Port 0 takes any that is free. Raises SecondMeError when the port cannot be had."""
        self._socket = _listen(port)
        super().__init__(
            f"exec {shlex.join([sys.executable, '-P', '-m', 'tui.web.window'])}",
            host=HOST,
            port=self._socket.getsockname()[1],
            title="second me",
            templates_path=Path(__file__).with_name("page"),
        )
        self._address = f"{HOST}:{self.port}"
        # Browsers hand the cookies of a host to all of its ports, so that servers side by side need names of their own.
        self._cookie = f"secondme-{self.port}"
        self._key = secrets.token_urlsafe(32)
        self._unused: set[str] = set()

    @property
    def link(self) -> str:
        """The address that lets a browser in."""
        return self._link(self._key)

    def link_for_once(self) -> str:
        """An address that lets one browser in, once."""
        key = secrets.token_urlsafe(32)
        self._unused.add(key)
        return self._link(key)

    def _link(self, key: str) -> str:
        return f"http://{self._address}/?key={key}"

    def serve(self, debug: bool = False) -> None:
        """Answer until ctrl+c or SIGTERM."""
        web.run_app(self._make_app(), sock=self._socket, print=None, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing: the command has said where the page is."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.router.add_static("/page", self.templates_path)
        app.middlewares.append(self._guard)
        app.on_response_prepare.append(self._add_headers)
        return app

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for as long as its window is open."""
        websocket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
        await websocket.prepare(request)

        async def close() -> None:
            await websocket.close()

        window = Window(
            self.command,
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        await window.start(to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24))
        try:
            await self._process_messages(websocket, window)
        finally:
            await window.stop()
        return websocket

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let through what comes from a window of ours."""
        origin = request.headers.get("Origin")
        asks_for_window = request.path == "/ws"
        if request.host != self._address or (origin is None and asks_for_window):
            return _refusal(WRONG_PLACE, 403)
        if origin is not None and origin != self.public_url:
            return _refusal(WRONG_PLACE, 403)
        key = request.query.get("key")
        if key is not None and request.path == "/":
            return self._let_in() if self._opens(key) else _refusal(NO_KEY, 401)
        if not _same(request.cookies.get(self._cookie, ""), self._key):
            return _refusal(NO_KEY, 401)
        return await handler(request)

    def _opens(self, key: str) -> bool:
        used = next((unused for unused in self._unused if _same(key, unused)), None)
        self._unused.discard(used or "")
        return used is not None or _same(key, self._key)

    def _let_in(self) -> web.Response:
        """The page without its key, which should stay in no history."""
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(self._cookie, self._key, httponly=True, samesite="Strict")
        return response

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """Tell the browser that nothing of this page comes from or goes to anywhere else."""
        response.headers.update(
            {
                "Content-Security-Policy": "; ".join((*POLICY, f"connect-src 'self' ws://{self._address}")),
                "Cross-Origin-Resource-Policy": "same-origin",
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
            }
        )
        response.headers.setdefault("Cache-Control", "no-store")


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
    except OSError as error:
        listening.close()
        taken = error.errno == errno.EADDRINUSE
        raise SecondMeError(
            f"Port {port} is in use." if taken else f"Port {port} cannot be used ({error.strerror}).",
            "Name another one with --port, or --port 0 for any that is free.",
        ) from error
    return listening


def _refusal(sentence: str, status: int) -> web.Response:
    return web.Response(text=f"{sentence}\n", status=status)


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())
