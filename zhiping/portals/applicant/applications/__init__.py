"""The applicant's applications: starting, filling in page by page, checking, submitting, following."""
