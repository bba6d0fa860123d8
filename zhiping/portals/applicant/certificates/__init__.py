"""The applicant's certificates and paper review form."""
