"""Pages of leads, the same for authorities and committee offices."""
