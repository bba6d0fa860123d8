"""Bodies, staff accounts and their roles, kept by the system administrator. No case is seen from here."""
