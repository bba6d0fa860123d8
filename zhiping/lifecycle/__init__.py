"""One way to change a state: a table of transitions as data and one function, `move()` (architecture §6)."""
