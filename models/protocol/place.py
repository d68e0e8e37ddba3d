"""Where a model server is: on this machine, or elsewhere. The one place that decides it.

Only addresses of the loopback interface and the name `localhost` are this machine. Any other name is
elsewhere, whatever it may resolve to, and is not even looked up without permission: asking for a name
tells it to a name server, and its answer may be another one at the next question (DNS rebinding).
For the same reason `localhost` is never resolved: its connections go to 127.0.0.1 or ::1 by number. The name
of a host that was allowed is looked up for each connection; with https its certificate holds it to the name.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from models.protocol.model import ModelError

PORTS = {"http": 80, "https": 443}
CONNECT_SECONDS = 5.0


@dataclass(frozen=True)
class Place:
    """A checked address of a server: scheme, host (lower case, no brackets), port, and path without a slash at its end."""

    scheme: str
    host: str
    port: int
    path: str
    loopback: bool

    @property
    def text(self) -> str:
        """For the screen: `on this machine, port 11434`, or the host that is reached."""
        if self.loopback:
            return f"on this machine, port {self.port}"
        return f"{self.host}, unencrypted" if self.scheme == "http" else self.host

    @property
    def warning(self) -> str:
        """As `text`, and that what goes there leaves this machine, if it does."""
        return self.text if self.loopback else f"{self.text}: leaves this machine"

    @property
    def authority(self) -> str:
        """Host and port, as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def base(self) -> str:
        """The URL to connect to. For `localhost` the address that takes connections: 127.0.0.1, or else ::1."""
        if self.host != "localhost":
            return f"{self.scheme}://{self.authority}"
        return f"{self.scheme}://{_loopback_address(self.port)}:{self.port}"


def place_of(url: str) -> Place:
    """Where a URL leads, without asking anyone. Raises ModelError for what is no address of a server."""
    remedy = "Write it like http://localhost:11434/v1."
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError as error:
        raise ModelError(f"{_shown(url)} is no address of a model server ({error}).", remedy) from error
    if parts.scheme not in PORTS or not host or any(not ch.isprintable() or ch.isspace() for ch in url.strip()):
        raise ModelError(f"{_shown(url)} is no address of a model server.", remedy)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ModelError(
            f"{_shown(f'{parts.scheme}://{host}')} has a user, a key, a query or a fragment in its address.",
            f"{remedy} A key goes into an environment variable: `secondme config set server.key_variable NAME`.",
        )
    # Most servers' addresses are told without the /v1 that all of them answer under.
    path = parts.path.rstrip("/") or "/v1"
    return Place(parts.scheme, host, port or PORTS[parts.scheme], path, _is_loopback(host))


def permitted_place(url: str, elsewhere: str, what_leaves: str) -> Place:
    """Where a URL leads, if it may be used. Raises ModelError when it is neither this machine nor the host `elsewhere`.

    `what_leaves` says what would be sent there.
    """
    place = place_of(url)
    if place.loopback or place.host == elsewhere.strip().rstrip(".").lower():
        return place
    raise ModelError(
        f"{_shown(place.host)} is not this machine: {what_leaves} would be sent there.",
        f"If you want that, allow it with `secondme config set server.elsewhere {_shown(place.host)}`.",
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _loopback_address(port: int) -> str:
    try:
        with socket.create_connection(("127.0.0.1", port), CONNECT_SECONDS):
            return "127.0.0.1"
    except OSError:
        pass
    try:
        with socket.create_connection(("::1", port), CONNECT_SECONDS):
            return "[::1]"
    except OSError:
        return "127.0.0.1"


def _shown(text: str) -> str:
    """What a person typed, safe for the screen."""
    return "".join(ch for ch in text if ch.isprintable())[:120]
