"""Sample sets: labels on an image, cut into chips and split into training and validation."""
