"""The sheets of the ranked workbook: places as live formulas, each point with its cell, what did not count."""
