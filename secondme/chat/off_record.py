"""Turns that are kept in this process only and never written."""

from __future__ import annotations

OFF_RECORD_MESSAGES = 12
OFF_RECORD_CHATS = 8
