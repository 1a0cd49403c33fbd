"""Outer limits: the envelope of arcs at a distance from the baselines."""
