"""Accounts: signing in and out, second factor, passwords, registering, one's own particulars."""
