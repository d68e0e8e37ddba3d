"""Weights larger than memory: which stay, which are read when they are needed."""
