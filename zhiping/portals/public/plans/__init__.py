"""Plans for everyone: which are open, what they ask, and a check before one starts. No account, nothing stored."""
