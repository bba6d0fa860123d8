"""Verification for everyone: a certificate by number and name, by its QR, by its file; a paper form by its QR."""
