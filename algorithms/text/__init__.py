"""What the user reads: words in their language, help, messages about images, maps and networks."""
