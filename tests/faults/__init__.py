"""Faults of a machine, put in by hand: see run.py."""
