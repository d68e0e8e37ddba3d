"""Readers: each turns the bytes of one kind of file into documents of passages."""
