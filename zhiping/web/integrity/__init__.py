"""What whom a record names sees of it: the same for a person and for a body."""
