"""multilingual-e5-small by ONNX Runtime, from 4-bit weights."""
