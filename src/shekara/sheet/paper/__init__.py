"""Paper, type and text: what every part of a sheet is made with."""
