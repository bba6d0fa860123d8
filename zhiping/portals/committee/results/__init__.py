"""Reporting results and following them to the certificates."""
