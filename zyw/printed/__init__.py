"""Sheets made for paper: how a printed table looks and how many rows are written at once; text safe in a cell."""
