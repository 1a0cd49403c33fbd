"""The globe under every other room: units, geocentric positions, the antimeridian and the poles."""
