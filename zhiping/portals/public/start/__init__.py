"""After sign-in: which identity to act as, and invitations to answer."""
