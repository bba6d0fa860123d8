"""The meeting workspace: agenda, roll, recusals, rounds of ballots, minutes."""
