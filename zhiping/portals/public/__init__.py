"""Pages for everyone: home, plans, publicity, verification, sign-in."""
