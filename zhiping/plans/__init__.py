"""Yearly plans: who is reviewed for which title, by which rules, when, and through whose hands.

Words: a plan pins one pack version; a window is the time one step may act in, closing at 24:00 Beijing time; a
rollover copies last year's plan, moves its dates and lists what people must confirm. Invariants: a plan in public
was published by another account than the one that proposed it, with every confirmation given; after that its rules
never change and a date changes only with a reason in the decision log; the dates of the plan prevail over those
printed in the notice (R-063).
"""
