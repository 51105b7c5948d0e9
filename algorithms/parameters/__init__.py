"""Parameters that several algorithms share, and what becomes of their values."""
