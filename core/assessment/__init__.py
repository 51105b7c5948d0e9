"""Maps against a reference, block by block, and the reports on that."""
