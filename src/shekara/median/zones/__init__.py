"""Zones of the sea: internal waters, 12, 24 and 200 nautical miles, bays, the outer shelf."""
