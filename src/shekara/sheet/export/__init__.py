"""A drawn sheet as a file: PDF, SVG, PNG, and for the press."""
