"""What is to be done each month, as declared tables: which results there are, and which period a run is about."""
