"""Distances to the nearest shore, and points at equal distance from given base points."""
