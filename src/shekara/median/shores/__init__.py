"""Shores and the sea: what is read, and the sites that stand for it."""
