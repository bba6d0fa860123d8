"""Leads before the committee."""
