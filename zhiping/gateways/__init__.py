"""Talking to computers of others: one small protocol per system, an HTTP adapter, nothing of the business.

Whoever calls from a page gives `Patience` of at most five seconds in all; jobs may wait longer. `Unreachable` means that
nothing is known: whoever asked keeps what they have, says so, and asks again later. `Wrong` means that the other side
answered something that must not be believed. Neither loses or settles anything.
"""
