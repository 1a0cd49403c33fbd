"""Names on the map: where they may stand, which are chosen, how they are drawn."""
