"""The employer's registration: its letter, its clerks."""
