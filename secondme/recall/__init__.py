"""A question becomes candidates, signals, scores and hits, each with the reasons for which it was found.

A new signal is one entry of `recall/signals.py` and its weight.
"""
