"""Continuing education for everybody: offered courses, the departments to ask, verification of hour cards."""
