"""Confirming reported results under a document number; revoking and correcting certificates."""
