"""Networks run by ONNX Runtime: devices, precision, pixels and scores on the device."""
