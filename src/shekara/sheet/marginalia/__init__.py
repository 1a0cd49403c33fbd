"""What stands around and upon the map: title, legend, claims, charts, locator, notes."""
