"""The systems of others that this installation talks to."""
