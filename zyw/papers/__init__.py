"""What papers say: the names a template may use for each paper, filled from the facts."""
