"""Publicity for everybody: the lists of committees, one list by its address, and the protected objection."""
