"""Network files before ONNX Runtime sees them. Only the standard library."""
