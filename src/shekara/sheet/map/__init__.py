"""The map itself: its frame, what lies in it, relief and graticule."""
