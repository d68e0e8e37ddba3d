"""Time expressions: which days a text or a question speaks of, read from the day on which it was written."""
