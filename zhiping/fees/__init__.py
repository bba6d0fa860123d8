"""Fees: what a scheme asks, bills, payments, refunds, invoices, the daily account with the payment platform.

Words: a *schedule* belongs to a scheme ("plan:12") and holds what the document left open: amounts and days to pay. A *bill*
is asked of one payer for one subject and is paid, waived or, unpaid at its end, lapsed. The *ledger* is the table of
payments: a transaction is booked once, whoever tells of it and however often; one payment per bill counts, any other is
to be paid back. A refund is asked for by one person and approved by another. Money is in fen, always.

Invariants: the amount comes from the bill, never from a caller; a payment counts by the moment at which it was paid, not
by the moment at which we heard; no bill lapses before the payment platform has said that nobody paid, nor without a full day
after the warning; every call to the platform is a job. Knows subjects, not applications.
"""
