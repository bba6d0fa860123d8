"""Integrity records before the HR authorities: found, confirmed, appealed."""
