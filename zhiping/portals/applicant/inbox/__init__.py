"""The applicant's messages."""
