"""All sheets of one language bound as a book, with its pages of text."""
