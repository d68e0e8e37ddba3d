"""A message that leans on what was said before, written out as a question of its own."""
