"""The employer's desk: audit, publicity, report upward."""
