"""Leads before the authority."""
