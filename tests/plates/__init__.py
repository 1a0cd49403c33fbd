"""Every map of the bundled atlas in every language and four sizes: minutes, so on demand."""
