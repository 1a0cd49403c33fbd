"""What stands around and upon the map: title, legend, scale bar, claims, charts, locator, notes."""
