"""What a division hands over: tables of points, lines and sectors, simplified lines."""
