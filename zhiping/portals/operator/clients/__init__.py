"""Systems of other bodies: registering and revoking them, where they hear of events, what was sent and sending it again."""
