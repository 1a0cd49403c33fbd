"""Tests of README: what it says runs."""
