"""The map itself: its frame, what lies in it, graticule and scale bar."""
