"""What is derived from spans so that they can be found: vectors, annotations, the memory tree, episodes."""
