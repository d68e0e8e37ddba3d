"""Exports of assistants and messengers."""
