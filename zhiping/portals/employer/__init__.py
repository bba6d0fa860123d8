"""Pages for employers and personnel agencies."""
