"""Layers for other programs."""
