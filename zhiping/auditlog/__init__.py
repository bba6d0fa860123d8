"""The decision log: who did what to which thing, when, as whom. Append-only and hash-chained (R-391).

Words: an entry is one line; the head is the newest sequence number and hash. Invariants: an entry is written in
the transaction of the change it tells of; database triggers refuse update and delete; each hash covers the one
before, so that a changed or missing line is found by `bin/zhiping log verify`. Entries hold no ID number or phone.
"""
