"""The sea parted by the lines: clipping, sectors, half effect."""
