"""GGUF files: their header, their tensors, and the memory that they take."""
