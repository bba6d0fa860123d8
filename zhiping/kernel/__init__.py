"""What every room stands on: who acts (Actor), what time it is (clock), working days, and the two refusals.

Invariants: no code outside `clock` asks the machine for the time; a working-day period in a year without an
official calendar is refused, never guessed (R-392).
"""
