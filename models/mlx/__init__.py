"""MLX: a model in a folder of safetensors, in a child process."""
