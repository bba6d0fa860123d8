"""Stand-ins of the outside systems: real HTTP servers for the demo and the contract tests, standard library (the sign-on's
signatures by PyJWT).

They know nothing of the platform's code and the platform knows nothing of theirs: both sides speak the protocol alone.
"""
