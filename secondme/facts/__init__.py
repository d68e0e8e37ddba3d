"""Facts about people: read from what they say, judged by a gate, joined to intervals when asked for.

A new relation is a block in a file of `facts/relations`.
"""
