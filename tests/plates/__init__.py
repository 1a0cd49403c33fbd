"""Every map of an atlas in every language and five sizes: minutes, so on demand."""
