"""all-MiniLM-L6-v2 by ONNX Runtime."""
