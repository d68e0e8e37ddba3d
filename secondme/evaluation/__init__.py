"""Benchmarks of recall, of answers and of the sense of order, on files of the memory-eval/1 format."""
