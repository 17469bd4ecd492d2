"""From grids to typed tables with origins: which rows are the table's, what each cell means, whose row it is."""
