"""Where memories live: SQLite is the truth, Chroma is an index made from it that may be lost at any time."""
