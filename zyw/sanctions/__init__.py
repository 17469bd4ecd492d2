"""Measures taken against persons and units: whose rows, which stand, which are one case."""
