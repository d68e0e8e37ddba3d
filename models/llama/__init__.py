"""llama.cpp: GGUF models that answer or embed, in child processes."""
