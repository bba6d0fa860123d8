"""Exchange with other bureaus' systems: who may call, with which scopes, and what they are told.

Words: a client is a system of one body; a scope is one kind of thing it may do; a token lasts a quarter of an hour; a
kept answer makes a repeated call harmless; an endpoint is where a client hears of events; a delivery is one event on its
way to one endpoint. Invariants: secrets and tokens are kept as digests only; a client acts for its own body in the role
that body has, never as a person; an event has one number however often it is sent.
"""
