"""Deliberate faults, and the script that shows that the tests catch each of them."""
