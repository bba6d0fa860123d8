"""Building a committee and following its filing."""
