"""What of a model's output is its answer: thoughts, control tokens, dialogue with itself and loops are none of it."""
