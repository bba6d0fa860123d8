"""The applicant's bills: what to pay, where, until when, and the invoice."""
