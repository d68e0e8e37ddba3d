"""ONNX graphs built by hand from bundled weights, and their sessions."""
