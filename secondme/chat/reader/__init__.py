"""Reading: which sentence of the passages answers a question, and whether any does. No language model takes part."""

from __future__ import annotations
