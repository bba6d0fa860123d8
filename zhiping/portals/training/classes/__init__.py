"""Classes: sessions, seats, the code on the wall, the end."""
