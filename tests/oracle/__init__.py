"""A slow and plain reading of the rules, against which the fast code is held."""
