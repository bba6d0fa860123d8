"""Continuing education (继续教育学时登记): courses, registered hours, the ledger of a person by year and category.

Words: a course is what a training body offers in a year, filed with its authority; a record is hours of one person in
one category and year, with who registered it, in which register, and how far it can be trusted; the ledger is the sum
of the records that are entered; a batch is many records registered at once, idempotent by its key.
Invariants: only entered records count; what was learned once counts once (one live record per person and key, R-176);
a record is never edited, a correction is its next version; nobody audits their own hours, compared by person; the
ledger year is always the sum of its records (R-318). What a document demands of the hours stands in policy packs.
"""
