"""An image or a map through the networks, tile by tile."""
