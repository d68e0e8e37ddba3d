"""Facts about people: read from what they say, judged by a gate, joined to intervals when asked for.

A new relation is one `Relation` in `facts/relations.py`.
"""
