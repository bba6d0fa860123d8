"""Sensitive personal data: encrypted at rest, found by blind index, shown masked (R-394)."""
