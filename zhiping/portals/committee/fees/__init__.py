"""The office's money: schedules, bills, refunds by two persons, the daily account."""
