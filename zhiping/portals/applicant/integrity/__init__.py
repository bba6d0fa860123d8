"""Integrity records that name the applicant, and appeals."""
