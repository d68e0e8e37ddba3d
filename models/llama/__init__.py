"""llama.cpp: the library, the runtime, and the child process that owns a model."""
