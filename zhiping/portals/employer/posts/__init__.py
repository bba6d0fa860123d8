"""Posts of a public institution: its ledger, competitions, forms, statements, appointments."""
