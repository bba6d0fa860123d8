"""Stand-ins of the outside systems: real HTTP servers for the demo and the contract tests, standard library only.

They know nothing of the platform's code and the platform knows nothing of theirs: both sides speak the protocol alone.
"""
