"""Registering hours: tables, signed batches, corrections."""
