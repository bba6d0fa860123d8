"""Approving the filing of committees."""
