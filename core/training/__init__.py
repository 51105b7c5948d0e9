"""Learning from sample sets: the loop, its checkpoint, classifiers, correctors, their reports."""
