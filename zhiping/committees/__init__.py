"""Committees: who sits, when they meet, what they read, and the secret vote (人社部令第40号, domain §3).

Words: a *case* is one application before one meeting; a *round* is one drawing of ballot codes among members who
may all vote on the same cases; a *code* is drawn on paper and used once; a *ballot* is one choice on one case.
Invariants: codes exist on paper only, the database keeps their digests; nothing in the database links a code or a
ballot to a member, and no ballot carries a time; a case passes only if 3·agree ≥ 2·base, in integers; a member who
recused, was absent, or is the applicant never votes on the case.
"""
