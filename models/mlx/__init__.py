"""MLX: the child process that owns a model of a folder of safetensors."""
