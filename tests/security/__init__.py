"""The platform as an attacker meets it: hostile input, other people's keys, traces that must not exist."""
