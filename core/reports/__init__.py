"""Reports as HTML, and the animated correction."""
