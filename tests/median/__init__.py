"""Tests of median."""
