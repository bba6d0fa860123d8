"""Pages of the system administrator: accounts, bodies, the working calendar. No cases."""
