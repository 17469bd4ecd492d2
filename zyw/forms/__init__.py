"""Blank forms and dropdowns: what a clerk is given to fill in, made so that it reads back without a problem."""
