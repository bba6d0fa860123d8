"""Courses: written, filed with the authority, stopped."""
