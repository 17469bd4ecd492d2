"""One file a verb; each imports what is heavy inside its own function."""
