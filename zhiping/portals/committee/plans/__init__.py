"""Plans of a committee's office: rollover, dates, points to confirm, publication by two, rules and their versions."""
