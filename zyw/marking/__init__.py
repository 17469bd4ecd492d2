"""A sender's own workbook, given back marked; and the marks taken off again when it comes back (issue 3, Returns)."""
