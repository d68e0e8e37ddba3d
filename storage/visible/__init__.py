"""A part of memory as if it were all of it: what a program may see, and nothing that hints at the rest."""
