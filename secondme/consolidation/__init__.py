"""Duplicates merge, days and topics are summed up; the grounding gate decides what a model's words are worth."""
