"""Pages of the applicant: profile, archive, applications, certificates."""
