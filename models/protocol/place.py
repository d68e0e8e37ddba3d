"""Where a model server is: on this machine, or elsewhere. Only this module decides it.

Only addresses of the loopback interface and the name `localhost` are this machine. Any other name is elsewhere,
whatever it may resolve to, and is not even looked up without permission: a look-up reveals the name to a name server,
whose next answer may be another address (DNS rebinding). For the same reason `localhost` is never resolved: its
connections go to 127.0.0.1 or ::1 by number. The name of an allowed host is looked up for each connection; with https
the server's certificate has to be for that name.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from models.protocol.model import ModelError
from models.protocol.printable import printable

PORTS = {"http": 80, "https": 443}
CONNECT_SECONDS = 5.0


@dataclass(frozen=True)
class Place:
    """A checked address of a server."""

    scheme: str
    host: str
    """In lower case, without brackets."""
    port: int
    path: str
    """Without a slash at its end."""
    loopback: bool
    """Whether it is on this machine."""

    @property
    def text(self) -> str:
        """For the screen: `on this machine, port 11434`, or the host that is reached."""
        if self.loopback:
            return f"on this machine, port {self.port}"
        return f"{self.host}, unencrypted" if self.scheme == "http" else self.host

    @property
    def warning(self) -> str:
        """As `text`; of a server elsewhere also that what goes there leaves this machine."""
        return self.text if self.loopback else f"{self.text}: leaves this machine"

    @property
    def authority(self) -> str:
        """Host and port, as in the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def base(self) -> str:
        """The URL to connect to. For `localhost` that has the address that takes connections, 127.0.0.1 or ::1."""
        if self.host != "localhost":
            return f"{self.scheme}://{self.authority}"
        return f"{self.scheme}://{_loopback_address(self.port)}:{self.port}"


def place_of(url: str) -> Place:
    """Where a URL leads, without a look-up. Raises ModelError for text that is no address of a server."""
    remedy, shown = "Write it like http://localhost:11434/v1.", printable(url, 120)
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError as error:
        raise ModelError(f"{shown} is no address of a model server ({error}).", remedy) from error
    if parts.scheme not in PORTS or not host or any(not ch.isprintable() or ch.isspace() for ch in url.strip()):
        raise ModelError(f"{shown} is no address of a model server.", remedy)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ModelError(
            f"{printable(f'{parts.scheme}://{host}', 120)} has a user, a key, a query or a fragment in its address.",
            f"{remedy} A key goes into an environment variable: `secondme config set server.key_variable NAME`.",
        )
    # Most servers show their address without the /v1 under which all of them answer.
    path = parts.path.rstrip("/") or "/v1"
    return Place(parts.scheme, host, port or PORTS[parts.scheme], path, _is_loopback(host))


def permitted_place(url: str, elsewhere: str, what_leaves: str) -> Place:
    """Where a URL leads. Raises ModelError if that is neither this machine nor the host `elsewhere`.

    `what_leaves` says what would be sent there.
    """
    place = place_of(url)
    if place.loopback or place.host == elsewhere.strip().rstrip(".").lower():
        return place
    host = printable(place.host, 120)
    raise ModelError(
        f"{host} is not this machine: {what_leaves} would be sent there.",
        f"If you want that, allow it with `secondme config set server.elsewhere {host}`.",
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
