"""Integrity records that name the employer, and appeals."""
