"""The networks as they learn, and their export to ONNX. Imported late: it needs PyTorch."""
