"""Maps of any origin: which value is which class, and the scores a correction starts from."""
