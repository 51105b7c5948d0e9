"""How the pretrained networks are made: one command each, from public data to files in `models/weights`."""
