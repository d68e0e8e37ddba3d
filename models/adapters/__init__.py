"""Training of adapters: low-rank updates (LoRA) of a model's matrices."""
