"""Opaque ids: UUIDv7 for what is made here, derived from the origin for what can come twice."""

from __future__ import annotations

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
    """The same id for the same origin, wherever and whenever it is made (UUIDv5)."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(str(part) for part in origin)))
