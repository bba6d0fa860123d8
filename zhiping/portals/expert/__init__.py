"""Pages of the committee member: meetings, reading, opinion, recusal. Voting is on paper codes, elsewhere."""
