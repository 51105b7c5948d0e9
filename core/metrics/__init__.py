"""How well a map agrees with a reference, from arrays: numpy only."""
