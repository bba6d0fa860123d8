"""Publicities of the office: posting lists, objections, settling what follows."""
