"""Business actions of committees, by topic: filing, meeting, voting, publicity."""
