"""Publicity (公示) and objections, for whatever is shown: knows entries and periods, not applications.

Words: a publicity shows frozen public fields of several entries for a number of working days; its end is computed
from the official calendar, never typed (C-59). An objection is told to the publicising body, recorded, decided with a
reason (C-80); who objects is encrypted and shown to supervision only. Invariants: an open publicity's entries never
change (their fingerprint is stored); it closes clean only when no objection is open; who is shown never decides on it.
"""
