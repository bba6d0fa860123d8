"""Indicators, each with its definition in words. Holds no tables; what leaves the house names nobody.

Words: a count is the number of applications in a state; a small number is one from which a person could be recognised.
Invariant: of a shown total and shown counts no hidden count can be computed.
"""
