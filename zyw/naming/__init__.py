"""Who is meant: the ways to write a unit, several in one cell, names that were once right, what people confirmed."""
