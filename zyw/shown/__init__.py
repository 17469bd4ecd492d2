"""Results as lines for a terminal: short tables, a scheme clause by clause, the page of a problem code."""
