"""How lines, areas and markers look in print: styles, colours, arrows."""
