"""Background work: jobs written in the transaction of the business change, run by a leased worker.

Words: a kind names a registered function; a job is one call of it, at least once; a periodic task asks, every so
often, whether time has brought something about. Invariants: a committed job is never lost; a worker that dies loses
its lease and the job runs again, so every task is idempotent. Why own: docs/adr/0001-job-table.md.
"""
