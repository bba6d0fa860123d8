"""Bodies and who acts for them: regions, the tree of organisations, memberships with roles.

Words: an organisation is a body with a kind; a membership lets an account act in one role for one body. Invariants:
a role is exercised for exactly one body; a body is never deleted, only suspended.
"""
