"""Indexes made from the truth in SQLite: vectors, Chroma, words. Each can be lost and built again."""
